"""The transition matrix against one made row by row, for random populations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.studies.impact.comparing import matrix

STATES = st.sampled_from((5, 4, 3, Outcome.NOT_RATED, Outcome.REFUSED))


def row_by_row(before: list[State], after: list[State]) -> dict[tuple[State, State], tuple[int, ...]]:
    found: dict[tuple[State, State], list[int]] = {}
    for place, pair in enumerate(zip(before, after, strict=True)):
        found.setdefault(pair, []).append(place)
    return {pair: tuple(places) for pair, places in found.items()}


@given(st.lists(st.tuples(STATES, STATES, STATES), max_size=60))
def test_it_is_the_one_made_row_by_row_in_the_same_order(rows: list[tuple[State, State, State]]) -> None:
    before = [row[0] for row in rows]
    population = tuple(before)
    for after in ([row[1] for row in rows], before, [row[2] for row in rows]):
        assert list(matrix(before, after).items()) == list(row_by_row(before, after).items())
        assert list(matrix(population, tuple(after)).items()) == list(row_by_row(before, after).items())


def test_populations_of_different_sizes_are_not_compared() -> None:
    with pytest.raises(ValueError, match="shorter"):
        matrix((5, 4), (5,))
