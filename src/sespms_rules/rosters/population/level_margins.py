"""Who stands next to another level: the levels within one step of one rating of each executive.

A step is the smallest change of one element or requirement: to the next level it can get, or by one whole number on
a scale. Columns in, columns out; every step is rated by the columnar engine, so that any policy it holds is measured
alike, however its levels come about.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sespms_rules.engines.columnar import (
    RATED,
    Array,
    ColumnarEngine,
    ColumnResult,
    MemberColumns,
    Numbers,
    StageColumns,
    Truth,
    Value,
    of_column,
)
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import LevelScale, Member, NumberScale, Stage

SAID_MARGIN = "at the margin: one step of one element's rating would give another level"
"""What a margin is, in the words of a report."""


class Margins(Frozen):
    """For each row the levels within one step, as a set: bit 4 stands for level 4. A row without a level has none."""

    sets: Array

    def levels(self, row: int) -> tuple[int, ...]:
        """The levels within one step of a row, its own among them, lowest first."""
        bits = int(self.sets[row])
        return tuple(level for level in range(bits.bit_length()) if bits >> level & 1)


def margins(engine: ColumnarEngine, columns: StageColumns, result: ColumnResult) -> Margins:
    """Try every single step of every member in all rows at once.

    `result` are the answers to `columns`. A step after which an appraisal would be refused or not rated is none.
    Raises ColumnarError where the columns cannot hold a step exactly.
    """
    has_level = (result.outcome == RATED) & (result.level > 0)
    sets = _sets(result)
    for stepped in _steps(engine.program.summary, columns):
        sets |= _sets(engine.rate_columns(stepped))
    return Margins(np.where(has_level, sets, 0))


def _sets(result: ColumnResult) -> Array:
    """The level of each row as a set of one; empty where it has none."""
    one = np.left_shift(np.int64(1), result.level.astype(np.int64))
    # A system may give a result that is no level.
    return np.where((result.outcome == RATED) & (result.level > 0), one, np.int64(0))


def _steps(stage: Stage, columns: StageColumns) -> Iterator[StageColumns]:
    """The columns with one member moved by one step, for each member and both directions."""
    levels = LevelScale(tuple(level for level, _ in stage.points))
    for place, (member, column) in enumerate(zip(stage.members, columns.named, strict=True)):
        for moved in _moved(member, column):
            yield replace(columns, named=(*columns.named[:place], moved, *columns.named[place + 1 :]))
    for place, column in enumerate(columns.others):
        for moved in _moved(Member("", True, levels, None), column):
            yield replace(columns, others=(*columns.others[:place], moved, *columns.others[place + 1 :]))


def _moved(member: Member, column: MemberColumns) -> Iterator[MemberColumns]:
    """One member's columns moved up and down, or one of its own members' where it is worked out from these."""
    if member.stage is not None and column.inner is not None:
        for inner in _steps(member.stage, column.inner):
            yield replace(column, inner=inner)
    elif column.rating is not None:
        for direction in (1, -1):
            yield replace(column, rating=_shifted(column.rating, column.rated, member.scale, direction))


def _shifted(rating: Value, rated: Truth, scale: LevelScale | NumberScale, direction: int) -> Value:
    """Ratings one step up or down; one at the end of its scale, or not there, stays as it is."""
    under = rating.denominator
    top = _long(rating.numerator)
    moved = top + direction * under if isinstance(scale, NumberScale) else _next_level(top, under, scale, direction)
    if isinstance(scale, NumberScale):
        low, high = (_scaled(end.numerator, end.denominator, under) for end in (scale.low, scale.high))
        moved = np.where((moved * low[1] >= low[0]) & (moved * high[1] <= high[0]), moved, top)
    return _like(np.where(rated, moved, top), under)


def _scaled(numerator: int, denominator: int, under: Numbers) -> tuple[Numbers, int]:
    """Both sides of `rating over under` against an end of the scale, without a division."""
    return numerator * under, denominator


def _next_level(top: Array, under: Numbers, scale: LevelScale, direction: int) -> Array:
    moved = top.copy()
    for old, new in pairwise(sorted(scale.levels, reverse=direction < 0)):
        moved = np.where(top == old * under, new * under, moved)
    return moved


def _long(column: Numbers) -> Array:
    return np.asarray(column, dtype=np.int64)


def _like(column: Array, under: Numbers) -> Value:
    if isinstance(under, int):
        return of_column(column, under)
    return Value(column, under, (int(column.min()), int(column.max()), int(under.max())))
