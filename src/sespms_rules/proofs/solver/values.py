"""Exact values as the solver sees them: fixed, one of few, linear, a ratio, or a ratio with something done to it.

A product of two values that both depend on ratings or weights is no linear arithmetic. Where one of them can be one
of few numbers (the points of a level), it is written out as a ladder of cases with constants instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

import z3

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import Relation
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term, any_of, both, negated
from sespms_rules.proofs.solver.steps_on_ratio import NoLess, NoMore, Plus, Step, Times, reach

MOST_CASES = 64
"""Values that can be one of more numbers than this are written as linear terms."""


class Fixed(Frozen):
    """One number."""

    value: Fraction


class Cases(Frozen):
    """One of few numbers: each with the condition under which the value is that number; the conditions exclude
    each other.
    """

    rows: tuple[tuple[Formula, Fraction], ...]


class Linear(Frozen):
    """A linear term."""

    term: Term


class Ratio(Frozen):
    """A linear term over another that is more than 0."""

    top: Linear
    bottom: Linear


class Stepped(Frozen):
    """A ratio to which something was done that only fixed numbers enter; it can be compared with these alone."""

    ratio: Ratio
    steps: tuple[Step, ...]


Value = Fixed | Cases | Linear | Ratio | Stepped

ZERO = Fixed(Fraction(0))


def constant(number: Fraction) -> Term:
    """A number as a term: whole where it is whole."""
    return z3.IntVal(number.numerator) if number.denominator == 1 else z3.Q(number.numerator, number.denominator)


def cases(rows: Sequence[tuple[Formula, Fraction]]) -> Value:
    """A value that is one of few numbers, equal ones taken together."""
    found: dict[Fraction, list[Formula]] = {}
    for condition, number in rows:
        if condition is True:
            return Fixed(number)
        if condition is not False:
            found.setdefault(number, []).append(condition)
    if len(found) == 1:
        return Fixed(next(iter(found)))
    return Cases(tuple((any_of(conditions), number) for number, conditions in found.items()))


def rows_of(value: Value) -> tuple[tuple[Formula, Fraction], ...] | None:
    """The numbers a value can be, with their conditions; None for one that is not one of few."""
    match value:
        case Fixed(number):
            return ((True, number),)
        case Cases(rows):
            return rows
    return None


def linear(value: Value) -> Linear:
    """A value as a linear term."""
    match value:
        case Fixed(number):
            return Linear(constant(number))
        case Cases(rows):
            return _ladder(rows, constant)
        case Ratio() | Stepped():
            raise NotEncodable("it reckons further with a mean whose weights have no fixed total")
    return value


def _ladder(rows: Sequence[tuple[Formula, Fraction]], told: Callable[[Fraction], Term]) -> Linear:
    """A ladder of `if`: the last case needs no condition, because one of them holds."""
    if not rows:
        return Linear(constant(Fraction(0)))
    term = told(rows[-1][1])
    for condition, number in reversed(rows[:-1]):
        term = z3.If(condition, told(number), term)
    return Linear(term)


def scaled(value: Linear, by: Fraction) -> Linear:
    """A linear term times a fixed number."""
    if by == 1:
        return value
    if by == 0:
        return Linear(constant(by))
    return Linear(constant(by) * value.term)


def mapped(value: Fixed | Cases, change: Callable[[Fraction], Fraction]) -> Value:
    """Something done to each number that a value can be."""
    return cases([(condition, change(number)) for condition, number in rows_of(value) or ()])


def _crossed(left: Value, right: Value, join: Callable[[Fraction, Fraction], Fraction]) -> Value | None:
    one, two = rows_of(left), rows_of(right)
    if one is None or two is None or len({join(x, y) for _, x in one for _, y in two}) > MOST_CASES:
        return None
    return cases([(both(a, b), join(x, y)) for a, x in one for b, y in two])


def _over_one(left: Value, right: Value) -> tuple[Linear, Linear, Linear] | None:
    """Two values, one a ratio at least, over the same bottom; None where they have no bottom in common."""
    bottom = left.bottom if isinstance(left, Ratio) else right.bottom if isinstance(right, Ratio) else None
    if bottom is None:
        return None
    tops = []
    for each in (left, right):
        if isinstance(each, Ratio):
            if not z3.eq(each.bottom.term, bottom.term):
                return None
            tops.append(each.top)
        elif rows_of(each) is not None:
            tops.append(linear(multiplied(bottom, each)))
        else:
            return None
    return tops[0], tops[1], bottom


def stepped(value: Ratio | Stepped, step: Step) -> Stepped:
    """A ratio with one more thing done to it."""
    return Stepped(value, (step,)) if isinstance(value, Ratio) else replace(value, steps=(*value.steps, step))


def limited(values: Sequence[Value], step: type[NoLess | NoMore]) -> Value:
    """The larger or smaller of a ratio to which something was done, and fixed numbers."""
    found = next(each for each in values if isinstance(each, Stepped))
    for each in values:
        if isinstance(each, Fixed):
            found = stepped(found, step(each.value))
        elif not isinstance(each, Stepped) or sum(isinstance(one, Stepped) for one in values) > 1:
            raise NotEncodable("it limits a rounded mean whose weights have no fixed total by what varies")
    return found


def _by_steps(left: Value, right: Value, steps: Callable[[Fraction], tuple[Step, ...]]) -> Value | None:
    """What is done to a stepped value on the left with the fixed number on the right; None where it is not such."""
    if not isinstance(left, Stepped):
        return None
    if not isinstance(right, Fixed):
        raise NotEncodable("it reckons with a rounded mean whose weights have no fixed total, and with what varies")
    return replace(left, steps=(*left.steps, *steps(right.value)))


def added(left: Value, right: Value) -> Value:
    """The sum."""
    for one, other in ((left, right), (right, left)):
        if (found := _by_steps(one, other, lambda by: (Plus(by),))) is not None:
            return found
    shared = _over_one(left, right)
    if shared is not None:
        return Ratio(Linear(shared[0].term + shared[1].term), shared[2])
    few = _crossed(left, right, lambda one, two: one + two)
    return few if few is not None else Linear(linear(left).term + linear(right).term)


def total(values: Sequence[Value]) -> Value:
    """The sum of many values: one term, because multiplying out the cases of many members takes the solver longer."""
    fixed = sum((each.value for each in values if isinstance(each, Fixed)), Fraction(0))
    rest = [linear(each).term for each in values if not isinstance(each, Fixed)]
    return Linear(z3.Sum(*rest, constant(fixed))) if rest else Fixed(fixed)


def subtracted(left: Value, right: Value) -> Value:
    """The difference."""
    found = _by_steps(left, right, lambda by: (Plus(-by),))
    found = found or _by_steps(right, left, lambda by: (Times(Fraction(-1)), Plus(by)))
    if found is not None:
        return found
    shared = _over_one(left, right)
    if shared is not None:
        return Ratio(Linear(shared[0].term - shared[1].term), shared[2])
    few = _crossed(left, right, lambda one, two: one - two)
    return few if few is not None else Linear(linear(left).term - linear(right).term)


def multiplied(left: Value, right: Value) -> Value:
    """The product. Raises NotEncodable where both sides vary and neither is one of few numbers."""
    for one, other in ((left, right), (right, left)):
        if (found := _by_steps(one, other, lambda by: (Times(by),))) is not None:
            return found
    few = _crossed(left, right, lambda one, two: one * two)
    if few is not None:
        return few
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Ratio) and isinstance(other, Linear) and z3.eq(one.bottom.term, other.term):
            return one.top  # something over a weight, times that weight
    for one, other in ((left, right), (right, left)):
        rows = rows_of(one)
        if rows is None:
            continue
        if isinstance(other, Ratio):
            return Ratio(_ladder(rows, partial(_times, other.top)), other.bottom)
        return _ladder(rows, partial(_times, linear(other)))
    raise NotEncodable("it multiplies two values of which each can be one of very many numbers")


def _times(value: Linear, number: Fraction) -> Term:
    return scaled(value, number).term


def chosen(condition: Formula, then: Value, otherwise: Value) -> Value:
    """`then` where a condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    one, two = rows_of(then), rows_of(otherwise)
    if one is not None and two is not None and len(one) + len(two) <= MOST_CASES:
        return cases([(both(condition, a), x) for a, x in one] + [(both(z3.Not(condition), b), y) for b, y in two])
    shared = _over_one(then, otherwise)
    if shared is not None:
        return Ratio(Linear(z3.If(condition, shared[0].term, shared[1].term)), shared[2])
    return Linear(z3.If(condition, linear(then).term, linear(otherwise).term))


_RELATIONS: dict[Relation, Callable[[Term, Term], Formula]] = {
    Relation.AT_LEAST: lambda left, right: left >= right,
    Relation.AT_MOST: lambda left, right: left <= right,
    Relation.MORE: lambda left, right: left > right,
    Relation.LESS: lambda left, right: left < right,
    Relation.EQUAL: lambda left, right: left == right,
}


def compared(left: Value, relation: Relation, right: Value) -> Formula:
    """Whether `left relation right`; a ratio is multiplied out by its positive bottom."""
    if isinstance(left, Stepped):
        return any_of(both(at, _compared_stepped(left, relation, number)) for at, number in _few(right))
    if isinstance(right, Stepped):
        return compared(right, _TURNED[relation], left)
    holds = _RELATIONS[relation]
    shared = _over_one(left, right)
    if shared is not None:
        return holds(shared[0].term, shared[1].term)
    if isinstance(left, Ratio):
        return compared(left.top, relation, multiplied(left.bottom, right))
    if isinstance(right, Ratio):
        return compared(multiplied(right.bottom, left), relation, right.top)
    one, two = rows_of(left), rows_of(right)
    if one is not None and two is not None and len(one) * len(two) <= MOST_CASES:
        return any_of(both(a, b) for a, x in one for b, y in two if holds(x, y))
    return holds(linear(left).term, linear(right).term)


_TURNED = {
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.MORE: Relation.LESS,
    Relation.LESS: Relation.MORE,
    Relation.EQUAL: Relation.EQUAL,
}


def _few(value: Value) -> tuple[tuple[Formula, Fraction], ...]:
    rows = rows_of(value)
    if rows is None:
        raise NotEncodable("it compares a rounded mean whose weights have no fixed total with what varies")
    return rows


def _compared_stepped(left: Stepped, relation: Relation, number: Fraction) -> Formula:
    """Whether a ratio with something done to it stands so to a number: asked of the ratio itself."""
    match relation:
        case Relation.AT_LEAST | Relation.MORE:
            asked = reach(left.steps, number, strict=relation is Relation.MORE)
            if isinstance(asked, bool):
                return asked
            holds = compared(left.ratio, Relation.MORE if asked.strict else Relation.AT_LEAST, Fixed(asked.number))
            return negated(holds) if asked.turned else holds
        case Relation.AT_MOST:
            return negated(_compared_stepped(left, Relation.MORE, number))
        case Relation.LESS:
            return negated(_compared_stepped(left, Relation.AT_LEAST, number))
        case Relation.EQUAL:
            at_least = _compared_stepped(left, Relation.AT_LEAST, number)
            return both(at_least, negated(_compared_stepped(left, Relation.MORE, number)))
