"""An amendment adds, merges or drops an element: every study answers by the amended text, or says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import put, run

BASE = """system "Invented Buoy Office"
  is outside the Senior Executive Service
  has exactly 3 critical elements

critical element "Leading People"

critical element "Results"

critical element "Stewardship"

levels
  level 5 "Outstanding" 5 points
  level 3 "Successful" 3 points
  level 1 "Unsatisfactory" 1 point

summary rating
  score is the average of points
  score at least 4 is level 5
  score at least 2 and below 4 is level 3
  score below 2 is level 1
  any critical element at level 1 makes the rating level 1

guarantees
  every appraisal gets exactly one level
"""
HEAD = """amendment "Other elements"
  amends "Invented Buoy Office"
  because "Trial."

system
  strike has exactly 3 critical elements
  insert has exactly {} critical elements

"""
DROP = 'strike critical element "Stewardship"\n\n'
CHANGES = {
    "add": HEAD.format(4) + 'critical element "Safety"\n',
    "drop": HEAD.format(2) + DROP,
    "merge": HEAD.format(2) + DROP + 'strike critical element "Results"\n\ncritical element "Mission"\n',
}
POSSIBLE = {"add": 3**4, "drop": 3**2, "merge": 3**2}
ELEMENTS = {
    "add": ("Leading People", "Results", "Stewardship", "Safety"),
    "drop": ("Leading People", "Results"),
    "merge": ("Leading People", "Mission"),
}


@pytest.fixture(autouse=True)
def in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name files as they lie in the folder of the test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=[*CHANGES])
def change(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    put(tmp_path, "base.sespms", BASE)
    name = str(request.param)
    put(tmp_path, "change.sespms", CHANGES[name])
    headings = ",".join(f"{each} level" for each in ELEMENTS[name])
    marks = ",".join("5" for _ in ELEMENTS[name])
    put(tmp_path, "r.csv", f"id,{headings}\nN-1,{marks}\nN-2,1{marks[1:]}\n")
    return name


@pytest.mark.case("amendments of elements")
def test_count_and_prove_go_over_the_amended_plans(change: str) -> None:
    counted = run("count", "base.sespms", "--with", "change.sespms")
    assert counted.exit_code == 0
    assert f"{POSSIBLE[change]} possible appraisals" in counted.output
    proved = run("prove", "base.sespms", "--with", "change.sespms")
    assert proved.exit_code == 0
    assert f"a proof covers all {POSSIBLE[change]} possible appraisals" in proved.output


def test_explain_sweep_cohort_and_sql_read_the_amended_elements(change: str) -> None:
    by = ("--with", "change.sespms")
    explained = run("explain", "base.sespms", "r.csv", "--id", "N-1", *by)
    assert "level 5, Outstanding" in explained.output
    assert all(f"{each}: level 5" in explained.output for each in ELEMENTS[change])
    swept = run("sweep", "base.sespms", "r.csv", "--vary", "cut of level 5 over 4, 4.5", *by)
    assert "2 executives, 2 variants" in swept.output
    made = run("cohort", "base.sespms", "--executives", "3", *by)
    assert "id,appointment,unit," + ",".join(f"{each} level" for each in ELEMENTS[change]) in made.output
    query = run("sql", "base.sespms", *by)
    assert all(f'"{each} level"' in query.output for each in ELEMENTS[change])
    assert ('"Stewardship level"' in query.output) is (change == "add")


@pytest.mark.parametrize("engine", ["reference", "columnar", "durable", "sql"])
def test_every_engine_rates_by_the_amended_elements(change: str, engine: str) -> None:
    rated = run("rate", "base.sespms", "r.csv", "--engine", engine, "--with", "change.sespms")
    assert "2 rows: 2 rated, 0 not rated, 0 refused" in rated.output
    assert [line.split()[2] for line in rated.output.splitlines() if line.startswith("N-")] == ["5", "1"]


@pytest.mark.case("amendments of elements")
def test_compare_counts_each_over_its_own_appraisals(change: str) -> None:
    mapped = ("--map", "Results=Mission") if change == "merge" else ()
    told = run("compare", "base.sespms", "--with", "change.sespms", *mapped).output
    assert "old: 27 possible appraisals" in told
    assert f"new: {POSSIBLE[change]} possible appraisals" in told
    assert "the counts say nothing of who would move" in told


def test_a_roster_without_the_new_element_is_told_and_nobody_is_rated(tmp_path: Path) -> None:
    put(tmp_path, "base.sespms", BASE)
    put(tmp_path, "change.sespms", CHANGES["add"])
    put(tmp_path, "r.csv", "id,Leading People level,Results level,Stewardship level\nN-1,5,5,5\n")
    told = run("impact", "base.sespms", "r.csv", "--with", "change.sespms")
    assert told.exit_code == 1
    assert "the roster has no column `Safety level`" in told.output
    assert "It cannot be compared" in told.output
    assert "every table of levels" not in told.output


AMENDED_HEAD = """amendment "A fourth element"
  amends "Invented Buoy Office"
  because "Trial."
  strike has exactly 3 critical elements
  insert has exactly 4 critical elements

critical element "Safety"
"""


@pytest.mark.case("amendments of elements")
def test_one_help_leads_from_the_head_of_an_amendment_to_the_system(tmp_path: Path) -> None:
    put(tmp_path, "base.sespms", BASE)
    put(tmp_path, "change.sespms", AMENDED_HEAD)
    told = run("check", "change.sespms").output
    assert told.count("write `system`, without a name, on a line of its own") == 2
    moved = AMENDED_HEAD.replace("  strike has", "\nsystem\n  strike has")
    put(tmp_path, "change.sespms", moved)
    assert run("check", "change.sespms").exit_code == 0
