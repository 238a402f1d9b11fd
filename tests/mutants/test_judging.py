"""What becomes of a change, checked against a list of all appraisals of a small policy."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from mutants.workshop import HEAD, SCENARIO, compiled
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated, Rating
from sespms_rules.studies.mutation import Entry, Fate, Measured
from sespms_rules.studies.mutation.changes import Change
from sespms_rules.studies.mutation.judging import Judged, Trial
from sespms_rules.studies.mutation.trying import differ

HALF = Fraction(1, 2)


def every_appraisal() -> list[Appraisal]:
    """Every plan whose whole weights total 19 to 21, or whose halves total 20, by every rating."""
    halves = [(one, two) for one, two in product(range(1, 42), repeat=2) if 38 <= one + two <= 42]
    weights = [(HALF * one, HALF * two) for one, two in halves if one + two == 40 or one % 2 == two % 2 == 0]
    marks = [Fraction(level) for level in (1, 2, 3)]
    return [
        Appraisal("tried", (Rated("People", first, one), Rated("Results", second, two)))
        for one, two in weights
        for first, second in product(marks, repeat=2)
    ]


def trial_of(*parts: str) -> Trial:
    found = compiled(*parts)
    (system,) = found.policy.systems
    return Trial(system, found.programs[system.name], found.source)


Before = list[tuple[Appraisal, Rating]]


def rated(program: Program, appraisals: list[Appraisal]) -> Before:
    return [(each, rate(program, each, trace=False)) for each in appraisals]


def has_effect(before: Before, new: Program) -> bool:
    return any(differ(old, rate(new, each, trace=False), ()) for each, old in before)


def test_what_has_no_effect_has_none_on_any_appraisal() -> None:
    trial = trial_of(HEAD)
    before = rated(trial.program, every_appraisal())
    judged = [trial.judge(change) for change in trial.changes()]
    assert len(judged) > 40
    assert {each.fate for each in judged} == {Fate.UNNOTICED, Fate.NO_EFFECT}
    for each in judged:
        effect = has_effect(before, each.change.program)
        assert effect is (each.fate is Fate.UNNOTICED), (each.change.origin.span.text, each.change.says)


def test_where_no_tried_appraisal_shows_an_effect_the_solver_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = trial_of(HEAD)
    before = rated(trial.program, every_appraisal())
    few = replace(trial.tried.appraisals, made=trial.tried.appraisals.made[:1])
    monkeypatch.setattr("sespms_rules.studies.mutation.with_facts.appraisals_of", lambda _stage: few)
    del trial.tried
    solved = [trial.judge(change) for change in trial.changes()]
    shown = [each for each in solved if each.shown is not None]
    assert len(shown) > 10
    for each in solved:
        assert has_effect(before, each.change.program) is (each.fate is Fate.UNNOTICED)
    for each in shown:
        assert has_effect(rated(trial.program, [seen(each)]), each.change.program)


def seen(judged: Judged) -> Appraisal:
    assert judged.shown is not None
    return judged.shown


def named(trial: Trial, sentence: str, says: str) -> Change:
    (change,) = [each for each in trial.changes() if each.origin.span.text == sentence and each.says == says]
    return change


def test_a_scenario_notices_and_is_named() -> None:
    trial = trial_of(HEAD, SCENARIO)
    noticed = trial.noticed_by_scenario(named(trial, "score 50 to 60 is level 3", "51 instead of 50"))
    assert noticed is not None
    assert noticed.why == "scenario `The lower edge of level 3`"
    assert trial.noticed_by_scenario(named(trial, "score 50 to 60 is level 3", "59 instead of 60")) is None


def test_a_guarantee_notices_what_no_scenario_does() -> None:
    guarantees = "guarantees\n  every appraisal gets exactly one level\n"
    trial = trial_of(HEAD, guarantees, SCENARIO)
    found = trial.judge(named(trial, "score 50 to 60 is level 3", "59 instead of 60"))
    assert found.fate is Fate.NOTICED
    assert found.why == "guarantee `every appraisal gets exactly one level`"


def test_a_limit_that_another_limit_implies_has_no_effect() -> None:
    trial = trial_of(HEAD)  # none above "Results" alone makes it weigh 10 of 20 at least
    for says in ("7 instead of 8", "9 instead of 8", "the line left out"):
        found = trial.judge(named(trial, '"Results" at least 8', says))
        assert (found.fate, found.why) == (Fate.NO_EFFECT, "the same plans are allowed under both systems")


def test_a_scenario_that_fails_as_things_stand_notices_nothing() -> None:
    trial = trial_of(HEAD, SCENARIO.replace("expect level 3", "expect level 2"))
    assert trial.scenarios == ()


def test_where_the_solver_settled_nothing_its_reasons_are_repeated() -> None:
    """It is asked no more, and what kept it from settling the others is said: not always a limit of work."""
    many = HEAD.replace("has exactly 2 critical elements", "has at least 2 critical elements")
    trial = trial_of(many)
    undecided = [each.why for each in map(trial._effect, trial.changes()) if each.fate is Fate.UNDECIDED]
    reasons = "; ".join(dict.fromkeys(undecided[:3]))
    assert "not looked at: plans with more than 6 elements" in reasons
    assert set(undecided[3:]) == {f"the solver was not asked, for it settled none of 3 other changes: {reasons}"}


def test_undecided_is_said_and_counts() -> None:
    many = HEAD.replace("has exactly 2 critical elements", "has at least 2 critical elements")
    trial = trial_of(many, SCENARIO)
    change = named(trial, "score 50 to 60 is level 3", "61 instead of 60")
    assert trial.noticed_by_scenario(change) is None
    found = trial.judge(change)
    assert found.fate is Fate.UNDECIDED
    assert "not looked at: plans with more than 6 elements" in found.why
    entries = (Entry(change.origin, change.says, found.fate, found.why, ()),)
    assert Measured("workshop.sespms", entries).score == 0
