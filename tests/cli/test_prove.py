"""`sespms prove`: verdicts as text and as data, the sentence that is asked, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from cli.running import OPM, ROOT
from sespms_rules.cli import sespms

ASKED = "level 5 needs no critical element below level 3"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(sespms, ["prove", *arguments])
    return result.exit_code, result.output


def test_the_guarantees_of_opm_and_of_its_baseline_are_proved() -> None:
    code, text = run(OPM)
    assert code == 0
    assert "14 guarantees: 14 proved, 0 refuted, 0 undecided" in text
    assert "a proof covers all 963,618,750 possible appraisals under 308,358 plans" in text
    assert "           asked for by 5 CFR 430.305(a)(5), method" in text


def test_a_refuted_sentence_shows_a_scenario_and_ends_with_1() -> None:
    code, text = run(OPM, "--guarantee", ASKED)
    assert code == 1
    assert f"refuted    {ASKED}" in text
    assert f'    scenario "Breaks: {ASKED}"' in text
    assert '      "Leading Change"       weight 5   rated 2' in text
    assert "      expect score 485" in text


def test_verdicts_as_data() -> None:
    code, text = run(OPM, "--guarantee", ASKED, "--format", "json")
    data = json.loads(text)
    assert code == 1
    assert data["schema"] == "sespms-prove/1"
    (verdict,) = data["verdicts"]
    assert verdict["guarantee"] == ASKED
    assert verdict["verdict"] == "refuted"
    assert verdict["covers"] == {"plans": 308_358, "appraisals": 963_618_750}
    (appraisal,) = verdict["counterexample"]["appraisals"]
    assert (appraisal["score"], appraisal["level"], appraisal["outcome"]) == ("485", 5, "rated")
    assert appraisal["elements"][0] == {"name": "Leading Change", "weight": "5", "rating": "2"}
    assert verdict["counterexample"]["scenario"].startswith("scenario ")
    assert isinstance(verdict["seconds"], int | float)


def test_a_sentence_that_is_no_guarantee_is_refused() -> None:
    code, text = run(OPM, "--guarantee", "level 5 needs no critical elements")
    assert code == 2
    assert "is no guarantee" in text


def test_a_policy_with_errors_is_not_proved(tmp_path: Path) -> None:
    policy = tmp_path / "faulty.sespms"
    policy.write_text('system "Invented agency"\n  has exactly 2 critical elemnts\n', encoding="utf-8")
    code, text = run(str(policy))
    assert code == 1
    assert "error SES" in text
    assert "nothing was proved, because the policy has an error" in text
    assert text.count("proved") == 1


def test_a_policy_without_guarantees_says_so(tmp_path: Path) -> None:
    shape = ROOT / "policies" / "shapes" / "shape_09_majority.sespms"
    policy = tmp_path / "shape.sespms"
    policy.write_text(shape.read_text(encoding="utf-8"), encoding="utf-8")
    code, text = run(str(policy))
    assert code == 0
    assert "there is no guarantee to prove" in text
