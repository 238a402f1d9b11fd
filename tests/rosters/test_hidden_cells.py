"""Rows and columns of a workbook that nobody sees are read, and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rosters.programs import TWO
from rosters.sheets import messages_of, read_changed
from rosters.test_workbook import mended
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files import read_roster

_COLUMNS = (
    "the columns `Leading People level` (C) and `Results Driven level` (E) are hidden and are read like the others"
)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], []),
        ([3], ["row 3 is hidden or filtered out and is read like the others"]),
        ([2, 4], ["2 rows are hidden or filtered out and are read like the others: 2 and 4"]),
        ([2, 3, 4, 6], ["4 rows are hidden or filtered out and are read like the others: 2 to 4 and 6"]),
        ([7, 300], []),
    ],
)
def test_hidden_rows_are_read_and_named(tmp_path: Path, rows: list[int], says: list[str]) -> None:
    def hide(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    roster = read_changed(tmp_path, hide)
    assert len([each for each in roster.rows if each.appraisal]) == 5
    assert messages_of(roster, "SES660") == says


def test_rows_that_a_filter_leaves_out_are_named(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:E6"
        sheet.auto_filter.add_filter_column(0, ["p-0"])
        for row in range(3, 7):
            sheet.row_dimensions[row].hidden = True

    assert messages_of(read_changed(tmp_path, hide), "SES660") == [
        "4 rows are hidden or filtered out and are read like the others: 3 to 6"
    ]


def test_a_row_without_height_is_hidden(tmp_path: Path) -> None:
    def flatten(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = 777

    read_changed(tmp_path, flatten)
    roster = read_roster(mended(tmp_path / "r.xlsx", ('ht="777"', 'ht="0"')), TWO)
    assert messages_of(roster, "SES660") == ["row 3 is hidden or filtered out and is read like the others"]


def test_no_sheet_hides_more_columns_than_it_has(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["H"].hidden = True

    read_changed(tmp_path, hide)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(mended(tmp_path / "r.xlsx", ('max="8"', 'max="999999999"')), TWO)
    assert "has more than 16,384 columns" in fault.value.message


def test_of_many_hidden_rows_some_are_named(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        for row in range(2, 42, 2):
            sheet.row_dimensions[row].hidden = True

    (says,) = messages_of(read_changed(tmp_path, hide, 40), "SES660")
    assert says.startswith("20 rows are hidden or filtered out and are read like the others: 2, 4, 6, 8")
    assert says.endswith(", 18, 20 and 10 more")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ("C", ["the column `Leading People level` (C) is hidden and is read like the others"]),
        (
            "CE",
            [_COLUMNS],
        ),
        ("F", []),
    ],
)
def test_hidden_columns_that_are_read_are_named(tmp_path: Path, columns: str, says: list[str]) -> None:
    def hide(sheet: Worksheet) -> None:
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    roster = read_changed(tmp_path, hide)
    assert all(each.appraisal for each in roster.rows)
    assert messages_of(roster, "SES660") == says
