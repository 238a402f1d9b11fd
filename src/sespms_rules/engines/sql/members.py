"""A member of a stage in all rows of a query, its own derivation done: what formulas may take of it."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from sespms_rules.engines.sql.text import (
    NONE,
    Codes,
    Truth,
    both,
    case,
    code_where,
    codes_in,
    either,
    has_code,
    joined,
    negated,
)
from sespms_rules.engines.sql.values import Arithmetic, Value, constant, whole
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir

NOT_RATED, NO_LINE_FITS = 8, 12


class Member:
    """One element or requirement; `name` is None for those that only some plans have.

    `level` is 0 where there is none. `number` and `numbered` are its rating by a number and where it has one. `counts`
    is False where it is not rated and left out, `rated` where it has no rating of its own. `inner_score` is the score
    of its own stage, `derived` where that is its score. `levels` are all that it can have in a row that is admitted,
    `lacks_weight` says that it may have no weight there.
    """

    def __init__(self, name: str | None, present: Truth, critical: Truth, arithmetic: Arithmetic) -> None:
        self.name = name
        self.present = present
        self.critical = critical
        self.level: Value = whole(0, 0, 0)
        self.levels: frozenset[int] = frozenset({0})
        self.lacks_weight = True
        self.number: Value | None = None
        self.numbered: Truth = False
        self.rated: Truth = True
        self.counts: Truth = True
        self.weight: Value = whole(0, 0, 0)
        self.weighed: Truth = False
        self.inner_score: Value | None = None
        self.derived: Truth = False
        self.further: dict[str, Value] = {}
        self.own: dict[str, Value] = {}
        self._arithmetic = arithmetic
        self._points: Value = constant(0)

    def settle(self, points: dict[int, Fraction]) -> None:
        """Work out the points, once the level is known. `points` are those of the stage's levels."""
        if self.number is not None and self.counts is True:
            self._points = self.number
            return
        unknown = code_where(negated(self._known(points)), NO_LINE_FITS)
        by_level = replace(self._points_of(points), failed=unknown)
        if self.number is not None:
            by_level = self._arithmetic.choose(self.numbered, self.number, by_level)
        self._points = replace(by_level, failed=self._instead(by_level.failed))

    def _known(self, points: dict[int, Fraction]) -> Truth:
        """Where the level has points."""
        if self.levels <= points.keys():
            return True
        found: Truth = False
        for level in points:
            found = either(found, self.at(ir.Relation.EQUAL, level))
        return self._arithmetic.steps.truth(found)

    def _points_of(self, points: dict[int, Fraction]) -> Value:
        reached = {level: each for level, each in points.items() if self.level.low <= level <= self.level.high}
        if not reached:
            return constant(0)
        if all(level == each for level, each in reached.items()):
            return self.level
        shared = lcm(*(each.denominator for each in reached.values()))
        scaled = {level: each.numerator * (shared // each.denominator) for level, each in reached.items()}
        top = self.level.top
        if isinstance(top, int):
            return constant(points.get(top, Fraction(0)))
        choices = [(joined("{} = {}", top, level), each) for level, each in scaled.items()]
        number = self._arithmetic.steps.number(case(choices, 0))
        return Value(number, shared, min(0, *scaled.values()), max(0, *scaled.values()), shared)

    def _instead(self, failed: Codes) -> Codes:
        """Where nothing can be taken: because it is left out, or because the policy gives it none."""
        if failed == NONE:
            return NONE
        missing, steps = has_code(failed), self._arithmetic.steps
        choices = [(both(missing, negated(self.counts)), NOT_RATED), (missing, NO_LINE_FITS)]
        return steps.codes(Codes(case(choices, 0), frozenset({NOT_RATED, NO_LINE_FITS})))

    def at(self, relation: ir.Relation, level: int) -> Truth:
        """How its level stands to another."""
        return self._arithmetic.compared(self.level, relation, constant(level))

    def taken(self, take: ir.Take) -> Value:
        """What is taken of it, with codes where it has none."""
        if take is ir.Take.POINTS:
            return self._points
        if take is ir.Take.LEVEL:
            missing = NONE if 0 not in self.levels else code_where(self.at(ir.Relation.EQUAL, 0), NO_LINE_FITS)
            return replace(self.level, failed=self._instead(missing))
        if take is ir.Take.WEIGHT:
            missing = code_where(negated(self.weighed), NO_LINE_FITS) if self.lacks_weight else NONE
            return replace(self.weight, failed=self._instead(missing))
        if self.derived is False:
            return self._points
        inner = self.inner_score or constant(0, Codes(NO_LINE_FITS, frozenset({NO_LINE_FITS})))
        inner = replace(inner, failed=self._instead(codes_in(has_code(inner.failed), inner.failed)))
        return self._arithmetic.choose(self.derived, inner, self._points)

    def passes(self, test: ir.MemberTest) -> Truth:
        """Where it passes a test; a member without a level is at none."""
        wanted = test.level or 0
        match test.kind:
            case ir.TestKind.AT:
                return self.at(ir.Relation.EQUAL, wanted)
            case ir.TestKind.AT_OR_BETTER:
                return self.at(ir.Relation.AT_LEAST, wanted)
            case ir.TestKind.BELOW:
                return both(self.at(ir.Relation.LESS, wanted), self.at(ir.Relation.MORE, 0))
            case ir.TestKind.RATED:
                return self.rated
            case ir.TestKind.NOT_RATED:
                return negated(self.rated)
