"""Elements that only the plans have: none is dropped for its heading, and plans that differ stand in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from authoring.test_small_inputs import AVERAGE, BANDS, LEVELS, OUTSIDE
from cli.running import put, run
from rosters.every_engine import in_every_way, program_of

OWN = (
    f'system "Invented agency"\n{OUTSIDE}  has at least 1 critical element\n\n{LEVELS}summary rating\n{AVERAGE}{BANDS}'
)


@pytest.mark.case("headings without level")
@pytest.mark.parametrize(
    "heading", ["Audit", "Audit rating", "Audit Lvl", "Audit (level)", "Rating of Audit", "Audit ratings"]
)
def test_an_element_of_a_plan_is_not_dropped_for_its_heading(heading: str, tmp_path: Path) -> None:
    """Casework at 5 and Audit at 1 are level 3; without Audit it would be level 5."""
    policy = put(tmp_path, "p.sespms", OWN)
    roster = put(tmp_path, "r.csv", f"id,Casework level,{heading}\na,5,1\n")
    told = run("rate", policy, roster)
    assert told.exit_code == 1
    assert "no row was rated" in told.output
    assert "give the column the heading `Audit level`" in told.output
    mended = run("rate", policy, put(tmp_path, "r.csv", "id,Casework level,Audit level\na,5,1\n"), "--format", "json")
    assert [each["level"] for each in json.loads(mended.stdout)["ratings"]] == [3]


@pytest.mark.case("headings without level")
def test_initials_beside_a_term_do_not_hide_that_a_column_holds_levels(tmp_path: Path) -> None:
    """`Unsatisfactory`, `MS` and `FS` were dropped with a warning; initials alone may be degrees."""
    policy, rows = put(tmp_path, "p.sespms", OWN), "a,5,{}\nb,5,MS\nc,5,FS\n"
    told = run("rate", policy, put(tmp_path, "r.csv", "id,Casework level,Audit\n" + rows.format("Unsatisfactory")))
    assert "SES650" in told.output
    told = run("rate", policy, put(tmp_path, "r.csv", "id,Casework level,Degree\n" + rows.format("MS")))
    assert told.exit_code == 0


@pytest.mark.case("headings without level")
@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("Rating (Audit)", "give the column the heading `Audit level`"),
        ("Self rating", "reads as what executives say of themselves"),
        ("Self-assessment", "reads as what executives say of themselves"),
    ],
)
def test_a_heading_leads_to_the_element_or_to_none(heading: str, says: str, tmp_path: Path) -> None:
    told = run(
        "rate",
        put(tmp_path, "p.sespms", OWN),
        put(tmp_path, "r.csv", f"id,Casework level,{heading}\na,5,4\n"),
    )
    assert says in " ".join(told.output.split())


PLANS: tuple[tuple[str, str, list[Any]], ...] = (
    ("csv", "id,Casework level,Audit level\na,5,1\nb,5,not in plan\nc,not in plan,2\n", [3, 5, 2]),
    ("csv", "id,Casework level,Audit level\na,5,1\nb,5,\n", [3, "SES608"]),
    ("csv", "id,element,level\na,Casework,5\na,Audit,1\nb,Casework,5\n", [3, 5]),
    (
        "json",
        (
            '[{"id": "a", "elements": {"Casework": {"level": 5}, "Audit": {"level": 1}}},\n'
            ' {"id": "b", "elements": {"Casework": {"level": 5}}}]\n'
        ),
        [3, 5],
    ),
)


@pytest.mark.case("elements of plans of their own")
@pytest.mark.parametrize(("form", "text", "ends"), PLANS)
def test_plans_with_different_elements_stand_in_one_file(form: str, text: str, ends: list[Any], tmp_path: Path) -> None:
    for way, rows in in_every_way(put(tmp_path, f"r.{form}", text), program_of(OWN)):
        assert [row["level"] or row["refused"][0] for row in rows] == ends, way


@pytest.mark.case("elements of plans of their own")
def test_what_is_no_rating_says_how_a_plan_without_the_element_is_written(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", OWN)
    told = run("rate", policy, put(tmp_path, "r.csv", "id,Casework level,Audit level\na,5,1\nb,5,n/a\n"))
    assert "write `not in plan` where the plan does not have it; leave it empty for not rated" in told.output
