"""Three ways to count agree: the walk, the running totals, and the solver with its own count of what it covers."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from programs import average, otherwise, program, score, stage
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import LevelScale, Member, Program, WholeWeights
from sespms_rules.program.plans import covered
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Reached, Status
from sespms_rules.studies.exhaustive.tallying import Tally, tally
from sespms_rules.studies.exhaustive.walk import NotWalkable, domain
from small_programs import LEVELS
from systems import systems_of
from whole_domain.enumerating import answers_one_by_one, every_appraisal, shipped
from whole_domain.running_totals import counted
from whole_domain.weighed_programs import drawn

SEEDS = range(60)


def _levels(found: Tally) -> Counter[int]:
    """Appraisals by level, 0 for none; levels that none gets are left out."""
    refused = found.domain.appraisals - sum(cases for _, cases in found.levels) - found.not_rated
    return Counter({level: cases for level, cases in (*found.levels, (0, refused)) if cases})


@pytest.mark.parametrize("seed", SEEDS)
def test_walk_and_running_totals_agree_with_the_full_list(seed: int) -> None:
    made = drawn(seed)
    walked, totals = tally(made), counted(made)
    assert totals is not None
    listed: Counter[int] = Counter()
    for (_, level, _), cases in answers_one_by_one(made, every_appraisal(made, 7, missing=False)).items():
        listed[level] += cases
    assert _levels(walked) == listed
    assert Counter(dict(totals.levels)) == listed
    assert totals.appraisals == walked.domain.appraisals == sum(listed.values())
    if totals.appraisals:
        assert totals.plans == walked.domain.plans
    assert sum(cases for _, cases in totals.scores) == totals.appraisals


@pytest.mark.parametrize("seed", SEEDS[:25])
def test_the_solver_says_the_same(seed: int) -> None:
    """It covers as many, proves one level for each where none is without, and reaches what has appraisals."""
    made = drawn(seed)
    found = tally(made)
    size = covered(made)
    assert size.appraisals == found.domain.appraisals
    assert size.plans == found.domain.plans
    if not found.domain.appraisals:
        return
    prover = Prover(made)
    reached = _levels(found)
    assert (prover.prove(ExactlyOneLevel()).status is Status.PROVED) is (reached[0] == 0)
    for level in LEVELS:
        assert (prover.prove(Reached((level,))).status is Status.PROVED) is (reached[level] > 0), level


def test_the_drawn_programs_differ() -> None:
    """Some leave appraisals without a level, some have one plan alike with others, some none at all."""
    found = [tally(drawn(seed)) for seed in SEEDS]
    assert sum(_levels(each)[0] > 0 for each in found) > 5
    assert sum(_levels(each)[0] == 0 < each.domain.appraisals for each in found) > 5
    assert len({each.domain.plans for each in found}) > 8


@pytest.mark.slow
def test_opm_2012_by_running_totals() -> None:
    """The same numbers for each level as the walk through all appraisals finds."""
    made = shipped("agencies/opm_basic.sespms")
    found = counted(made)
    assert found is not None
    assert (found.plans, found.appraisals) == (308_358, 963_618_750)
    assert found.levels == ((1, 647_860_158), (2, 67_261_714), (3, 179_405_808), (4, 65_655_876), (5, 3_435_194))
    walked = tally(made)
    assert _levels(walked) == Counter(dict(found.levels))
    assert covered(made).appraisals == domain(made).appraisals == found.appraisals
    scores = dict(found.scores)
    assert scores[Fraction(500)] == 308_358
    assert sum(cases for at, cases in scores.items() if at >= 475) > dict(found.levels)[5], "a line overrides some"


def test_opm_2025_is_covered_alike() -> None:
    """The plans of 2025, counted by the walk and by the solver's own count, if weights are whole."""
    made = shipped("agencies/opm_2025.sespms")
    whole = replace(made, summary=replace(made.summary, limits=(*made.summary.limits, WholeWeights())))
    assert domain(whole).plans == covered(whole).plans == 3_876


def test_programs_of_another_kind_are_left_to_the_walk() -> None:
    """Running totals speak of weighted sums only."""
    members = (Member("A", True, LevelScale(LEVELS), None),)
    other: Program = program(stage(score(average()), members=members, rows=(otherwise(3),)))
    assert counted(other) is None
    assert counted(shipped("beyond-ses/doi_epap_2007.sespms")) is None
    fractions = drawn(0)
    limits = tuple(each for each in fractions.summary.limits if not isinstance(each, WholeWeights))
    assert counted(replace(fractions, summary=replace(fractions.summary, limits=limits))) is None


def _every_shipped_program() -> list[tuple[str, Program]]:
    return [(f"{name} {system.name}", made) for name in policy_names() for system, made in systems_of(name)]


def test_every_shipped_system_has_as_many_appraisals_by_both_counts() -> None:
    """Where the walk says that there is no end, the solver's own count has no number either."""
    counts = 0
    for name, made in _every_shipped_program():
        size = covered(made)
        try:
            found = domain(made)
        except NotWalkable:
            assert size.appraisals is None, name
            continue
        assert (size.plans, size.appraisals) == (found.plans, found.appraisals), name
        counts += 1
    assert counts > 25
