"""Rosters as offices keep them: titles, footers, terms, ids, notes beside the table. All of them are invented."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import put, run
from rosters.every_engine import in_every_way, program_of
from rosters.office_rosters import FILLED_UP, OWN_ELEMENTS, WEIGHED
from sespms_rules.cli import rating_in_sql
from sespms_rules.foundation.spelling import in_order
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Outcome, Rating
from sespms_rules.reports.ratings import CsvOfRatings, RatedRow, as_data
from sespms_rules.rosters.files import Roster, read_roster
from workbooks import workbook

HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
LINE = ",".join(HEADINGS) + "\n"
PROGRAMS = {
    name: program_of(text) for name, text in (("weighed", WEIGHED), ("filled", FILLED_UP), ("own", OWN_ELEMENTS))
}
NOT_RATED = FILLED_UP.replace(
    "  score is the sum", "  not rated when every element is not rated\n  score is the sum", 1
)


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def rated(path: Path, program: Program) -> list[tuple[str, int | None, list[str]]]:
    """Id, level and codes of each row, in whatever way the roster is rated."""
    (_, wanted), *others = in_every_way(path, program)
    assert all(found == wanted for _, found in others)
    return [(row["id"], row["level"], row["refused"]) for row in wanted]


def codes(roster: Roster) -> list[str]:
    return [each.code for each in roster.findings]


def book(path: Path, *rows: Sequence[object], change: Any = None) -> Path:
    return workbook(path, *rows, change=change)


# ---- where the headings stand ----------------------------------------------------------------------


@pytest.mark.case("titles above the headings")
@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("Ratings of 2026\n", 2),
        ("Ratings of 2026,,,,\n,,,,\n", 3),
        ("Office,Harbor\nunit,North\n\n", 4),
        ("sep=,\n", 2),
        ('"sep=,"\nRatings\n', 3),
    ],
)
def test_headings_below_a_title_are_found_and_told(tmp_path: Path, above: str, row: int) -> None:
    roster = put(tmp_path, "r.csv", above + LINE + "p-1,40,4,60,5\n")
    (finding,) = read_roster(roster, PROGRAMS["weighed"]).findings
    assert (finding.code, finding.message) == (
        "SES646",
        f"the headings stand in row {row}; what stands above them is not read",
    )
    assert finding.span.line == row
    assert rated(roster, PROGRAMS["weighed"]) == [("p-1", 5, [])]
    table = [line.split(",") for line in above.splitlines()] if "sep" not in above else []
    if table:
        made = book(tmp_path / "r.xlsx", *table, HEADINGS, ("p-1", 40, 4, 60, 5))
        (finding,) = read_roster(made, PROGRAMS["weighed"]).findings
        assert (finding.code, finding.span.line) == ("SES646", row)


@pytest.mark.case("titles above the headings")
def test_a_stated_delimiter_is_taken(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", "sep=;\n" + (LINE + "p-1,40,4,60,5\n").replace(",", ";"))
    assert rated(roster, PROGRAMS["weighed"]) == [("p-1", 5, [])]


def test_the_first_row_holds_the_headings_where_it_has_ids(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", "id,name\n" + LINE + "p-1,40,4,60,5\n")
    assert "SES646" not in codes(read_roster(roster, PROGRAMS["weighed"]))


@pytest.mark.case("titles above the headings")
def test_a_missing_column_below_a_title_is_named_at_its_place(tmp_path: Path) -> None:
    headings = [each.replace("Results Driven level", "Result Driven level") for each in HEADINGS]
    found = read_roster(book(tmp_path / "r.xlsx", ("Ratings",), (), headings), PROGRAMS["weighed"]).findings
    assert [(each.code, each.span.line, each.span.text) for each in found if each.code == "SES632"] == [
        ("SES632", 3, "Result Driven level")
    ]


@pytest.mark.case("headings over two lines")
def test_a_heading_over_two_lines_stands_in_one_row(tmp_path: Path) -> None:
    headings = [each.replace("Driven level", "Driven\nlevl") for each in HEADINGS]
    found = read_roster(book(tmp_path / "r.xlsx", headings), PROGRAMS["weighed"]).findings
    assert [(each.span.line, each.span.text) for each in found] == [(1, "Results Driven levl")]


@pytest.mark.case("titles above the headings")
def test_the_sheet_whose_headings_stand_below_a_title_is_the_roster(tmp_path: Path) -> None:
    def beside(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("Read me").append(["What the columns mean"])

    made = book(tmp_path / "r.xlsx", ("Ratings",), HEADINGS, ("p-1", 40, 4, 60, 5), change=beside)
    assert rated(made, PROGRAMS["weighed"]) == [("p-1", 5, [])]


# ---- rows that are nobody's ------------------------------------------------------------------------


@pytest.mark.case("rows that nobody rated")
@pytest.mark.parametrize(
    "key", ["Total", "TOTALS:", "Grand total", "Subtotal", "Average", "Average of all", "Prepared by HR", "Note: draft"]
)
def test_a_row_below_the_table_is_never_rated(tmp_path: Path, key: str) -> None:
    for program in PROGRAMS.values():
        roster = put(tmp_path, "r.csv", f"{LINE}p-1,40,4,60,5\n{key},50,4,50,4\n")
        assert rated(roster, program) == [("p-1", 5, []), (key, None, ["SES648"])]


@pytest.mark.parametrize("key", ["Totality", "T-1", "Sumner", "Meany", "Counts", "Noteworthy"])
def test_an_id_that_only_looks_like_a_total_is_an_executive(tmp_path: Path, key: str) -> None:
    assert rated(put(tmp_path, "r.csv", f"{LINE}{key},40,4,60,5\n"), PROGRAMS["weighed"]) == [(key, 5, [])]


@pytest.mark.case("rows that nobody rated")
@pytest.mark.parametrize("cells", ["40,,60,", "40,not rated,60,NOT  RATED", "40,\u00a0,60,\u200b"])
def test_a_row_without_any_rating_gets_no_level(tmp_path: Path, cells: str) -> None:
    roster = put(tmp_path, "r.csv", f"{LINE}p-1,{cells}\np-2,40,4,60,\n")
    assert rated(roster, PROGRAMS["filled"]) == [("p-1", None, ["SES647"]), ("p-2", 3, [])]
    assert rated(roster, PROGRAMS["weighed"])[0] == ("p-1", None, ["SES608", "SES608"])
    elements = {name: {"weight": 50} for name in ("Leading People", "Results Driven")}
    record = put(tmp_path, "r.json", json.dumps([{"id": "p-1", "elements": elements}]))
    assert rated(record, PROGRAMS["filled"]) == [("p-1", None, ["SES647"])]


def test_a_policy_that_says_not_rated_is_heard(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", f"{LINE}p-1,40,,60,\n")
    (row,) = next(in_every_way(roster, program_of(NOT_RATED)))[1]
    assert row["outcome"] == "not rated"


# ---- levels in words -------------------------------------------------------------------------------


def test_terms_of_the_policy_are_levels_and_told_once(tmp_path: Path) -> None:
    rows = "p-1,40,exceeds,60,Outstanding\np-2,40,LEVEL 4,60,Exceeds\n"
    rows += "p-3,40,fully  successful,60,Level 9\np-4,40,Super,60,4\n"
    roster = put(tmp_path, "r.csv", LINE + rows)
    assert rated(roster, PROGRAMS["weighed"]) == [
        ("p-1", 5, []), ("p-2", 4, []), ("p-3", None, ["SES609"]), ("p-4", None, ["SES636"]),
    ]  # fmt: skip
    (finding,) = read_roster(roster, PROGRAMS["weighed"]).findings
    assert finding.code == "SES649"
    assert "`exceeds` as 4, `Outstanding` as 5, `LEVEL 4` as 4" in finding.message


def test_terms_are_levels_in_json_and_workbooks_too(tmp_path: Path) -> None:
    elements = {"Leading People": {"level": "Exceeds", "weight": 40}, "Results Driven": "Level 5"}
    record = put(tmp_path, "r.json", json.dumps([{"id": "p-1", "elements": elements}]))
    found = read_roster(record, PROGRAMS["weighed"])
    assert found.rows[0].appraisal is not None
    assert [each.rating for each in found.rows[0].appraisal.elements] == [4, 5]
    assert codes(found) == ["SES649"]
    assert (
        rated(book(tmp_path / "r.xlsx", HEADINGS, ("p-1", 40, "Exceeds", 60, "Level 5")), PROGRAMS["weighed"])[0][1]
        == 5
    )


def test_a_term_of_two_levels_is_not_guessed_at(tmp_path: Path) -> None:
    from sespms_rules.foundation.values import replace

    program = replace(PROGRAMS["weighed"], terms=((5, "Good"), (4, "good"), (3, "Fair")))
    found = read_roster(put(tmp_path, "r.csv", f"{LINE}p-1,40,Good,60,Fair\n"), program)
    assert [each.code for each in found.rows[0].refusals] == ["SES636"]


def test_what_a_plan_does_not_have_is_said_in_words(tmp_path: Path) -> None:
    found = read_roster(put(tmp_path, "r.csv", f"{LINE}p-1,n/a,N/A,60,4\n"), PROGRAMS["own"])
    assert [each.help for each in found.rows[0].refusals] == [
        "write `not in plan` where the plan does not have it; leave it empty for not rated",
        "write `not in plan` where the plan does not have it",
    ]


# ---- columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("cells", [("1", "5"), ("Outstanding", ""), ("not rated", "Level 2"), ("5.0", "not in plan")])
def test_a_column_of_levels_that_nothing_reads_stops_where_plans_have_their_own(
    tmp_path: Path, cells: tuple[str, str]
) -> None:
    headings = LINE.strip() + ",Audit\n"
    roster = put(tmp_path, "r.csv", f"{headings}p-1,40,4,60,5,{cells[0]}\np-2,40,4,60,5,{cells[1]}\n")
    found = read_roster(roster, PROGRAMS["own"])
    assert (codes(found)[0], found.rows) == ("SES650", ())
    assert found.findings[0].help.startswith("if `Audit` is an element, give the column the heading `Audit level`")
    assert codes(read_roster(roster, PROGRAMS["weighed"])) == ["SES631"]


@pytest.mark.parametrize("cells", [("1", "seen"), ("", ""), ("12", "3"), ("2026-03-04", "")])
def test_another_column_only_is_named(tmp_path: Path, cells: tuple[str, str]) -> None:
    headings = LINE.strip() + ",Audit\n"
    roster = put(tmp_path, "r.csv", f"{headings}p-1,40,4,60,5,{cells[0]}\np-2,40,4,60,5,{cells[1]}\n")
    assert codes(read_roster(roster, PROGRAMS["own"])) == ["SES631"]


PLAIN = program_of(WEIGHED.split("weights\n")[0] + "summary rating\n  score is the average of points\n" + "".join(
    f"  score {line}\n" for line in ("at least 3.5 is level 5", "below 3.5 is level 4")
))  # fmt: skip


@pytest.mark.case("columns of another kind")
@pytest.mark.parametrize(("name", "offered"), [("weighed", "Leading People weight"), ("plain", "")])
def test_a_column_of_weights_is_offered_only_where_the_policy_uses_them(
    tmp_path: Path, name: str, offered: str
) -> None:
    """Weights that a policy does not use refuse every row: a heading is not to be made one of them."""
    headings = "id,Leading People,Leading People level,Results Driven level\n"
    roster = put(tmp_path, "r.csv", f"{headings}p-1,9,4,5\n")
    program = PROGRAMS.get(name, PLAIN)
    said = [each for each in read_roster(roster, program).findings if "`Leading People`" in each.message + each.help]
    if not offered:
        assert [each.help for each in said] == ["remove the column if it is not needed"]
        assert rated(roster, program) == [("p-1", 5, [])]
        return
    assert said
    assert all(offered in each.help for each in said)


# ---- ids -------------------------------------------------------------------------------------------


@pytest.mark.case("ids that a spreadsheet changed")
@pytest.mark.parametrize(
    ("value", "shown_as", "key"),
    [
        (12, "00000", "00012"),
        (12, "General", "12"),
        (12, "@", "12"),
        ("00012", "General", "00012"),
        (1234567, "0", "1234567"),
        (12, "#,##0.00", None),
        (12, "000-000", None),
        (1234567890123456, "0", None),
        (1.5, "0", None),
        (0.5, "0%", None),
        (True, "General", None),
        (datetime.date(2026, 3, 4), "yyyy-mm-dd", None),
        (datetime.time(12, 30), "General", None),
    ],
)
def test_an_id_of_a_workbook_is_as_it_is_shown_or_refused(
    tmp_path: Path, value: object, shown_as: str, key: str | None
) -> None:
    def show(sheet: Worksheet) -> None:
        if shown_as != "General":
            sheet["A2"].number_format = shown_as

    found = rated(book(tmp_path / "r.xlsx", HEADINGS, (value, 40, 4, 60, 5), change=show), PROGRAMS["weighed"])
    assert found == [("", None, ["SES651"]) if key is None else (key, 5, [])]


@pytest.mark.case("ids that a spreadsheet changed")
@pytest.mark.parametrize("key", ["1.23457E+15", "1e5", "9E+15"])
def test_an_id_that_a_spreadsheet_shortened_is_refused(tmp_path: Path, key: str) -> None:
    assert rated(put(tmp_path, "r.csv", f"{LINE}{key},40,4,60,5\n"), PROGRAMS["weighed"]) == [(key, None, ["SES651"])]


@pytest.mark.case("ids that a spreadsheet changed")
def test_a_number_of_json_that_lost_its_digits_is_not_sent_to_a_column(tmp_path: Path) -> None:
    record = put(tmp_path, "r.json", '[{"id": 1.5e+20, "elements": {}}, {"id": "2e9", "elements": {}}]')
    found = [row.refusals[0] for row in read_roster(record, PROGRAMS["weighed"]).rows]
    assert [each.code for each in found] == ["SES651", "SES651"]
    assert {each.help for each in found} == {"write all its digits, in quotation marks"}


@pytest.mark.case("ids that a spreadsheet changed")
@pytest.mark.parametrize(
    ("value", "says"),
    [
        (datetime.time(3, 4), "the id is the time `03:04:00`"),
        (datetime.date(2026, 3, 4), "the id is the date `2026-03-04`"),
    ],
)
def test_a_time_is_not_called_a_date(tmp_path: Path, value: object, says: str) -> None:
    (row,) = read_roster(book(tmp_path / "r.xlsx", HEADINGS, (value, 40, 4, 60, 5)), PROGRAMS["weighed"]).rows
    assert [each.message for each in row.refusals] == [f"row 2: {says}, which a spreadsheet may have made of it"]


@pytest.mark.parametrize("key", ["00012", "TRUE", "2026-03-04", "12345678901234567890", "1E", "é-1"])
def test_an_id_of_a_text_file_is_kept(tmp_path: Path, key: str) -> None:
    assert rated(put(tmp_path, "r.csv", f"{LINE}{key},40,4,60,5\n"), PROGRAMS["weighed"]) == [(key, 5, [])]


@pytest.mark.case("one letter in two ways")
def test_two_ids_that_look_the_same_are_one(tmp_path: Path) -> None:
    rows = "e\u0301va,40,4,60,5\n\u00e9va,40,1,60,1\nan\u200bn,40,4,60,5\nann,40,1,60,1\n"
    assert [each[2] for each in rated(put(tmp_path, "r.csv", LINE + rows), PROGRAMS["weighed"])] == [
        [], ["SES635"], [], ["SES635"],
    ]  # fmt: skip


def test_explain_refuses_an_id_that_stands_in_several_rows(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", WEIGHED)
    roster = put(tmp_path, "r.csv", f"{LINE}p-1,40,4,60,5\np-2,40,4,60,5\np-1,40,1,60,1\n")
    result = run("explain", policy, roster, "--id", "p-1")
    assert result.exit_code == 2
    assert "the id `p-1` stands in several rows" in result.stderr
    assert "(2 and 4)" in result.stderr
    assert run("explain", policy, roster, "--id", "p-2").exit_code == 0
    put(tmp_path, "r.csv", LINE + "p-1,40,4,60,5\n" * 1_500)
    assert "(2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1,490 more)" in run("explain", policy, roster, "--id", "p-1").stderr


# ---- units and names -------------------------------------------------------------------------------


@pytest.mark.case("units spelled in several ways")
def test_a_unit_spelled_in_several_ways_is_one_and_told(tmp_path: Path) -> None:
    rows = "".join(
        f"p-{n},{unit},40,4,60,5\n" for n, unit in enumerate(("Ports", "PORTS", "ports\u200b", "Po rts", ""))
    )
    found = read_roster(put(tmp_path, "r.csv", LINE.replace("id,", "id,unit,") + rows), PROGRAMS["weighed"])
    assert [row.appraisal.unit for row in found.rows if row.appraisal] == ["Ports", "Ports", "Ports", "Po rts", None]
    assert [(each.code, each.message) for each in found.findings] == [
        ("SES653", "the unit `Ports` is also written `PORTS` and `ports`, and is read as one unit")
    ]


@pytest.mark.case("numbers sorted as words")
def test_units_are_sorted_as_people_sort_them() -> None:
    units = ["Region 10", "10", "region 2", "9", "Region 9", "Bay", "Region 002b", "9" * 5_000]
    assert sorted(units, key=in_order) == [
        "9",
        "10",
        "9" * 5_000,
        "Bay",
        "region 2",
        "Region 002b",
        "Region 9",
        "Region 10",
    ]


@pytest.mark.case("one letter in two ways")
def test_headings_are_compared_as_they_are_seen(tmp_path: Path) -> None:
    policy = OWN_ELEMENTS.replace("Results Driven", "E\u0301quite\u0301")
    headings = LINE.replace("Results Driven", "\u00c9quit\u00e9").replace(
        "Leading People level", "Leading\u200b People level"
    )
    assert rated(put(tmp_path, "r.csv", f"{headings}p-1,40,4,60,5\n"), program_of(policy)) == [("p-1", 5, [])]


# ---- results ---------------------------------------------------------------------------------------


def test_a_refused_row_shows_no_score_whoever_rated_it(tmp_path: Path) -> None:
    from fractions import Fraction

    came_far = Rating("p-1", Outcome.REFUSED, Fraction(5), 4, "Exceeds", reported=(("code", "X"),))
    shown = as_data(RatedRow(2, "p-1", came_far))
    assert (shown["score"], shown["level"], shown["term"], shown["reported"]) == (None, None, None, {})
    with (tmp_path / "out.csv").open("w+", encoding="utf-8", newline="") as file:
        CsvOfRatings(("code",), file).rows([RatedRow(2, "p-1", came_far)])
        file.seek(0)
        assert file.read().splitlines()[1] == "p-1,refused,,,,,,"


@pytest.mark.case("counts of what is too large")
def test_only_the_rows_with_numbers_too_large_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"p-{n},40,4,60,5\n" for n in range(15)) + f"p-x,40,4,{10**30},5\n"
    policy, roster = put(tmp_path, "p.sespms", WEIGHED), put(tmp_path, "r.csv", LINE + rows)
    result = run("rate", policy, roster, "--engine", "columnar")
    assert "sespms: 1 row holds numbers too large for columnar; the reference alone rated it" in result.stderr
