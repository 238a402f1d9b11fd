"""Policies that are a sum: points, perhaps times weight, over all elements; cuts on it; overrides by a level.

Most systems are of this kind. Rounding, division by fixed numbers and the rows are folded into cuts on whole sums, so
that what is left for each row of a population is a sum of products and a few comparisons (`columnar_kernel`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.bands import split_band


class Override(Frozen):
    """Where any element is at a level, below it, or at it or better, `outcome` follows."""

    kind: ir.TestKind
    level: int
    outcome: int


class Sums(Frozen):
    """A policy as a sum: `points` of each level, `factor` that brings the sum of points times weight to the score.

    `rounding` is the tie and the decimals of the score, if it is rounded. Of `rows` the first that fits holds
    (`first`), or the only one.
    """

    weighted: bool
    points: tuple[tuple[int, Fraction], ...]
    factor: Fraction
    rounding: tuple[ir.Tie, int] | None
    rows: tuple[ir.Row, ...]
    first: bool
    overrides: tuple[Override, ...]


class _Summed(Frozen):
    """What is summed over the elements, and by what the sum is multiplied."""

    take: ir.Take
    weighted: bool
    factor: Fraction


def sums_of(stage: ir.Stage) -> Sums | None:
    """Return a stage as a sum; None where it says anything else."""
    if stage.open or stage.further or stage.unrated or not stage.members:
        return None
    if any(each.stage is not None or not isinstance(each.scale, ir.LevelScale) for each in stage.members):
        return None
    if len(stage.definitions) != 1 or not isinstance(stage.definitions[0], ir.ScoreDefinition):
        return None
    whole = stage.definitions[0].expression
    rounding = (whole.tie, whole.decimals) if isinstance(whole, ir.Rounded) else None
    summed = _summed(whole.operand if isinstance(whole, ir.Rounded) else whole, stage)
    overrides = [found for row in stage.overrides if (found := _override(row, stage)) is not None]
    bands = all(isinstance(row.outcome, ir.ToLevel) and _is_band(row.condition) for row in stage.rows)
    if summed is None or not bands or len(overrides) != len(stage.overrides):
        return None
    points = stage.points
    if summed.take is ir.Take.LEVEL:
        points = tuple((level, Fraction(level)) for level, _ in stage.points)
    first = stage.hit_policy is ir.HitPolicy.FIRST
    return Sums(summed.weighted, points, summed.factor, rounding, stage.rows, first, tuple(overrides))


def _summed(expression: ir.Expression, stage: ir.Stage) -> _Summed | None:
    match expression:
        case ir.Product(inner, ir.Constant(number)) | ir.Product(ir.Constant(number), inner) if number > 0:
            found = _summed(inner, stage)
            return found and _Summed(found.take, found.weighted, found.factor * number)
        case ir.Quotient(inner, ir.Constant(number)) if number > 0:
            found = _summed(inner, stage)
            return found and _Summed(found.take, found.weighted, found.factor / number)
        case ir.Aggregate(aggregation, body, by_weight, members) if _is_all(members, stage):
            return _aggregate(aggregation, body, by_weight, stage)
    return None


def _aggregate(aggregation: ir.Aggregation, body: ir.Expression, by_weight: bool, stage: ir.Stage) -> _Summed | None:
    match body:
        case ir.Own(take) if take is not ir.Take.WEIGHT:
            product = False
        case ir.Product(ir.Own(take), ir.Own(ir.Take.WEIGHT)) | ir.Product(ir.Own(ir.Take.WEIGHT), ir.Own(take)):
            product = True
        case _:
            return None
    if take is ir.Take.WEIGHT:
        return None
    if aggregation is ir.Aggregation.SUM:
        return _Summed(take, product, Fraction(1))
    if aggregation is ir.Aggregation.AVERAGE and not by_weight:
        return _Summed(take, product, Fraction(1, len(stage.members)))
    total = next((limit.total for limit in stage.limits if isinstance(limit, ir.WeightTotal)), None)
    if aggregation is ir.Aggregation.AVERAGE and not product and total is not None:
        return _Summed(take, True, 1 / total)
    return None


def _is_all(members: ir.Members, stage: ir.Stage) -> bool:
    """Whether members are all those of the stage."""
    if not isinstance(members, ir.Group):
        return False
    if members.kind in (ir.Kind.CRITICAL, ir.Kind.NONCRITICAL):
        return all(each.critical is (members.kind is ir.Kind.CRITICAL) for each in stage.members)
    return members.kind is stage.kind


def _is_band(condition: ir.Condition) -> bool:
    band, others = split_band(condition)
    return band is not None and not others


def _override(row: ir.Row, stage: ir.Stage) -> Override | None:
    match row:
        case ir.Row(ir.NumberThat(members, ir.MemberTest(kind, int(level)), 1, None), ir.ToLevel(outcome)):
            asked = (ir.TestKind.AT, ir.TestKind.BELOW, ir.TestKind.AT_OR_BETTER)
            return Override(kind, level, outcome) if kind in asked and _is_all(members, stage) else None
    return None


# ---- cuts ------------------------------------------------------------------------------------------


def cuts(sums: Sums, unit: Fraction, low: int, high: int) -> tuple[int, list[tuple[int, int]]]:
    """The level that the sum `low` gets, and each sum up to `high` from which on it is another; 0 is no level.

    A sum counts in `unit`: so much score, before rounding, is one of it.
    """

    def score(total: int) -> Fraction:
        exact = total * unit
        return Fraction(rounded(exact, *sums.rounding)) if sums.rounding else exact

    edges = {low}
    for row in sums.rows:
        band, _ = split_band(row.condition)
        for end in (band.low, band.high) if band is not None else ():
            if end is not None:
                edges.add(_first(score, low, high, end, beyond=False))
                edges.add(_first(score, low, high, end, beyond=True))
    found = [(edge, _outcome(sums, score(edge))) for edge in sorted(edges) if edge <= high]
    changes = [each for before, each in pairwise(found) if before[1] != each[1]]
    return found[0][1], changes


def _first(score: Callable[[int], Fraction], low: int, high: int, end: Fraction, *, beyond: bool) -> int:
    """The first sum whose score is at least `end`, or beyond it; one behind `high` where there is none."""
    totals = range(low, high + 1)
    if beyond:
        return low + bisect_left(totals, True, key=lambda total: score(total) > end)
    return low + bisect_left(totals, True, key=lambda total: score(total) >= end)


def _outcome(sums: Sums, score: Fraction) -> int:
    """The level that the rows give for a score; 0 where none fits, or two where only one may."""
    fitting = []
    for row in sums.rows:
        band, _ = split_band(row.condition)
        if band is not None and band.holds(score) and isinstance(row.outcome, ir.ToLevel):
            fitting.append(row.outcome.level)
    return fitting[0] if fitting and (sums.first or len(fitting) == 1) else 0
