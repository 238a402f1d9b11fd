"""Weights that bring a weighted sum into a range of scores: an exact search on a grid of weights.

On a grid all weights are whole multiples of one unit, so the question is one of whole numbers. Weights that
need not be whole are tried on finer and finer grids; what is found is always a plan the policy allows, and what is not
found on the finest grid is left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from sespms_rules.checks.analysis.intervals import Interval
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.plans import WeightBox

GRIDS = ((1, 2), (4, 5, 10, 20, 50, 100, 1000))
"""Into how many parts a weight of 1 is divided, the grids that give the shortest numbers first."""


class SearchEffort:
    """How much a search may still try; a check must never keep anyone waiting."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spent(self, steps: int = 1) -> bool:
        """Take steps; say whether none are left."""
        self.left -= steps
        return self.left < 0


class _Share(Frozen):
    """Members of equal points together: what one unit of weight is worth, and how much weight they can carry."""

    worth: int
    low: int
    high: int


class _Case(Frozen):
    """The question in whole numbers: boxes, worths, the total, and the sums that are looked for."""

    lows: tuple[int, ...]
    highs: tuple[int, ...]
    worths: tuple[int, ...]
    total: int
    target: tuple[int | None, int | None]


def weights_reaching(
    points: Sequence[Fraction],
    boxes: Sequence[WeightBox],
    total: Fraction,
    target: Interval,
    search: tuple[tuple[int, ...], SearchEffort],
) -> tuple[Fraction, ...] | None:
    """Weights within their boxes that total `total` and whose sum of points times weight lies in `target`.

    `search` says on which grids to look (1 for whole weights), and how long.
    """
    units, effort = search
    # Every such sum is the total times an average of points; far from it nothing needs to be tried.
    around = Interval(total * min(points), True, total * max(points), True)
    if around.meet(target).is_empty:
        return None
    scale = lcm(*(each.denominator for each in points))
    for unit in units:
        if (total * unit).denominator != 1:
            continue
        case = _Case(
            tuple(max(1, ceil(box.low * unit)) for box in boxes),
            tuple(floor((total if box.high is None else min(box.high, total)) * unit) for box in boxes),
            tuple(int(each * scale) for each in points),
            int(total * unit),
            _whole_ends(target.stretched(Fraction(1, scale * unit), Fraction(0))),
        )
        found = _solve(case, tuple(box.top for box in boxes), effort)
        if found is not None:
            return tuple(Fraction(weight, unit) for weight in found)
    return None


def _whole_ends(target: Interval) -> tuple[int | None, int | None]:
    low = None if target.low is None else ceil(target.low)
    high = None if target.high is None else floor(target.high)
    if low is not None and low == target.low and not target.low_in:
        low += 1
    if high is not None and high == target.high and not target.high_in:
        high -= 1
    return low, high


def _solve(case: _Case, tops: tuple[bool, ...], effort: SearchEffort) -> tuple[int, ...] | None:
    low, high = case.target
    if low is not None and high is not None and low > high:
        return None
    if not any(tops):
        return _split(case, effort)
    if not _within_reach(case):
        return None
    above = [place for place, top in enumerate(tops) if top]
    rest = [place for place, top in enumerate(tops) if not top]
    floors = sum(case.lows[place] for place in rest)
    most = min([(case.total - floors) // len(above), *(case.highs[place] for place in above)])
    for weight in range(most, max(case.lows) - 1, -1):
        worth = weight * sum(case.worths[place] for place in above)
        others = _Case(
            tuple(case.lows[place] for place in rest),
            tuple(min(case.highs[place], weight) for place in rest),
            tuple(case.worths[place] for place in rest),
            case.total - weight * len(above),
            (None if low is None else low - worth, None if high is None else high - worth),
        )
        found = _split(others, effort)
        if found is not None:
            weights = dict(zip(rest, found, strict=True))
            return tuple(weights.get(place, weight) for place in range(len(tops)))
        if effort.left < 0:
            return None
    return None


def _within_reach(case: _Case) -> bool:
    """Whether weights in their boxes, each taken by itself, could be worth as much as is looked for."""
    shares = tuple(map(_Share, case.worths, case.lows, case.highs))
    low, high = case.target
    below = high is None or _extreme(shares, case.total, 1) <= high
    return below and (low is None or _extreme(shares, case.total, -1) >= low)


def _split(case: _Case, effort: SearchEffort) -> tuple[int, ...] | None:
    """Divide the total over the members; those of equal worth are first taken together."""
    if any(low > high for low, high in zip(case.lows, case.highs, strict=True)):
        return None
    places: dict[int, list[int]] = {}
    for place, worth in enumerate(case.worths):
        places.setdefault(worth, []).append(place)
    shares = [
        _Share(worth, sum(case.lows[place] for place in group), sum(case.highs[place] for place in group))
        for worth, group in places.items()
    ]
    shares.sort(key=lambda share: share.high - share.low)
    sums = _sums(tuple(shares), case.total, case.target, effort)
    if sums is None:
        return None
    weights = list(case.lows)
    for share, amount in zip(shares, sums, strict=True):
        left = amount - share.low
        for place in places[share.worth]:
            added = min(left, case.highs[place] - case.lows[place])
            weights[place] += added
            left -= added
    return tuple(weights)


def _sums(
    shares: tuple[_Share, ...], total: int, target: tuple[int | None, int | None], effort: SearchEffort
) -> tuple[int, ...] | None:
    """How much weight each share carries, so that all carry the total and are worth something in the target."""
    if effort.spent() or not sum(share.low for share in shares) <= total <= sum(share.high for share in shares):
        return None
    if not shares:
        return () if (target[0] or 0) <= 0 <= (target[1] if target[1] is not None else 0) else None
    low, high = target
    if high is not None and _extreme(shares, total, 1) > high:
        return None
    if low is not None and _extreme(shares, total, -1) < low:
        return None
    first, rest = shares[0], shares[1:]
    if not rest:
        return (total,)
    if len(rest) == 1:
        found = _of_two(first, rest[0], total, target)
        return None if found is None else (found, total - found)
    for amount in range(first.low, first.high + 1):
        worth = amount * first.worth
        further = (None if low is None else low - worth, None if high is None else high - worth)
        sums = _sums(rest, total - amount, further, effort)
        if sums is not None:
            return (amount, *sums)
        if effort.left < 0:
            return None
    return None


def _of_two(one: _Share, two: _Share, total: int, target: tuple[int | None, int | None]) -> int | None:
    """What the first of two shares carries; the sum of both is a line, so the answer is a range of it."""
    least, most = max(one.low, total - two.high), min(one.high, total - two.low)
    slope, start = one.worth - two.worth, two.worth * total
    low, high = target if slope > 0 else (target[1], target[0])
    if low is not None:
        least = max(least, ceil(Fraction(low - start, slope)))
    if high is not None:
        most = min(most, floor(Fraction(high - start, slope)))
    return least if least <= most else None


def _extreme(shares: tuple[_Share, ...], total: int, sign: int) -> int:
    """The smallest (sign 1) or largest (sign -1) sum that shares carrying the total can be worth."""
    left = total - sum(share.low for share in shares)
    worth = sum(share.low * share.worth for share in shares)
    for share in sorted(shares, key=lambda each: sign * each.worth):
        added = min(left, share.high - share.low)
        worth += added * share.worth
        left -= added
    return worth
