"""A policy with an example that fails: told loudly, and studied all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sespms_rules.cli import sespms

POLICY = """system "Example Canal Office"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Locks"

critical element "Banks"

levels
  level 3 "High" 3 points
  level 2 "Fair" 2 points
  level 1 "Low"  1 point

summary rating
  score is the lowest of points
  score exactly 3 is level 3
  score exactly 2 is level 2
  score exactly 1 is level 1

guarantees
  every appraisal gets exactly one level

scenario "Meant otherwise"
  "Locks" rated 3
  "Banks" rated 2
  expect level 3
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "canal.sespms"
    path.write_text(POLICY)
    (tmp_path / "canal.csv").write_text("id,Locks level,Banks level\na,3,2\nb,1,1\n")
    return path


@pytest.mark.case("failing examples that stop")
@pytest.mark.parametrize(
    ("words", "done"),
    [
        (["prove"], "proved     every appraisal gets exactly one level"),
        (["prove", "--format", "json"], '"verdict": "proved"'),
        (["test", "--mutate"], "unnoticed; this scenario would notice it"),
        (["count"], "by the line that decides"),
        (["impact"], "2 executives: each is in exactly one place"),
        (["impact", "--format", "json"], '"distribution"'),
    ],
)
def test_the_work_is_done_and_the_failure_told(policy: Path, words: list[str], done: str) -> None:
    roster = [str(policy.with_suffix(".csv"))] if "impact" in words else []
    result = CliRunner().invoke(sespms, [words[0], str(policy), *roster, *words[1:]])
    assert result.exit_code == 1
    assert "SES501" in result.output
    assert "the scenario expects level 3, and the policy gives level 2" in result.output
    assert done in result.output


@pytest.mark.case("failing examples that stop")
@pytest.mark.parametrize("words", [["prove"], ["test", "--mutate"], ["impact"]])
def test_any_other_error_still_stops_them(policy: Path, words: list[str]) -> None:
    policy.write_text(POLICY.replace("score exactly 2", "score exactly 3"))
    roster = [str(policy.with_suffix(".csv"))] if "impact" in words else []
    result = CliRunner().invoke(sespms, [words[0], str(policy), *roster, *words[1:]])
    assert result.exit_code == 1
    assert "SES215" in result.output
    assert "proved     every" not in result.output
