"""Exact numbers in columns: integer numerators over integer denominators, with bounds that are proved.

Every value knows bounds of its numerators. Each operation works out the bounds of its result from those of its
operands, in whole numbers of any size, and takes the narrowest integer type that holds them and everything on the way
there. Where 64 bits may not be enough the operands are first reduced to lowest terms, row by row; where that is not
enough either, `TooLargeError` is raised. No number is ever rounded or wraps, and no column holds a float.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from sespms_rules.engines.columnar.masks import Array, Codes, Truth, code_where, first_code
from sespms_rules.program.ir import Relation, Tie

Numbers = Array | int

_TYPES = ((1 << 7, np.int8), (1 << 15, np.int16), (1 << 31, np.int32), (1 << 63, np.int64))


class TooLargeError(Exception):
    """Some number may not fit 64 bits."""

    def __init__(self) -> None:
        super().__init__("a number of these appraisals may need more than 64 bits, which columns cannot hold")


def type_for(*bounds: int) -> type[Any]:
    """The narrowest integer type that holds all of these and their opposites; raise TooLargeError if none does."""
    reach = max(map(abs, bounds))
    for limit, found in _TYPES:
        if reach < limit:
            return found
    raise TooLargeError


class Value:
    """A number for each row: `numerator` / `denominator`, the denominator more than 0.

    `low` and `high` bound the numerators, `largest` the denominators. `failed` holds the codes of rows that have no
    value; their numbers mean nothing, and lie within the bounds. `word` is for values from tables: the number of a
    word for rows that have one, -1 for others.
    """

    __slots__ = ("denominator", "failed", "high", "largest", "low", "numerator", "word")

    def __init__(
        self,
        numerator: Numbers,
        denominator: Numbers,
        bounds: tuple[int, int, int],
        failed: Codes = 0,
        word: Array | int | None = None,
    ) -> None:
        # The house's rule against floats, held at the one place through which every column goes.
        for column in (numerator, denominator):
            if not isinstance(column, int) and column.dtype.kind != "i":
                raise AssertionError(f"a column of {column.dtype} where only whole numbers may stand")
        self.numerator = numerator
        self.denominator = denominator
        self.low, self.high, self.largest = bounds
        self.failed = failed
        self.word = word

    def at(self, index: Any) -> Value:
        """The rows that `index` picks."""
        return Value(
            _part(self.numerator, index),
            _part(self.denominator, index),
            (self.low, self.high, self.largest),
            _part(self.failed, index),
            None if self.word is None else _part(self.word, index),
        )

    def failing(self, failed: Codes) -> Value:
        """The same numbers with these codes instead."""
        return Value(self.numerator, self.denominator, (self.low, self.high, self.largest), failed, self.word)


def _part(column: Numbers, index: Any) -> Numbers:
    return column if isinstance(column, int) else column[index]


def constant(number: Fraction | int, failed: Codes = 0) -> Value:
    """The same number in every row."""
    top, under = number.numerator, number.denominator
    return Value(top, under, (top, top, under), failed)


def whole(column: Numbers, low: int, high: int, failed: Codes = 0) -> Value:
    """Whole numbers from `low` to `high`."""
    return Value(column, 1, (low, high, 1), failed)


def of_column(column: Array, denominator: int = 1) -> Value:
    """A value from a column of whole numbers over one denominator, with the bounds it has."""
    if column.dtype.kind not in "iu":
        raise TypeError(f"the column holds {column.dtype}; give whole numbers over a denominator")
    low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    return Value(column.astype(type_for(low, high), copy=False), denominator, (low, high, denominator))


def cast(column: Numbers, kind: type[Any]) -> Any:
    """A column, or one number, in an integer type that is known to hold it."""
    return kind(column) if isinstance(column, int) else column.astype(kind, copy=False)


def tight(value: Value) -> Value:
    """The same numbers in lowest terms, with the bounds they really have."""
    top, under = value.numerator, value.denominator
    if isinstance(top, int):
        if isinstance(under, int):
            return value
        top = np.full(len(under), top, dtype=type_for(top))
    if not isinstance(under, int):
        kind = type_for(value.low, value.high, value.largest)
        shared = np.maximum(np.gcd(cast(top, kind), cast(under, kind)), 1)
        top, under = top // shared, under // shared
        largest = int(under.max())
        if int(under.min()) == largest:
            under = largest
    else:
        divisor = gcd(int(np.gcd.reduce(top)), under) or 1
        top, under = (top // cast(divisor, type_for(under))) if divisor > 1 else top, under // divisor
        largest = under
    return Value(top, under, (int(top.min()), int(top.max()), largest), value.failed, value.word)


def _retrying(operation: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    try:
        return operation(left, right)
    except TooLargeError:
        return operation(tight(left), tight(right))


# ---- columns of whole numbers ----------------------------------------------------------------------


def _times(left: Numbers, right: Numbers, *bounds: int) -> Numbers:
    """Multiply; `bounds` are those of the product."""
    if isinstance(left, int):
        left, right = right, left
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if isinstance(right, int):
        if right in (0, 1):
            return left if right else 0
        kind = type_for(*bounds, right)
        scaled: Array = np.multiply(left, kind(right), dtype=kind, casting="unsafe")
        return scaled
    kind = type_for(*bounds)
    return np.multiply(left, right, dtype=kind, casting="unsafe")


def _plus(left: Numbers, right: Numbers, *bounds: int) -> Numbers:
    """Add; `bounds` are those of the operands and of the sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    kind = type_for(*bounds)
    total: Array = np.add(cast(left, kind), cast(right, kind), dtype=kind)
    return total


Scaled = tuple[Numbers, int, int]
"""A column with its bounds."""


def _scaled(value: Value, factor: Numbers, most: int) -> Scaled:
    """Numerators times a factor from 1 to `most`."""
    least = factor if isinstance(factor, int) else 1
    low = min(value.low * most, value.low * least)
    high = max(value.high * most, value.high * least)
    return _times(value.numerator, factor, low, high, value.low, value.high, most), low, high


def _on_one_denominator(left: Value, right: Value) -> tuple[Scaled, Scaled, Numbers, int]:
    """The numerators of two values over one denominator, and that denominator with its bound."""
    first, second = left.denominator, right.denominator
    if first is second:
        return _scaled(left, 1, 1), _scaled(right, 1, 1), first, left.largest
    if isinstance(first, int) and isinstance(second, int):
        shared = lcm(first, second)
        by, to = shared // first, shared // second
        return _scaled(left, by, by), _scaled(right, to, to), shared, shared
    largest = left.largest * right.largest
    under = _times(first, second, largest, left.largest, right.largest)
    return _scaled(left, second, right.largest), _scaled(right, first, left.largest), under, largest


# ---- arithmetic ------------------------------------------------------------------------------------


def sum_of(left: Value, right: Value) -> Value:
    """The sum of two."""

    def add(left: Value, right: Value) -> Value:
        (a, a_low, a_high), (b, b_low, b_high), under, largest = _on_one_denominator(left, right)
        low, high = a_low + b_low, a_high + b_high
        top = _plus(a, b, low, high, a_low, a_high, b_low, b_high)
        return Value(top, under, (low, high, largest), first_code(left.failed, right.failed))

    return _retrying(add, left, right)


def opposite(value: Value) -> Value:
    """0 - value."""
    top = _times(value.numerator, -1, value.low, value.high)
    return Value(top, value.denominator, (-value.high, -value.low, value.largest), value.failed)


def difference_of(left: Value, right: Value) -> Value:
    """One less another."""
    return sum_of(left, opposite(right))


def product_of(left: Value, right: Value) -> Value:
    """The product of two."""

    def multiply(left: Value, right: Value) -> Value:
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        operands = (left.low, left.high, right.low, right.high)
        top = _times(left.numerator, right.numerator, *ends, *operands)
        largest = left.largest * right.largest
        under = _times(left.denominator, right.denominator, largest, left.largest, right.largest)
        failed = first_code(left.failed, right.failed)
        return Value(top, under, (min(ends), max(ends), largest), failed)

    return _retrying(multiply, left, right)


def quotient_of(left: Value, right: Value, zero: int) -> Value:
    """One by another; where that is 0, `zero` is the code of the failure."""
    empty: Truth
    if isinstance(right.numerator, int):
        empty = right.numerator == 0
        turned = -1 if right.numerator < 0 else 1
        divisor: Numbers = abs(right.numerator) or 1
    else:
        empty = np.equal(right.numerator, 0)
        kind = type_for(right.low, right.high)
        turned = np.where(right.numerator < 0, kind(-1), kind(1)) if right.low < 0 else 1
        divisor = np.abs(cast(right.numerator, kind))
        divisor = np.where(empty, kind(1), divisor) if right.low <= 0 <= right.high else divisor
    reach = max(abs(right.low), abs(right.high), 1)
    sign = Value(turned, 1, (-1, 1, 1))
    least = right.denominator if isinstance(right.denominator, int) else 1
    over = Value(_turned(right, sign), divisor, (-right.largest if right.low < 0 else least, right.largest, reach))
    # Python asks the divisor first, and words the dividend even where it cannot be divided.
    failed = first_code(first_code(right.failed, left.failed), code_where(empty, zero))
    return product_of(left, over).failing(failed)


def _turned(right: Value, sign: Value) -> Numbers:
    """The denominators of a divisor with the signs of its numerators."""
    return _times(right.denominator, sign.numerator, right.largest)


def rounded(value: Value, tie: Tie, per_one: int) -> Value:
    """Bring a value to whole steps, of which one holds `per_one`, by floor division of whole numbers."""
    if isinstance(value.denominator, int) and per_one % value.denominator == 0:
        return value
    try:
        return _rounded(value, tie, per_one)
    except TooLargeError:
        return _rounded(tight(value), tie, per_one)


def _rounded(value: Value, tie: Tie, scale: int) -> Value:
    under, largest = value.denominator, value.largest
    smallest = under if isinstance(under, int) else 1
    low = min(value.low * scale // smallest, value.low * scale // largest)
    high = max(-(-value.high * scale // smallest), -(-value.high * scale // largest))
    bounds = (2 * value.low * scale, 2 * value.high * scale, 2 * largest)
    if isinstance(value.numerator, int) and isinstance(under, int):
        top: Any = value.numerator * scale
    else:
        kind = type_for(max(map(abs, bounds)) + 2 * largest, scale)
        top, under = cast(value.numerator, kind) * kind(scale), cast(under, kind)
    match tie:
        case Tie.UP:
            found = -(-top // under)
        case Tie.DOWN:
            found = top // under
        case Tie.HALF_UP:
            found = (2 * top + under) // (2 * under)
        case Tie.HALF_DOWN:
            found = -((under - 2 * top) // (2 * under))
        case Tie.HALF_EVEN:
            found = (2 * top + under) // (2 * under)
            found = found - ((2 * top + under == 2 * under * found) & (found % 2 == 1))
    if isinstance(found, int | np.integer):
        return Value(int(found), scale, (int(found), int(found), scale), value.failed)
    return Value(cast(found, type_for(low, high)), scale, (low, high, scale), value.failed)


# ---- choosing and comparing ------------------------------------------------------------------------


def choose(truth: Truth, then: Value, otherwise: Value) -> Value:
    """`then` where it holds, else `otherwise`."""
    if isinstance(truth, bool):
        return then if truth else otherwise
    failed: Codes = 0
    if not (isinstance(then.failed, int) and isinstance(otherwise.failed, int) and then.failed == otherwise.failed):
        failed = np.where(truth, cast(then.failed, np.uint8), cast(otherwise.failed, np.uint8))
    else:
        failed = then.failed
    word = None
    if then.word is not None or otherwise.word is not None:
        first, second = (-1 if each.word is None else each.word for each in (then, otherwise))
        word = np.where(truth, cast(first, np.int32), cast(second, np.int32))
    a, b = _scaled(then, 1, 1), _scaled(otherwise, 1, 1)
    under: Numbers
    if isinstance(then.denominator, int) and isinstance(otherwise.denominator, int):
        a, b, under, largest = _on_one_denominator(then, otherwise)
    else:
        largest = max(then.largest, otherwise.largest)
        kind = type_for(largest)
        under = np.where(truth, cast(then.denominator, kind), cast(otherwise.denominator, kind))
    bounds = (min(a[1], b[1]), max(a[2], b[2]))
    kind = type_for(*bounds)
    return Value(np.where(truth, cast(a[0], kind), cast(b[0], kind)), under, (*bounds, largest), failed, word)


def compared(left: Value, relation: Relation, right: Value) -> Truth:
    """Where `left relation right` is true."""
    try:
        return _compared(left, relation, right)
    except TooLargeError:
        return _compared(tight(left), relation, tight(right))


def _compared(left: Value, relation: Relation, right: Value) -> Truth:
    if isinstance(right.numerator, int) and isinstance(left.denominator, int) and isinstance(right.denominator, int):
        return _against(left, relation, Fraction(right.numerator * left.denominator, right.denominator))
    (a, _, _), (b, _, _), _, _ = _on_one_denominator(left, right)
    return _RELATIONS[relation](a, b)


def _against(left: Value, relation: Relation, edge: Fraction) -> Truth:
    """Compare numerators with one edge: a whole number stands in for it, and the bounds may answer for all rows."""
    column, low, high = left.numerator, left.low, left.high
    down, up = edge.numerator // edge.denominator, -(-edge.numerator // edge.denominator)
    match relation:
        case Relation.AT_LEAST | Relation.LESS:
            holds: Truth = True if low >= up else False if high < up else _RELATIONS[Relation.AT_LEAST](column, up)
            wanted = relation is Relation.AT_LEAST
        case Relation.MORE | Relation.AT_MOST:
            holds = True if low > down else False if high <= down else _RELATIONS[Relation.MORE](column, down)
            wanted = relation is Relation.MORE
        case Relation.EQUAL:
            possible = down == up and low <= down <= high
            return (low == high or _RELATIONS[relation](column, down)) if possible else False
    if isinstance(holds, bool):
        return holds is wanted
    return holds if wanted else np.logical_not(holds)


_RELATIONS: dict[Relation, Callable[[Any, Any], Truth]] = {
    Relation.AT_LEAST: lambda a, b: a >= b,
    Relation.AT_MOST: lambda a, b: a <= b,
    Relation.MORE: lambda a, b: a > b,
    Relation.LESS: lambda a, b: a < b,
    Relation.EQUAL: lambda a, b: a == b,
}
