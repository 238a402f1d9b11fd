"""The rows of a CSV file: each line a row, a quoted cell over several lines one row, a broken row never more than one.

What a spreadsheet program writes is read as it reads it. A row whose quotation marks do not close is refused by
itself, and reading goes on at the next line: no mark swallows the rows below it.
"""

from __future__ import annotations

import io
import operator
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TextIO, overload

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.limits import LONGEST_ROW, MOST_LINES_OF_A_ROW, MOST_ROWS
from sespms_rules.rosters.files.rows import BROKEN_TABLE, refused

QUOTES = "close every quotation mark; inside a quoted cell write it twice"
_INSIDE = late(r'(?:[^"]++|"")*+')
_LINE_ENDS = ("\n", "\r")
_MOST_READ_AGAIN = 1_000_000
_ROWS = 32_768
_CHUNK = 1 << 21
"""How many characters are read at once where many rows are."""


class TableRow(Frozen, often=True):
    """A row of any table: its number as a spreadsheet shows it, its cells, and why it cannot be read, if so.

    `lines` is how many lines of the file it takes.
    """

    number: int
    cells: list[str]
    refusals: tuple[Refusal, ...] = field(default=())
    lines: int = field(default=1)


def rows_of(text: TextIO, delimiter: str, width: int = 0) -> Iterator[TableRow]:
    """The rows of a text, from its first line; `width` is how many headings there are, 0 where that is not known."""
    lines = _Lines(text)
    number = 0
    while line := lines.following():
        number += 1
        yield _row(number, line, lines, delimiter, width)
        if number > MOST_ROWS:
            return


def _row(number: int, line: str, lines: _Lines, delimiter: str, width: int) -> TableRow:
    """The row that begins with a line."""
    if number > MOST_ROWS:
        says = f"the table has more than {MOST_ROWS:,} rows; those from here on are not read"
        return TableRow(number, [], (refused(BROKEN_TABLE, f"row {number}", says, "divide it"),))
    if len(line) > LONGEST_ROW:
        lines.pass_over(line)
        says = f"it has more than {LONGEST_ROW:,} characters"
        return TableRow(number, [], (refused(BROKEN_TABLE, f"row {number}", says, "shorten it"),))
    if '"' not in line:
        return TableRow(number, line.rstrip("\r\n").split(delimiter))
    return _quoted_row(number, line, lines, delimiter, width)


class DividedLines(Sequence[list[str]]):
    """The cells of lines without quotation marks, which are divided when they are asked for: by rows or by columns."""

    def __init__(self, lines: list[str], mark: str) -> None:
        self._lines = lines
        self._mark = mark
        self._widths: set[int] | None = None

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[list[str]]:
        return (line.split(self._mark) for line in self._lines)

    @overload
    def __getitem__(self, place: int) -> list[str]: ...

    @overload
    def __getitem__(self, place: slice) -> DividedLines: ...

    def __getitem__(self, place: int | slice) -> list[str] | DividedLines:
        if isinstance(place, slice):
            return DividedLines(self._lines[place], self._mark)
        return self._lines[place].split(self._mark)

    def all_have(self, width: int) -> bool:
        """Whether every line has so many cells."""
        if self._widths is None:
            self._widths = set(map(operator.methodcaller("count", self._mark), self._lines))
        return self._widths == {width - 1}

    def columns(self, width: int) -> list[list[str]]:
        """The cells by columns, where every line has so many: dividing all lines at once is many times faster."""
        cells = self._mark.join(self._lines).split(self._mark)
        return [cells[place::width] for place in range(width)]


class LinesOfBytes(Sequence[list[str]]):
    """The cells of lines whose columns can be compared at once: `quick_cells.QuickCells`, known here by this."""

    @property
    def longest(self) -> int:
        """The length of the longest line."""
        raise NotImplementedError

    def all_have(self, width: int) -> bool:
        """Whether every line has so many cells."""
        raise NotImplementedError

    def columns(self, width: int) -> list[list[str]]:
        """The cells by columns, as texts."""
        raise NotImplementedError


Divide = Callable[[str, str, int], LinesOfBytes | None]
"""Divides a text of whole lines by a mark into so many cells each; None where it has to be done line by line."""


class CellBlock(Frozen, often=True):
    """Many rows of a table in order: their numbers, their cells, and by place those that cannot be read, and why.

    `longest` is the length of the longest line, or 0 where it is not known.
    """

    numbers: Sequence[int]
    rows: Sequence[list[str]]
    refused: dict[int, tuple[Refusal, ...]] = field(default={})
    longest: int = field(default=0)

    def below(self, number: int) -> CellBlock | None:
        """The rows behind this number; None where there are none."""
        skipped = next((place for place, each in enumerate(self.numbers) if each > number), len(self.numbers))
        if skipped == len(self.numbers):
            return None
        if not skipped:
            return self
        refused = {place - skipped: why for place, why in self.refused.items() if place >= skipped}
        return CellBlock(self.numbers[skipped:], self.rows[skipped:], refused, self.longest)


def blocks_of(text: TextIO, delimiter: str, width: int = 0, divide: Divide | None = None) -> Iterator[CellBlock]:
    """The same rows as `rows_of`, some ten thousands at a time: lines without quotation marks are divided at once.

    `divide` does that where it can.
    """
    lines = _Lines(text)
    number = 0
    while chunk := lines.some():
        quick = None if divide is None else divide(chunk, delimiter, width)
        if quick is not None and number + len(quick) <= MOST_ROWS:
            yield CellBlock(range(number + 1, number + 1 + len(quick)), quick, {}, quick.longest)
            number += len(quick)
            continue
        plain = _plain_lines(chunk)
        if plain is not None and number + len(plain) <= MOST_ROWS:
            numbers: Sequence[int] = range(number + 1, number + 1 + len(plain))
            number += len(plain)
            if not all(map(str.strip, plain)):  # a file may be nothing but line ends; each would be looked at as a row
                numbers = [each for each, line in zip(numbers, plain, strict=True) if line.strip()]
                plain = [line for line in plain if line.strip()]
            if plain:
                yield CellBlock(numbers, DividedLines(plain, delimiter), {}, max(map(len, plain)))
            continue
        lines.put_in(chunk)
        rows: list[TableRow] = []
        while number <= MOST_ROWS and lines.are_waiting and (line := lines.following()):
            number += 1
            rows.append(_row(number, line, lines, delimiter, width))
        yield block_of(rows)
        if number > MOST_ROWS:
            return


def block_of(rows: Sequence[TableRow]) -> CellBlock:
    """Rows as a block."""
    refusals = {place: row.refusals for place, row in enumerate(rows) if row.refusals}
    return CellBlock([row.number for row in rows], [row.cells for row in rows], refusals)


def in_blocks(rows: Iterable[TableRow]) -> Iterator[CellBlock]:
    """Rows one by one -> blocks."""
    waiting = iter(rows)
    while found := tuple(islice(waiting, _ROWS)):
        yield block_of(found)


def _plain_lines(chunk: str) -> list[str] | None:
    """The lines of a text, without their ends; None where they have to be read one by one."""
    if '"' in chunk:
        return None
    if "\r" in chunk:
        if chunk.count("\r") != chunk.count("\r\n"):
            return None
        chunk = chunk.replace("\r\n", "\n")
    lines = chunk.split("\n")
    if not lines[-1]:
        del lines[-1]
    return None if max(map(len, lines)) > LONGEST_ROW else lines


class _Lines:
    """The lines of a text, some of which can be put back."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self._read_again = 0

    def following(self) -> str:
        """The next line with its end; empty behind the last. One longer than a row may be comes in pieces."""
        return self._back.popleft() if self._back else self._text.readline(LONGEST_ROW + 1)

    def some(self) -> str:
        """Some ten thousands of lines at once, of which the last is whole or longer than a row may be."""
        chunk = self._text.read(_CHUNK)
        return chunk and chunk + self._text.readline(LONGEST_ROW + 1)

    def put_in(self, chunk: str) -> None:
        """Let the lines of a text that was read be read one by one."""
        self._back.extend(io.StringIO(chunk, newline=""))

    @property
    def are_waiting(self) -> bool:
        """Whether lines that were read before are still to be read one by one."""
        return bool(self._back)

    def put_back(self, lines: list[str]) -> None:
        """Let lines be read again, as rows of their own."""
        self._back.extendleft(reversed(lines))
        self._read_again += len(lines)

    @property
    def may_go_on(self) -> bool:
        """Whether a cell may still go on over lines: in a text where that failed too often, none does any more."""
        return self._read_again <= _MOST_READ_AGAIN

    def pass_over(self, piece: str) -> None:
        """Read to the end of a line of which `piece` is the beginning."""
        while piece and not piece.endswith(_LINE_ENDS):
            piece = self.following()


class _Cells:
    """The cells of a row, found line by line.

    `is_open` is whether a cell goes on in the next line, `is_broken` whether text stands behind a closed cell.
    """

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._open: list[str] | None = None
        self.cells: list[str] = []
        self.is_broken = False

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def take(self, line: str) -> None:
        """Find the cells of one line, with its end."""
        text = line.rstrip("\r\n")
        at = self._closed(text, line, 0) if self._open is not None else 0
        while at <= len(text) and not self.is_broken:
            if text.startswith('"', at):
                self._open = []
                at = self._closed(text, line, at + 1)
                continue
            stop = text.find(self._mark, at)
            stop = len(text) if stop == -1 else stop
            self.cells.append(text[at:stop])
            at = stop + 1

    def _closed(self, text: str, line: str, at: int) -> int:
        """Read on in an open cell; return where the next cell begins, beyond the text where there is none."""
        found = _INSIDE.match(text, at)
        stop = len(text) if found is None else found.end()
        parts = self._open or []
        if stop >= len(text):
            self._open = [*parts, line[at:]]
            return len(text) + 1
        self.cells.append("".join((*parts, text[at:stop])).replace('""', '"'))
        self._open = None
        self.is_broken = text[stop + 1 : stop + 2] not in ("", self._mark)
        return stop + 2


def _quoted_row(number: int, first: str, lines: _Lines, mark: str, width: int) -> TableRow:
    """The row that begins with a line in which quotation marks stand."""
    cells = _Cells(mark)
    cells.take(first)
    more, length, line = [first], len(first), first
    while cells.is_open and lines.may_go_on and (line := lines.following()):
        more.append(line)
        length += len(line)
        if length > LONGEST_ROW or len(more) > MOST_LINES_OF_A_ROW:
            break
        cells.take(line)
    two = len(more) > 1 and not cells.is_open and _are_two_rows(first, line, mark, width)
    if not (cells.is_open or cells.is_broken or two):
        return TableRow(number, cells.cells, (), len(more))
    lines.put_back(more[1:])
    before = _Cells(mark)
    before.take(first)
    if len(more) == 1 and cells.is_broken:
        return _broken(number, "text stands behind the closing quotation mark of a cell", before.cells[:-1])
    where = "is never closed" if cells.is_open else "is closed only where another row stands"
    return _broken(number, f"a quotation mark that opens a cell {where}", before.cells)


def _are_two_rows(first: str, last: str, mark: str, width: int) -> bool:
    """Whether the first and the last line of what would be one row each look like a whole row.

    Then each has a quotation mark too many, and read as one row the second would lend its ratings to the first.
    """
    return width > 1 and first.count(mark) >= width - 1 and last.count(mark) >= width - 1


def _broken(number: int, says: str, cells: list[str]) -> TableRow:
    """A row that cannot be read; `cells` are those before the fault, of which one may be the id."""
    says = f"{says}, so that the row cannot be read"
    return TableRow(number, cells, (refused(BROKEN_TABLE, f"row {number}", says, QUOTES),))


def split_line(line: str, mark: str) -> TableRow:
    """The cells of one line by itself, as a row without a number."""
    return next(rows_of(io.StringIO(line, newline=""), mark), TableRow(0, [""]))
