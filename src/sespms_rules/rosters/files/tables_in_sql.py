"""A long roster in CSV or Parquet as a table that SQL can rate, and the reader of the rows that SQL hands back."""

from __future__ import annotations

import csv
from pathlib import Path

from sespms_rules.engines.sql.cells import TextMember, TextTable
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.files_read import note_read
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.columns import APPOINTMENT, ID
from sespms_rules.rosters.files.executives import Identities
from sespms_rules.rosters.files.members import MemberColumns, Place, members_of
from sespms_rules.rosters.files.opening import RosterFile, examine
from sespms_rules.rosters.files.parquet import is_parquet, parquet_head
from sespms_rules.rosters.files.rows import APPOINTMENTS, RosterRow
from sespms_rules.rosters.files.table import RowReader, TableHead, head_of, is_blank
from sespms_rules.rosters.files.workbook import is_workbook, workbook_head

_TAIL = 1 << 16


class TableForSql(Frozen):
    """A roster whose rows SQL may rate: how it is laid out, what was found in its headings, about how many rows."""

    path: Path
    head: TableHead
    table: TextTable
    rows: int

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was found in the headings."""
        return self.head.findings


def table_for_sql(path: Path, program: Program) -> TableForSql | None:
    """Look at a roster; None where it is not one line a row of UTF-8 text (or Parquet), or its headings have errors.

    Raises UnreadableFileError as `open_roster` does.
    """
    note_read(path)
    if is_parquet(path):
        head, rows = parquet_head(path, program)
        return _laid_out(path, head, rows, program, is_text=False) if head.is_sound else None
    if is_workbook(path):
        return None
    file = examine(path)
    if file.is_json or file.data is not None or file.encoding == "cp1252":
        return None
    head = head_of(file, program)
    if not head.is_sound or any("\n" in each or "\r" in each for each in head.headings):
        return None
    return _laid_out(path, head, _lines(file) - head.row, program, is_text=True)


def _lines(file: RosterFile) -> int:
    """How many lines there are down to the last that is not empty."""
    with file.path.open("rb") as opened:
        opened.seek(0, 2)
        opened.seek(max(0, opened.tell() - _TAIL))
        tail = opened.read()
    return file.lines - (tail.count(b"\n") - tail.rstrip(b"\r\n").count(b"\n"))


def _laid_out(path: Path, head: TableHead, rows: int, program: Program, *, is_text: bool) -> TableForSql:
    own = {column.holds: index for index, column in head.layout.columns if not column.path}
    members = tuple(_member(each) for each in members_of(head.layout, program))
    table = TextTable(
        path,
        head.delimiter if is_text else None,
        head.row + 1,
        rows,
        head.headings,
        head.layout.unnamed,
        own[ID],
        own.get(APPOINTMENT),
        members,
        appointments=APPOINTMENTS,
    )
    return TableForSql(path, head, table, rows)


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
    """Reads the rows that SQL hands back; `repeated` are the ids that stand in several rows, with the first of them."""

    def __init__(self, roster: TableForSql, program: Program, repeated: dict[str, int]) -> None:
        # Ids met once are known to be fine; they are not kept, for there may be millions.
        self._reader = RowReader(roster.head.layout, program, Identities(_Known(repeated)))
        self._delimiter = roster.table.delimiter or ","

    def row(self, number: int, cells: list[str] | None, line: str | None) -> RosterRow | None:
        """Read one row from its cells or its line; None where nothing stands in it."""
        if cells is None or line is not None:
            cells = next(csv.reader([line or ""], delimiter=self._delimiter, strict=True), [])
        return None if is_blank(cells) else self._reader.row(number, cells)


class _Known(dict[str, int]):
    """Ids known beforehand: one that is asked for and not among them is not kept."""

    def setdefault(self, key: str, default: int = 0) -> int:
        """The number of the row that an id stands in first."""
        return self.get(key, default)


def columns_of_plans(path: Path, program: Program) -> tuple[tuple[str, ...], ...]:
    """The elements and requirements that a CSV, Excel or Parquet roster has columns for, as paths of names.

    Raises UnreadableFileError as `open_roster` does, and for a roster whose headings have errors.
    """
    if is_parquet(path):
        head, _ = parquet_head(path, program)
    elif is_workbook(path):
        _, head = workbook_head(path, program)
    else:
        head = head_of(examine(path), program)
    if not head.is_sound:
        fault = next(each for each in head.findings if each.severity is Severity.ERROR)
        raise UnreadableFileError(f"the columns of `{path}` cannot be used: {fault.message}", fault.help or "")
    return tuple(dict.fromkeys(column.path for _, column in head.layout.columns if column.path))
