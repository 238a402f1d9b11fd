"""durable-rules and the reference engine, compared with each other over the whole domain of OPM's system of 2012.

Every one of the 3,125 combinations of levels is rated by both engines under every plan on the boundary of the legal
ones (three of the four lighter elements at their least or greatest weight) and under plans drawn from the inside.
So it is by night; a day's run rates the rows of `walked_by_day`.
"""

from __future__ import annotations

import itertools
import random
import resource
from collections.abc import Iterable, Iterator
from fractions import Fraction

import pytest

from nights import NIGHTLY, at_depth
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.reference.admission import admit
from sespms_rules.program.rating import Appraisal, Rated, Rating
from systems import program_of

ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")
POINTS = {5: 5, 4: 4, 3: 3, 2: 2, 1: 0}
CUTS = (475, 400, 300)
CHUNKS = 8
BY_DAY = at_depth(32, 8)
"""Of how many combinations of levels one is rated under a plan where they are not walked whole."""

Plan = tuple[int, ...]
Levels = tuple[int, ...]
Kind = tuple[int, bool, int | None]


def boundary_plans() -> list[Plan]:
    """Legal plans with three of the four lighter elements at 5 or level with Results Driven."""
    found = set()
    for heaviest, free in itertools.product(range(20, 81), range(4)):
        for bounds in itertools.product((5, heaviest), repeat=3):
            rest = 100 - heaviest - sum(bounds)
            if 5 <= rest <= heaviest:
                found.add((*bounds[:free], rest, *bounds[free:], heaviest))
    return sorted(found)


def inner_plans(count: int) -> list[Plan]:
    """Legal plans drawn at random, always the same ones."""
    draw = random.Random(20120104)
    found: set[Plan] = set()
    while len(found) < count:
        lighter = tuple(draw.randint(5, 30) for _ in range(4))
        heaviest = 100 - sum(lighter)
        if heaviest >= max(20, *lighter):
            found.add((*lighter, heaviest))
    return sorted(found)


def appraisal(plan: Plan, levels: tuple[int, ...]) -> Appraisal:
    rated = zip(ELEMENTS, plan, levels, strict=True)
    return Appraisal("one", tuple(Rated(name, Fraction(level), Fraction(weight)) for name, weight, level in rated))


COMBINATIONS: tuple[Levels, ...] = tuple(itertools.product((1, 2, 3, 4, 5), repeat=len(ELEMENTS)))


def walked_by_day(number: int, plan: Plan) -> list[Levels]:
    """What a day's run rates under the plan of this number.

    One combination in `BY_DAY`, others for the next plan, so that so many plans in a row meet each one; every
    combination on a cut or one point below it, where a wrong line gives another level; and of each kind the first.
    """
    kinds: set[Kind] = set()
    walked = []
    for place, levels in enumerate(COMBINATIONS, number):
        found = kind(plan, levels)
        if place % BY_DAY == 0 or found[-1] is not None or found not in kinds:
            walked.append(levels)
        kinds.add(found)
    return walked


def appraisals(plan: Plan, walked: Iterable[Levels] = COMBINATIONS) -> Iterator[tuple[Levels, Appraisal]]:
    """Combinations of levels under a plan, each with the appraisal it makes."""
    rated = [
        {level: Rated(name, Fraction(level), Fraction(weight)) for level in (1, 2, 3, 4, 5)}
        for name, weight in zip(ELEMENTS, plan, strict=True)
    ]
    for levels in walked:
        yield levels, Appraisal("one", tuple(each[level] for each, level in zip(rated, levels, strict=True)))


def expected(plan: Plan, levels: tuple[int, ...]) -> tuple[int, int]:
    """Score and level by a third way: plain whole-number arithmetic."""
    score = sum(weight * POINTS[level] for weight, level in zip(plan, levels, strict=True))
    if 1 in levels:
        return score, 1
    return score, 5 if score >= 475 else 4 if score >= 400 else 3 if score >= 300 else 2


def kind(plan: Plan, levels: Levels) -> Kind:
    """What sets a row apart: its level, whether the override gives it, and the cut it is on or one point below."""
    score, level = expected(plan, levels)
    return level, 1 in levels, next((score - cut for cut in CUTS if score in (cut - 1, cut)), None)


def answer(rating: Rating) -> tuple[object, ...]:
    """What two engines must agree on; why a formula had no answer is told by the reference alone."""
    if rating.refused:
        return tuple(refusal.code for refusal in rating.refused)
    return (rating.outcome, rating.score, rating.level, rating.term, rating.values, rating.reported, rating.asked)


def by_both(engine: DurableEngine, case: Appraisal) -> tuple[Rating, Rating]:
    """One appraisal by durable-rules and by the reference, admitted once for both, as `rate` does it."""
    admitted = admit(engine.program, case)
    return engine.rate(case, admitted), reference.rate(engine.program, case, trace=False, admitted=admitted)


def test_the_appraisals_are_those_of_their_levels() -> None:
    made = list(appraisals((5, 5, 5, 5, 80)))
    assert len({levels for levels, _ in made}) == 3_125
    assert all(case == appraisal((5, 5, 5, 5, 80), levels) for levels, case in made)


def test_the_plans_are_many_and_hold_the_corners() -> None:
    plans = boundary_plans()
    assert len(plans) == 384
    assert {(20, 20, 20, 20, 20), (5, 5, 5, 5, 80), (5, 5, 5, 42, 43)} <= set(plans)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_day_meets_every_combination_and_every_kind_of_row_of_a_plan(chunk: int) -> None:
    """Of each plan: every level its whole walk gives, by a line and by the override, on a cut and below it."""
    plans = (boundary_plans() + inner_plans(16))[chunk::CHUNKS]
    walked = [walked_by_day(number, plan) for number, plan in enumerate(plans)]
    for at in (0, 11, len(plans) - BY_DAY):
        assert {each for part in walked[at : at + BY_DAY] for each in part} == {*COMBINATIONS}
    for plan, part in [*zip(plans, walked, strict=True)][::7]:
        whole = {kind(plan, levels) for levels in COMBINATIONS}
        assert {kind(plan, levels) for levels in part} == whole, plan
        assert len(whole) >= 5


@pytest.mark.differential
@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_engines_agree_on_every_combination_of_levels(chunk: int) -> None:
    program = program_of("agencies/opm_basic.sespms")
    plans = (boundary_plans() + inner_plans(16))[chunk::CHUNKS]
    with DurableEngine(program) as engine:
        for number, plan in enumerate(plans):
            for levels, case in appraisals(plan, COMBINATIONS if NIGHTLY else walked_by_day(number, plan)):
                by_durable, by_reference = by_both(engine, case)
                assert answer(by_durable) == answer(by_reference), (plan, levels)
                assert (by_reference.score, by_reference.level) == expected(plan, levels), (plan, levels)


@pytest.mark.differential
def test_both_engines_refuse_the_same_plans() -> None:
    program = program_of("agencies/opm_basic.sespms")
    draw = random.Random(602)
    with DurableEngine(program) as engine:
        for _ in range(2_000):
            plan = tuple(Fraction(draw.randint(0, 60), draw.choice((1, 1, 1, 2))) for _ in ELEMENTS)
            ratings = [draw.choice((None, Fraction(0), Fraction(3), Fraction(7, 2), Fraction(5))) for _ in ELEMENTS]
            rated = [Rated(n, r, w) for n, w, r in zip(ELEMENTS, plan, ratings, strict=True)]
            case = Appraisal("one", tuple(rated[: draw.choice((5, 5, 5, 4))]))
            assert answer(engine.rate(case)) == answer(reference.rate(program, case, trace=False))


@pytest.mark.slow
def test_many_appraisals_leave_the_memory_as_it_was() -> None:
    program = program_of("agencies/opm_basic.sespms")
    cases = [appraisal(plan, levels) for plan in boundary_plans()[:4] for levels in [(5, 4, 3, 2, 2), (1, 5, 5, 5, 5)]]
    many = at_depth(30_000, 100_000)
    with DurableEngine(program) as engine:
        for case in cases * 625:
            engine.rate(case)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for case in cases * (many // len(cases)):
            engine.rate(case)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 4_096, f"{grown} kB more after {many:,} appraisals"


def test_inexact_numbers_would_misrate_where_this_engine_does_not() -> None:
    """Weights 25/15/15/15/30 with levels 3, 2, 4, 3, 3 score exactly 300; binary fractions give 299.99999999999994."""
    plan, levels = (25, 15, 15, 15, 30), (3, 2, 4, 3, 3)
    inexact = sum(weight / 100 * level for weight, level in zip(plan, levels, strict=True)) * 100
    assert inexact < 300
    program = program_of("agencies/opm_basic.sespms")
    with DurableEngine(program) as engine:
        for rating in (engine.rate(appraisal(plan, levels)), reference.rate(program, appraisal(plan, levels))):
            assert type(rating.score) is Fraction
            assert rating.score == 300
            assert rating.level == 3
