"""Ranges as the language writes them -> intervals."""

from __future__ import annotations

from typing import assert_never

from sespms_rules.foundation.interval import Interval
from sespms_rules.language.syntax.formula import BelowRange, ClosedRange, FromRange, HalfOpenRange, Just, ScoreRange


def interval_of(score_range: ScoreRange) -> Interval:
    """The numbers that a range of a band or of a table holds."""
    match score_range:
        case ClosedRange(low=low, high=high):
            return Interval(low.value, True, high.value, True)
        case Just(number=number):
            return Interval(number.value, True, number.value, True)
        case FromRange(low=low):
            return Interval(low.value, True, None, False)
        case BelowRange(high=high):
            return Interval(None, False, high.value, False)
        case HalfOpenRange(low=low, high=high):
            return Interval(low.value, True, high.value, False)
        case _:
            assert_never(score_range)
