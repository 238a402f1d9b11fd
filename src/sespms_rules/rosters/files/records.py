"""A JSON roster: a list of records, validated with pydantic.

    [{"id": "p-1", "appointment": "career", "unit": "Ports", "facts": {"position type": "general"},
      "elements": {"Results Driven": {"level": 4, "weight": "60"},
                   "Goals": {"requirements": {"Port inspections": {"level": 5, "weight": "50", "difficulty": "1"}}}}}]

A bare number or null stands for `{"level": …}`. Numbers are read from their own text, never through binary
floats, and may stand in quotation marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StrictStr, ValidationError, model_validator

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Kind, LevelScale, Member, Program, Stage
from sespms_rules.program.rating import Appraisal, Rated, Refusal
from sespms_rules.rosters.files.blanks import tidy, trimmed
from sespms_rules.rosters.files.breakdowns import Groups, no_such_breakdown, refuse_ids
from sespms_rules.rosters.files.executives import Identities, Units, read_appointment
from sespms_rules.rosters.files.facts import read_fact
from sespms_rules.rosters.files.json_text import Pairs, json_value
from sespms_rules.rosters.files.level_words import LevelWords, no_level
from sespms_rules.rosters.files.limits import LONGEST_CELL
from sespms_rules.rosters.files.not_elements import NAME_IT, no_element
from sespms_rules.rosters.files.numbers import ANY_NUMBER, NumberFault, read_number
from sespms_rules.rosters.files.opening import TextFile
from sespms_rules.rosters.files.record_levels import LEVEL_KEYS, DoubtfulLevel, in_numbers
from sespms_rules.rosters.files.row_reader import nothing_rated, told_of
from sespms_rules.rosters.files.rows import (
    NOT_A_NUMBER,
    NOT_A_RECORD,
    NOT_AN_EXECUTIVE,
    UNKNOWN_ELEMENT_KEY,
    UNKNOWN_KEY,
    OpenRoster,
    RosterRow,
    refused,
)

_MOST_FAULTS = 20
"""How many faults of one record are told one by one."""

_HALF = late("[\ud800-\udfff]")


class _NotANumberError(ValueError):
    """Raised inside pydantic, which hands it back among its errors."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault.says)
        self.fault = fault


def _number(value: Any) -> Fraction | None:
    """An exact number from its text; null and an empty text are none."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, DoubtfulLevel):
        raise _NotANumberError(value.fault)
    read = (
        read_number(value) if isinstance(value, str) else NumberFault(f"`{_shown(value)}` is not a number", ANY_NUMBER)
    )
    if isinstance(read, NumberFault):
        raise _NotANumberError(read)
    return read


_Exact = Annotated[Fraction | None, PlainValidator(_number)]


class MemberRecord(BaseModel):
    """An element or requirement; keys beyond these are additional ratings."""

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
    facts: dict[str, StrictStr | None] = Field(default_factory=dict)
    elements: dict[str, MemberRecord]


def open_records(file: TextFile, program: Program, by: Sequence[str] = ()) -> OpenRoster:
    """Read a JSON roster; raise UnreadableFileError where it is no list of records. `by` as in `open_roster`."""
    records = json_value(file)
    if not isinstance(records, list):
        says = f"`{file.name}` holds no list of records"
        raise UnreadableFileError(says, 'write `[{"id": …, "elements": {…}}, …]`')
    keys = tuple(dict.fromkeys(_key_of(each, records, file.name) for each in by))
    read = _Records(program, file.name, keys)
    unknown = tuple(_unknown_keys(file.name, records, keys))
    return OpenRoster(read.rows(records), unknown, len(records), read.told, apart=keys)


def _key_of(asked: str, records: list[Any], name: str) -> str:
    """The key by which records are broken down, as they write it. Raises RequestError where none has it."""
    refuse_ids(asked)
    keys = {tidy(key): key for each in records if isinstance(each, dict) for key in each if not _half_letters(key)}
    keys.pop("elements", None)
    if tidy(asked) not in keys:
        raise RequestError(no_such_breakdown(asked, name, keys.values(), "key"))
    return str(keys[tidy(asked)])


def _half_letters(value: Any) -> bool:
    """Whether some text holds half of a pair of signs, with which no file can be written."""
    if isinstance(value, str):
        return _HALF.search(value) is not None
    if isinstance(value, dict):
        return any(_half_letters(key) or _half_letters(inner) for key, inner in value.items())
    return isinstance(value, list) and any(map(_half_letters, value))


def _repeated(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of keys that are given more than once in one object."""
    if isinstance(value, Pairs):
        yield from ((*path, key) for key in value.repeated)
        for key, inner in value.items():
            yield from _repeated(inner, (*path, key))


def _unknown_keys(name: str, records: list[Any], by: Sequence[str]) -> Iterator[Diagnostic]:
    """A finding for each key of a record that is not read; where there are very many, for the first of them."""
    known, grouped = tuple(ExecutiveRecord.model_fields), set(map(tidy, by))
    unknown: dict[str, list[int]] = {}
    for number, record in enumerate(records, 1):
        for key in record if isinstance(record, dict) else ():
            if key not in known and not _half_letters(key) and tidy(key) not in grouped:
                unknown.setdefault(key, []).append(number)
    for key, numbers in islice(unknown.items(), _MOST_FAULTS):
        where = f"record {numbers[0]}" + (f" and {len(numbers) - 1} more" if len(numbers) > 1 else "")
        place = Span(Source(name, ""), 0, 0)
        free = [each for each in known if all(each not in records[number - 1] for number in numbers)]
        yield UNKNOWN_KEY.at(place, f"the key `{key}` of {where} is not read", help=_offer(key, free))


def _offer(key: str, known: Sequence[str]) -> str:
    return did_you_mean(nearest_name(key, known), "remove the key if it is not needed")


# ---- records ---------------------------------------------------------------------------------------


class _Records:
    """Reads the records of one roster."""

    def __init__(self, program: Program, name: str, by: Sequence[str] = ()) -> None:
        self._by = by
        self._groups = Groups(by)
        self._program = program
        self._name = name
        self._identities = Identities()
        self._words = LevelWords(program)
        self._units = Units()

    def rows(self, records: list[Any]) -> Iterator[RosterRow]:
        """Each record as a row."""
        for number, record in enumerate(records, 1):
            where = f"record {number}"
            if _half_letters(record):
                says = "a text in it holds half of a pair of signs (such as `\\ud800`), which is no letter"
                yield RosterRow(number, "", None, (refused(NOT_A_RECORD, where, says, "write the text anew"),))
            else:
                row = self._row(number, record, where)
                yield row if row.is_nobody else self._placed(row, record)

    def _placed(self, row: RosterRow, record: Any) -> RosterRow:
        """The row with what the record says of unit, appointment and groups, whether it is refused or not."""
        given = record if isinstance(record, dict) else {}
        texts = {key: value if isinstance(value, str) else "" for key, value in given.items()}
        tidied = {tidy(key): value for key, value in given.items()} if self._by else {}
        groups = self._groups.read([_said(tidied.get(tidy(key))) for key in self._by])
        appointment, _ = read_appointment(texts.get("appointment", ""), "")
        return replace(
            row, unit=self._units.unit(trimmed(texts.get("unit", ""))), appointment=appointment, groups=groups
        )

    def _row(self, number: int, record: Any, where: str) -> RosterRow:
        given = record.get("id") if isinstance(record, dict) else None
        key = trimmed(given) if isinstance(given, str) else ""
        if len(key) > LONGEST_CELL:
            says = f"the id has more than {LONGEST_CELL:,} characters"
            return RosterRow(number, "", None, (refused(NOT_A_RECORD, where, says, "shorten it"),))
        refusals = [wrong] if (wrong := self._identities.refusal(key, number, where, "record")) else []
        if wrong and wrong.code == NOT_AN_EXECUTIVE.code:
            return RosterRow(number, key, None, (wrong,))
        refusals += [
            refused(NOT_A_RECORD, where, f"the key {_path(path)} is given twice", "keep one of them")
            for path in _repeated(record)
        ]
        try:
            read = ExecutiveRecord.model_validate(in_numbers(record, self._program, self._words))
        except ValidationError as fault:
            return RosterRow(
                number, key, None, _few((*refusals, *_faults(fault, where, self._program, self._words)), where)
            )
        appointment, wrong = read_appointment(read.appointment or "", f"{where}, `appointment`")
        refusals += [wrong] if wrong else []
        facts = tuple(_facts(read.facts, self._program, where, refusals))
        elements = tuple(_members(read.elements, self._program.summary, (), where, refusals))
        if refusals:
            return RosterRow(number, key, None, _few(tuple(refusals), where))
        appraisal = Appraisal(key, elements, appointment, self._units.unit(trimmed(read.unit or "")), facts)
        unrated = nothing_rated(appraisal, self._program, where)
        return RosterRow(number, key, None if unrated else appraisal, unrated)

    def told(self) -> tuple[Diagnostic, ...]:
        """What was found in the records read so far and concerns the whole roster."""
        return told_of(self._name, self._words, self._units, self._groups, self._program)


def _said(value: Any) -> str:
    """A value as the name of a group; a list or an object names none."""
    return ("yes" if value else "no") if isinstance(value, bool) else value if isinstance(value, str) else ""


def _few(refusals: tuple[Refusal, ...], where: str) -> tuple[Refusal, ...]:
    """The first refusals of a record, and how many more there are."""
    more = len(refusals) - _MOST_FAULTS
    if more <= 0:
        return refusals
    says = f"{more} more things are wrong with it"
    return (*refusals[:_MOST_FAULTS], refused(NOT_A_RECORD, where, says, "correct the first, and run again"))


def _faults(fault: ValidationError, where: str, program: Program, words: LevelWords) -> Iterator[Refusal]:
    """What pydantic found, in the words of the house; of a text where a level stands, by the policy's terms."""
    for each in fault.errors(include_url=False):
        path = tuple(str(step) for step in each["loc"])
        at = f"{where}, {_path(path)}" if path else where
        reason = each.get("ctx", {}).get("error")
        if isinstance(reason, _NotANumberError):
            says, help = reason.fault.says, reason.fault.help
            if isinstance(text := each["input"], str) and help == ANY_NUMBER and _is_level(path, program):
                says, help = no_level(text), words.instead(trimmed(text))
            yield refused(NOT_A_NUMBER, at, says, help, _about(path))
        elif each["type"] == "missing":
            yield refused(NOT_A_RECORD, where, f"the key {_path(path)} is missing", f"add {_path(path)}")
        else:
            wanted, help = _WANTED.get(path[-1] if path else "", _WANTED[""])
            yield refused(NOT_A_RECORD, at, f"`{_shown(each['input'])}` is not {wanted}", help, _about(path))


def _is_level(path: tuple[str, ...], program: Program) -> bool:
    """Whether a path leads to the rating of what is rated on levels, as is all of which the policy says no more."""
    stage: Stage | None = program.summary
    member = None
    for name in path[1:-1:2]:
        member = next((each for each in stage.members if each.name == name), None) if stage else None
        stage = member.stage if member else None
    return path[-1] in LEVEL_KEYS and (member is None or isinstance(member.scale, LevelScale))


_WANTED = {
    "": ("a record", 'write `{"id": …, "elements": {…}}`'),
    "id": ("an id", "write a text in quotation marks"),
    "appointment": ("a text", "write it in quotation marks"),
    "unit": ("a text", "write it in quotation marks"),
    "facts": ("a set of facts", 'write `{"<fact>": "<word or number>", …}`'),
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


def _facts(
    given: dict[str, str | None], program: Program, where: str, refusals: list[Refusal]
) -> Iterator[tuple[str, Fraction | str]]:
    """What a record says of the facts; one that the policy does not declare is kept for the engine to refuse."""
    declared = {fact.name: fact for fact in program.facts}
    for name, text in given.items():
        if name not in declared:
            yield name, text or ""
            continue
        value, wrong = read_fact(declared[name], text or "", f"{where}, {_path(('facts', name))}")
        refusals += [wrong] if wrong else []
        if value is not None:
            yield name, value


def _members(
    records: dict[str, MemberRecord], stage: Stage | None, path: tuple[str, ...], where: str, refusals: list[Refusal]
) -> Iterator[Rated]:
    """The members of a stage as an appraisal has them; the engine judges which of them the plan may have."""
    named: dict[str, Member] = {each.name: each for each in stage.members} if stage else {}
    further_names = tuple(each.name for each in stage.further) if stage else ()
    for name, record in records.items():
        member = named.get(name)
        at = f"{where}, {_path((*path, name))}"
        if member is None and stage and stage.open and (kind := no_element(name)):
            says = f"it reads as {kind}, and the policy names no {stage.kind.value} so"
            help = f"take it out of the record; if it is of the plan, {NAME_IT}"
            refusals.append(refused(NOT_A_RECORD, at, says, help, name))
        below = member.stage if member else None
        requirements = tuple(_members(record.requirements, below, (*path, name), where, refusals))
        further = tuple(_further(record, further_names, at, name, refusals))
        if record.level is not None and record.rating is not None:
            refusals.append(refused(NOT_A_RECORD, at, "it has a `level` and a `rating`", "keep one of them", name))
        rating = record.level if record.level is not None else record.rating
        if member is not None and record.critical not in (None, member.critical):
            says = f"`critical` is `{str(record.critical).lower()}`, and `{name}` is a {_sort(member)} of the policy"
            refusals.append(refused(NOT_A_RECORD, at, says, "leave `critical` out", name))
        critical = record.critical if record.critical is not None else member.critical if member else True
        yield Rated(name, rating, record.weight, further, requirements, critical)


def _sort(member: Member) -> str:
    return (Kind.CRITICAL if member.critical else Kind.NONCRITICAL).value


def _further(
    record: MemberRecord, names: tuple[str, ...], at: str, about: str, refusals: list[Refusal]
) -> Iterator[tuple[str, Fraction]]:
    for key, value in (record.model_extra or {}).items():
        if key not in names:
            free = [each for each in (*MemberRecord.model_fields, *names) if each not in record.model_fields_set]
            help = _offer(key, free)  # one that is there would be given twice
            refusals.append(refused(UNKNOWN_ELEMENT_KEY, at, f"the key `{key}` is not known here", help, about))
            continue
        try:
            number = _number(value)
        except _NotANumberError as error:
            refusals.append(refused(NOT_A_NUMBER, f"{at}, `{key}`", error.fault.says, error.fault.help, about))
            continue
        if number is not None:
            yield key, number
