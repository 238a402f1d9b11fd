"""Levels in columns: ratings that are levels of a scale, and the points that levels are worth."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import lcm

import numpy as np

from sespms_rules.engines.columnar.masks import Truth, either
from sespms_rules.engines.columnar.values import Value, compared, constant, type_for, whole
from sespms_rules.program.ir import Relation


def on_levels(rating: Value, levels: tuple[int, ...]) -> Truth:
    """Where a rating is one of the levels; the bounds may answer for all rows."""
    few = isinstance(rating.denominator, int) and rating.denominator == 1 and rating.high - rating.low < len(levels)
    if few and all(each in levels for each in range(rating.low, rating.high + 1)):
        return True
    fits: Truth = False
    for level in levels:
        fits = either(fits, compared(rating, Relation.EQUAL, constant(level)))
    return fits


def levels_where(rating: Value, usable: Truth, levels: tuple[int, ...]) -> Value:
    """Ratings as levels; 0 where they are of no use."""
    kind = type_for(*levels)
    if isinstance(rating.denominator, int) and rating.denominator == 1 and usable is True:
        column = rating.numerator
        return whole(column if isinstance(column, int) else column.astype(kind, copy=False), rating.low, rating.high)
    if usable is False or not levels:
        return constant(0)
    found = rating.numerator // rating.denominator
    if isinstance(found, int) or isinstance(usable, bool):
        found = np.asarray(found)
    return whole(np.where(usable, found, 0).astype(kind), 0, max(levels))


def points_of(level: Value, points: dict[int, Fraction]) -> Value:
    """The points of levels, as `slope * level + offset` and one correction for each level that does not fit.

    On columns this is many times faster than looking each level up; levels without points get some number.
    """
    if not points:
        return constant(0)
    shared = lcm(*(each.denominator for each in points.values()))
    scaled = {each: value.numerator * (shared // value.denominator) for each, value in sorted(points.items())}
    pairs = list(zip(scaled, list(scaled)[1:], strict=False))
    lines = Counter(_line(scaled, *pair) for pair in pairs)
    slope, offset = max(lines, key=lambda line: _fitting(scaled, *line)) if lines else (0, next(iter(scaled.values())))
    reached = {each: slope * each + offset for each in range(level.low, level.high + 1)}
    corrections = {each: scaled[each] - found for each, found in reached.items() if scaled.get(each, found) != found}
    if isinstance(level.numerator, int):
        top = reached[level.numerator] + corrections.get(level.numerator, 0)
        return Value(top, shared, (top, top, shared))
    final = [found + corrections.get(each, 0) for each, found in reached.items()]
    bounds = (*reached.values(), *corrections.values(), slope * level.low, slope * level.high, slope, offset, *final)
    kind = type_for(*bounds, level.low, level.high)
    column = level.numerator.astype(kind, copy=False)
    column = column if slope == 1 else column * kind(slope)
    column = column if offset == 0 else column + kind(offset)
    for each, correction in corrections.items():
        column = column + (level.numerator == each) * kind(correction)
    return Value(column, shared, (min(final), max(final), shared))


def _line(scaled: dict[int, int], first: int, second: int) -> tuple[int, int]:
    slope = (scaled[second] - scaled[first]) // (second - first)
    return slope, scaled[first] - slope * first


def _fitting(scaled: dict[int, int], slope: int, offset: int) -> int:
    return sum(slope * level + offset == value for level, value in scaled.items())
