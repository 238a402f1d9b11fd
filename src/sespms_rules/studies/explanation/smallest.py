"""The smallest changes that alter a level, found by trying all changes in the order of their size.

Size is the number of ratings changed, then the number of steps they are changed by, all together. Because everything
smaller was tried before, what is found first is proved smallest. Where there are too many changes to try, the solver
takes over, under the same weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, groupby, product
from operator import itemgetter

from sespms_rules.engines.reference import CompiledReference, rate
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import Program, ToLevel
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.studies.explanation.changes import Change, Flip, Place, Towards, change_of, moved, places_of

MOST_TRIED = 4_000
"""How many appraisals are tried before the solver takes over; all of a plan of five elements are fewer."""

_READ = 1_000_000
"""So many lines and values are read for them at most: of a policy of at most 250 all appraisals are tried."""

Moves = tuple[tuple[Place, Fraction], ...]

Sized = tuple[Exact, int, Moves]
"""Moves behind what they are ordered by: their steps, and how many of them go down."""


def smallest_changes(program: Program, appraisal: Appraisal, rating: Rating) -> tuple[Change, ...]:
    """Return the changes of one rating that alter the level and are smallest, upward ones first.

    A change is to another level that the element may get, or by whole steps on a scale of numbers. Changes of the same
    size come in the order of the appraisal. A change that would have the appraisal refused is none.
    """
    for _, group in groupby(_of_one(places_of(program, appraisal)), key=_STEPS):
        found = []
        for _, _, moves in group:
            changed = rate(program, moved(appraisal, moves), trace=False)
            if changed.outcome is not Outcome.REFUSED and changed.level != rating.level:
                found.append(change_of(moves, changed))
        if found:
            return tuple(found)
    return ()


def flips(program: Program, appraisal: Appraisal, rating: Rating) -> tuple[Flip, ...]:
    """The smallest changes that raise the level of a rated appraisal, and those that lower it."""
    if rating.level is None:
        return ()
    search = _Search(program, appraisal, rating.level)
    return tuple(search.flip(towards) for towards in Towards)


class _Search:
    """Tries the changes of an appraisal in the order of their size, both directions at once."""

    def __init__(self, program: Program, appraisal: Appraisal, level: int) -> None:
        self.program = program
        self.appraisal = appraisal
        self.level = level
        self.places = places_of(program, appraisal)
        self.made = CompiledReference(program)
        self._moved: dict[tuple[object, ...], Rated] = {}
        self.tried = 0
        self.found: dict[Towards, tuple[tuple[Change, ...], int]] = {}
        rows = (*program.summary.rows, *program.summary.overrides, *program.summary.caps)
        levels = {row.outcome.level for row in rows if isinstance(row.outcome, ToLevel)}
        self.ends = {
            Towards.RAISE: f"level {level} is the highest that the policy gives" if level >= max(levels) else "",
            Towards.LOWER: f"level {level} is the lowest that the policy gives" if level <= min(levels) else "",
        }
        stage = program.summary
        lines = len(stage.rows) + len(stage.overrides) + len(stage.caps) + len(stage.definitions) + len(self.places)
        self.most = min(MOST_TRIED, _READ // max(1, lines))
        self.beyond = self._try_all()

    def flip(self, towards: Towards) -> Flip:
        """What was found in one direction, with the solver's help where trying did not reach."""
        if self.ends[towards]:
            return Flip(towards, (), True, 0, False, self.ends[towards])
        if towards in self.found:
            changes, tried = self.found[towards]
            return Flip(towards, changes, True, tried, False, "")
        if not self.beyond:
            return Flip(towards, (), True, self.tried, False, "")
        from sespms_rules.studies.explanation.solved import solved  # the solver is loaded only where it is needed

        return solved(self.program, self.appraisal, self.level, towards, self.beyond, self.tried)

    def _try_all(self) -> int:
        """Try changes of ever more ratings; return how many ratings are the first not all tried, 0 where all were."""
        for count in range(1, len(self.places) + 1):
            if self._settled():
                return 0
            if not self._try(count):
                return count
        return 0

    def _settled(self) -> bool:
        return all(self.ends[each] or each in self.found for each in Towards)

    def _try(self, count: int) -> bool:
        """Try the changes of so many ratings, those of fewer steps first, as long as a direction is open."""
        if count > 1 and self.tried + _number(self.places, count) > self.most:
            return False
        for _, group in groupby(_of_one(self.places) if count == 1 else _of_several(self.places, count), key=_STEPS):
            if self.tried >= self.most:
                return False
            self._try_group(group)
            if self._settled():
                break
        return True

    def _try_group(self, group: Iterator[Sized]) -> None:
        """Try changes of one size."""
        found: dict[Towards, list[Change]] = {}
        for _, _, moves in group:
            self.tried += 1
            level = self.made.level_of(self._elements(moves), self.appraisal.facts)
            if level is not None and level != self.level:
                towards = Towards.RAISE if level > self.level else Towards.LOWER
                rating = rate(self.program, moved(self.appraisal, moves), trace=False)
                found.setdefault(towards, []).append(change_of(moves, rating))
        for towards, changes in found.items():
            self.found.setdefault(towards, (tuple(changes), self.tried))

    def _elements(self, moves: Moves) -> tuple[Rated, ...]:
        """The elements with these ratings; an element that is rated alike twice is the same object, and read once."""
        elements = list(self.appraisal.elements)
        of_element: dict[int, list[tuple[Place, Fraction]]] = {}
        for place, to in moves:
            of_element.setdefault(place.at[0], []).append((place, to))
        for at, some in of_element.items():
            key = (at, *((place.at, to.as_integer_ratio()) for place, to in some))
            if key not in self._moved:
                self._moved[key] = moved(self.appraisal, some).elements[at]
            elements[at] = self._moved[key]
        return tuple(elements)


# ---- changes in the order of their size ------------------------------------------------------------


_STEPS, _SIZE = itemgetter(0), itemgetter(0, 1)
"""By steps; and by steps, upward before downward. Sorting keeps the order of the appraisal."""


def _of_one(places: tuple[Place, ...]) -> list[Sized]:
    return sorted((move for place in places for move in _moves(place)), key=_SIZE)


def _of_several(places: tuple[Place, ...], count: int) -> list[Sized]:
    ways = [_moves(place) for place in places]
    made: list[Sized] = []
    for chosen in combinations(ways, count):
        for several in product(*chosen):
            steps, down, moves = zip(*several, strict=True)
            made.append((sum(steps), sum(down), tuple(move for (move,) in moves)))
    return sorted(made, key=_SIZE)


def _moves(place: Place) -> list[Sized]:
    """The other ratings of one place, each as a change of its own."""
    return [(lean(place.scale.steps(place.before, to)), int(to < place.before), ((place, to),)) for to in place.others]


def _number(places: tuple[Place, ...], count: int) -> int:
    """How many changes of so many ratings there are."""
    ways = [1, *[0] * count]
    for place in places:
        for size in range(count, 0, -1):
            ways[size] += ways[size - 1] * len(place.others)
    return ways[count]
