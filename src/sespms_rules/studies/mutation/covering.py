"""The fewest sets that cover everything: exact where that takes little, otherwise greedy and said to be."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen

_MOST_STEPS = 50_000


class Cover(Frozen):
    """Places of chosen sets. `fewest` says that no fewer would do; `at_least` how many it takes in any case."""

    chosen: tuple[int, ...]
    fewest: bool
    at_least: int


def fewest(sets: Sequence[int]) -> Cover:
    """Choose sets, each the bits of what it covers, that together cover all that any of them does.

    Of covers of one size, that of the first sets is taken.
    """
    everything = 0
    for each in sets:
        everything |= each
    if not everything:
        return Cover((), True, 0)
    useful = _undominated(sets)
    greedy = _greedy(sets, useful, everything)
    search = _Search(sets, useful, everything)
    least = search.bound(everything)
    for size in range(least, len(greedy)):
        found = search.cover(size)
        if found is not None:
            return Cover(tuple(sorted(found)), True, size)
        if search.steps > _MOST_STEPS:
            return Cover(tuple(sorted(greedy)), False, size)
    return Cover(tuple(sorted(greedy)), True, len(greedy))


def _undominated(sets: Sequence[int]) -> list[int]:
    """The places of sets that no other set contains, of equal ones the first."""
    first: dict[int, int] = {}
    for place, each in enumerate(sets):
        if each:
            first.setdefault(each, place)
    kept: list[int] = []
    for each in sorted(first, key=lambda one: -one.bit_count()):
        if all(each & ~sets[place] for place in kept):
            kept.append(first[each])
    return sorted(kept)


def _greedy(sets: Sequence[int], useful: Sequence[int], everything: int) -> list[int]:
    left, chosen = everything, []
    while left:
        best = max(useful, key=lambda place: ((sets[place] & left).bit_count(), -place))
        chosen.append(best)
        left &= ~sets[best]
    return chosen


class _Search:
    """Looks for covers of a given size; `steps` counts the work done."""

    def __init__(self, sets: Sequence[int], useful: Sequence[int], everything: int) -> None:
        self.sets = sets
        self.everything = everything
        self.steps = 0
        self.covering = {
            bit: [place for place in useful if sets[place] >> bit & 1]
            for bit in range(everything.bit_length())
            if everything >> bit & 1
        }
        self.order = sorted(self.covering, key=lambda bit: len(self.covering[bit]))

    def bound(self, left: int) -> int:
        """How many sets it takes at least: things of which no set covers two."""
        count = 0
        for bit in self.order:
            if left >> bit & 1:
                count += 1
                for place in self.covering[bit]:
                    left &= ~self.sets[place]
        return count

    def cover(self, size: int) -> list[int] | None:
        """A cover of at most `size` sets; None where there is none, or the work is too much."""
        return self._from(self.everything, size)

    def _from(self, left: int, size: int) -> list[int] | None:
        self.steps += 1
        if not left:
            return []
        if self.steps > _MOST_STEPS or self.bound(left) > size:
            return None
        bit = next(each for each in self.order if left >> each & 1)
        for place in self.covering[bit]:
            rest = self._from(left & ~self.sets[place], size - 1)
            if rest is not None:
                return [place, *rest]
        return None
