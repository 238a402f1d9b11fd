"""Rules of a sheet (conditional formatting) that strike through what stands in a cell, or show a number otherwise.

A rule that draws bars or icons may show these alone, in place of the number.

Whether such a rule holds a spreadsheet works out, and this program does not; so the rows that it may be about are told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from sespms_rules.rosters.files.limits import MOST_COLUMNS, MOST_ROWS
from sespms_rules.rosters.files.workbook.parts import local
from sespms_rules.rosters.files.workbook.places import Range, column
from sespms_rules.rosters.files.workbook.styles import Marks

_CELL: Final = r"\$?([A-Z]{0,3})\$?([0-9]{0,7})"
_RANGE: Final = re.compile(rf"{_CELL}(?::{_CELL})?")
_MOST_RANGES: Final = 10_000
"""Beyond so many ranges of one sheet the rules count as of the whole sheet."""
_MOST_DIGITS: Final = 20
_NO: Final = ("0", "false")

_EVERYWHERE: Final = Range(1, MOST_ROWS, 1, MOST_COLUMNS)


class RulesMet:
    """Takes note of the rules of a sheet; `changing` says of each look of the book whether it changes what is seen."""

    def __init__(self, changing: Sequence[bool]) -> None:
        self._changing = changing
        self._marks = Marks()
        self._changes = False
        self._where = ""
        self._ranges: list[Range] = []

    def take(self, element: Element) -> None:
        """Take note of an element, if it is a part of a rule; inner ones come before what they are in."""
        match local(element):
            case "cfRule":
                self._changes |= self._marks.changes or self._is_changing(element.get("dxfId", ""))
                self._marks.forget()
            case "iconSet" | "dataBar":
                self._changes |= element.get("showValue", "1") in _NO
            case "sqref":
                self._where = element.text or ""
            case "conditionalFormatting":
                if self._changes:
                    self._ranges += ranges_in(element.get("sqref") or self._where)
                self._changes, self._where = False, ""
            case _:
                self._marks.take(element)

    def _is_changing(self, look: str) -> bool:
        if not (look.isascii() and look.isdecimal() and len(look) <= _MOST_DIGITS):
            return False
        return int(look) < len(self._changing) and self._changing[int(look)]

    def found(self) -> tuple[Range, ...]:
        """The ranges of the rules that change what is seen."""
        return tuple(self._ranges) if len(self._ranges) <= _MOST_RANGES else (_EVERYWHERE,)


def ranges_in(text: str) -> list[Range]:
    """The ranges that a rule names; the whole sheet for a text that names none."""
    found: list[Range] = []
    for each in text.split()[: _MOST_RANGES + 1]:
        cells = _RANGE.fullmatch(each)
        if cells is None:
            return [_EVERYWHERE]
        first, last = (cells[1], cells[2]), (cells[3], cells[4]) if cells[3] or cells[4] else (cells[1], cells[2])
        rows = [int(row) if row else end for row, end in ((first[1], 1), (last[1], MOST_ROWS))]
        columns = [column(name) if name else end for name, end in ((first[0], 1), (last[0], MOST_COLUMNS))]
        found.append(Range(min(rows), max(rows), min(columns), max(columns)))
    return found or [_EVERYWHERE]
