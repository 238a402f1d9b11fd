"""Cells of a workbook whose number format shows another thing than they hold: what people see is what is rated."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rosters.programs import SCALED, TWO
from sespms_rules.rosters.files import Roster, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
ROW = ("p-1", 40, 1, 60, 5)


def _read(path: Path, code: str, value: object, *, scaled: bool = False) -> Roster:
    """A roster of one row, with a cell of this value and this number format."""

    def show(sheet: Worksheet) -> None:
        sheet["B2" if scaled else "C2"].number_format = code

    rows = (("id", "Results rating"), ("p-1", value)) if scaled else (HEADINGS, ("p-1", 40, value, 60, 5))
    return read_roster(workbook(path / "r.xlsx", *rows, change=show), SCALED if scaled else TWO)


@pytest.mark.parametrize(
    ("code", "value", "shows"),
    [
        ('"5"', 1, "shows `5`"),
        ('"Level 5"', 1, "shows `Level 5`"),
        ('"Level "0', 1, "shows `Level 1`"),
        (";;;", 1, "shows nothing"),
        (";;;", "4", "shows nothing"),
        ("#;;", 1, ""),
        (r"\5", 1, "shows `5`"),
        ('0"5"', 1, "shows `15`"),
        ('"2"0', 1, "shows `21`"),
        ('[>=3]"High";"Low"', 1, "shows `Low`"),
        ('[<2]"5";0', 1, "shows `5`"),
        ("[<2]0;0", 1, ""),
        ('0;;;"5"', "1", "shows `5`"),
        ('@"5"', "1", "shows `15`"),
        ("0;-0;0;@", "4", ""),
        ("[Red]0", 1, ""),
        ("General", 1, ""),
        ('General"5"', 1, "shows `15`"),
        ("00", 1, ""),
        ("0.0", 1, ""),
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 1, ""),
        ("# ?/?", 1, ""),
        ("0.00E+00", 1, ""),
        ("0,", 1, "shows `0`"),
        ("_(@_)", 1, ""),
        ('@"5"', 1, "shows `15`"),
        ("0-0", 1, "is shown in another way, by the format `0-0`"),
    ],
)
def test_a_level_is_rated_as_it_is_shown_or_refused(tmp_path: Path, code: str, value: object, shows: str) -> None:
    (row,) = _read(tmp_path, code, value).rows
    assert [(each.code, each.message, each.help) for each in row.refusals] == (
        [
            (
                "SES659",
                f"row 2, column `Leading People level`: the cell holds `{value}` and {shows}",
                "format the cell as General, and write there what is meant",
            )
        ]
        if shows
        else []
    )
    assert (row.appraisal is None) == bool(shows)


@pytest.mark.parametrize(
    ("code", "value", "shows"),
    [
        ("0", 89.6, "shows `90`"),
        ("0.0", 89.95, "shows `90.0`"),
        ("#,##0.00", 89.6, ""),
        ("0.00", 89.956, "shows `89.96`"),
        ("0", 90, ""),
        ("#", 0, "shows nothing"),
        ("0;-0;", 0, "shows nothing"),
        ('0;-0;"-"', 0, "shows `-`"),
        ("#.#", 0.5, ""),
        ("# ?/?", 4.5, ""),
        ("# ?/?", 4.05, "is shown in another way, by the format `# ?/?`"),
        ("0.0E+00", 91.5, "is shown in another way, by the format `0.0E+00`"),
        ('0.0" points"', 91.5, "shows `91.5 points`"),
        ('"$"#,##0.00', 91.5, ""),
    ],
)
def test_a_number_is_read_as_it_is_shown_or_refused(tmp_path: Path, code: str, value: object, shows: str) -> None:
    (row,) = _read(tmp_path, code, value, scaled=True).rows
    says = [each.message for each in row.refusals if each.code == "SES659"]
    assert says == ([f"row 2, column `Results rating`: the cell holds `{value}` and {shows}"] if shows else [])


def test_a_share_that_is_rounded_is_refused_as_it_is_shown(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, "0%", 0.305, scaled=True).rows
    (refusal,) = row.refusals
    assert refusal.message == "row 2, column `Results rating`: the cell holds `30.5%` and shows `31%`"


def test_a_percent_sign_in_words_is_no_share(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, '0"%"', 30, scaled=True).rows
    (refusal,) = row.refusals
    assert refusal.message == "row 2, column `Results rating`: the cell holds `30` and shows `30%`"


@pytest.mark.parametrize(("code", "shows"), [(";;;", "shows nothing"), (';;;"p-2"', "shows `p-2`")])
def test_an_id_that_is_hidden_or_shown_as_another_is_refused(tmp_path: Path, code: str, shows: str) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["A2"].number_format = code

    (row,) = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ROW, change=show), TWO).rows
    assert [(each.code, each.message) for each in row.refusals] == [
        ("SES651", f"row 2: the cell of the id holds `p-1` and {shows}")
    ]


def test_a_column_that_is_not_read_may_show_what_it_likes(tmp_path: Path) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["F2"].number_format = ";;;"

    path = workbook(tmp_path / "r.xlsx", (*HEADINGS, "Remark"), (*ROW, 7), change=show)
    assert read_roster(path, TWO).rows[0].refusals == ()


def test_every_cell_of_a_row_that_shows_another_thing_is_named(tmp_path: Path) -> None:
    def show(sheet: Worksheet) -> None:
        for cell in ("B2", "E2"):
            sheet[cell].number_format = ";;;"

    (row,) = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ROW, change=show), TWO).rows
    assert [each.message for each in row.refusals] == [
        "row 2, column `Leading People weight`: the cell holds `40` and shows nothing",
        "row 2, column `Results Driven level`: the cell holds `5` and shows nothing",
    ]


def test_a_table_with_a_row_for_each_element_is_held_to_the_same(tmp_path: Path) -> None:
    def show(sheet: Worksheet) -> None:
        sheet["D3"].number_format = '"5"'

    rows = (("id", "element", "weight", "level"), ("p-1", "Leading People", 40, 4), ("p-1", "Results Driven", 60, 1))
    (row,) = read_roster(workbook(tmp_path / "r.xlsx", *rows, change=show), TWO).rows
    assert row.appraisal is None
    assert [each.message for each in row.refusals] == [
        "row 3, column `level`: the cell holds `1` and shows `5`",
    ]
