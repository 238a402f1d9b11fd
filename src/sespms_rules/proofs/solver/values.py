"""Exact values as the solver sees them: fixed, one of few, linear, a ratio, or a ratio with something done to it.

A product of two values that both depend on ratings or weights is no linear arithmetic. Where one of them can be one
of few numbers (the points of a level), it is written out as a ladder of cases with constants instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial, reduce

import z3

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Relation
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term, any_of, both, negated
from sespms_rules.proofs.solver.products import product_on_ratings
from sespms_rules.proofs.solver.steps_on_ratio import InUnits, NoLess, NoMore, Plus, Step, Times, done, reach

MOST_CASES = 64
"""Values that can be one of more numbers than this are written as linear terms."""

MOST_ROUNDED = 600
"""A rounded mean that meets what varies is written as one of so many numbers at most."""

TWO_MEANS = "it joins a mean whose weights have no fixed total with another value that depends on weights"
"""Why such a formula is not encoded: it asks for the product of two numbers that are free."""


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
    """A linear term over another that is more than 0; it lies between `ends`, None where these are not known."""

    top: Linear
    bottom: Linear
    ends: tuple[Fraction, Fraction] | None = field(default=None)


class Stepped(Frozen):
    """A ratio that was rounded, and what else was done to it with fixed numbers, with which alone it is compared."""

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
            raise NotEncodable(TWO_MEANS)
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
    """Two values over the same bottom; None where neither is a ratio.

    Raises NotEncodable where they have no bottom in common.
    """
    bottom = left.bottom if isinstance(left, Ratio) else right.bottom if isinstance(right, Ratio) else None
    if bottom is None:
        return None
    tops = []
    for each in map(_few_numbers, (left, right)):
        if isinstance(each, Ratio):
            if not z3.eq(each.bottom.term, bottom.term):
                raise NotEncodable(TWO_MEANS)
            tops.append(each.top)
        else:
            tops.append(linear(multiplied(bottom, each)))
    return tops[0], tops[1], bottom


def _joined_ends(left: Value, right: Value, *, minus: bool) -> tuple[Fraction, Fraction] | None:
    """Between what a sum or a difference lies, where it is known of both."""
    one, two = _ends(left), _ends(right)
    if one is None or two is None:
        return None
    return (one[0] - two[1], one[1] - two[0]) if minus else (one[0] + two[0], one[1] + two[1])


def _ends(value: Value) -> tuple[Fraction, Fraction] | None:
    """The numbers between which a value lies, where they are known."""
    if isinstance(value, Ratio):
        return value.ends
    rows = rows_of(value)
    return None if not rows else (min(number for _, number in rows), max(number for _, number in rows))


def _few_numbers(value: Value) -> Value:
    """A value that others can meet: a rounded mean as one of the few numbers that it can be."""
    if not isinstance(value, Stepped):
        return value
    place = next(place for place, step in enumerate(value.steps) if isinstance(step, InUnits))
    rounding = value.steps[place]
    assert isinstance(rounding, InUnits)  # noqa: S101 - it was found so
    if value.ratio.ends is None:
        raise NotEncodable("it reckons with a rounded mean of which it is not known between what numbers it lies")
    low, high = sorted(done(value.steps[: place + 1], end) for end in value.ratio.ends)
    count = int((high - low) * rounding.per_one)
    if count >= MOST_ROUNDED:
        raise NotEncodable(f"it reckons with a rounded mean that can be more than {MOST_ROUNDED} numbers")
    first = replace(value, steps=value.steps[: place + 1])
    numbers = [low + Fraction(number, rounding.per_one) for number in range(count + 1)]
    after = value.steps[place + 1 :]
    return cases([(_compared_stepped(first, Relation.EQUAL, each), done(after, each)) for each in numbers])


def stepped(value: Ratio | Stepped, step: Step) -> Stepped:
    """A ratio with one more thing done to it."""
    return Stepped(value, (step,)) if isinstance(value, Ratio) else replace(value, steps=(*value.steps, step))


def limited(values: Sequence[Value], step: type[NoLess | NoMore]) -> Value:
    """The larger or smaller of a ratio to which something was done, and fixed numbers."""
    found = next(each for each in values if isinstance(each, Stepped))
    limits = [each for each in values if isinstance(each, Fixed)]
    if len(limits) + 1 < len(values):
        return best_of(list(map(_few_numbers, values)), largest=step is NoLess)
    for each in limits:
        found = stepped(found, step(each.value))
    return found


def best_of(values: Sequence[Value], *, largest: bool) -> Value:
    """The largest or the smallest of some values."""
    relation = Relation.AT_LEAST if largest else Relation.AT_MOST
    best = values[0]
    for value in values[1:]:
        best = chosen(compared(best, relation, value), best, value)
    return best


def _by_steps(left: Value, right: Value, steps: Callable[[Fraction], tuple[Step, ...]]) -> Value | None:
    """What is done to a stepped value on the left with the fixed number on the right; None where it is not such."""
    if not isinstance(left, Stepped) or not isinstance(right, Fixed):
        return None
    return replace(left, steps=(*left.steps, *steps(right.value)))


def added(left: Value, right: Value) -> Value:
    """The sum."""
    for one, other in ((left, right), (right, left)):
        if (found := _by_steps(one, other, lambda by: (Plus(by),))) is not None:
            return found
    left, right = _few_numbers(left), _few_numbers(right)
    shared = _over_one(left, right)
    if shared is not None:
        return Ratio(Linear(shared[0].term + shared[1].term), shared[2], _joined_ends(left, right, minus=False))
    few = _crossed(left, right, lambda one, two: one + two)
    return few if few is not None else Linear(linear(left).term + linear(right).term)


def total(values: Sequence[Value]) -> Value:
    """The sum of many values: one term, because multiplying out the cases of many members takes the solver longer."""
    if any(isinstance(each, Ratio | Stepped) for each in values):
        return reduce(added, values)
    fixed = sum((each.value for each in values if isinstance(each, Fixed)), Fraction(0))
    rest = [linear(each).term for each in values if not isinstance(each, Fixed)]
    return Linear(z3.Sum(*rest, constant(fixed))) if rest else Fixed(fixed)


def subtracted(left: Value, right: Value) -> Value:
    """The difference."""
    found = _by_steps(left, right, lambda by: (Plus(-by),))
    found = found or _by_steps(right, left, lambda by: (Times(Fraction(-1)), Plus(by)))
    if found is not None:
        return found
    left, right = _few_numbers(left), _few_numbers(right)
    shared = _over_one(left, right)
    if shared is not None:
        return Ratio(Linear(shared[0].term - shared[1].term), shared[2], _joined_ends(left, right, minus=True))
    few = _crossed(left, right, lambda one, two: one - two)
    return few if few is not None else Linear(linear(left).term - linear(right).term)


def multiplied(left: Value, right: Value) -> Value:
    """The product. Raises NotEncodable where both sides vary and neither is one of few numbers."""
    for one, other in ((left, right), (right, left)):
        if (found := _by_steps(one, other, lambda by: (Times(by),))) is not None:
            return found
    left, right = _few_numbers(left), _few_numbers(right)
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
            return Ratio(_ladder(rows, partial(_times, other.top)), other.bottom, _times_ends(rows, other.ends))
        return _ladder(rows, partial(_times, linear(other)))
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Linear) and isinstance(other, Linear | Ratio):
            top = other.top if isinstance(other, Ratio) else other
            if (product := product_on_ratings(one.term, top.term)) is not None:
                return Ratio(Linear(product), other.bottom) if isinstance(other, Ratio) else Linear(product)
    if isinstance(left, Ratio) or isinstance(right, Ratio):
        raise NotEncodable(TWO_MEANS)
    raise NotEncodable("it multiplies two values of which each can be one of very many numbers")


def _times(value: Linear, number: Fraction) -> Term:
    return scaled(value, number).term


def _times_ends(
    rows: Sequence[tuple[Formula, Fraction]], ends: tuple[Fraction, Fraction] | None
) -> tuple[Fraction, Fraction] | None:
    """Between what a value lies that is multiplied by one of few numbers."""
    if ends is None or not rows:
        return None
    products = [number * end for _, number in rows for end in ends]
    return min(products), max(products)


def chosen(condition: Formula, then: Value, otherwise: Value) -> Value:
    """`then` where a condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    then, otherwise = _few_numbers(then), _few_numbers(otherwise)
    one, two = rows_of(then), rows_of(otherwise)
    if one is not None and two is not None and len(one) + len(two) <= MOST_CASES:
        return cases([(both(condition, a), x) for a, x in one] + [(both(z3.Not(condition), b), y) for b, y in two])
    if isinstance(then, Ratio) or isinstance(otherwise, Ratio):
        return _chosen_ratio(condition, then, otherwise)
    return Linear(z3.If(condition, linear(then).term, linear(otherwise).term))


def _chosen_ratio(condition: Formula, then: Value, otherwise: Value) -> Ratio:
    """One of two values of which one is a ratio: what it is over is chosen as well, where they are over different."""
    one, two = _ends(then), _ends(otherwise)
    ends = None if one is None or two is None else (min(one[0], two[0]), max(one[1], two[1]))
    tops = [each.top if isinstance(each, Ratio) else linear(each) for each in (then, otherwise)]
    bottoms = [each.bottom if isinstance(each, Ratio) else Linear(constant(Fraction(1))) for each in (then, otherwise)]
    if isinstance(then, Ratio) != isinstance(otherwise, Ratio):
        place = int(isinstance(otherwise, Ratio))
        if (product := product_on_ratings(tops[1 - place].term, bottoms[place].term)) is not None:
            tops[1 - place], bottoms[1 - place] = Linear(product), bottoms[place]
    bottom = (
        bottoms[0]
        if z3.eq(bottoms[0].term, bottoms[1].term)
        else Linear(z3.If(condition, bottoms[0].term, bottoms[1].term))
    )
    return Ratio(Linear(z3.If(condition, tops[0].term, tops[1].term)), bottom, ends)


_RELATIONS: dict[Relation, Callable[[Term, Term], Formula]] = {
    Relation.AT_LEAST: lambda left, right: left >= right,
    Relation.AT_MOST: lambda left, right: left <= right,
    Relation.MORE: lambda left, right: left > right,
    Relation.LESS: lambda left, right: left < right,
    Relation.EQUAL: lambda left, right: left == right,
}


def compared(left: Value, relation: Relation, right: Value) -> Formula:
    """Whether `left relation right`; a ratio is multiplied out by its positive bottom."""
    if isinstance(left, Stepped) and rows_of(right) is not None:
        return any_of(both(at, _compared_stepped(left, relation, number)) for at, number in _few(right))
    if isinstance(right, Stepped) and rows_of(left) is not None:
        return compared(right, _TURNED[relation], left)
    left, right = _few_numbers(left), _few_numbers(right)
    holds = _RELATIONS[relation]
    shared = _over_one(left, right)
    if shared is not None:
        return holds(shared[0].term, shared[1].term)
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
    return rows_of(value) or ()


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
