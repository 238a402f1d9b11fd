"""Every appraisal of a shape of plan by what programs read of it, counted by running totals: no plan is ever listed.

Members are taken on one after another; what is kept is how many ways lead to each total weight and to each set of sums
that the programs read (`sufficient_statistics`). So the work grows with the number of different sums, and not with the
number of plans: ten elements take little longer than six.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.plans import AllowedWeights, allowed_weights
from sespms_rules.studies.exhaustive.joint import JointStage, NotWalkable
from sespms_rules.studies.exhaustive.observing import observed
from sespms_rules.studies.exhaustive.residues import Residues
from sespms_rules.studies.exhaustive.sufficient_statistics import Observation, Unobservable

Array = NDArray[Any]

MOST_CELLS = 6_000_000
"""So many different states are told apart after a member at most: some hundred megabytes."""

_MOST_WORK = 20_000_000_000
"""So many additions at most, in all cases together: about half a minute."""

_MOST_KEPT = 400_000_000
"""Whether a state can be reached is kept after each member, to go back by: a byte each."""

_MOST_STEPS = 2_000
"""So many different weights of one member are gone through at most."""

_MOST_SAID = 1 << 40

_UNRATED = 99
"""Above any level: no member was looked at so far."""

Choice = tuple[int, Fraction]
"""A weight that a member may have, and how far above its least it is, in whole steps."""


class Kinds(Frozen):
    """One appraisal of each kind, in columns by the names of the members, and how many appraisals each stands for.

    Weights are numerators over one denominator; there are none where the policy has none.
    """

    times: list[int]
    levels: dict[str, Array]
    weights: dict[str, Array]
    denominator: int


def kinds_of(shape: JointStage, *, by_lowest: bool = False) -> Kinds:
    """Count the kinds of appraisals of a shape; `by_lowest` tells apart by the lowest rating of a critical member too.

    Raises Unobservable where a program reads more than sums, NotWalkable where there are too many kinds.
    """
    cases = tuple(_cases(shape))
    table = _Table(shape, cases, by_lowest=by_lowest)
    if sum(_Counting(table, case).work for case in cases) > _MOST_WORK:
        raise _too_many()
    found: dict[tuple[int, ...], int] = {}
    traced: list[tuple[Array, Array]] = []
    for case in cases:
        counting = _Counting(table, case)
        times = counting.run()
        new = [key for key in times if key not in found]
        if new:
            traced.append(counting.traced(new))
        for key, number in times.items():
            found[key] = found.get(key, 0) + number
    return _columns(shape, list(found.values()), traced)


def _columns(shape: JointStage, times: list[int], traced: list[tuple[Array, Array]]) -> Kinds:
    levels = np.concatenate([each for each, _ in traced], axis=1) if traced else np.zeros((len(shape.members), 0), int)
    given = np.concatenate([each for _, each in traced], axis=1) if traced else levels
    shared = lcm(*{each.denominator for each in given.ravel().tolist()}) if shape.weighted else 1
    weights = {}
    for name, row in zip(shape.names, given, strict=True) if shape.weighted else ():
        weights[name] = np.array([int(each * shared) for each in row.tolist()], dtype=np.int64)
    return Kinds(times, dict(zip(shape.names, levels.astype(np.int8), strict=True)), weights, shared)


# ---- plans ---------------------------------------------------------------------------------------


class Case(Frozen):
    """What each member may weigh, and the whole steps above the least weights that all take together (None: any)."""

    choices: tuple[tuple[Choice, ...], ...]
    rest: int | None


def _cases(shape: JointStage) -> Iterator[Case]:
    """The plans of a shape in cases: one for each weight of the members that none may be above."""
    if not shape.weighted:
        yield Case(tuple(((0, Fraction(0)),) for _ in shape.members), None)
        return
    allowed = allowed_weights(shape.limits, shape.names)
    if not allowed.whole:
        if allowed.fixed is None:
            raise NotWalkable("weights need not be whole numbers, so there is no end of different plans", "")
        if allowed.keep(allowed.fixed):
            yield Case(tuple(((0, each),) for each in allowed.fixed), None)
        return
    if not allowed.has_no_whole_total:
        yield from _of_whole_weights(allowed)


def _of_whole_weights(allowed: AllowedWeights) -> Iterator[Case]:
    ranges = []
    for low, high in allowed.whole_ranges:
        if high is None:
            raise NotWalkable("nothing limits how large a weight may be, so there is no end of different plans", "")
        ranges.append((low, high))
    total = int(allowed.totals[0]) if allowed.totals else None
    if not allowed.tops:
        yield from _case(ranges, total)
        return
    least, most = max(ranges[top][0] for top in allowed.tops), min(ranges[top][1] for top in allowed.tops)
    if most - least > _MOST_STEPS:
        raise _too_many()
    for weight in range(least, most + 1):
        capped = [(low, min(high, weight)) for low, high in ranges]
        for top in allowed.tops:
            capped[top] = (weight, weight)
        yield from _case(capped, total)


def _case(ranges: Sequence[tuple[int, int]], total: int | None) -> Iterator[Case]:
    rest = None if total is None else total - sum(low for low, _ in ranges)
    if any(low > high for low, high in ranges) or (rest is not None and rest < 0):
        return
    spare = [high - low if rest is None else min(high - low, rest) for low, high in ranges]
    if rest is not None and sum(spare) < rest:
        return
    if max(spare) > _MOST_STEPS:
        raise _too_many()
    yield Case(
        tuple(
            tuple((step, Fraction(low + step)) for step in range(room + 1))
            for (low, _), room in zip(ranges, spare, strict=True)
        ),
        rest,
    )


# ---- what is read --------------------------------------------------------------------------------


class _Table:
    """What each member adds by its level and weight: to flags, which are small numbers, and to sums."""

    def __init__(self, shape: JointStage, cases: Iterable[Case], *, by_lowest: bool) -> None:
        self.levels = tuple(each.levels for each in shape.members)
        self._names = shape.names
        self._critical = tuple(each.critical for each in shape.members)
        places = range(len(self.levels))
        weights = [sorted({weight for case in cases for _, weight in case.choices[at]}) for at in places]
        self._has_total = all(case.rest is not None for case in cases)
        found = observed(shape)
        flags = [each for each in found if each.most is not None]
        self._flags = self._transitions(flags, by_lowest=by_lowest)
        self.sums: list[list[dict[tuple[int, Fraction], int]]] = []
        for each in found:
            if each.most is None:
                self._add(self._whole(each, weights))

    def _add(self, sums: list[dict[tuple[int, Fraction], int]]) -> None:
        """Keep a sum, unless it follows from the plan or from one that is kept."""
        fixed = all(len(set(each.values())) == 1 for each in sums)
        if not fixed and sums not in self.sums and not (self._has_total and self._total_alone(sums)):
            self.sums.append(sums)

    @staticmethod
    def _total_alone(sums: list[dict[tuple[int, Fraction], int]]) -> bool:
        """Whether it is the sum of the weights in some unit: then it is the same in all plans that have a total."""
        return len({Fraction(number) / weight for each in sums for (_, weight), number in each.items()}) == 1

    def _whole(self, each: Observation, weights: list[list[Fraction]]) -> list[dict[tuple[int, Fraction], int]]:
        exact: list[dict[tuple[int, Fraction], Fraction]] = []
        for name, levels, given in zip(self._names, self.levels, weights, strict=True):
            share = each.of(name)
            exact.append(
                {
                    (level, weight): Fraction(0) if share is None else share(level, weight)
                    for level in levels
                    for weight in given
                }
            )
        shared = lcm(*{number.denominator for one in exact for number in one.values()})
        step = gcd(*(int(number * shared) for one in exact for number in one.values())) or 1
        whole = [{key: int(number * shared) // step for key, number in one.items()} for one in exact]
        if any(abs(number) > _MOST_SAID for one in whole for number in one.values()):
            raise Unobservable
        return whole

    # ---- flags -----------------------------------------------------------------------------------

    def _transitions(self, flags: list[Observation], *, by_lowest: bool) -> list[dict[int, Array]]:
        """For each member and level, the flags after it by those before; flags are numbered as they are reached."""
        steps = [
            {level: self._step(flags, name, level, by_lowest=by_lowest and critical) for level in levels}
            for name, levels, critical in zip(self._names, self.levels, self._critical, strict=True)
        ]
        most = [each.most or 0 for each in flags]
        places: dict[tuple[int, ...], int] = {(*([0] * len(flags)), _UNRATED): 0}
        waiting = list(places)
        after: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, ...]] = {}
        different = {step for each in steps for step in each.values()}
        while waiting:
            state = waiting.pop()
            for step in different:
                moved = tuple(min(one + more, end) for one, more, end in zip(state, step, most, strict=False))
                moved = (*moved, min(state[-1], step[-1]))
                after[state, step] = moved
                if moved not in places:
                    places[moved] = len(places)
                    waiting.append(moved)
            if len(places) > MOST_CELLS // 100:
                raise _too_many()
        self.flags = len(places)
        states = list(places)
        return [
            {level: np.array([places[after[state, step]] for state in states]) for level, step in each.items()}
            for each in steps
        ]

    @staticmethod
    def _step(flags: list[Observation], name: str, level: int, *, by_lowest: bool) -> tuple[int, ...]:
        shares = (each.of(name) for each in flags)
        return (
            *(0 if share is None else int(share(level, Fraction(0))) for share in shares),
            level if by_lowest else 99,
        )

    def moves(self, member: int, level: int) -> Array:
        """The flags after a member that is rated at a level, by those before."""
        return self._flags[member][level]


def _too_many() -> NotWalkable:
    return NotWalkable(
        "the policy reads appraisals in more different ways than are counted",
        "ask `sespms prove`, which does not count them, or limit the elements and their weights further",
    )


# ---- running totals ------------------------------------------------------------------------------


class _Counting:
    """Counts the appraisals of one case."""

    def __init__(self, table: _Table, case: Case) -> None:
        self._table = table
        self._case = case
        self._least = [
            [min(self._own(sums[at], at).values()) for sums in table.sums] for at in range(len(table.levels))
        ]
        self._reach = [self._largest(number) for number in range(len(table.sums))]
        self._steps = 1 if case.rest is None else case.rest + 1
        self.shape = (table.flags, self._steps, *(each + 1 for each in self._reach))
        choices = [len(each) for each in case.choices]
        bound = prod(map(len, table.levels)) * prod(choices)
        self._numbers = Residues(bound)
        cells = prod(self.shape) * self._numbers.size
        self.work = cells * sum(len(levels) * many for levels, many in zip(table.levels, choices, strict=True))
        if cells > MOST_CELLS or prod(self.shape) * len(table.levels) > _MOST_KEPT:
            raise _too_many()
        self._layers: list[Array] = []

    def _own(self, sums: dict[tuple[int, Fraction], int], member: int) -> dict[tuple[int, Fraction], int]:
        """What a member may add under the weights of this case."""
        weights = {weight for _, weight in self._case.choices[member]}
        return {key: number for key, number in sums.items() if key[1] in weights}

    def _largest(self, number: int) -> int:
        """How far a sum can come above the least that every member adds."""
        best: dict[int, int] = {0: 0}
        for member, choices in enumerate(self._case.choices):
            sums, levels = self._table.sums[number][member], self._table.levels[member]
            gains = {step: max(sums[level, weight] for level in levels) for step, weight in choices}
            after: dict[int, int] = {}
            for before, found in best.items():
                for step, gain in gains.items():
                    at = 0 if self._case.rest is None else before + step
                    if self._case.rest is None or at <= self._case.rest:
                        after[at] = max(after.get(at, -_MOST_SAID), found + gain - self._least[member][number])
            best = after
        return max(best.values())

    def _shifts(self, member: int) -> Iterator[tuple[int, int, Fraction, tuple[int, ...]]]:
        """Each level and weight of a member: level, steps of weight, the weight, and what it adds to each sum."""
        for level in self._table.levels[member]:
            for step, weight in self._case.choices[member]:
                adds = tuple(
                    sums[member][level, weight] - least
                    for sums, least in zip(self._table.sums, self._least[member], strict=True)
                )
                taken = 0 if self._case.rest is None else step
                if all(add <= most for add, most in zip(adds, self._reach, strict=True)):
                    yield level, taken, weight, adds

    def run(self) -> dict[tuple[int, ...], int]:
        """How many appraisals have which flags and sums."""
        ways = self._numbers.zeros(self.shape)
        ways[:, 0].reshape(len(ways), -1)[:, 0] = 1
        for member in range(len(self._table.levels)):
            self._layers.append(self._numbers.anywhere(ways))
            ways = self._after(member, ways)
        last = ways[:, :, -1]
        places = np.argwhere(self._numbers.anywhere(last))
        offsets = [sum(least[number] for least in self._least) for number in range(len(self._reach))]
        return {
            (flag, *(sum_ + offset for sum_, offset in zip(sums, offsets, strict=True))): times
            for (flag, *sums), times in zip(places.tolist(), self._numbers.whole(last, places), strict=True)
        }

    def _after(self, member: int, ways: Array) -> Array:
        """How many ways lead to each state when one more member was taken on."""
        after = self._numbers.zeros(self.shape)
        before = np.flatnonzero(self._layers[member].reshape(self._table.flags, -1).any(axis=1)).tolist()
        for level, step, _, adds in self._shifts(member):
            moves = self._table.moves(member, level).tolist()
            shifts = list(zip(self.shape[1:], (step, *adds), strict=True))
            to = (slice(None), *(slice(shift, None) for _, shift in shifts))
            of = (slice(None), *(slice(0, size - shift) for size, shift in shifts))
            for flag in before:
                after[:, moves[flag]][to] += ways[:, flag][of]
                self._numbers.added(after)
        return self._numbers.reduced(after)

    # ---- one appraisal of each kind --------------------------------------------------------------

    def traced(self, keys: Sequence[tuple[int, ...]]) -> tuple[Array, Array]:
        """For one appraisal of each of some kinds, the levels and the weights of the members (rows)."""
        offsets = [sum(least[number] for least in self._least) for number in range(len(self._reach))]
        state = np.array(keys, dtype=np.int64).T.copy()
        state[1:] -= np.array(offsets, dtype=np.int64)[:, None]
        state = np.vstack([state[:1], np.full((1, len(keys)), self._steps - 1), state[1:]])
        members = len(self._table.levels)
        levels, weights = np.zeros((members, len(keys)), dtype=np.int64), np.empty((members, len(keys)), dtype=object)
        for member in reversed(range(members)):
            state = self._before(member, state, levels[member], weights[member])
        return levels, weights

    def _before(self, member: int, state: Array, levels: Array, weights: Array) -> Array:
        """The states before a member was taken on; fills in its levels and weights."""
        before = np.zeros_like(state)
        left = np.ones(state.shape[1], dtype=np.bool_)
        came = {level: _preimages(self._table.moves(member, level)) for level in self._table.levels[member]}
        for level, step, weight, adds in self._shifts(member):
            earlier = state[1:] - np.array((step, *adds), dtype=np.int64)[:, None]
            fits = left & (earlier >= 0).all(axis=0)
            for flags in came[level]:
                if not fits.any():
                    break
                flag = flags[state[0]]
                index = (np.maximum(flag, 0), *np.maximum(earlier, 0))
                here = fits & (flag >= 0) & self._layers[member][index]
                levels[here], weights[here] = level, weight
                before[0, here], before[1:, here] = flag[here], earlier[:, here]
                left &= ~here
                fits &= ~here
        if left.any():
            raise AssertionError("a kind of appraisal was counted, and no appraisal leads to it")
        return before


def _preimages(moves: Array) -> list[Array]:
    """Of each number that is moved to, the numbers it comes from: one after another, -1 where there are no more."""
    found: list[Array] = []
    for origin, to in enumerate(moves.tolist()):
        row = next((each for each in found if each[to] < 0), None)
        if row is None:
            row = np.full(len(moves), -1, dtype=np.int64)
            found.append(row)
        row[to] = origin
    return found
