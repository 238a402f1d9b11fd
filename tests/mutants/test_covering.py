from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.studies.mutation import covering
from sespms_rules.studies.mutation.covering import fewest


def union(sets: list[int], places: tuple[int, ...]) -> int:
    covered = 0
    for place in places:
        covered |= sets[place]
    return covered


@given(st.lists(st.integers(0, 255), max_size=9))
def test_no_smaller_choice_covers_as_much(sets: list[int]) -> None:
    cover = fewest(sets)
    everything = union(sets, tuple(range(len(sets))))
    assert union(sets, cover.chosen) == everything
    assert cover.fewest
    assert cover.at_least == len(cover.chosen)
    smaller = [some for size in range(len(cover.chosen)) for some in combinations(range(len(sets)), size)]
    assert not any(union(sets, some) == everything for some in smaller)


def test_the_greedy_choice_is_not_good_enough() -> None:
    # The largest set first takes three; the two others do.
    assert fewest([0b0110110, 0b0000111, 0b1111000]).chosen == (1, 2)


def test_of_equal_sets_the_first_is_taken() -> None:
    assert fewest([0b01, 0b11, 0b11]).chosen == (1,)


def test_where_the_work_is_too_much_a_bound_is_said(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(covering, "_MOST_STEPS", 0)
    # Every two of the six things are covered by some set, so the simple bound is 1; in truth it takes three.
    cover = fewest([1 << one | 1 << other for one, other in combinations(range(6), 2)])
    assert not cover.fewest
    assert cover.at_least < len(cover.chosen) == 3
