"""What is done to a ratio after it was taken: rounding, limits, arithmetic with fixed numbers.

Every such step keeps the order of numbers or turns it round. So whether the result reaches a fixed number is asked of
the ratio itself, with another number in place of the first: nothing new enters the solver, and nothing is multiplied.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.ir import Tie


class Times(Frozen):
    """Multiplied by a number."""

    by: Fraction


class Plus(Frozen):
    """A number added."""

    by: Fraction


class NoLess(Frozen):
    """A number instead, where that is larger."""

    than: Fraction


class NoMore(Frozen):
    """A number instead, where that is smaller."""

    than: Fraction


class InUnits(Frozen):
    """Rounded by a tie rule to units of which so many make one."""

    tie: Tie
    per_one: int


Step = Times | Plus | NoLess | NoMore | InUnits


def done(steps: tuple[Step, ...], number: Fraction) -> Fraction:
    """The number that some steps make of another."""
    for step in steps:
        match step:
            case Times(by):
                number *= by
            case Plus(by):
                number += by
            case NoLess(than):
                number = max(number, than)
            case NoMore(than):
                number = min(number, than)
            case InUnits(tie, per_one):
                number = Fraction(rounded(number, tie, per_one=per_one))
            case _:
                assert_never(step)
    return number


class Reach(Frozen):
    """That a number is at least `number`, or with `strict` more than it; `turned` says that it is not so."""

    number: Fraction
    strict: bool
    turned: bool


def reach(steps: tuple[Step, ...], number: Fraction, *, strict: bool) -> Reach | bool:
    """What must hold before some steps for the result to reach a number; a bool where it holds always or never."""
    turned = False
    for step in reversed(steps):
        match step:
            case Times(by):
                if by == 0:
                    return _reaches(by, number, strict=strict) is not turned
                number = number / by
                if by < 0:
                    strict, turned = not strict, not turned
            case Plus(by):
                number -= by
            case NoLess(than):
                if _reaches(than, number, strict=strict):
                    return not turned
            case NoMore(than):
                if not _reaches(than, number, strict=strict):
                    return turned
            case InUnits(tie, per_one):
                number, strict = _before_rounding(number, tie, per_one, strict=strict)
            case _:
                assert_never(step)
    return Reach(number, strict, turned)


def _reaches(one: Fraction, number: Fraction, *, strict: bool) -> bool:
    return one > number if strict else one >= number


def _before_rounding(number: Fraction, tie: Tie, per_one: int, *, strict: bool) -> tuple[Fraction, bool]:
    """The number that must be reached to be rounded to the first multiple that reaches another, and whether passed."""
    unit = Fraction(1, per_one)
    units = floor(number / unit) + 1 if strict else ceil(number / unit)
    half = (units - Fraction(1, 2)) * unit
    match tie:
        case Tie.UP:
            return (units - 1) * unit, True
        case Tie.DOWN:
            return units * unit, False
        case Tie.HALF_UP:
            return half, False
        case Tie.HALF_DOWN:
            return half, True
        case Tie.HALF_EVEN:
            return half, units % 2 == 1
