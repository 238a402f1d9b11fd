"""What cannot be decided is said to be undecided, with the reason: in text, in data, in the report, never as proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from prove.test_guarantees import asked_of, compiled
from sespms_rules.cli import sespms
from sespms_rules.proofs.solver import Status

# Whether whole weights make this score is a question of the kind that no solver answers soon.
HARD = """system "Invented agency"
  has exactly 5 critical elements

critical element "A"

critical element "B"

critical element "C"

critical element "D"

critical element "E"

levels
  level 5 "Outstanding"               85569 points
  level 4 "Exceeds Fully Successful"  61119 points
  level 3 "Fully Successful"          36674 points
  level 2 "Minimally Satisfactory"    12224 points
  level 1 "Unsatisfactory"            12223 points

weights
  total 2000
  are whole numbers

summary rating
  take the first line that fits
  score is the sum of points times weight
  score exactly 89643481 is level 5
  level 4 when score is at least 120000000
  level 3 when score is at least 90000000
  level 2 when score is at least 60000000
  level 1 otherwise
{guarantees}"""

# Two unknown numbers, multiplied: no linear arithmetic.
PRODUCT = """system "Invented agency"
  has exactly 2 critical elements

critical element "A"
  rated on a scale of 0 to 10

critical element "B"
  rated on a scale of 0 to 10

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

summary rating
  take the first line that fits
  score is the points of "A" * the points of "B"
  score at least 80 is level 5
  level 4 when score is at least 60
  level 3 when score is at least 40
  level 2 when score is at least 20
  level 1 otherwise
{guarantees}"""

REACHED, RISES = "every level can be reached", "a better rating never lowers the result"


def written(policy: str, words: str, folder: Path) -> str:
    """A policy with one guarantee, in a file."""
    file = folder / "invented.sespms"
    file.write_text(policy.format(guarantees=f"\nguarantees\n  {words}\n"), encoding="utf-8")
    return str(file)


def test_the_time_limit_that_was_hit_is_said() -> None:
    verdict = asked_of(*compiled(HARD.format(guarantees="")), REACHED, seconds=1)
    assert verdict.status is Status.UNDECIDED
    assert verdict.why == "the work limit of 1 second was hit"
    assert verdict.counterexamples == ()
    assert verdict.milliseconds > 0


def test_what_is_no_linear_arithmetic_is_said() -> None:
    verdict = asked_of(*compiled(PRODUCT.format(guarantees="")), RISES)
    assert verdict.status is Status.UNDECIDED
    assert "multiplies two values" in verdict.why


@pytest.mark.parametrize(
    ("policy", "words", "why"),
    [(HARD, REACHED, "the work limit of 1 second was hit"), (PRODUCT, RISES, "it multiplies two values")],
    ids=["time limit", "not linear"],
)
def test_it_is_undecided_in_text_in_data_and_in_the_report(policy: str, words: str, why: str, tmp_path: Path) -> None:
    asked = ["prove", written(policy, words, tmp_path), "--time-limit", "1"]
    text = CliRunner().invoke(sespms, asked)
    assert text.exit_code == 0
    assert f"undecided  {words}" in text.output
    assert why in text.output
    assert "1 guarantee: 0 proved, 0 refuted, 1 undecided" in text.output

    data = json.loads(CliRunner().invoke(sespms, [*asked, "--format", "json"]).output)
    (verdict,) = data["verdicts"]
    assert (verdict["guarantee"], verdict["verdict"], verdict["counterexample"]) == (words, "undecided", None)
    assert why in verdict["why"]

    page = CliRunner().invoke(sespms, [*asked, "--format", "html"])
    assert page.exit_code == 0
    assert f"Undecided: {words}" in page.output
    assert why[3:] in page.output
    assert "nothing: it is open" in page.output
    assert "Proved</span>" not in page.output
