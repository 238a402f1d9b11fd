"""What the appraisals of one shape of plan are made of: tables, each row of one with each row of the others.

Weights are one table for each stage that reads them; ratings are one for each member, or for each group of members
that are alike where no weights tell them apart. A row may stand for several: `times` says for how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement
from math import comb, factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar import type_for
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.plans import alike_groups
from sespms_rules.studies.exhaustive.joint import JointMember, JointStage, NotWalkable
from sespms_rules.studies.exhaustive.plan_tables import MOST_PLANS, plan_table

Array = NDArray[Any]
Path = tuple[str, ...]

MOST_ALIKE = 12
"""So many members that are alike are reordered at most, which keeps the numbers of reorderings small."""


class Column(Frozen):
    """One fact of one member, row by row: its rating, or its weight over `denominator`."""

    path: Path
    weight: bool
    numbers: Array
    denominator: int


class Axis(Frozen):
    """A table: columns of one length, and how many each row stands for (None: one each)."""

    columns: tuple[Column, ...]
    rows: int
    times: Array | None
    plans: bool
    """Whether its rows are weights rather than ratings."""

    @property
    def total(self) -> int:
        """How many rows it stands for."""
        return self.rows if self.times is None else sum(self.times.tolist())


def ways_to_rate(shape: JointStage) -> int:
    """In how many different ways the members of a plan of this shape are rated: rows, without making any table."""
    ways = 1
    for group in _groups(shape):
        members = [shape.members[place] for place in group]
        if members[0].inner is None:
            levels = len(members[0].levels)
            ways *= levels ** len(group) if shape.weighted else comb(levels + len(group) - 1, len(group))
    for member in shape.members:
        if member.inner is not None:
            ways *= ways_to_rate(member.inner)
    return ways


def axes_of(shape: JointStage, path: Path = (), most: int = MOST_PLANS) -> Iterator[Axis]:
    """The tables of a shape, those of requirements behind those of the elements; of plans up to `most` rows."""
    groups = _groups(shape)
    if shape.weighted:
        yield _weights(shape, groups, path, most)
        groups = tuple((place,) for group in groups for place in group)
    for group in groups:
        members = [shape.members[place] for place in group]
        if members[0].inner is None:
            yield _ratings(members, path)
    for member in shape.members:
        if member.inner is not None:
            yield from axes_of(member.inner, (*path, member.name), most)


def _groups(shape: JointStage) -> tuple[tuple[int, ...], ...]:
    """Places of members that are alike in every program and are rated on the same levels."""
    found = [
        tuple(place for place in group if shape.members[place].critical is critical)
        for group in alike_groups(shape.stages, shape.names)
        for critical in (True, False)
    ]
    for group in (each for each in found if each):
        if len({shape.members[place].levels for place in group}) > 1:
            raise AssertionError("members that are alike are rated on different levels")
        if len(group) > MOST_ALIKE:
            raise NotWalkable(
                f"a plan may have `{len(group)}` elements that are alike, more than `{MOST_ALIKE}`",
                "limit the number of elements further, for instance `has 2 to 5 critical elements`",
            )
    return tuple(group for group in found if group)


def _weights(shape: JointStage, groups: tuple[tuple[int, ...], ...], path: Path, most: int) -> Axis:
    table = plan_table(shape.limits, shape.names, groups, most)
    order = np.argsort(table.times, kind="stable")  # rows of one multiplicity together are counted many times faster
    columns = (
        Column((*path, name), True, _narrow(weights[order]), table.denominator)
        for name, weights in zip(shape.names, table.weights, strict=True)
    )
    return Axis(tuple(columns), len(order), table.times[order], True)


def _ratings(members: list[JointMember], path: Path) -> Axis:
    """The ratings of one member, or of several that are alike: each way of rating them up to their order."""
    ways = list(combinations_with_replacement(members[0].levels, len(members)))
    columns = (
        Column((*path, member.name), False, np.array([way[place] for way in ways], dtype=np.int8), 1)
        for place, member in enumerate(members)
    )
    times = None if len(members) == 1 else np.array([_orders(way) for way in ways], dtype=np.int64)
    return Axis(tuple(columns), len(ways), times, False)


def _orders(way: tuple[int, ...]) -> int:
    orders = factorial(len(way))
    for level in set(way):
        orders //= factorial(way.count(level))
    return orders


def _narrow(column: Array) -> Array:
    reach = (int(column.min()), int(column.max())) if len(column) else (0, 0)
    narrow: Array = column.astype(type_for(*reach))
    return narrow
