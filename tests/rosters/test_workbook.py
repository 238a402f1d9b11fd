"""Rosters in Excel workbooks, written by another library and, where a spreadsheet program would write more, mended."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml import LXML

from rosters.programs import SCALED, TWO
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.rosters.files import Roster, read_roster
from sespms_rules.rosters.files.tables_in_sql import members_of_plans, table_for_sql
from systems import program_of
from workbooks import workbook, workbook_of

HEADINGS = (
    "id", "appointment", "unit", "Leading People weight", "Leading People level", "Results Driven weight",
    "Results Driven level",
)  # fmt: skip
ROW = ("p-1", "career", "Ports", 40, 4, 60, 5)
BOTH = (
    Rated("Leading People", Fraction(4), Fraction(40)),
    Rated("Results Driven", Fraction(5), Fraction(60)),
)
NO_RESULT = "<v></v>" if LXML else "<v />"  # openpyxl writes by lxml where that is installed
"""What stands beside a formula whose result is not written down."""

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def mended(path: Path, *changes: tuple[str, str], member: str = "xl/worksheets/sheet1.xml") -> Path:
    """Write a workbook again with other words in one of its files."""
    with zipfile.ZipFile(path) as given:
        files = {name: given.read(name) for name in given.namelist()}
    text = files[member].decode()
    for old, new in changes:
        assert old in text, (old, text)
        text = text.replace(old, new)
    files[member] = text.encode()
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def computed(path: Path) -> Path:
    """Let a workbook say that the results of its formulas hold, as a spreadsheet program does when it saves."""
    return mended(path, ('fullCalcOnLoad="1"', ""), member="xl/workbook.xml")


def said(roster: Roster) -> list[tuple[int, str, str]]:
    """Row, code and sentence of every refusal."""
    return [(row.number, each.code, each.message) for row in roster.rows for each in row.refusals]


def test_a_row_is_an_appraisal(tmp_path: Path) -> None:
    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ROW, (), ("p-2", *ROW[1:])), TWO)
    assert roster.findings == ()
    assert [row.number for row in roster.rows] == [2, 4]
    assert roster.rows[0].appraisal == Appraisal("p-1", BOTH, "career", "Ports")


def test_the_example_roster_reads_alike_from_csv_and_from_a_workbook(tmp_path: Path) -> None:
    """Rows with faults included; what looks like a number is one in the workbook."""
    program = program_of("agencies/opm_basic.sespms")
    by_table = read_roster(EXAMPLES / "roster.csv", program)
    by_workbook = read_roster(workbook_of(EXAMPLES / "roster.csv", tmp_path / "roster.xlsx"), program)
    assert len(by_table.rows) > 10
    assert by_workbook.rows == by_table.rows


def test_a_workbook_is_known_by_what_it_holds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", HEADINGS, ROW).rename(tmp_path / "roster.data")
    assert read_roster(path, TWO).rows[0].appraisal is not None


# ---- numbers ---------------------------------------------------------------------------------------


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.decimals(0, 100, places=3, allow_nan=False), min_size=1, max_size=30))
def test_what_is_typed_into_a_cell_is_read_exactly(tmp_path: Path, numbers: list[object]) -> None:
    rows = [(f"p-{place}", float(str(number))) for place, number in enumerate(numbers)]
    roster = read_roster(workbook(tmp_path / "r.xlsx", ("id", "Results rating"), *rows), SCALED)
    found = [row.appraisal.elements[0].rating for row in roster.rows if row.appraisal]
    assert found == [Fraction(str(number)) for number in numbers]


def test_seventeen_digits_of_a_typed_number_are_the_number_that_was_typed(tmp_path: Path) -> None:
    """A spreadsheet program writes 4.35 as 4.3499999999999996."""
    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", 4.5))
    roster = read_roster(mended(path, ("<v>4.5</v>", "<v>4.3499999999999996</v>")), SCALED)
    assert roster.rows[0].appraisal == Appraisal("p-1", (Rated("Results", Fraction("4.35")),))


@pytest.mark.attack("numbers that stand near")
def test_a_number_that_only_stands_near_another_is_refused(tmp_path: Path) -> None:
    """90.5 - 0.1 - 0.1 in binary fractions is 90.30000000000001 and would miss a cut below it."""
    number = 90.5 - 0.1 - 0.1
    roster = read_roster(workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", number)), SCALED)
    assert said(roster) == [
        (
            2,
            "SES636",
            (
                "row 2, column `Results rating`: `90.30000000000001` is the result of a computation "
                "and may stand only near the number meant"
            ),
        )
    ]
    assert (
        roster.rows[0].refusals[0].help
        == "round it where it was computed (in a sheet, `=ROUND(A1, 2)`), or type the number"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "TRUE"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.date(1900, 1, 4), "1900-01-04"),
        (datetime.date(1900, 2, 28), "1900-02-28"),
        (datetime.date(1900, 3, 1), "1900-03-01"),
        ("#N/A", "#N/A"),
        ("four", "four"),
    ],
)
def test_what_is_no_number_is_named(tmp_path: Path, value: object, written: str) -> None:
    roster = read_roster(workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", value)), SCALED)
    ((row, code, message),) = said(roster)
    assert (row, code) == (2, "SES636")
    assert f"`{written}` is not a number" in message


def test_a_share_reads_as_it_is_shown(tmp_path: Path) -> None:
    def show_shares(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"

    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", 0.3), change=show_shares)
    (refusal,) = read_roster(path, SCALED).rows[0].refusals
    assert (refusal.code, refusal.help) == ("SES636", "write `30`, or `0.3` where the whole counts as 1")


# ---- formulas --------------------------------------------------------------------------------------


def test_a_formula_without_a_result_refuses_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", "=40+50"), ("=A2", 90), ("p-3", 91))
    roster = read_roster(path, SCALED)
    assert said(roster) == [
        (2, "SES636", "row 2, column `Results rating`: `=40+50` is a formula whose result the file does not hold"),
        (3, "SES634", "row 3: the id is the formula `=A2`, whose result the file does not hold"),
    ]
    assert roster.rows[2].appraisal is not None


def test_results_that_are_still_to_be_computed_are_not_believed(tmp_path: Path) -> None:
    """Some programs write 0 as the result of every formula and ask the next program to compute it."""
    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", "=40+50"))
    ((_, code, message),) = said(read_roster(mended(path, (NO_RESULT, "<v>0</v>")), SCALED))
    assert code == "SES636"
    assert "`=40+50` is a formula" in message


def test_results_of_formulas_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", "=40+50"))
    roster = read_roster(computed(mended(path, (NO_RESULT, "<v>90</v>"))), SCALED)
    assert roster.rows[0].appraisal == Appraisal("p-1", (Rated("Results", Fraction(90)),))


# ---- sheets ----------------------------------------------------------------------------------------


def _beside(path: Path, *rows: Sequence[object], state: str = "visible", headings: Sequence[object] = HEADINGS) -> Path:
    """A workbook whose second sheet has these rows; the first is a good roster under good headings."""

    def add(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("Other")
        other.sheet_state = state
        for row in rows:
            other.append([*row])

    return workbook(path, headings, ROW, change=add)


def test_the_sheet_with_ids_is_the_roster(tmp_path: Path) -> None:
    path = _beside(tmp_path / "r.xlsx", ("What the columns mean",), ("one", "two"))
    assert read_roster(path, TWO).rows[0].appraisal == Appraisal("p-1", BOTH, "career", "Ports")


def test_two_sheets_that_could_be_the_roster_are_refused(tmp_path: Path) -> None:
    path = _beside(tmp_path / "r.xlsx", HEADINGS, ROW)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"`{path}` has 2 sheets that could be the roster: `Sheet` and `Other`"
    assert fault.value.help.startswith("keep one of them")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = _beside(tmp_path / "r.xlsx", HEADINGS, ROW, state="hidden")
    assert len(read_roster(path, TWO).rows) == 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("Executive ID", *HEADINGS[1:]), ROW], id="ids called otherwise"),
        pytest.param([("", *HEADINGS[1:]), ROW], id="no heading of ids"),
        pytest.param([*[("a note",)] * 70, HEADINGS, ROW], id="headings far below"),
        pytest.param([tuple(reversed([*HEADINGS[1:], "Person"])), ROW], id="in another order"),
        pytest.param([("Person", "Element", "Level"), ("p-1", "x", 4)], id="a row for each element"),
        pytest.param([tuple(each.upper() for each in ("Who", *HEADINGS[1:])), ROW], id="in capitals"),
    ],
)
def test_another_sheet_that_looks_like_a_roster_is_never_left_out(tmp_path: Path, rows: list[Sequence[object]]) -> None:
    path = _beside(tmp_path / "r.xlsx", *rows)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"`{path}` has 2 sheets that could be the roster: `Sheet` and `Other`"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("What the columns mean",)], id="a note"),
        pytest.param([("Level", "Term"), (5, "Outstanding")], id="a list of levels"),
        pytest.param([("Element", "Share"), ("Leading", 40)], id="a list of elements"),
        pytest.param([("Headings to copy", *HEADINGS[1:])], id="headings alone"),
    ],
)
def test_which_sheet_was_read_is_told_where_others_hold_something(tmp_path: Path, rows: list[Sequence[object]]) -> None:
    roster = read_roster(_beside(tmp_path / "r.xlsx", *rows), TWO)
    assert len(roster.rows) == 1
    (told,) = (each for each in roster.findings if each.code == "SES762")
    assert told.message == "the roster is the sheet `Sheet`; `Other` is not read"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told_where_it_looks_like_a_roster(tmp_path: Path, state: str) -> None:
    roster = read_roster(_beside(tmp_path / "r.xlsx", HEADINGS, ROW, state=state), TWO)
    assert [each.message for each in roster.findings] == [
        "the roster is the sheet `Sheet`; `Other` (hidden) is not read"
    ]
    roster = read_roster(_beside(tmp_path / "r.xlsx", ("a list for a drop-down",), ("career",), state=state), TWO)
    assert roster.findings == ()


def test_a_sheet_of_a_chart_is_passed_over(tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_chartsheet("Chart")

    assert read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ROW, change=add), TWO).findings == ()


def test_no_sheet_with_ids(tmp_path: Path) -> None:
    path = _beside(tmp_path / "r.xlsx", ("name",), ("one",), headings=("key", *HEADINGS[1:]))
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"none of the sheets `Sheet` and `Other` of `{path}` has a heading `id`"


def test_an_empty_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", (), (" ",))
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"nothing stands on the visible sheets of `{path}`"


def test_a_title_above_the_headings_and_empty_columns_before_them(tmp_path: Path) -> None:
    rows = [(None, None, *row) for row in (HEADINGS, ROW)]
    roster = read_roster(workbook(tmp_path / "r.xlsx", (), (), *rows), TWO)
    assert [(row.number, row.id, bool(row.appraisal)) for row in roster.rows] == [(4, "p-1", True)]


def test_merged_cells_refuse_the_rows_they_touch(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("C3:C4")

    rows = [(f"p-{place}", *ROW[1:]) for place in range(4)]
    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, *rows, change=merge), TWO)
    says = "the cells `C3:C4` are merged, so that only the first of them holds a value"
    assert said(roster) == [(3, "SES639", f"row 3: {says}"), (4, "SES639", f"row 4: {says}")]


def test_merged_headings_are_refused(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B1:C1")

    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ROW, change=merge), TWO)
    assert roster.rows == ()
    assert [each.code for each in roster.findings] == ["SES639"]


# ---- headings and files ----------------------------------------------------------------------------


def test_a_heading_with_a_slip_is_found(tmp_path: Path) -> None:
    headings = [each.replace("Results Driven weight", "Result Driven weight") for each in HEADINGS]
    roster = read_roster(workbook(tmp_path / "r.xlsx", headings, ROW), TWO)
    assert [(each.code, each.help) for each in roster.findings] == [
        ("SES632", "if `Result Driven weight` is meant to be it, give that column the heading `Results Driven weight`")
    ]


@pytest.mark.case("notes beside a table")
def test_a_note_beside_the_table_is_named_and_costs_nobody_a_rating(tmp_path: Path) -> None:
    rows = ((*ROW, None, "note"), ("p-2", *ROW[1:], None, "more"))
    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, *rows), TWO)
    assert [row.appraisal is not None for row in roster.rows] == [True, True]
    assert [(each.code, each.message) for each in roster.findings] == [
        ("SES652", "what stands in column I, in row 2 and 1 more, has no heading and is not read")
    ]


def test_the_columns_of_a_warehouse_can_be_taken_from_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", HEADINGS, ROW)
    assert members_of_plans(path, TWO) == ((("Leading People",), True), (("Results Driven",), True))
    assert table_for_sql(path, TWO) is None


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize("content", [b"", b"anything", b"PK\x03\x04rest"])
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert fault.value.message == f"`{path}` cannot be read as an Excel workbook"


def test_a_folder_named_like_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").mkdir()
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(tmp_path / "r.xlsx", TWO)
    assert fault.value.message == f"`{tmp_path / 'r.xlsx'}` is a folder, not a file"


def test_a_formula_over_several_cells(tmp_path: Path) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["B2"] = ArrayFormula("B2:B3", "=SUM(A1:A2)")
        sheet["B3"] = DataTableFormula("B3:B4", r1="A1")

    path = workbook(tmp_path / "r.xlsx", ("id", "Results rating"), ("p-1", 1), ("p-2", 2), change=put)
    assert [message.split("`")[3] for _, _, message in said(read_roster(path, SCALED))] == ["=SUM(A1:A2)", "=…"]


@pytest.mark.attack("faults of libraries")
def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    path = mended(workbook(tmp_path / "r.xlsx", HEADINGS, ROW), ("</sheetData>", ""))
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert "cannot be read as an Excel workbook" in fault.value.message


def test_a_workbook_that_would_swell_up(tmp_path: Path) -> None:
    """Words that stand for words that stand for words."""
    path = workbook(tmp_path / "r.xlsx", HEADINGS, ROW)
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet '
    mended(path, ("<worksheet ", swelling), ("<t>career</t>", "<t>&b;</t>"))
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(path, TWO)
    assert "cannot be read as an Excel workbook" in fault.value.message


def test_a_missing_workbook(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(tmp_path / "r.xlsx", TWO)
    assert fault.value.message == f"there is no file `{tmp_path / 'r.xlsx'}`"
