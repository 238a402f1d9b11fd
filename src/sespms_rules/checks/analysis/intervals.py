"""Sets of scores: intervals with open or closed ends, what they leave uncovered, and what rounding does to them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.syntax.formula import (
    BelowRange,
    ClosedRange,
    FromRange,
    HalfOpenRange,
    Just,
    Rounding,
    RoundToDecimals,
    ScoreRange,
)
from sespms_rules.language.syntax.words import Tie


class Interval(Frozen, often=True):
    """Scores from `low` to `high`; None has no end on that side; `…_in` says whether the end itself belongs."""

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool

    @property
    def is_empty(self) -> bool:
        """Whether no score lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def holds(self, score: Fraction) -> bool:
        """Whether a score lies in it."""
        above = self.low is None or score > self.low or (self.low_in and score == self.low)
        below = self.high is None or score < self.high or (self.high_in and score == self.high)
        return above and below

    def meet(self, other: Interval) -> Interval:
        """The scores that lie in both; it may be empty."""
        low, low_in = _tighter((self.low, self.low_in), (other.low, other.low_in), 1)
        high, high_in = _tighter((self.high, self.high_in), (other.high, other.high_in), -1)
        return Interval(low, low_in, high, high_in)

    def covers(self, other: Interval) -> bool:
        """Whether every score of `other` lies in it."""
        return self.meet(other) == other

    def stretched(self, factor: Fraction, shift: Fraction) -> Interval:
        """The scores s for which `shift + factor * s` lies in this interval; `factor` is not zero."""
        low = None if self.low is None else (self.low - shift) / factor
        high = None if self.high is None else (self.high - shift) / factor
        if factor > 0:
            return Interval(low, self.low_in, high, self.high_in)
        return Interval(high, self.high_in, low, self.low_in)


EVERYTHING = Interval(None, False, None, False)
_End = tuple[Fraction | None, bool]


def _tighter(one: _End, two: _End, sign: int) -> _End:
    if one[0] is None or two[0] is None:
        return two if one[0] is None else one
    if one[0] == two[0]:
        return (one[0], one[1] and two[1])
    return one if (one[0] > two[0]) is (sign > 0) else two


@cache_by_identity(2_048)
def of_range(score_range: ScoreRange) -> Interval:
    """The scores that a range of a band or of a table holds."""
    match score_range:
        case ClosedRange(low, high):
            return Interval(low.value, True, high.value, True)
        case Just(exact):
            return Interval(exact.value, True, exact.value, True)
        case FromRange(low):
            return Interval(low.value, True, None, False)
        case BelowRange(high):
            return Interval(None, False, high.value, False)
        case HalfOpenRange(low, high):
            return Interval(low.value, True, high.value, False)


def uncovered(covering: Iterable[Interval]) -> tuple[Interval, ...]:
    """The scores that lie in none of the intervals, lowest first."""
    left = [EVERYTHING]
    for each in covering:
        if not each.is_empty:
            left = [piece for old in left for piece in _without(old, each)]
    return tuple(left)


def _without(old: Interval, taken: Interval) -> list[Interval]:
    pieces = []
    if taken.low is not None:
        pieces.append(old.meet(Interval(None, False, taken.low, not taken.low_in)))
    if taken.high is not None:
        pieces.append(old.meet(Interval(taken.high, not taken.high_in, None, False)))
    return [piece for piece in pieces if not piece.is_empty]


def before_rounding(after: Interval, rounding: Rounding | None) -> Interval | None:
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


def unit(rounding: Rounding) -> Fraction:
    """The distance between two rounded scores."""
    return Fraction(1, 10 ** int(rounding.decimals.value)) if isinstance(rounding, RoundToDecimals) else Fraction(1)


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


def rounded(score: Fraction, rounding: Rounding | None) -> Fraction:
    """A score as the policy rounds it."""
    if rounding is None:
        return score
    step = unit(rounding)
    low = score // step
    if low * step == score or rounding.tie is Tie.DOWN:
        return low * step
    if rounding.tie is Tie.UP:
        return (low + 1) * step
    rest = score / step - low
    at_half = {Tie.HALF_UP: True, Tie.HALF_DOWN: False, Tie.HALF_EVEN: low % 2 == 1}[rounding.tie]
    return (low + 1) * step if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and at_half) else low * step
