"""A CSV roster: its delimiter and headings, then its rows one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import TextIO

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.rosters.files.columns import APPOINTMENT, ID, UNIT, Heading, Layout, known_headings, lay_out, tidy
from sespms_rules.rosters.files.executives import Identities, read_appointment
from sespms_rules.rosters.files.members import MemberReader, members_of
from sespms_rules.rosters.files.opening import RosterFile
from sespms_rules.rosters.files.rows import BROKEN_TABLE, ROW_OF_OTHER_LENGTH, OpenRoster, RosterRow, refused

_DELIMITERS = (",", ";", "\t")
_LONGEST_HEADINGS = 1_000_000
_NOTHING = ' ,;\t\r\n"\ufeff'
_QUOTES = "close every quotation mark; inside a quoted cell write it twice"


class _Head(Frozen):
    """What stands above the rows: the delimiter, the number of the row of headings, the headings, their place."""

    delimiter: str
    row: int
    headings: tuple[Heading, ...]
    span: Span


class TableHead(Frozen):
    """What is known of a table above its rows; `row` is the number of the row of headings, `headings` their texts.

    The layout is of use where no finding is an error.
    """

    delimiter: str
    row: int
    headings: tuple[str, ...]
    layout: Layout
    findings: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Whether rows can be read by it."""
        return not any(each.severity is Severity.ERROR for each in self.findings)


def open_table(file: RosterFile, program: Program) -> OpenRoster:
    """Read the headings of a CSV roster and return its rows, still to be read."""
    head = head_of(file, program)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    return OpenRoster(_rows(file, head, program), head.findings, file.lines)


# ---- headings --------------------------------------------------------------------------------------


def head_of(file: RosterFile, program: Program) -> TableHead:
    """Read the headings of a CSV roster."""
    with file.open() as text:
        source = Source(file.name, "".join(_first_lines(text)))
    known = known_headings(program)
    tries = [head for delimiter in _DELIMITERS if (head := _split(source, delimiter))]
    if not tries:
        whole = Span(source, 0, len(source.text.rstrip()))
        broken = BROKEN_TABLE.at(whole, "the row of headings cannot be read", help=_QUOTES)
        return TableHead("", 0, (), Layout((), (), 0), (broken,))
    head = max(tries, key=lambda each: (len(known & {tidy(cell.text) for cell in each.headings}), len(each.headings)))
    layout, findings = lay_out(program, head.headings, head.span)
    return TableHead(head.delimiter, head.row, tuple(each.text for each in head.headings), layout, findings)


def head_of_columns(name: str, columns: tuple[str, ...], program: Program) -> TableHead:
    """Lay out the columns of a table that has names and no row of headings; its rows count from 2 all the same."""
    source = Source(name, ",".join(each.replace(",", " ") for each in columns))
    headings, span = _located(source, list(columns))
    layout, findings = lay_out(program, headings, span)
    return TableHead(",", 1, columns, layout, findings)


def _first_lines(text: TextIO) -> Iterator[str]:
    """The lines down to the row of headings; a quoted heading may hold line ends."""
    length, inside = 0, False
    for line in text:
        yield line
        length += len(line)
        inside ^= line.count('"') % 2 == 1
        if (line.strip(_NOTHING) and not inside) or length > _LONGEST_HEADINGS:
            return


def _split(source: Source, delimiter: str) -> _Head | None:
    """The headings as this delimiter divides them, or None where it cannot."""
    try:
        for number, cells in enumerate(_reader(source.text.splitlines(keepends=True), delimiter), 1):
            if any(cell.strip() for cell in cells):
                return _Head(delimiter, number, *_located(source, cells))
    except csv.Error:
        pass
    return None


def _located(source: Source, cells: list[str]) -> tuple[tuple[Heading, ...], Span]:
    """Each heading with its place in the text; one that holds doubled quotation marks stands for the whole row."""
    end = len(source.text.rstrip("\r\n"))
    start = source.text.rfind("\n", 0, end - 1) + 1 if '"' not in source.text else 0
    start += len(source.text[start:end]) - len(source.text[start:end].lstrip("\r\n"))
    row = Span(source, start, max(end, start))
    headings = []
    at = start
    for index, cell in enumerate(cells):
        found = source.text.find(cell.strip(), at)
        at = found + len(cell.strip()) if found != -1 else at
        headings.append(Heading(index, cell, row if found == -1 else Span(source, found, at)))
    return tuple(headings), row


def _reader(lines: Iterator[str] | list[str] | TextIO, delimiter: str) -> Iterator[list[str]]:
    # Strict: else a quotation mark that is never closed would swallow the rows below it in silence.
    return csv.reader(lines, delimiter=delimiter, strict=True)


# ---- rows ------------------------------------------------------------------------------------------


def _rows(file: RosterFile, head: TableHead, program: Program) -> Iterator[RosterRow]:
    """The rows below the headings; blank ones are counted, as a spreadsheet does, and passed over."""
    read = RowReader(head.layout, program)
    number = 0
    with file.open() as text:
        try:
            for number, cells in enumerate(_reader(text, head.delimiter), 1):
                if number > head.row and not is_blank(cells):
                    yield read.row(number, cells)
        except csv.Error as fault:
            says = f"the table cannot be read from here on ({fault}); the rows from here to the end are not rated"
            yield RosterRow(number + 1, "", None, (refused(BROKEN_TABLE, f"row {number + 1}", says, _QUOTES),))


def is_blank(cells: Sequence[str]) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell and not cell.isspace() for cell in cells)


class RowReader:
    """Reads rows of one layout; `identities` know the ids met before."""

    def __init__(self, layout: Layout, program: Program, identities: Identities | None = None) -> None:
        self._width = layout.width
        self._unnamed = layout.unnamed
        own = {column.holds: index for index, column in layout.columns if not column.path}
        self._id = own[ID]
        self._appointment = own.get(APPOINTMENT)
        self._unit = own.get(UNIT)
        self._members = tuple(MemberReader(each, program) for each in members_of(layout, program))
        self._identities = identities or Identities()

    def row(self, number: int, cells: Sequence[str]) -> RosterRow:
        """Return the row of these cells."""
        where = f"row {number}"
        key = cells[self._id].strip() if self._id < len(cells) else ""
        refusals: list[Refusal] = []
        if wrong := self._identities.refusal(key, number, where, "row"):
            refusals.append(wrong)
        if wrong := self._length(cells, where):
            return RosterRow(number, key, None, (*refusals, wrong))
        elements = []
        for member in self._members:
            rated, faults = member.read(cells.__getitem__)
            refusals += [replace(fault, message=f"{where}, {fault.message}") for fault in faults]
            elements += [rated] if rated else []
        appointment = None
        if self._appointment is not None:
            appointment, wrong = read_appointment(cells[self._appointment], f"{where}, column `{APPOINTMENT}`")
            refusals += [wrong] if wrong else []
        unit = cells[self._unit].strip() or None if self._unit is not None else None
        appraisal = None if refusals else Appraisal(key, tuple(elements), appointment, unit)
        return RosterRow(number, key, appraisal, tuple(refusals))

    def _length(self, cells: Sequence[str], where: str) -> Refusal | None:
        """Refuse a row that is cut off or has a value under no heading; blank cells at its end do no harm."""
        if len(cells) < self._width:
            says = f"it has {len(cells)} cells and the row of headings {self._width}"
            return refused(
                ROW_OF_OTHER_LENGTH, where, says, "give it a cell under every heading, empty where nothing is known"
            )
        for index in (*self._unnamed, *range(self._width, len(cells))):
            if cells[index].strip():
                says = f"`{cells[index].strip()}` stands in column {index + 1}, which has no heading"
                return refused(
                    ROW_OF_OTHER_LENGTH, where, says, "put a value with a comma in it between quotation marks"
                )
        return None
