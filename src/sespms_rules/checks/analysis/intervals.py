"""Sets of scores: intervals with open or closed ends, what they leave uncovered, and what rounding does to them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.interval import EVERYTHING as EVERYTHING
from sespms_rules.foundation.interval import Interval as Interval
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.syntax.formula import Precision, RoundToDecimals, RoundToHalf, RoundToWhole
from sespms_rules.language.syntax.words import Tie
from sespms_rules.program import arithmetic, ir
from sespms_rules.program.lowering import interval_of

of_range = cache_by_identity(2_048)(interval_of)
"""The scores that a range of a band or of a table holds."""


def sharing(intervals: Sequence[Interval], kinds: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The places of every two intervals of different kinds that share a score, the earlier place first.

    They are swept by their lower ends: the work grows with the intervals and the pairs found, not with all pairs.
    """
    places = [place for place, each in enumerate(intervals) if not each.is_empty]
    reaching: dict[Hashable, list[int]] = {}
    for place in sorted(places, key=lambda place: low_end(intervals[place])):
        for kind in [kind for kind in reaching if kind != kinds[place]]:
            still = [each for each in reaching[kind] if _reaches(intervals[each], intervals[place])]
            yield from ((min(each, place), max(each, place)) for each in still)
            if still:
                reaching[kind] = still
            else:
                del reaching[kind]
        reaching.setdefault(kinds[place], []).append(place)


def low_end(interval: Interval) -> tuple[bool, Fraction, bool]:
    """What intervals are sorted by: where they begin."""
    return interval.low is not None, interval.low or Fraction(0), not interval.low_in


def _reaches(lower: Interval, upper: Interval) -> bool:
    """Whether an interval reaches into one that does not begin before it."""
    if lower.high is None or upper.low is None:
        return True
    return lower.high > upper.low or (lower.high == upper.low and lower.high_in and upper.low_in)


def is_within_a_step(between: Interval) -> bool:
    """Whether no more than one step parts two lines, as 399 and 400: what lies between more of them is not known."""
    return between.low is not None and between.high is not None and between.high - between.low <= 1


def uncovered(covering: Iterable[Interval]) -> tuple[Interval, ...]:
    """The scores that lie in none of the intervals, lowest first; the intervals are swept by where they begin."""
    found = []
    low, low_in = EVERYTHING.low, EVERYTHING.low_in  # where what no interval has reached yet begins
    for each in sorted((one for one in covering if not one.is_empty), key=low_end):
        if each.low is not None:
            found.append(Interval(low, low_in, each.low, not each.low_in))
        if each.high is None:
            return tuple(one for one in found if not one.is_empty)
        if low is None or (each.high, each.high_in) >= (low, not low_in):
            low, low_in = each.high, not each.high_in
    found.append(Interval(low, low_in, None, False))
    return tuple(one for one in found if not one.is_empty)


def before_rounding(after: Interval, rounding: Precision | None) -> Interval | None:
    """The unrounded scores that rounding brings into `after`; None where no rounded score lies in it."""
    if rounding is None:
        return after
    step = unit(rounding)
    low = None if after.low is None else -((-after.low) // step)
    high = None if after.high is None else after.high // step
    if low is not None and low * step == after.low and not after.low_in:
        low += 1
    if high is not None and high * step == after.high and not after.high_in:
        high -= 1
    if low is not None and high is not None and low > high:
        return None
    (down, down_in), (up, up_in) = _reach(rounding.tie, low, high)
    return Interval(
        None if low is None else (low - down) * step, down_in, None if high is None else (high + up) * step, up_in
    )


def unit(rounding: Precision) -> Fraction:
    """The distance between two rounded scores."""
    match rounding:
        case RoundToDecimals(decimals=decimals):
            return Fraction(1, 10 ** int(decimals.value))
        case RoundToHalf():
            return Fraction(1, 2)
        case RoundToWhole():
            return Fraction(1)
    assert_never(rounding)


def _reach(tie: Tie, low: int | None, high: int | None) -> tuple[tuple[Fraction, bool], tuple[Fraction, bool]]:
    """How far below the lowest and above the highest rounded score values are brought to it, in steps."""
    half, none, whole = Fraction(1, 2), Fraction(0), Fraction(1)
    match tie:
        case Tie.HALF_UP:
            return (half, True), (half, False)
        case Tie.HALF_DOWN:
            return (half, False), (half, True)
        case Tie.HALF_EVEN:
            return (half, (low or 0) % 2 == 0), (half, (high or 0) % 2 == 0)
        case Tie.UP:
            return (whole, False), (none, True)
        case Tie.DOWN:
            return (none, True), (whole, False)


def rounded(score: Fraction, rounding: Precision | None) -> Fraction:
    """A score as the policy rounds it."""
    if rounding is None:
        return score
    return Fraction(arithmetic.rounded(score, ir.Tie(rounding.tie.value), per_one=int(1 / unit(rounding))))
