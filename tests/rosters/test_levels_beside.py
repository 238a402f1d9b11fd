"""Levels with something beside their number: never read unasked, and help names the level that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosters.programs import TWO
from sespms_rules.rosters.files import read_roster

LINE = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"


def _help(path: Path, cell: str) -> str:
    roster = path / "r.csv"
    roster.write_text(f'{LINE}p-1,40,"{cell}",60,5\n', encoding="utf-8")
    (row,) = read_roster(roster, TWO).rows
    (refusal,) = row.refusals
    assert (row.appraisal, refusal.code) == (None, "SES636")
    assert f"`{cell}` is neither a number nor the term of a level" in refusal.message
    return refusal.help


@pytest.mark.parametrize(
    "cell",
    ["4 - Exceeds", "4 \u2013 Exceeds", "4 (Exceeds)", "4: exceeds", "4=Exceeds", "Level 4 (Exceeds)", "Exceeds (4)",
     "Exceeds - 4", "Exceeds: level 4", "L4", "l 4", "Lvl 4", "L-4", "4 (level 4)"],
)  # fmt: skip
def test_the_level_that_is_meant_is_named(tmp_path: Path, cell: str) -> None:
    assert _help(tmp_path, cell) == "write `4` if level 4 is meant; leave it empty for not rated"


@pytest.mark.parametrize(
    ("cell", "named", "other"), [("4 - Minimal", "Minimal", 2), ("Outstanding (4)", "Outstanding", 5)]
)
def test_two_levels_in_a_cell_are_told(tmp_path: Path, cell: str, named: str, other: int) -> None:
    says = f"it names level 4 and, by `{named}`, level {other}: write the one that is meant"
    assert says in _help(tmp_path, cell)


@pytest.mark.parametrize("cell", ["L7", "7 - Exceeds", "4 - of the board", "4 - 5 -", "G4", "4 or 5"])
def test_a_level_that_is_not_said_is_not_offered(tmp_path: Path, cell: str) -> None:
    assert "is meant" not in _help(tmp_path, cell)
