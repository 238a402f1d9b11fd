"""Score bands: what range of scores a line asks for, and which bands stand next to a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import All, Compare, Condition, Constant, Relation, Row, TheScore, ToLevel


class Band(Frozen):
    """The scores from `low` to `high`; None: no end on that side; `low_in`, `high_in`: the end itself belongs."""

    low: Fraction | None
    low_in: bool
    high: Fraction | None
    high_in: bool

    def holds(self, score: Exact) -> bool:
        """Say whether the score lies in the band."""
        if self.low is not None and (score < self.low or (score == self.low and not self.low_in)):
            return False
        return self.high is None or score < self.high or (score == self.high and self.high_in)

    def words(self) -> str:
        """The band as the language writes it."""
        low, high = ("" if end is None else exact(end) for end in (self.low, self.high))
        if self.low is not None and self.low == self.high:
            return f"exactly {low}"
        if not low:
            return f"{'at most' if self.high_in else 'below'} {high}"
        first = f"{'at least' if self.low_in else 'more than'} {low}"
        if not high:
            return first
        if self.low_in and self.high_in:
            return f"{low} to {high}"
        return f"{first} and {'at most' if self.high_in else 'below'} {high}"


def split_band(condition: Condition) -> tuple[Band | None, tuple[Condition, ...]]:
    """Take a condition apart into the one band of scores it asks for, if any, and all else it asks."""
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    others: list[Condition] = []
    for part in _flat(condition):
        match part:
            case Compare(TheScore(), Relation.AT_LEAST | Relation.MORE as relation, Constant(edge)) if low is None:
                low = edge, relation is Relation.AT_LEAST
            case Compare(TheScore(), Relation.AT_MOST | Relation.LESS as relation, Constant(edge)) if high is None:
                high = edge, relation is Relation.AT_MOST
            case Compare(TheScore(), Relation.EQUAL, Constant(edge)) if low is None and high is None:
                low = high = edge, True
            case _:
                others.append(part)
    if low is None and high is None:
        return None, tuple(others)
    low_end, low_in = low or (None, True)
    high_end, high_in = high or (None, True)
    return Band(low_end, low_in, high_end, high_in), tuple(others)


def _flat(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _flat(part)
    else:
        yield condition


def _banded(rows: Sequence[Row]) -> list[tuple[Band, Row]]:
    split = [(split_band(row.condition)[0], row) for row in rows if isinstance(row.outcome, ToLevel)]
    return [(band, row) for band, row in split if band is not None]


def holding(rows: Sequence[Row], score: Exact) -> list[Row]:
    """Return the rows whose bands hold the score, whatever else they ask for."""
    return [row for band, row in _banded(rows) if band.holds(score)]


def neighbours(rows: Sequence[Row], score: Exact) -> list[Row]:
    """Return the rows whose bands end nearest below and begin nearest above a score that lies in none."""
    below: list[tuple[Exact, int]] = []
    above: list[tuple[Exact, int]] = []
    banded = _banded(rows)
    for place, (band, _) in enumerate(banded):
        if band.high is not None and band.high <= score:
            below.append((score - band.high, place))
        if band.low is not None and band.low >= score:
            above.append((band.low - score, place))
    return [banded[min(side)[1]][1] for side in (below, above) if side]
