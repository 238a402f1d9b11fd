"""A long roster in CSV or Parquet as a table that SQL can rate, and the reader of the rows that SQL hands back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sespms_rules.engines.sql import (
    TextMember,
    TextTable,
)
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.program.numbered_terms import doubtful_numbers
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import is_blank, tidy, trimmed
from sespms_rules.rosters.files.columns import APPOINTMENT, CRITICAL, ID, UNIT, Column
from sespms_rules.rosters.files.coverage import Coverage
from sespms_rules.rosters.files.executives import SHORTENED, Identities, compared
from sespms_rules.rosters.files.limits import LONGEST_CELL, MOST_ROWS
from sespms_rules.rosters.files.lines import TableRow, split_line
from sespms_rules.rosters.files.members import MemberColumns, Place, members_of
from sespms_rules.rosters.files.not_executives import NO_EXECUTIVE
from sespms_rules.rosters.files.opening import RosterFile, TextFile, examine
from sespms_rules.rosters.files.parquet import is_parquet, parquet_head
from sespms_rules.rosters.files.reading import open_roster
from sespms_rules.rosters.files.row_reader import RowReader
from sespms_rules.rosters.files.rows import APPOINTMENTS, RosterRow
from sespms_rules.rosters.files.table import TableHead, head_of
from sespms_rules.rosters.files.workbook import is_workbook, workbook_head

_TAIL = 1 << 16

_DOUBLE_BLANK = ".*  .*"
"""An id with two blanks in a row, which the reader of rows judges as if there were one."""
_GUARDED = "('|= ?\").*"
"""Ids with an apostrophe before them, or within the signs of a text, which tell them apart from none."""


class TableForSql(Frozen):
    """A roster whose rows SQL may rate: how it is laid out, what was found in its headings, about how many rows."""

    file: RosterFile
    head: TableHead
    table: TextTable
    rows: int

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was found in the headings."""
        return self.head.findings


def table_for_sql(path: Path, program: Program) -> TableForSql | None:
    """Look at a roster; None where it is not one line a row of UTF-8 text (or Parquet), or its headings have errors.

    None also where a number may be another level than its own, which is told row by row.

    Raises UnreadableFileError as `open_roster` does.
    """
    if doubtful_numbers(program.terms):
        return None
    if not path.is_file():
        return None  # a pipe can be read only once
    file = RosterFile(path)
    if is_parquet(file):
        head, rows = parquet_head(file, program)
        fits = head.is_sound and not head.layout.is_long
        return _laid_out(file, head, rows, program, is_text=False) if fits else None
    if is_workbook(file):
        return None
    text = examine(file)
    if text.is_json or not file.is_regular or text.encoding == "cp1252" or text.lines > MOST_ROWS:
        return None
    head = head_of(text, program)
    if not head.is_sound or head.lines != head.row or head.layout.is_long:
        return None
    return _laid_out(file, head, _lines(text) - head.row, program, is_text=True)


def _lines(text: TextFile) -> int:
    """How many lines there are down to the last that is not empty."""
    with text.file.content() as opened:
        opened.seek(max(0, text.file.size - _TAIL))
        tail = opened.read()
    return text.lines - (tail.count(b"\n") - tail.rstrip(b"\r\n").count(b"\n"))


def _laid_out(file: RosterFile, head: TableHead, rows: int, program: Program, *, is_text: bool) -> TableForSql:
    own = {column.holds: index for index, column in head.layout.columns if not (column.path or column.is_fact)}
    members = tuple(_member(each) for each in members_of(head.layout, program))
    table = TextTable(
        file.for_library,
        head.delimiter if is_text else None,
        head.row + 1,
        rows,
        head.headings,
        head.layout.unnamed,
        own[ID],
        own.get(APPOINTMENT),
        members,
        unit=own.get(UNIT) if program.left_out else None,
        units_left_out=tuple(tidy(unit) for unit, _ in program.left_out),
        appointments=program.appointments or APPOINTMENTS,
        odd_ids=(NO_EXECUTIVE, SHORTENED, _DOUBLE_BLANK, _GUARDED),
        longest_cell=LONGEST_CELL,
        facts=tuple((column.holds, index) for index, column in head.layout.columns if column.is_fact),
    )
    return TableForSql(file, head, table, rows)


def _member(columns: MemberColumns) -> TextMember:
    def at(place: Place | None) -> int | None:
        return None if place is None else place.index

    return TextMember(
        columns.name,
        at(columns.rating),
        at(columns.weight),
        at(columns.critical),
        tuple((name, place.index) for name, place in columns.further),
        tuple(_member(each) for each in columns.requirements),
    )


class HandedBack:
    """Reads the rows that SQL hands back."""

    def __init__(self, roster: TableForSql, program: Program) -> None:
        # Ids met once are known to be fine; they are not kept, for there may be millions.
        self._known = _Known()
        self._reader = RowReader(roster.head.layout, program, roster.file.name, Identities(self._known))
        self._coverage = Coverage(program, "row")
        self._delimiter = roster.table.delimiter or ","
        self._id = roster.table.id

    def know(self, repeated: dict[str, int], units: Iterable[str]) -> None:
        """Take note of the ids that stand in several rows, with the number of the first of them, and of the units."""
        self._known.update(repeated)
        for unit in units:
            self._reader.units.unit(trimmed(unit))

    def _row(self, cells: list[str] | None, line: str | None) -> TableRow:
        return split_line(line or "", self._delimiter) if cells is None or line is not None else TableRow(0, cells)

    def key(self, cells: list[str] | None, line: str | None) -> str:
        """The id of a row, as ids are compared; empty where it has none, or nothing stands in it."""
        found = self._row(cells, line).cells
        return compared(trimmed(found[self._id])) if self._id < len(found) else ""

    def row(self, number: int, cells: list[str] | None, line: str | None) -> RosterRow | None:
        """Read one row from its cells or its line; None where nothing stands in it."""
        found = self._row(cells, line)
        if not found.refusals and is_blank(found.cells):
            return None
        return self._coverage.of(self._reader.row(number, found.cells, found.refusals))

    def under_other_headings(self, number: int) -> tuple[Refusal, ...]:
        """Why a row is not read that stands below other headings than those at the top, as far as rows were handed."""
        return self._reader.headings.of_row(number)

    def told(self) -> tuple[Diagnostic, ...]:
        """What was found in the rows read so far and concerns the whole roster."""
        return self._reader.told()


class _Known(dict[str, int]):
    """Ids known beforehand: one that is asked for and not among them is not kept."""

    def setdefault(self, key: str, default: int = 0) -> int:
        """The number of the row that an id stands in first."""
        return self.get(key, default)


def members_of_plans(path: Path, program: Program) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The elements and requirements that a CSV, Excel or Parquet roster has columns for, and whether each is critical.

    Each is given as a path of names. A query takes every column for a part of every plan, and each element of a plan's
    own for critical or not in all rows: what differs from row to row is refused. Raises UnreadableFileError as
    `open_roster` does, for that, and for a roster whose headings have errors.
    """
    columns = _columns_of_plans(path, program)
    paths = tuple(dict.fromkeys(each.path for each in columns))
    named = {(each.name,) for each in program.summary.members}
    sorts: dict[str, set[bool]] = {each[0]: set() for each in paths if each not in named and len(each) == 1}
    for row in open_roster(path, program).rows:
        if row.appraisal is None:
            continue
        there = {(each.name,): each for each in row.appraisal.elements}
        inner = {(each.name, one.name) for each in row.appraisal.elements for one in each.requirements}
        if without := next((each for each in paths if each not in there and each not in inner), None):
            says = f"the plans of `{path}` differ: that of row {row.number} has no `{' / '.join(without)}`"
            raise UnreadableFileError(says, "name a roster of plans that are alike, or rate it with `sespms rate`")
        for name, found in sorts.items():
            found.add(there[(name,)].critical)
    said = {each.path[0] for each in columns if each.holds == CRITICAL}
    for name, found in sorts.items():
        if len(found) > 1:
            says = f"`{name}` is critical in some rows of `{path}` and not in others"
            raise UnreadableFileError(says, "name a roster in which it is one of them, or rate it with `sespms rate`")
        if not found and name in said:
            says = f"no row of `{path}` says whether `{name}` is critical"
            raise UnreadableFileError(says, "name a roster with a row that can be read")
    return tuple((each, sorts.get(each[0], {True}) != {False} or len(each) > 1) for each in paths)


def _columns_of_plans(path: Path, program: Program) -> tuple[Column, ...]:
    file = RosterFile(path)
    if is_parquet(file):
        head, _ = parquet_head(file, program)
    elif is_workbook(file):
        _, head = workbook_head(file, program)
    else:
        head = head_of(examine(file), program)
    if not head.is_sound:
        fault = next(each for each in head.findings if each.severity is Severity.ERROR)
        raise UnreadableFileError(f"the columns of `{path}` cannot be used: {fault.message}", fault.help or "")
    if head.layout.is_long:
        says = f"`{path}` has a row for each element, and SQL rates a table with a row for each executive"
        raise UnreadableFileError(says, "give a roster with columns such as `<element> level`, as the table will have")
    return tuple(column for _, column in head.layout.columns if column.path)
