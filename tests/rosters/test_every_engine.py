"""Rosters as offices keep them, rated in every way: the four engines, and SQL from the file, agree on each row."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from nights import NIGHTLY, at_depth
from rosters.every_engine import compared, from_file, in_every_way, program_of
from rosters.office_rosters import POLICIES, office_roster
from sespms_rules.cli import rating_in_sql

WANTED = at_depth(150, 400, 334_000)
"""How many rows are compared of each of three policies: a million by night. Blank rows are none."""

ROWS = 4_000 if NIGHTLY else 120


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies, and the reference confirm one rating in fifty."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_ONE_IN", 50)


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", POLICIES)
def test_office_rosters_are_rated_alike_in_every_way(
    tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    """Ratings, refusals with their words, ids, row numbers and scores are the same."""
    draw = random.Random(f"offices {name}")
    program = program_of(POLICIES[name])
    roster = tmp_path / "roster.csv"
    rows = taken_by_sql = 0
    while rows < WANTED:
        text = office_roster(draw, name, ROWS, draw.choice((0, 0.05, 0.3, 0.9)))
        roster.write_text(text, encoding="utf-8", newline="")
        seen, differs = compared(roster, program)
        assert not differs, text
        rows += seen
        taken_by_sql += from_file(roster, program) is not None
    record_property("rows compared", rows)
    assert taken_by_sql


def test_the_rosters_have_what_offices_put_into_them(tmp_path: Path) -> None:
    """The generator makes every refusal and note that it is there for, and rows that are rated."""
    draw = random.Random(646)
    found: set[str] = set()
    for name in POLICIES:
        program = program_of(POLICIES[name])
        for _ in range(6):
            roster = tmp_path / "roster.csv"
            roster.write_text(office_roster(draw, name, 150), encoding="utf-8", newline="")
            _, rows = next(in_every_way(roster, program))
            found |= {code for row in rows for code in row["refused"] or [row["outcome"]]}
    assert found >= {"rated", "SES608", "SES634", "SES635", "SES636", "SES637", "SES638", "SES639", "SES640"}
    assert found >= {"SES647", "SES648", "SES651"}
