"""Lengths of time: months and years beside days, compared by the shortest and the longest span they can be.

Six months are never fewer than 181 days and never more than 184, whatever the month they begin in. Counted by the
calendar of 1901 to 2099, in which every fourth year is a leap year.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import ceil, floor

from sespms_rules.language.syntax.words import Unit

_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
_YEAR = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS = (*_YEAR, 31, 29, *_YEAR[2:], *_YEAR, *_YEAR)
"""The days of the months of four years in a row, one of them a leap year; then they repeat."""


def length(number: Fraction, unit: Unit) -> tuple[Fraction, Fraction]:
    """A length of time in days and in months; one of them is zero."""
    return (number, Fraction(0)) if unit is Unit.DAY else (Fraction(0), number * _MONTHS[unit])


def shortest(months: Fraction) -> int:
    """The fewest days that so many months can have; of a part of a month nothing is counted."""
    whole, rest = divmod(floor(months), len(_DAYS))
    return whole * sum(_DAYS) + min(_spans(rest))


def longest(months: Fraction) -> int:
    """The most days that so many months can have; a part of a month is counted as a month."""
    whole, rest = divmod(ceil(months), len(_DAYS))
    return whole * sum(_DAYS) + max(_spans(rest))


def fewest_days(days: Fraction, months: Fraction) -> Fraction:
    """The fewest days of days and months together; either may be negative."""
    return days + (shortest(months) if months >= 0 else -longest(-months))


@cache
def _spans(months: int) -> tuple[int, ...]:
    """The days of so many months in a row, by the month they begin in."""
    twice = _DAYS + _DAYS
    return tuple(sum(twice[first : first + months]) for first in range(len(_DAYS)))


__all__ = ["fewest_days", "length", "longest", "shortest"]
