"""Plans drawn so that each one the policy allows is as likely as each other.

Weights are drawn by a walk: two members are taken by chance, and one of all ways to part what both weigh, each as
likely as each other; where the policy does not allow what comes out, the walk stays where it is. Every step is as
likely as its way back, so that in the long run no plan is preferred, neither the first nor one at an edge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random

from sespms_rules.program.plans import WeightBox, fit

Weights = tuple[Fraction, ...]

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
    total = sum(first, Fraction(0))
    unit = Fraction(1) if whole or all(each.denominator == 1 for each in first) else total / _PARTS
    weights = first
    while True:
        for _ in range(_MOVES * len(first) if len(groups) > 1 else 0):
            giver, taker = chance.sample(groups, 2)
            tried = _parted(weights, giver, taker, unit, boxes, chance)
            if tried == weights or allows(tried):
                weights = tried
        yield weights


def first_weights(total: Fraction, whole: bool, boxes: Sequence[WeightBox]) -> Weights | None:
    """Weights that meet their limits, whole ones where there are any; None where there are none."""
    return fit(total, True, boxes) or fit(total, whole, boxes)


def interchanged(weights: Weights, boxes: Sequence[WeightBox], chance: Random) -> Weights:
    """The weights of members whose limits are the same, dealt out among these by chance."""
    dealt = list(weights)
    for box in dict.fromkeys(boxes):
        places = [place for place, each in enumerate(boxes) if each == box]
        mine = [weights[place] for place in places]
        chance.shuffle(mine)
        for place, weight in zip(places, mine, strict=True):
            dealt[place] = weight
    return tuple(dealt)


def _moved_together(boxes: Sequence[WeightBox]) -> list[tuple[int, ...]]:
    tops = tuple(place for place, box in enumerate(boxes) if box.top)
    return [*([tops] if tops else []), *((place,) for place, box in enumerate(boxes) if not box.top)]


def _parted(
    weights: Weights,
    giver: tuple[int, ...],
    taker: tuple[int, ...],
    unit: Fraction,
    boxes: Sequence[WeightBox],
    chance: Random,
) -> Weights:
    """What two groups weigh, parted anew in whole units within the limits of both."""
    given, taken = unit * len(taker), unit * len(giver)
    down = min(*(_room_below(weights, place, boxes) // given for place in giver), *_above(weights, taker, taken, boxes))
    up = min(*(_room_below(weights, place, boxes) // taken for place in taker), *_above(weights, giver, given, boxes))
    moved = chance.randint(-int(up), int(down))
    tried = list(weights)
    for place in giver:
        tried[place] -= moved * given
    for place in taker:
        tried[place] += moved * taken
    return tuple(tried)


def _room_below(weights: Weights, place: int, boxes: Sequence[WeightBox]) -> Fraction:
    return weights[place] - boxes[place].low


def _above(weights: Weights, places: tuple[int, ...], by: Fraction, boxes: Sequence[WeightBox]) -> Iterator[int]:
    total = sum(weights, Fraction(0))
    for place in places:
        high = boxes[place].high
        yield int((min(total, high if high is not None else total) - weights[place]) // by)
