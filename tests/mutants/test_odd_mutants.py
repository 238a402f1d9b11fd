"""Changes whose effect depends on a value that cannot be worked out, and a disagreement that costs one change."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mutants.workshop import HEAD, compiled
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.guarantees import DisagreementError
from sespms_rules.proofs.solver import Status
from sespms_rules.proofs.solver.two_results import results_differ
from sespms_rules.studies.mutation import Fate, judging, measure
from sespms_rules.studies.mutation.changes import Change
from sespms_rules.studies.mutation.judging import Trial
from sespms_rules.studies.mutation.trying import differ

NESTED = """system "Example Lighthouse Service"
critical element "Objectives"
  requirements are rated
  unrated requirements are left out
  not rated when no requirement is rated
  each requirement is also rated "factor" from -1 to 1
  "adjusted" of each requirement is points + "factor" but no less than 1 and no more than 5
  score is the average of "adjusted" rounded half down to whole numbers
  score exactly 5 is level 5
summary rating
  unrated elements are left out
  not rated when no element is rated
  score is the points of "Objectives"
"""

PLAIN = """system "Example Lighthouse Service"
  is outside the Senior Executive Service
  has exactly 2 critical elements
levels
  level 2 "High" 2 points
  level 1 "Low"  1 point
summary rating
  unrated elements are left out
  not rated when no element is rated
  "best" is the highest of points
  score is {score}
  score at least 1.5 is level 2
  score below 1.5 is level 1
"""


def program(text: str) -> Program:
    (found,) = compile_source(Source("lighthouse.sespms", text)).programs.values()
    return found


@pytest.mark.case("mutants that end a run")
def test_a_change_of_a_value_that_is_not_worked_out_ends_no_run() -> None:
    measured = measure(compile_source(Source("lighthouse.sespms", NESTED)))
    assert len(measured.entries) > 20
    assert not any("neither can be trusted" in each.why for each in measured.entries)


@pytest.mark.case("mutants that end a run")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the average of points", "the average of points rounded half up to whole numbers"),
        ("the lowest of points", "the lowest of points + 0"),
        ("the highest of points", "the highest of points + 1"),
        ('"best"', '"best" / 2'),
    ],
)
def test_what_the_solver_shows_of_two_scores_the_reference_sees(one: str, other: str) -> None:
    old, new = (program(PLAIN.format(score=each)) for each in (one, other))
    verdict = results_differ(old, new, ("best",))
    marks = [None, Fraction(1), Fraction(2)]
    made = [Appraisal("tried", (Rated("Element 1", a), Rated("Element 2", b))) for a in marks for b in marks]
    seen = any(differ(rate(old, each), rate(new, each), ("best",)) for each in made)
    assert (verdict.status is Status.REFUTED) is seen
    for shown in verdict.shown[:1]:
        assert differ(rate(old, shown.appraisal), rate(new, shown.appraisal), ("best",))


@pytest.mark.case("mutants that end a run")
def test_an_appraisal_that_nobody_rated_shows_no_change_of_the_score() -> None:
    old = program(PLAIN.format(score="the average of points"))
    new = program(PLAIN.format(score="the average of points + 0"))
    nobody = Appraisal("tried", (Rated("Element 1"), Rated("Element 2")))
    assert rate(old, nobody).outcome is Outcome.NOT_RATED
    assert rate(old, nobody).score is None
    assert results_differ(old, new, ()).status is Status.PROVED


@pytest.mark.case("mutants that end a run")
def test_one_disagreement_costs_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled(HEAD)
    (system,) = found.policy.systems
    trial = Trial(system, found.programs[system.name], found.source)
    changes = [each for each in trial.changes() if trial.noticed_by_scenario(each) is None]
    honest = judging.Trial._effect

    def lying(self: Trial, change: Change) -> judging.Judged:
        if change == changes[0]:
            raise DisagreementError("the solver and the reference engine say different things")
        return honest(self, change)

    monkeypatch.setattr(judging.Trial, "_effect", lying)
    first, second = (trial.judge(each) for each in changes[:2])
    assert first.fate is Fate.UNDECIDED
    assert "please report it" in first.why
    assert second.fate is not Fate.UNDECIDED
