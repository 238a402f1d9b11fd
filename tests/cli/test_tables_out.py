"""Results as tables: CSV and workbooks hold exact numbers and ids as text, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.running import OPM, ROOT, data, put, run
from sespms_rules.foundation.request import RequestError
from sespms_rules.reports.workbook import MOST_SIGNS, Cell, Sheet, write_table, write_workbook

ROSTER = str(ROOT / "examples" / "harbor_commission.csv")
BAR = str(ROOT / "policies" / "what-if" / "raise_the_bar.sespms")
CAP = str(ROOT / "policies" / "what-if" / "state_the_cap.sespms")
THIRDS = """system "Invented agency"
  is outside the Senior Executive Service
  has exactly 3 critical elements

critical element "One"

critical element "Two"

critical element "Three"

levels
  level 3 "Good"  3 points
  level 2 "=SUM(A1:A9)"  2 points
  level 1 "Poor"  1 point

summary rating
  score is the average of points
  score at least 2.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
IDS = ("0012", "=1+1", "3-4", "MAR1", "_x0041_", "12345678901234567890", "TRUE", "-5", "@x", "'quoted", "a<&>b")
ODD = "id,One level,Two level,Three level\n" + "".join(f'"{each}",3,2,2\n' for each in IDS)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """What openpyxl reads: formulas would be read as formulas, for it is not asked for their results."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
            assert all(cell.number_format == "@" for cell in row if cell.data_type == "s")
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book.worksheets}


def made(folder: Path, *arguments: str | Path) -> dict[str, list[list[Any]]]:
    """The sheets of the workbook that a command writes."""
    out = folder / "out.xlsx"
    result = run(*arguments, "--output", out)
    assert result.exit_code in (0, 1), result.output
    return sheets(out)


def plain(value: Cell) -> Any:
    """A cell as CSV and JSON hold it."""
    return "" if value is None else str(value)


# ---- the cells ---------------------------------------------------------------------------------------


def test_ids_and_terms_stay_text_and_scores_stay_exact(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", THIRDS), put(tmp_path, "r.csv", ODD)
    rows = made(tmp_path, "rate", policy, roster)["Ratings"]
    assert rows[0][:5] == ["id", "outcome", "score", "level", "term"]
    assert [str(row[0]).replace("_x005F_", "_") for row in rows[1:]] == list(IDS)
    assert {(row[2], row[3], row[4]) for row in rows[1:]} == {("7/3", 2, "=SUM(A1:A9)")}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (Fraction(17, 4), 4.25),
        (Fraction(13, 3), "13/3"),
        (0, 0),
        (Fraction(-1, 8), -0.125),
        (999_999_999_999_999, 999_999_999_999_999),
        (10**15 + 1, "1000000000000001"),
        (Fraction(1, 10**20), 1e-20),
        ("007", "007"),
        ("a\x00b\x1b\ufffe", "a\ufffdb\ufffd\ufffd"),
        ("two\nlines\tand  blanks ", "two\nlines\tand  blanks "),
    ],
)
def test_a_number_is_a_number_only_where_it_is_kept_exactly(tmp_path: Path, value: Cell, read: Any) -> None:
    with (tmp_path / "b.xlsx").open("wb") as file:
        write_workbook([Sheet("One", ("heading",), [(value,)])], file)
    assert sheets(tmp_path / "b.xlsx") == {"One": [["heading"], [read]]}


def test_the_same_tables_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        write_workbook([Sheet("One", ("a", "b"), [(1, "x"), (None, "y")])], file)
    assert first.getvalue() == second.getvalue()


def test_names_of_sheets_are_possible_and_differ(tmp_path: Path) -> None:
    names = ("A/B: [c]", "a-b- -c-", "", "x" * 40, "x" * 40)
    with (tmp_path / "b.xlsx").open("wb") as file:
        write_workbook([Sheet(name, ("a",), []) for name in names], file)
    found = openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames
    assert len({name.casefold() for name in found}) == len(names)
    assert all(0 < len(name) <= 31 for name in found)


def test_what_a_cell_cannot_hold_is_refused() -> None:
    with pytest.raises(RequestError, match="a cell of a workbook holds 32,767 characters"):
        write_workbook([Sheet("One", ("a",), [("x" * (MOST_SIGNS + 1),)])], io.BytesIO())


def test_csv_and_workbook_hold_the_same_table(tmp_path: Path) -> None:
    table: list[tuple[Cell, ...]] = [("=1", Fraction(1, 3), None), ("b", 5, Fraction(5, 2))]
    text = io.StringIO()
    write_table(Sheet("One", ("x", "y", "z"), table), text)
    assert text.getvalue() == "x,y,z\r\n'=1,'1/3,\r\nb,5,2.5\r\n"


# ---- every study -------------------------------------------------------------------------------------


def test_impact_adds_up_in_every_group(tmp_path: Path) -> None:
    rows = made(tmp_path, "impact", OPM, ROSTER, "--with", BAR, "--with", CAP)["Moves"]
    found, _ = data("impact", OPM, ROSTER, "--with", BAR, "--with", CAP)
    assert rows[0] == ["amendment", "by", "group", "before", "after", "executives"]
    for amendment in ("Raise the bar for Outstanding", "State the cap on high ratings"):
        for by in ("all", "unit", "appointment"):
            assert sum(row[5] for row in rows if row[:2] == [amendment, by]) == found["rows"]
    moved = [row for row in rows if row[1] == "all" and row[3] != row[4]]
    assert moved == [["Raise the bar for Outstanding", "all", None, "level 5", "level 4", 5]]


def test_impact_in_csv_names_everyone_only_where_asked(tmp_path: Path) -> None:
    text = run("impact", OPM, ROSTER, "--with", BAR, "--format", "csv").stdout
    assert "invented-02" not in text
    named = run("impact", OPM, ROSTER, "--with", BAR, "--format", "csv", "--details").stdout
    rows = list(csv.DictReader(io.StringIO(named)))
    assert sum(each["before"] != each["after"] for each in rows) == 5
    assert len({each["id"] for each in rows}) == len(rows)
    key = put(tmp_path, "key.txt", "a long invented key, for tests only")
    hidden = run("impact", OPM, ROSTER, "--with", BAR, "--format", "csv", "--details", "--pseudonyms", key).stdout
    assert "invented-" not in hidden
    assert {each["unit"] for each in csv.DictReader(io.StringIO(hidden))} == {""}


def test_impact_shared_withholds_in_tables_too(tmp_path: Path) -> None:
    book = made(tmp_path, "impact", OPM, ROSTER, "--with", BAR, "--share")
    assert {row[1] for row in book["Moves"][1:]} == {"all"}
    shown = [row[5] for row in book["Moves"][1:]]
    assert all(each == "withheld" or each == 0 or each >= 10 for each in shown)
    assert "withheld" in shown
    assert not any("harbor" in str(cell) for row in book["What this rests on"] for cell in row)


def test_sweep_and_compare_hold_what_their_json_holds(tmp_path: Path) -> None:
    asked = ("sweep", OPM, ROSTER, "--vary", "cut of level 5 over 470, 480")
    found, _ = data(*asked)
    rows = made(tmp_path, *asked)["Sweep"]
    assert [row[:2] for row in rows[1:]] == [
        [int(each["settings"]["cut of level 5"]), each["counts"]["level 5"]] for each in found["variants"]
    ]
    told, _ = data("compare", OPM, "--with", BAR)
    table = made(tmp_path, "compare", OPM, "--with", BAR)["Comparison"]
    assert [[row[3], row[4], row[5]] for row in table[1:]] == [
        [each["from"], each["to"], each["count"]] for each in told["transitions"]
    ]
    text = run("compare", OPM, "--with", BAR, "--format", "csv").stdout
    assert [list(map(plain, row)) for row in table] == list(csv.reader(io.StringIO(text)))


def test_a_cohort_in_a_workbook_rates_as_the_one_in_csv(tmp_path: Path) -> None:
    asked = ("cohort", OPM, "--executives", "40", "--seed", "7", "--output")
    assert run(*asked, tmp_path / "c.csv").exit_code == 0
    assert run(*asked, tmp_path / "c.xlsx").exit_code == 0
    first, second = (data("rate", OPM, tmp_path / name)[0]["ratings"] for name in ("c.csv", "c.xlsx"))
    assert first == second
    assert len(first) == 40


# ---- which form --------------------------------------------------------------------------------------


@pytest.mark.case("outputs by their ending")
@pytest.mark.parametrize(
    ("output", "holds"),
    [
        ("r.csv", b"id,outcome,score"),
        ("r.json", b'"schema": "sespms-rate/1"'),
        ("r.xlsx", b"xl/workbook.xml"),
        ("R.XLSX", b"xl/workbook.xml"),
        ("r.txt", b"2 refused\n"),
        ("r", b"2 refused\n"),
    ],
)
def test_the_ending_of_the_output_says_the_form(tmp_path: Path, output: str, holds: bytes) -> None:
    assert run("rate", OPM, ROSTER, "--output", tmp_path / output).exit_code == 1
    assert holds in (tmp_path / output).read_bytes()


@pytest.mark.case("outputs by their ending")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rate", OPM, ROSTER, "--format", "xlsx"), "a workbook is written to a file"),
        (
            ("rate", OPM, ROSTER, "--format", "text", "--output", "r.xlsx"),
            "ends in `.xlsx`, and what is written is text; name a file that ends in `.txt`, or another `--format`",
        ),
        (("rate", OPM, ROSTER, "--output", "r.html"), "not what `r.html` is by its name"),
        (("cohort", OPM, "--executives", "3", "--output", "r.json"), "not what `r.json` is by its name"),
    ],
)
def test_a_form_that_does_not_fit_is_refused(arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())


def test_what_a_workbook_rests_on_stands_in_it_and_not_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "r.xlsx"
    assert "This report rests on" not in run("rate", OPM, ROSTER, "--output", out).output
    assert any("harbor_commission.csv" in row for row in sheets(out)["What this rests on"])
    assert "This report rests on" in run("rate", OPM, ROSTER, "--format", "csv", "--provenance").stderr
