"""Exact arithmetic that Python's numbers do not bring along: lean numbers, and rounding with a stated tie."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.program.ir import Tie

Exact = Fraction | int
"""An exact number. Whole numbers are kept as `int`, which is many times faster and equal to the fraction."""


def lean(value: Exact) -> Exact:
    """Return the same number, as an `int` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def rounded(value: Exact, tie: Tie, *, per_one: int) -> Exact:
    """Bring a number to whole steps, of which one holds `per_one` (1 or more).

    `half up` and `up` go toward larger numbers, `half down` and `down` toward smaller ones, also below zero;
    `half even` takes the even neighbour of a tie. A number of whole steps is not changed.
    """
    denominator = value.denominator
    units, rest = divmod(value.numerator * per_one, denominator)
    if rest == 0:
        return value
    match tie:
        case Tie.UP:
            goes_up = True
        case Tie.DOWN:
            goes_up = False
        case Tie.HALF_UP:
            goes_up = 2 * rest >= denominator
        case Tie.HALF_DOWN:
            goes_up = 2 * rest > denominator
        case Tie.HALF_EVEN:
            goes_up = 2 * rest > denominator or (2 * rest == denominator and units % 2 == 1)
        case _:
            assert_never(tie)
    return lean(Fraction(units + goes_up, per_one))
