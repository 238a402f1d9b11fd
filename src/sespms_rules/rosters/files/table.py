"""Tables: the headings of a CSV roster and its rows, and the reader of rows that every kind of table shares."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.blanks import is_blank, trimmed
from sespms_rules.rosters.files.block_reader import BlockReader, RosterBlock, reads_in_blocks
from sespms_rules.rosters.files.breakdowns import broken_down
from sespms_rules.rosters.files.columns import Heading, Layout, known_headings, lay_out
from sespms_rules.rosters.files.headings import (
    SEARCHED,
    below_the_top,
    has_ids,
    known_in,
    row_of_headings,
    stated_delimiter,
)
from sespms_rules.rosters.files.headings_told import in_two_rows, told_two_rows
from sespms_rules.rosters.files.limits import LONGEST_ROW, MOST_COLUMNS, MOST_ROWS
from sespms_rules.rosters.files.lines import QUOTES, CellBlock, Divide, TableRow, blocks_of, rows_of
from sespms_rules.rosters.files.long_columns import is_long, lay_out_long
from sespms_rules.rosters.files.long_table import open_long
from sespms_rules.rosters.files.opening import TextFile
from sespms_rules.rosters.files.row_reader import RowReader
from sespms_rules.rosters.files.rows import BROKEN_TABLE, UNKNOWN_COLUMN, OpenRoster, RosterRow
from sespms_rules.rosters.files.unread_columns import SAMPLE, unread_columns_of_levels

_DELIMITERS = (",", ";", "\t")
_BLANK_LINES = 1_000
QUICK_FROM = 10_000
"""From how many lines on a roster is read by its bytes; a shorter one does not wait for what that needs."""
NO_HEAD = Layout((), (), 0)


class TableHead(Frozen):
    """What is known of a table above its rows; `row` is the number of the row of headings, `headings` their texts.

    `lines` is how many lines of a CSV file stand down to and with the headings. The layout is of use where no finding
    is an error. `place` is where the headings stand.
    """

    delimiter: str
    row: int
    headings: tuple[str, ...]
    layout: Layout
    findings: tuple[Diagnostic, ...]
    lines: int = field(default=1)
    place: Span = field(default=Span(Source("", ""), 0, 0))

    @property
    def is_sound(self) -> bool:
        """Whether rows can be read by it."""
        return not any(each.severity is Severity.ERROR for each in self.findings)


def open_table(file: TextFile, program: Program, by: Sequence[str] = ()) -> OpenRoster:
    """Read the headings of a CSV roster and return its rows, still to be read; `by` as in `open_roster`."""
    head = with_breakdowns(head_of(file, program), by, file.name)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    if head.layout.is_long:
        opened = opened_long(table_rows(file, head), head, program, file.name)
        file.file.check_unchanged()
        return opened
    read = RowReader(head.layout, program, file.name)
    if not reads_in_blocks(head.layout):
        return OpenRoster(_rows(file, head, read), head.findings, file.lines, read.told, apart=read.apart)

    def blocks() -> Iterator[RosterBlock]:
        divide = _quickly(file, read)
        yield from BlockReader(head.layout, program, read).blocks(_cell_blocks(file, head, divide))
        file.file.check_unchanged()

    rows = chain.from_iterable(block.rows() for block in blocks())
    return OpenRoster(rows, head.findings, file.lines, read.told, blocks=blocks)


def opened_long(rows: Iterable[TableRow], head: TableHead, program: Program, name: str) -> OpenRoster:
    """The executives of a long table, with what was found in its headings."""
    opened = open_long(rows, head.layout, program, name, head.place)
    return replace(opened, findings=(*opened.findings, *head.findings))


def _rows(file: TextFile, head: TableHead, read: RowReader) -> Iterator[RosterRow]:
    """The rows below the headings; blank ones are counted, as a spreadsheet does, and passed over."""
    for row in table_rows(file, head):
        if row.refusals or not is_blank(row.cells):
            yield read.row(row.number, row.cells, row.refusals)
    file.file.check_unchanged()


def table_rows(file: TextFile, head: TableHead) -> Iterator[TableRow]:
    """The rows of a CSV roster below its headings, as they stand in the file."""
    with file.open() as text:
        yield from (row for row in rows_of(text, head.delimiter, head.layout.width) if row.number > head.row)


def with_breakdowns(head: TableHead, by: Sequence[str], name: str) -> TableHead:
    """The same head, with the columns by which a study breaks the roster down. Raises RequestError where it has none.

    `by` are headings; `name` is what the roster is called.
    """
    if not by or not head.headings:
        return head
    layout, findings = broken_down(head.layout, head.findings, head.headings, by, name)
    return replace(head, layout=layout, findings=findings)


def _quickly(file: TextFile, read: RowReader) -> Divide | None:
    """What divides the plain lines of a long roster by their bytes; None for a shorter one, which is not worth it."""
    if file.lines <= QUICK_FROM:
        return None
    from sespms_rules.rosters.files.quick_cells import quick_cells
    from sespms_rules.rosters.files.quick_ids import ManyIds

    if read.identities.many is None:
        read.identities.hold_in(ManyIds(min(file.lines, MOST_ROWS)))
    return quick_cells


def _cell_blocks(file: TextFile, head: TableHead, divide: Divide | None) -> Iterator[CellBlock]:
    """The rows of a CSV roster below its headings, many at once."""
    with file.open() as text:
        found = blocks_of(text, head.delimiter, head.layout.width, divide)
        yield from filter(None, (each.below(head.row) for each in found))


# ---- headings --------------------------------------------------------------------------------------


class Top(Frozen):
    """The first rows of a CSV file as one delimiter divides them; `at` is the row of headings among them."""

    delimiter: str
    rows: tuple[TableRow, ...]
    at: int

    @property
    def cells(self) -> list[str]:
        """The headings."""
        return self.rows[self.at].cells

    def lines_above(self) -> int:
        """How many lines of the file stand above the headings."""
        return sum(row.lines for row in self.rows[: self.at])


def top_of(file: TextFile, known: frozenset[str]) -> tuple[list[str], Top | None]:
    """The first lines of a CSV file and the rows they are, divided so that most headings are known."""
    lines = _first_lines(file)
    stated = stated_delimiter(lines[0]) if lines else ""
    delimiters = (stated,) if stated in _DELIMITERS else _DELIMITERS
    tops = [top for delimiter in delimiters if (top := _divided(lines, delimiter, known, skip=bool(stated)))]
    return lines, max(tops, key=lambda each: (known_in(each.cells, known), len(each.cells)), default=None)


def head_of(file: TextFile, program: Program) -> TableHead:
    """Read the headings of a CSV roster."""
    lines, top = top_of(file, known_headings(program))
    if top is None or top.rows[top.at].refusals or len(top.cells) > MOST_COLUMNS:
        source = Source(file.name, "".join(lines[:1]))
        whole = Span(source, 0, len(source.text.rstrip()))
        help = QUOTES if top is None or top.rows[top.at].refusals else f"a roster has at most {MOST_COLUMNS:,} columns"
        return TableHead("", 0, (), NO_HEAD, (BROKEN_TABLE.at(whole, "the row of headings cannot be read", help=help),))
    above = top.lines_above()
    end = above + top.rows[top.at].lines
    source = Source(file.name, "".join(lines[:end]))
    headings, span = _located(source, top.cells, sum(len(line) for line in lines[:above]))
    number = top.rows[top.at].number
    known = known_headings(program)
    if one := in_two_rows([row.cells for row in top.rows], top.at, known):
        return TableHead(top.delimiter, number, (), NO_HEAD, (told_two_rows(one, span, known),), end, span)
    layout, findings = _laid_out(program, headings, span)
    if not all(is_blank(row.cells) for row in top.rows[: top.at]):
        findings = (below_the_top(number, span), *findings)
    head = TableHead(top.delimiter, number, tuple(each.text for each in headings), layout, findings, end, span)
    return with_columns_of_levels(head, (row.cells for row in table_rows(file, head)), program)


def _laid_out(program: Program, headings: tuple[Heading, ...], row: Span) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """Find what each column holds, in a table with a row for each executive or for each element."""
    return (lay_out_long if is_long(program, headings) else lay_out)(program, headings, row)


def with_columns_of_levels(head: TableHead, rows: Iterator[Sequence[str]], program: Program) -> TableHead:
    """The same head, with a finding for each column of levels that nothing reads and a plan may mean."""
    if head.layout.is_long or not (head.is_sound and head.layout.unread):
        return head
    found = unread_columns_of_levels(head.layout, islice(rows, SAMPLE), program)
    places = {each.span.start for each in found}
    kept = (each for each in head.findings if each.code != UNKNOWN_COLUMN.code or each.span.start not in places)
    return replace(head, findings=tuple(sorted((*kept, *found), key=lambda each: each.order)))


def _first_lines(file: TextFile) -> list[str]:
    """The lines among which the headings stand."""
    lines: list[str] = []
    length = filled = 0
    with file.open() as text:
        while filled <= 2 * SEARCHED and len(lines) < _BLANK_LINES and (line := text.readline(LONGEST_ROW + 1)):
            lines.append(line)
            length += len(line)
            filled += bool(line.strip(' ,;\t\r\n"\ufeff'))
            if length > 2 * LONGEST_ROW:
                break
    return lines


def _divided(lines: list[str], delimiter: str, known: frozenset[str], *, skip: bool) -> Top | None:
    """The first rows as this delimiter divides them, or None where nothing stands in them."""
    rows = tuple(rows_of(io.StringIO("".join(lines), newline=""), delimiter))
    shown = [[] if skip and not place else row.cells for place, row in enumerate(rows)]
    at = row_of_headings(shown, known)
    broken = next((place for place, row in enumerate(rows) if row.refusals), None)
    if broken is not None and (at is None or (broken < at and not has_ids(shown[at]))):
        at = broken
    return None if at is None else Top(delimiter, rows, at)


def _located(source: Source, cells: list[str], start: int) -> tuple[tuple[Heading, ...], Span]:
    """Each heading with its place in the text; one that holds doubled quotation marks stands for the whole row."""
    row = Span(source, start, max(start, len(source.text.rstrip("\r\n"))))
    headings = []
    at = start
    for index, cell in enumerate(cells):
        shown = trimmed(cell)
        found = source.text.find(shown, at)
        at = found + len(shown) if found != -1 else at
        headings.append(Heading(index, cell, row if found == -1 else Span(source, found, at)))
    return tuple(headings), row


def head_of_columns(name: str, columns: tuple[str, ...], program: Program, row: int = 1) -> TableHead:
    """Lay out the columns of a table that has names and no line of text; its headings stand in row `row`."""
    shown = [" ".join(each.replace(",", " ").split()) for each in columns]
    source = Source(name, "\n" * (row - 1) + ",".join(shown))
    placed, span = _located(source, shown, row - 1)
    headings = tuple(Heading(each.index, text, each.span) for each, text in zip(placed, columns, strict=True))
    layout, findings = _laid_out(program, headings, span)
    return TableHead(",", row, columns, layout, findings, place=span)
