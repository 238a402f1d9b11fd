"""Small programs of the weighted-sum kind, drawn at random."""

from __future__ import annotations

import random
from fractions import Fraction

from programs import WEIGHTED_SUM, any_at, at_least, average, between, none_below
from sespms_rules.program.ir import All, Expression, NoneAbove, Program, Quotient, Row, ToLevel, WeightRange
from sespms_rules.program.ir import Constant as Number
from small_programs import LEVELS, NAMES, lines_at, perhaps_rounded, put_together, whole_weights


def drawn(seed: int) -> Program:
    """Three members with whole weights, points of their own, gaps, overlaps, floors, overrides."""
    draw = random.Random(seed)
    total = draw.randint(5, 9)
    limits = whole_weights(total)
    limits += [NoneAbove(draw.choice(NAMES))] if draw.random() < 0.5 else []
    limits += [WeightRange(("A",), (), None, Fraction(draw.randint(1, 4)))] if draw.random() < 0.4 else []
    limits += [WeightRange(None, ("B",), Fraction(3, 2), None)] if draw.random() < 0.3 else []
    formula: Expression = WEIGHTED_SUM if draw.random() < 0.6 else average(by_weight=True)
    unit = total if formula == WEIGHTED_SUM else 1
    if draw.random() < 0.3:
        formula = Quotient(formula, Number(Fraction(2)))
    formula = perhaps_rounded(draw, formula, 0.4, decimals=1)
    points = tuple((each, Fraction(draw.randint(-2, 8), draw.choice((1, 1, 2)))) for each in LEVELS)
    cuts = sorted((draw.randint(0, 3 * unit) for _ in range(2)), reverse=True)
    rows = lines_at(cuts[0], cuts[1])
    first = draw.random() < 0.5
    if not first:
        floor = All((between(cuts[1], cuts[0]), none_below(2)))
        rows = (
            at_least(cuts[0], 3),
            Row(floor, ToLevel(2)),
            Row(between(-9, cuts[1] - draw.randint(0, 1)), ToLevel(1)),
        )
    overrides = (Row(any_at(1), ToLevel(1)),) if draw.random() < 0.5 else ()
    caps = (Row(any_at(2), ToLevel(2)),) if draw.random() < 0.3 else ()
    return put_together(formula, rows, limits, overrides, first=first, points=points, caps=caps)
