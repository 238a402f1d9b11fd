"""The shape of each table of records, as pydantic models: the one border that cells cross to become dates and words.

The published schema (docs/schemas/records.schema.json) is made from these models. Every cell is text; a day is a day
of the calendar, money and weights are exact fractions, an id is opaque.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.letters import is_latin, with_plain_signs
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.records.findings import INCOMPLETE, NOT_UNDERSTOOD, PERSONAL_DATA
from sespms_rules.records.vocabulary import ACTS, ROLES, act_of, role_of
from sespms_rules.rosters.files import (
    APPOINTMENTS,
    DIGITS_LOST,
    FORMULA,
    TYPE_IT_AGAIN,
    NumberFault,
    is_shortened,
    read_appointment,
    read_number,
    tidy,
    trimmed,
)

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00)?", re.ASCII)
_IN_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?")
_OF_A_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,3}([.,][0-9]{1,4})? ?%")
"""A sum with commas between thousands, which in dollars are no decimal points, and a share, which is no sum."""
_SOCIAL_SECURITY = re.compile(r"(?<![0-9])[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}(?![0-9])", re.ASCII)
_OPAQUE = re.compile(r"(?=[^0-9]*[0-9])[^\s@,;]{1,60}")
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-fA-F]{64}", re.ASCII)
_HIGHEST_LEVEL: Final = 99
_LIKE_A_DAY = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}", re.ASCII)
_COUNTED = re.compile(r"[34][0-9]{4}", re.ASCII)
"""A day of the years 1982 to 2036 as a spreadsheet counts it; no number of a person is so short."""
_NOUGHT_OF_A_SPREADSHEET: Final = datetime.date(1899, 12, 30)
_NOT_SHOWN: Final = "what stands here"
"""In place of a cell that may hold a person's name or number: a refusal must not repeat it."""
_EARLIEST, _LATEST = 1900, 2199
_YES_AND_NO: Final = {"yes": True, "no": False, "true": True, "false": False}


class UnreadCellError(ValueError):
    """Raised inside pydantic, which hands it back among its errors: the kind of finding, what it says, the fix."""

    def __init__(self, kind: Finding, says: str, help: str) -> None:
        super().__init__(says)
        self.kind, self.says, self.help = kind, says, help


# ---- cells -----------------------------------------------------------------------------------------


@lru_cache(maxsize=65_536)
def opaque(text: str) -> str:
    """An id that tells nothing of whom it stands for; what looks like a name or number of a person is not repeated."""
    text = with_plain_signs(trimmed(text))
    if not text:
        return ""
    if is_shortened(text):
        raise UnreadCellError(NOT_UNDERSTOOD, f"the id {DIGITS_LOST}", TYPE_IT_AGAIN)
    if _SOCIAL_SECURITY.search(text):
        says = "what stands here looks like a social security number"
        raise UnreadCellError(PERSONAL_DATA, says, "give the executive an opaque id, such as `E-101`, and keep it")
    if not _OPAQUE.fullmatch(text):
        says = "what stands here may be a person's name or address, for it holds a blank, `@`, `,` or no digit"
        raise UnreadCellError(
            PERSONAL_DATA, says, "write an opaque id without blanks and with a digit, such as `E-101`"
        )
    if any(letter.isalpha() and not is_latin(letter) for letter in text):
        says = "the id holds a letter of another script, which may look like one of A to Z"
        raise UnreadCellError(NOT_UNDERSTOOD, says, "type the id again, with letters from A to Z")
    return text


def _present(value: Any, read: Any, what: str, help: str) -> Any:
    found = read(value)
    if found is None or found == "":
        raise UnreadCellError(INCOMPLETE, f"there is no {what}", help)
    return found


def _id(value: Any) -> str:
    found: str = _present(value, opaque, "id", "write the opaque id of the executive")
    return found


@lru_cache(maxsize=65_536)
def _day(text: str) -> datetime.date | None:
    text = trimmed(text)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return _of_our_time(datetime.date(int(found[1]), int(found[2]), int(found[3])))
    except UnreadCellError:
        raise
    except ValueError:
        raise UnreadCellError(NOT_UNDERSTOOD, f"there is no day `{text}`", "write a day of the calendar") from None
    if _COUNTED.fullmatch(text):
        counted = _NOUGHT_OF_A_SPREADSHEET + datetime.timedelta(days=int(text))
        help = f"if a spreadsheet counted it from 1900 on, as most do, write `{counted}`"
        raise UnreadCellError(NOT_UNDERSTOOD, f"`{text}` is not a day", help)
    shown = f"`{text}`" if _LIKE_A_DAY.fullmatch(text) else _NOT_SHOWN
    raise UnreadCellError(NOT_UNDERSTOOD, f"{shown} is not a day", "write it as year-month-day, like `2025-10-01`")


def _of_our_time(day: datetime.date) -> datetime.date:
    """The day itself, where days can be counted from it; `9999-12-31` stands for no end in other programs."""
    if _EARLIEST <= day.year <= _LATEST:
        return day
    says = f"`{day}` is not between the years {_EARLIEST} and {_LATEST}"
    raise UnreadCellError(NOT_UNDERSTOOD, says, "write the day that is meant; where none is set, leave the cell empty")


def _needed_day(value: Any) -> datetime.date:
    found: datetime.date = _present(value, _day, "day", "write the day, like `2025-10-01`")
    return found


def _act(value: Any) -> str:
    word = act_of(value)
    if word is not None:
        return word
    if not trimmed(value):
        raise UnreadCellError(INCOMPLETE, "there is no act", "write what was done, such as `progress review`")
    near = nearest_name(trimmed(value), ACTS)
    help = did_you_mean(near, f"the acts are {_listed(ACTS)}")
    raise UnreadCellError(NOT_UNDERSTOOD, f"{_shown(value, near)} is no act of the language", help)


def _role(value: Any) -> str:
    if not trimmed(value):
        return ""
    word = role_of(value)
    if word is not None:
        return word
    near = nearest_name(trimmed(value), ROLES)
    help = did_you_mean(near, f"the roles are {_listed(ROLES)}")
    raise UnreadCellError(NOT_UNDERSTOOD, f"{_shown(value, near)} is no role of the language", help)


def _shown(value: str, near: str | None) -> str:
    """A cell as a message names it: only one near a word of the language, for another may be a person's own."""
    return f"`{trimmed(value)}`" if near is not None else _NOT_SHOWN


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _appointment(value: Any) -> str | None:
    word, refusal = read_appointment(value, "")
    if refusal is not None:
        shown = _shown(value, nearest_name(trimmed(value), APPOINTMENTS))
        raise UnreadCellError(NOT_UNDERSTOOD, f"{shown} is not a kind of appointment", refusal.help)
    return word


def _needed_appointment(value: Any) -> str:
    found: str = _present(value, _appointment, "appointment", f"write one of {_listed(APPOINTMENTS)}")
    return found


def _number(value: Any) -> Fraction | None:
    if not trimmed(value):
        return None
    read = read_number(value)
    if isinstance(read, NumberFault):
        if _SOCIAL_SECURITY.search(with_plain_signs(value)) or any(sign.isalpha() for sign in value):
            says, help = f"{_NOT_SHOWN} is not a number written in plain digits", "write the number alone"
            raise UnreadCellError(NOT_UNDERSTOOD, says, help)
        raise UnreadCellError(NOT_UNDERSTOOD, read.says, read.help)
    return read


def _money(value: Any) -> Fraction | None:
    text = trimmed(value).removeprefix("$")
    if _IN_THOUSANDS.fullmatch(text):
        says = f"`{text}` is not a number written in plain digits"
        raise UnreadCellError(NOT_UNDERSTOOD, says, f"write `{text.replace(',', '')}`")
    is_share = _OF_A_WHOLE.fullmatch(text) is not None
    amount = None if is_share else _number(text)
    if is_share or (amount is not None and (amount < 0 or (amount * 100).denominator != 1)):
        says = f"`{trimmed(value)}` is no sum of dollars and cents"
        raise UnreadCellError(NOT_UNDERSTOOD, says, "write it with at most two decimals and no sign, like `12500.00`")
    return amount


def _level(value: Any) -> int | None:
    if any(sign.isalpha() for sign in value) and not _SOCIAL_SECURITY.search(with_plain_signs(value)):
        says = f"{_NOT_SHOWN} is no level"
        raise UnreadCellError(NOT_UNDERSTOOD, says, "write the number of the level, such as `4`, and not its term")
    number = _number(value)
    if number is None:
        return None
    if number.denominator != 1 or not 1 <= number <= _HIGHEST_LEVEL:
        raise UnreadCellError(NOT_UNDERSTOOD, f"`{trimmed(value)}` is no level", "write its number, such as `4`")
    return int(number)


def _words(value: Any) -> str:
    words = " ".join(value.split())
    if words.startswith(FORMULA):
        raise UnreadCellError(NOT_UNDERSTOOD, f"{_NOT_SHOWN} is a formula", "write the words that it gives")
    return words


def _needed_words(value: Any) -> str:
    found: str = _present(value, _words, "value", "fill in the cell")
    return found


def _yes_or_no(value: Any) -> bool | None:
    word = tidy(value)
    if word and word not in _YES_AND_NO:
        says = "what stands here does not say whether the element is critical"
        raise UnreadCellError(NOT_UNDERSTOOD, says, "write `yes` or `no`")
    return _YES_AND_NO.get(word)


def _digest(value: Any) -> str:
    text = trimmed(value)
    if text and not _DIGEST.fullmatch(text):
        says = f"{_NOT_SHOWN} is no SHA-256 of a document"
        raise UnreadCellError(NOT_UNDERSTOOD, says, "write the 64 digits of its SHA-256, or leave the cell empty")
    return text.removeprefix("sha256:").lower()


def _text(description: str, **more: Any) -> Any:
    return WithJsonSchema({"type": "string", "description": description, **more})


Id = Annotated[str, PlainValidator(_id), _text("An opaque id: a digit, no blank, no name, no social security number.")]
Whom = Annotated[str, PlainValidator(opaque), _text("An opaque id of a person or thing; may be empty.")]
NeededDay = Annotated[datetime.date, PlainValidator(_needed_day), _text("A day.", format="date")]
Day = Annotated[datetime.date | None, PlainValidator(_day), _text("A day; may be empty.")]
ActWord = Annotated[str, PlainValidator(_act), _text("An act in the words of the language.", enum=list(ACTS))]
RoleWord = Annotated[str, PlainValidator(_role), _text("Who acts.", enum=["", *ROLES])]
Appointment = Annotated[
    str, PlainValidator(_needed_appointment), _text("The kind of appointment.", enum=list(APPOINTMENTS))
]
Money = Annotated[Fraction | None, PlainValidator(_money), _text("Dollars and cents, exactly; may be empty.")]
Number = Annotated[Fraction | None, PlainValidator(_number), _text("An exact number; may be empty.")]
YesOrNo = Annotated[bool | None, PlainValidator(_yes_or_no), _text("Yes or no; may be empty.", enum=["", "yes", "no"])]
LevelNumber = Annotated[int | None, PlainValidator(_level), _text("The number of a level; may be empty.")]
Wording = Annotated[str, PlainValidator(_words), _text("Free words; may be empty.")]
NeededWording = Annotated[str, PlainValidator(_needed_words), _text("A name.")]
Digest = Annotated[
    str, PlainValidator(_digest), _text("The SHA-256 of the written document; empty: nothing in writing.")
]


# ---- tables ----------------------------------------------------------------------------------------


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", " "))


class ExecutiveRow(_Row):
    """An executive; one row each."""

    id: Id
    appointment: Appointment
    unit: Wording = ""
    entered: Day = None
    left: Day = None
    works_in: Wording = ""
    basic_pay: Money = None


class PlanRow(_Row):
    """A requirement of an element of an executive's plan; an element without requirements is one row.

    `weight` is the element's own. `critical` is said of an element that the policy does not name.
    """

    executive: Id
    period_start: NeededDay
    period_end: NeededDay
    element: NeededWording
    critical: YesOrNo = None
    weight: Number = None
    requirement: Wording = ""
    requirement_weight: Number = None
    measure: Wording = ""
    goal: Wording = ""
    due: Day = None


class ActRow(_Row):
    """An act: who did what, when, about which element, with which level, amount, reason, document.

    `period end` is the last day of the period it belongs to, where that is not the period of the plan. `requirement` is
    one of the element `about`; `value` is a rating that is a number and no level, of an `additional rating` or not.
    """

    number: Whom = ""
    executive: Whom = ""
    act: ActWord
    day: NeededDay
    recorded: Day = None
    role: RoleWord = ""
    person: Whom = ""
    session: Whom = ""
    about: Wording = ""
    requirement: Wording = ""
    level: LevelNumber = None
    additional_rating: Wording = ""
    value: Number = None
    amount: Money = None
    reason: Wording = ""
    document: Digest = ""
    until: Day = None
    corrects: Whom = ""
    period_end: Day = None


class SessionRow(_Row):
    """A member at a sitting of a performance review board; one row a member."""

    session: Id
    day: NeededDay
    member: Whom
    appointment: Appointment
    notice: Day = None


class FactRow(_Row):
    """What a fact that a policy reads is of an executive or of the executive's unit; one row a fact."""

    executive: Id
    fact: NeededWording
    value: NeededWording


class RecordsDocument(BaseModel):
    """All records of a year: in JSON one object, in a folder one file a table, in a workbook one sheet a table."""

    model_config = ConfigDict(extra="forbid", title="sespms-records/1")
    executives: list[ExecutiveRow]
    plans: list[PlanRow] = []
    acts: list[ActRow]
    sessions: list[SessionRow] = []
    facts: list[FactRow] = []


TABLES: Final[dict[str, type[_Row]]] = {
    "executives": ExecutiveRow,
    "plans": PlanRow,
    "acts": ActRow,
    "sessions": SessionRow,
    "facts": FactRow,
}


def columns_of(table: str) -> dict[str, str]:
    """The columns of a table as people write them, each with the name of its field."""
    return {name.replace("_", " "): name for name in TABLES[table].model_fields}


def record_columns() -> dict[str, tuple[str, ...]]:
    """The tables that are read, each with its columns as people write them."""
    return {name: tuple(columns_of(name)) for name in TABLES}


def needed_columns(table: str) -> tuple[str, ...]:
    """The columns that a table cannot do without."""
    fields = TABLES[table].model_fields
    return tuple(label for label, name in columns_of(table).items() if fields[name].is_required())


def records_schema() -> dict[str, Any]:
    """The JSON Schema of all records, as published."""
    return RecordsDocument.model_json_schema(by_alias=True)
