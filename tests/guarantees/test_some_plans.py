"""Proofs, counts and checks of elements that only some plans have, and of noncritical ones that a plan brings."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

import pytest

from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import covered, plan_sizes
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.guarantees import establish, guarantees_of
from sespms_rules.proofs.solver import Status
from sespms_rules.studies.exhaustive.walk import NotWalkable, domain

TEXT = """
system "Invented harbor office"
  is outside the Senior Executive Service
  has exactly 2 critical elements
  has at most 1 noncritical element

critical element "Results"

critical element "Safety"
  is in some plans only

critical element "People"
  is in some plans only

summary rating
  SCORE
  score at least 4 is level 5
  score below 4 is level 3

guarantees
  every appraisal gets exactly one level
  a better rating never lowers the result
"""
ALL = "score is the average of points"
BY_NAME = 'score is 50% of the points of "Results" + 50% of the points of "Safety"'
GUARDED = (
    '"second" is the points of "Safety" when "Safety" is rated otherwise the points of "People"\n'
    '  score is 50% of the points of "Results" + 50% of "second"'
)


@cache
def compiled(score: str) -> Compilation:
    return compile_source(Source("invented.sespms", TEXT.replace("SCORE", score)))


def program_of(compilation: Compilation) -> Program:
    (program,) = compilation.programs.values()
    return program


def every_appraisal(program: Program) -> list[Appraisal]:
    """All appraisals, made without any knowledge of which plans there are."""
    marks = [None, *(Fraction(level) for level in (5, 4, 3, 2, 1))]
    made = []
    for ratings in itertools.product(marks, repeat=4):
        names = (("Results", True), ("Safety", True), ("People", True), ("Tact", False))
        rated = [Rated(name, each, critical=sort) for (name, sort), each in zip(names, ratings, strict=True) if each]
        appraisal = Appraisal("listed", tuple(rated))
        if isinstance(admit(program, appraisal), Case):
            made.append(appraisal)
    return made


@pytest.mark.parametrize(
    ("score", "sound"), [(ALL, True), (BY_NAME, False), (GUARDED, True)], ids=["all", "by name", "guarded"]
)
def test_every_proof_is_what_rating_every_appraisal_says(score: str, sound: bool) -> None:
    compilation = compiled(score)
    program = program_of(compilation)
    listed = every_appraisal(program)
    refused = [each for each in listed if rate(program, each, trace=False).outcome is Outcome.REFUSED]
    assert bool(refused) is not sound
    assert domain(program).appraisals == covered(program).appraisals == len(listed) == 2 * 25 + 2 * 125
    system = compilation.policy.systems[0]
    total, better = establish(system, program, guarantees_of(system))
    assert total.status is (Status.PROVED if sound else Status.REFUTED)
    assert better.status is Status.PROVED or not sound
    for shown in total.counterexamples:
        assert shown.appraisal.elements
        assert all(each.name != "Safety" for each in shown.appraisal.elements)
        assert shown.rating.outcome is Outcome.REFUSED
    plain = TEXT.replace("SCORE", score).split("guarantees")[0]
    told = [each.message for each in compile_source(Source("invented.sespms", plain)).diagnostics]
    assert any("Safety` is not in the plan" in each for each in told) is not sound


def test_a_counterexample_with_a_noncritical_element_can_be_pasted() -> None:
    text = TEXT.replace("SCORE", "score is the average of points of critical elements") + (
        "  level 5 needs no noncritical element at level 5\n"
    )
    compilation = compile_source(Source("invented.sespms", text))
    program = program_of(compilation)
    system = compilation.policy.systems[0]
    found = establish(system, program, guarantees_of(system))[-1]
    assert found.status is Status.REFUTED
    (shown,) = found.counterexamples[:1]
    assert shown.scenario is not None
    assert 'noncritical element "Noncritical element 1 of the plan"' in shown.scenario
    again = compile_source(Source("invented.sespms", f"{text}\n{shown.scenario}\n"))
    assert [each.passed for each in again.scenarios] == [True]


def test_very_many_elements_of_some_plans_keep_no_check_from_ending() -> None:
    """Of thirty such elements, of which a plan has fifteen, there are 155 million sets."""
    names = [f"{'ABCDE'[number % 5] * (number // 5 + 1)} duty" for number in range(30)]
    blocks = "\n\n".join(f'critical element "{name}"\n  is in some plans only' for name in names)
    head = 'system "Invented"\n  is outside the Senior Executive Service\n  has exactly 15 critical elements\n\n'
    lines = "\n\nsummary rating\n  score is the average of points\n"
    lines += "  score at least 3 is level 5\n  score below 3 is level 3\n"
    program = program_of(compile_source(Source("invented.sespms", head + blocks + lines)))
    sizes = plan_sizes(program.summary)
    assert len(sizes.sizes) == 200
    assert sizes.left
    with pytest.raises(NotWalkable, match="30 elements are in some plans only"):
        domain(program)
