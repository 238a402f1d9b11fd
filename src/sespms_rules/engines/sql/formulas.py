"""The formulas and conditions of a stage as SQL.

Both branches of a choice and every line stand in the query; the code of a value that cannot be worked out counts only
in the rows that would have asked for it, in the order in which they would have.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import assert_never

from sespms_rules.engines.sql.admission import number_of
from sespms_rules.engines.sql.members import Member
from sespms_rules.engines.sql.text import (
    NONE,
    WAITS,
    Codes,
    Truth,
    both,
    code_where,
    codes_in,
    either,
    has_code,
    negated,
)
from sespms_rules.engines.sql.values import Arithmetic, Value, constant
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir

NOT_RATED, NO_LINE_FITS, NOTHING_TO_AVERAGE, DIVISION_BY_ZERO, TABLE_HAS_NO_ROW = 8, 12, 18, 19, 20
"""The last two digits of the refusals that a formula can end in."""

Held = tuple[Truth, Codes]
"""Where a condition holds, and the codes of rows in which it cannot be decided."""


def always(code: int) -> Codes:
    """The same code in every row."""
    return Codes(code, frozenset({code}))


_WAITING = constant(0, always(WAITS))


class Formulas:
    """The values of one stage; `values`, `score` and `level` are filled in as they become known."""

    def __init__(
        self, stage: ir.Stage, members: list[Member], tables: dict[str, ir.Table], words: list[str], sums: Arithmetic
    ) -> None:
        self.stage = stage
        self.members = members
        self.by_name = {member.name: member for member in members if member.name is not None}
        self.tables = tables
        self.words = words
        self.values: dict[str, Value] = {}
        self.failed_each: dict[str, Codes] = {}
        self.score: Value | None = None
        self.level: Value | None = None
        self._sums = sums
        self._tallies: dict[tuple[ir.Members, ir.MemberTest | None], tuple[Value, Value]] = {}

    # ---- members ---------------------------------------------------------------------------------

    def members_of(self, members: ir.Members) -> list[tuple[Member, Truth]]:
        """The members meant, and in which rows each of them is."""
        if isinstance(members, ir.Names):
            return [(each, each.present) for each in self.members if each.name in members.names]
        if members.kind is ir.Kind.CRITICAL:
            found = [(each, both(each.present, each.critical)) for each in self.members]
        elif members.kind is ir.Kind.NONCRITICAL:
            found = [(each, both(each.present, negated(each.critical))) for each in self.members]
        else:
            found = [(each, each.present) for each in self.members] if members.kind is self.stage.kind else []
        return [(each, self._sums.steps.truth(where)) for each, where in found if where is not False]

    def counted(self, members: ir.Members) -> list[tuple[Member, Truth]]:
        """The members meant where they count: those left out are not among them."""
        found = self.members_of(members)
        return [(each, self._sums.steps.truth(both(where, each.counts))) for each, where in found]

    def tally(self, members: ir.Members, test: ir.MemberTest | None) -> tuple[Value, Value]:
        """How many members pass a test (None: all that count do), and of how many it is asked."""
        known = self._tallies.get((members, test))
        if known is None:
            plain = test is not None and test.kind in (ir.TestKind.RATED, ir.TestKind.NOT_RATED)
            asked = self.members_of(members) if plain else self.counted(members)
            passing = [both(where, each.passes(test)) if test else where for each, where in asked]
            everyone = number_of([where for _, where in asked], self._sums)
            known = self._tallies[members, test] = (number_of(passing, self._sums), everyone)
        return known

    # ---- values ----------------------------------------------------------------------------------

    def value(self, expression: ir.Expression, own: Member | None = None) -> Value:
        """Work out a formula for all rows; `own` is the member at hand inside "of each"."""
        match expression:
            case ir.Constant(value):
                return constant(value)
            case ir.Named(name):
                return self.values.get(name, _WAITING)
            case ir.TheScore():
                return self.score or _WAITING
            case ir.TheLevel():
                return self.level or _WAITING
            case ir.OfMember(take, name):
                return self.by_name[name].taken(take)
            case ir.Own() | ir.OwnFurther() | ir.OwnNamed():
                return _own(expression, own)
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.CountOf(members, test):
                return self.tally(members, test)[0]
            case ir.ShareOf(members, test):
                return self._share(members, test)
            case ir.Choice(condition, then, otherwise):
                truth, failed = self.holds(condition, own)
                chosen = self._sums.choose(truth, self.value(then, own), self.value(otherwise, own))
                return replace(chosen, failed=self._sums.steps.first_code(failed, chosen.failed))
            case ir.Rounded(operand, tie, decimals):
                return self._sums.rounded(self._number(operand, own), tie, decimals)
            case ir.LookUp(table, key):
                return self._look_up(self.tables[table], self._number(key, own))
            case _:
                return self._arithmetic(expression, own)

    def _number(self, expression: ir.Expression, own: Member | None) -> Value:
        value = self.value(expression, own)
        if value.word is not None:
            raise TypeError("the program reckons with the codes of a table")
        return value

    def _arithmetic(
        self,
        expression: ir.Sum | ir.Difference | ir.Product | ir.Quotient | ir.Largest | ir.Smallest,
        own: Member | None,
    ) -> Value:
        match expression:
            case ir.Quotient(left, right):
                return self._sums.quotient_of(self._number(left, own), self._number(right, own), DIVISION_BY_ZERO)
            case ir.Largest(operands) | ir.Smallest(operands):
                wins = ir.Relation.MORE if isinstance(expression, ir.Largest) else ir.Relation.LESS
                found = self._number(operands[0], own)
                for operand in operands[1:]:
                    found = self._sums.better(wins, found, self._number(operand, own))
                return found
            case ir.Sum(left, right):
                return self._sums.sum_of(self._number(left, own), self._number(right, own))
            case ir.Difference(left, right):
                return self._sums.difference_of(self._number(left, own), self._number(right, own))
            case ir.Product(left, right):
                return self._sums.product_of(self._number(left, own), self._number(right, own))
        assert_never(expression)

    def _share(self, members: ir.Members, test: ir.MemberTest) -> Value:
        return self._sums.quotient_of(*self.tally(members, test), NOTHING_TO_AVERAGE)

    def _aggregate(self, aggregate: ir.Aggregate) -> Value:
        """Sums and averages leave out the members that do not count by counting them as 0."""
        members = self.counted(aggregate.members)
        bodies = [self._number(aggregate.body, each) for each, _ in members]
        failed = self._failed_of(members, bodies)
        if aggregate.aggregation in (ir.Aggregation.LOWEST, ir.Aggregation.HIGHEST):
            return self._extreme(aggregate.aggregation, members, bodies, failed)
        if aggregate.aggregation is ir.Aggregation.SUM:
            return replace(self._total(members, bodies), failed=failed)
        under = self.tally(aggregate.members, None)[0]
        if aggregate.by_weight:
            weights = [each.taken(ir.Take.WEIGHT) for each, _ in members]
            failed = self._sums.steps.first_code(failed, self._failed_of(members, weights))
            bodies = [self._sums.product_of(body, weight) for body, weight in zip(bodies, weights, strict=True)]
            empty = self._sums.compared(under, ir.Relation.EQUAL, constant(0))
            under = replace(self._weight_of(members, weights), failed=code_where(empty, NOTHING_TO_AVERAGE))
        average = self._sums.quotient_of(self._total(members, bodies), under, NOTHING_TO_AVERAGE)
        return replace(average, failed=self._sums.steps.first_code(failed, average.failed))

    def _failed_of(self, members: list[tuple[Member, Truth]], values: list[Value]) -> Codes:
        failed = NONE
        for (_, where), value in zip(members, values, strict=True):
            failed = self._sums.steps.first_code(failed, codes_in(where, value.failed))
        return failed

    def _total(self, members: list[tuple[Member, Truth]], values: list[Value]) -> Value:
        total = constant(0)
        for (_, where), value in zip(members, values, strict=True):
            total = self._sums.sum_of(total, self._sums.choose(where, replace(value, failed=NONE), constant(0)))
        return total

    def _weight_of(self, members: list[tuple[Member, Truth]], weights: list[Value]) -> Value:
        """The sum of weights: of all members that always count, what the policy says the weights total."""
        total = next((limit.total for limit in self.stage.limits if isinstance(limit, ir.WeightTotal)), None)
        whole_plan = len(members) == len(self.members) and all(each.counts is True for each in self.members)
        if total is not None and whole_plan and self.stage.weighted:
            return constant(total)
        return self._total(members, weights)

    def _extreme(
        self, kind: ir.Aggregation, members: list[tuple[Member, Truth]], bodies: list[Value], failed: Codes
    ) -> Value:
        beats = ir.Relation.LESS if kind is ir.Aggregation.LOWEST else ir.Relation.MORE
        seen: Truth = False
        best = constant(0)
        for (_, where), body in zip(members, bodies, strict=True):
            takes = where if seen is False else both(where, either(negated(seen), self._beats(body, beats, best)))
            best = self._sums.choose(takes, body, best)
            seen = self._sums.steps.truth(either(seen, where))
        empty = code_where(negated(seen), NOTHING_TO_AVERAGE)
        return replace(best, failed=self._sums.steps.first_code(failed, empty))

    def _beats(self, body: Value, relation: ir.Relation, best: Value) -> Truth:
        return self._sums.compared(body, relation, best)

    def _look_up(self, table: ir.Table, key: Value) -> Value:
        found = constant(0, always(TABLE_HAS_NO_ROW))
        if table.otherwise is not None:
            found = self._result(table, table.otherwise)
        for row in reversed(table.rows):
            inside: Truth = True
            if row.low is not None:
                relation = ir.Relation.AT_LEAST if row.low_in else ir.Relation.MORE
                inside = self._sums.compared(key, relation, constant(row.low))
            if row.high is not None:
                relation = ir.Relation.AT_MOST if row.high_in else ir.Relation.LESS
                inside = both(inside, self._sums.compared(key, relation, constant(row.high)))
            found = self._sums.choose(inside, self._result(table, row.result), found)
        return replace(found, failed=self._sums.steps.first_code(key.failed, found.failed))

    def _result(self, table: ir.Table, result: Fraction | str) -> Value:
        """A result of a table; all of one table's are over one denominator."""
        if isinstance(result, str):
            return Value(0, 1, 0, 0, 1, word=self.words.index(result))
        results = [
            each for each in (*(row.result for row in table.rows), table.otherwise) if isinstance(each, Fraction)
        ]
        shared = lcm(*(each.denominator for each in results))
        top = result.numerator * (shared // result.denominator)
        return Value(top, shared, top, top, shared)

    # ---- conditions ------------------------------------------------------------------------------

    def holds(self, condition: ir.Condition, own: Member | None = None) -> Held:
        """Say in which rows a condition holds."""
        match condition:
            case ir.Compare(left, relation, right):
                a, b = self._number(left, own), self._number(right, own)
                return self._sums.compared(a, relation, b), self._sums.steps.first_code(a.failed, b.failed)
            case ir.All(parts):
                return self._all(parts, own)
            case ir.NumberThat(members, test, low, high):
                return self._within(self.tally(members, test)[0], low, high), NONE
            case ir.EveryOne(members, test):
                passing, asked = self.tally(members, test)
                return self._sums.compared(passing, ir.Relation.EQUAL, asked), NONE
            case ir.MajorityThat(members, test):
                passing, asked = self.tally(members, test)
                twice = self._sums.product_of(passing, constant(2))
                return self._sums.compared(twice, ir.Relation.MORE, asked), NONE
            case ir.ShareThat(members, test, least, most):
                share = self._share(members, test)
                hundredths = self._sums.product_of(share, constant(100))
                return self._within(hundredths, least, most), share.failed
        assert_never(condition)

    def _all(self, parts: tuple[ir.Condition, ...], own: Member | None) -> Held:
        """Parts are asked in order up to the first that does not hold."""
        truth: Truth = True
        failed = NONE
        for each in parts:
            holds, fault = self.holds(each, own)
            failed = self._sums.steps.first_code(failed, codes_in(truth, fault))
            truth = self._sums.steps.truth(both(truth, both(holds, negated(has_code(fault)))))
        return truth, failed

    def _within(self, value: Value, low: int | Fraction | None, high: int | Fraction | None) -> Truth:
        above = True if low is None else self._sums.compared(value, ir.Relation.AT_LEAST, constant(low))
        under = True if high is None else self._sums.compared(value, ir.Relation.AT_MOST, constant(high))
        return both(above, under)


def _own(expression: ir.Own | ir.OwnFurther | ir.OwnNamed, own: Member | None) -> Value:
    if own is None:
        raise TypeError("the program asks for the member at hand where there is none")
    match expression:
        case ir.Own(take):
            return own.taken(take)
        case ir.OwnFurther(name):
            return own.further[name]
        case ir.OwnNamed(name):
            return own.own.get(name, _WAITING)
    assert_never(expression)
