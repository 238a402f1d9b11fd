"""Plans drawn so that each one the policy allows is as likely as each other.

Weights are drawn by a walk: two members are taken by chance, and one of all ways to part what both weigh, each as
likely as each other; where the policy does not allow what comes out, the walk stays where it is. Every step is as
likely as its way back, so that in the long run no plan is preferred, neither the first nor one at an edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple

from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.plans import WeightBox, fit

Weights = tuple[Exact, ...]
"""The weights of a plan, the whole ones as whole numbers, which are reckoned with many times over."""

Places = tuple[tuple[int, ...], ...]
"""Places of members in a plan, by groups."""

_PARTS = 100
"""Weights that need not be whole are drawn in steps of a hundredth of their total."""

_MOVES = 12
"""So many moves a member between a plan and the next."""


def drawn_weights(
    first: Weights, whole: bool, boxes: Sequence[WeightBox], allows: Callable[[Weights], bool], chance: Random
) -> Iterator[Weights]:
    """Plans without end, from one that the policy allows; `allows` says whether it allows another.

    Members that none may be above weigh the same and are moved together. A weight whose limits leave it no room stays.
    """
    groups = _moved_together(boxes)
    weights = tuple(map(lean, first))
    unit = 1 if whole or all(each.denominator == 1 for each in first) else lean(Fraction(sum(weights)) / _PARTS)
    room = [_Room(lean(box.low), None if box.high is None else lean(box.high)) for box in boxes]
    while True:
        for _ in range(_MOVES * len(first) if len(groups) > 1 else 0):
            giver, taker = chance.sample(groups, 2)
            tried = _parted(weights, giver, taker, unit, room, chance)
            if tried == weights or allows(tried):
                weights = tried
        yield weights


def first_weights(total: Fraction, whole: bool, boxes: Sequence[WeightBox]) -> Weights | None:
    """Weights that meet their limits, whole ones where there are any; None where there are none."""
    return fit(total, True, boxes) or fit(total, whole, boxes)


def limited_alike(boxes: Sequence[WeightBox]) -> Places:
    """The places of members whose limits are the same."""
    return tuple(tuple(place for place, each in enumerate(boxes) if each == box) for box in dict.fromkeys(boxes))


def interchanged(weights: Weights, alike: Places, chance: Random) -> Weights:
    """The weights of members whose limits are the same, dealt out among these by chance."""
    dealt, bits = list(weights), chance.getrandbits
    for places in alike:
        for last in range(len(places) - 1, 0, -1):  # each of those not dealt yet is as likely
            one, other = places[last], places[number_below(bits, last + 1)]
            dealt[one], dealt[other] = dealt[other], dealt[one]
    return tuple(dealt)


def number_below(bits: Callable[[int], int], end: int) -> int:
    """A whole number from 0 to below `end`, each as likely; `bits` gives so many bits by chance.

    Written out because the bits that a draw takes make a roster what it is, and rosters are made anew by their seed.
    """
    width = end.bit_length()
    number = bits(width)
    while number >= end:
        number = bits(width)
    return number


class _Room(NamedTuple):
    """The limits of one weight, whole ones as whole numbers; no highest where `high` is None."""

    low: Exact
    high: Exact | None


def _moved_together(boxes: Sequence[WeightBox]) -> list[tuple[int, ...]]:
    tops = tuple(place for place, box in enumerate(boxes) if box.top)
    return [*([tops] if tops else []), *((place,) for place, box in enumerate(boxes) if not box.top)]


def _parted(
    weights: Weights,
    giver: tuple[int, ...],
    taker: tuple[int, ...],
    unit: Exact,
    room: Sequence[_Room],
    chance: Random,
) -> Weights:
    """What two groups weigh, parted anew in whole units within the limits of both."""
    given, taken = unit * len(taker), unit * len(giver)
    down = min(_steps_down(weights, giver, given, room), _steps_up(weights, taker, taken, room))
    up = min(_steps_down(weights, taker, taken, room), _steps_up(weights, giver, given, room))
    moved = chance.randint(-up, down)
    tried = list(weights)
    for place in giver:
        tried[place] -= moved * given
    for place in taker:
        tried[place] += moved * taken
    return tuple(map(lean, tried))


def _steps_down(weights: Weights, places: tuple[int, ...], by: Exact, room: Sequence[_Room]) -> int:
    return min([int((weights[place] - room[place].low) // by) for place in places])


def _steps_up(weights: Weights, places: tuple[int, ...], by: Exact, room: Sequence[_Room]) -> int:
    total, found = sum(weights), []
    for place in places:
        high = room[place].high
        found.append(int((min(total, high if high is not None else total) - weights[place]) // by))
    return min(found)
