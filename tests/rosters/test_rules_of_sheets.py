"""Rules of a sheet (conditional formatting) that strike through or change what is read: told, and not obeyed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.formatting.rule import DataBarRule, IconSetRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import put, run
from rosters.office_rosters import WEIGHED
from rosters.programs import TWO
from sespms_rules.rosters.files import Roster, plain_tables, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
ROWS = tuple((f"p-{number}", 40, 4, 60, 5) for number in range(4))
STRUCK = DifferentialStyle(font=Font(strike=True))
COLORED = DifferentialStyle(font=Font(color="FF0000"), fill=PatternFill(bgColor="FFFF00"))
NOT_STRUCK = DifferentialStyle(font=Font(strike=False, bold=True))
OTHERWISE = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode='"gone"'))


def _ruled(where: str, look: DifferentialStyle, kind: Any = "expression") -> Callable[[Worksheet], object]:
    def change(sheet: Worksheet) -> None:
        sheet["H1"] = "Remark"
        rule = Rule(kind, dxf=look, formula=['$H2="gone"'], operator="equal" if kind == "cellIs" else None)
        sheet.conditional_formatting.add(where, rule)

    return change


def _read(path: Path, change: Callable[[Worksheet], object]) -> Roster:
    return read_roster(workbook(path / "r.xlsx", HEADINGS, *ROWS, change=change), TWO)


def _told(roster: Roster) -> list[str]:
    assert [each.id for each in roster.rows if each.appraisal] == [row[0] for row in ROWS]
    return [each.message for each in roster.findings if each.code == "SES666"]


SAYS = (
    "rules of the sheet (conditional formatting) may strike through, or show in another way, what stands in {} and is"
)


@pytest.mark.parametrize(
    ("where", "which"),
    [
        ("A2:E5", "4 rows, 2 to 5,"),
        ("A3", "row 3"),
        ("C3:C4", "2 rows, 3 to 4,"),
        ("E4:Z900", "2 rows, 4 to 5,"),
        ("$A$2:$A$3", "2 rows, 2 to 3,"),
        ("A2 A5", "2 rows, 2 to 5,"),
        ("A1:E1", "row 1"),
        ("A1:E1048576", "5 rows, 1 to 5,"),
    ],
)
@pytest.mark.parametrize("look", [STRUCK, OTHERWISE], ids=["struck", "format"])
def test_rows_that_a_rule_may_strike_are_named(tmp_path: Path, where: str, which: str, look: DifferentialStyle) -> None:
    (told,) = _told(_read(tmp_path, _ruled(where, look)))
    assert told.startswith(SAYS.format(which))


@pytest.mark.parametrize("kind", ["cellIs", "containsText", "duplicateValues"])
def test_whatever_kind_of_rule_it_is(tmp_path: Path, kind: str) -> None:
    assert len(_told(_read(tmp_path, _ruled("A2:E5", STRUCK, kind)))) == 1


@pytest.mark.parametrize(
    ("where", "look"),
    [
        ("A2:E5", COLORED),
        ("A2:E5", NOT_STRUCK),
        ("H2:H5", STRUCK),
        ("F1:Z99", STRUCK),
        ("A7:E99", STRUCK),
    ],
    ids=["colors", "not struck", "a remark", "beside the table", "below the table"],
)
def test_a_rule_that_changes_nothing_that_is_read_is_not_told(
    tmp_path: Path, where: str, look: DifferentialStyle
) -> None:
    assert _told(_read(tmp_path, _ruled(where, look))) == []


@pytest.mark.parametrize("shows", [False, None, True])
@pytest.mark.parametrize("kind", ["bars", "icons"])
def test_a_rule_that_shows_bars_or_icons_in_place_of_a_number_is_told(
    tmp_path: Path, kind: str, shows: bool | None
) -> None:
    bars: Any = DataBarRule
    icons: Any = IconSetRule
    if kind == "bars":
        rule = bars("min", None, "max", None, "FF0000", showValue=shows)
    else:
        rule = icons("3Arrows", "num", [1, 3, 4], showValue=shows)
    told = _told(_read(tmp_path, lambda sheet: sheet.conditional_formatting.add("C3:C4", rule)))
    assert [each.startswith(SAYS.format("2 rows, 3 to 4,")) for each in told] == [True] * (shows is False)


@pytest.mark.parametrize("look", ["9999", "10000", "10001", "0010000", "10002", "9" * 5_000, "-1", "x", ""])
def test_a_look_with_a_large_number_is_a_look(tmp_path: Path, look: str) -> None:
    """The numbers of looks from 10,000 on were passed over."""
    plain, made = workbook(tmp_path / "plain.xlsx", HEADINGS, *ROWS, change=_ruled("A3", STRUCK)), tmp_path / "r.xlsx"
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            text = given.read(name)
            if name == "xl/styles.xml":
                text = text.replace(b"<dxf>", b"<dxf/>" * 10_000 + b"<dxf>", 1)
            written.writestr(name, text.replace(b'dxfId="0"', f'dxfId="{look}"'.encode()))
    assert len(_told(read_roster(made, TWO))) == (look in ("10000", "0010000"))


def test_the_format_of_a_rule_is_not_that_of_a_cell(tmp_path: Path) -> None:
    """Both have the number 164 in the file: a share that is shown as `40.0%` was read as 0.4."""

    def change(sheet: Worksheet) -> None:
        for row in range(2, 6):
            for column, value in (("B", 0.4), ("D", 0.6)):
                sheet[f"{column}{row}"] = value
                sheet[f"{column}{row}"].number_format = "0.0%;-0.0%"
        look = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode="0.0"))
        sheet.conditional_formatting.add("J1", Rule("expression", dxf=look, formula=["1=1"]))

    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, *ROWS, change=change), TWO)
    (first, *_) = roster.rows
    assert [each.help for each in first.refusals] == [
        "write `40`, or `0.4` where the whole counts as 1",
        "write `60`, or `0.6` where the whole counts as 1",
    ]


EXTENSION = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression" id="{1}">'
    "<xm:f>Other!$A$1=1</xm:f><x14:dxf><font>%s</font></x14:dxf></x14:cfRule><xm:sqref>%s</xm:sqref>"
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
)


@pytest.mark.parametrize(
    ("mark", "where", "which"),
    [
        ("<strike/>", "A3:E3", "row 3"),
        ('<strike val="1"/>', "C4", "row 4"),
        ("<strike/>", "what is no range", "5 rows, 1 to 5,"),
        ("<b/>", "A3:E3", ""),
        ('<strike val="0"/>', "A3:E3", ""),
    ],
)
def test_a_rule_that_looks_at_another_sheet_too(tmp_path: Path, mark: str, where: str, which: str) -> None:
    plain = workbook(tmp_path / "plain.xlsx", HEADINGS, *ROWS)
    made = tmp_path / "r.xlsx"
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(made, "w") as written:
        for name in given.namelist():
            text = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</worksheet>", (EXTENSION % (mark, where)).encode())
            written.writestr(name, text)
    told = _told(read_roster(made, TWO))
    assert [each.startswith(SAYS.format(which)) for each in told] == [True] * bool(which)


def test_many_ranges_are_told_once_and_cost_little(tmp_path: Path) -> None:
    where = " ".join(f"A{row}" for row in range(2, 20_000, 2))
    assert [
        each.startswith(SAYS.format("2 rows, 2 to 4,")) for each in _told(_read(tmp_path, _ruled(where, STRUCK)))
    ] == [True]
    more = " ".join(f"AA{row}" for row in range(2, 20_004))
    assert [
        each.startswith(SAYS.format("5 rows, 1 to 5,")) for each in _told(_read(tmp_path, _ruled(more, STRUCK)))
    ] == [True]


@pytest.mark.parametrize("engine", ["reference", "durable", "columnar", "sql"])
def test_it_is_told_with_every_engine(tmp_path: Path, engine: str) -> None:
    roster = workbook(tmp_path / "r.xlsx", HEADINGS, *ROWS, change=_ruled("A3:E3", STRUCK))
    said = run("rate", put(tmp_path, "p.sespms", WEIGHED), roster, "--engine", engine).output
    assert "warning SES666 changed-by-a-rule" in said
    assert "4 rows: 4 rated, 0 not rated, 0 refused" in said


def test_of_records_too(tmp_path: Path) -> None:
    made = workbook(tmp_path / "r.xlsx", ("id", "unit"), ("e-1", "Ports"), change=_ruled("A2", STRUCK))
    (table,) = plain_tables(made, frozenset({"id", "unit"}), frozenset({"id"}))
    assert [each.code for each in table.hidden] == ["SES666"]
