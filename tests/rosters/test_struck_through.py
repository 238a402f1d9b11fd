"""Rows, cells and headings of a workbook through which a line goes are refused, each by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import put, run
from rosters.office_rosters import WEIGHED
from rosters.programs import TWO
from sespms_rules.rosters.files import Roster, plain_tables, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
_STRUCK = Font(strike=True)


def _roster(path: Path, change: Callable[[Worksheet], object]) -> Roster:
    rows = [(f"p-{number}", 40, 4, 60, 5, "a remark") for number in range(3)]
    return read_roster(workbook(path / "r.xlsx", (*HEADINGS, "Remark"), *rows, change=change), TWO)


def _strike(*places: str) -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        for place in places:
            sheet[place].font = _STRUCK

    return change


def _said(roster: Roster) -> dict[str, list[str]]:
    return {each.id: [one.message for one in each.refusals] for each in roster.rows if each.refusals}


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ((), {}),
        (("A3", "B3", "C3", "D3", "E3", "F3"), {"p-1": ["row 3: it is struck through"]}),
        (("A3", "B3", "C3", "D3", "E3"), {"p-1": ["row 3: it is struck through"]}),
        (("C3",), {"p-1": ["row 3: what stands under `Leading People level` is struck through"]}),
        (
            ("A4", "E4"),
            {"p-2": ["row 4: what stands under `id` and `Results Driven level` are struck through"]},
        ),
        (("F2", "F3"), {}),
        (
            ("C1",),
            {f"p-{n}": [f"row {n + 2}: the heading `Leading People level` is struck through"] for n in range(3)},
        ),
        (("F1",), {}),
    ],
    ids=["nothing", "row", "what is read of a row", "level", "two cells", "remarks", "heading", "heading not read"],
)
def test_what_is_struck_through_is_refused(tmp_path: Path, places: tuple[str, ...], says: dict[str, list[str]]) -> None:
    roster = _roster(tmp_path, _strike(*places))
    assert _said(roster) == says
    assert {each.id for each in roster.rows if each.appraisal} == {"p-0", "p-1", "p-2"} - says.keys()
    assert {one.code for each in roster.rows for one in each.refusals} <= {"SES663"}


def test_a_line_through_a_part_of_a_text_counts(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        plain, struck = InlineFont(b=True), InlineFont(strike=True)
        sheet["A2"] = CellRichText("p", TextBlock(plain, "-0"))
        sheet["A3"] = CellRichText(TextBlock(struck, "p-7"), TextBlock(plain, "p-1"))
        sheet["A4"] = CellRichText("p-2", TextBlock(struck, "  "))

    assert _said(_roster(tmp_path, change)) == {"p-7p-1": ["row 3: what stands under `id` is struck through"]}


def test_a_strike_that_says_it_is_none_is_none(tmp_path: Path) -> None:
    assert _said(_roster(tmp_path, lambda sheet: setattr(sheet["A2"], "font", Font(strike=False)))) == {}


def test_a_struck_row_beside_its_correction_leaves_neither_unsaid(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for place in ("A3", "B3", "C3", "D3", "E3"):
            sheet[place].font = _STRUCK
        sheet.append(["p-1", 40, 5, 60, 5])

    said = _said(_roster(tmp_path, change))
    assert said["p-1"] == ["row 5: the id `p-1` stands in row 3 already"]


def test_a_struck_total_is_no_executive(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.append(["Total", 120])
        for place in ("A5", "B5"):
            sheet[place].font = _STRUCK

    assert [each.id for each in _roster(tmp_path, change).rows if each.is_nobody] == ["Total"]


@pytest.mark.parametrize("engine", ["reference", "durable", "columnar", "sql"])
def test_every_engine_refuses_it(tmp_path: Path, engine: str) -> None:
    rows = [("p-0", 40, 4, 60, 5), ("p-1", 40, 1, 60, 5)]
    roster = workbook(tmp_path / "r.xlsx", HEADINGS, *rows, change=_strike("A3", "B3", "C3", "D3", "E3"))
    said = run("rate", put(tmp_path, "p.sespms", WEIGHED), roster, "--engine", engine).output
    assert "2 rows: 1 rated, 0 not rated, 1 refused" in said
    assert "row 3: it is struck through" in said


def test_a_long_table_too(tmp_path: Path) -> None:
    rows = [("id", "element", "weight", "level")]
    rows += [(f"p-{n}", name, "50", "4") for n in range(2) for name in ("Leading People", "Results Driven")]
    roster = read_roster(workbook(tmp_path / "r.xlsx", *rows, change=_strike("D4")), TWO)
    assert _said(roster) == {"p-1": ["row 4: what stands under `level` is struck through"]}


def test_a_table_of_records_too(tmp_path: Path) -> None:
    made = workbook(tmp_path / "r.xlsx", ("id", "unit"), ("e-1", "Ports"), ("e-2", "Ports"), change=_strike("A3", "B3"))
    (table,) = plain_tables(made, frozenset({"id", "unit"}), frozenset({"id"}))
    assert [[one.code for one in row.refusals] for row in table.rows] == [[], ["SES663"]]
