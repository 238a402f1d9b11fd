"""Headings as offices write them are never taken for a column, and each is led to the one it most probably means."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import run
from sespms_rules.rosters.files.other_headings import means, own_column

HEADINGS = (
    ("Employee ID", "id", ()),
    ("Emp. No.", "id", ()),
    ("ID Number", "id", ()),
    ("Appointment Type", "appointment", ()),
    ("Organization", "unit", ()),
    ("Leading Change Rating", "rating", ("Leading Change",)),
    ("Leading Change - Rating", "rating", ("Leading Change",)),
    ("Rating: Leading Change", "rating", ("Leading Change",)),
    ("leading change (score)", "rating", ("Leading Change",)),
    ("Leading Change", "rating", ("Leading Change",)),
    ("Weight of Leading Change", "weight", ("Leading Change",)),
    ("Leading Change Weight (%)", "weight", ("Leading Change",)),
    ("Leading Change %", "weight", ("Leading Change",)),
    ("Goals - Port Safety rating", "rating", ("Goals", "Port Safety")),
)


@pytest.mark.parametrize(("heading", "holds", "path"), HEADINGS)
def test_a_heading_means_the_column_that_offices_use_it_for(heading: str, holds: str, path: tuple[str, ...]) -> None:
    assert means(heading, holds, path)


@pytest.mark.parametrize(("heading", "holds", "path"), HEADINGS)
def test_and_no_other(heading: str, holds: str, path: tuple[str, ...]) -> None:
    others = {(h, p) for _, h, p in HEADINGS} - {(holds, path)}
    assert not any(means(heading, *other) for other in others)


@pytest.mark.parametrize(
    "heading",
    ["FY 2024 Leading Change Rating", "Leading Changes Rating", "Previous Rating", "Grade", "Supervisor ID", ""],
)
def test_what_may_be_something_else_is_left(heading: str) -> None:
    assert own_column(heading) is None
    assert not means(heading, "rating", ("Leading Change",))


POLICY = """system "Example"
  is outside the Senior Executive Service
  has exactly 1 critical element

critical element "Leading Change"

levels
  level 5 "Outstanding" 5 points
  level 3 "Fully Successful" 3 points
  level 1 "Unsatisfactory" 1 point

summary rating
  score is the average of points
  score at least 5 is level 5
  score at least 2 and below 5 is level 3
  score below 2 is level 1
"""


def rated(tmp_path: Path, roster: str) -> tuple[int, str]:
    policy, table = tmp_path / "policy.sespms", tmp_path / "roster.csv"
    policy.write_text(POLICY, encoding="utf-8")
    table.write_text(roster, encoding="utf-8")
    result = run("rate", str(policy), str(table))
    return result.exit_code, result.stdout + result.stderr


def test_each_help_that_is_followed_lets_the_roster_be_rated(tmp_path: Path) -> None:
    code, said = rated(tmp_path, "Employee ID,Leading Change Rating\np-1,5\n")
    assert code == 1
    assert "if `Employee ID` is meant to be it, give that column the heading `id`" in said
    assert "give that column the heading `Leading Change level`" in said
    code, said = rated(tmp_path, "id,Leading Change level\np-1,5\n")
    assert code == 0
    assert "Outstanding" in said


def test_a_column_of_the_executive_is_offered_its_heading_once(tmp_path: Path) -> None:
    _, said = rated(tmp_path, "id,Leading Change level,Bureau\np-1,5,x\n")
    assert "if it holds the unit of the executive, give it the heading `unit`; otherwise it is not needed" in said
    _, said = rated(tmp_path, "id,Leading Change level,Bureau,unit\np-1,5,x,y\n")
    assert "remove the column if it is not needed" in said


def test_where_ratings_are_missing_no_column_of_ratings_is_called_needless(tmp_path: Path) -> None:
    _, said = rated(tmp_path, "id,LX level\np-1,5\n")
    assert "if it is one of the columns that are missing, give it the heading of that one; otherwise remove it" in said


def test_initials_of_an_element_are_offered_as_it(tmp_path: Path) -> None:
    _, said = rated(tmp_path, "id,LC level\np-1,5\n")
    assert "if `LC level` is meant to be it, give that column the heading `Leading Change level`" in said


def test_of_two_columns_that_may_be_meant_neither_is_offered_before_the_other(tmp_path: Path) -> None:
    """The first may be the year before; whoever followed the help would have it rated."""
    for first, second in (("2025", "2026"), ("(final)", "(draft)")):
        one, other = f"Leading Change level {first}", f"Leading Change level {second}"
        _, said = rated(tmp_path, f"id,{one},{other}\np-1,3,5\n")
        assert f"give the heading `Leading Change level` to the one of `{one}` and `{other}` that is meant" in said
        assert "is meant to be it" not in said
    _, said = rated(tmp_path, "id,Leading Change level 2026\np-1,5\n")
    assert "if `Leading Change level 2026` is meant to be it" in said
