"""A form for one executive: the fields that a policy asks for, and what was typed into them as a row of a roster.

A form is a roster of one row: its fields are the columns, and each is read as the cell of a column is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program, Stage
from sespms_rules.rosters.files.blanks import seen, tidy
from sespms_rules.rosters.files.columns import CRITICAL, ID, SLASH, Column, Heading, expected_columns, lay_out
from sespms_rules.rosters.files.coverage import Coverage
from sespms_rules.rosters.files.row_reader import RowReader
from sespms_rules.rosters.files.rows import RosterRow

_WHERE = "the form"
_OF_PLANS = (("level", "rating"), ("weight", "weight"))

WORDS_SHEET, TOTALS_SHEET = "Words", "Totals"
"""The sheets beside the roster in a form that the program wrote: what its lists offer, and the sums of weights."""

OF_WORDS = ("appointment", "level")
OF_TOTALS = ("executive", "total of the weights (must be {})", "is it right?")


def is_beside_a_form(name: str, headings: Sequence[str]) -> bool:
    """Whether a sheet is one that the program puts beside the roster of its own form; `headings` are as written."""
    if name == WORDS_SHEET:
        return tuple(headings[: len(OF_WORDS)]) == OF_WORDS
    before, _, behind = OF_TOTALS[1].partition("{}")
    return (
        name == TOTALS_SHEET
        and len(headings) == len(OF_TOTALS)
        and (headings[0], headings[2]) == (OF_TOTALS[0], OF_TOTALS[2])
        and headings[1].startswith(before)
        and headings[1].endswith(behind)
    )


class FormField(Frozen):
    """A field: the heading of its column, what the column holds, and the element (and requirement) it is about.

    `further` is as in `Column`. `needed` says that a roster must have the column.
    """

    heading: str
    holds: str
    path: tuple[str, ...]
    further: bool
    needed: bool

    @classmethod
    def of(cls, column: Column, *, needed: bool) -> FormField:
        """The field of a column."""
        return cls(column.heading, column.holds, column.path, column.further, needed)


def form_fields(program: Program) -> tuple[FormField, ...]:
    """The fields of a policy, in the order of its columns; without the id, and without what it declares itself."""
    return tuple(
        FormField.of(column, needed=needed)
        for column, needed in expected_columns(program)
        if column.holds != ID and (column.further or column.holds != CRITICAL)
    )


def fields_of_plans(names: Iterable[str], program: Program) -> tuple[FormField, ...]:
    """The fields of elements that a plan has of its own, by the names that were given to them.

    A name `ELEMENT / REQUIREMENT` is a requirement of an element that the policy rates by its requirements.
    """
    own = [name for name in dict.fromkeys(names) if name.strip()]
    return tuple(each for name in own for each in _fields_of(*stage_of_plans(name, program)))


def _fields_of(stage: Stage, path: tuple[str, ...]) -> Iterator[FormField]:
    words = [*_OF_PLANS, *((each.name, each.name) for each in stage.further)]
    known = {holds for _, holds in _OF_PLANS}
    for word, holds in words:
        if holds != "weight" or stage.weighted:
            yield FormField(f"{SLASH.join(path)} {word}", holds, path, holds not in known, needed=holds == "rating")


def stage_of_plans(name: str, program: Program) -> tuple[Stage, tuple[str, ...]]:
    """Where something of a plan's own would be rated, and its path: the element, or the element and the requirement."""
    for element in program.summary.members:
        lead = tidy(element.name) + SLASH
        if element.stage and tidy(name).startswith(lead):
            return element.stage, (element.name, seen(name)[len(lead) :])
    return program.summary, (name,)


def may_be_brought(name: str, program: Program) -> bool:
    """Whether a column that is headed by this name and `level` is read as of what plans bring by it."""
    _, path = stage_of_plans(name, program)
    place = Span(Source(_WHERE, ""), 0, 0)
    texts = (ID, *(each.heading for each in form_fields(program)), f"{SLASH.join(path)} level")
    layout, _ = lay_out(program, tuple(Heading(at, text, place) for at, text in enumerate(texts)), place)
    return any(column.path == path for _, column in layout.columns)


def row_of_form(program: Program, typed: Mapping[str, str]) -> tuple[RosterRow, tuple[Diagnostic, ...]]:
    """The row of what was typed, by heading, and what is found in the headings; with an error there the row is none.

    Its number is 1 and its id empty: a form is nobody's record.
    """
    given = {ID: _WHERE} | dict(typed)
    place = Span(Source(_WHERE, ""), 0, 0)
    headings = tuple(Heading(index, text, place) for index, text in enumerate(given))
    layout, found = lay_out(program, headings, place)
    if any(each.severity is Severity.ERROR for each in found):
        return RosterRow(1, "", None), found
    reader = RowReader(layout, program, _WHERE)
    row = reader.executive(_WHERE, 1, list(given.values()), (), {})
    told = (each for each in (*found, *reader.told()) if each.severity is not Severity.NOTE)
    return Coverage(program, "row").of(row), tuple(told)
