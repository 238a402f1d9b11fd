"""Rosters that were reported with what was said of them, or with whom they rated: what comes of them today."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from cli.running import data, put, run
from rosters.every_engine import program_of
from sespms_rules.rosters.files import read_roster
from workbooks import workbook

POLICY = """system "Example Buoy Office"
  has exactly 3 critical elements

critical element "Leading People"

critical element "Results"

critical element "Stewardship"

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

summary rating
  score is the average of points
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
  any critical element at level 1 makes the rating level 1
"""
PROGRAM = program_of(POLICY)
HEADINGS = ("id", "Leading People level", "Results level", "Stewardship level")
LINE = ",".join(HEADINGS) + "\n"
WITH_UNITS = LINE.replace("id,", "id,unit,appointment,")


def in_form(folder: Path, form: str, *rows: tuple[object, ...]) -> Path:
    """A roster of these rows, as a workbook or as CSV with quotation marks where a cell has several lines."""
    if form == "xlsx":
        return workbook(folder / "r.xlsx", *rows)
    lines = (",".join(f'"{cell}"' if "\n" in str(cell) else str(cell) for cell in row) for row in rows)
    return put(folder, "r.csv", "\n".join(lines) + "\n")


# ---- what stands around the table ------------------------------------------------------------------


@pytest.mark.case("headings over two lines")
@pytest.mark.parametrize("above", [(), (("Ratings of 2026",),)], ids=["at the top", "below a title"])
def test_a_slip_in_a_heading_of_two_lines_stands_in_the_row_of_the_headings(
    tmp_path: Path, above: tuple[tuple[str, ...], ...]
) -> None:
    """It was told of row 3, two rows below the only row of headings."""
    headings = (*HEADINGS[:3], "Stewardshp\nlevel")
    found = read_roster(in_form(tmp_path, "xlsx", *above, headings, ("a", 4, 4, 3)), PROGRAM).findings
    (one,) = [each for each in found if each.code == "SES632"]
    assert (one.span.line, one.span.text) == (1 + len(above), "Stewardshp level")
    assert one.help == ("if `Stewardshp level` is meant to be it, give that column the heading `Stewardship level`")


@pytest.mark.case("headings over two lines")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_headings_of_two_lines_are_read(tmp_path: Path, form: str) -> None:
    headings = tuple(each.replace(" level", "\nlevel") for each in HEADINGS)
    roster = read_roster(in_form(tmp_path, form, headings, ("a", 4, 4, 3), ("b", 4, 4, 9)), PROGRAM)
    assert roster.findings == ()
    assert [(row.number, row.id, row.appraisal is not None) for row in roster.rows] == [(2, "a", True), (3, "b", True)]


@pytest.mark.case("notes beside a table")
@pytest.mark.parametrize(
    ("note", "says"),
    [
        (("b", 4, 4, 4, None, "call back"), "what stands in column F, in row 3, has no heading and is not read"),
        (("b", 4, 4, 4, "call back"), "what stands in column E, in row 3, has no heading and is not read"),
        (
            ("b", 4, 4, 4, None, None, None, 17),
            "what stands in column H, in row 3, has no heading and is not read",
        ),
    ],
)
def test_a_note_in_a_workbook_costs_its_row_no_rating(tmp_path: Path, note: tuple[object, ...], says: str) -> None:
    roster = read_roster(workbook(tmp_path / "r.xlsx", HEADINGS, ("a", 4, 4, 3), note), PROGRAM)
    assert [(each.code, each.message) for each in roster.findings] == [("SES652", says)]
    assert [row.refusals for row in roster.rows] == [(), ()]


# ---- one name, one unit ----------------------------------------------------------------------------


def _in_two_ways(text: str) -> tuple[str, str]:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != apart
    return composed, apart


@pytest.mark.case("one letter in two ways")
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_accent_beside_its_letter_makes_no_other_executive_and_no_other_column(tmp_path: Path, form: str) -> None:
    element, other = _in_two_ways("\u00c9quit\u00e9")
    key, same = _in_two_ways("\u00c9va")
    program = program_of(POLICY.replace("Stewardship", element))
    if form == "json":
        rated = {"Leading People": 4, "Results": 4, other: 3}
        path = put(tmp_path, "r.json", json.dumps([{"id": each, "elements": rated} for each in (key, same)]))
    else:
        path = in_form(tmp_path, form, (*HEADINGS[:3], f"{other} level"), (key, 4, 4, 3), (same, 4, 4, 5))
    roster = read_roster(path, program)
    assert roster.findings == ()
    assert [[each.code for each in row.refusals] for row in roster.rows] == [[], ["SES635"]]


@pytest.mark.case("one letter in two ways")
@pytest.mark.case("units spelled in several ways")
def test_an_accent_beside_its_letter_makes_no_other_unit(tmp_path: Path) -> None:
    rows = "".join(f"p-{place},{unit},career,4,4,3\n" for place, unit in enumerate(_in_two_ways("R\u00e9gion")))
    roster = read_roster(put(tmp_path, "r.csv", WITH_UNITS + rows), PROGRAM)
    assert [row.appraisal.unit for row in roster.rows if row.appraisal] == ["R\u00e9gion", "R\u00e9gion"]


@pytest.mark.case("units spelled in several ways")
def test_a_unit_in_several_spellings_is_held_to_a_limit_as_one(tmp_path: Path) -> None:
    """By hand: (13 + 9 + 13 + 9 + 9) / 3 over 5 is 53/15, which keeps to 3.65; of three units two were above it."""
    limits = POLICY + "\ndistribution\n  average score at most 3.65 in each unit\n  is rounded down to whole numbers\n"
    units = ("Ports", "PORTS", "Ports ", "ports", "Port s", "Ports\u200b")
    rows = (f"p-{n},{unit},career,{'5,4,4' if n % 2 == 0 else '3,4,2'}\n" for n, unit in enumerate(units))
    roster = put(tmp_path, "r.csv", WITH_UNITS + "".join(rows))
    told = " ".join(run("impact", put(tmp_path, "p.sespms", limits), roster).output.split())
    assert "the unit `Ports` is also written `PORTS` and `ports`, and is read as one unit" in told
    kept = "unit `Ports`, `average score at most 3.65 in each unit`: kept; the average score of 5 executives is 53/15"
    assert kept in told
    assert "unit `Port s`, `average score at most 3.65 in each unit`: exceeded" in told


@pytest.mark.case("numbers sorted as words")
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            ("Region 9", "Region 10", "Region 2", "9", "10"),
            ["9", "10", "Region 2", "Region 9", "Region 10"],
        ),
        (("Unit 1.10", "Unit 1.9", "Unit 1.2"), ["Unit 1.2", "Unit 1.9", "Unit 1.10"]),
        (("100 North", "20 North", "3 North"), ["3 North", "20 North", "100 North"]),
        (("B-12", "B-2", "A-100"), ["A-100", "B-2", "B-12"]),
    ],
)
def test_units_stand_in_the_order_of_their_numbers(tmp_path: Path, given: tuple[str, ...], shown: list[str]) -> None:
    rows = "".join(f"p-{place},{unit},career,4,4,3\n" for place, unit in enumerate(given))
    policy, roster = put(tmp_path, "p.sespms", POLICY), put(tmp_path, "r.csv", WITH_UNITS + rows)
    found, _ = data("rate", policy, roster, "--by", "unit")
    (by,) = found["by"]
    assert [each["group"] for each in by["groups"]] == shown


# ---- what is of another year -----------------------------------------------------------------------


@pytest.mark.case("columns of another kind")
@pytest.mark.parametrize(
    ("record", "element", "code"),
    [({"Prior rating": 5}, {}, "SES642"), ({"ids": 7}, {}, "SES642"), ({}, {"prior level": 2}, "SES645")],
)
def test_no_key_of_json_is_offered_that_is_there(
    tmp_path: Path, record: dict[str, object], element: dict[str, object], code: str
) -> None:
    """Whoever followed it would have the key twice, and a record that is refused."""
    elements = {"Leading People": 4, "Results": {"level": 4, **element}, "Stewardship": 3}
    roster = read_roster(put(tmp_path, "r.json", json.dumps([{"id": "a", **record, "elements": elements}])), PROGRAM)
    told = [(each.code, each.help) for each in roster.findings]
    told += [(each.code, each.help) for each in roster.rows[0].refusals]
    assert told == [(code, "remove the key if it is not needed")]


# ---- what is said of an engine ---------------------------------------------------------------------

WEIGHED = POLICY.replace("summary rating\n", "weights\n  total 100\n\nsummary rating\n").replace(
    "the average of points\n", "the average of points by weight\n"
)
LARGE = 10**30
TOO_LARGE = {
    "a weight": ((LARGE, 4), 1, "1 row holds numbers too large for {}; the reference alone rated it"),
    "a level": ((30, LARGE), 1, "1 row holds numbers too large for {}; the reference alone rated it"),
    "two rows": ((LARGE, 4), 2, "2 rows hold numbers too large for {}; the reference alone rated them"),
}


@pytest.mark.case("counts of what is too large")
@pytest.mark.parametrize("engine", ["columnar", "sql"])
@pytest.mark.parametrize(("cells", "times", "says"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_the_rows_that_an_engine_cannot_hold_are_counted_and_no_others(
    tmp_path: Path, cells: tuple[int, int], times: int, says: str, engine: str
) -> None:
    headings = "id," + ",".join(f"{each[:-6]} weight,{each}" for each in HEADINGS[1:]) + "\n"
    rows = "".join(f"p-{place},30,4,40,5,30,4\n" for place in range(15))
    rows += "".join(f"q-{place},{cells[0]},{cells[1]},40,5,30,4\n" for place in range(times))
    policy, roster = put(tmp_path, "p.sespms", WEIGHED), put(tmp_path, "r.csv", headings + rows)
    result = run("rate", policy, roster, "--engine", engine)
    assert f"sespms: {says.format(engine)}\n" in result.stderr
    assert f"{15 + times} rows: 15 rated, 0 not rated, {times} refused" in result.stdout
