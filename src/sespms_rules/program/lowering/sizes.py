"""How large the values of a program can become, told without working any of them out.

Exact numbers have no end: a value that multiplies itself a few dozen times has more digits than any memory. So each
definition is given a bound in bits before anything is rated, and one beyond it is a finding. The bound is that of
exact fractions: a magnitude, and a denominator that sums bring to a common one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import NamedTuple

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import VALUE_TOO_LARGE

MOST_BITS = 65_536
"""About 20,000 digits, numerator and denominator together: worked out at once, and far above what the bound says of
averages by weight inside averages by weight, whose weights total nothing in particular. What multiplies itself again
and again passes any such bound in a few steps.
"""

_DIGITS = 10**30
"""No figure of a policy or of a roster is longer (SES020)."""

_COUNT_BITS = 20


class Size(NamedTuple):
    """A value below 2**magnitude in size; its denominator divides `denominator` times the powers of what is unknown.

    What is divided by is unknown; `unknown` says of each how many bits it has at most, and how often it may
    stand there.
    """

    magnitude: int
    denominator: int = 1
    unknown: tuple[tuple[object, int, int], ...] = ()

    @property
    def bits(self) -> int:
        """How many bits the numerator and the denominator have together, at most."""
        under = self.denominator.bit_length() + sum(bits * power for _, bits, power in self.unknown)
        return self.magnitude + 2 * under


def oversized(program: ir.Program) -> Iterator[Diagnostic]:
    """The first definition of each stage whose value could have more than `MOST_BITS` bits."""
    sizes = _Sizes({table.name: table for table in program.tables}, program.facts)
    for member in program.summary.members:
        if member.stage is not None:
            yield from sizes.of_stage(member.stage, member.name)
    yield from sizes.of_stage(program.summary, None)


def small_enough(value: Fraction | None) -> Fraction | None:
    """A number that is worked out while a formula is read; None where it is so large that `oversized` will tell it."""
    if value is None or value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
        return None
    return value


class _Sizes:
    """Bounds the values of one program, its members' own stages first."""

    def __init__(self, tables: dict[str, ir.Table], facts: tuple[ir.Fact, ...] = ()) -> None:
        self._tables = tables
        self._facts = {
            each.name: Size(max(_number(each.low).magnitude, _number(each.high).magnitude), each.per_one)
            for each in facts
        }
        self._scores: dict[str, Size] = {}
        self._stage: ir.Stage
        self._named: dict[str, Size] = {}
        self._score = Size(0)

    def of_stage(self, stage: ir.Stage, member: str | None) -> Iterator[Diagnostic]:
        """Bound the definitions of a stage in their order."""
        self._stage, self._named, self._score = stage, {}, Size(0)
        for definition in stage.definitions:
            size = self._of(definition.expression)
            if size.bits > MOST_BITS:
                yield VALUE_TOO_LARGE.at(
                    definition.origin.span,
                    f"this value could have more than {MOST_BITS * 3 // 10:,} digits",
                    help="check what is multiplied with itself or divided again and again; no points and weights need"
                    " such numbers, and a value that is rounded stays short",
                )
                return
            if isinstance(definition, ir.ScoreDefinition):
                self._score = size
            else:
                self._named[definition.name] = size
        if member is not None:
            self._scores[member] = self._score

    def _of(self, expression: ir.Expression) -> Size:
        match expression:
            case ir.Constant(value):
                return _number(value)
            case ir.Named(name) | ir.OwnNamed(name):
                return self._named.get(name, Size(0))
            case ir.TheScore():
                return self._score
            case ir.TheLevel():
                return Size(3)
            case ir.TheFact(name):
                return self._facts[name]
            case ir.OfMember(take, _) | ir.Own(take):
                return self._taken(take)
            case ir.OwnFurther(name):
                ends = [end for each in self._stage.further if each.name == name for end in (each.low, each.high)]
                return _either(map(_number, ends))._replace(denominator=_DIGITS)
            case ir.CountOf():
                return Size(_COUNT_BITS)
            case ir.ShareOf():
                return Size(1, 1, (("members", _COUNT_BITS, 1),))
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.LookUp(table):
                rows = self._tables[table].rows if table in self._tables else ()
                results = [row.result for row in rows] + ([self._tables[table].otherwise] if rows else [])
                return _either(_number(each) for each in results if isinstance(each, Fraction))
        return self._worked_out(expression)

    def _worked_out(self, expression: ir.Expression) -> Size:
        match expression:
            case ir.Sum(left, right) | ir.Difference(left, right):
                both = _either((self._of(left), self._of(right)))
                return both._replace(magnitude=both.magnitude + 1)
            case ir.Product(left, right):
                return _times(self._of(left), self._of(right))
            case ir.Quotient(left, ir.Constant(value)) if value:
                return _times(self._of(left), _number(1 / value))
            case ir.Quotient(left, right):
                return _times(self._of(left), _under_one(self._of(right), right))
            case ir.Largest(operands) | ir.Smallest(operands):
                return _either(map(self._of, operands))
            case ir.Choice(_, then, otherwise):
                return _either((self._of(then), self._of(otherwise)))
            case ir.Rounded(operand, _, per_one):
                return Size(self._of(operand).magnitude + 1, per_one)
        return Size(0)

    def _aggregate(self, expression: ir.Aggregate) -> Size:
        body = self._of(expression.body)
        if expression.aggregation in (ir.Aggregation.LOWEST, ir.Aggregation.HIGHEST):
            return body  # the value of one member
        # What each member divides by is its own, so that a common denominator may take all of them.
        members = max(len(self._stage.members), 20)
        body = body._replace(unknown=tuple((each, bits * members, power) for each, bits, power in body.unknown))
        summed = body._replace(magnitude=body.magnitude + _COUNT_BITS)
        if expression.aggregation is ir.Aggregation.SUM:
            return summed
        if not expression.by_weight:
            return _times(summed, Size(0, 1, (("members", _COUNT_BITS, 1),)))
        weight = self._taken(ir.Take.WEIGHT)
        together = weight._replace(magnitude=weight.magnitude + _COUNT_BITS)
        return _times(_times(summed, weight), _under_one(together, ("weights", expression.members)))

    def _taken(self, take: ir.Take) -> Size:
        stage = self._stage
        if take is ir.Take.LEVEL:
            return Size(3)
        if take is ir.Take.WEIGHT:
            whole = any(isinstance(each, ir.WholeWeights) for each in stage.limits)
            totals = [_number(each.total) for each in stage.limits if isinstance(each, ir.WeightTotal)]
            magnitude = max((each.magnitude for each in totals), default=_DIGITS.bit_length())
            return Size(magnitude, 1 if whole else _DIGITS)
        points = [_number(value) for _, value in stage.points]
        scales = [each.scale for each in stage.members if isinstance(each.scale, ir.NumberScale)]
        rated = [_number(end)._replace(denominator=_DIGITS) for scale in scales for end in (scale.low, scale.high)]
        inner = (self._scores[each.name] for each in stage.members if each.name in self._scores)
        return _either((*points, *rated, *inner))


def _number(value: Fraction) -> Size:
    magnitude = max(0, value.numerator.bit_length() - value.denominator.bit_length() + 1)
    return Size(magnitude, value.denominator)


def _either(sizes: Iterable[Size]) -> Size:
    """The size of what may be any of some values, or of one over their common denominator."""
    found = list(sizes)
    unknown: dict[object, tuple[int, int]] = {}
    for key, bits, power in (each for size in found for each in size.unknown):
        before = unknown.get(key, (0, 0))
        unknown[key] = (max(bits, before[0]), max(power, before[1]))
    return Size(
        max((each.magnitude for each in found), default=0),
        reduce(lcm, (each.denominator for each in found), 1),
        tuple((key, *each) for key, each in unknown.items()),
    )


def _times(left: Size, right: Size) -> Size:
    unknown: dict[object, tuple[int, int]] = {}
    for key, bits, power in (*left.unknown, *right.unknown):
        before = unknown.get(key, (0, 0))
        unknown[key] = (max(bits, before[0]), before[1] + power)
    made = tuple((key, *each) for key, each in unknown.items())
    return Size(left.magnitude + right.magnitude, left.denominator * right.denominator, made)


def _under_one(size: Size, what: object) -> Size:
    """One over a value that is not 0: at most its denominator, over its numerator."""
    under = size.denominator.bit_length() + sum(bits * power for _, bits, power in size.unknown)
    return Size(under, 1, ((what, size.magnitude + under, 1),))
