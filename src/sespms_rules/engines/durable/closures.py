"""The exact values of one appraisal, worked out by compiled formulas.

This is the arithmetic behind the durable-rules engine. It shares no code with the reference engine, so that two
independent ways of working out a value confirm each other: a formula becomes a closure once, and the closure is
called for each appraisal.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar, assert_never

from sespms_rules.engines.durable.comparisons import Quantity, Tallied, Tally, atoms
from sespms_rules.engines.durable.member_values import (
    Chosen,
    Frame,
    LevelNotYetKnown,
    MemberFrame,
    NoAnswer,
    Passes,
    Value,
    compile_asked,
    compile_counted,
    compile_test,
    number,
)
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact

Compiled = Callable[[Frame, MemberFrame | None], Value]
Number = Callable[[Frame, MemberFrame | None], Exact]


_T = TypeVar("_T")
_V = TypeVar("_V")


def _take(take: ir.Take, member: MemberFrame) -> Exact:
    match take:
        case ir.Take.POINTS:
            found = member.points
        case ir.Take.LEVEL:
            found = member.level
        case ir.Take.SCORE:
            found = member.score
        case ir.Take.WEIGHT:
            found = member.weight
        case _:
            assert_never(take)
    if found is None:
        raise NoAnswer(RefusalKind.NO_LINE_FITS if member.counts else RefusalKind.NOT_RATED)
    return found


def _known(frame: Frame, values: dict[str, _V], name: str) -> _V:
    if name in values:
        return values[name]
    if name in frame.failed:
        raise NoAnswer(frame.failed[name])
    raise LevelNotYetKnown


def _known_score(frame: Frame) -> Exact:
    if frame.score is not None:
        return frame.score
    if None in frame.failed:
        raise NoAnswer(frame.failed[None])
    raise LevelNotYetKnown


def _known_level(frame: Frame) -> int:
    if frame.level is None:
        raise LevelNotYetKnown
    return frame.level


def _rounded(value: Exact, tie: ir.Tie, per_one: int) -> Exact:
    """Round by doubling: twice the scaled value tells whole, half and between apart without dividing."""
    doubled, divisor = value.numerator * per_one * 2, value.denominator
    floor = doubled // divisor // 2
    if floor * 2 * divisor == doubled:
        return Fraction(floor, per_one)
    half = (floor * 2 + 1) * divisor
    above = {
        ir.Tie.UP: True,
        ir.Tie.DOWN: False,
        ir.Tie.HALF_UP: doubled >= half,
        ir.Tie.HALF_DOWN: doubled > half,
        ir.Tie.HALF_EVEN: doubled > half or (doubled == half and floor % 2 == 1),
    }[tie]
    return Fraction(floor + above, per_one)


def _table(table: ir.Table) -> Callable[[Exact], Value]:
    def find(key: Exact) -> Value:
        for row in table.rows:
            if row.keys.holds(key):
                return row.result
        if table.otherwise is None:
            raise NoAnswer(RefusalKind.TABLE_HAS_NO_ROW)
        return table.otherwise

    return find


def _member(frame: Frame, name: str) -> MemberFrame:
    return frame.by_name[name]


def _present(member: MemberFrame | None) -> MemberFrame:
    if member is None:
        raise AssertionError("a formula of each member was asked without a member")
    return member


def _some(items: list[_T]) -> list[_T]:
    if not items:
        raise NoAnswer(RefusalKind.NOTHING_TO_AVERAGE)
    return items


def _count(members: list[MemberFrame], passes: Passes | None) -> int:
    return len(members) if passes is None else sum(1 for member in members if passes(member))


def _divided(left: Exact, right: Exact) -> Exact:
    if right == 0:
        raise NoAnswer(RefusalKind.DIVISION_BY_ZERO)
    return Fraction(left) / right


def _mean(values: list[Exact]) -> Exact:
    return Fraction(sum(_some(values))) / len(values)


def _weighted_mean(values: list[Exact], members: list[MemberFrame]) -> Exact:
    weights = [_take(ir.Take.WEIGHT, member) for member in members]
    total = sum(_some(weights))
    return _divided(sum((value * weight for value, weight in zip(values, weights, strict=True))), total)


def _tally(tally: Tally) -> Number:
    chosen, passes = compile_asked(tally.members, tally.test), compile_test(tally.test)

    def work(frame: Frame, _member: MemberFrame | None) -> Exact:
        members = chosen(frame)
        passing = _count(members, passes)
        match tally.what:
            case Tallied.PASSING:
                return passing
            case Tallied.FAILING:
                return len(members) - passing
            case Tallied.LEAD:
                return 2 * passing - len(members)
            case Tallied.HUNDREDTHS:
                return Fraction(100 * passing, len(_some(members)))
        assert_never(tally.what)

    return work


class Compiler:
    """Compiles the formulas of one program; the tables are its look-up tables."""

    def __init__(self, tables: tuple[ir.Table, ...]) -> None:
        self._tables = {table.name: _table(table) for table in tables}

    def expression(self, expression: ir.Expression) -> Compiled:
        """Return the closure that works out a formula for a frame and, inside `of each`, a member."""
        match expression:
            case ir.Constant(value):
                return lambda _frame, _member: value
            case ir.Named(name):
                return lambda frame, _: _known(frame, frame.named, name)
            case ir.TheScore():
                return lambda frame, _: _known_score(frame)
            case ir.TheLevel():
                return lambda frame, _: _known_level(frame)
            case ir.OfMember(take, name):
                return lambda frame, _: _take(take, _member(frame, name))
            case ir.Own() | ir.OwnFurther() | ir.OwnNamed():
                return self._own(expression)
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.CountOf(members, test):
                chosen = compile_asked(members, test) if test else compile_counted(members)
                passes = compile_test(test) if test else None
                return lambda frame, _: _count(chosen(frame), passes)
            case ir.ShareOf(members, test):
                return self._share(compile_asked(members, test), compile_test(test))
            case ir.Choice(condition, then, otherwise):
                holds, first, second = self.condition(condition), self.expression(then), self.expression(otherwise)
                return lambda frame, member: first(frame, member) if holds(frame, member) else second(frame, member)
            case ir.Rounded(operand, tie, per_one):
                inside = self.expression(operand)
                return lambda frame, member: _rounded(number(inside(frame, member)), tie, per_one)
            case ir.LookUp(table, key):
                find, of = self._tables[table], self.expression(key)
                return lambda frame, member: find(number(of(frame, member)))
            case _:
                return self._arithmetic(expression)

    def _arithmetic(
        self, expression: ir.Sum | ir.Difference | ir.Product | ir.Quotient | ir.Largest | ir.Smallest
    ) -> Compiled:
        match expression:
            case ir.Sum(left, right):
                a, b = self.expression(left), self.expression(right)
                return lambda frame, member: number(a(frame, member)) + number(b(frame, member))
            case ir.Difference(left, right):
                a, b = self.expression(left), self.expression(right)
                return lambda frame, member: number(a(frame, member)) - number(b(frame, member))
            case ir.Product(left, right):
                a, b = self.expression(left), self.expression(right)
                return lambda frame, member: number(a(frame, member)) * number(b(frame, member))
            case ir.Quotient(left, right):
                a, b = self.expression(left), self.expression(right)
                return lambda frame, member: _divided(number(a(frame, member)), number(b(frame, member)))
            case ir.Largest(operands):
                parts = [self.expression(operand) for operand in operands]
                return lambda frame, member: max(number(part(frame, member)) for part in parts)
            case ir.Smallest(operands):
                parts = [self.expression(operand) for operand in operands]
                return lambda frame, member: min(number(part(frame, member)) for part in parts)
        assert_never(expression)

    def _own(self, expression: ir.Own | ir.OwnFurther | ir.OwnNamed) -> Compiled:
        match expression:
            case ir.Own(take):
                return lambda _frame, member: _take(take, _present(member))
            case ir.OwnFurther(name):
                return lambda _frame, member: _present(member).further[name]
            case ir.OwnNamed(name):
                return lambda frame, member: _known(frame, _present(member).named, name)
        assert_never(expression)

    def _aggregate(self, aggregate: ir.Aggregate) -> Compiled:
        chosen, body = compile_counted(aggregate.members), self.expression(aggregate.body)

        def values(frame: Frame) -> list[Exact]:
            return [number(body(frame, member)) for member in chosen(frame)]

        match aggregate.aggregation:
            case ir.Aggregation.SUM:
                return lambda frame, _: sum(values(frame))
            case ir.Aggregation.LOWEST:
                return lambda frame, _: min(_some(values(frame)))
            case ir.Aggregation.HIGHEST:
                return lambda frame, _: max(_some(values(frame)))
            case ir.Aggregation.AVERAGE if aggregate.by_weight:
                return lambda frame, _: _weighted_mean(values(frame), chosen(frame))
            case ir.Aggregation.AVERAGE:
                return lambda frame, _: _mean(values(frame))
        assert_never(aggregate.aggregation)

    def _share(self, chosen: Chosen, passes: Passes) -> Compiled:
        def share(frame: Frame, _member: MemberFrame | None) -> Exact:
            members = chosen(frame)
            return Fraction(_count(members, passes), len(_some(members)))

        return share

    def condition(self, condition: ir.Condition) -> Callable[[Frame, MemberFrame | None], bool]:
        """Return what decides a condition inside a formula (`a when … otherwise b`)."""
        parts = [(self.fact(part), relation, edge) for part, relation, edge in atoms(condition)]
        return lambda frame, member: all(
            _RELATIONS[relation](fact(frame, member), edge) for fact, relation, edge in parts
        )

    def fact(self, quantity: Quantity) -> Number:
        """Return what works out the number that an atom of a condition compares with its edge."""
        if isinstance(quantity, Tally):
            return _tally(quantity)
        value = self.expression(quantity)
        return lambda frame, member: number(value(frame, member))


_RELATIONS: dict[ir.Relation, Callable[[Exact, Exact], bool]] = {
    ir.Relation.AT_LEAST: lambda a, b: a >= b,
    ir.Relation.AT_MOST: lambda a, b: a <= b,
    ir.Relation.MORE: lambda a, b: a > b,
    ir.Relation.LESS: lambda a, b: a < b,
    ir.Relation.EQUAL: lambda a, b: a == b,
}
