"""The same executives in every way in which offices keep them: each has the level of the plain file, or is refused."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import pytest

from nights import at_depth
from rosters.every_engine import by_engine, in_every_way, program_of
from rosters.odd_files import WAYS, Way
from rosters.office_rosters import OWN_ELEMENTS, WEIGHED, plans, wide_rows
from sespms_rules.cli import rating_in_sql
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import read_roster

DRAWN = at_depth(1, 3, 40)
PLAIN = at_depth(WAYS[:1], WAYS)
"""Beside which ways the plain file itself is rated by every engine, and not by the reference alone."""
POLICIES = {"weighed": WEIGHED, "own elements": OWN_ELEMENTS}


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def drawn(draw: random.Random, policy: str) -> list[list[str]]:
    rows = wide_rows(plans(draw, policy, draw.randint(3, 12)))
    ids = {f"e-{number}": f"\u00e9-{number}" for number in range(len(rows))} if draw.random() < 0.5 else {}
    return [rows[0], *([ids.get(row[0], row[0]), *row[1:]] for row in rows[1:])]


def rated(roster: Path, program: Program) -> list[tuple[str, int | None]]:
    """Id and level of each row, which every way of rating must give alike."""
    (_, wanted), *others = in_every_way(roster, program)
    for way, found in others:
        assert found == wanted, way
    return levels(wanted)


def levels(rows: list[dict[str, Any]]) -> list[tuple[str, int | None]]:
    return [(row["id"], row["level"]) for row in rows]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("way", WAYS, ids=lambda each: each.name)
def test_no_way_of_keeping_a_roster_gives_another_level(tmp_path: Path, way: Way, policy: str) -> None:
    program = program_of(POLICIES[policy])
    draw = random.Random(f"odd files {way.name} {policy}")
    for _ in range(DRAWN):
        rows = drawn(draw, policy)
        plain = tmp_path / "plain.csv"
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        plain.write_text(text.getvalue(), encoding="utf-8", newline="")
        wanted = rated(plain, program) if way in PLAIN else levels(by_engine(plain, program, "reference"))
        roster = way.write(tmp_path, rows)
        if way.unread:
            with pytest.raises(UnreadableFileError, match=way.unread):
                read_roster(roster, program)
            return
        found = rated(roster, program)
        if way.same:
            assert [level for _, level in found] == [level for _, level in wanted], rows
            continue
        assert found or read_roster(roster, program).findings, rows
        for (_, level), (_, sound) in zip(found, wanted, strict=bool(found)):
            assert level in (None, sound), rows
