"""Proofs, refutations and counts agree with rating every appraisal, on small programs drawn at random."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from programs import (
    CRITICAL,
    WEIGHTED_SUM,
    any_at,
    at_least,
    average,
    below,
    between,
    level,
    otherwise,
    program,
    score,
    stage,
    weighted_sum_program,
)
from sespms_rules.engines.reference import rate
from sespms_rules.ir import (
    EveryOne,
    Expression,
    LevelScale,
    Limit,
    Member,
    NoneAbove,
    NumberThat,
    Program,
    Rounded,
    Row,
    Tie,
    ToLevel,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.prove import (
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
    covered,
)
from sespms_rules.rating import Appraisal, Outcome, Rated, Rating

LEVELS = (3, 2, 1)
NAMES = ("A", "B", "C")
TOTAL = 6
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

Found = dict[tuple[tuple[int, ...], tuple[int, ...]], Rating]


def drawn(seed: int) -> Program:
    """Three members, weights of a small total, lines by the score, perhaps an override."""
    draw = random.Random(seed)
    weighted = draw.random() < 0.7
    members = tuple(Member(name, True, LevelScale(LEVELS), None) for name in NAMES)
    limits: list[Limit] = [WeightTotal(Fraction(TOTAL)), WholeWeights()]
    limits += [NoneAbove("C")] if draw.random() < 0.5 else []
    limits += [WeightRange(("A",), (), None, Fraction(2))] if draw.random() < 0.4 else []
    unit = TOTAL if weighted else 1
    formula: Expression = WEIGHTED_SUM if weighted else average()
    if draw.random() < 0.4:
        formula = Rounded(formula, draw.choice(tuple(Tie)), 0)
    points = tuple((each, Fraction(each if draw.random() < 0.8 else draw.randint(0, 4))) for each in LEVELS)
    cuts = sorted((Fraction(draw.randint(2 * unit, 6 * unit), 2) for _ in range(2)), reverse=True)
    rows: tuple[Row, ...] = (at_least(str(cuts[0]), 3), at_least(str(cuts[1]), 2), otherwise(1))
    first = draw.random() < 0.7
    if not first:
        high, low = int(cuts[0]), int(cuts[1])
        rows = (Row(between(high, 4 * unit), ToLevel(3)), Row(between(low, high - 1), ToLevel(2)))
        rows += (Row(between(0, low - draw.choice((0, 1))), ToLevel(1)),)
    overrides = (Row(any_at(1), ToLevel(1)),) if draw.random() < 0.5 else ()
    return program(
        stage(
            score(formula),
            rows=rows,
            members=members,
            weighted=weighted,
            limits=tuple(limits) if weighted else (),
            overrides=overrides,
            points=points,
            first=first,
        )
    )


def rated(program: Program) -> Found:
    """Every appraisal of a program that is admitted, rated."""
    weights = itertools.product(range(1, TOTAL + 1), repeat=3) if program.summary.weighted else [()]
    found: Found = {}
    for plan in weights:
        if plan and sum(plan) != TOTAL:
            continue
        for vector in itertools.product(LEVELS, repeat=3):
            given = (Fraction(each) for each in plan) if plan else (None,) * 3
            members = zip(NAMES, vector, given, strict=True)
            appraisal = Appraisal("x", tuple(Rated(name, Fraction(rating), weight) for name, rating, weight in members))
            rating = rate(program, appraisal, trace=False)
            if not any(refusal.code in ("SES603", "SES605") for refusal in rating.refused):
                found[plan, vector] = rating
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
