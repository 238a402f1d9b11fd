"""Counts past 64 bits are exact: they were multiplied in 64 bits and could come out too small."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

import numpy as np
import pytest

from sespms_rules.program.ir import WeightTotal, WholeWeights
from sespms_rules.program.plans.counting import _by_excess, _sums
from sespms_rules.studies.exhaustive.plan_tables import TooManyPlans, _times, plan_table
from sespms_rules.studies.exhaustive.walk import Block


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_orders_of_several_groups_of_alike_members(groups: int) -> None:
    places = [tuple(range(start, start + 12)) for start in range(0, 12 * groups, 12)]
    equal = np.ones(1, dtype=np.int64)
    assert _times((equal,) * (12 * groups), places, 1).tolist() == [1]
    apart = tuple(np.array([place], dtype=np.int64) for place in range(12 * groups))
    assert _times(apart, places, 1).tolist() == [factorial(12) ** groups]


def test_rows_that_stand_for_more_than_64_bits_hold() -> None:
    block = Block.__new__(Block)
    block._outer = np.array([1 << 40, 3], dtype=np.int64)
    block._inner = np.array([1 << 40, 5], dtype=np.int64)
    block._stands_for = 1
    assert block.times.tolist() == [1 << 80, 5 << 40, 3 << 40, 15]
    assert block.count(np.array([True, False, False, True])) == (1 << 80) + 15


@pytest.mark.parametrize("lengths", [[3], [2, 2], [5, 1, 4], [3, 3, 3, 3], [7, 2, 9, 4]])
def test_counting_by_excess_is_counting_by_running_totals(lengths: list[int]) -> None:
    for rest in range(sum(lengths) + 2):
        assert _by_excess(lengths, rest) == _sums([(0, each - 1) for each in lengths], rest)


def test_a_total_of_a_thousand_million_is_counted() -> None:
    assert _sums([(1, 10**9)] * 5, 10**9) == comb(10**9 - 1, 4)


def test_plans_past_a_bound_are_refused_before_they_are_listed() -> None:
    names = tuple(f"E{place}" for place in range(8))
    limits = (WeightTotal(Fraction(100)), WholeWeights())
    with pytest.raises(TooManyPlans):
        plan_table(limits, names, [tuple(range(8))], 500)
