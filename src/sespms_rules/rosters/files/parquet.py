"""Rosters in Parquet: each cell is taken as the text that it would have in CSV, and read by the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.opening import unopened
from sespms_rules.rosters.files.rows import OpenRoster, RosterRow
from sespms_rules.rosters.files.table import RowReader, TableHead, head_of_columns, is_blank

_ENDING = ".parquet"
_BEGINS = b"PAR1"


def is_parquet(path: Path) -> bool:
    """Whether a file is in Parquet, by its ending or by how it begins."""
    if path.suffix.lower() == _ENDING:
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_BEGINS)) == _BEGINS


def parquet_head(path: Path, program: Program) -> tuple[TableHead, int]:
    """The columns of a Parquet roster laid out, and how many rows it has; raise UnreadableFileError if it is none."""
    from sespms_rules.engines.sql.parquet import OtherFileError, columns_and_rows  # only who has one waits for it

    name = str(path)
    if not path.exists():
        raise unopened(path, FileNotFoundError())
    try:
        columns, rows = columns_and_rows(path)
    except OtherFileError:
        raise UnreadableFileError(
            f"`{name}` cannot be read as a Parquet file", "write it again, or save it as CSV UTF-8 and give that file"
        ) from None
    return head_of_columns(name, columns, program), rows


def open_parquet(path: Path, program: Program) -> OpenRoster:
    """Open a Parquet roster; its rows are read as they are asked for, and count from 2, as below a row of headings."""
    head, rows = parquet_head(path, program)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    return OpenRoster(_rows(path, head, program), head.findings, rows + 1)


def _rows(path: Path, head: TableHead, program: Program) -> Iterator[RosterRow]:
    from sespms_rules.engines.sql.parquet import text_rows

    read = RowReader(head.layout, program)
    for number, cells in enumerate(text_rows(path), head.row + 1):
        if not is_blank(cells):
            yield read.row(number, cells)
