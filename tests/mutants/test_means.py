"""Changes of a formula that holds a mean by weight (decision 0084), held against every appraisal there is."""

from __future__ import annotations

import pytest

from decided.test_means_in_formulas import HEAD, LEFT_OUT, LINES, ONE_MEAN, TWO_MEANS, appraisals
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rating
from sespms_rules.studies.mutation import Fate
from sespms_rules.studies.mutation.judging import Judged, Trial
from sespms_rules.studies.mutation.trying import differ

FORMULAS = {**ONE_MEAN, "two means": TWO_MEANS}


def trial_of(score: str) -> Trial:
    compilation = compile_source(Source("locks.sespms", f"{HEAD}{score}\n{LINES}"))
    (system,) = compilation.policy.systems
    return Trial(system, compilation.programs[system.name], compilation.source)


def judged(trial: Trial) -> list[Judged]:
    """What becomes of each change of the lines that define a value."""
    of_values = (each for each in trial.changes() if " is " in each.origin.span.text and "level" not in each.says)
    return [trial.judge(each) for each in of_values if each.origin.span.text.startswith(("score is", '"'))]


def has_effect(before: list[Rating], listed: list[Appraisal], changed: Program) -> bool:
    after = ColumnarEngine(changed).rate(listed)
    return any(differ(old, new, ()) for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("name", FORMULAS)
def test_a_change_of_a_mean_is_judged_as_every_appraisal_shows(name: str) -> None:
    trial = trial_of(FORMULAS[name])
    listed = list(appraisals(left_out=LEFT_OUT in FORMULAS[name]))
    before = list(ColumnarEngine(trial.program).rate(listed))
    found = judged(trial)
    assert len(found) > 3, [each.change.says for each in found]
    for each in found:
        effect = has_effect(before, listed, each.change.program)
        about = (each.change.origin.span.text, each.change.says, each.fate, each.why)
        if each.fate is Fate.UNDECIDED:
            assert name == "two means", about
        elif each.fate is Fate.NO_EFFECT:
            assert not effect, about
        else:
            assert each.fate is Fate.UNNOTICED, about
            assert effect, about
            shown = each.shown  # where the solver found it; a tried one is shown elsewhere
            assert shown is None or differ(rate(trial.program, shown), rate(each.change.program, shown), ()), about
    assert any(each.fate is Fate.UNNOTICED for each in found)


def test_two_means_are_changed_one_by_one() -> None:
    told = {each.change.says for each in judged(trial_of(TWO_MEANS))}
    assert {"69% instead of 70%", "71% instead of 70%", "29% instead of 30%", "31% instead of 30%"} <= told
    assert "minus instead of plus" in told
