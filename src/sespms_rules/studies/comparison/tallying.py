"""Programs -> every possible appraisal by how each of them ends it, counted exactly.

Appraisals are put together by what the programs read of them (`observing`), one of each kind is rated by the columnar
engine, and the kinds are weighed by how many appraisals they hold. Where a program reads more than sums, every
appraisal is walked through and rated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar import (
    NOT_RATED,
    RATED,
    ColumnarEngine,
    ColumnResult,
    ColumnsTooLargeError,
    NotInColumnsError,
)
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.facts import FactClass, TooManyFactsError, fact_classes, settled
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import alike_groups
from sespms_rules.program.rating import Appraisal
from sespms_rules.studies.comparison.keys import Keys, keys_of
from sespms_rules.studies.exhaustive.joint import JointStage, joint_stages
from sespms_rules.studies.exhaustive.kinds_block import BlockOfKinds
from sespms_rules.studies.exhaustive.plan_tables import PlanTable, TooManyPlans, plan_table
from sespms_rules.studies.exhaustive.running_totals import Kinds, kinds_of
from sespms_rules.studies.exhaustive.sufficient_statistics import Unobservable
from sespms_rules.studies.exhaustive.walk import Domain, NotWalkable, domain, walk

Array = NDArray[Any]

MOST_WALKED = 60_000_000
"""So many rows are walked through at most where the programs read more than sums."""

MOST_COUNTED = 5_000_000_000
"""So many plans times ratings are numbered and counted where the programs read sums alone: some ten seconds."""

_SOON_LISTED = 300_000_000
"""Up to so many plans times ratings they are listed: about a second. Running totals take longer, but do not grow."""

_MOST_HELD = 50_000_000
"""So many counts are held in memory at once: 400 megabytes."""

_ROWS = 1 << 17
"""So many appraisals are numbered at once: few enough to stay in the processor's cache."""
REFUSED_END, NOT_RATED_END = -1, 0
"""Ends are levels; these stand for a refusal and for `not rated`."""

Ends = tuple[int, ...]
"""How each program ends an appraisal, in the order of the programs."""


class Tally(Frozen):
    """How many appraisals have which ends, with one of each; `rescored` are those with scores that differ."""

    domain: Domain
    ends: dict[Ends, int]
    rescored: dict[Ends, int]
    examples: dict[Ends, Appraisal]
    walked: bool


def _too_many() -> NotWalkable:
    return NotWalkable(
        f"there are more than `{MOST_COUNTED:,}` plans and ways to rate them, even up to reordering",
        "the solver is asked instead",
    )


class NotTalliedError(Exception):
    """The appraisals cannot be counted; the text says why."""


class Tallier:
    """Counts appraisals for several sets of programs; what was listed for one set serves the next that reads alike."""

    def __init__(self, limit: int = MOST_WALKED, *, soon: bool = False) -> None:
        """`limit` bounds the rows that are walked through; with `soon` nothing is counted that takes over a second."""
        self.limit = limit
        self._soon = soon
        self._listed: list[tuple[Keys, PlanTable, _Counted]] = []

    def tally(self, programs: Sequence[Program]) -> Tally:
        """Count the appraisals that are allowed under all programs by their ends. Raises NotTalliedError."""
        try:
            classes = fact_classes(*programs)
        except TooManyFactsError as fault:
            raise NotTalliedError(str(fault)) from None
        if len(classes) == 1 and not classes[0].given:
            return self._settled(programs)
        return _together(
            (each, self._settled([settled(program, each.given) for program in programs])) for each in classes
        )

    def _settled(self, programs: Sequence[Program]) -> Tally:
        """Count the appraisals of programs that read no facts."""
        try:
            engines = [ColumnarEngine(each) for each in programs]
            try:
                return self._by_kind(programs, engines)
            except Unobservable:
                return _walked(programs, engines, self.limit)
        except NotWalkable as reason:
            raise NotTalliedError(reason.why) from None
        except NotInColumnsError as reason:
            raise NotTalliedError(reason.message) from None
        except ColumnsTooLargeError:
            raise NotTalliedError("the numbers of the policy are too large to be rated in columns") from None

    def _by_kind(self, programs: Sequence[Program], engines: list[ColumnarEngine]) -> Tally:
        """Appraisals of one kind together."""
        ends: Counter[Ends] = Counter()
        rescored: Counter[Ends] = Counter()
        examples: dict[Ends, Appraisal] = {}
        covered = Domain(0, 0, 0)
        for shape in joint_stages(programs):
            kinds = self._kinds(shape)
            if not kinds.times:
                continue
            block = BlockOfKinds(shape, kinds)
            results = [engine.rate_columns(given) for engine, given in zip(engines, block.for_programs, strict=True)]
            for end, kind in _add(ends, rescored, results, kinds.times).items():
                examples.setdefault(end, block.appraisal(kind))
            covered = block.added_to(covered)
        if ends.total() != covered.appraisals:
            raise AssertionError("the kinds of appraisals do not make up all of them")
        return Tally(covered, dict(ends), dict(rescored), examples, walked=False)

    def _kinds(self, shape: JointStage) -> Kinds:
        """The kinds of appraisals of a shape: from its plans where these are soon listed, else by running totals."""
        try:
            return self._from_plans(shape, _SOON_LISTED)
        except NotWalkable:
            if self._soon:
                raise
            try:
                return kinds_of(shape)
            except NotWalkable:
                return self._from_plans(shape, MOST_COUNTED)

    def _from_plans(self, shape: JointStage, limit: int) -> Kinds:
        """The kinds of appraisals of a shape by its plans, up to `limit` plans times ratings. Raises NotWalkable."""
        rated = prod(len(each.levels) for each in shape.members)
        if rated > limit:
            raise _too_many()
        groups = alike_groups(shape.stages, shape.names)
        most = limit // max(rated, 1)
        try:
            table = plan_table(shape.limits, shape.names, groups, most) if shape.weighted else _no_weights(shape)
        except TooManyPlans:
            raise _too_many() from None
        plans = _in_order(table)
        if not len(plans.times):
            return Kinds([], {}, {}, 1)
        times, plan, vectors = self._counted(keys_of(shape, plans), plans)
        levels = {
            member.name: np.array(member.levels, dtype=np.int64)[vectors[:, place]]
            for place, member in enumerate(shape.members)
        }
        given = zip(shape.names, plans.weights, strict=True) if shape.weighted else ()
        weights = {name: column[plan] for name, column in given}
        return Kinds(times, levels, weights, plans.denominator)

    def _counted(self, keys: Keys, plans: PlanTable) -> _Counted:
        for known, table, counted in self._listed:
            if _equal(known.adds, keys.adds) and np.array_equal(table.times, plans.times):
                return counted
        counted = _one_plan(keys, plans) if len(plans.times) == 1 else _many_plans(keys, plans)
        self._listed.append((keys, plans, counted))
        return counted


def _together(made: Iterable[tuple[FactClass, Tally]]) -> Tally:
    """What was counted for each class of facts, in all."""
    ends: Counter[Ends] = Counter()
    rescored: Counter[Ends] = Counter()
    examples: dict[Ends, Appraisal] = {}
    plans = vectors = appraisals = facts = 0
    walked = False
    for known, found in made:
        for into, counts in ((ends, found.ends), (rescored, found.rescored)):
            for end, count in counts.items():
                into[end] += known.cases * count
        for end, example in found.examples.items():
            examples.setdefault(end, replace(example, facts=known.given))
        plans, vectors = max(plans, found.domain.plans), max(vectors, found.domain.vectors)
        appraisals, facts = appraisals + known.cases * found.domain.appraisals, facts + known.cases
        walked = walked or found.walked
    return Tally(Domain(plans, vectors, appraisals, facts), dict(ends), dict(rescored), examples, walked)


def _equal(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return len(one) == len(other) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


_Counted = tuple[list[int], Array, Array]
"""How many appraisals each kind holds, and one of each: its plan and its levels by their places."""


def _no_weights(shape: JointStage) -> PlanTable:
    return PlanTable(tuple(np.ones(1, dtype=np.int64) for _ in shape.members), 1, np.ones(1, dtype=np.int64))


def _in_order(plans: PlanTable) -> PlanTable:
    """The same plans, those that stand for equally many together."""
    order = np.argsort(plans.times, kind="stable")
    return PlanTable(tuple(each[order] for each in plans.weights), plans.denominator, plans.times[order])


def _one_plan(keys: Keys, plans: PlanTable) -> _Counted:
    """Member by member: how many ways there are to each number, and one of them."""
    found: dict[int, tuple[int, tuple[int, ...]]] = {0: (int(plans.times[0]), ())}
    for add in keys.adds:
        after: dict[int, tuple[int, tuple[int, ...]]] = {}
        for key, (times, places) in found.items():
            for place, step in enumerate(add[0].tolist()):
                before = after.get(key + step)
                after[key + step] = (times, (*places, place)) if before is None else (before[0] + times, before[1])
        found = after
    vectors = np.array([places for _, places in found.values()], dtype=np.int64)
    return [times for times, _ in found.values()], np.zeros(len(found), dtype=np.int64), vectors


def _many_plans(keys: Keys, plans: PlanTable) -> _Counted:
    """Plan by plan: the numbers of the first members by those of the rest, each sum counted."""
    first, rest = _halves(keys.adds)
    ways_of_first, ways_of_rest = (prod(each.shape[1] for each in adds) for adds in (first, rest))
    if len(set(plans.times.tolist())) * keys.size > _MOST_HELD:
        raise _too_many()
    counts: dict[int, Array] = {}
    seen = np.zeros(keys.size, dtype=np.bool_)
    example = np.zeros(keys.size, dtype=np.int64)
    step = max(1, _ROWS // ways_of_rest)
    for start, stop in _runs(plans.times, step):
        total = counts.setdefault(int(plans.times[start]), np.zeros(keys.size, dtype=np.int64))
        # Of some plans at a time: those of all would take gigabytes.
        left, right = (_summed([add[start:stop] for add in adds], stop - start) for adds in (first, rest))
        for place in range(ways_of_first):
            numbers = (left[:, place, None] + right).ravel()
            here = np.bincount(numbers, minlength=keys.size)
            total += here
            if np.any((here > 0) & ~seen):
                # The place of one appraisal of each number: plan, first members, the rest.
                base = start * ways_of_first * ways_of_rest + place * ways_of_rest
                spots = np.arange(stop - start)[:, None] * (ways_of_first * ways_of_rest) + np.arange(ways_of_rest)
                example[numbers] = base + spots.ravel()
                seen |= here > 0
    kinds = np.flatnonzero(seen)
    times = [sum(each * int(total[kind]) for each, total in counts.items()) for kind in kinds.tolist()]
    return times, *_places(example[kinds], [add.shape[1] for add in keys.adds])


def _runs(times: Array, step: int) -> list[tuple[int, int]]:
    """Runs of plans that stand for equally many; the plans are in that order."""
    edges = [0, *(np.flatnonzero(np.diff(times)) + 1).tolist(), len(times)]
    return [(start, min(start + step, stop)) for first, stop in pairwise(edges) for start in range(first, stop, step)]


def _halves(adds: tuple[Array, ...]) -> tuple[list[Array], list[Array]]:
    """The members whose ratings are gone through one by one, and those that are taken all at once."""
    rest = list(adds)
    first: list[Array] = []
    while len(rest) > 1 and int(np.prod([each.shape[1] for each in rest])) > 200:
        first.append(rest.pop(0))
    return first, rest


def _summed(adds: list[Array], plans: int) -> Array:
    """The numbers of some members for each way to rate them, plan by plan."""
    made = np.zeros((plans, 1), dtype=np.int64)
    for add in adds:
        made = (made[:, :, None] + add[:, None, :]).reshape(len(made), -1)
    return made


def _places(spots: Array, levels: list[int]) -> tuple[Array, Array]:
    columns = []
    for count in reversed(levels):
        columns.append(spots % count)
        spots = spots // count
    return spots, np.stack(columns[::-1], axis=1)


# ---- ratings ---------------------------------------------------------------------------------------


def _walked(programs: Sequence[Program], engines: list[ColumnarEngine], limit: int) -> Tally:
    blocks = walk(*programs, limit=limit)  # refuses before anything is listed
    covered = domain(*programs)
    ends: Counter[Ends] = Counter()
    rescored: Counter[Ends] = Counter()
    examples: dict[Ends, Appraisal] = {}
    for block in blocks:
        results = [engine.rate_columns(columns) for engine, columns in zip(engines, block.for_programs, strict=True)]
        for end, row in _gather(ends, results, block.count, np.ones(block.rows, dtype=np.bool_)).items():
            if end not in examples:
                examples[end] = block.appraisal(row)
        _gather(rescored, results, block.count, _rescored(results))
    return Tally(covered, dict(ends), dict(rescored), examples, walked=True)


def _add(
    ends: Counter[Ends], rescored: Counter[Ends], results: list[ColumnResult], times: list[int]
) -> dict[Ends, int]:
    """Add up kinds by their ends; return one kind of each."""
    columns = [_ends(each).tolist() for each in results]
    changed = _rescored(results).tolist()
    found: dict[Ends, int] = {}
    for kind, (count, other) in enumerate(zip(times, changed, strict=True)):
        end = tuple(column[kind] for column in columns)
        ends[end] += count
        found.setdefault(end, kind)
        if other:
            rescored[end] += count
    return found


def _gather(
    counter: Counter[Ends], results: list[ColumnResult], count: Callable[[Array], int], among: Array
) -> dict[Ends, int]:
    """Add up the rows of a block by their ends; return one row of each."""
    columns = [_ends(each) for each in results]
    code = np.zeros(len(among), dtype=np.int64)
    for column in columns:
        code = code * 8 + column + 1
    found: dict[Ends, int] = {}
    for number in np.unique(code[among]).tolist():
        end = tuple(number // 8**place % 8 - 1 for place in reversed(range(len(columns))))
        rows = among & (code == number)
        counter[end] += count(rows)
        found[end] = int(np.argmax(rows))
    return found


def _ends(result: ColumnResult) -> Array:
    """Levels, 0 for not rated, -1 for refused."""
    made: Array = np.where(
        result.outcome == RATED, result.level, np.where(result.outcome == NOT_RATED, NOT_RATED_END, REFUSED_END)
    ).astype(np.int64)
    return made


def _rescored(results: list[ColumnResult]) -> Array:
    """Where two programs give scores that differ."""
    first = results[0]
    changed = np.zeros(len(first.level), dtype=np.bool_)
    for other in results[1:]:
        apart = _crossed(first, other) != _crossed(other, first)
        changed |= first.scored & other.scored & apart
    return changed


def _crossed(one: ColumnResult, other: ColumnResult) -> Array:
    """The score of one over the denominators of both; as Python's numbers where 64 bits might not hold it."""
    under = np.asarray(other.score_denominator)
    top = one.score_numerator
    reach = max((abs(int(each)) for each in (top.min(), top.max())), default=0) * int(np.abs(under).max())
    made: Array = top.astype(np.int64 if reach < 1 << 62 else object) * under
    return made
