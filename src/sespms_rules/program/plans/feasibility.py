"""Whether weights can meet their limits and their total, decided exactly and answered with such weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.arithmetic import lean


class WeightBox(Frozen):
    """The lowest and highest weight of one element; every weight is above zero, whatever `low` says.

    `top` is set for an element that none may be above. `high` None has no end.
    """

    low: Fraction
    high: Fraction | None
    top: bool = field(default=False)


def fit(total: Fraction, whole: bool, boxes: Sequence[WeightBox]) -> tuple[Fraction, ...] | None:
    """Weights that meet all limits and total `total`; None where there are none. Exact.

    Elements that none may be above all weigh the same, x. The lowest total of all weights grows with x and the
    highest does too, so the largest x that the lowest total allows is the one to try.
    """
    if not boxes or (whole and total.denominator != 1):
        return None
    lows = [_lowest(box, whole) for box in boxes]
    highs = [_highest(box, whole, total) for box in boxes]
    if any(low > high or high <= 0 for low, high in zip(lows, highs, strict=True)):
        return None
    tops = [place for place, box in enumerate(boxes) if box.top]
    rest = [place for place, box in enumerate(boxes) if not box.top]
    if not tops:
        return _spread(total, whole, lows, highs)
    weight = _top_weight(total, whole, lows, highs, (tops, rest))
    if weight is None:
        return None
    weights = [weight] * len(boxes)
    left = total - weight * len(tops)
    others = _spread(left, whole, [lows[place] for place in rest], [min(highs[place], weight) for place in rest])
    if others is None:
        return None
    for place, found in zip(rest, others, strict=True):
        weights[place] = found
    return tuple(weights)


def _lowest(box: WeightBox, whole: bool) -> Fraction:
    return Fraction(max(1, ceil(box.low))) if whole else max(box.low, Fraction(0))


def _highest(box: WeightBox, whole: bool, total: Fraction) -> Fraction:
    high = total if box.high is None else min(box.high, total)
    return Fraction(floor(high)) if whole else high


def _top_weight(
    total: Fraction,
    whole: bool,
    lows: list[Fraction],
    highs: list[Fraction],
    places: tuple[list[int], list[int]],
) -> Fraction | None:
    """What the elements that none may be above can weigh, so that the others have room."""
    tops, rest = places
    floors = sum((lows[place] for place in rest), Fraction(0))
    most = min([(total - floors) / len(tops), *(highs[place] for place in tops)])
    most = Fraction(floor(most)) if whole else most
    least = max(lows)

    def ceiling(weight: Fraction) -> Fraction:
        return weight * len(tops) + sum((min(highs[place], weight) for place in rest), Fraction(0))

    if most < least or most <= 0 or ceiling(most) < total:
        return None
    if most * len(tops) + floors < total or all(lows[place] > 0 for place in rest):
        return most
    # Some other weight has no floor, so it must be above zero, and at `most` nothing is left for it.
    distance = most - least
    while distance > 0:
        distance /= 2
        if ceiling(most - distance) >= total:
            return most - distance
    return None


def _spread(
    total: Fraction, whole: bool, lows: Sequence[Fraction], highs: Sequence[Fraction]
) -> tuple[Fraction, ...] | None:
    """Weights between floors and ceilings that total `total`; a floor of zero is itself too low."""
    if whole:
        return _spread_whole(total, lows, highs)
    left = total - sum(lows, Fraction(0))
    room = sum(highs, Fraction(0)) - sum(lows, Fraction(0))
    if left < 0 or left > room or (left == 0 and not all(low > 0 for low in lows)):
        return None
    return tuple(low + (high - low) * left / room if room else low for low, high in zip(lows, highs, strict=True))


def _spread_whole(total: Fraction, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """The same with whole weights, the first as heavy as they can be; nothing is divided, so numbers are kept lean."""
    ends = [(lean(low), lean(high)) for low, high in zip(lows, highs, strict=True)]
    left = lean(total) - sum(low for low, _ in ends)
    if left < 0 or left > sum(high - low for low, high in ends) or (left == 0 and not all(low > 0 for low, _ in ends)):
        return None
    weights = []
    for low, high in ends:
        added = min(left, high - low)
        weights.append(Fraction(low + added))
        left -= added
    return tuple(weights)
