"""A range of exact numbers, with open or closed ends or none: the one that bands, tables and checks speak of."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen


class Interval(Frozen, often=True):
    """Numbers from `low` to `high`; None has no end on that side; `…_in` says whether the end itself belongs."""

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def only(self) -> Fraction | None:
        """The one number that lies in it; None where none does, or many."""
        return self.low if self.low is not None and self.low == self.high and self.low_in and self.high_in else None

    def holds(self, number: Fraction | int) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or number > self.low or (self.low_in and number == self.low)
        below = self.high is None or number < self.high or (self.high_in and number == self.high)
        return above and below

    def meet(self, other: Interval) -> Interval:
        """The numbers that lie in both; it may be empty."""
        low, low_in = _tighter((self.low, self.low_in), (other.low, other.low_in), 1)
        high, high_in = _tighter((self.high, self.high_in), (other.high, other.high_in), -1)
        return Interval(low, low_in, high, high_in)

    def covers(self, other: Interval) -> bool:
        """Whether every number of `other` lies in it."""
        return self.meet(other) == other

    def stretched(self, factor: Fraction, shift: Fraction) -> Interval:
        """The numbers for which `shift + factor * s` lies in this interval; `factor` is not zero."""
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
