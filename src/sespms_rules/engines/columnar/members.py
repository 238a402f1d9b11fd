"""A member of a stage in all rows of a block, its own derivation done: what formulas may take of it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import lcm

import numpy as np

from sespms_rules.engines.columnar.masks import Codes, Truth, both, code_where, either, first_code, is_code, negated
from sespms_rules.engines.columnar.values import Value, choose, compared, constant, type_for
from sespms_rules.program import ir

NOT_RATED, NO_LINE_FITS = 8, 12


class Member:
    """One element or requirement; `name` is None for those that only some plans have.

    `level` is 0 where there is none. `number` and `numbered` are its rating by a number and where it has one. `counts`
    is False where it is not rated and left out, `rated` where it has no rating of its own. `inner_score` is the score
    of its own stage, `inner_scored` where that is its score.
    """

    def __init__(self, name: str | None, present: Truth, critical: Truth) -> None:
        self.name = name
        self.present = present
        self.critical = critical
        self.level: Value = constant(0)
        self.number: Value | None = None
        self.numbered: Truth = False
        self.rated: Truth = True
        self.counts: Truth = True
        self.weight: Value | None = None
        self.weighed: Truth = False
        self.inner_score: Value | None = None
        self.derived: Truth = False
        self.further: dict[str, Value] = {}
        self.own: dict[str, Value] = {}
        self.points: Value = constant(0)

    def settle(self, points: dict[int, Fraction]) -> None:
        """Work out the points, once the level is known. `points` are those of the stage's levels."""
        unknown = code_where(negated(self._at_one_of(points)), NO_LINE_FITS)
        by_level = points_of(self.level, points).failing(unknown)
        if self.number is not None:
            by_level = choose(self.numbered, self.number, by_level)
        self.points = by_level.failing(self._instead(by_level.failed))

    def _at_one_of(self, points: dict[int, Fraction]) -> Truth:
        if all(level in points for level in range(self.level.low, self.level.high + 1)):
            return True
        found: Truth = False
        for level in points:
            found = either(found, compared(self.level, ir.Relation.EQUAL, constant(level)))
        return found

    def _instead(self, failed: Codes) -> Codes:
        """Where nothing can be taken: because it is left out, or because the policy gives it none."""
        if isinstance(failed, int) and failed == 0:
            return 0
        missing = is_code(failed, NO_LINE_FITS)
        out = code_where(both(missing, negated(self.counts)), NOT_RATED)
        return first_code(out, failed)

    def taken(self, take: ir.Take) -> Value:
        """What is taken of it, with codes where it has none."""
        if take is ir.Take.POINTS:
            return self.points
        if take is ir.Take.LEVEL:
            missing = compared(self.level, ir.Relation.EQUAL, constant(0))
            return self.level.failing(self._instead(code_where(missing, NO_LINE_FITS)))
        if take is ir.Take.WEIGHT:
            weight = constant(1) if self.weight is None else self.weight
            return weight.failing(self._instead(code_where(negated(self.weighed), NO_LINE_FITS)))
        if self.derived is False:
            return self.points
        inner = self.inner_score or constant(0, NO_LINE_FITS)
        inner = inner.failing(self._instead(code_where(_has_failed(inner), NO_LINE_FITS)))
        return choose(self.derived, inner, self.points)

    def passes(self, test: ir.MemberTest) -> Truth:
        """Where it passes a test; a member without a level is at none."""
        wanted = constant(test.level or 0)
        match test.kind:
            case ir.TestKind.AT:
                return compared(self.level, ir.Relation.EQUAL, wanted)
            case ir.TestKind.AT_OR_BETTER:
                return compared(self.level, ir.Relation.AT_LEAST, wanted)
            case ir.TestKind.BELOW:
                below = compared(self.level, ir.Relation.LESS, wanted)
                return both(below, compared(self.level, ir.Relation.MORE, constant(0)))
            case ir.TestKind.RATED:
                return self.rated
            case ir.TestKind.NOT_RATED:
                return negated(self.rated)


def _has_failed(value: Value) -> Truth:
    return value.failed != 0 if isinstance(value.failed, int) else np.not_equal(value.failed, 0)


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
