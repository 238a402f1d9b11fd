"""The tables of a year on record as an empty form: for each column what it takes, and the words to choose from.

The columns are those that are read (`reading`), the words those of the language and of the policy; nothing is said of a
column here that the reading does not hold to.
"""

from __future__ import annotations

from typing import Final

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.records.reading import WORDS_TABLE, needed_columns, record_columns
from sespms_rules.records.vocabulary import ACTS, ROLES
from sespms_rules.rosters.files import APPOINTMENTS


class FormColumn(Frozen):
    """A column: its heading, what stands in it, and the words to choose from; empty where any value may stand.

    `only` is false where other words than these may stand too, as an element that one plan alone has.
    """

    heading: str
    note: str
    words: tuple[str, ...]
    only: bool


class FormTable(Frozen):
    """A table of the form, and its columns in order."""

    name: str
    columns: tuple[FormColumn, ...]


_ID = "an opaque id with a digit and no blank, such as E-101; no name, no social security number"
_DAY = "a day, written year-month-day like 2025-10-01"
_NOTES: Final[dict[tuple[str, str], str]] = {
    ("executives", "id"): _ID,
    ("executives", "appointment"): "the kind of appointment",
    ("executives", "unit"): "the part of the agency, for the summary by unit",
    ("executives", "entered"): f"when the executive entered, where that is within the period: {_DAY}",
    ("executives", "left"): f"when the executive left; judged as of that day: {_DAY}",
    ("executives", "works in"): "the state where the executive works",
    ("executives", "basic pay"): "the yearly rate of basic pay in dollars and cents, like 200000.00",
    ("plans", "executive"): "the id of the executive, as in the table executives",
    ("plans", "period start"): f"the first day of the appraisal period: {_DAY}",
    ("plans", "period end"): f"the last day of the appraisal period: {_DAY}",
    ("plans", "element"): "one row for each element of the plan, or for each requirement of it",
    ("plans", "weight"): "the weight of the element, where the plan sets one",
    ("plans", "requirement"): "the performance requirement, in its own words",
    ("plans", "measure"): "how the requirement is measured",
    ("plans", "goal"): "what is to be reached",
    ("plans", "due"): f"by when it is to be reached: {_DAY}",
    ("acts", "number"): "a number of your own with a digit, such as A-1, by which another row can name this act",
    (
        "acts",
        "executive",
    ): "the id of the executive, as in the table executives; empty for what concerns all, such as guidelines",
    ("acts", "act"): "what was done",
    ("acts", "day"): f"when it was done: {_DAY}",
    ("acts", "recorded"): f"when it was written down: {_DAY}",
    ("acts", "role"): "who acted",
    ("acts", "person"): "the opaque id of the person who acted, such as O-7; no name",
    ("acts", "session"): "the session of the board, as in the table sessions",
    ("acts", "about"): "the element that a rating or review speaks of; empty for the whole",
    ("acts", "level"): "the number of the level that was given",
    ("acts", "amount"): "a sum in dollars and cents, like 12500.00",
    ("acts", "reason"): "the written reasons",
    ("acts", "document"): "the SHA-256 of what was written, 64 digits; without one nothing is on record in writing",
    ("acts", "until"): f"the last day of a detail: {_DAY}",
    ("acts", "corrects"): "the number of an act that this row corrects; that act stays and no longer counts",
    ("acts", "period end"): f"the last day of the period, where it is not the plan's, as for a rating before: {_DAY}",
    ("sessions", "session"): "an id of the session with a digit, such as S-1; one row for each member",
    ("sessions", "day"): f"when the board sat: {_DAY}",
    ("sessions", "member"): "the opaque id of the member; no name",
    ("sessions", "appointment"): "the kind of appointment of the member",
    ("sessions", "notice"): f"when the member's appointment to the board was published: {_DAY}",
    ("facts", "executive"): "the id of the executive, as in the table executives",
    ("facts", "fact"): "a fact that the policy reads, by its name in the policy, such as position type; one row each",
    ("facts", "value"): "what it is of this executive or the unit: one of the policy's words, or a number",
}


def form_of(system: System) -> tuple[FormTable, ...]:
    """The form for a system: all tables and columns that are read, in order."""
    return tuple(
        FormTable(name, tuple(_column(system, name, heading) for heading in headings))
        for name, headings in record_columns().items()
    )


def _column(system: System, table: str, heading: str) -> FormColumn:
    elements = tuple(each.name for each in system.elements)
    levels = tuple(str(each.number) for each in sorted(system.levels, key=lambda each: -each.number))
    words, only = {
        "act": (ACTS, True),
        "role": (ROLES, True),
        "appointment": (APPOINTMENTS, True),
        "level": (levels, True),
        "element": (elements, False),
        "about": (elements, False),
    }.get(heading, ((), True))
    note = _NOTES[table, heading]
    if heading not in needed_columns(table) and "empty" not in note:
        note += "; may be empty"
    return FormColumn(heading, note, tuple(words), only)


__all__ = ["WORDS_TABLE", "FormColumn", "FormTable", "form_of"]
