"""One roster in the ways in which offices keep it: what a spreadsheet, an export or a person makes of the same rows.

Each way is given rows of plain texts, headings first, and writes a file of them. `same` says that a reader sees the
same ratings, so that every executive has the level of the plain file; of the others a row may be refused instead, and
never have another level. `unread` says why the file is not read at all.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Way:
    """A way of keeping a roster."""

    name: str
    write: Callable[[Path, Rows], Path]
    same: bool = True
    unread: str = ""


def _value(cell: str) -> object:
    return int(cell) if cell.isascii() and cell.isdigit() else cell or None


def _book(folder: Path, rows: Rows, change: Callable[[Worksheet], None], *, top: int = 0) -> Path:
    """A workbook of the rows, below `top` rows that are left blank."""
    book = Workbook()
    sheet = book.worksheets[0]
    for _ in range(top):
        sheet.append([None])
    for row in rows:
        sheet.append([_value(cell) for cell in row])
    change(sheet)
    path = folder / "roster.xlsx"
    book.save(path)
    return path


def _sheet(change: Callable[[Worksheet], None], *, top: int = 0) -> Callable[[Path, Rows], Path]:
    return lambda folder, rows: _book(folder, rows, change, top=top)


def _text(made: Callable[[Rows], str], encoding: str = "utf-8") -> Callable[[Path, Rows], Path]:
    def write(folder: Path, rows: Rows) -> Path:
        path = folder / "roster.csv"
        path.write_bytes(made(rows).encode(encoding))
        return path

    return write


def _csv(rows: Rows, mark: str = ",") -> str:
    def cell(text: str) -> str:
        return f'"{text}"' if mark in text or "\n" in text else text

    return "".join(mark.join(map(cell, row)) + "\r\n" for row in rows)


def _below(rows: Rows, of_cell: Callable[[str, str], str]) -> list[list[str]]:
    """The rows with each cell below the headings changed; `of_cell` is given the heading and the cell."""
    head, *others = rows
    return [[*head], *([of_cell(title, cell) for title, cell in zip(head, row, strict=True)] for row in others)]


def _heads(rows: Rows, of_heading: Callable[[str], str]) -> list[list[str]]:
    head, *others = rows
    return [[*map(of_heading, head)], *([*row] for row in others)]


# ---- workbooks -------------------------------------------------------------------------------------


def _merged_headings(sheet: Worksheet) -> None:
    sheet.merge_cells("B1:C1")


def _heading(sheet: Worksheet, column: int | None) -> str:
    return str(sheet.cell(1, column or 1).value)


def _percent(sheet: Worksheet) -> None:
    """Weights as a share that is shown in percent, as spreadsheets keep one."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if _heading(sheet, cell.column).endswith("weight") and isinstance(cell.value, int):
                cell.value, cell.number_format = cell.value / 100, "0%"


def _percent_levels(sheet: Worksheet) -> None:
    """Levels under a format of percents: 4 is shown as 400%."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if _heading(sheet, cell.column).endswith("level"):
                cell.number_format = "0%"


def _dates(sheet: Worksheet) -> None:
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=1), 1):
        row[0].value, row[0].number_format = date(2026, 3, number % 28 + 1), "m/d/yyyy"


def _filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = f"A1:E{sheet.max_row}"
    for number in range(2, sheet.max_row + 1, 2):
        sheet.row_dimensions[number].hidden = True


def _outlined(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(3, sheet.max_row, outline_level=1, hidden=True)
    sheet.column_dimensions.group("B", "C", outline_level=1, hidden=True)


def _texts(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, int):
                cell.value, cell.data_type = str(cell.value), "s"


def _quoted(sheet: Worksheet) -> None:
    _texts(sheet)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.quotePrefix = True


def _struck(sheet: Worksheet) -> None:
    for number in range(2, sheet.max_row + 1, 2):
        for cell in sheet[number]:
            cell.font = Font(strike=True)


def _centered_over(sheet: Worksheet) -> None:
    sheet["A1"] = "Ratings of the year"
    sheet.merge_cells("A1:E1")


def _nothing(_: Worksheet) -> None:
    return


def _failed_formulas(folder: Path, rows: Rows) -> Path:
    """The first level of every other row as a formula whose result is an error, kept in the file."""
    path = _book(folder, rows, _nothing)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    failed = r'<c r="C\1" t="e"><f>VLOOKUP(A\1,X:X,2)</f><v>#N/A</v></c>'
    parts["xl/worksheets/sheet1.xml"] = re.sub(r'<c r="C(\d*[02468])"[^>]*>.*?</c>', failed, sheet).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def _two_rows(rows: Rows) -> list[list[str]]:
    head, *others = rows
    names = ["" if each == "id" else each.rpartition(" ")[0] for each in head]
    kinds = [each if each == "id" else each.rpartition(" ")[2] for each in head]
    return [names, kinds, *([*row] for row in others)]


# ---- texts -----------------------------------------------------------------------------------------


def _wide(_: str, cell: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in cell)


def _thousands(title: str, cell: str) -> str:
    return f"{int(cell) * 100:,}" if title.endswith("weight") and cell.isdigit() else cell


def _apostrophe(title: str, cell: str) -> str:
    return f"'{cell}" if title == "id" else cell


def _unseen(_: str, cell: str) -> str:
    return f"\u00a0{cell}\u200b\u2009"


WAYS = (
    Way("merged headings", _sheet(_merged_headings), same=False),
    Way("a title merged over the table", _sheet(_centered_over, top=1)),
    Way("headings in two rows", _text(lambda rows: _csv(_two_rows(rows))), same=False),
    Way(
        "headings in two rows of a workbook", lambda folder, rows: _book(folder, _two_rows(rows), _nothing), same=False
    ),
    Way("weights in percent", _sheet(_percent), same=False),
    Way("levels in percent", _sheet(_percent_levels), same=False),
    Way("ids that became days", _sheet(_dates), same=False),
    Way("formulas that failed", _failed_formulas, same=False),
    Way("rows left out by a filter", _sheet(_filtered)),
    Way("rows and columns folded away", _sheet(_outlined)),
    Way("blanks behind headings", _text(lambda rows: _csv(_heads(rows, lambda each: f"{each}   ")))),
    Way(
        "no-break spaces in headings", _text(lambda rows: _csv(_heads(rows, lambda each: each.replace(" ", "\u00a0"))))
    ),
    Way("headings over two lines", _text(lambda rows: _csv(_heads(rows, lambda each: each.replace(" ", "\n", 1))))),
    Way("signs that nobody sees", _text(lambda rows: _csv(_below(rows, _unseen)))),
    Way("thousands with a comma", _text(lambda rows: _csv(_below(rows, _thousands))), same=False),
    Way("wide figures", _text(lambda rows: _csv(_below(rows, _wide))), same=False),
    Way("ids with an apostrophe", _text(lambda rows: _csv(_below(rows, _apostrophe)))),
    Way("numbers kept as texts", _sheet(_texts)),
    Way("numbers behind an apostrophe", _sheet(_quoted)),
    Way("rows struck through", _sheet(_struck), same=False),
    Way("a mark of the order of bytes and a line that states the comma", _text(lambda r: "\ufeffsep=,\r\n" + _csv(r))),
    Way("a stated semicolon", _text(lambda rows: "sep=;\r\n" + _csv(rows, ";"))),
    Way("UTF-16", _text(lambda rows: "\ufeff" + _csv(rows, "\t"), "utf-16-le"), unread="is in UTF-16"),
    Way("UTF-16, the other way", _text(lambda rows: "\ufeff" + _csv(rows), "utf-16-be"), unread="is in UTF-16"),
    Way("Latin-1", _text(lambda rows: unicodedata.normalize("NFC", _csv(rows)), "cp1252")),
)
