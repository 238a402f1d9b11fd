"""Facts in rosters of every kind: what a cell says, what is refused, and that all engines say the same of it."""

from __future__ import annotations

import csv
import itertools
import json
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from facts.small_policies import drawn
from facts.small_policies import program_of as computed_of
from rosters.every_engine import difference, in_every_way, program_of
from sespms_rules.cli import rating_in_sql
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.rosters.files import open_roster, read_roster
from workbooks import workbook

POLICY = """system "Invented"
  is outside the Senior Executive Service

critical element "A"
critical element "B"

facts
  "position type" is one of "general" or "Scientific Professional"
  "days served" is a whole number from 0 to 366
  "worth" is a number from -1 to 5 with 1 decimal

summary rating
  "base" is the average of points
  score is "base" + "worth" / 10 when "position type" is "general" otherwise "base"
  take the first line that fits
  not rated when "days served" is less than 90
  level 5 when score is at least 4
  level 3 otherwise
"""
HEADINGS = ("id", "Position Type", "days served", "worth", "A level", "B level")

WORDS = (
    "general",
    "GENERAL",
    " scientific  professional",
    "genral",
    "",
    "n/a",
    "1",
    "\u00a0general\u200b",
    "not rated",
)
DAYS = ("280", "90", "89.0", "0", "366", "367", "-1", "280.5", "abc", "", "1e2", "1,000", "280 ", "=1+1", "not in plan")
WORTH = ("2.5", "5", "-1", "-1.1", "0.05", "", "x", "2.50", "5.0000001", "0")


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies, and the reference confirm one rating in fifty."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_ONE_IN", 50)


def _rows() -> list[tuple[str, ...]]:
    cells = itertools.chain(
        itertools.product(WORDS, ("280",), ("2.5",)),
        itertools.product(("general",), DAYS, ("2.5",)),
        itertools.product(("general",), ("280",), WORTH),
        itertools.product(("", "x"), ("", "999"), ("", "9")),
    )
    return [(f"p-{number}", *each, "5", "3") for number, each in enumerate(cells, start=1)]


def _written(folder: Path, kind: str, rows: list[tuple[str, ...]]) -> Path:
    path = folder / f"roster.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *rows])
    elif kind == "xlsx":
        workbook(path, HEADINGS, *([cell or None for cell in row] for row in rows))
    elif kind == "parquet":
        columns = ", ".join(f'unnest(${n}) AS "{heading}"' for n, heading in enumerate(HEADINGS, start=1))
        with duckdb.connect() as database:
            database.execute(f"CREATE TABLE t AS SELECT {columns}", [list(each) for each in zip(*rows, strict=True)])
            database.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    else:
        path.write_text(json.dumps([_record(row) for row in rows]), encoding="utf-8")
    return path


def _record(row: tuple[str, ...]) -> dict[str, Any]:
    names = ("position type", "days served", "worth")
    facts = {name: cell for name, cell in zip(names, row[1:4], strict=True) if cell}
    return {"id": row[0], "facts": facts, "elements": {"A": row[4], "B": {"level": row[5]}}}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "json"])
def test_every_cell_is_read_alike_by_every_engine(tmp_path: Path, kind: str) -> None:
    program = program_of(POLICY)
    roster = _written(tmp_path, kind, _rows())
    assert difference(roster, program) == ""


def test_what_is_missing_or_cannot_be_is_refused_and_never_assumed(tmp_path: Path) -> None:
    program = program_of(POLICY)
    _, found = next(in_every_way(_written(tmp_path, "csv", _rows()), program))
    told = {row["id"]: row["refused"] or row["level"] or row["outcome"] for row in found}
    by_word = dict(zip(WORDS, list(told.values()), strict=False))
    assert by_word == {
        "general": 5,
        "GENERAL": 5,
        " scientific  professional": 5,
        "genral": ["SES621"],
        "": ["SES621"],
        "n/a": ["SES621"],
        "1": ["SES621"],
        "\u00a0general\u200b": 5,
        "not rated": ["SES621"],
    }
    by_days = dict(zip(DAYS, list(told.values())[len(WORDS) :], strict=False))
    assert {days: end for days, end in by_days.items() if end == 5} == {"280": 5, "90": 5, "366": 5, "280 ": 5}
    assert by_days["89.0"] == by_days["0"] == "not rated"
    assert {days for days, end in by_days.items() if end == ["SES621"]} == {"367", "-1", "280.5", ""}
    assert {days for days, end in by_days.items() if end == ["SES636"]} == {
        "abc",
        "1e2",
        "1,000",
        "=1+1",
        "not in plan",
    }


def test_a_roster_without_the_column_is_not_rated(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("id,position typ,days served,worth,A level,B level\np-1,general,280,1,5,3\n")
    (missing,) = [each for each in open_roster(path, program_of(POLICY)).findings if each.severity is Severity.ERROR]
    assert missing.code == "SES632"
    assert "`position type`" in missing.message
    assert "position typ" in missing.help


def test_a_record_with_a_fact_that_the_policy_does_not_declare_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    facts = {"position type": "general", "days served": 280, "worth": "1.5", "grade": "ES-4"}
    path.write_text(json.dumps([{"id": "p-1", "facts": facts, "elements": {"A": 5, "B": 3}}]))
    (row,) = read_roster(path, program_of(POLICY)).rows
    assert row.appraisal is not None
    (refusal,) = rate(program_of(POLICY), row.appraisal).refused
    assert (refusal.code, refusal.about) == ("SES621", "grade")
    assert difference(path, program_of(POLICY)) == ""


@pytest.mark.parametrize("seed", range(4))
def test_drawn_policies_rate_drawn_rosters_alike_in_every_way(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    _, program = computed_of(drawn(seed))
    path = tmp_path / "roster.csv"
    lines = ["id,kind,days,A level,B level"]
    for number in range(200):
        cells = (
            draw.choice(("general", "special", "other", "Other", "oter", "")),
            draw.choice((*"0123456", "7", "", "2.0")),
        )
        lines.append(f"p-{number},{','.join(cells)},{draw.randint(1, 3)},{draw.randint(1, 3)}")
    path.write_text("\n".join(lines) + "\n")
    assert difference(path, program) == ""


def test_a_table_with_a_row_for_each_element_says_a_fact_once_for_each_executive(tmp_path: Path) -> None:
    program = program_of(POLICY)
    path = tmp_path / "roster.csv"
    rows = ("p-1,general,280,2.5,A,5", "p-1,general,280,2.5,B,3", "p-2,general,280,2.5,A,5", "p-2,other,280,2.5,B,3")
    path.write_text("\n".join(["id,position type,days served,worth,element,level", *rows]) + "\n")
    first, second = read_roster(path, program).rows
    assert first.appraisal is not None
    assert rate(program, first.appraisal).level == 5
    assert second.appraisal is None
    assert "`position type`" in second.refusals[0].message
    path.write_text("id,days served,worth,element,level\np-1,280,2.5,A,5\np-1,280,2.5,B,3\n")
    assert "SES632" in {each.code for each in read_roster(path, program).findings}
