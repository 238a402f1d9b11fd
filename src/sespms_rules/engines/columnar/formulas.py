"""The formulas and conditions of a stage, worked out for a whole block of appraisals at once.

Both branches of a choice and every line are worked out for all rows; the code of a value that cannot be worked out
counts only in the rows that would have asked for it, in the order in which they would have.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import assert_never

import numpy as np

from sespms_rules.engines.columnar import values as arithmetic
from sespms_rules.engines.columnar.masks import (
    WAITS,
    Codes,
    Truth,
    both,
    code_where,
    either,
    first_code,
    has_code,
    negated,
    simple,
)
from sespms_rules.engines.columnar.members import Member
from sespms_rules.engines.columnar.values import Value, compared, constant, type_for, whole
from sespms_rules.program import ir

NOT_RATED, NO_LINE_FITS, NOTHING_TO_AVERAGE, DIVISION_BY_ZERO, TABLE_HAS_NO_ROW = 8, 12, 18, 19, 20
"""The last two digits of the refusals that a formula can end in."""

Held = tuple[Truth, Codes]
"""Where a condition holds, and the codes of rows in which it cannot be decided."""

_COMBINED: dict[type[ir.Expression], Callable[[Value, Value], Value]] = {
    ir.Sum: arithmetic.sum_of,
    ir.Product: arithmetic.product_of,
    ir.Difference: lambda left, right: arithmetic.sum_of(left, arithmetic.opposite(right)),
}


class Formulas:
    """The values of one stage in one block; `values`, `score` and `level` are filled in as they become known."""

    def __init__(self, stage: ir.Stage, members: list[Member], tables: dict[str, ir.Table], words: list[str]) -> None:
        self.stage = stage
        self.members = members
        self.by_name = {member.name: member for member in members if member.name is not None}
        self.tables = tables
        self.words = words
        self.values: dict[str, Value] = {}
        self.failed_each: dict[str, Codes] = {}
        self.score: Value | None = None
        self.level: Value | None = None
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
        return [(each, where) for each, where in found if where is not False]

    def counted(self, members: ir.Members) -> list[tuple[Member, Truth]]:
        """The members meant where they count: those left out are not among them."""
        return [(each, both(where, each.counts)) for each, where in self.members_of(members)]

    def tally(self, members: ir.Members, test: ir.MemberTest | None) -> tuple[Value, Value]:
        """How many members pass a test (None: all that count do), and of how many it is asked."""
        known = self._tallies.get((members, test))
        if known is None:
            plain = test is not None and test.kind in (ir.TestKind.RATED, ir.TestKind.NOT_RATED)
            asked = self.members_of(members) if plain else self.counted(members)
            passing = [both(where, each.passes(test)) if test else where for each, where in asked]
            known = self._tallies[members, test] = (number_of(passing), number_of([where for _, where in asked]))
        return known

    # ---- values ----------------------------------------------------------------------------------

    def value(self, expression: ir.Expression, own: Member | None = None) -> Value:
        """Work out a formula for all rows; `own` is the member at hand inside "of each"."""
        match expression:
            case ir.Constant(value):
                return constant(value)
            case ir.Named(name):
                return self.values.get(name, constant(0, WAITS))
            case ir.TheScore():
                return self.score or constant(0, WAITS)
            case ir.TheLevel():
                return self.level or constant(0, WAITS)
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
                chosen = arithmetic.choose(truth, self.value(then, own), self.value(otherwise, own))
                return chosen.failing(first_code(failed, chosen.failed))
            case ir.Rounded(operand, tie, decimals):
                return arithmetic.rounded(self._number(operand, own), tie, decimals)
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
                return arithmetic.quotient_of(self._number(left, own), self._number(right, own), DIVISION_BY_ZERO)
            case ir.Largest(operands) | ir.Smallest(operands):
                pick = arithmetic.greater if isinstance(expression, ir.Largest) else arithmetic.lesser
                found = self._number(operands[0], own)
                for operand in operands[1:]:
                    found = pick(found, self._number(operand, own))
                return found
            case ir.Sum(left, right) | ir.Difference(left, right) | ir.Product(left, right):
                return _COMBINED[type(expression)](self._number(left, own), self._number(right, own))
        assert_never(expression)

    def _share(self, members: ir.Members, test: ir.MemberTest) -> Value:
        return arithmetic.quotient_of(*self.tally(members, test), NOTHING_TO_AVERAGE)

    def _aggregate(self, aggregate: ir.Aggregate) -> Value:
        """Sums and averages leave out the members that do not count by counting them as 0."""
        members = self.counted(aggregate.members)
        bodies = [self._number(aggregate.body, each) for each, _ in members]
        failed: Codes = 0
        for (_, where), body in zip(members, bodies, strict=True):
            failed = first_code(failed, _codes_in(where, body.failed))
        if aggregate.aggregation in (ir.Aggregation.LOWEST, ir.Aggregation.HIGHEST):
            return self._extreme(aggregate.aggregation, members, bodies, failed)
        if aggregate.aggregation is ir.Aggregation.SUM:
            return _total(members, bodies).failing(failed)
        under = self.tally(aggregate.members, None)[0]
        if aggregate.by_weight:
            weights = [each.taken(ir.Take.WEIGHT) for each, _ in members]
            empty = compared(under, ir.Relation.EQUAL, constant(0))
            for (_, where), weight in zip(members, weights, strict=True):
                failed = first_code(failed, _codes_in(where, weight.failed))
            bodies = [arithmetic.product_of(body, weight) for body, weight in zip(bodies, weights, strict=True)]
            under = _total(members, weights).failing(0)
            under = _as_constant(under.failing(code_where(empty, NOTHING_TO_AVERAGE)))
        average = arithmetic.quotient_of(_total(members, bodies).failing(0), under, NOTHING_TO_AVERAGE)
        return average.failing(first_code(failed, average.failed))

    def _extreme(
        self, kind: ir.Aggregation, members: list[tuple[Member, Truth]], bodies: list[Value], failed: Codes
    ) -> Value:
        beats = ir.Relation.LESS if kind is ir.Aggregation.LOWEST else ir.Relation.MORE
        seen: Truth = False
        best = constant(0)
        for (_, where), body in zip(members, bodies, strict=True):
            takes = both(where, either(negated(seen), compared(body, beats, best)))
            best = arithmetic.choose(takes, body, best)
            seen = either(seen, where)
        return best.failing(first_code(failed, code_where(negated(simple(seen)), NOTHING_TO_AVERAGE)))

    def _look_up(self, table: ir.Table, key: Value) -> Value:
        found = constant(0, TABLE_HAS_NO_ROW) if table.otherwise is None else self._result(table, table.otherwise)
        for row in reversed(table.rows):
            inside: Truth = True
            if row.low is not None:
                relation = ir.Relation.AT_LEAST if row.low_in else ir.Relation.MORE
                inside = compared(key, relation, constant(row.low))
            if row.high is not None:
                relation = ir.Relation.AT_MOST if row.high_in else ir.Relation.LESS
                inside = both(inside, compared(key, relation, constant(row.high)))
            found = arithmetic.choose(inside, self._result(table, row.result), found)
        return found.failing(first_code(key.failed, found.failed))

    def _result(self, table: ir.Table, result: Fraction | str) -> Value:
        """A result of a table; all of one table's are over one denominator."""
        if isinstance(result, str):
            return Value(0, 1, (0, 0, 1), word=self.words.index(result))
        results = [
            each for each in (*(row.result for row in table.rows), table.otherwise) if isinstance(each, Fraction)
        ]
        shared = lcm(*(each.denominator for each in results))
        top = result.numerator * (shared // result.denominator)
        return Value(top, shared, (top, top, shared))

    # ---- conditions ------------------------------------------------------------------------------

    def holds(self, condition: ir.Condition, own: Member | None = None) -> Held:
        """Say in which rows a condition holds."""
        match condition:
            case ir.Compare(left, relation, right):
                a, b = self._number(left, own), self._number(right, own)
                return compared(a, relation, b), first_code(a.failed, b.failed)
            case ir.All(parts):
                return self._all(parts, own)
            case ir.NumberThat(members, test, low, high):
                return _within(self.tally(members, test)[0], low, high), 0
            case ir.EveryOne(members, test):
                passing, asked = self.tally(members, test)
                return compared(passing, ir.Relation.EQUAL, asked), 0
            case ir.MajorityThat(members, test):
                passing, asked = self.tally(members, test)
                return compared(arithmetic.product_of(passing, constant(2)), ir.Relation.MORE, asked), 0
            case ir.ShareThat(members, test, least, most):
                share = self._share(members, test)
                return _within(arithmetic.product_of(share, constant(100)), least, most), share.failed
        assert_never(condition)

    def _all(self, parts: tuple[ir.Condition, ...], own: Member | None) -> Held:
        """Parts are asked in order up to the first that does not hold."""
        truth: Truth = True
        failed: Codes = 0
        for each in parts:
            holds, fault = self.holds(each, own)
            failed = first_code(failed, _codes_in(truth, fault))
            truth = both(truth, both(holds, negated(simple(has_code(fault)))))
        return truth, failed


def _own(expression: ir.Own | ir.OwnFurther | ir.OwnNamed, own: Member | None) -> Value:
    if own is None:
        raise TypeError("the program asks for the member at hand where there is none")
    match expression:
        case ir.Own(take):
            return own.taken(take)
        case ir.OwnFurther(name):
            return own.further[name]
        case ir.OwnNamed(name):
            return own.own.get(name, constant(0, WAITS))
    assert_never(expression)


def _codes_in(where: Truth, failed: Codes) -> Codes:
    return failed if where is True else code_where(where, failed)


def _within(value: Value, low: int | Fraction | None, high: int | Fraction | None) -> Truth:
    above = True if low is None else compared(value, ir.Relation.AT_LEAST, constant(low))
    under = True if high is None else compared(value, ir.Relation.AT_MOST, constant(high))
    return both(above, under)


def number_of(truths: list[Truth]) -> Value:
    """How many of these hold, row by row."""
    kind = type_for(len(truths))
    always = sum(truth is True for truth in truths)
    columns = [truth for truth in truths if not isinstance(truth, bool)]
    if not columns:
        return constant(always)
    total = columns[0].astype(kind) + kind(always)
    for column in columns[1:]:
        np.add(total, column, out=total, casting="unsafe")
    return whole(total, always, len(columns) + always)


def _total(members: list[tuple[Member, Truth]], values: list[Value]) -> Value:
    pairs = zip(members, values, strict=True)
    parts = [arithmetic.choose(where, value.failing(0), constant(0)) for (_, where), value in pairs]
    return reduce(arithmetic.sum_of, parts) if parts else constant(0)


def _as_constant(value: Value) -> Value:
    """The same, as one number where all rows have the same: plans whose weights total 100 divide by 100."""
    column = value.numerator
    if isinstance(column, int) or not isinstance(value.denominator, int):
        return value
    low, high = int(column.min()), int(column.max())
    return Value(low if low == high else column, value.denominator, (low, high, value.largest), value.failed)
