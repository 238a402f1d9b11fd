"""`sespms count`: exact numbers as text and as data, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from cli.running import BROKEN, OPM, ROOT, SMALL, run

LESSON = str(ROOT / "policies" / "lessons" / "doi_uncovered_profiles.sespms")
OPM_2025 = str(ROOT / "policies" / "agencies" / "opm_2025.sespms")


def test_opm_2012_to_the_last_appraisal() -> None:
    result = run("count", OPM)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "963,618,750 possible appraisals: 308,358 plans, each rated in 3,125 ways" in said
    assert "level 5 Outstanding 3,435,194 0.36 %" in said
    assert "score 475 to 500 is level 5 3,435,194 0.36 %" in said
    assert "405,508 appraisals get level 5 with an element at level 2" in said


def test_a_scenario_that_is_shown_passes(tmp_path: Path) -> None:
    """What is shown below a finding can be pasted into the policy, and passes."""
    policy = tmp_path / "small.sespms"
    policy.write_text(SMALL, encoding="utf-8")
    data = json.loads(run("count", policy, "--format", "json").stdout)
    scenarios = [each["scenario"] for each in data["systems"][0]["noticed"] if each["scenario"]]
    assert scenarios
    policy.write_text("\n\n".join([SMALL.strip(), *scenarios]) + "\n", encoding="utf-8")
    result = run("test", policy)
    assert result.exit_code == 0, result.output
    assert f"{1 + len(scenarios)} scenarios: {1 + len(scenarios)} passed" in result.stdout


def test_as_data() -> None:
    data = json.loads(run("count", LESSON, "--format", "json").stdout)
    assert data["schema"] == "sespms-count/1"
    assert {each["code"] for each in data["findings"]} >= {"SES245"}
    last = data["systems"][-1]
    assert (last["plans"], last["vectors"], last["appraisals"]) == (1, 3_125, 3_125)
    assert last["refused"] == [{"code": "SES612", "cases": 665}]
    assert sum(each["cases"] for each in last["levels"]) + 665 == 3_125
    assert sum(each["cases"] for each in last["lines"]) + 665 == 3_125
    gap = last["noticed"][0]
    assert (gap["code"], gap["name"], gap["cases"]) == ("SES245", "profile-without-level", 665)
    assert "expect refused SES612" in gap["scenario"]


def test_weights_with_fractions_cannot_be_counted_unless_they_are_taken_as_whole() -> None:
    result = run("count", OPM_2025)
    assert result.exit_code == 1
    assert "not counted: the weight of `Faithful Administration" in result.stdout
    assert "may have fractions" in result.stdout
    data = json.loads(run("count", OPM_2025, "--whole-weights", "--format", "json").stdout)
    assert data["systems"][0]["plans"] == 3_876


def test_a_policy_that_cannot_be_read_is_not_counted(tmp_path: Path) -> None:
    policy = tmp_path / "broken.sespms"
    policy.write_text(BROKEN, encoding="utf-8")
    result = run("count", policy)
    assert result.exit_code == 1
    assert "error SES" in result.output
    assert "not counted: it has errors" in result.output


def test_a_file_without_a_system(tmp_path: Path) -> None:
    policy = tmp_path / "none.sespms"
    policy.write_text("# nothing but a note\n", encoding="utf-8")
    result = run("count", policy)
    assert result.exit_code != 0
    assert "has no system" in result.output or "error SES" in result.output
