"""What reads as a total, a summary, an earlier year or pay is no element that a plan brings, in any form of roster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import put
from rosters.every_engine import in_every_way, program_of
from rosters.office_rosters import WEIGHED
from sespms_rules.cli import rating_in_sql
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import read_roster
from sespms_rules.rosters.files.not_elements import no_element

OWN = program_of(
    WEIGHED.partition("weights\n")[0].replace("has exactly 2 critical elements", "has 2 to 5 critical elements")
    + """summary rating
  score is the average of points
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
)
NONCRITICAL = """system "Invented agency"
  has exactly 1 critical element
  has 1 to 3 noncritical elements

critical element "Results"

noncritical element "Mentoring"

levels
  level 5 "Outstanding" 5 points equivalent to outstanding
  level 4 "Exceeds" 4 points equivalent to exceeds fully successful
  level 3 "Fully Successful" 3 points equivalent to fully successful
  level 2 "Minimal" 2 points equivalent to minimally satisfactory
  level 1 "Unsatisfactory" 1 point equivalent to unsatisfactory

summary rating
  score is the average of points
  score at least 3.5 is level 5
  score below 3.5 is level 3
"""
MIXED = program_of(NONCRITICAL)
CLOSED = program_of(NONCRITICAL.replace("has 1 to 3 noncritical", "has exactly 1 noncritical"))
HEAD = "id,Leading People level,Results Driven level"


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def rated(path: Path, program: Program) -> list[tuple[str, int | None, list[str]]]:
    """Id, level and codes of each row, which are the same in whatever way the roster is rated."""
    (_, wanted), *others = in_every_way(path, program)
    assert all(found == wanted for _, found in others)
    return [(row["id"], row["level"], row["refused"]) for row in wanted]


NONE = [
    "Summary",
    "Overall",
    "Pay",
    "Final rating",
    "Last year",
    "Average",
    "Rating",
    "Total",
    "Sub-total",
    "FY 2025",
    "FY25 summary rating",
    "2024-2025",
    "Prior-year",
    "Overall results",
    "SES",
]
MAY_BE = [
    "Results",
    "Performance results",
    "Mentoring",
    "Total quality management",
    "Payroll",
    "A",
    "Agency plan",
    "Element 1",
    "Critical element 2",
    "2025 priorities",
    "Leading change",
    "Summary of evidence kept",
]


@pytest.mark.parametrize("name", NONE)
def test_a_column_that_reads_as_no_element_stops_the_roster(tmp_path: Path, name: str) -> None:
    roster = put(tmp_path, "r.csv", f"{HEAD},{name} level\np-1,4,3,3\np-2,4,3,not in plan\n")
    found = read_roster(roster, OWN)
    assert ([each.code for each in found.findings], found.rows) == (["SES650"], ())
    assert "name it in the policy, or give it another name; otherwise remove the column" in found.findings[0].help


@pytest.mark.parametrize("name", MAY_BE)
def test_another_column_is_the_plans_own_and_told(tmp_path: Path, name: str) -> None:
    roster = put(tmp_path, "r.csv", f"{HEAD},{name} level\np-1,4,3,3\np-2,4,3,not in plan\n")
    (told,) = read_roster(roster, OWN).findings
    assert (told.code, told.message) == (
        "SES676",
        f"columns are read as of the plans' own `{name}`, not named in the policy",
    )
    assert rated(roster, OWN) == [("p-1", 3, []), ("p-2", 4, [])]


def test_the_help_for_a_heading_does_not_lead_to_one_that_is_refused(tmp_path: Path) -> None:
    found = read_roster(put(tmp_path, "r.csv", f"{HEAD},Overall rating\np-1,4,3,3\n"), OWN)
    assert [each.code for each in found.findings] == ["SES650"]
    assert "Overall rating level" not in found.findings[0].help


@pytest.mark.case("columns of another kind")
def test_a_column_that_holds_no_levels_is_passed_over_with_a_word(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", f"{HEAD},Pay level\np-1,4,3,ES-3\n")
    assert [each.code for each in read_roster(roster, OWN).findings] == ["SES631"]
    assert rated(roster, OWN) == [("p-1", 4, [])]


@pytest.mark.parametrize("name", NONE)
@pytest.mark.parametrize("level", ["3", "", "not in plan"])
def test_a_row_that_reads_as_no_element_refuses_its_executive(tmp_path: Path, name: str, level: str) -> None:
    rows = f"p-1,Leading People,4\np-1,Results Driven,3\np-1,{name},{level}\np-2,Leading People,4\np-2,Results Driven,3"
    roster = put(tmp_path, "r.csv", f"id,element,level\n{rows}\n")
    assert rated(roster, OWN) == [("p-1", None, ["SES658"]), ("p-2", 4, [])]
    (wrong,) = read_roster(roster, OWN).rows[0].refusals
    assert wrong.message.startswith(f"row 4: `{name}` reads as ")


def test_every_name_that_plans_bring_is_told_of_a_long_table(tmp_path: Path) -> None:
    names = ["Leading People", "Results Driven", *MAY_BE]
    rows = "".join(f"p-{place // 2},{name},4\n" for place, name in enumerate(names))
    (told,) = read_roster(put(tmp_path, "r.csv", f"id,element,level\n{rows}"), OWN).findings[:1]
    assert told.code == "SES654"
    own = told.message.partition("not named in the policy: ")[2]
    assert all(f"`{name}`" in told.message for name in names)
    assert all(f"`{name}`" in own for name in MAY_BE)
    assert "Leading People" not in own


@pytest.mark.parametrize("name", NONE)
def test_a_record_is_refused_too(tmp_path: Path, name: str) -> None:
    elements = {"Leading People": 4, "Results Driven": 3}
    records = [{"id": "p-1", "elements": {**elements, name: 3}}, {"id": "p-2", "elements": elements}]
    assert rated(put(tmp_path, "r.json", json.dumps(records)), OWN) == [("p-1", None, ["SES643"]), ("p-2", 4, [])]


@pytest.mark.parametrize("name", ["Overall", "Total", "Last year"])
def test_what_the_policy_names_is_an_element_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    program = program_of(NONCRITICAL.replace('"Mentoring"', f'"{name}"'))
    assert rated(put(tmp_path, "w.csv", f"id,Results level,{name} level\np-1,4,3\n"), program) == [("p-1", 5, [])]
    roster = put(tmp_path, "l.csv", f"id,element,level\np-1,Results,4\np-1,{name},3\n")
    assert rated(roster, program) == [("p-1", 5, [])]
    records = [{"id": "p-1", "elements": {"Results": 4, name: 3}}]
    assert rated(put(tmp_path, "r.json", json.dumps(records)), program) == [("p-1", 5, [])]


@pytest.mark.parametrize("name", [*NONE, "TOTAL", " Grand  Total: ", "Median score", "Mean"])
def test_no_element(name: str) -> None:
    assert no_element(name)


# ---- what is critical is for the policy to say -----------------------------------------------------


@pytest.mark.parametrize(
    ("results", "mentoring", "is_rated"),
    [
        ("", "", True),
        ("yes", "no", True),
        ("YES", "", True),
        ("", " No ", True),
        ("no", "", False),
        ("NO", "no", False),
        ("", "yes", False),
    ],
)
@pytest.mark.parametrize("program", [MIXED, CLOSED], ids=["open", "closed"])
def test_a_cell_that_contradicts_the_policy_refuses_the_executive(
    tmp_path: Path, program: Program, results: str, mentoring: str, is_rated: bool
) -> None:
    wanted = [("p-1", 5, []) if is_rated else ("p-1", None, ["SES640"]), ("p-2", 5, [])]
    head = "id,Results level,Results critical,Mentoring level,Mentoring critical\n"
    wide = put(tmp_path, "w.csv", f"{head}p-1,4,{results},3,{mentoring}\np-2,4,,3,\n")
    assert rated(wide, program) == wanted
    rows = f"p-1,Results,4,{results}\np-1,Mentoring,3,{mentoring}\np-2,Results,4,\np-2,Mentoring,3,\n"
    assert rated(put(tmp_path, "l.csv", f"id,element,level,critical\n{rows}"), program) == wanted


@pytest.mark.parametrize(("results", "mentoring"), [(False, None), (None, True), (False, True)])
def test_a_record_that_contradicts_the_policy_is_refused(
    tmp_path: Path, results: bool | None, mentoring: bool | None
) -> None:
    given = {"Results": {"level": 4, "critical": results}, "Mentoring": {"level": 3, "critical": mentoring}}
    roster = put(tmp_path, "r.json", json.dumps([{"id": "p-1", "elements": given}]))
    ((key, level, codes),) = rated(roster, MIXED)
    assert (key, level, set(codes)) == ("p-1", None, {"SES643"})


def test_the_refusal_says_cell_and_policy(tmp_path: Path) -> None:
    roster = put(tmp_path, "l.csv", "id,element,level,critical\np-1,Results,4,no\np-1,Mentoring,3,yes\n")
    assert [each.message for each in read_roster(roster, MIXED).rows[0].refusals] == [
        "row 2, column `critical`: it says `no` of `Results`, which the policy names among its critical elements",
        "row 3, column `critical`: it says `yes` of `Mentoring`, which the policy names among its noncritical elements",
    ]
