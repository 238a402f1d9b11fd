"""Two answers about one roster -> who moves where: every row in exactly one cell of the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import compress
from operator import ne

from sespms_rules.foundation.values import Frozen, cache_by_identity, field
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population import State
from sespms_rules.studies.impact.reasons import Because, Line, said
from sespms_rules.studies.impact.rows import Answers

Cells = Mapping[tuple[State, State], tuple[int, ...]]


class Direction(StrEnum):
    """Which way a row moves; its value is how a report says it."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "the same"
    OTHER = "rated before or after, not both"


class Reason(Frozen):
    """What decided before and after, and the places of the rows for which it was so."""

    before: Line
    after: Line
    places: tuple[int, ...]


class Move(Frozen):
    """The rows that go from one place to another, with the reasons."""

    before: State
    after: State
    places: tuple[int, ...]
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def direction(self) -> Direction:
        """Which way they go."""
        return direction(self.before, self.after)

    def is_without_level(self, *, after: bool) -> bool:
        """Whether they have a level on one side alone, and none after (or, with `after` false, before)."""
        without, other = (self.after, self.before) if after else (self.before, self.after)
        return isinstance(without, Outcome) and not isinstance(other, Outcome)

    def as_text(self) -> str:
        """`from level 5 to level 4`."""
        return f"from {said(self.before)} to {said(self.after)}"


def direction(before: State, after: State) -> Direction:
    """Which way a row goes that stood in one place and stands in another."""
    if before == after:
        return Direction.SAME
    if isinstance(before, Outcome) or isinstance(after, Outcome):
        return Direction.OTHER
    return Direction.HIGHER if after > before else Direction.LOWER


def matrix(before: Sequence[State], after: Sequence[State]) -> Cells:
    """The transition matrix: for each pair of places the rows that go from one to the other, also those that stay."""
    cells: dict[tuple[State, State], list[int]] = {}
    if len(before) != len(after):
        raise ValueError("one population is shorter than the other")
    for place in compress(range(len(before)), map(ne, before, after)):
        cells.setdefault((before[place], after[place]), []).append(place)
    moved = {place: old for (old, _), places in cells.items() for place in places}
    left = set(moved.values())
    found = {pair: tuple(places) for pair, places in cells.items()}
    for state, places in _by_state(tuple(before)).items():
        stay = tuple([place for place in places if place not in moved]) if state in left else places
        if stay:
            found[state, state] = stay
    return dict(sorted(found.items(), key=lambda cell: cell[1][0]))


@cache_by_identity(16)
def _by_state(states: tuple[State, ...]) -> dict[State, tuple[int, ...]]:
    """The places of the rows in each state; one population is compared with many."""
    found: dict[State, list[int]] = {}
    for place, state in enumerate(states):
        found.setdefault(state, []).append(place)
    return {state: tuple(places) for state, places in found.items()}


def moves(cells: Cells, before: Answers, after: Answers, because: tuple[Because, Because]) -> tuple[Move, ...]:
    """The cells off the diagonal, best level first, each with the lines that decided before and after."""
    return tuple(
        Move(old, new, places, tuple(_reasons((old, new), places, before, after, because)))
        for (old, new), places in sorted(cells.items(), key=lambda cell: (_rank(cell[0][0]), _rank(cell[0][1])))
        if old != new
    )


def _reasons(
    states: tuple[State, State],
    places: Sequence[int],
    before: Answers,
    after: Answers,
    because: tuple[Because, Because],
) -> Iterator[Reason]:
    grouped: dict[tuple[Line, Line], list[int]] = {}
    only = (because[0].only_line(states[0]), because[1].only_line(states[1]))
    if only[0] is not None and only[1] is not None:
        yield Reason(only[0], only[1], tuple(places))
        return
    for place in places:
        first = only[0] or because[0].line(before.reading.rows[place], states[0])
        second = only[1] or because[1].line(after.reading.rows[place], states[1])
        grouped.setdefault((first, second), []).append(place)
    for (first, second), found in grouped.items():
        yield Reason(first, second, tuple(found))


def _rank(state: State) -> int:
    """Best level first, then not rated, then refused."""
    if isinstance(state, Outcome):
        return 1 if state is Outcome.NOT_RATED else 2
    return -state


def ranked(states: Sequence[State]) -> tuple[State, ...]:
    """Places in the order of a report: levels, best first, then `not rated`, then `refused`."""
    return tuple(sorted(states, key=_rank))
