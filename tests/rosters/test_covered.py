"""Whom a system leaves out is rated by no engine and counted in no limit, whatever the form of the roster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import ROOT, SMALL, data, put, run

USDA = str(ROOT / "policies" / "agencies" / "usda_ses_2015.sespms")
OFFICE = "Office of Inspector General"
SYSTEM = SMALL.replace(
    "  has exactly 2 critical elements\n",
    f'  covers career and noncareer executives\n  leaves out "{OFFICE}" because "It runs its own system."\n'
    "  has exactly 2 critical elements\n",
)
CAPPED = f"""{SYSTEM}
distribution
  at most 50% of career executives at level 4 or better
"""
HEADINGS = "id,unit,appointment,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
ROWS = (
    ("a", "Ports", "career", 5),
    ("b", OFFICE, "career", 5),
    ("c", "OFFICE  of inspector General", "", 5),
    ("d", "", "", 3),
    ("e", "Ports", "limited term", 5),
    ("f", "Inspector General", "career", 3),
)
REFUSED = {"b", "c", "e"}
CSV = HEADINGS + "".join(f"{key},{unit},{kind},50,{level},50,{level}\n" for key, unit, kind, level in ROWS)


@pytest.mark.case("left-out offices")
@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_every_engine_refuses_them(tmp_path: Path, engine: str) -> None:
    found, code = data("rate", put(tmp_path, "p.sespms", SYSTEM), put(tmp_path, "r.csv", CSV), "--engine", engine)
    assert code == 1
    refused = {each["id"]: each["refused"] for each in found["ratings"] if each["refused"]}
    assert refused == {key: ["SES675"] for key in REFUSED}
    assert [each["level"] for each in found["ratings"]] == [5, None, None, 3, None, 3]


def test_records_are_told_as_records(tmp_path: Path) -> None:
    elements = {name: {"weight": 50, "level": 5} for name in ("Leading People", "Results Driven")}
    keys = ("id", "unit", "appointment")
    records = [
        {key: value for key, value in zip(keys, row[:3], strict=True) if value} | {"elements": elements} for row in ROWS
    ]
    roster = put(tmp_path, "r.json", json.dumps(records))
    told = run("rate", put(tmp_path, "p.sespms", SYSTEM), roster).stdout
    assert f"record 2: `Invented agency` leaves out the unit `{OFFICE}`, because `It runs its own system.`" in told
    assert "record 5: `Invented agency` covers career and noncareer executives, and this one is limited term" in told


@pytest.mark.case("left-out offices")
def test_they_are_in_no_limit_and_leave_none_open(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", CAPPED), put(tmp_path, "r.csv", CSV.replace("d,,,", "d,,career,"))
    told = " ".join(run("impact", policy, roster).stdout.split())
    assert "kept; 1 of 3 career executives is at level 4 or better" in told
    swept = run("sweep", policy, roster, "--vary", "cut of level 5 over 450, 460", "--until", "the cap is kept").stdout
    assert "whose row cannot be read or whom the system is not for: " in swept
    assert "now the agency: kept, 1 of 3 career executives" in swept


@pytest.mark.case("left-out offices")
def test_a_sweep_of_one_appointment_counts_them_as_refused(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", SYSTEM), put(tmp_path, "r.csv", CSV)
    found, _ = data("sweep", policy, roster, "--vary", "cut of level 5 over 450, 460", "--only", "career")
    assert (found["executives"], found["unread_rows"]) == (3, 1)
    assert (found["now"]["refused"], found["unknown_appointment"]) == (1, 2)


def test_a_system_that_says_nothing_of_it_rates_everyone(tmp_path: Path) -> None:
    found, code = data("rate", put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", CSV))
    assert code == 0
    assert all(each["level"] for each in found["ratings"])
