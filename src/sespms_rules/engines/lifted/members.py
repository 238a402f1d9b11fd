"""A member of a stage in all rows, its own derivation done: what formulas may take of it, and how it is tested."""

from __future__ import annotations

from fractions import Fraction
from typing import Generic

from sespms_rules.engines.lifted.algebra import C, T, V, ValueAlgebra
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir

_NOT_RATED, _NO_LINE_FITS = RefusalKind.NOT_RATED.number, RefusalKind.NO_LINE_FITS.number


def levels_by_lines(stage: ir.Stage, *, always: bool) -> frozenset[int]:
    """The levels that an element's own stage may give it; 0, for none, where it need not `always` have one."""
    rows = (*stage.overrides, *stage.rows, *stage.caps)
    given = frozenset(row.outcome.level for row in rows if isinstance(row.outcome, ir.ToLevel))
    # Without rows its score alone may serve, and where it is left out it has no level.
    return given if stage.rows and always else given | {0}


class Member(Generic[T, C, V]):
    """One element or requirement; `name` is None for those that only some plans have.

    `level` is 0 where there is none. `number` and `numbered` are its rating by a number and where it has one. `counts`
    is False where it is not rated and left out, `rated` where it has no rating of its own. `inner_score` is the score
    of its own stage, `derived` where that is its score. `levels` are all that it can have in a row that is admitted,
    `lacks_weight` says that it may have no weight there. An `optional` one that is not `present` counts for nothing.
    """

    def __init__(self, algebra: ValueAlgebra[T, C, V], name: str | None, present: T | bool, critical: T | bool) -> None:
        self._algebra = algebra
        self.name = name
        self.present = present
        self.critical = critical
        self.level: V = algebra.constant(0)
        self.levels: frozenset[int] = frozenset({0})
        self.number: V | None = None
        self.numbered: T | bool = False
        self.rated: T | bool = True
        self.counts: T | bool = True
        self.weight: V = algebra.constant(0)
        self.weighed: T | bool = False
        self.lacks_weight = True
        self.optional = False
        self.inner_score: V | None = None
        self.derived: T | bool = False
        self.further: dict[str, V] = {}
        self.own: dict[str, V] = {}
        self._points: V = algebra.constant(0)

    def settle(self, points: dict[int, Fraction]) -> None:
        """Work out the points, once the level is known. `points` are those of the stage's levels."""
        algebra = self._algebra
        if self.number is not None and self.counts is True:
            self._points = self.number
            return
        unknown = algebra.code_where(algebra.negated(self._at_one_of(points)), _NO_LINE_FITS)
        by_level = algebra.failing(algebra.points(self.level, points), unknown)
        if self.number is not None:
            by_level = algebra.choose(self.numbered, self.number, by_level)
        self._points = algebra.failing(by_level, self._instead(algebra.failed(by_level)))

    def _at_one_of(self, points: dict[int, Fraction]) -> T | bool:
        if self._algebra.possible(self.level, self.levels) <= points.keys():
            return True
        return self._algebra.kept(self._algebra.any_of(self.at(ir.Relation.EQUAL, level) for level in points))

    def _instead(self, failed: C) -> C:
        """Where nothing can be taken: because it is left out, or because the policy gives it none."""
        algebra = self._algebra
        missing = algebra.has(failed)
        if missing is False:
            return failed
        left_out = algebra.both(missing, algebra.negated(self.counts))
        return algebra.beside([(left_out, _NOT_RATED), (missing, _NO_LINE_FITS)])

    def at(self, relation: ir.Relation, level: int) -> T | bool:
        """How its level stands to another."""
        return self._algebra.compared(self.level, relation, self._algebra.constant(level))

    def taken(self, take: ir.Take) -> V:
        """What is taken of it, with codes where it has none."""
        algebra = self._algebra
        if take is ir.Take.LEVEL:
            may_miss = 0 in algebra.possible(self.level, self.levels)
            missing = algebra.code_where(self.at(ir.Relation.EQUAL, 0) if may_miss else False, _NO_LINE_FITS)
            return algebra.failing(self.level, self._instead(missing))
        if take is ir.Take.WEIGHT:
            unweighed = algebra.negated(self.weighed) if self.lacks_weight else False
            return algebra.failing(self.weight, self._instead(algebra.code_where(unweighed, _NO_LINE_FITS)))
        if take is ir.Take.POINTS or self.derived is False:
            return self._points
        inner = self.inner_score
        if inner is None:
            inner = algebra.constant(0, algebra.always(_NO_LINE_FITS))
        failed = algebra.failed(inner)
        inner = algebra.failing(inner, self._instead(algebra.where(algebra.has(failed), failed)))
        return algebra.choose(self.derived, inner, self._points)

    def passes(self, test: ir.MemberTest) -> T | bool:
        """Where it passes a test; a member without a level is at none."""
        wanted = test.level or 0
        match test.kind:
            case ir.TestKind.AT:
                return self.at(ir.Relation.EQUAL, wanted)
            case ir.TestKind.AT_OR_BETTER:
                return self.at(ir.Relation.AT_LEAST, wanted)
            case ir.TestKind.BELOW:
                return self._algebra.both(self.at(ir.Relation.LESS, wanted), self.at(ir.Relation.MORE, 0))
            case ir.TestKind.RATED:
                return self.rated
            case ir.TestKind.NOT_RATED:
                return self._algebra.negated(self.rated)
