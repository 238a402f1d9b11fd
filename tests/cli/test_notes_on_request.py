"""Notes stand before no result: what rates and studies says how many there are, and `--notes` shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sespms_rules.cli import sespms

ROOT = Path(__file__).resolve().parents[2]
POLICY = str(ROOT / "policies" / "agencies" / "opm_basic.sespms")
ROSTER = str(ROOT / "examples" / "roster.csv")
GAP = """\
system "Example Buoy Service"
  is outside the Senior Executive Service

critical element "Leading People"

critical element "Results Driven"

levels
  level 5 "Outstanding"       5 points
  level 4 "Exceeds"           4 points
  level 3 "Fully Successful"  3 points
  level 2 "Minimal"           2 points
  level 1 "Unsatisfactory"    1 point

weights
  total 100
  are whole numbers
  all at least 20

summary rating
  score is the sum of points times weight
  score 475 to 500 is level 5
  score 400 to 470 is level 4
  score 300 to 399 is level 3
  score 200 to 299 is level 2
  score below 200 is level 1
"""
STUDIES = {
    "rate": ["rate", POLICY, ROSTER],
    "explain": ["explain", POLICY, ROSTER, "--id", "invented-01"],
    "impact": ["impact", POLICY, ROSTER],
    "impact of a table": ["impact", POLICY, ROSTER, "--format", "csv"],
    "two rosters": ["impact", POLICY, ROSTER, "--against", ROSTER],
    "sweep": ["sweep", POLICY, ROSTER, "--vary", "cut of level 5 from 470 to 480 by 5"],
    "cohort": ["cohort", POLICY, "--executives", "3"],
}


@pytest.mark.parametrize("words", STUDIES.values(), ids=STUDIES)
def test_notes_are_counted_and_shown_on_request(words: list[str]) -> None:
    quiet = CliRunner().invoke(sespms, words)
    assert "2 notes on the policy: `--notes` shows them" in quiet.output
    assert "SES248" not in quiet.output
    told = CliRunner().invoke(sespms, [*words, "--notes"])
    assert "SES248" in told.output
    assert "SES253" in told.output
    assert "`--notes`" not in told.output
    assert told.exit_code == quiet.exit_code


def test_a_warning_is_shown_without_asking(tmp_path: Path) -> None:
    (tmp_path / "gap.sespms").write_text(GAP, encoding="utf-8")
    made = CliRunner().invoke(sespms, ["cohort", str(tmp_path / "gap.sespms"), "--executives", "3"])
    assert "warning SES214" in made.stderr
    assert "SES247" not in made.output
    assert "1 note on the policy: `--notes` shows it" in made.stderr
    assert made.exit_code == 0


def test_data_holds_all_notes() -> None:
    told = CliRunner().invoke(sespms, ["impact", POLICY, ROSTER, "--format", "json"])
    assert '"SES248"' in told.stdout
    assert "notes on the policy" not in told.output
