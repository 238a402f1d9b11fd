"""The formulas and conditions of a stage, for all rows at once.

Both branches of a choice and every line are worked out for all rows; the code of a value that cannot be worked out
counts only in the rows that would have asked for it, in the order in which they would have.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Generic, assert_never

from sespms_rules.engines.lifted.algebra import WAITS, C, T, V, ValueAlgebra
from sespms_rules.engines.lifted.members import Member
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.interval import Interval
from sespms_rules.program import ir

_NOT_RATED = RefusalKind.NOT_RATED.number
_NOTHING_TO_AVERAGE = RefusalKind.NOTHING_TO_AVERAGE.number
_DIVISION_BY_ZERO = RefusalKind.DIVISION_BY_ZERO.number
_TABLE_HAS_NO_ROW = RefusalKind.TABLE_HAS_NO_ROW.number


class Formulas(Generic[T, C, V]):
    """The values of one stage; `values`, `score` and `level` are filled in as they become known.

    `words` are the codes of all tables; a value that is one carries its place among them. `facts` are what is said of
    the executive or the unit.
    """

    def __init__(
        self,
        algebra: ValueAlgebra[T, C, V],
        stage: ir.Stage,
        members: list[Member[T, C, V]],
        tables: dict[str, ir.Table],
        words: list[str],
        facts: Mapping[str, V],
    ) -> None:
        self._algebra = algebra
        self.stage = stage
        self.members = members
        self._by_name = {member.name: member for member in members if member.name is not None}
        self._tables = tables
        self._words = words
        self._facts = facts
        self.values: dict[str, V] = {}
        self.failed_each: dict[str, C] = {}
        self.score: V | None = None
        self.level: V | None = None
        self._tallies: dict[tuple[ir.Members, ir.MemberTest | None], tuple[V, V]] = {}

    # ---- members ---------------------------------------------------------------------------------

    def members_of(self, members: ir.Members) -> list[tuple[Member[T, C, V], T | bool]]:
        """The members meant, and in which rows each of them is."""
        algebra = self._algebra
        if isinstance(members, ir.Names):
            return [(each, each.present) for each in self.members if each.name in members.names]
        if members.kind is ir.Kind.CRITICAL:
            found = [(each, algebra.both(each.present, each.critical)) for each in self.members]
        elif members.kind is ir.Kind.NONCRITICAL:
            found = [(each, algebra.both(each.present, algebra.negated(each.critical))) for each in self.members]
        else:
            found = [(each, each.present) for each in self.members] if members.kind is self.stage.kind else []
        return [(each, algebra.kept(where)) for each, where in found if where is not False]

    def counted(self, members: ir.Members) -> list[tuple[Member[T, C, V], T | bool]]:
        """The members meant where they count: those left out are not among them."""
        algebra = self._algebra
        return [(each, algebra.kept(algebra.both(where, each.counts))) for each, where in self.members_of(members)]

    def tally(self, members: ir.Members, test: ir.MemberTest | None) -> tuple[V, V]:
        """How many members pass a test (None: all that count do), and of how many it is asked."""
        known = self._tallies.get((members, test))
        if known is None:
            plain = test is not None and test.kind in (ir.TestKind.RATED, ir.TestKind.NOT_RATED)
            asked = self.members_of(members) if plain else self.counted(members)
            passing = [self._algebra.both(where, each.passes(test)) if test else where for each, where in asked]
            everyone = self._algebra.number_of([where for _, where in asked])
            known = self._tallies[members, test] = (self._algebra.number_of(passing), everyone)
        return known

    # ---- values ----------------------------------------------------------------------------------

    def value(self, expression: ir.Expression, own: Member[T, C, V] | None = None) -> V:
        """Work out a formula for all rows; `own` is the member at hand inside "of each"."""
        algebra = self._algebra
        match expression:
            case ir.Constant(value):
                return algebra.constant(value)
            case ir.Named(name):
                return self._or_waiting(self.values.get(name))
            case ir.TheScore():
                return self._or_waiting(self.score)
            case ir.TheLevel():
                return self._or_waiting(self.level)
            case ir.TheFact(name):
                return self._facts[name]
            case ir.OfMember(take, name):
                return self._taken_of(name, take)
            case ir.Own() | ir.OwnFurther() | ir.OwnNamed():
                return self._own(expression, own)
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.CountOf(members, test):
                return self.tally(members, test)[0]
            case ir.ShareOf(members, test):
                return self._share(members, test)
            case ir.Choice(condition, then, otherwise):
                truth, failed = self.holds(condition, own)
                chosen = algebra.choose(truth, self.value(then, own), self.value(otherwise, own))
                return algebra.failing(chosen, algebra.first(failed, algebra.failed(chosen)))
            case ir.Rounded(operand, tie, per_one):
                return algebra.rounded(self.number(operand, own), tie, per_one)
            case ir.LookUp(table, key):
                return self._look_up(self._tables[table], self.number(key, own))
            case _:
                return self._arithmetic(expression, own)

    def _taken_of(self, name: str, take: ir.Take) -> V:
        """What is taken of a member by its name; where a plan does not have it, the row is refused."""
        algebra, member = self._algebra, self._by_name.get(name)
        if member is None:
            return algebra.constant(0, algebra.always(_NOT_RATED))
        value = member.taken(take)
        if not member.optional:
            return value
        absent = algebra.code_where(algebra.negated(member.present), _NOT_RATED)
        return algebra.failing(value, algebra.first(absent, algebra.failed(value)))

    def _or_waiting(self, value: V | None) -> V:
        return self._algebra.constant(0, self._algebra.always(WAITS)) if value is None else value

    def number(self, expression: ir.Expression, own: Member[T, C, V] | None = None) -> V:
        """Work out a formula that must be a number; raise TypeError where it may be a code of a table."""
        value = self.value(expression, own)
        if self._algebra.is_word(value):
            raise TypeError("the program reckons with the codes of a table")
        return value

    def _own(self, expression: ir.Own | ir.OwnFurther | ir.OwnNamed, own: Member[T, C, V] | None) -> V:
        if own is None:
            raise TypeError("the program asks for the member at hand where there is none")
        match expression:
            case ir.Own(take):
                return own.taken(take)
            case ir.OwnFurther(name):
                return own.further[name]
            case ir.OwnNamed(name):
                return self._or_waiting(own.own.get(name))
        assert_never(expression)

    def _arithmetic(
        self,
        expression: ir.Sum | ir.Difference | ir.Product | ir.Quotient | ir.Largest | ir.Smallest,
        own: Member[T, C, V] | None,
    ) -> V:
        algebra = self._algebra
        match expression:
            case ir.Largest(operands) | ir.Smallest(operands):
                wins = ir.Relation.MORE if isinstance(expression, ir.Largest) else ir.Relation.LESS
                found = self.number(operands[0], own)
                for operand in operands[1:]:
                    found = algebra.better(wins, found, self.number(operand, own))
                return found
            case ir.Sum(left, right):
                return algebra.plus(self.number(left, own), self.number(right, own))
            case ir.Difference(left, right):
                return algebra.minus(self.number(left, own), self.number(right, own))
            case ir.Product(left, right):
                return algebra.times(self.number(left, own), self.number(right, own))
            case ir.Quotient(left, right):
                return algebra.quotient(self.number(left, own), self.number(right, own), _DIVISION_BY_ZERO)
        assert_never(expression)

    def _share(self, members: ir.Members, test: ir.MemberTest) -> V:
        return self._algebra.quotient(*self.tally(members, test), _NOTHING_TO_AVERAGE)

    # ---- one value from many ---------------------------------------------------------------------

    def _aggregate(self, aggregate: ir.Aggregate) -> V:
        """Sums and averages leave out the members that do not count by counting them as 0."""
        algebra = self._algebra
        members = self.counted(aggregate.members)
        bodies = [self.number(aggregate.body, each) for each, _ in members]
        failed = self._failed_of(members, bodies)
        if aggregate.aggregation in (ir.Aggregation.LOWEST, ir.Aggregation.HIGHEST):
            return self._extreme(aggregate.aggregation, members, bodies, failed)
        if aggregate.aggregation is ir.Aggregation.SUM:
            return algebra.failing(self._total(members, bodies), failed)
        under = self.tally(aggregate.members, None)[0]
        if aggregate.by_weight:
            weights = [each.taken(ir.Take.WEIGHT) for each, _ in members]
            failed = algebra.first(failed, self._failed_of(members, weights))
            bodies = [algebra.times(body, weight) for body, weight in zip(bodies, weights, strict=True)]
            empty = algebra.compared(under, ir.Relation.EQUAL, algebra.constant(0))
            under = algebra.failing(self._weight_of(members, weights), algebra.code_where(empty, _NOTHING_TO_AVERAGE))
        average = algebra.quotient(self._total(members, bodies), under, _NOTHING_TO_AVERAGE)
        return algebra.failing(average, algebra.first(failed, algebra.failed(average)))

    def _failed_of(self, members: list[tuple[Member[T, C, V], T | bool]], values: list[V]) -> C:
        failed = self._algebra.always(0)
        for (_, where), value in zip(members, values, strict=True):
            failed = self._algebra.first(failed, self._algebra.where(where, self._algebra.failed(value)))
        return failed

    def _total(self, members: list[tuple[Member[T, C, V], T | bool]], values: list[V]) -> V:
        """The sum of values where their members count; it has one in every row."""
        algebra, none = self._algebra, self._algebra.always(0)
        pairs = zip(members, values, strict=True)
        parts = [
            algebra.choose(where, algebra.failing(value, none), algebra.constant(0)) for (_, where), value in pairs
        ]
        return reduce(algebra.plus, parts) if parts else algebra.constant(0)

    def _weight_of(self, members: list[tuple[Member[T, C, V], T | bool]], weights: list[V]) -> V:
        """The sum of weights: of all members that always count, what the policy says the weights total."""
        total = next((limit.total for limit in self.stage.limits if isinstance(limit, ir.WeightTotal)), None)
        whole_plan = len(members) == len(self.members) and all(each.counts is True for each in self.members)
        if total is not None and whole_plan and self.stage.weighted:
            return self._algebra.constant(total)
        return self._algebra.folded(self._total(members, weights))

    def _extreme(
        self,
        kind: ir.Aggregation,
        members: list[tuple[Member[T, C, V], T | bool]],
        bodies: list[V],
        failed: C,
    ) -> V:
        algebra = self._algebra
        beats = ir.Relation.LESS if kind is ir.Aggregation.LOWEST else ir.Relation.MORE
        seen: T | bool = False
        best = algebra.constant(0)
        for (_, where), body in zip(members, bodies, strict=True):
            takes = where
            if seen is not False:
                takes = algebra.both(where, algebra.either(algebra.negated(seen), algebra.compared(body, beats, best)))
            best = algebra.choose(takes, body, best)
            seen = algebra.kept(algebra.either(seen, where))
        empty = algebra.code_where(algebra.negated(seen), _NOTHING_TO_AVERAGE)
        return algebra.failing(best, algebra.first(failed, empty))

    # ---- tables ----------------------------------------------------------------------------------

    def _look_up(self, table: ir.Table, key: V) -> V:
        algebra = self._algebra
        of_rows = (*(row.result for row in table.rows), table.otherwise)
        shared = lcm(*(each.denominator for each in of_rows if isinstance(each, Fraction)))
        found = algebra.constant(0, algebra.always(_TABLE_HAS_NO_ROW))
        if table.otherwise is not None:
            found = self._result(table.otherwise, shared)
        results = [self._result(row.result, shared) for row in table.rows]
        searched = algebra.searched(key, [row.keys for row in table.rows], results, found)
        if searched is None:
            for row, result in zip(reversed(table.rows), reversed(results), strict=True):
                found = algebra.choose(self._inside(key, row.keys), result, found)
        else:
            found = searched
        return algebra.failing(found, algebra.first(algebra.failed(key), algebra.failed(found)))

    def _result(self, result: Fraction | str, shared: int) -> V:
        """A result of a table, over the denominator that all of its results share."""
        if isinstance(result, str):
            return self._algebra.word(self._words.index(result))
        return self._algebra.over(result.numerator * (shared // result.denominator), shared)

    # ---- conditions ------------------------------------------------------------------------------

    def holds(self, condition: ir.Condition, own: Member[T, C, V] | None = None) -> tuple[T | bool, C]:
        """Say in which rows a condition holds; and the codes of rows in which it cannot be decided."""
        algebra, none = self._algebra, self._algebra.always(0)
        match condition:
            case ir.Compare(left, relation, right):
                a, b = self.number(left, own), self.number(right, own)
                return algebra.compared(a, relation, b), algebra.first(algebra.failed(a), algebra.failed(b))
            case ir.Within(expression, reach):
                value = self.number(expression, own)
                if reach.only is not None:
                    return algebra.compared(value, ir.Relation.EQUAL, algebra.constant(reach.only)), algebra.failed(
                        value
                    )
                return algebra.kept(self._inside(value, reach)), algebra.failed(value)
            case ir.All(parts):
                return self._all(parts, own)
            case ir.NumberThat(members, test, low, high):
                return self._within(self.tally(members, test)[0], low, high), none
            case ir.EveryOne(members, test):
                passing, asked = self.tally(members, test)
                return algebra.compared(passing, ir.Relation.EQUAL, asked), none
            case ir.MajorityThat(members, test):
                passing, asked = self.tally(members, test)
                twice = algebra.times(passing, algebra.constant(2))
                return algebra.compared(twice, ir.Relation.MORE, asked), none
            case ir.ShareThat(members, test, least, most):
                share = self._share(members, test)
                hundredths = algebra.times(share, algebra.constant(100))
                return self._within(hundredths, least, most), algebra.failed(share)
        assert_never(condition)

    def _all(self, parts: tuple[ir.Condition, ...], own: Member[T, C, V] | None) -> tuple[T | bool, C]:
        """Parts are asked in order up to the first that does not hold."""
        algebra = self._algebra
        truth: T | bool = True
        failed = algebra.always(0)
        for each in parts:
            holds, fault = self.holds(each, own)
            failed = algebra.first(failed, algebra.where(truth, fault))
            truth = algebra.kept(algebra.both(truth, algebra.both(holds, algebra.negated(algebra.has(fault)))))
        return truth, failed

    def asked(self, question: ir.Question, not_rated: T | bool, there: T | bool = True) -> T | bool:
        """Where the reviewer is asked a question: also of who is rated where that cannot be worked out.

        `there` is where the plan has the member that the stage is of.
        """
        there = self._has(question.about) if self.stage.kind is ir.Kind.ELEMENT else there
        if question.condition is None or there is False:
            return there
        algebra, (truth, fault) = self._algebra, self.holds(question.condition)
        open_ = algebra.kept(algebra.has(fault))
        known = algebra.both(truth, algebra.negated(open_))
        asked = algebra.kept(algebra.either(known, algebra.both(open_, algebra.negated(not_rated))))
        return algebra.kept(algebra.both(there, asked))

    def _has(self, name: str | None) -> T | bool:
        """Where the plan has the element that a question is about."""
        if name is None:
            return True
        member = self._by_name.get(name)
        return False if member is None else member.present if member.optional else True

    def _inside(self, value: V, asked: Interval) -> T | bool:
        """Where a value lies in a range."""
        algebra = self._algebra
        inside: T | bool = True
        if asked.low is not None:
            relation = ir.Relation.AT_LEAST if asked.low_in else ir.Relation.MORE
            inside = algebra.compared(value, relation, algebra.constant(asked.low))
        if asked.high is not None:
            relation = ir.Relation.AT_MOST if asked.high_in else ir.Relation.LESS
            inside = algebra.both(inside, algebra.compared(value, relation, algebra.constant(asked.high)))
        return inside

    def _within(self, value: V, low: int | Fraction | None, high: int | Fraction | None) -> T | bool:
        algebra = self._algebra
        above = True if low is None else algebra.compared(value, ir.Relation.AT_LEAST, algebra.constant(low))
        under = True if high is None else algebra.compared(value, ir.Relation.AT_MOST, algebra.constant(high))
        return algebra.both(above, under)
