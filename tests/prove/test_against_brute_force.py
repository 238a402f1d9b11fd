"""Proofs, refutations and counts agree with rating every appraisal, on small programs drawn at random."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from programs import CRITICAL, WEIGHTED_SUM, any_at, average, below, level, weighted_sum_program
from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import EveryOne, NumberThat, Program, Row, ToLevel
from sespms_rules.program.plans import covered
from sespms_rules.program.rating import Outcome, Rating
from sespms_rules.proofs.solver import (
    Bounded,
    ExactlyOneLevel,
    Gives,
    Needs,
    NeverLowered,
    OrderOfEquals,
    Property,
    Prover,
    Reached,
    Status,
)
from small_programs import (
    LEVELS,
    TOTAL,
    Case,
    closed_bands,
    drawn_halves,
    drawn_limits,
    every_appraisal,
    lines_at,
    perhaps_rounded,
    put_together,
)

NONE_BELOW_2 = NumberThat(CRITICAL, below(2), None, 0)
ALL_AT_2 = EveryOne(CRITICAL, level(2))
PROPERTIES: tuple[Property, ...] = (
    ExactlyOneLevel(),
    Reached(LEVELS),
    NeverLowered(),
    Bounded(),
    Needs(3, NONE_BELOW_2),
    Gives(ALL_AT_2, 2),
    OrderOfEquals(),
)

Found = dict[Case, Rating]


def drawn(seed: int) -> Program:
    """Three members, weights of a small total, lines by the score, perhaps an override."""
    draw = random.Random(seed)
    weighted = draw.random() < 0.7
    limits = drawn_limits(draw, top=0.5, ceiling=0.4, most=2)
    unit = TOTAL if weighted else 1
    formula = perhaps_rounded(draw, WEIGHTED_SUM if weighted else average(), 0.4)
    points = tuple((each, Fraction(each if draw.random() < 0.8 else draw.randint(0, 4))) for each in LEVELS)
    high, low = drawn_halves(draw, 2 * unit, 6 * unit)
    first = draw.random() < 0.7
    rows = lines_at(high, low) if first else closed_bands(draw, int(high), int(low), unit)
    overrides = (Row(any_at(1), ToLevel(1)),) if draw.random() < 0.5 else ()
    return put_together(formula, rows, limits, overrides, first=first, weighted=weighted, points=points)


def rated(program: Program) -> Found:
    """Every appraisal of a program that is admitted, rated."""
    found: Found = {}
    for case, appraisal in every_appraisal(program.summary.weighted):
        rating = rate(program, appraisal, trace=False)
        if not any(refusal.code in ("SES603", "SES605") for refusal in rating.refused):
            found[case] = rating
    return found


def breaking(found: Found, wanted: Property) -> Iterator[object]:
    """What speaks against a property among all appraisals."""
    match wanted:
        case ExactlyOneLevel():
            yield from (each for each in found.items() if each[1].outcome is not Outcome.RATED)
        case Reached(levels):
            yield from set(levels) - {rating.level for rating in found.values()}
        case Bounded():
            for (_, vector), rating in found.items():
                if rating.level is not None and not min(vector) <= rating.level <= max(vector):
                    yield vector
        case Needs():
            yield from (vector for (_, vector), rating in found.items() if rating.level == 3 and min(vector) < 2)
        case Gives():
            yield from (plan for (plan, vector), rating in found.items() if vector == (2, 2, 2) and rating.level != 2)
        case NeverLowered():
            yield from _lowered(found)
        case OrderOfEquals():
            yield from _unordered(found)


def _lowered(found: Found) -> Iterator[object]:
    for (plan, vector), rating in found.items():
        for place in range(3):
            better = found.get((plan, (*vector[:place], vector[place] + 1, *vector[place + 1 :])))
            if better and better.level is not None and rating.level is not None and better.level < rating.level:
                yield plan, vector, place


def _unordered(found: Found) -> Iterator[object]:
    for (plan, vector), rating in found.items():
        for one, two in itertools.combinations(range(3), 2):
            if plan and plan[one] != plan[two]:
                continue
            swapped = list(vector)
            swapped[one], swapped[two] = swapped[two], swapped[one]
            if rating.level is not None and found[plan, tuple(swapped)].level != rating.level:
                yield plan, vector


@pytest.mark.parametrize("seed", range(24))
def test_the_solver_agrees_with_rating_every_appraisal(seed: int) -> None:
    program = drawn(seed)
    found = rated(program)
    assert covered(program).appraisals == len(found)
    prover = Prover(program)
    for wanted in PROPERTIES:
        verdict = prover.prove(wanted)
        broken = next(breaking(found, wanted), None)
        assert verdict.status is (Status.PROVED if broken is None else Status.REFUTED), (wanted, broken, verdict)
        for shown in verdict.shown:
            weights = tuple(int(each.weight) for each in shown.appraisal.elements if each.weight is not None)
            vector = tuple(int(each.rating) for each in shown.appraisal.elements if each.rating is not None)
            rating = found[weights, vector]
            assert (shown.outcome, shown.level) == (rating.outcome, rating.level)


def test_both_verdicts_are_met_for_each_property() -> None:
    seen = {
        (type(wanted), not any(breaking(rated(drawn(seed)), wanted))) for seed in range(24) for wanted in PROPERTIES
    }
    wanted = {type(each) for each in PROPERTIES} - {OrderOfEquals}
    assert {(kind, holds) for kind in wanted for holds in (True, False)} <= seen


def test_plans_are_counted_as_they_are_listed() -> None:
    program = weighted_sum_program()
    ranges = [range(5, 61)] * 4
    listed = 0
    for first, second, third in itertools.product(*ranges[:3]):
        for fourth in ranges[3]:
            top = 100 - first - second - third - fourth
            if top < 20:
                break
            listed += top >= max(first, second, third, fourth)
    assert covered(program).plans == listed
