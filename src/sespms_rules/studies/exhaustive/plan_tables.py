"""All weights a plan may have as columns, listed once up to reordering among members that are alike.

Whole numbers only: where weights may have fractions there is no end of plans, unless every weight is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import factorial, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Limit
from sespms_rules.program.plans import AllowedWeights, allowed_weights
from sespms_rules.studies.exhaustive.joint import NotWalkable

Array = NDArray[Any]

MOST_PLANS = 20_000_000
"""So many plans, up to reordering, are kept in memory at most."""

_MOST_NUMBERS = 40_000_000
"""So many weights of all members together: 320 megabytes, and as much again while the last are listed."""

_LARGEST = 10**9
"""Weights below this one can be added up and counted in 64 bits."""


def exact_type(most: int) -> Any:
    """The type that holds numbers up to `most` exactly, also when two of a table are multiplied by a small one."""
    return np.int64 if most < 1 << 62 else object


class TooManyPlans(NotWalkable):
    """There are more plans than the caller lets be listed."""


class PlanTable(Frozen):
    """Weights by member over one denominator: `times` is how many real plans each row stands for."""

    weights: tuple[Array, ...]
    denominator: int
    times: Array


def plan_table(
    limits: Sequence[Limit], names: Sequence[str], groups: Sequence[tuple[int, ...]], most: int = MOST_PLANS
) -> PlanTable:
    """Every set of weights that keeps the limits; `groups` are places of members that are alike.

    Raises `NotWalkable` where there is no end of them or more than `most` after reordering, before they are listed.
    """
    allowed = allowed_weights(limits, names)
    if not allowed.whole:
        return _fixed(names, allowed)
    if allowed.has_no_whole_total:
        return _none(len(names))
    ranges = []
    for name, (low, high) in zip(names, allowed.whole_ranges, strict=True):
        if high is None:
            raise NotWalkable(
                f"nothing limits the weight of `{name}`, so there is no end of plans",
                "say what the weights total, for instance `total 100`",
            )
        ranges.append((low, high))
    if any(low > high for low, high in ranges):
        return _none(len(names))
    if any(high >= _LARGEST for _, high in ranges):
        raise NotWalkable(
            f"a weight may be larger than `{_LARGEST:,}`, so the plans cannot be listed",
            "ask `sespms prove`, which does not list them",
        )
    # Even those that are listed are held in a bounded part of memory.
    most = min(most, MOST_PLANS, _MOST_NUMBERS // len(ranges))
    total, tops = next(map(int, allowed.totals), None), list(allowed.tops)
    return _listed(ranges, total, tops, _tops_first(groups, tops), most)


def _fixed(names: Sequence[str], allowed: AllowedWeights) -> PlanTable:
    """The one plan of weights that are all fixed."""
    for name, (low, high) in zip(names, allowed.ends, strict=True):
        if low is None or low != high:
            raise NotWalkable(
                f"the weight of `{name}` may have fractions, so there is no end of plans",
                "say `are whole numbers` under `weights`, if they are",
            )
    weights = allowed.fixed or ()
    if not allowed.keep(weights):
        return _none(len(names))
    shared = 1
    for each in weights:
        shared *= each.denominator
    columns = tuple(np.array([int(each * shared)], dtype=np.int64) for each in weights)
    return PlanTable(columns, shared, np.ones(1, dtype=np.int64))


def _none(members: int) -> PlanTable:
    empty = np.zeros(0, dtype=np.int64)
    return PlanTable((empty,) * members, 1, empty)


def _tops_first(groups: Sequence[tuple[int, ...]], tops: list[int]) -> list[tuple[int, ...]]:
    return sorted(groups, key=lambda group: not any(place in tops for place in group))


# ---- listing -------------------------------------------------------------------------------------


def _listed(
    ranges: list[tuple[int, int]], total: int | None, tops: list[int], groups: list[tuple[int, ...]], most: int
) -> PlanTable:
    """One member after another, each row taken on with every weight it still allows."""
    order = [(place, group[at - 1] if at else None) for group in groups for at, place in enumerate(group)]
    found: dict[int, Array] = {}
    spent = np.zeros(1, dtype=np.int64)
    for step, (place, before) in enumerate(order):
        low, high = _between(ranges, total, order, step, spent, found, tops)
        if before is not None:
            low = np.maximum(low, found[before])
        ways = np.maximum(high - low + 1, 0)
        rows = int(ways.sum())
        if rows > most:
            raise TooManyPlans(
                f"there are more than `{most:,}` plans, even up to reordering of elements that are alike",
                "limit the weights further, for instance with `all at least 10`",
            )
        index = np.repeat(np.arange(len(ways)), ways)
        weight = np.arange(rows) - np.repeat(np.cumsum(ways) - ways, ways) + low[index]
        found = {each: column[index] for each, column in found.items()} | {place: weight}
        spent = spent[index] + weight
    kept = np.ones(len(spent), dtype=np.bool_)
    for top in tops:
        for column in found.values():
            kept &= column <= found[top]
    chosen = np.flatnonzero(kept)
    columns = tuple(found[place][chosen] for place in range(len(ranges)))
    return PlanTable(columns, 1, _times(columns, groups, len(chosen)))


def _between(
    ranges: list[tuple[int, int]],
    total: int | None,
    order: list[tuple[int, int | None]],
    step: int,
    spent: Array,
    found: dict[int, Array],
    tops: list[int],
) -> tuple[Array, Array]:
    """The least and largest weight of the member of a step, row by row, so that the rest can still make the total."""
    place = order[step][0]
    low = np.full(len(spent), ranges[place][0], dtype=np.int64)
    high = np.full(len(spent), ranges[place][1], dtype=np.int64)
    cap = next((found[top] for top in tops if top in found), None)
    if cap is not None:
        high = np.minimum(high, cap)
    if total is None:
        return low, high
    least, most = np.zeros_like(spent), np.zeros_like(spent)
    for later, _ in order[step + 1 :]:
        least += ranges[later][0]
        most += ranges[later][1] if cap is None else np.minimum(ranges[later][1], cap)
    return np.maximum(low, total - spent - most), np.minimum(high, total - spent - least)


def _times(columns: tuple[Array, ...], groups: list[tuple[int, ...]], rows: int) -> Array:
    """In how many orders the weights of a row can stand among members that are alike.

    In 64 bits where all orders together fit them, else as Python's numbers, which have no end.
    """
    times: Array = np.ones(rows, dtype=exact_type(prod(factorial(len(group)) for group in groups)))
    for group in groups:
        times *= factorial(len(group))
        run = np.ones(rows, dtype=np.int64)
        for one, other in pairwise(group):
            run = np.where(columns[one] == columns[other], run + 1, 1)
            times //= run
    return times
