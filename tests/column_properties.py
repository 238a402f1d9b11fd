"""Properties of a derivation, looked at on many appraisals at once: the columnar engine rates, numpy compares.

It shares nothing with the proofs but the programs: no formula, no solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar.columns import RATED, MemberColumns, StageColumns
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.columnar.masks import part
from sespms_rules.engines.columnar.values import Value
from sespms_rules.foundation.values import replace as frozen_replace
from sespms_rules.program import ir
from sespms_rules.program.plans import Shape, shapes_of, weight_ends
from sespms_rules.proofs.solver import (
    Bounded,
    ExactlyOneLevel,
    Gives,
    Needs,
    NeverLowered,
    OrderOfEquals,
    Property,
    Reached,
)
from sespms_rules.proofs.solver.inputs import whole_weights
from sespms_rules.studies.exhaustive.walk import Block

Array = NDArray[np.int64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """Appraisals: ratings over `unit` and weights over `weight_unit`, by the names the columnar engine gives them."""

    scales: Mapping[str, ir.LevelScale | ir.NumberScale]
    critical: Mapping[str, bool]
    ratings: Mapping[str, Array]
    weights: Mapping[str, Array]
    weight_unit: int
    further: Mapping[tuple[str, str], Array] = field(default_factory=dict)
    unit: int = 1
    facts: tuple[tuple[str, Value, Any], ...] = ()

    def at(self, rows: Truth) -> Columns:
        """These rows alone."""
        return replace(
            self,
            ratings={name: column[rows] for name, column in self.ratings.items()},
            weights={name: column[rows] for name, column in self.weights.items()},
            further={key: column[rows] for key, column in self.further.items()},
            facts=tuple((name, value.at(rows), part(given, rows)) for name, value, given in self.facts),
        )

    def rated(self, engine: ColumnarEngine) -> tuple[Array, Array]:
        """The outcomes and levels of all rows."""
        made = engine.columns(
            self.ratings, self.weights, self.further, denominator=self.unit, weight_denominator=self.weight_unit
        )
        result = engine.rate_columns(frozen_replace(made, others=self._others(engine, made), facts=self.facts))
        return result.outcome, result.level

    def _others(self, engine: ColumnarEngine, made: StageColumns) -> tuple[MemberColumns, ...]:
        """The elements that the plans bring, which arrays hold as critical, as they are."""
        known = {each.name for each in engine.program.summary.members}
        names = [each for each in self.ratings if each not in known and " / " not in each]
        return tuple(
            frozen_replace(each, critical=self.critical[name]) for name, each in zip(names, made.others, strict=True)
        )


def scales_of(shape: Shape, lead: str = "") -> Iterator[tuple[str, ir.LevelScale | ir.NumberScale, bool]]:
    """The members of a shape that are rated themselves, with their scales."""
    for each in shape.members:
        if each.inner is not None:
            yield from scales_of(each.inner, f"{lead}{each.name} / ")
        else:
            scale = each.member.scale if each.member else ir.LevelScale(tuple(one for one, _ in shape.stage.points))
            assert scale is not None
            yield lead + each.name, scale, each.critical


# ---- what breaks a property --------------------------------------------------------------------------


def broken(
    engine: ColumnarEngine,
    columns: Columns,
    wanted: Property,
    draw: np.random.Generator,
    *,
    every_step: bool = True,
    rated: tuple[Array, Array] | None = None,
) -> int:
    """How many rows break a property that speaks of each appraisal, or of an appraisal and a better one.

    A better rating is looked at for every member of every row, or (not `every_step`) for one member drawn for each row.
    `rated` are the outcomes and levels of all rows, where they were asked already.
    """
    outcome, level = columns.rated(engine) if rated is None else rated
    match wanted:
        case ExactlyOneLevel():
            return int(np.count_nonzero(outcome != RATED))
        case Needs(level=number, condition=condition):
            return int(np.count_nonzero((level == number) & ~holds(columns, condition)))
        case Gives(condition=condition, level=number):
            return int(np.count_nonzero(holds(columns, condition) & (level != number)))
        case Bounded():
            stacked = np.stack(list(columns.ratings.values()))
            given = level.astype(np.int64) * columns.unit  # a level is a small integer, which would wrap
            outside = (given < stacked.min(axis=0)) | (given > stacked.max(axis=0))
            return int(np.count_nonzero((outcome == RATED) & outside))
        case NeverLowered():
            return sum(
                _lowered(engine, columns, better, outcome, level) for better in _better(columns, draw, every_step)
            )
        case OrderOfEquals():
            return _order(engine, columns, outcome, level)
        case Reached(levels):
            return len(set(levels) - set(np.unique(level).tolist()))


def _better(columns: Columns, draw: np.random.Generator, every_step: bool) -> Iterator[Mapping[str, Array]]:
    """Ratings of which one in each row is better."""
    raised = {name: _raised(columns, name, draw) for name in columns.ratings}
    if every_step:
        yield from ({**columns.ratings, name: after} for name, after in raised.items())
        return
    chosen = draw.integers(0, len(raised), len(next(iter(raised.values()))))
    yield {
        name: np.where(chosen == place, after, columns.ratings[name])
        for place, (name, after) in enumerate(raised.items())
    }


def _raised(columns: Columns, name: str, draw: np.random.Generator) -> Array:
    """The ratings of one member, each one level better, or better by some number; the best stay as they are."""
    scale, before = columns.scales[name], columns.ratings[name]
    if isinstance(scale, ir.NumberScale):
        raised: Array = np.minimum(
            before + draw.integers(1, 20 * columns.unit, len(before)), int(scale.high * columns.unit)
        )
        return raised
    after = before.copy()
    for worse, better in pairwise(sorted(scale.levels)):
        after[before == worse * columns.unit] = better * columns.unit
    return after


def _lowered(
    engine: ColumnarEngine, columns: Columns, better: Mapping[str, Array], outcome: Array, level: Array
) -> int:
    """Rows in which better ratings give a lower level."""
    after, higher = replace(columns, ratings=better).rated(engine)
    return int(np.count_nonzero((outcome == RATED) & (after == RATED) & (higher < level)))


def _exchanged(columns: Columns, one: str, other: str) -> dict[tuple[str, str], Array]:
    """Additional ratings go with the ratings."""
    names = {one: other, other: one}
    return {(of, what): columns.further[names.get(of, of), what] for of, what in columns.further}


def _order(engine: ColumnarEngine, columns: Columns, outcome: Array, level: Array) -> int:
    """Rows in which two members of equal weight, having changed their ratings, give another level."""
    names, found = list(columns.ratings), 0
    for place, one in enumerate(names):
        for other in names[:place]:
            if columns.scales[one] != columns.scales[other] or one.rpartition(" / ")[0] != other.rpartition(" / ")[0]:
                continue
            asked = outcome == RATED
            if one in columns.weights:
                asked = asked & (columns.weights[one] == columns.weights[other])
            if not asked.any():
                continue
            some = columns.at(asked)
            ratings = {**some.ratings, one: some.ratings[other], other: some.ratings[one]}
            after = replace(some, ratings=ratings, further=_exchanged(some, one, other)).rated(engine)
            found += int(np.count_nonzero(after[1] != level[asked]))
    return found


def holds(columns: Columns, condition: ir.Condition) -> Truth:
    """Whether a condition on ratings holds, row by row; every member has a level."""
    match condition:
        case ir.All(parts):
            every: Truth = np.logical_and.reduce([holds(columns, part) for part in parts])
            return every
        case ir.NumberThat(members, test, low, high):
            count = _count(columns, members, test)
            within: Truth = (count >= (low or 0)) & (count <= (len(columns.ratings) if high is None else high))
            return within
        case ir.EveryOne(members, test):
            all_of_them: Truth = _count(columns, members, test) == len(_meant(columns, members))
            return all_of_them
        case ir.MajorityThat(members, test):
            most: Truth = 2 * _count(columns, members, test) > len(_meant(columns, members))
            return most
    raise NotImplementedError(condition)


def _meant(columns: Columns, members: ir.Members) -> list[str]:
    assert isinstance(members, ir.Group)
    if members.kind is ir.Kind.ELEMENT:
        return list(columns.ratings)
    return [name for name in columns.ratings if columns.critical[name] is (members.kind is ir.Kind.CRITICAL)]


def _count(columns: Columns, members: ir.Members, test: ir.MemberTest) -> Array:
    rows = len(next(iter(columns.ratings.values())))
    wanted = (test.level or 0) * columns.unit
    tests = {
        ir.TestKind.AT: lambda each: each == wanted,
        ir.TestKind.AT_OR_BETTER: lambda each: each >= wanted,
        ir.TestKind.BELOW: lambda each: each < wanted,
    }
    count = np.zeros(rows, dtype=np.int64)
    for name in _meant(columns, members):
        count += tests[test.kind](columns.ratings[name])
    return count


# ---- appraisals --------------------------------------------------------------------------------------


def of_block(program: ir.Program, block: Block) -> Columns:
    """The appraisals of a block of the walk over the whole domain."""
    ratings, given = block.ratings(), block.weights()
    unit = lcm(*(under for _, under in given.values())) if given else 1
    weights = {
        name: column if under == unit else column.astype(np.int64) * (unit // under)
        for name, (column, under) in given.items()
    }
    names = set(ratings)
    shape = next(each for each in shapes_of(program).shapes if {one for one, _, _ in scales_of(each)} == names)
    facts = list(scales_of(shape))
    scales, critical = {name: scale for name, scale, _ in facts}, {name: kind for name, _, kind in facts}
    return Columns(scales, critical, ratings, weights, unit, facts=block.columns.facts)


def drawn(program: ir.Program, rows: int, draw: np.random.Generator, unit: int = 100) -> Iterator[Columns]:
    """About so many legal appraisals, as many for each shape of a plan, under decimal weights where these may be so."""
    shapes = shapes_of(program).shapes
    for shape in shapes:
        count = rows // len(shapes) + 1
        facts = list(scales_of(shape))
        weights: dict[str, Array] = {}
        legal = _weights(shape, "", count, draw, weights)
        ratings = {name: _ratings(scale, count, draw, unit)[legal] for name, scale, _ in facts}
        further = {key: column[legal] for key, column in _further(shape, "", count, draw, unit)}
        kept = {name: column[legal] for name, column in weights.items()}
        scales, critical = {name: scale for name, scale, _ in facts}, {name: kind for name, _, kind in facts}
        yield Columns(scales, critical, ratings, kept, GRID, further, unit)


GRID = 1000
"""Weights that need not be whole are drawn in thousandths."""


def _ratings(scale: ir.LevelScale | ir.NumberScale, rows: int, draw: np.random.Generator, unit: int) -> Array:
    if isinstance(scale, ir.LevelScale):
        return draw.choice(np.array(scale.levels, dtype=np.int64), rows) * unit
    return draw.integers(int(scale.low * unit), int(scale.high * unit) + 1, rows)


def _further(
    shape: Shape, lead: str, rows: int, draw: np.random.Generator, unit: int
) -> Iterator[tuple[tuple[str, str], Array]]:
    for each in shape.members:
        if each.inner is not None:
            yield from _further(each.inner, f"{lead}{each.name} / ", rows, draw, unit)
        for one in shape.stage.further:
            low, high = int(one.low * unit), int(one.high * unit)
            yield (lead + each.name, one.name), draw.integers(low, high + 1, rows)


def _weights(shape: Shape, lead: str, rows: int, draw: np.random.Generator, found: dict[str, Array]) -> Truth:
    """Draw weights, add them to `found`, and return which rows keep all limits."""
    legal = np.ones(rows, dtype=bool)
    for each in shape.members:
        if each.inner is not None:
            legal &= _weights(each.inner, f"{lead}{each.name} / ", rows, draw, found)
    stage = shape.stage
    if not stage.weighted:
        return legal
    boxes = [weight_ends(stage.limits, each.name) for each in shape.members]
    grid = 1 if whole_weights(stage) else GRID
    least = [int((low if low is not None else Fraction(1, grid)) * grid) for low, _ in boxes]
    total = next((int(limit.total * grid) for limit in stage.limits if isinstance(limit, ir.WeightTotal)), None)
    columns = _parts(least, total, rows, draw)
    tops = [limit.name for limit in stage.limits if isinstance(limit, ir.NoneAbove)]
    for place, each in enumerate(shape.members):
        if each.name in tops:  # the largest goes where none may be above, so that few rows are lost
            largest = columns.argmax(axis=0)
            every = np.arange(rows)
            columns[largest, every], columns[place] = columns[place].copy(), columns[largest, every].copy()
    for each, column, (low, high), floor in zip(shape.members, columns, boxes, least, strict=True):
        legal &= column >= (floor if low is not None else 1)
        legal &= True if high is None else column <= int(high * grid)
        found[lead + each.name] = column * (GRID // grid)
    for top in tops:
        place = next(spot for spot, each in enumerate(shape.members) if each.name == top)
        legal &= columns[place] >= columns.max(axis=0)
    return legal


def _parts(least: list[int], total: int | None, rows: int, draw: np.random.Generator) -> Array:
    """Numbers of at least these sizes that make a total, or any where there is none."""
    if total is None:
        return np.stack([draw.integers(low, low + 100, rows) for low in least])
    rest = total - sum(least)
    cuts = np.sort(draw.integers(0, rest + 1, (len(least) - 1, rows)), axis=0)
    ends = np.vstack([np.zeros((1, rows), dtype=np.int64), cuts, np.full((1, rows), rest, dtype=np.int64)])
    parts: Array = np.diff(ends, axis=0) + np.array(least)[:, None]
    return parts
