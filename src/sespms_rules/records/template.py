"""The tables of a year on record as an empty form: for each column what it takes, and the words to choose from.

The columns are those that are read (`reading`), the words those of the language and of the policy; nothing is said of a
column here that the reading does not hold to.
"""

from __future__ import annotations

from typing import Final

from sespms_rules.checks.analysis import everywhere
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import AlsoRated
from sespms_rules.language.syntax.facts import FactOfWords, FactSentence
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.records.reading import WORDS_TABLE, needed_columns, record_columns
from sespms_rules.records.vocabulary import ACTS, ROLES
from sespms_rules.rosters.files import APPOINTMENTS


class FormColumn(Frozen):
    """A column: its heading, what stands in it, and the words to choose from; empty where any value may stand.

    `only` is false where other words than these may stand too, as an element that one plan alone has. `width` is how
    many signs of a cell are seen.
    """

    heading: str
    note: str
    words: tuple[str, ...]
    only: bool
    width: int


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
    ("executives", "left"): f"when the executive left; what was due later stays open: {_DAY}",
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
    ("plans", "requirement weight"): "the weight of the requirement within its element, where the plan sets one",
    ("plans", "critical"): "yes or no, of an element that the policy does not name",
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
    ("acts", "requirement"): "the requirement of the element in about that is rated, where requirements are",
    (
        "acts",
        "additional rating",
    ): "the name of an additional rating that this row gives, such as difficulty; one row each",
    (
        "acts",
        "value",
    ): "a rating that is a number and no level: of an additional rating, or of an element rated by a number",
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
    words, only = _words_for(system, table, heading)
    note = _NOTES[table, heading]
    if heading not in needed_columns(table) and "empty" not in note:
        note += "; may be empty"
    if (table, heading) in _OF_POLICY and not words:
        note += "; this policy has none"
    longest = max(map(len, words), default=0) + 2
    return FormColumn(heading, note, words, only, max(longest, _WIDTHS.get(heading, _ANY_WORDS)))


_ANY_WORDS: Final = 21
_WIDTHS: Final = (
    dict.fromkeys(("id", "executive", "number", "person", "session", "member", "corrects"), 10)
    | dict.fromkeys(("day", "recorded", "until", "period start", "period end", "entered", "left", "due", "notice"), 12)
    | dict.fromkeys(("level", "weight", "requirement weight", "value", "critical"), 7)
    | dict.fromkeys(("amount", "basic pay", "works in", "document", "appointment", "act", "role", "about"), 13)
)
"""How many signs of a column are seen, where that is less than of free words; the acts are to be read on one page."""


_OF_POLICY: Final = (("acts", "additional rating"), ("facts", "fact"))
"""The columns that are filled in only where the policy names what stands in them."""


def _words_for(system: System, table: str, heading: str) -> tuple[tuple[str, ...], bool]:
    """The words to choose from in a column, and whether no others may stand there."""
    facts = [each.sentence for each in system.sentences(PartKind.FACTS)]
    of_words = [each for each in facts if isinstance(each, FactOfWords)]
    match table, heading:
        case _, "act":
            return ACTS, True
        case _, "role":
            return ROLES, True
        case _, "appointment":
            return APPOINTMENTS, True
        case _, "critical":
            return ("yes", "no"), True
        case _, "level":
            return tuple(str(each.number) for each in sorted(system.levels, key=lambda each: -each.number)), True
        case _, "element" | "about":
            return tuple(each.name for each in system.elements), False
        case _, "additional rating":
            return tuple(dict.fromkeys(each.name.text for each in everywhere(system, AlsoRated))), True
        case "facts", "fact":
            return tuple(each.name.text for each in facts if isinstance(each, FactSentence)), True
        case "facts", "value":
            words = dict.fromkeys(word.text for each in of_words for word in each.words)
            return tuple(words), len(of_words) == len(facts)
        case _:
            return (), True


__all__ = ["WORDS_TABLE", "FormColumn", "FormTable", "form_of"]
