"""Rosters in Excel workbooks: each cell is taken as the text that stands for its value, and read by the same rules.

A workbook holds numbers in binary. One is taken as the shortest decimal that the file can mean; where that has more
digits than a spreadsheet lets a person type, the number was computed and stands only near the one that is meant, and
its row is refused. So is one with a formula whose result the file does not hold. An id is what the sheet shows.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import backticked, listed
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import is_blank, tidy, trimmed
from sespms_rules.rosters.files.columns import ID, Layout, known_columns, known_headings
from sespms_rules.rosters.files.forms import is_beside_a_form
from sespms_rules.rosters.files.headings import SEARCHED, below_the_top, has_ids, row_of_headings
from sespms_rules.rosters.files.headings_told import first_table_beside, in_two_rows, table_beside, told_two_rows
from sespms_rules.rosters.files.limits import MOST_TABLE
from sespms_rules.rosters.files.lines import TableRow
from sespms_rules.rosters.files.opening import CONVERT, RosterFile, is_zip_with
from sespms_rules.rosters.files.row_reader import RowReader
from sespms_rules.rosters.files.rows import (
    BROKEN_TABLE,
    CELL_NOT_AS_SHOWN,
    CELLS_BESIDE_THE_TABLE,
    ID_NOT_AS_SHOWN,
    MISSING_ID,
    SHEETS_NOT_READ,
    OpenRoster,
    refused,
)
from sespms_rules.rosters.files.table import (
    NO_HEAD,
    TableHead,
    head_of_columns,
    opened_long,
    with_breakdowns,
    with_columns_of_levels,
)
from sespms_rules.rosters.files.workbook.hidden import told_comments, told_hidden, told_ruled
from sespms_rules.rosters.files.workbook.places import letters_of
from sespms_rules.rosters.files.workbook.struck import told_struck

if TYPE_CHECKING:
    from sespms_rules.rosters.files.workbook.cells import Cells, Shown
    from sespms_rules.rosters.files.workbook.parts import SheetPart
    from sespms_rules.rosters.files.workbook.places import Range

__all__ = ["is_workbook", "open_workbook", "sheets_of", "workbook_head"]

_ENDINGS = (".xlsx", ".xlsm")
_INSIDE = "xl/workbook.xml"
_RANGE = late(r"[A-Z]{1,3}([1-9][0-9]{0,6}):[A-Z]{1,3}([1-9][0-9]{0,6})")
_CURE = "save it again in a spreadsheet program, or save it as CSV UTF-8 and give that file"
_MOST_COLUMNS_NAMED = 20
_AS_MEANT: Final = "format the cell as General, and write there what is meant"
_OTHERWISE, _NOT_AN_ID = operator.attrgetter("otherwise"), operator.attrgetter("not_an_id")
_STRUCK = operator.attrgetter("struck")
_MOST_NAMED = 10
"""How many sheets a message names."""


class Sheet(Frozen):
    """What stands on a sheet, by row and column, both counted from 1; row `head` holds the headings.

    `above` says whether something stands above them; `merged` are ranges of merged cells by the rows they touch;
    `visible` whether it is shown; `hidden` are its rows that are not, `hidden_columns` its columns, `ruled` the ranges
    of rules that may change what is seen; `commented` are the row and column of cells with comments.
    """

    name: str
    rows: dict[int, dict[int, Shown]]
    head: int
    above: bool
    merged: tuple[tuple[range, str], ...]
    visible: bool = field(default=True)
    hidden: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    ruled: tuple[Range, ...] = field(default=())
    commented: frozenset[tuple[int, int]] = field(default=frozenset())

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of the row of headings, down to the last that is there."""
        cells = self.rows[self.head]
        width = max(column for column, shown in cells.items() if trimmed(shown.text))
        return tuple(_texts(cells, width))

    def around_the_headings(self) -> tuple[list[list[str]], int]:
        """The rows next to that of the headings and this itself, and its place among them."""
        rows = [number for number in (self.head - 1, self.head, self.head + 1) if number in self.rows]
        width = max(column for each in rows for column in self.rows[each])
        return [_texts(self.rows[each], width) for each in rows], rows.index(self.head)

    def below(self, width: int) -> Iterator[tuple[int, list[str]]]:
        """The rows below the headings in order, by their numbers, each of `width` cells."""
        for number in sorted(each for each in self.rows if each > self.head):
            yield number, _texts(self.rows[number], width)

    def id_at(self, number: int, column: int) -> str:
        """The id in a cell as the sheet shows it."""
        shown = self.rows[number].get(column)
        return shown.id or shown.text if shown else ""

    def not_as_shown(self, number: int, read: Mapping[int, str], ids: Collection[int] = ()) -> tuple[Refusal, ...]:
        """Why cells of a row are not what they show; `read` are headings by column, `ids` columns of ids."""
        where, cells = f"row {number}", self.rows[number]
        if not any(any(map(says, cells.values())) for says in (_OTHERWISE, _NOT_AN_ID)):
            return ()  # of nearly every row
        wrong = (_no_id(where, shown.not_an_id) for each in ids if (shown := cells.get(each)) and shown.not_an_id)
        otherwise = (
            refused(CELL_NOT_AS_SHOWN, f"{where}, column `{heading}`", f"the cell {shown.otherwise}", _AS_MEANT)
            for column, heading in read.items()
            if column not in ids and (shown := cells.get(column)) and shown.otherwise
        )
        return (*wrong, *otherwise)

    def struck_through(self, number: int, read: Mapping[int, str]) -> tuple[Refusal, ...]:
        """Why a row is not read through whose cells, or their headings, a line goes; `read` are headings by column."""
        heads, cells = self.rows[self.head], self.rows[number]
        if not any(map(_STRUCK, cells.values())) and not any(map(_STRUCK, heads.values())):
            return ()  # of nearly every row
        filled = {at: heading for at, heading in read.items() if (shown := cells.get(at)) and trimmed(shown.text)}
        of_cells = [heading for at, heading in filled.items() if cells[at].struck]
        of_headings = [heading for at, heading in filled.items() if at in heads and heads[at].struck]
        return told_struck(number, of_cells, of_headings, len(filled))

    def told_hidden(self, name: str, read: Mapping[int, str]) -> Iterator[Diagnostic]:
        """Tell what is read and nobody sees so: hidden rows and columns, and what rules change; `read` are headings."""
        width = max(read, default=0)
        hidden = (each for each in sorted(self.hidden) if each > self.head)
        rows = [each for each in hidden if not is_blank(_texts(self.rows.get(each, {}), width))]
        columns = [(letters_of(column), heading) for column, heading in read.items() if column in self.hidden_columns]
        yield from told_hidden(name, rows, columns)
        if not (self.ruled or self.commented):
            return  # of nearly every sheet
        filled = [
            each for each in sorted(self.rows) if each >= self.head and not is_blank(_texts(self.rows[each], width))
        ]
        yield from told_ruled(name, self.ruled, filled, [*read])
        yield from told_comments(name, self.commented, frozenset(filled), len(self.headings))

    def merging(self, number: int) -> str | None:
        """The first range of merged cells that touches a row."""
        return next((cells for rows, cells in self.merged if number in rows), None)


def _texts(cells: Mapping[int, Shown], width: int) -> list[str]:
    """The texts of the first cells of a row."""
    texts = [""] * width
    for column, shown in cells.items():
        if column <= width:
            texts[column - 1] = shown.text
    return texts


def is_workbook(file: RosterFile) -> bool:
    """Whether a file is an Excel workbook of 2007 or later, by its ending or by what it holds."""
    return file.path.suffix.lower() in _ENDINGS or is_zip_with(file, _INSIDE)


def open_workbook(file: RosterFile, program: Program, by: Sequence[str] = ()) -> OpenRoster:
    """Open a roster in a workbook; its rows have the numbers that a spreadsheet program shows beside them.

    Raises UnreadableFileError for a file that is no workbook or too large, and for a workbook that has no sheet, or
    several sheets, that could be the roster. `by` as in `open_roster`.
    """
    sheet, head = workbook_head(file, program)
    head = with_breakdowns(head, by, file.name)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    head = replace(head, layout=replace(head.layout, unnamed=()))
    if head.layout.is_long:
        return opened_long(_rows(sheet, head), head, program, file.name)
    read = RowReader(head.layout, program, file.name)
    lines = len(sheet.rows)  # a row far below the others is no more than one
    rows = (read.row(each.number, each.cells, each.refusals) for each in _rows(sheet, head))
    return OpenRoster(rows, head.findings, lines, read.told, apart=read.apart)


def workbook_head(file: RosterFile, program: Program) -> tuple[Sheet, TableHead]:
    """The sheet that holds the roster, and its columns laid out; raise UnreadableFileError as `open_workbook` does."""
    sheets = _all_sheets(file, known_headings(program))
    sheet = _roster_among(file.name, [each for each in sheets if each.visible], program)
    head = head_of_columns(file.name, sheet.headings, program, sheet.head)
    written = ", ".join(each for each in sheet.headings if each)
    start = sheet.head - 1
    place = Span(Source(file.name, "\n" * start + written), start, start + len(written))
    known = known_headings(program)
    if one := in_two_rows(*sheet.around_the_headings(), known):
        return sheet, replace(head, headings=(), layout=NO_HEAD, findings=(told_two_rows(one, place, known),))
    if merged := sheet.merging(sheet.head):
        says = f"the cells `{merged}` are merged, so that only the first of them has a heading"
        help = "take the merging back and give every column its heading"
        # What else is said of the headings is said of a row that nobody sees so.
        broken = (BROKEN_TABLE.at(place, says, help=help),)
        return sheet, replace(head, headings=(), layout=NO_HEAD, findings=broken)
    found = list(head.findings)
    if sheet.above:
        found.insert(0, below_the_top(sheet.head, place))
    found += _beside(sheet, head.layout, file.name, known)
    found += _not_read(file.name, sheet, sheets, program)
    found += sheet.told_hidden(file.name, _read(head.layout))
    head = replace(head, findings=tuple(found))
    if len(sheet.rows) * head.layout.width > MOST_TABLE:
        says = f"`{file.name}` has {len(sheet.rows):,} rows of {head.layout.width:,} columns, too many for a roster"
        raise UnreadableFileError(says, CONVERT)
    return sheet, with_columns_of_levels(head, (cells for _, cells in sheet.below(head.layout.width)), program)


def _beside(sheet: Sheet, layout: Layout, name: str, known: frozenset[str]) -> Iterator[Diagnostic]:
    """A finding for each column without a heading in which something stands: a note beside the table, or another table.

    `known` are headings of rosters.
    """
    below = {number: {at: shown.text for at, shown in row.items()} for number, row in sheet.rows.items()}
    if second := first_table_beside({each: below[each] for each in below if each > sheet.head}, layout.width, known):
        yield table_beside(Span(Source(name, ""), 0, 0), f"in row {second[0]}, column {letters_of(second[1])}")
        return
    unnamed = frozenset(layout.unnamed)
    found: dict[int, list[int]] = {}
    for number in (each for each in sorted(sheet.rows) if each > sheet.head):
        for column, shown in sheet.rows[number].items():
            if (column > layout.width or column - 1 in unnamed) and trimmed(shown.text):
                found.setdefault(column, []).append(number)
    for column, numbers in islice(sorted(found.items()), _MOST_COLUMNS_NAMED):
        more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
        says = f"what stands in column {letters_of(column)}, in row {numbers[0]}{more}, has no heading and is not read"
        help = "give the column a heading if it belongs to the roster"
        yield CELLS_BESIDE_THE_TABLE.at(Span(Source(name, ""), 0, 0), says, help=help)


def _not_read(name: str, read: Sheet, sheets: list[Sheet], program: Program) -> Iterator[Diagnostic]:
    """Tell which sheet was read, where others hold something: all that are shown, and hidden ones that look so."""
    others = [each for each in sheets if each is not read and _may_matter(each, program)]
    if others:
        names = [f"`{each.name}`" + ("" if each.visible else " (hidden)") for each in others[:_MOST_NAMED]]
        more = len(others) - len(names)
        which = listed([*names, f"{more} more"] if more else names)
        verb = "is" if len(others) == 1 else "are"
        says = f"the roster is the sheet `{read.name}`; {which} {verb} not read"
        help = "see that nobody's ratings stand on what is not read; put them on the one sheet, or give them as a file"
        yield SHEETS_NOT_READ.at(Span(Source(name, ""), 0, 0), says, help=help)


def _may_matter(sheet: Sheet, program: Program) -> bool:
    """Whether ratings may stand on a sheet; on one that is hidden, or beside our own form, only if it looks so."""
    passed_over = not sheet.visible or is_beside_a_form(sheet.name, sheet.headings)
    return not passed_over or _looks_like_a_roster(sheet, program)


def _looks_like_a_roster(sheet: Sheet, program: Program) -> bool:
    """Whether headings of element ratings or weights stand on a sheet, wherever, and something below them."""
    of_elements = {heading for heading, (_, _, path) in known_columns(program).items() if path}
    enough = min(2, len({known_columns(program)[each] for each in of_elements}))
    last = max(sheet.rows, default=0)
    for number, cells in sheet.rows.items():
        texts = {tidy(shown.text) for shown in cells.values()} if number < last else set()
        if ("element" in texts and texts & {"level", "rating"}) or 0 < enough <= len(of_elements & texts):
            return True
    return False


def _roster_among(name: str, sheets: list[Sheet], program: Program) -> Sheet:
    """The one sheet on which anything stands, or the one of several that has ids and looks like a roster alone."""
    if not sheets:
        says = "a roster has a row of headings and a row for each executive"
        raise UnreadableFileError(f"nothing stands on the visible sheets of `{name}`", says)
    found = [each for each in sheets if has_ids(each.headings)] if len(sheets) > 1 else sheets
    if len(found) == 1:
        found = [each for each in sheets if each is found[0] or _looks_like_a_roster(each, program)]
    if len(found) == 1:
        return found[0]
    names = backticked(each.name for each in (found or sheets)[:_MOST_NAMED])
    names += " and more" if len(found or sheets) > _MOST_NAMED else ""
    if found:
        says = f"`{name}` has {len(found)} sheets that could be the roster: {names}"
        raise UnreadableFileError(says, f"keep one of them in the workbook, or {CONVERT}")
    says = f"none of the sheets {names} of `{name}` has a heading `{ID}`"
    raise UnreadableFileError(says, f"put the heading `{ID}` above the column that says whom a row speaks of")


# ---- rows ------------------------------------------------------------------------------------------


def _rows(sheet: Sheet, head: TableHead) -> Iterator[TableRow]:
    """The rows below the headings, each with the id as the sheet shows it or why that cannot be told."""
    place = 1 + next(index for index, column in head.layout.columns if column.holds == ID and not column.path)
    read = _read(head.layout)
    for number, cells in sheet.below(head.layout.width):
        if is_blank(cells):
            continue
        cells[place - 1] = sheet.id_at(number, place)
        if merged := sheet.merging(number):
            says = f"the cells `{merged}` are merged, so that only the first of them holds a value"
            wrong = refused(BROKEN_TABLE, f"row {number}", says, "take the merging back and fill in each cell")
            yield TableRow(number, cells, (wrong,))
        elif struck := sheet.struck_through(number, read):
            yield TableRow(number, cells, struck)
        elif found := sheet.not_as_shown(number, {}, (place,)):
            cells[place - 1] = ""
            yield TableRow(number, cells, found)
        else:
            yield TableRow(number, cells, sheet.not_as_shown(number, read, (place,)))


def _read(layout: Layout) -> dict[int, str]:
    """The headings of the columns that are read, by column counted from 1."""
    columns = sorted((*layout.columns, *layout.long), key=lambda each: each[0])
    return {index + 1: column.heading for index, column in columns}


def _no_id(where: str, says: str) -> Refusal:
    if says.startswith("the id is the formula"):
        return refused(MISSING_ID, where, says, _CURE)
    return refused(ID_NOT_AS_SHOWN, where, says, "format the column as text, and type the id again")


def sheets_of(file: RosterFile, known: frozenset[str]) -> list[Sheet]:
    """The visible sheets of a workbook as texts, those on which something stands."""
    return _all_sheets(file, known, hidden=False)


def _all_sheets(file: RosterFile, known: frozenset[str], *, hidden: bool = True) -> list[Sheet]:
    """The sheets of a workbook as texts, those on which something stands, with `hidden` also those not shown."""
    from sespms_rules.foundation.packed_files import DamagedPackError, PackedFileError  # no table of text needs them
    from sespms_rules.rosters.files.workbook.cells import Reader  # only who has a workbook waits for these
    from sespms_rules.rosters.files.workbook.comments import commented
    from sespms_rules.rosters.files.workbook.parts import (
        Book,
        BrokenWorkbookError,
        TooLargeWorkbookError,
        TwiceInWorkbookError,
    )

    try:
        book = Book(file.in_memory())
        reader = Reader(book)
        sheets = [
            _sheet(each, reader.cells(each.part), known, commented(book, each.part))
            for each in book.sheets
            if each.visible
        ]
        # What is hidden is only looked at, behind all that is read: that it is damaged or too large stops nobody.
        with suppress(BrokenWorkbookError, TooLargeWorkbookError, PackedFileError):
            unseen = [each for each in book.sheets if hidden and not each.visible]
            sheets.extend(_sheet(each, reader.cells(each.part), known, frozenset()) for each in unseen)
    except (BrokenWorkbookError, DamagedPackError):
        raise UnreadableFileError(f"`{file.name}` cannot be read as an Excel workbook", _CURE) from None
    except TooLargeWorkbookError as fault:
        raise UnreadableFileError(f"`{file.name}` {fault.message}, too much for a roster", CONVERT) from None
    except TwiceInWorkbookError as fault:
        raise UnreadableFileError(f"`{file.name}` {fault.message}, and which is meant cannot be told", _CURE) from None
    except PackedFileError as fault:
        raise UnreadableFileError(f"`{file.name}` {fault.message}", CONVERT) from None
    return [each for each in sheets if each is not None]


def _sheet(part: SheetPart, cells: Cells, known: frozenset[str], noted: frozenset[tuple[int, int]]) -> Sheet | None:
    """The cells of a sheet; None where nothing stands on it."""
    numbers = [each for each in sorted(cells.rows) if any(trimmed(one.text) for one in cells.rows[each].values())]
    first = numbers[: 2 * SEARCHED]
    place = row_of_headings([[shown.text for shown in cells.rows[each].values()] for each in first], known)
    if place is None:
        return None
    merged = [
        (range(int(found[1]), int(found[2]) + 1), each) for each in cells.merged if (found := _RANGE.fullmatch(each))
    ]
    by_row = tuple(sorted(merged, key=lambda each: (each[0].start, each[1])))
    return Sheet(
        part.name,
        cells.rows,
        first[place],
        place > 0,
        by_row,
        part.visible,
        cells.hidden,
        cells.hidden_columns,
        cells.ruled,
        noted,
    )
