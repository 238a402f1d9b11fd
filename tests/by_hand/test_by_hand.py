"""Systems that are invented here, with unusual rules, rated by every engine and by hand from their English meaning."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path

import pytest

from by_hand.first_systems import FIRST
from by_hand.fourth_systems import FOURTH
from by_hand.plans import as_rows, drawn
from by_hand.second_systems import SECOND
from by_hand.systems import Invented
from by_hand.third_systems import THIRD
from nights import at_depth
from rosters.every_engine import in_every_way
from sespms_rules.cli import rating_in_sql
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

SYSTEMS = (*FIRST, *SECOND, *THIRD, *FOURTH)
PLANS = at_depth(20, 60, 2_000)


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.name)
def test_every_engine_says_what_a_person_works_out(tmp_path: Path, system: Invented) -> None:
    compilation = compile_source(Source("invented.sespms", system.text))
    wrong = [each.message for each in compilation.diagnostics if each.code < "SES2" and each.severity is Severity.ERROR]
    assert not wrong, wrong
    (program,) = compilation.programs.values()
    draw = random.Random(f"by hand {system.name}")
    plans = [drawn(draw, system.about) for _ in range(PLANS)]
    roster = tmp_path / "roster.csv"
    with roster.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(as_rows(system.about, plans))
    wanted = [system.by_hand(plan) for plan in plans]
    for engine, rows in in_every_way(roster, program):
        for plan, row, (level, score) in zip(plans, rows, wanted, strict=True):
            about = (engine, plan, row)
            found = row["level"] or ("no level" if row["outcome"] == "rated" else row["outcome"].replace("_", " "))
            assert found == level, (about, level, score)
            if score is not None:
                assert row["score"] is not None, (about, score)
                assert Fraction(row["score"]) == score, (about, score)
            for name, value in system.reported(plan).items():
                assert Fraction(row["reported"][name]) == value, (about, name, value)
    assert len({level for level, _ in wanted}) > 1 or "gives no level" in system.text
