"""Small programs of the weighted-sum kind, drawn at random."""

from __future__ import annotations

import random
from fractions import Fraction

from programs import WEIGHTED_SUM, any_at, at_least, average, between, none_below, otherwise, program, score, stage
from sespms_rules.ir import (
    All,
    Expression,
    LevelScale,
    Limit,
    Member,
    NoneAbove,
    Program,
    Quotient,
    Rounded,
    Row,
    Tie,
    ToLevel,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.ir import Constant as Number

LEVELS = (3, 2, 1)
NAMES = ("A", "B", "C")


def drawn(seed: int) -> Program:
    """Three members with whole weights, points of their own, gaps, overlaps, floors, overrides."""
    draw = random.Random(seed)
    total = draw.randint(5, 9)
    limits: list[Limit] = [WeightTotal(Fraction(total)), WholeWeights()]
    limits += [NoneAbove(draw.choice(NAMES))] if draw.random() < 0.5 else []
    limits += [WeightRange(("A",), (), None, Fraction(draw.randint(1, 4)))] if draw.random() < 0.4 else []
    limits += [WeightRange(None, ("B",), Fraction(3, 2), None)] if draw.random() < 0.3 else []
    formula: Expression = WEIGHTED_SUM if draw.random() < 0.6 else average(by_weight=True)
    unit = total if formula == WEIGHTED_SUM else 1
    if draw.random() < 0.3:
        formula = Quotient(formula, Number(Fraction(2)))
    if draw.random() < 0.4:
        formula = Rounded(formula, draw.choice(tuple(Tie)), draw.randint(0, 1))
    points = tuple((each, Fraction(draw.randint(-2, 8), draw.choice((1, 1, 2)))) for each in LEVELS)
    cuts = sorted((draw.randint(0, 3 * unit) for _ in range(2)), reverse=True)
    rows: tuple[Row, ...] = (at_least(cuts[0], 3), at_least(cuts[1], 2), otherwise(1))
    first = draw.random() < 0.5
    if not first:
        floor = All((between(cuts[1], cuts[0]), none_below(2)))
        rows = (
            at_least(cuts[0], 3),
            Row(floor, ToLevel(2)),
            Row(between(-9, cuts[1] - draw.randint(0, 1)), ToLevel(1)),
        )
    overrides = (Row(any_at(1), ToLevel(1)),) if draw.random() < 0.5 else ()
    members = tuple(Member(name, True, LevelScale(LEVELS), None) for name in NAMES)
    return program(
        stage(
            score(formula),
            rows=rows,
            members=members,
            weighted=True,
            limits=tuple(limits),
            overrides=overrides,
            points=points,
            first=first,
        )
    )
