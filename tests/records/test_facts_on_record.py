"""Facts on record: a policy whose formula reads them gives the level that holds of the executive, or says why none."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from cli.running import SMALL, run
from records.invented_years import InventedYear, written
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle.formula import Derived, derived_on_record
from sespms_rules.records.reading import read_year

DAY = "2027-01-31"
FACTS = """facts
  "position type" is one of "general" or "scientific professional"
  "days served" is a whole number from 0 to 366

levels
"""
BANDS = """  score 450 to 500 is level 5
  score 350 to 449 is level 4
  score 250 to 349 is level 3
  score 150 to 249 is level 2
  score 100 to 149 is level 1
"""
OF_FACTS = """  take the first line that fits
  level 2 when "position type" is "scientific professional"
  level 3 when "days served" is less than 120
  level 5 when score is at least 450
  level 4 when score is at least 350
  level 3 when score is at least 250
  level 2 when score is at least 150
  level 1 otherwise
"""
POLICY = SMALL.replace("levels\n", FACTS, 1).replace(BANDS, OF_FACTS)
POLICY = POLICY.replace(
    '  "Leading People" weight 50 rated 3\n',
    '  "position type" is "general"\n  "days served" is 366\n  "Leading People" weight 50 rated 3\n',
)
KNOWN = "E-101,position type,general\nE-101,days served,366\n"


def _program() -> Program:
    compilation = compile_source(Source("small.sespms", POLICY), FolderLibrary())
    assert not [each for each in compilation.diagnostics if each.severity == "error"], compilation.diagnostics
    (program,) = compilation.programs.values()
    return program


def _folder(folder: Path, facts: str | None, level: str = "4") -> Path:
    year = InventedYear("E-101")
    year.acts = [row for row in year.acts if not row.get("about")]
    period = {"period start": "2025-10-01", "period end": "2026-09-30"}
    year.plan = []
    for name in ("Leading People", "Results Driven"):
        year.plan.append({"executive": "E-101", **period, "element": name, "weight": "50"})
        year.add("initial rating", "2026-10-20", "rating official", about=name, level="4")
    year.the("annual rating")["level"] = level
    written(folder, [year])
    if facts is not None:
        (folder / "facts.csv").write_text("executive,fact,value\n" + facts, encoding="utf-8")
    return folder


def _derived(folder: Path) -> Derived:
    (year,) = read_year(folder).years
    return derived_on_record(year, _program(), datetime.date.fromisoformat(DAY))


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (KNOWN, 4),
        ("E-101,Position Type,GENERAL\ne-101,days served,119\n", 3),
        ("E-101,position type,scientific professional\nE-101,days served,366\n", 2),
        (KNOWN + "E-101,days served,366\n", 4),
    ],
)
def test_the_level_is_that_of_those_of_whom_the_facts_are_so(facts: str, level: int, tmp_path: Path) -> None:
    assert _derived(_folder(tmp_path, facts)) == Derived(level)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (None, "the appraisal does not say what `position type` is"),
        ("E-101,position type,general\n", "the appraisal does not say what `days served` is"),
        (KNOWN.replace("366", "367"), "what row 3 of the table `facts` says of `days served` is not"),
        (KNOWN.replace("366", "all"), "what row 3 of the table `facts` says of `days served` is not"),
        (KNOWN.replace("general", "Jane Doe"), "what row 2 of the table `facts` says of `position type` is not"),
        (KNOWN + "E-101,grade,2\n", "row 4 of the table `facts` names a fact that the policy does not declare"),
        (KNOWN + "E-101,days served,100\n", "the appraisal does not say what `days served` is"),
    ],
)
def test_nothing_is_assumed_of_a_fact_that_is_not_clear(facts: str | None, why: str, tmp_path: Path) -> None:
    found = _derived(_folder(tmp_path, facts))
    assert found.level is None
    assert found.why_none.startswith(why)
    assert "Jane" not in found.why_none


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("E-101,days served,366\n", "SES705"),
        ("E-101,days served,100\n", "SES707"),
        ("E-109,days served,100\n", "SES706"),
        ("E-101,,100\n", "SES702"),
        ("E-101,rank,\n", "SES702"),
    ],
)
def test_a_fact_that_cannot_stand_is_told_with_its_row(more: str, code: str, tmp_path: Path) -> None:
    (found,) = read_year(_folder(tmp_path, KNOWN + more)).findings
    assert (found.code, Path(found.place.file).name, found.place.number) == (code, "facts.csv", 4)
    assert found.help


@pytest.mark.parametrize(
    ("facts", "level", "told"),
    [
        (KNOWN, "4", ""),
        (KNOWN.replace("366", "100"), "4", "it is level 4, the formula gives level 3, and no reason is on record"),
        (
            None,
            "4",
            "cannot be compared with what the formula gives: the appraisal does not say what `position type` is",
        ),
    ],
)
def test_cycle_holds_the_annual_rating_against_the_formula_for_these_facts(
    facts: str | None, level: str, told: str, tmp_path: Path
) -> None:
    policy = tmp_path / "small.sespms"
    policy.write_text(POLICY, encoding="utf-8")
    records = _folder(tmp_path / "year", facts, level)
    result = run("cycle", policy, records, "--as-of", DAY, "--format", "json")
    said = json.dumps(json.loads(result.stdout), ensure_ascii=False)
    words = ("the formula gives level", "cannot be compared")
    assert told in said if told else not any(each in said for each in words)


@pytest.mark.parametrize(("table", "leads"), [("executives", True), ("plans", False), ("acts", False)])
def test_a_column_of_a_fact_as_in_a_roster_leads_to_the_table_of_facts(table: str, leads: bool, tmp_path: Path) -> None:
    file = _folder(tmp_path, KNOWN) / f"{table}.csv"
    heading, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([f"{heading},position type", *(f"{row},general" for row in rows)]), encoding="utf-8")
    (found,) = read_year(tmp_path).findings
    assert (found.code, found.column) == ("SES701", "position type")
    assert ("table `facts`" in found.help) is leads
    assert "remove the column" in found.help
