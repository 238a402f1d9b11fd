"""Score bands: what range of scores a line asks for, and which bands stand next to a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.foundation.interval import EVERYTHING, Interval
from sespms_rules.foundation.origin import exact
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import (
    All,
    Compare,
    Condition,
    Constant,
    Relation,
    Row,
    TheScore,
    ToLevel,
    Within,
)


def band_words(band: Interval) -> str:
    """A band as the language writes it."""
    low, high = ("" if end is None else exact(end) for end in (band.low, band.high))
    if band.low is not None and band.low == band.high:
        return f"exactly {low}"
    if not low:
        return f"{'at most' if band.high_in else 'below'} {high}"
    first = f"{'at least' if band.low_in else 'more than'} {low}"
    if not high:
        return first
    if band.low_in and band.high_in:
        return f"{low} to {high}"
    return f"{first} and {'at most' if band.high_in else 'below'} {high}"


def passing(relation: Relation, edge: Fraction) -> Interval:
    """The numbers that stand to an edge as a comparison asks."""
    match relation:
        case Relation.AT_LEAST | Relation.MORE:
            return Interval(edge, relation is Relation.AT_LEAST, None, False)
        case Relation.AT_MOST | Relation.LESS:
            return Interval(None, False, edge, relation is Relation.AT_MOST)
        case Relation.EQUAL:
            return Interval(edge, True, edge, True)


def split_band(condition: Condition) -> tuple[Interval | None, tuple[Condition, ...]]:
    """Take a condition apart into the one band of scores it asks for, if any, and all else it asks."""
    band = EVERYTHING
    others: list[Condition] = []
    for part in _flat(condition):
        asked = part.range if isinstance(part, Within) and isinstance(part.expression, TheScore) else None
        if isinstance(part, Compare) and isinstance(part.left, TheScore) and isinstance(part.right, Constant):
            asked = passing(part.relation, part.right.value)
        # A second end on the same side is no end of the band, and is told for itself.
        if (
            asked is None
            or (asked.low is not None and band.low is not None)
            or (asked.high is not None and band.high is not None)
        ):
            others.append(part)
        else:
            band = band.meet(asked)
    return (None if band == EVERYTHING else band), tuple(others)


def _flat(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _flat(part)
    else:
        yield condition


def _banded(rows: Sequence[Row]) -> list[tuple[Interval, Row]]:
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
