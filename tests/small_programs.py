"""What small invented programs share: three elements with three levels, how they are put together and appraised."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from programs import at_least, between, otherwise, program, score, stage
from sespms_rules.program.ir import (
    Expression,
    LevelScale,
    Limit,
    Member,
    NoneAbove,
    Program,
    Rounded,
    Row,
    Tie,
    ToLevel,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.rating import Appraisal, Rated

LEVELS = (3, 2, 1)
NAMES = ("A", "B", "C")
TOTAL = 6
PLAIN_POINTS = tuple((each, Fraction(each)) for each in LEVELS)
MEMBERS = tuple(Member(name, True, LevelScale(LEVELS), None) for name in NAMES)

Case = tuple[tuple[int, ...], tuple[int, ...]]
"""Weights (none where the program uses none) and levels, in the order of `NAMES`."""


# ---- programs ------------------------------------------------------------------------------------


def whole_weights(total: int) -> list[Limit]:
    """The limits that every plan with weights keeps here."""
    return [WeightTotal(Fraction(total)), WholeWeights()]


def drawn_limits(draw: random.Random, *, top: float, ceiling: float, most: int) -> list[Limit]:
    """Whole weights that make `TOTAL`; with these chances none above C, and A of at most so much weight."""
    limits = whole_weights(TOTAL)
    limits += [NoneAbove("C")] if draw.random() < top else []
    limits += [WeightRange(("A",), (), None, Fraction(most))] if draw.random() < ceiling else []
    return limits


def perhaps_rounded(draw: random.Random, formula: Expression, chance: float, decimals: int = 0) -> Expression:
    """The formula, rounded with this chance, to at most so many decimals."""
    if draw.random() >= chance:
        return formula
    return Rounded(formula, draw.choice(tuple(Tie)), draw.choice((1, 2, 10)[: decimals + 2]))


def drawn_halves(draw: random.Random, low: int, high: int) -> tuple[Fraction, Fraction]:
    """Two scores of so many halves, the higher first."""
    lower, higher = sorted(Fraction(draw.randint(low, high), 2) for _ in range(2))
    return higher, lower


def lines_at(high: Fraction | int, low: Fraction | int) -> tuple[Row, ...]:
    """Lines from these scores up, and one for the rest: read in order, every score fits one."""
    return (at_least(str(high), 3), at_least(str(low), 2), otherwise(1))


def closed_bands(draw: random.Random, high: int, low: int, unit: int) -> tuple[Row, ...]:
    """Bands with whole ends: a score between two whole numbers may fit none, and the lower two bands may overlap."""
    rows = (Row(between(high, 4 * unit), ToLevel(3)), Row(between(low, high - 1), ToLevel(2)))
    return (*rows, Row(between(0, low - draw.choice((0, 1))), ToLevel(1)))


def put_together(
    formula: Expression,
    rows: tuple[Row, ...],
    limits: Iterable[Limit],
    overrides: Iterable[Row],
    *,
    first: bool,
    weighted: bool = True,
    points: tuple[tuple[int, Fraction], ...] = PLAIN_POINTS,
    caps: Iterable[Row] = (),
) -> Program:
    """The program over the three elements; limits of weights are left out where it uses none."""
    return program(
        stage(
            score(formula),
            rows=rows,
            members=MEMBERS,
            weighted=weighted,
            limits=tuple(limits) if weighted else (),
            overrides=tuple(overrides),
            points=points,
            first=first,
            caps=tuple(caps),
        )
    )


# ---- appraisals ----------------------------------------------------------------------------------


def every_appraisal(weighted: bool) -> Iterator[tuple[Case, Appraisal]]:
    """Each appraisal of the three elements whose weights make the total."""
    plans = [plan for plan in itertools.product(range(1, TOTAL + 1), repeat=3) if sum(plan) == TOTAL]
    for plan in plans if weighted else [()]:
        for vector in itertools.product(LEVELS, repeat=3):
            given: Sequence[Fraction | None] = [Fraction(each) for each in plan] or [None] * 3
            members = zip(NAMES, vector, given, strict=True)
            yield (
                (plan, vector),
                Appraisal("x", tuple(Rated(name, Fraction(rating), weight) for name, rating, weight in members)),
            )
