"""Exact numbers in SQL: whole numerators over whole denominators, with bounds that are proved.

The bounds of a result are worked out from those of its operands in whole numbers of any size; they say whether 64 bits
hold it, or 38 digits. Where neither does, the policy is refused. There is no division: a quotient multiplies by the
denominator, and a rounded value takes away what a division would leave over.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from sespms_rules.engines.sql.text import (
    NARROW,
    NONE,
    WIDE,
    Codes,
    NotInSqlError,
    Number,
    Piece,
    Steps,
    Truth,
    both,
    case,
    code_where,
    joined,
    negated,
)
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Relation, Tie

WIDE_TYPE = "HUGEINT"
"""What DuckDB calls a whole number of 38 digits; other dialects say DECIMAL(38, 0)."""

_TO_COMMON = 1 << 20


class Value(Frozen):
    """A number in each row: `top` / `under`, the denominator more than 0.

    `low` and `high` bound the numerators, `most` the denominators. `failed` says where there is no value; the number
    there means nothing, and lies within the bounds. `word` is for values from tables: the number of a word, or -1.
    `before` is the value that was rounded, with the tie rule and the scale.
    """

    top: Number
    under: Number
    low: int
    high: int
    most: int
    failed: Codes = field(default=NONE)
    word: Number | None = field(default=None)
    before: tuple[Value, Tie, int] | None = field(default=None)


def constant(number: Fraction | int, failed: Codes = NONE) -> Value:
    """The same number in every row."""
    top, under = number.numerator, number.denominator
    return Value(top, under, top, top, under, failed)


def whole(number: Number, low: int, high: int, failed: Codes = NONE) -> Value:
    """Whole numbers from `low` to `high`."""
    return Value(number, 1, low, high, 1, failed)


def _held(*bounds: int) -> bool:
    """Whether 64 bits hold these numbers; raise NotInSqlError if 38 digits do not either."""
    reach = max(map(abs, bounds))
    if reach > WIDE:
        raise NotInSqlError("the policy reckons with numbers that may need more than 38 digits, which SQL cannot hold")
    return reach <= NARROW


class Arithmetic:
    """The operations on values; long results become columns of `steps`."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps

    # ---- whole numbers ---------------------------------------------------------------------------

    def _times(self, left: Number, right: Number, *bounds: int) -> Number:
        """Multiply; `bounds` are those of the product and of both operands."""
        if isinstance(left, int) and isinstance(right, int):
            return left * right
        for one, other in ((left, right), (right, left)):
            if one == 1:
                return other
            if one == 0:
                return 0
        return self._made(left, "*", right, bounds)

    def _plus(self, left: Number, right: Number, *bounds: int) -> Number:
        if isinstance(left, int) and isinstance(right, int):
            return left + right
        if left == 0 or right == 0:
            return right if left == 0 else left
        return self._made(left, "+", right, bounds)

    def _made(self, left: Number, sign: str, right: Number, bounds: tuple[int, ...]) -> Number:
        template = "({} " + sign + " {})"
        if not _held(*bounds):
            template = f"(CAST({{}} AS {WIDE_TYPE}) {sign} CAST({{}} AS {WIDE_TYPE}))"
        return self.steps.number(joined(template, self.steps.number(left), self.steps.number(right)))

    def _scaled(self, value: Value, factor: Number, most: int) -> tuple[Number, int, int]:
        """Numerators times a factor from 1 to `most`, with their bounds."""
        least = factor if isinstance(factor, int) else 1
        low, high = min(value.low * most, value.low * least), max(value.high * most, value.high * least)
        return self._times(value.top, factor, low, high, value.low, value.high, most), low, high

    def _together(self, left: Value, right: Value) -> tuple[tuple[Number, int, int], tuple[Number, int, int], Value]:
        """The numerators of two values over one denominator, which is the value's that is returned with them."""
        first, second = left.under, right.under
        if first == second:
            shared = Value(0, first, 0, 0, left.most)
            return self._scaled(left, 1, 1), self._scaled(right, 1, 1), shared
        if isinstance(first, int) and isinstance(second, int):
            common = lcm(first, second)
            by, to = common // first, common // second
            return self._scaled(left, by, by), self._scaled(right, to, to), Value(0, common, 0, 0, common)
        most = left.most * right.most
        under = self._times(first, second, most, left.most, right.most)
        shared = Value(0, under, 0, 0, most)
        return self._scaled(left, second, right.most), self._scaled(right, first, left.most), shared

    # ---- arithmetic ------------------------------------------------------------------------------

    def plus(self, left: Value, right: Value) -> Value:
        """The sum of two."""
        (a, a_low, a_high), (b, b_low, b_high), shared = self._together(left, right)
        low, high = a_low + b_low, a_high + b_high
        top = self._plus(a, b, low, high, a_low, a_high, b_low, b_high)
        failed = self.steps.first_code(left.failed, right.failed)
        return Value(top, shared.under, low, high, shared.most, failed)

    def opposite(self, value: Value) -> Value:
        """0 - value."""
        top = self._times(-1, value.top, value.low, value.high)
        return Value(top, value.under, -value.high, -value.low, value.most, value.failed)

    def minus(self, left: Value, right: Value) -> Value:
        """One less another."""
        return self.plus(left, self.opposite(right))

    def times(self, left: Value, right: Value) -> Value:
        """The product of two."""
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        operands = (left.low, left.high, right.low, right.high)
        top = self._times(left.top, right.top, *ends, *operands)
        most = left.most * right.most
        under = self._times(left.under, right.under, most, left.most, right.most)
        failed = self.steps.first_code(left.failed, right.failed)
        return Value(top, under, min(ends), max(ends), most, failed)

    def quotient(self, left: Value, right: Value, zero: int) -> Value:
        """One by another; where that is 0, `zero` is the code of the failure. The divisor is asked first."""
        empty = self.compared(right, Relation.EQUAL, constant(0))
        asked = self.steps.first_code(right.failed, left.failed)
        failed = self.steps.first_code(asked, code_where(empty, zero))
        turned = self._turned_over(right)
        return replace(self.times(left, turned), failed=failed)

    def _turned_over(self, value: Value) -> Value:
        """1 / value; where that is 0, some number. Of few whole numbers it has one denominator for all rows."""
        top = value.top
        if isinstance(top, int) and isinstance(value.under, int):
            return constant(1 / Fraction(top, value.under) if top else 0)
        reach = max(abs(value.low), abs(value.high), 1)
        shared = lcm(*range(1, reach + 1)) if reach <= 16 else _TO_COMMON + 1
        if isinstance(top, Piece) and isinstance(value.under, int) and shared <= _TO_COMMON:
            parts = [(each, value.under * (shared // each)) for each in range(value.low, value.high + 1) if each]
            parts_of: list[tuple[Truth, Number]] = [(joined("{} = {}", top, each), part) for each, part in parts]
            bounds = [part for _, part in parts] or [0]
            found = self.steps.number(case(parts_of, 0))
            return Value(found, shared, min(0, *bounds), max(0, *bounds), shared)
        negative = self.compared(value, Relation.LESS, constant(0))
        over: Number = value.under
        kind = "BIGINT" if _held(reach, value.most) else WIDE_TYPE
        if negative is not False:
            over = self.steps.number(case([(negative, self._times(-1, over, value.most))], over), kind)
        size: Number = abs(top) if isinstance(top, int) else top
        if isinstance(top, Piece):
            choices: list[tuple[Truth, Number]] = [(negative, self._times(-1, top, reach))]
            choices += [(joined("{} = 0", top), 1)] if value.low <= 0 <= value.high else []
            size = self.steps.number(case(choices, top), kind)
        least = value.under if isinstance(value.under, int) else 1
        low = least if negative is False else -value.most
        high = -least if negative is True else value.most
        return Value(over, size or 1, low, high, reach)

    def rounded(self, value: Value, tie: Tie, per_one: int) -> Value:
        """Bring a value to whole steps, of which one holds `per_one`.

        What a division by whole numbers would leave over is taken away.
        """
        if isinstance(value.under, int) and per_one % value.under == 0:
            return value
        if isinstance(value.top, int) and isinstance(value.under, int):
            return replace(constant(_rounded(Fraction(value.top, value.under), tie, per_one)), failed=value.failed)
        under = Value(value.under, 1, 1, value.most, 1)
        two = constant(2)
        top = self.times(Value(value.top, 1, value.low, value.high, 1), constant(per_one))
        match tie:
            case Tie.DOWN:
                found, by = self._floor(top, under), under
            case Tie.UP:
                found, by = self.opposite(self._floor(self.opposite(top), under)), under
            case Tie.HALF_UP | Tie.HALF_EVEN:
                by = self.times(under, two)
                doubled = self.plus(self.times(top, two), under)
                found = self._floor(doubled, by)
                if tie is Tie.HALF_EVEN:
                    found = self._to_even(found, doubled, by)
            case Tie.HALF_DOWN:
                by = self.times(under, two)
                halved = self.plus(under, self.opposite(self.times(top, two)))
                found = self.opposite(self._floor(halved, by))
        below = self.times(by, constant(per_one))
        _held(found.low, found.high, below.high)
        before = (replace(value, failed=NONE), tie, per_one)
        return Value(found.top, below.top, found.low, found.high, below.high, value.failed, before=before)

    def _floor(self, top: Value, under: Value) -> Value:
        """The largest multiple of `under` that is at most `top`; both are whole, and `under` is more than 0."""
        lift = max(0, -top.low)
        raised = self.plus(top, self.times(under, constant(lift)))
        rest = self._remainder(raised, under)
        return replace(self.minus(top, rest), low=top.low - under.high, high=top.high)

    def _remainder(self, top: Value, under: Value) -> Value:
        if isinstance(top.top, int) and isinstance(under.top, int):
            return constant(top.top % under.top)
        rest = self._made(top.top, "%", under.top, (top.low, top.high, under.high))
        return whole(rest, 0, max(under.high - 1, 0))

    def _to_even(self, found: Value, doubled: Value, by: Value) -> Value:
        """Half to the even neighbour: where it came out even and is odd, one step less."""
        halfway = self.compared(found, Relation.EQUAL, doubled)
        lift = max(0, -found.low)
        pair = self.times(by, constant(2))
        raised = self.plus(found, self.times(pair, constant(lift)))
        odd = negated(self.compared(self._remainder(raised, pair), Relation.EQUAL, constant(0)))
        return self.choose(both(halfway, odd), self.minus(found, by), found)

    # ---- choosing and comparing ------------------------------------------------------------------

    def choose(self, truth: Truth, then: Value, otherwise: Value) -> Value:
        """`then` where it holds, else `otherwise`."""
        if isinstance(truth, bool):
            return then if truth else otherwise
        truth = self.steps.truth(truth)
        failed = then.failed
        if then.failed != otherwise.failed:
            number = case([(truth, then.failed.number)], otherwise.failed.number)
            failed = self.steps.codes(Codes(number, then.failed.possible | otherwise.failed.possible))
        word: Number | None = None
        if then.word is not None or otherwise.word is not None:
            first, second = (-1 if each.word is None else each.word for each in (then, otherwise))
            word = self.steps.number(case([(truth, first)], second))
        if isinstance(then.under, int) and isinstance(otherwise.under, int):
            a, b, shared = self._together(then, otherwise)
            under, most = shared.under, shared.most
        else:
            a, b = (then.top, then.low, then.high), (otherwise.top, otherwise.low, otherwise.high)
            under, most = case([(truth, then.under)], otherwise.under), max(then.most, otherwise.most)
        low, high = min(a[1], b[1]), max(a[2], b[2])
        kind = "BIGINT" if _held(low, high, most) else WIDE_TYPE
        top = self.steps.number(case([(truth, a[0])], b[0]), kind)
        return Value(top, self.steps.number(under, kind), low, high, most, failed, word)

    def better(self, relation: Relation, left: Value, right: Value) -> Value:
        """The larger of two, or the smaller (`relation` says which side wins)."""
        failed = self.steps.first_code(left.failed, right.failed)
        return replace(self.choose(self.compared(right, relation, left), right, left), failed=failed)

    def compared(self, left: Value, relation: Relation, right: Value) -> Truth:
        """Where `left relation right` is true. The bounds may answer for all rows."""
        if isinstance(right.top, int) and isinstance(right.under, int):
            edge = Fraction(right.top, right.under)
            if left.before is not None:
                return self._before_rounding(left.before, relation, edge)
            if isinstance(left.under, int):
                return self._against(left, relation, edge * left.under)
        (a, a_low, a_high), (b, b_low, b_high), _ = self._together(left, right)
        if isinstance(a, int) and isinstance(b, int):
            return _HOLDS[relation](a, b)
        del a_low, a_high, b_low, b_high
        return self.steps.truth(joined("({} " + _SIGNS[relation] + " {})", a, b))

    def _before_rounding(self, before: tuple[Value, Tie, int], relation: Relation, edge: Fraction) -> Truth:
        """Compare a rounded value with an edge by the edge that the value had to pass before it was rounded."""
        value, tie, scale = before
        if relation is Relation.LESS or relation is Relation.AT_MOST:
            other = Relation.AT_LEAST if relation is Relation.LESS else Relation.MORE
            return negated(self._before_rounding(before, other, edge))
        if relation is Relation.EQUAL:
            if (edge * scale).denominator != 1:
                return False
            above = self._before_rounding(before, Relation.MORE, edge)
            return both(self._before_rounding(before, Relation.AT_LEAST, edge), negated(above))
        step = edge * scale
        least = step.numerator // step.denominator + 1 if relation is Relation.MORE else -(-step // 1)
        reached, sharp = {
            Tie.DOWN: (Fraction(least), False),
            Tie.UP: (Fraction(least - 1), True),
            Tie.HALF_UP: (least - Fraction(1, 2), False),
            Tie.HALF_DOWN: (least - Fraction(1, 2), True),
            Tie.HALF_EVEN: (least - Fraction(1, 2), least % 2 == 1),
        }[tie]
        return self.compared(value, Relation.MORE if sharp else Relation.AT_LEAST, constant(reached / scale))

    def _against(self, left: Value, relation: Relation, edge: Fraction) -> Truth:
        """Compare numerators with one edge, for which a whole number stands in."""
        down, up = edge.numerator // edge.denominator, -(-edge.numerator // edge.denominator)
        if isinstance(left.top, int):
            return _HOLDS[relation](Fraction(left.top), edge)
        low, high, top = left.low, left.high, left.top
        match relation:
            case Relation.AT_LEAST:
                return True if low >= up else False if high < up else joined("({} >= {})", top, up)
            case Relation.LESS:
                return False if low >= up else True if high < up else joined("({} < {})", top, up)
            case Relation.MORE:
                return True if low > down else False if high <= down else joined("({} > {})", top, down)
            case Relation.AT_MOST:
                return False if low > down else True if high <= down else joined("({} <= {})", top, down)
            case Relation.EQUAL:
                return down == up and low <= down <= high and (low == high or joined("({} = {})", top, down))


_SIGNS = {
    Relation.AT_LEAST: ">=",
    Relation.AT_MOST: "<=",
    Relation.MORE: ">",
    Relation.LESS: "<",
    Relation.EQUAL: "=",
}
_HOLDS = {
    Relation.AT_LEAST: lambda a, b: bool(a >= b),
    Relation.AT_MOST: lambda a, b: bool(a <= b),
    Relation.MORE: lambda a, b: bool(a > b),
    Relation.LESS: lambda a, b: bool(a < b),
    Relation.EQUAL: lambda a, b: bool(a == b),
}


def _rounded(value: Fraction, tie: Tie, scale: int) -> Fraction:
    """A constant to a precision, by floors of whole numbers."""
    top, under = value.numerator * scale, value.denominator
    floor, rest = divmod(top, under)
    up = {
        Tie.UP: rest > 0,
        Tie.DOWN: False,
        Tie.HALF_UP: 2 * rest >= under,
        Tie.HALF_DOWN: 2 * rest > under,
        Tie.HALF_EVEN: 2 * rest > under or (2 * rest == under and floor % 2 == 1),
    }[tie]
    return Fraction(floor + up, scale)
