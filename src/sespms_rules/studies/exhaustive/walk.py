"""Every appraisal that can be made under every plan that a program allows, as exact columns, block by block.

ir.Program(s) -> Blocks for the columnar engine. Plans that differ only in the order of elements the program treats
alike are listed once, with the number of plans they stand for; `Domain` says how many there are in all.

    for block in walk(program):
        result = engine.rate_columns(block.columns)
        outstanding += block.count(result.level == 5)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar import (
    MemberColumns,
    StageColumns,
    Value,
    constant,
)
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.facts import FactClass, GivenFacts, PlanCase, TooManyFactsError, by_plans
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.exhaustive.axes import Axis, Path, axes_of, ways_to_rate
from sespms_rules.studies.exhaustive.joint import JointStage, NotWalkable, joint_stages
from sespms_rules.studies.exhaustive.plan_tables import TooManyPlans, exact_type

__all__ = ["MOST_ROWS", "Block", "Domain", "NotWalkable", "domain", "walk"]

Array = NDArray[Any]

MOST_ROWS = 200_000_000
"""How many rows are walked at most, unless the caller says otherwise."""

ROWS = 131_072
"""About how many rows a block has: few enough that its columns stay in the processor's cache."""

_Key = tuple[Path, bool]


class Domain(Frozen):
    """Exact totals: plans the policy allows, ways to rate the elements of a plan, and appraisals.

    `facts` are the different combinations of facts about an executive or a unit; plans are counted apart for those
    that have other limits.
    """

    plans: int
    vectors: int
    appraisals: int
    facts: int = field(default=1)


def domain(*programs: Program) -> Domain:
    """Count plans and appraisals that every one of the programs admits; raise `NotWalkable` where there is no end."""
    plans_in_all = appraisals = most = facts = 0
    for case in _cases(programs):
        cases = sum(each.cases for each in case.classes)
        ways = 0
        for shape in joint_stages(case.programs):
            axes = tuple(axes_of(shape))
            plans = prod(axis.total for axis in axes if axis.plans)
            vectors = prod(axis.total for axis in axes if not axis.plans)
            plans_in_all += plans
            ways += vectors * (plans > 0)
            appraisals += plans * vectors * cases
        most, facts = max(most, ways), facts + cases
    return Domain(plans_in_all, most, appraisals, facts)


def _cases(programs: Sequence[Program]) -> tuple[PlanCase, ...]:
    try:
        return by_plans(*programs)
    except TooManyFactsError as fault:
        help = "ask `sespms rate` or `sespms impact` with a roster, or let lines compare facts with fewer fixed numbers"
        raise NotWalkable(str(fault), help) from None


class Block:
    """Some appraisals: their columns for the engine, and how many appraisals each row stands for.

    `columns` are for the first program of a walk, `for_programs` for each of them in order.
    """

    __slots__ = ("_facts", "_given", "_inner", "_outer", "_shape", "_stands_for", "for_programs", "rows")

    def __init__(
        self, shape: JointStage, facts: dict[_Key, tuple[Array, int]], outer: Array, inner: Array | int
    ) -> None:
        """Keep columns by member; row times are those of `outer`, each for a run of rows with those of `inner`."""
        self._shape = shape
        self._facts = facts
        self._outer = outer
        self._inner = inner
        self._given: GivenFacts = ()
        self._stands_for = 1
        self.rows = len(outer) * (inner if isinstance(inner, int) else len(inner))
        self.for_programs = tuple(stage_columns(shape, place, facts, ()) for place in range(len(shape.stages)))

    def of(self, known: FactClass, programs: Sequence[Program]) -> Block:
        """The same appraisals of those of whom this is known; each row stands for as many as there are such facts."""
        if not known.given:
            return self
        made = copy(self)
        made._given, made._stands_for = known.given, known.cases
        made.for_programs = tuple(
            replace(columns, facts=_known(program, known.given))
            for columns, program in zip(self.for_programs, programs, strict=True)
        )
        return made

    @property
    def columns(self) -> StageColumns:
        """The columns for the first program."""
        return self.for_programs[0]

    @property
    def times(self) -> Array:
        """How many appraisals each row stands for."""
        if self._stands_for > 1:
            return self._all_told(self._outer * np.array(self._stands_for, dtype=object))
        return self._all_told(self._outer)

    def _all_told(self, outside: Array) -> Array:
        if isinstance(self._inner, int):
            return np.repeat(outside, self._inner)
        most = max(outside.tolist(), default=1) * max(self._inner.tolist(), default=1)
        outer: Array = outside.astype(exact_type(most))  # a product past 64 bits would wrap, and count too little
        made: Array = np.multiply.outer(outer, self._inner).ravel()
        return made

    def count(self, truth: Array | bool) -> int:
        """How many appraisals the rows in which something holds stand for."""
        return self._stands_for * self._counted(truth)

    def _counted(self, truth: Array | bool) -> int:
        if isinstance(truth, bool):
            inner = self._inner if isinstance(self._inner, int) else sum(self._inner.tolist())
            return sum(self._outer.tolist()) * inner if truth else 0
        if isinstance(self._inner, int):
            first = int(self._outer[0])
            if first == int(self._outer[-1]):  # the plans are sorted by what they stand for
                return first * int(np.count_nonzero(truth))
            found = truth.reshape(len(self._outer), self._inner)
            return sum(
                times * int(np.count_nonzero(row)) for times, row in zip(self._outer.tolist(), found, strict=True)
            )
        return sum(self._all_told(self._outer)[truth].tolist())

    @property
    def critical(self) -> list[str]:
        """The names of the critical elements that are rated themselves."""
        return [each.name for each in self._shape.members if each.critical and each.inner is None]

    def ratings(self) -> dict[str, Array]:
        """The columns of ratings by name (`element`, or `element / requirement`); 0 stands for not rated."""
        return {" / ".join(path): column for (path, weight), (column, _) in self._facts.items() if not weight}

    def weights(self) -> dict[str, tuple[Array, int]]:
        """The columns of weights by name, each with the denominator it stands over."""
        return {" / ".join(path): fact for (path, weight), fact in self._facts.items() if weight}

    def appraisal(self, row: int) -> Appraisal:
        """The appraisal of a row."""
        return Appraisal("walked", self._rated(self._shape, (), row), facts=self._given)

    def _rated(self, shape: JointStage, path: Path, row: int) -> tuple[Rated, ...]:
        made = []
        for member in shape.members:
            mine = (*path, member.name)
            rating, weight = self._facts.get((mine, False)), self._facts.get((mine, True))
            level = int(rating[0][row]) if rating else 0
            made.append(
                Rated(
                    member.name,
                    Fraction(level) if level else None,
                    Fraction(int(weight[0][row]), weight[1]) if weight else None,
                    requirements=self._rated(member.inner, mine, row) if member.inner else (),
                    critical=member.critical,
                )
            )
        return tuple(made)


def walk(*programs: Program, limit: int = MOST_ROWS) -> Iterator[Block]:
    """Go through every appraisal that every one of the programs admits.

    Raises `NotWalkable` before the first block where there is no end of appraisals or more than `limit` rows of them.
    """
    shapes = [(shape, case.classes) for case in _cases(programs) for shape in joint_stages(case.programs)]
    rows = 0
    for shape, classes in shapes:
        rated = ways_to_rate(shape) * len(classes)
        # Plans are not even listed where rating each of them in all ways would be too much.
        rows += rated if rated > limit else _rows(shape, limit // len(classes), rated // len(classes)) * len(classes)
        if rows > limit:
            raise NotWalkable(
                f"there are more than `{limit:,}` different appraisals to go through one by one",
                "ask `sespms prove`, which does not go through them, or limit the elements and their weights further",
            )
    return (
        block.of(known, programs)
        for shape, classes in shapes
        for block in _blocks(shape, tuple(axes_of(shape)))
        for known in classes
    )


def _rows(shape: JointStage, limit: int, rated: int) -> int:
    """How many rows a shape has; more than `limit` where that is seen before its plans are listed."""
    try:
        return prod(axis.rows for axis in axes_of(shape, most=limit // max(rated, 1) + 1))
    except TooManyPlans:
        return limit + 1


# ---- blocks --------------------------------------------------------------------------------------


def _blocks(shape: JointStage, axes: tuple[Axis, ...]) -> Iterator[Block]:
    """Each row of the outer tables with each row of the inner ones, as many outer rows at once as a block holds."""
    if any(axis.rows == 0 for axis in axes):
        return
    outer, inner = _parted(axes)
    fast = _combined(inner, np.arange(prod(axis.rows for axis in inner)))
    span = prod(axis.rows for axis in inner)
    inner_times = _times(inner, np.arange(span)) if any(axis.times is not None for axis in inner) else span
    total, step = prod(axis.rows for axis in outer), max(1, ROWS // span)
    tiled: dict[_Key, tuple[Array, int]] = {}
    for start in range(0, total, step):
        index = np.arange(start, min(start + step, total))
        if not tiled or len(index) < step:
            tiled = {key: (np.tile(column, len(index)), under) for key, (column, under) in fast.items()}
        slow = {key: (np.repeat(column, span), under) for key, (column, under) in _combined(outer, index).items()}
        yield Block(shape, slow | tiled, _times(outer, index), inner_times)


def _parted(axes: tuple[Axis, ...]) -> tuple[tuple[Axis, ...], tuple[Axis, ...]]:
    """Tables that change slowly, weights first, and those that change with every row."""
    order = sorted(axes, key=lambda axis: (not axis.plans, -axis.rows))
    inner: list[Axis] = []
    while order and not order[-1].plans and prod(axis.rows for axis in (*inner, order[-1])) <= ROWS:
        inner.append(order.pop())
    return tuple(order), tuple(inner)


def _combined(axes: tuple[Axis, ...], index: Array) -> dict[_Key, tuple[Array, int]]:
    """The columns of several tables at some places of their product, the last table changing fastest."""
    made: dict[_Key, tuple[Array, int]] = {}
    for axis, places in _places(axes, index):
        for column in axis.columns:
            made[column.path, column.weight] = column.numbers[places], column.denominator
    return made


def _times(axes: tuple[Axis, ...], index: Array) -> Array:
    """How many appraisals places in a product of tables stand for: exact, with Python's numbers past 64 bits."""
    most = prod(max(axis.times.tolist(), default=1) for axis in axes if axis.times is not None)
    times: Array = np.ones(len(index), dtype=exact_type(most))
    for axis, places in _places(axes, index):
        if axis.times is not None:
            times *= axis.times[places]
    return times


def _places(axes: tuple[Axis, ...], index: Array) -> Iterator[tuple[Axis, Array]]:
    rest = index
    for axis in reversed(axes):
        yield axis, rest % axis.rows
        rest = rest // axis.rows


# ---- columns for the engine ----------------------------------------------------------------------


def stage_columns(
    shape: JointStage, program: int, facts: dict[_Key, tuple[Array, int]], path: Path = ()
) -> StageColumns:
    """The columns of a shape for one of its programs, by its place, from the ratings and weights of the members."""
    stage: Stage = shape.stages[program]
    made = {each.name: _member(shape, place, program, facts, path) for place, each in enumerate(shape.members)}
    there = {each.name for each in stage.members if each.name in made}
    named = tuple(made.pop(each.name) if each.name in there else _absent(each.stage) for each in stage.members)
    return StageColumns(named, tuple(made.values()))


def _absent(stage: Stage | None) -> MemberColumns:
    """A member that the plans of a shape do not have, or whose element they do not have."""
    inner = None if stage is None else StageColumns(tuple(_absent(each.stage) for each in stage.members), ())
    return MemberColumns(None, False, None, False, present=False, inner=inner)


def _member(
    shape: JointStage, place: int, program: int, facts: dict[_Key, tuple[Array, int]], path: Path
) -> MemberColumns:
    member = shape.members[place]
    mine = (*path, member.name)
    weight = facts.get((mine, True))
    weighs = None if weight is None else _value(*weight)
    if member.inner is not None:
        inner = stage_columns(member.inner, program, facts, mine)
        return MemberColumns(None, False, weighs, weighs is not None, critical=member.critical, inner=inner)
    rating = _value(*facts[mine, False])
    rated = True if rating.low > 0 else np.not_equal(facts[mine, False][0], 0)
    return MemberColumns(rating, rated, weighs, weighs is not None, critical=member.critical)


def _known(program: Program, given: GivenFacts) -> tuple[tuple[str, Value, bool], ...]:
    """The same number of each fact in all rows, of those that a program declares."""
    numbers = {name: fact.number(value) for fact in program.facts for name, value in given if name == fact.name}
    return tuple((name, constant(number), True) for name, number in numbers.items() if number is not None)


def _value(column: Array, denominator: int) -> Value:
    return Value(column, denominator, (int(column.min()), int(column.max()), denominator))
