"""Excel workbooks made for tests by another library than our own."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def workbook(path: Path, *rows: Sequence[object], change: Callable[[Worksheet], object] | None = None) -> Path:
    """Write these rows on the first sheet."""
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append([*row])
    if change is not None:
        change(sheet)
    made.save(path)
    return path


def workbook_of(table: Path, path: Path) -> Path:
    """The workbook of a CSV table; what looks like a whole number is one in it, and an empty cell is not there."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in csv.reader(file)]
    return workbook(path, *rows)
