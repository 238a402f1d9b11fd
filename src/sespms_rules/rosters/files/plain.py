"""Plain tables out of any file that a roster can be: headings and rows as texts, for whoever gives them a meaning.

A roster lays its columns out by a policy; the records of a year (plans, acts, sessions) have columns of their own. Both
read the same files by the same bounded readers, and cells, blanks, quotation marks and dates mean the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import is_blank, tidy
from sespms_rules.rosters.files.json_text import Pairs, json_value
from sespms_rules.rosters.files.limits import LONGEST_CELL, MOST_COLUMNS
from sespms_rules.rosters.files.lines import QUOTES, rows_of
from sespms_rules.rosters.files.opening import RosterFile, TextFile, examine, refuse_other_kinds
from sespms_rules.rosters.files.parquet import columns_in_bounds, is_parquet, text_of
from sespms_rules.rosters.files.rows import BROKEN_TABLE, refused
from sespms_rules.rosters.files.table import top_of
from sespms_rules.rosters.files.workbook import Sheet, is_workbook, sheets_of

ENDINGS: Final = (".csv", ".json", ".parquet", ".xlsm", ".xlsx")
"""How the files end that can be read."""


class PlainRow(Frozen, often=True):
    """A row below the headings: its number as a spreadsheet shows it, its cells, and why it cannot be read, if so."""

    number: int
    cells: list[str]
    refusals: tuple[Refusal, ...] = field(default=())


class PlainTable(Frozen):
    """A table of a file: what it is called, its headings as they are written, and its rows, read once.

    `name` is that of the sheet, of the list in a JSON object, or of the file without its ending. `unit` is what a row
    is called. `head` is the number of the row of headings, 0 where there is none; `sha256` is that of the whole file.
    `hidden` tells of rows and columns that a sheet does not show, or shows otherwise than it holds them. `among` says
    whether the file may hold other tables.
    """

    name: str
    file: str
    headings: tuple[str, ...]
    rows: Iterator[PlainRow]
    unit: str = field(default="row")
    head: int = field(default=1)
    sha256: str = field(default="")
    hidden: tuple[Diagnostic, ...] = field(default=())
    among: bool = field(default=False)


def plain_tables(path: Path, known: frozenset[str], ids: frozenset[str] = frozenset()) -> tuple[PlainTable, ...]:
    """The tables of a CSV, Excel, Parquet or JSON file; `known` are headings that are looked for, as `tidy` gives them.

    Below headings of `ids` a workbook's cells are taken as they are shown (`00012`). A row in which a cell below a
    known heading shows another thing than it holds is refused.

    Raises UnreadableFileError, with a plain sentence, for a file that is missing, empty, no text, of another kind, too
    large, or changed while it is read.
    """
    refuse_other_kinds(path)
    file = RosterFile(path)
    return tuple(replace(each, sha256=file.sha256) for each in _tables_of(file, known, ids))


def _tables_of(file: RosterFile, known: frozenset[str], ids: frozenset[str]) -> tuple[PlainTable, ...]:
    if is_parquet(file):
        return (_of_parquet(file),)
    if is_workbook(file):
        return tuple(_of_sheet(file, each, known, ids) for each in sheets_of(file, known))
    text = examine(file)
    return tuple(_of_json(text)) if text.is_json else (_of_csv(text, known),)


# ---- CSV -------------------------------------------------------------------------------------------


def _of_csv(file: TextFile, known: frozenset[str]) -> PlainTable:
    _, top = top_of(file, known)
    if top is None or top.rows[top.at].refusals or len(top.cells) > MOST_COLUMNS:
        help = QUOTES if top is None or top.rows[top.at].refusals else f"a table has at most {MOST_COLUMNS:,} columns"
        raise UnreadableFileError(f"the row of headings of `{file.name}` cannot be read", help)
    head = top.rows[top.at].number
    rows = _rows_of_csv(file, top.delimiter, len(top.cells), head)
    return PlainTable(file.file.path.stem, file.name, tuple(top.cells), rows, head=head)


def _rows_of_csv(file: TextFile, delimiter: str, width: int, head: int) -> Iterator[PlainRow]:
    with file.open() as text:
        for row in rows_of(text, delimiter, width):
            if row.number > head and (row.refusals or not is_blank(row.cells)):
                yield PlainRow(row.number, row.cells, row.refusals)
    file.file.check_unchanged()
    file.file.close()


# ---- workbooks and Parquet -------------------------------------------------------------------------


def _of_sheet(file: RosterFile, sheet: Sheet, known: frozenset[str], ids: frozenset[str]) -> PlainTable:
    words = [tidy(each).replace("_", " ") for each in sheet.headings]
    read = {place: heading for place, heading in enumerate(sheet.headings, 1) if words[place - 1] in known | ids}
    of_ids = frozenset(place for place in read if words[place - 1] in ids)
    hidden = tuple(sheet.told_hidden(file.name, read))
    rows = _rows_of_sheet(sheet, read, of_ids)
    return PlainTable(sheet.name, file.name, sheet.headings, rows, head=sheet.head, hidden=hidden, among=True)


def _rows_of_sheet(sheet: Sheet, read: Mapping[int, str], ids: frozenset[int]) -> Iterator[PlainRow]:
    for number, cells in sheet.below(len(sheet.headings)):
        if merged := sheet.merging(number):
            says = f"the cells `{merged}` are merged, so that only the first of them holds a value"
            wrong = refused(BROKEN_TABLE, f"row {number}", says, "take the merging back and fill in each cell")
            yield PlainRow(number, cells, (wrong,))
        elif not is_blank(cells):
            for place in ids:
                cells[place - 1] = sheet.id_at(number, place)
            wrong_cells = sheet.struck_through(number, read) or sheet.not_as_shown(number, read, ids)
            yield PlainRow(number, cells, wrong_cells)


def _of_parquet(file: RosterFile) -> PlainTable:
    columns, _ = columns_in_bounds(file)
    return PlainTable(file.path.stem, file.name, tuple(name for name, _ in columns), _rows_of_parquet(file))


def _rows_of_parquet(file: RosterFile) -> Iterator[PlainRow]:
    for number, cells in enumerate(text_of(file), 2):
        if not is_blank(cells):
            yield PlainRow(number, cells)
    file.check_unchanged()
    file.close()


# ---- JSON ------------------------------------------------------------------------------------------


def _of_json(file: TextFile) -> Iterator[PlainTable]:
    """The one list of a file, or each list of an object: `{"acts": [{…}, …], …}`."""
    value = json_value(file)
    named = value if isinstance(value, Pairs) else {file.file.path.stem: value}
    if isinstance(value, Pairs) and value.repeated:
        raise UnreadableFileError(f"`{file.name}` gives the key `{value.repeated[0]}` twice", "keep one of the two")
    for name, records in named.items():
        if not isinstance(records, list):
            says = f"`{file.name}` holds no list of records" + (f" under `{name}`" if isinstance(value, Pairs) else "")
            raise UnreadableFileError(says, 'write `[{"…": "…"}, …]`')
        keys = dict.fromkeys(key for each in records if isinstance(each, dict) for key in each)
        headings = tuple(keys)
        rows = _rows_of_json(records, headings)
        yield PlainTable(name, file.name, headings, rows, "record", 0, among=isinstance(value, Pairs))


def _rows_of_json(records: list[Any], headings: tuple[str, ...]) -> Iterator[PlainRow]:
    for number, record in enumerate(records, 1):
        cells, wrong = _cells_of(record, headings)
        refusals = (refused(BROKEN_TABLE, f"record {number}", *wrong),) if wrong else ()
        yield PlainRow(number, cells, refusals)


def _cells_of(record: Any, headings: tuple[str, ...]) -> tuple[list[str], tuple[str, str] | None]:
    """The values of a record as texts in the order of the headings, or why they are none."""
    blank = [""] * len(headings)
    if not isinstance(record, Pairs):
        return blank, ("it is no record", 'write `{"…": "…"}`')
    if record.repeated:
        return blank, (f"the key `{record.repeated[0]}` is given twice", "keep one of the two")
    cells = []
    for heading in headings:
        value = record.get(heading)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if value is not None and not isinstance(value, str):
            return blank, (f"`{heading}` holds a list or record", "write one value")
        if value is not None and len(value) > LONGEST_CELL:
            return blank, (f"`{heading}` has more than {LONGEST_CELL:,} characters", "shorten it")
        cells.append(value or "")
    return cells, None
