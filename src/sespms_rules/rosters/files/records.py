"""A JSON roster: a list of records, validated with pydantic.

    [{"id": "p-1", "appointment": "career", "unit": "Ports",
      "elements": {"Results Driven": {"level": 4, "weight": "60"},
                   "Goals": {"requirements": {"Port inspections": {"level": 5, "weight": "50", "difficulty": "1"}}}}}]

A bare number or null stands for `{"level": …}`. Numbers are read from their own text, never through binary
floats, and may stand in quotation marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StrictStr, ValidationError, model_validator

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Member, Program, Stage
from sespms_rules.program.rating import Appraisal, Rated, Refusal
from sespms_rules.rosters.files.executives import Identities, read_appointment
from sespms_rules.rosters.files.numbers import NumberFault, read_number
from sespms_rules.rosters.files.opening import RosterFile
from sespms_rules.rosters.files.rows import (
    NOT_A_NUMBER,
    NOT_A_RECORD,
    UNKNOWN_ELEMENT_KEY,
    UNKNOWN_KEY,
    OpenRoster,
    RosterRow,
    refused,
)


class _NotANumberError(ValueError):
    """Raised inside pydantic, which hands it back among its errors."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault.says)
        self.fault = fault


def _number(value: Any) -> Fraction | None:
    """An exact number from its text; null and an empty text are none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    read = read_number(value) if isinstance(value, str) else NumberFault(f"`{_shown(value)}` is not a number")
    if isinstance(read, NumberFault):
        raise _NotANumberError(read)
    return read


_Exact = Annotated[Fraction | None, PlainValidator(_number)]


class MemberRecord(BaseModel):
    """An element or requirement; keys beyond these are further ratings."""

    model_config = ConfigDict(frozen=True, extra="allow")
    level: _Exact = None
    rating: _Exact = None
    weight: _Exact = None
    critical: bool | None = Field(default=None, strict=True)
    requirements: dict[str, MemberRecord] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _from_bare_number(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"level": value}


class ExecutiveRecord(BaseModel):
    """One executive's plan and ratings."""

    model_config = ConfigDict(frozen=True, extra="allow")
    id: StrictStr = ""
    appointment: StrictStr | None = None
    unit: StrictStr | None = None
    elements: dict[str, MemberRecord]


def open_records(file: RosterFile, program: Program) -> OpenRoster:
    """Read a JSON roster; raise UnreadableFileError where it is no list of records."""
    with file.open() as text:
        content = text.read()
    try:
        # Numbers stay text, so that each is read exactly, and one with an exponent can be named as it was written.
        records = json.loads(
            content, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs.from_pairs
        )
    except json.JSONDecodeError as fault:
        says = f"`{file.name}` is not JSON: {fault.msg.lower()} at line {fault.lineno}, column {fault.colno}"
        raise UnreadableFileError(says, "correct the text there") from None
    except RecursionError:
        raise UnreadableFileError(f"`{file.name}` is nested too deeply", "give a list of records") from None
    if not isinstance(records, list):
        says = f"`{file.name}` holds no list of records"
        raise UnreadableFileError(says, 'write `[{"id": …, "elements": {…}}, …]`')
    return OpenRoster(_rows(records, program), tuple(_unknown_keys(file.name, records)), len(records))


class _Pairs(dict[str, Any]):
    """An object of JSON that remembers which keys it gives more than once."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def from_pairs(cls, pairs: list[tuple[str, Any]]) -> _Pairs:
        made = cls(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            made.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
        return made


def _repeated(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of keys that are given more than once in one object."""
    if isinstance(value, _Pairs):
        yield from ((*path, key) for key in value.repeated)
        for key, inner in value.items():
            yield from _repeated(inner, (*path, key))


def _unknown_keys(name: str, records: list[Any]) -> Iterator[Diagnostic]:
    """A finding for each key of a record that is not read."""
    known = tuple(ExecutiveRecord.model_fields)
    unknown: dict[str, list[int]] = {}
    for number, record in enumerate(records, 1):
        for key in record if isinstance(record, dict) else ():
            if key not in known:
                unknown.setdefault(key, []).append(number)
    for key, numbers in unknown.items():
        where = f"record {numbers[0]}" + (f" and {len(numbers) - 1} more" if len(numbers) > 1 else "")
        place = Span(Source(name, ""), 0, 0)
        yield UNKNOWN_KEY.at(place, f"the key `{key}` of {where} is not read", help=_offer(key, known))


def _offer(key: str, known: tuple[str, ...]) -> str:
    return did_you_mean(nearest_name(key, known), "remove the key if it is not needed")


# ---- records ---------------------------------------------------------------------------------------


def _rows(records: list[Any], program: Program) -> Iterator[RosterRow]:
    identities = Identities()
    for number, record in enumerate(records, 1):
        where = f"record {number}"
        given = record.get("id") if isinstance(record, dict) else None
        key = given.strip() if isinstance(given, str) else ""
        refusals = [wrong] if (wrong := identities.refusal(key, number, where, "record")) else []
        refusals += [
            refused(NOT_A_RECORD, where, f"the key {_path(path)} is given twice", "keep one of them")
            for path in _repeated(record)
        ]
        try:
            read = ExecutiveRecord.model_validate(record)
        except ValidationError as fault:
            refusals += _faults(fault, where)
            yield RosterRow(number, key, None, tuple(refusals))
            continue
        appointment, wrong = read_appointment(read.appointment or "", f"{where}, `appointment`")
        refusals += [wrong] if wrong else []
        elements = tuple(_members(read.elements, program.summary, (), where, refusals))
        appraisal = None if refusals else Appraisal(key, elements, appointment, read.unit)
        yield RosterRow(number, key, appraisal, tuple(refusals))


def _faults(fault: ValidationError, where: str) -> Iterator[Refusal]:
    """What pydantic found, in the words of the house."""
    for each in fault.errors(include_url=False):
        path = tuple(str(step) for step in each["loc"])
        at = f"{where}, {_path(path)}" if path else where
        reason = each.get("ctx", {}).get("error")
        if isinstance(reason, _NotANumberError):
            yield refused(NOT_A_NUMBER, at, reason.fault.says, reason.fault.help, _about(path))
        elif each["type"] == "missing":
            yield refused(NOT_A_RECORD, where, f"the key {_path(path)} is missing", f"add {_path(path)}")
        else:
            wanted, help = _WANTED.get(path[-1] if path else "", _WANTED[""])
            yield refused(NOT_A_RECORD, at, f"`{_shown(each['input'])}` is not {wanted}", help, _about(path))


_WANTED = {
    "": ("a record", 'write `{"id": …, "elements": {…}}`'),
    "id": ("an id", "write a text in quotation marks"),
    "appointment": ("a text", "write it in quotation marks"),
    "unit": ("a text", "write it in quotation marks"),
    "elements": ("a set of elements", 'write `{"<element>": {"level": 4}, …}`'),
    "requirements": ("a set of requirements", 'write `{"<requirement>": {"level": 4}, …}`'),
    "critical": ("yes or no", "write `true` or `false`"),
}


def _path(path: tuple[str, ...]) -> str:
    return "`" + " / ".join(path) + "`"


def _about(path: tuple[str, ...]) -> str | None:
    """The element or requirement a path leads to, without the keys of the format itself."""
    return path[3] if len(path) > 3 and path[2] == "requirements" else path[1] if len(path) > 1 else None


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


def _members(
    records: dict[str, MemberRecord], stage: Stage | None, path: tuple[str, ...], where: str, refusals: list[Refusal]
) -> Iterator[Rated]:
    """The members of a stage as an appraisal has them; the engine judges which of them the plan may have."""
    named: dict[str, Member] = {each.name: each for each in stage.members} if stage else {}
    further_names = tuple(each.name for each in stage.further) if stage else ()
    for name, record in records.items():
        member = named.get(name)
        at = f"{where}, {_path((*path, name))}"
        below = member.stage if member else None
        requirements = tuple(_members(record.requirements, below, (*path, name), where, refusals))
        further = tuple(_further(record, further_names, at, name, refusals))
        if record.level is not None and record.rating is not None:
            refusals.append(refused(NOT_A_RECORD, at, "it has a `level` and a `rating`", "keep one of them", name))
        rating = record.level if record.level is not None else record.rating
        critical = record.critical if record.critical is not None else member.critical if member else True
        yield Rated(name, rating, record.weight, further, requirements, critical)


def _further(
    record: MemberRecord, names: tuple[str, ...], at: str, about: str, refusals: list[Refusal]
) -> Iterator[tuple[str, Fraction]]:
    for key, value in (record.model_extra or {}).items():
        if key not in names:
            help = _offer(key, (*MemberRecord.model_fields, *names))
            refusals.append(refused(UNKNOWN_ELEMENT_KEY, at, f"the key `{key}` is not known here", help, about))
            continue
        try:
            number = _number(value)
        except _NotANumberError as error:
            refusals.append(refused(NOT_A_NUMBER, f"{at}, `{key}`", error.fault.says, error.fault.help, about))
            continue
        if number is not None:
            yield key, number
