"""`sespms baseline diff` and `export`: what a change of the law does, and the law as data. All rules are invented."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from cli.running import run
from law.complying import COMPLYING
from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.law.exporting import FORCES

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "baseline-export.schema.json").read_text(encoding="utf-8"))

OLD = """\
baseline "Example rules"
  in force from 2020-01-01 to 2024-12-31

list "Virtues"
  confirmed
  "Patience" includes "Waiting" and "Listening"

requirement "Example 1" "Minimum"
  must state appraisal period: lasts at least 60 days
  confirmed

requirement "Example 2" "Board"
  ask reviewer "Is the board fair?"
  confirmed

requirement "Example 3" "No limit"
  must not have distribution
  confirmed
"""
NEW = """\
baseline "Example rules"
  in force from 2025-01-01

list "Virtues"
  confirmed
  "Patience" includes "Waiting"
  "Courage"

requirement "Example 1" "Minimum"
  must state appraisal period: lasts at least {days} days
  confirmed

requirement "Example 2" "Board"
  ask reviewer "Is the board fair, and does it meet?"
  confirmed
"""


def baseline(*arguments: str) -> Result:
    return run("baseline", *arguments)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Paths of two editions, a stricter third and a system that follows them."""
    texts = {
        "old": OLD,
        "new": NEW.format(days=90),
        "strict": NEW.format(days=120),
        "both": OLD + "\n" + NEW.format(days=90),
        "policy": COMPLYING.replace("  effective", '  follows "Example rules" as of 2024-01-01\n  effective'),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.sespms").write_text(text, encoding="utf-8")
    return {name: str(tmp_path / f"{name}.sespms") for name in texts}


def effects(result: Result) -> dict[str, str]:
    (policy,) = json.loads(result.output)["policies"]
    return {each["citation"]: each["effect"] for each in policy["requirements"]}


def test_files_are_compared_and_what_is_asked_anew_is_no_break(files: dict[str, str]) -> None:
    result = baseline("diff", files["old"], files["new"], files["policy"], "--format", "json")
    assert effects(result) == {"Example 2": "asked anew", "Example 3": "no longer broken"}
    assert result.exit_code == 0


def test_what_breaks_ends_with_1(files: dict[str, str]) -> None:
    result = baseline("diff", files["old"], files["strict"], files["policy"], "--format", "json")
    assert effects(result)["Example 1"] == "breaks"
    assert json.loads(result.output)["policies"][0]["breaks"] is True
    assert result.exit_code == 1
    told = baseline("diff", files["old"], files["strict"], files["policy"])
    assert "breaks in 1; 1 asked anew; 1 no longer broken" in told.output
    assert "  breaks: Example 1: met before, not met after\n" in told.output
    assert told.exit_code == 1


def test_a_limit_that_comes_back_breaks(files: dict[str, str]) -> None:
    result = baseline("diff", files["new"], files["old"], files["policy"], "--format", "json")
    assert effects(result) == {"Example 2": "asked anew", "Example 3": "breaks"}
    assert result.exit_code == 1


def test_without_policies_nothing_breaks(files: dict[str, str]) -> None:
    assert baseline("diff", files["old"], files["strict"]).exit_code == 0


def test_lists_are_compared(files: dict[str, str]) -> None:
    found = json.loads(baseline("diff", files["old"], files["new"], "--format", "json").output)["lists"]
    assert found == [{"name": "Virtues", "gone": ["Patience: Listening"], "new": ["Courage"]}]
    told = baseline("diff", files["old"], files["new"]).output
    assert "changed: list `Virtues`\n  - Patience: Listening\n  + Courage\n" in told
    assert told.endswith("3 requirements and 1 list differ\n")


def test_one_file_may_hold_both_editions(files: dict[str, str]) -> None:
    both = files["both"]
    result = baseline("diff", f"{both} as of 2024-06-30", f"{both} as of 2025-06-30", "--format", "json")
    assert [each["change"] for each in json.loads(result.output)["requirements"]] == ["changed", "changed", "gone"]


def test_a_file_without_an_edition_is_refused(files: dict[str, str]) -> None:
    result = baseline("diff", files["policy"], files["new"])
    assert result.exit_code == 2
    assert "holds no baseline and no overlay to compare" in result.output


def test_a_faulty_file_is_told(files: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "faulty.sespms").write_text(OLD.replace("must not have", "must never have"), encoding="utf-8")
    result = baseline("diff", str(tmp_path / "faulty.sespms"), files["new"])
    assert result.exit_code == 1
    assert "SES0" in result.output


# ---- export ------------------------------------------------------------------------------------------


def exported() -> dict[str, Any]:
    result = baseline("export")
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_the_export_keeps_to_its_published_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    errors = [each.message for each in Draft202012Validator(SCHEMA).iter_errors(exported())]
    assert errors == []


def test_the_schema_names_every_force_and_every_key() -> None:
    assert set(SCHEMA["$defs"]["asks"]["properties"]["force"]["enum"]) == set(FORCES.values())
    edition = exported()["editions"][0]
    assert edition.keys() == SCHEMA["$defs"]["edition"]["properties"].keys()
    assert edition["requirements"][0].keys() == SCHEMA["$defs"]["requirement"]["properties"].keys()


@pytest.mark.parametrize("spoil", ["force", "confidence", "in_force_from"])
def test_the_schema_refuses_what_is_not_so(spoil: str) -> None:
    document = exported()
    requirement = next(each for each in document["editions"][0]["requirements"] if each["asks"])
    (requirement["asks"][0] if spoil == "force" else requirement)[spoil] = "someday"
    assert list(Draft202012Validator(SCHEMA).iter_errors(document))


def test_every_sentence_of_every_edition_is_in_the_export() -> None:
    """Counted in the files themselves, so that no kind of sentence can be passed over."""
    editions = {each["id"]: each for each in exported()["editions"]}
    for name in policy_names("federal"):
        text = policy_path(name).read_text(encoding="utf-8")
        if not re.search(r"^baseline ", text, re.MULTILINE):
            continue
        asked = re.findall(r"^  (?:must|should|may|each) ", text, re.MULTILINE)
        found = editions[Path(name).stem]["requirements"]
        assert sum(len(each["asks"]) for each in found) == len(asked), name
        questions = re.findall(r"^  ask reviewer ", text, re.MULTILINE)
        assert sum(len(each["questions"]) for each in found) == len(questions), name


def test_the_days_are_those_of_the_editions() -> None:
    editions = {each["id"]: each for each in exported()["editions"]}
    statute = editions["5usc-ses"]
    assert (statute["in_force_from"], statute["read_as_of"]) == ("1979-07-13", "2023-04-20")
    by_citation = {each["citation"]: each for each in statute["requirements"]}
    assert by_citation["5 USC 4313(6)"]["in_force_from"] == "2017-12-12"
    assert by_citation["5 USC 5384(b)(3)"]["read_as_of"] == "2009-01-18"
    assert editions["5cfr430c-2015-10-26"]["savings"] == [
        {
            "systems_effective_before": "2015-10-26",
            "until": "2016-10-26",
            "unless_they_follow": "OPM basic system 2012",
        }
    ]
