"""A unit that may be one that the system leaves out is told, by every way of reading. All names are invented."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from cli.running import SMALL, put, run
from rosters.every_engine import program_of
from sespms_rules.cli import rating_in_sql
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import open_roster
from sespms_rules.rosters.files.coverage import units_like_those_left_out

HEADINGS = "id,unit,Leading People weight,Leading People level,Results Driven weight,Results Driven level"
POLICY = SMALL.replace(
    "  has exactly 2", '  leaves out "Office of Inspector General" because "It has its own."\n  has exactly 2'
)


def _leaving_out(*units: str) -> Program:
    return replace(program_of(SMALL), left_out=tuple((each, "") for each in units))


@pytest.mark.parametrize(
    ("left_out", "unit"),
    [
        ("Office of Inspector General", "Inspector General"),
        ("Office of Inspector General", "Office of the Inspector General"),
        ("Office of Inspector General", "OIG"),
        ("Office of Inspector General", "O.I.G."),
        ("Office of Inspector General", "IG"),
        ("Office of Inspector General", "OIG / Audits"),
        ("Office of Inspector General", "Offce of Inspecter General"),
        ("OIG", "Office of Inspector General"),
        ("HQ", "HQ Annex"),
        ("Rivers and Harbors Division", "Harbors and Rivers"),
    ],
)
def test_a_unit_that_may_be_one_left_out_is_told(left_out: str, unit: str) -> None:
    assert list(units_like_those_left_out(["Ports", unit], _leaving_out(left_out))) == [(unit, left_out)]


@pytest.mark.parametrize(
    ("left_out", "unit"),
    [
        ("Office of Inspector General", "office of  inspector GENERAL"),
        ("Office of Inspector General", "Office of General Counsel"),
        ("Office of Inspector General", "Ports"),
        ("Region 1", "Region 2"),
        ("Region 1", "Region 11"),
        ("Eastern Region", "Western Region"),
        ("Northern Ports", "Southern Ports"),
        ("Office", "Office of Ports"),
    ],
)
def test_one_that_is_left_out_or_another_is_not_told(left_out: str, unit: str) -> None:
    assert list(units_like_those_left_out([unit], _leaving_out(left_out))) == []


def _written(folder: Path, ending: str, units: list[str]) -> Path:
    rows = [[f"e-{number}", unit, 50, 4, 50, 4] for number, unit in enumerate(units)]
    path = folder / f"roster{ending}"
    if ending == ".json":
        elements = {name: {"weight": 50, "level": 4} for name in ("Leading People", "Results Driven")}
        path.write_text(json.dumps([{"id": row[0], "unit": row[1], "elements": elements} for row in rows]), "utf-8")
        return path
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS.split(","), *rows])
    if ending == ".parquet":
        duckdb.sql(f"COPY (FROM read_csv('{folder / 'roster.csv'}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
    return path


def _told(found: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in found]


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".json"])
def test_every_way_of_reading_tells_it(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    program = program_of(POLICY)
    roster = _written(tmp_path, ending, ["Ports", "OIG", "Office of Inspector General", "Ports", "Rivers"])
    says = (
        "the unit `OIG` is rated, and `Invented agency` leaves out `Office of Inspector General`, which may be the same"
        " unit"
    )
    by_rows = open_roster(roster, program)
    assert [row.appraisal is None for row in by_rows.rows] == [False, False, True, False, False]
    assert _told(by_rows.told()) == [("SES668", says)]
    if by_rows.blocks is not None:
        in_blocks = open_roster(roster, program)
        assert in_blocks.blocks is not None
        assert list(in_blocks.blocks())
        assert _told(in_blocks.told()) == _told(by_rows.told())
    if (by_sql := rating_in_sql.rating_from_file(roster, program)) is not None:
        with by_sql:
            assert len(list(by_sql.rated())) == 5
            assert _told(by_sql.told()) == _told(by_rows.told())
    assert (by_sql is None) == (ending == ".json")


def test_the_command_tells_it_and_rates_the_row(tmp_path: Path) -> None:
    roster = _written(tmp_path, ".csv", ["OIG", "Ports"])
    found = run("rate", put(tmp_path, "p.sespms", POLICY), roster)
    assert "warning SES668 unit-like-one-left-out" in found.stdout
    assert found.stdout.count("Better") == 2
