"""Weights for the members of a plan: legal ones of many kinds, and ones that break a single limit by a little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random

from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Stage
from sespms_rules.program.plans import allowed_weights

Weights = tuple[Fraction, ...]

_DRAWN = 40
_FREE_TOTAL = Fraction(100)
"""What weights are drawn to where the policy says nothing on their total."""

_FINE = Fraction(1, 2)


def plans(stage: Stage, names: Sequence[str], draw: Random) -> tuple[list[Weights], list[Weights]]:
    """Weights for members of these names: legal ones, the roundest first, and ones that break a limit by a little."""
    makers = _Makers(stage, names, draw)
    found = dict.fromkeys(each for each in makers.all() if all(weight > 0 for weight in each))
    legal = sorted((each for each in found if makers.allowed.keep(each)), key=_roughness)
    return legal, sorted((each for each in found if not makers.allowed.keep(each)), key=_roughness)


def _roughness(weights: Weights) -> int:
    """0 for multiples of 10, 1 of 5, 2 for other whole numbers, 3 for the rest."""
    units = (10, 5, 1)
    return next((place for place, unit in enumerate(units) if all(each % unit == 0 for each in weights)), 3)


class _Makers:
    """Makes sets of weights for the members of one stage."""

    def __init__(self, stage: Stage, names: Sequence[str], draw: Random) -> None:
        self.draw = draw
        self.allowed = allowed_weights(stage.limits, names)
        self.total = next(iter(self.allowed.totals), _FREE_TOTAL)
        self.whole = self.allowed.whole
        self.boxes = tuple(replace(box, low=box.low or Fraction(1)) for box in self.allowed.boxes)
        self.places = range(len(names))

    def all(self) -> Iterator[Weights]:
        """All kinds, one after another."""
        even = self._filled({}, self.places)
        yield from even
        yield from self._edges()
        yield from self._ties()
        for weights in even:
            yield from self._beside(weights)
        for _ in range(_DRAWN):
            yield from self._drawn(Fraction(5))
            yield from self._drawn(Fraction(1))

    def _edges(self) -> Iterator[Weights]:
        """One member as light or as heavy as can be, and a little more so; the rest even, or heaped on another."""
        for place in self.places:
            box = self.boxes[place]
            most = self._most(place)
            ends = [box.low, box.low - 1, box.low + 1, most, most + 1]
            if not self.whole:
                ends += [box.low - _FINE, most + _FINE]
            for end in ends:
                rest = [other for other in self.places if other != place]
                yield from self._filled({place: end}, rest)
                for other in rest:
                    yield from self._filled({place: end}, [other, *(each for each in rest if each != other)], heap=True)

    def _most(self, place: int) -> Fraction:
        """The most that a member can weigh when all others weigh their least."""
        high = self.boxes[place].high
        left = self.total - sum((box.low for other, box in enumerate(self.boxes) if other != place), Fraction(0))
        return left if high is None else min(left, high)

    def _ties(self) -> Iterator[Weights]:
        """Another member as heavy as the one that none may be above, and a little heavier."""
        for top in (place for place in self.places if self.boxes[place].top):
            rest = [place for place in self.places if place != top]
            for weight in sorted({self.boxes[top].low, self.total / 4, self.total / 3, self.total * 3 / 10}):
                for other in rest:
                    for more in (Fraction(0), Fraction(1), Fraction(2)):
                        mine = {top: weight, other: weight + more}
                        yield from self._filled(mine, [each for each in rest if each != other])

    def _beside(self, weights: Weights) -> Iterator[Weights]:
        """The same with a total that is a little off, and with weights that are not whole."""
        for off in (Fraction(-1), Fraction(1)):
            yield (*weights[:-1], weights[-1] + off)
        if len(weights) > 1:
            yield (weights[0] + _FINE, weights[1] - _FINE, *weights[2:])

    # ---- filling ---------------------------------------------------------------------------------

    def _filled(self, given: dict[int, Fraction], rest: Sequence[int], *, heap: bool = False) -> tuple[Weights, ...]:
        """The rest of the total spread over the other members, evenly or heaped on the first that can take it."""
        made = {place: self.boxes[place].low for place in rest} | given
        left = self.total - sum(made.values(), Fraction(0))
        if left < 0 or (self.whole and any(weight.denominator != 1 for weight in made.values())):
            return ()
        tops = [given[place] for place in given if self.boxes[place].top]
        for turn, place in enumerate(rest):
            share = left if heap else self._share(left, len(rest) - turn)
            room = self._room(place, made[place], tops)
            taken = share if room is None else min(share, room)
            made[place] += taken
            left -= taken
        for place in rest:  # what did not fit goes wherever there is room
            room = self._room(place, made[place], tops)
            taken = left if room is None else min(left, room)
            made[place] += taken
            left -= taken
        if left or sum(made.values(), Fraction(0)) != self.total:
            return ()
        return (tuple(made[place] for place in self.places),)

    def _share(self, left: Fraction, among: int) -> Fraction:
        share = left / among
        return Fraction(share.numerator // share.denominator) if self.whole else share

    def _room(self, place: int, weight: Fraction, tops: list[Fraction]) -> Fraction | None:
        ends = [*tops, *([] if self.boxes[place].high is None else [self.boxes[place].high])]
        return max(Fraction(0), min(each for each in ends if each is not None) - weight) if ends else None

    def _drawn(self, unit: Fraction) -> Iterator[Weights]:
        """Weights drawn at random in steps of `unit`."""
        made = [box.low for box in self.boxes]
        left = self.total - sum(made, Fraction(0))
        order = list(self.places)
        self.draw.shuffle(order)
        for place in order[:-1]:
            steps = int(left / unit)
            if steps <= 0:
                break
            room = self._room(place, made[place], [])
            most = steps if room is None else min(steps, int(room / unit))
            taken = unit * self.draw.randint(0, most)
            made[place] += taken
            left -= taken
        made[order[-1]] += left
        yield tuple(made)
