"""Rounding as constraints: a whole number of units that stands to the value as the tie rule says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

import z3

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Tie
from sespms_rules.proofs.solver.logic import Formula, Term
from sespms_rules.proofs.solver.values import Cases, Fixed, Linear, Value, constant, linear, mapped, scaled

_HALF = Fraction(1, 2)


class Rounding(Frozen):
    """An unknown number of `units` that `exact` is rounded to by a tie rule."""

    units: Term
    exact: Term
    tie: Tie

    @property
    def constraint(self) -> Formula:
        """What makes the units those that the tie rule says."""
        return _constraint(self.units, self.exact, self.tie)


def rounded(value: Value, tie: Tie, per_one: int) -> tuple[Value, Rounding | None]:
    """A value in whole steps, of which one holds `per_one`, and the rounding where it brings in an unknown."""
    if isinstance(value, Fixed | Cases):
        return mapped(value, lambda number: _number(number, tie, per_one)), None
    scale = Fraction(per_one)
    exact = scaled(linear(value), scale).term
    units = z3.FreshInt("rounded")
    return scaled(Linear(units), 1 / scale), Rounding(units, exact, tie)


def in_order(before: Sequence[Rounding], after: Sequence[Rounding]) -> Iterator[Formula]:
    """What holds of the roundings of two appraisals by one rule: of two numbers, the larger is rounded no lower.

    It follows from the tie rules; said outright, the solver need not find it out.
    """
    for one, other in zip(before, after, strict=False):
        if one.tie is other.tie:
            yield z3.Implies(one.exact <= other.exact, one.units <= other.units)
            yield z3.Implies(other.exact <= one.exact, other.units <= one.units)


def _constraint(units: Term, exact: Term, tie: Tie) -> Formula:
    half = constant(_HALF)
    match tie:
        case Tie.UP:
            return z3.And(units - 1 < exact, exact <= units)
        case Tie.DOWN:
            return z3.And(units <= exact, exact < units + 1)
        case Tie.HALF_UP:
            return z3.And(units - half <= exact, exact < units + half)
        case Tie.HALF_DOWN:
            return z3.And(units - half < exact, exact <= units + half)
        case Tie.HALF_EVEN:
            pairs = z3.FreshInt("pairs")
            even = units == 2 * pairs
            within = z3.And(units - half <= exact, exact <= units + half)
            at_tie = z3.Or(exact == units - half, exact == units + half)
            return z3.And(within, z3.Or(even, units == 2 * pairs + 1), z3.Or(z3.Not(at_tie), even))


def _number(number: Fraction, tie: Tie, per_one: int) -> Fraction:
    exact = number * per_one
    match tie:
        case Tie.UP:
            units = ceil(exact)
        case Tie.DOWN:
            units = floor(exact)
        case Tie.HALF_UP:
            units = floor(exact + _HALF)
        case Tie.HALF_DOWN:
            units = ceil(exact - _HALF)
        case Tie.HALF_EVEN:
            units = round(exact)  # of a fraction: the even neighbour of a tie
    return Fraction(units, per_one)
