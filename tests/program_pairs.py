"""Small invented programs drawn in pairs, as a policy and a change of it, and every appraisal they can meet."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

from programs import (
    CRITICAL,
    WEIGHTED_SUM,
    any_at,
    at_least,
    average,
    below,
    between,
    none_below,
    otherwise,
    program,
    score,
    stage,
)
from sespms_rules.engines.reference import rate
from sespms_rules.ir import (
    All,
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
from sespms_rules.rating import Appraisal, Rated, Rating

LEVELS = (3, 2, 1)
NAMES = ("A", "B", "C")
TOTAL = 6
_OF_PLANS = {"SES602", "SES603", "SES604", "SES605", "SES606", "SES609"}

Case = tuple[tuple[int, ...], tuple[int, ...]]
"""Weights (none where the program uses none) and levels, in the order of `NAMES`."""


def pair(seed: int) -> tuple[Program, Program]:
    """Two programs over three elements that both use weights or neither does."""
    draw = random.Random(seed)
    weighted = draw.random() < 0.7
    old = _drawn(draw, weighted)
    return old, _drawn(draw, weighted)


def _drawn(draw: random.Random, weighted: bool) -> Program:
    members = tuple(Member(name, True, LevelScale(LEVELS), None) for name in NAMES)
    limits: list[Limit] = [WeightTotal(Fraction(TOTAL)), WholeWeights()]
    limits += [NoneAbove("C")] if draw.random() < 0.3 else []
    limits += [WeightRange(("A",), (), None, Fraction(3))] if draw.random() < 0.3 else []
    unit = TOTAL if weighted else 1
    formula: Expression = WEIGHTED_SUM if weighted else average()
    if draw.random() < 0.3:
        formula = Rounded(formula, draw.choice(tuple(Tie)), 0)
    cuts = sorted((Fraction(draw.randint(3 * unit, 5 * unit), 2) for _ in range(2)), reverse=True)
    rows: tuple[Row, ...] = (at_least(str(cuts[0]), 3), at_least(str(cuts[1]), 2), otherwise(1))
    first = draw.random() < 0.7
    if not first:
        high, low = int(cuts[0]), int(cuts[1])
        rows = (Row(between(high, 4 * unit), ToLevel(3)), Row(between(low, high - 1), ToLevel(2)))
        rows += (Row(between(0, low - draw.choice((0, 1))), ToLevel(1)),)
    elif draw.random() < 0.4:
        rows = (Row(All((rows[0].condition, none_below(2))), ToLevel(3)), *rows[1:])
    overrides = [Row(any_at(1), ToLevel(1))] if draw.random() < 0.3 else []
    overrides += [Row(NumberThat(CRITICAL, below(3), 2, None), ToLevel(2))] if draw.random() < 0.2 else []
    return program(
        stage(
            score(formula),
            rows=rows,
            members=members,
            weighted=weighted,
            limits=tuple(limits) if weighted else (),
            overrides=tuple(overrides),
            points=tuple((each, Fraction(each)) for each in LEVELS),
            first=first,
        )
    )


def every_appraisal(weighted: bool) -> Iterator[tuple[Case, Appraisal]]:
    """Each appraisal of the three elements whose weights make the total."""
    plans = [plan for plan in itertools.product(range(1, TOTAL + 1), repeat=3) if sum(plan) == TOTAL]
    for plan in plans if weighted else [()]:
        for vector in itertools.product(LEVELS, repeat=3):
            given = [Fraction(each) for each in plan] or [None] * 3
            members = zip(NAMES, vector, given, strict=True)
            yield (
                (plan, vector),
                Appraisal("x", tuple(Rated(name, Fraction(rating), weight) for name, rating, weight in members)),
            )


def legal(rating: Rating) -> bool:
    """Whether the plan keeps the limits."""
    return not any(refusal.code in _OF_PLANS for refusal in rating.refused)


def rated_by_both(old: Program, new: Program) -> dict[Case, tuple[Rating, Rating]]:
    """Every appraisal that is legal under both, rated by both."""
    found = {}
    for case, appraisal in every_appraisal(old.summary.weighted):
        ratings = rate(old, appraisal, trace=False), rate(new, appraisal, trace=False)
        if all(map(legal, ratings)):
            found[case] = ratings
    return found
