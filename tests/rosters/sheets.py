"""A roster of two elements in a workbook, whose sheet a test changes before it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from rosters.programs import TWO
from sespms_rules.rosters.files import Roster, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")


def read_changed(folder: Path, change: Callable[[Worksheet], object], executives: int = 5) -> Roster:
    """The roster of a workbook in a folder, `r.xlsx`, with a last column of remarks that are empty."""
    rows = [(f"p-{number}", 40, 4, 60, 5) for number in range(executives)]
    return read_roster(workbook(folder / "r.xlsx", (*HEADINGS, "Remark"), *rows, change=change), TWO)


def messages_of(roster: Roster, code: str) -> list[str]:
    """What a roster is told of by one code."""
    return [each.message for each in roster.findings if each.code == code]
