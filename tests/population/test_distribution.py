"""Counting levels: exact, and everyone in exactly one place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.level_distribution import (
    State,
    distribution,
    distributions_by,
    levels_of,
    percent,
)
from systems import program_of

LEVELS = (5, 4, 3, 2, 1)
FISCAL_2016 = ((5, 3_464), (4, 2_727), (3, 482), (2, 15), (1, 13))
STATES: st.SearchStrategy[State] = st.sampled_from([*LEVELS, Outcome.NOT_RATED, Outcome.REFUSED])


def test_published_counts_of_2016_give_the_published_shares() -> None:
    # Governmentwide, career executives, fiscal year 2016, as the press reported OPM's figures: 51.7, 40.7 and 7.2 %.
    counted = distribution(LEVELS, [level for level, count in FISCAL_2016 for _ in range(count)])
    assert counted.levels == FISCAL_2016
    assert (counted.rated, counted.total) == (6_701, 6_701)
    assert [percent(counted.share(level)) for level in (5, 4, 3)] == ["51.7 %", "40.7 %", "7.2 %"]
    assert counted.share(5) == Fraction(3_464, 6_701)


def test_levels_that_nobody_has_are_shown() -> None:
    assert distribution(LEVELS, [3, 3]).levels == ((5, 0), (4, 0), (3, 2), (2, 0), (1, 0))


def test_those_without_a_level_are_counted_apart_and_are_no_part_of_a_share() -> None:
    counted = distribution(LEVELS, [5, 3, Outcome.NOT_RATED, Outcome.REFUSED, Outcome.REFUSED])
    assert (counted.rated, counted.not_rated, counted.refused, counted.total) == (2, 1, 2, 5)
    assert counted.share(5) == Fraction(1, 2)


def test_nobody_rated_has_no_shares() -> None:
    counted = distribution(LEVELS, [Outcome.REFUSED])
    assert counted.share(5) is None
    assert percent(counted.share(5)) == "-"


@pytest.mark.parametrize(
    ("share", "said"),
    [(Fraction(1, 3), "33.3 %"), (Fraction(1, 2000), "0.1 %"), (Fraction(1, 2001), "0.0 %"), (Fraction(1), "100.0 %")],
)
def test_percentages_are_rounded_half_up(share: Fraction, said: str) -> None:
    assert percent(share) == said


@given(st.lists(st.tuples(st.sampled_from(["North", "South", None]), STATES), max_size=40))
def test_units_add_up_to_the_whole(people: list[tuple[str | None, State]]) -> None:
    keys, states = [key for key, _ in people], [state for _, state in people]
    whole = distribution(LEVELS, states)
    apart = distributions_by(LEVELS, keys, states)
    assert whole.total == len(people) == sum(each.total for _, each in apart)
    for level in LEVELS:
        assert whole.count(level) == sum(each.count(level) for _, each in apart) == states.count(level)
    assert [key for key, _ in apart] == [key for key in ("North", "South", None) if key in keys]


def test_the_levels_of_a_policy_come_best_first() -> None:
    assert levels_of(program_of("agencies/opm_basic.sespms")) == LEVELS
