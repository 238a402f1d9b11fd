"""Comments at cells of a workbook are not read, and the cells are named; the rows are rated as they are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from rosters.programs import TWO
from rosters.sheets import messages_of, read_changed
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.rosters.files import read_roster


def _at(*cells: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for cell in cells:
            sheet[cell].comment = Comment("withdrawn", "an official")

    return change


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([], []),
        (["C3"], ["the cell C3 has a comment, which is not read"]),
        (["C3", "A2", "E1", "F4"], ["4 cells of the roster have comments, which are not read: E1, A2, C3 and F4"]),
        (["H3", "C40", "AA2"], []),
        (
            [f"{letter}{row}" for row in (2, 3, 4, 5) for letter in "ABC"],
            [("12 cells of the roster have comments, which are not read: "
             "A2, B2, C2, A3, B3, C3, A4, B4, C4, A5 and 2 more")],
        ),
    ],
)  # fmt: skip
def test_the_cells_are_named_and_the_rows_are_read(tmp_path: Path, cells: list[str], says: list[str]) -> None:
    roster = read_changed(tmp_path, _at(*cells))
    assert messages_of(roster, "SES667") == says
    assert len([each for each in roster.rows if each.appraisal]) == 5
    told = [each for each in roster.findings if each.code == "SES667"]
    assert all(each.severity is Severity.WARNING and "withdrawn" not in each.message + each.help for each in told)


def test_comments_in_threads_are_told_too(tmp_path: Path) -> None:
    read_changed(tmp_path, _at())
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    beside = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "r.xlsx", "a") as book:
        book.writestr("xl/worksheets/_rels/sheet1.xml.rels", beside)
        said = (
            '<ThreadedComments><threadedComment ref="E4" id="1"><text>gone</text></threadedComment></ThreadedComments>'
        )
        book.writestr("xl/threadedComments/t1.xml", said)
    assert messages_of(read_roster(tmp_path / "r.xlsx", TWO), "SES667") == [
        "the cell E4 has a comment, which is not read"
    ]


def test_a_part_that_is_named_and_not_there_stops_nobody(tmp_path: Path) -> None:
    read_changed(tmp_path, _at())
    beside = '<Relationships><Relationship Id="r1" Type="a/comments" Target="/xl/gone.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "r.xlsx", "a") as book:
        book.writestr("xl/worksheets/_rels/sheet1.xml.rels", beside)
    assert len(read_roster(tmp_path / "r.xlsx", TWO).rows) == 5
