"""Rosters in Parquet: each cell is taken as the text that it would have in CSV, and read by the same rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.blanks import is_blank
from sespms_rules.rosters.files.block_reader import BlockReader, RosterBlock, reads_in_blocks
from sespms_rules.rosters.files.columns import ID
from sespms_rules.rosters.files.limits import (
    LONGEST_CELL,
    MOST_CELLS_OF_A_BYTE,
    MOST_PACKED_CELLS,
    MOST_PACKED_COLUMNS,
    MOST_PACKED_ROWS,
    MOST_ROWS,
    MOST_TIMES,
    MOST_UNPACKED,
)
from sespms_rules.rosters.files.lines import TableRow, in_blocks
from sespms_rules.rosters.files.opening import CONVERT, RosterFile
from sespms_rules.rosters.files.row_reader import RowReader
from sespms_rules.rosters.files.rows import ID_NOT_AS_SHOWN, OpenRoster, RosterRow
from sespms_rules.rosters.files.table import (
    TableHead,
    head_of_columns,
    opened_long,
    with_breakdowns,
    with_columns_of_levels,
)

if TYPE_CHECKING:
    from sespms_rules.engines.sql import ParquetFile
    from sespms_rules.rosters.files.second_reading import Sizes

MOST_BYTES_OF_A_CELL = 4 * LONGEST_CELL
_ENDING = ".parquet"
_BEGINS = b"PAR1"
_SHOWN = 200


_ASKED: WeakKeyDictionary[RosterFile, ParquetFile] = WeakKeyDictionary()
"""The open files, each with what it is asked through."""


def _asked(file: RosterFile) -> ParquetFile:
    from sespms_rules.engines.sql import ParquetFile

    path = file.for_library  # which refuses a file that is closed: another may have its descriptor by now
    return _ASKED.setdefault(file, ParquetFile(path))


def is_parquet(file: RosterFile) -> bool:
    """Whether a file is in Parquet, by its ending or by how it begins."""
    return file.path.suffix.lower() == _ENDING or file.begins.startswith(_BEGINS)


def parquet_head(file: RosterFile, program: Program) -> tuple[TableHead, int]:
    """The columns of a Parquet roster laid out, and how many rows it has; raise UnreadableFileError if it is none."""
    columns, rows = columns_in_bounds(file)
    head = head_of_columns(file.name, tuple(name for name, _ in columns), program)
    if not head.is_sound:
        return head, rows
    place = next(index for index, column in head.layout.columns if column.holds == ID and not column.path)
    if (kind := columns[place][1]) is not None:
        says = f"the column `{ID}` holds {kind}, of which it cannot be told how the ids are written"
        wrong = ID_NOT_AS_SHOWN.at(
            Span(Source(file.name, ID), 0, len(ID)), says, help="write the ids as text or as whole numbers"
        )
        return replace(head, findings=(wrong, *head.findings)), rows
    return with_columns_of_levels(head, text_of(file), program), rows


def columns_in_bounds(file: RosterFile) -> tuple[list[tuple[str, str | None]], int]:
    """The columns and the number of rows of a Parquet file, as `ParquetFile` gives them.

    Raises UnreadableFileError where it is none, or holds more than a table of its size can: it says a value once that
    stands in millions of rows, so that its size alone bounds nothing.
    """
    from sespms_rules.engines.sql import NestedColumnError, OtherFileError

    asked = _asked(file)
    try:
        columns, rows = asked.columns_and_rows(MOST_PACKED_COLUMNS)
        _check_table(file, rows, len(columns))
        texts = asked.sizes_of_texts(_most_text(file))
    except NestedColumnError as fault:
        says = f"the column `{str(fault)[:_SHOWN]}` of `{file.name}` holds lists or records, and a cell is one value"
        raise UnreadableFileError(says, "leave the column out, or write each value into a column of its own") from None
    except OtherFileError:
        raise _unreadable(file) from None
    _check_texts(file, texts)
    _check_second_reading(file, rows, len(columns), texts)
    return columns, rows


def _check_table(file: RosterFile, rows: int, columns: int) -> None:
    """Raise UnreadableFileError for more rows or columns than a file of its size can have in earnest."""
    if columns > MOST_PACKED_COLUMNS or rows > MOST_ROWS:
        what = f"{MOST_PACKED_COLUMNS:,} columns" if columns > MOST_PACKED_COLUMNS else f"{MOST_ROWS:,} rows"
        raise UnreadableFileError(f"`{file.name}` has more than {what}", "give a smaller file")
    size = file.size
    if rows > max(MOST_PACKED_ROWS, size // 8):
        says = f"`{file.name}` has {rows:,} rows in {size:,} bytes, which cannot each have an id of their own"
        raise UnreadableFileError(says, f"give a file with a row for each executive, or {CONVERT}")
    if rows * columns > (most := max(MOST_PACKED_CELLS, MOST_CELLS_OF_A_BYTE * size)):
        says = f"`{file.name}` has {rows:,} rows of {columns:,} columns in {size:,} bytes: more than {most:,} cells"
        raise UnreadableFileError(says, "leave out the columns that are not needed")


def _most_text(file: RosterFile) -> int:
    return max(MOST_UNPACKED, MOST_TIMES * file.size)


def _check_texts(file: RosterFile, texts: Sizes) -> None:
    """Raise UnreadableFileError where a file of its size says more than a table does."""
    if any(longest > MOST_BYTES_OF_A_CELL for longest, _ in texts.values()):
        says = f"`{file.name}` has a cell of more than {LONGEST_CELL:,} characters"
        raise UnreadableFileError(says, "shorten it, or leave the column out")
    if sum(together for _, together in texts.values()) > (most := _most_text(file)):
        says = f"the texts of `{file.name}` unpack to more than {most:,} bytes, too much for a file of {file.size:,}"
        raise UnreadableFileError(says, CONVERT)


def _check_second_reading(file: RosterFile, rows: int, columns: int, texts: Sizes) -> None:
    """Raise UnreadableFileError where a second library does not read the file, or finds other cells in it."""
    from sespms_rules.engines.sql import OtherFileError
    from sespms_rules.rosters.files.second_reading import DamagedFileError, NoSecondReaderError, is_read_alike

    try:
        if is_read_alike(file.for_library, rows, columns, texts, _asked(file).record_batches):
            return
    except (OtherFileError, DamagedFileError):
        raise _unreadable(file) from None
    except NoSecondReaderError:
        says = f"`{file.name}` is in Parquet, which two libraries must read alike, and `pyarrow` is not installed"
        raise UnreadableFileError(
            says, f"install it with `pip install 'sespms-rules[parquet]'`, or {CONVERT}"
        ) from None
    says = f"two libraries find different cells in `{file.name}`, so that it is not sure what it holds"
    raise UnreadableFileError(says, f"write its numbers as whole numbers or as text, or {CONVERT}")


def _unreadable(file: RosterFile) -> UnreadableFileError:
    return UnreadableFileError(f"`{file.name}` cannot be read as a Parquet file", f"write it again, or {CONVERT}")


def open_parquet(file: RosterFile, program: Program, by: Sequence[str] = ()) -> OpenRoster:
    """Open a Parquet roster; its rows are read as they are asked for, and count from 2, as below a row of headings.

    `by` as in `open_roster`.
    """
    head, rows = parquet_head(file, program)
    head = with_breakdowns(head, by, file.name)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    if head.layout.is_long:
        texts = (TableRow(number, cells) for number, cells in enumerate(text_of(file), head.row + 1))
        opened = opened_long(texts, head, program, file.name)
        file.check_unchanged()
        return opened
    read = RowReader(head.layout, program, file.name)
    if not reads_in_blocks(head.layout):
        return OpenRoster(_rows(file, head, read), head.findings, rows + 1, read.told, apart=read.apart)

    def blocks() -> Iterator[RosterBlock]:
        cells = in_blocks(TableRow(number, row) for number, row in enumerate(text_of(file), head.row + 1))
        yield from BlockReader(head.layout, program, read).blocks(cells)
        file.check_unchanged()

    read_rows = chain.from_iterable(block.rows() for block in blocks())
    return OpenRoster(read_rows, head.findings, rows + 1, read.told, blocks=blocks)


def _rows(file: RosterFile, head: TableHead, read: RowReader) -> Iterator[RosterRow]:
    for number, cells in enumerate(text_of(file), head.row + 1):
        if not is_blank(cells):
            yield read.row(number, cells)
    file.check_unchanged()


def text_of(file: RosterFile) -> Iterator[list[str]]:
    """The rows as texts; raise UnreadableFileError where the data is damaged."""
    from sespms_rules.engines.sql import OtherFileError

    try:
        yield from _asked(file).text_rows()
    except OtherFileError:
        raise _unreadable(file) from None
