"""Rosters in Excel workbooks: each cell is taken as the text that stands for its value, and read by the same rules.

A workbook holds numbers in binary. One is taken as the shortest decimal that the file can mean; where that has more
digits than a spreadsheet lets a person type, the number was computed and stands only near the one that is meant, and
its row is refused. So is one with a formula whose result the file does not hold.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import ParseError

from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.columns import ID, tidy
from sespms_rules.rosters.files.numbers import FORMULA, NEARLY
from sespms_rules.rosters.files.opening import unopened
from sespms_rules.rosters.files.rows import BROKEN_TABLE, MISSING_ID, OpenRoster, RosterRow, refused
from sespms_rules.rosters.files.table import RowReader, TableHead, head_of_columns, is_blank

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ENDINGS = (".xlsx", ".xlsm")
_BEGINS = b"PK\x03\x04"
_INSIDE = "xl/workbook.xml"
_DIGITS = 15
"""How many significant digits a spreadsheet keeps of a number that is typed into a cell."""

_BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What openpyxl raises, besides its own, for a file with parts that are missing or unlike what they should be."""

_CURE = "save it again in a spreadsheet program, or save it as CSV UTF-8 and give that file"


class Sheet(Frozen):
    """The cells of a sheet as texts, its first row first, and the ranges of merged cells by the rows they touch.

    `head` is the number of the row of headings, the first in which anything stands.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    head: int
    merged: tuple[tuple[range, str], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of the row of headings."""
        return self.rows[self.head - 1]

    def merging(self, number: int) -> str | None:
        """The first range of merged cells that touches a row."""
        return next((cells for rows, cells in self.merged if number in rows), None)


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel workbook of 2007 or later, by its ending or by what it holds."""
    if path.suffix.lower() in _ENDINGS:
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if file.read(len(_BEGINS)) != _BEGINS:
            return False
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as members:
        return _INSIDE in members.namelist()


def open_workbook(path: Path, program: Program) -> OpenRoster:
    """Open a roster in a workbook; its rows have the numbers that a spreadsheet program shows beside them.

    Raises UnreadableFileError for a file that is no workbook, and for a workbook that has no sheet, or several
    sheets, that could be the roster.
    """
    sheet, head = workbook_head(path, program)
    if not head.is_sound:
        return OpenRoster(iter(()), head.findings)
    return OpenRoster(_rows(sheet, head, program), head.findings, len(sheet.rows))


def workbook_head(path: Path, program: Program) -> tuple[Sheet, TableHead]:
    """The sheet that holds the roster, and its columns laid out; raise UnreadableFileError as `open_workbook` does."""
    sheet = _roster_among(path, _sheets(path))
    head = replace(head_of_columns(str(path), sheet.headings, program), row=sheet.head)
    merged = sheet.merging(sheet.head)
    if merged is None:
        return sheet, head
    written = ", ".join(each for each in sheet.headings if each)
    broken = BROKEN_TABLE.at(
        Span(Source(str(path), written), 0, len(written)),
        f"the cells `{merged}` are merged, so that only the first of them has a heading",
        help="take the merging back and give every column its heading",
    )
    return sheet, replace(head, findings=(broken, *head.findings))


def _roster_among(path: Path, sheets: list[Sheet]) -> Sheet:
    """The one sheet on which anything stands, or the one of several that has ids."""
    if not sheets:
        says = "a roster has a row of headings and a row for each executive"
        raise UnreadableFileError(f"nothing stands on the visible sheets of `{path}`", says)
    found = [each for each in sheets if ID in map(tidy, each.headings)] if len(sheets) > 1 else sheets
    if len(found) == 1:
        return found[0]
    names = backticked(each.name for each in found or sheets)
    if found:
        says = f"`{path}` has {len(found)} sheets that could be the roster: {names}"
        raise UnreadableFileError(says, "keep one of them in the workbook, or save it as CSV UTF-8 and give that file")
    says = f"none of the sheets {names} of `{path}` has a heading `{ID}`"
    raise UnreadableFileError(says, f"put the heading `{ID}` above the column that says whom a row speaks of")


# ---- rows ------------------------------------------------------------------------------------------


def _rows(sheet: Sheet, head: TableHead, program: Program) -> Iterator[RosterRow]:
    read = RowReader(head.layout, program)
    place = next(index for index, column in head.layout.columns if column.holds == ID and not column.path)
    for number, cells in enumerate(sheet.rows[head.row :], head.row + 1):
        if is_blank(cells):
            continue
        if merged := sheet.merging(number):
            says = f"the cells `{merged}` are merged, so that only the first of them holds a value"
            wrong = refused(BROKEN_TABLE, f"row {number}", says, "take the merging back and fill in each cell")
            yield RosterRow(number, cells[place].strip(), None, (wrong,))
        elif cells[place].startswith(FORMULA):
            says = f"the id is the formula `{cells[place]}`, whose result the file does not hold"
            yield RosterRow(number, "", None, (refused(MISSING_ID, f"row {number}", says, _CURE),))
        else:
            yield read.row(number, cells)


# ---- cells -----------------------------------------------------------------------------------------


def _sheets(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook as texts."""
    from defusedxml import DefusedXmlException  # only who has a workbook waits for these
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            written = load_workbook(file)
            computed = load_workbook(file, data_only=True) if _has_formulas(written) else written
            stale = computed is not written and _asks_to_compute(file)
    except (InvalidFileException, DefusedXmlException, zipfile.BadZipFile, ParseError, *_BROKEN):
        raise UnreadableFileError(f"`{path}` cannot be read as an Excel workbook", _CURE) from None
    except OSError as fault:
        raise unopened(path, fault) from None
    visible = (each for each in written.worksheets if each.sheet_state == "visible")
    sheets = (_sheet(each, computed[each.title], stale=stale) for each in visible)
    return [each for each in sheets if each is not None]


def _has_formulas(workbook: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row)


def _asks_to_compute(file: BinaryIO) -> bool:
    """Whether the program that wrote a workbook asks the next one to compute it: then its results are none."""
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(file) as members, members.open(_INSIDE) as described:
        asked = [each.get("fullCalcOnLoad") for _, each in iterparse(described) if each.tag.endswith("}calcPr")]
    return any(each in ("1", "true") for each in asked)


def _sheet(written: Worksheet, computed: Worksheet, *, stale: bool) -> Sheet | None:
    """The cells of a sheet as texts; None where nothing stands on it."""
    last, width = written.max_row, written.max_column
    both = zip(
        written.iter_rows(1, last, 1, width), computed.iter_rows(1, last, 1, width), strict=True
    )  # from A1 on, whatever the first cell is that holds something
    rows = tuple(tuple(_text(one, other, stale=stale) for one, other in zip(*pair, strict=True)) for pair in both)
    head = next((number for number, cells in enumerate(rows, 1) if not is_blank(cells)), None)
    if head is None:
        return None
    merged = [(range(each.min_row, each.max_row + 1), each.coord) for each in written.merged_cells.ranges]
    return Sheet(written.title, rows, head, tuple(sorted(merged, key=lambda each: (each[0].start, each[1]))))


def _text(written: Cell | MergedCell, computed: Cell | MergedCell, *, stale: bool) -> str:
    """What a cell holds, as it would be typed; `stale` where no result of a formula can be relied on."""
    value = computed.value
    if written.data_type == "f" and (stale or value is None):
        # A formula over several cells is an object, of which some kinds do not hold their text.
        formula = written.value if isinstance(written.value, str) else getattr(written.value, "text", None)
        return f"{FORMULA}{(formula or '…').removeprefix(FORMULA)}"
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value)
    return _number(Decimal(repr(value)), is_share="%" in computed.number_format)


def _number(value: Decimal, *, is_share: bool) -> str:
    near = NEARLY if len(value.normalize().as_tuple().digits) > _DIGITS else ""
    # A cell that shows `30%` holds 0.3; what is shown was meant.
    written = f"{value.scaleb(2) if is_share else value:f}"
    plain = written.rstrip("0").rstrip(".") if "." in written else written
    return f"{near}{plain}{'%' if is_share else ''}"


__all__ = ["Sheet", "is_workbook", "open_workbook", "workbook_head"]
