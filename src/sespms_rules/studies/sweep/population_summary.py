"""A population made ready for any number of sweeps: what of it hangs on no cut and no points is worked out once.

Where the score is a plain sum, an executive comes down to the weight at each level, and points can vary too. Where it
is anything else, an executive comes down to the score itself, and only cuts can.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from math import lcm, prod

import numpy as np

from sespms_rules.engines.columnar import (
    NOT_RATED,
    RATED,
    REFUSED,
    ColumnarEngine,
    ColumnResult,
    StageColumns,
    Value,
)
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population import (
    State,
    levels_of,
)
from sespms_rules.studies.sweep.linear import Linear
from sespms_rules.studies.sweep.lines import Lines, first_passing
from sespms_rules.studies.sweep.parameters import Cut, Points
from sespms_rules.studies.sweep.profiles import Array, Profiles, ProfilesTooLargeError
from sespms_rules.studies.sweep.wording import Varied

_LARGEST = 1 << 55


def states_of(program: ir.Program) -> tuple[State, ...]:
    """Where an executive can stand: the levels, best first, then not rated and refused."""
    given = (*program.summary.rows, *program.summary.overrides, *program.summary.caps)
    levels = {*levels_of(program), *(row.outcome.level for row in given if isinstance(row.outcome, ir.ToLevel))}
    return (*sorted(levels, reverse=True), Outcome.NOT_RATED, Outcome.REFUSED)


def states_now(engine: ColumnarEngine, columns: StageColumns, states: Sequence[State]) -> Array:
    """Where each executive stands under the engine's program, as places in `states`."""
    return _stand(engine.rate_columns(columns), states)


def _stand(result: ColumnResult, states: Sequence[State]) -> Array:
    """Where each executive of a result stands, as places in `states`."""
    table = np.zeros(max([0, *(each for each in states if isinstance(each, int))]) + 1, dtype=np.int64)
    for number, state in enumerate(states):
        if isinstance(state, int):
            table[state] = number
    place = {state: number for number, state in enumerate(states)}
    unrated = np.where(result.outcome == REFUSED, place[Outcome.REFUSED], place[Outcome.NOT_RATED])
    found: Array = np.where(result.outcome == RATED, table[result.level], unrated)
    return found


class Statistics:
    """A population of `rows` executives under a program, `linear` where its score is a plain sum.

    Which appraisals are refused and which are decided by an override hangs on no cut and no points. Raises
    ProfilesTooLargeError where a number does not fit, or where some score could not be worked out.
    """

    def __init__(self, engine: ColumnarEngine, linear: Linear | None, columns: StageColumns, rows: int) -> None:
        self._program = program = engine.program
        self._linear = linear
        self._states = states_of(program)
        self._levels = tuple(level for level, _ in program.summary.points) if linear is not None else ()
        always = ir.Row(ir.All(()), ir.ToNotRated())
        stage = replace(program.summary, rows=(always,))
        if linear is not None:  # the sum is made below, and overrides do not ask for it
            stage = replace(stage, definitions=(), reported=())
        by_lines = ColumnarEngine(replace(program, summary=stage)).rate_columns(columns)
        open_ = by_lines.outcome == NOT_RATED  # neither refused nor decided by an override
        chosen = np.flatnonzero(open_)
        if linear is None:
            self._scale, weights = _scores(by_lines, chosen)
            now = states_now(engine, columns, self._states)
        else:
            some = columns if len(chosen) == rows else columns.at(chosen)
            self._scale, weights = self._weights(linear, some, len(chosen))
            now = _stand(by_lines, self._states)
            now[chosen] = self._now(weights)
        self._fixed: Array = np.bincount(now[~open_], minlength=len(self._states))
        self._profiles = Profiles(weights, now[chosen], len(self._states))

    def __len__(self) -> int:
        return len(self._profiles)

    def _weights(self, linear: Linear, columns: StageColumns, rows: int) -> tuple[int, Array]:
        """What the points of each level are multiplied by, over one denominator: a row an executive."""
        scales = [
            lcm(term.fixed.denominator, term.by_weight.denominator * _denominator(member.weight))
            for term, member in zip(linear.terms, columns.named, strict=True)
        ]
        scale = reduce(lcm, scales, 1)
        found = np.zeros((len(self._levels), rows), dtype=np.int64)
        place = {level: number for number, level in enumerate(self._levels)}
        for term, member in zip(linear.terms, columns.named, strict=True):
            if not (term.fixed or term.by_weight) or member.rating is None:
                continue
            if abs(term.fixed * scale) >= _LARGEST:
                raise ProfilesTooLargeError
            factor = np.full(rows, int(term.fixed * scale), dtype=np.int64)
            if term.by_weight and member.weight is not None:
                times = term.by_weight * scale / _denominator(member.weight)
                if max(abs(member.weight.low), abs(member.weight.high)) * abs(int(times)) >= _LARGEST:
                    raise ProfilesTooLargeError
                factor = factor + np.asarray(member.weight.numerator).astype(np.int64) * int(times)
            levels = np.broadcast_to(np.asarray(member.rating.numerator // member.rating.denominator), (rows,))
            for level, column in place.items():
                found[column] += factor * (levels == level)
        return scale, found.T

    def _now(self, weights: Array) -> Array:
        """Where those stand of whom the lines decide by a plain sum: the same lines as under each variant."""
        (points,), _, points_scale = self._points((), [])
        lines = self._lines((), [], points_scale)
        most = np.abs(weights).max(axis=0, initial=0).tolist()
        reach = sum(weight * abs(point) for weight, point in zip(most, points.tolist(), strict=True))
        if reach >= _LARGEST:
            raise ProfilesTooLargeError
        found: Array = lines.outcomes(self._states)[0][np.searchsorted(lines.rising[0], weights @ points, side="right")]
        return found

    def _lines(self, varied: Sequence[Varied], places: list[Array], points_scale: int) -> Lines:
        """The lines under all variants."""
        scale = (self._scale * points_scale, self._linear.constant if self._linear is not None else Fraction(0))
        return Lines(self._program.summary, _numbers(varied, places, scale), scale)

    def moves(self, varied: Sequence[Varied]) -> Array:
        """How many stand at one state now and at another under each variant."""
        places = _places([len(each.values) for each in varied])
        points, of, points_scale = self._points(varied, places)
        lines = self._lines(varied, places, points_scale)
        variants = len(of)
        cuts = np.broadcast_to(lines.rising, (variants, lines.rising.shape[1]))
        passing = self._profiles.passing(points, cuts, of)
        return self._put_together(passing, np.broadcast_to(lines.outcomes(self._states), (variants, cuts.shape[1] + 1)))

    def _points(self, varied: Sequence[Varied], places: list[Array]) -> tuple[Array, Array, int]:
        """The choices of points, a column a level, over one denominator; which each variant has; and that denominator.

        Where scores stand for themselves, there is one choice, and it is 1.
        """
        one = np.zeros(len(places[0]) if places else 1, dtype=np.int64)
        if self._linear is None:
            return np.ones((1, 1), dtype=np.int64), one, 1
        mine = {
            each.figure.part.level: number for number, each in enumerate(varied) if isinstance(each.figure.part, Points)
        }
        now = dict(self._program.summary.points)
        values = {level: _numbers_of(varied[mine[level]]) if level in mine else [now[level]] for level in self._levels}
        scale = reduce(lcm, (each.denominator for found in values.values() for each in found), 1)
        sizes = [len(varied[number].values) for number in mine.values()]
        choices = dict(zip(mine, _places(sizes), strict=True)) if mine else {}
        of = one
        for number, size in zip(mine.values(), sizes, strict=True):
            of = of * size + places[number]
        made = np.empty((prod(sizes), len(self._levels)), dtype=np.int64)
        for column, level in enumerate(self._levels):
            whole = np.array([each.numerator * (scale // each.denominator) for each in values[level]], dtype=np.int64)
            made[:, column] = whole[choices[level]] if level in mine else whole[0]
        return made, of, scale

    def _put_together(self, passing: Array, outcomes: Array) -> Array:
        """From how many pass each cut, and what each stretch between two gives, who stands where."""
        variants, cuts, groups = passing.shape
        ends = np.zeros((variants, cuts + 2, groups), dtype=np.int64)
        ends[:, 0] = self._profiles.totals
        ends[:, 1:-1] = passing
        within = ends[:, :-1] - ends[:, 1:]
        if (outcomes == outcomes[0]).all():  # the lines keep their order: each stretch gives one level in all variants
            moves = np.zeros((variants, groups, groups), dtype=np.int64)
            for stretch, state in enumerate(outcomes[0].tolist()):
                moves[:, :, state] += within[:, stretch]
        else:
            moves = np.stack(
                [(within * (outcomes == state)[:, :, None]).sum(axis=1) for state in range(groups)], axis=2
            )
        same = np.arange(groups)
        moves[:, same, same] += self._fixed
        return moves


def _scores(result: ColumnResult, chosen: Array) -> tuple[int, Array]:
    """The scores themselves, over one denominator."""
    if not result.scored[chosen].all():
        raise ProfilesTooLargeError
    top, under = result.score_numerator[chosen].astype(np.int64), result.score_denominator
    if isinstance(under, int):
        return under, top[:, None]
    under = under[chosen].astype(np.int64)
    scale = reduce(lcm, np.unique(under).tolist(), 1)
    if int(np.abs(top).max(initial=0)) * scale >= _LARGEST:
        raise ProfilesTooLargeError
    return scale, (top * (scale // under))[:, None]


def _denominator(weight: Value | None) -> int:
    """The one denominator of a column of weights."""
    if weight is None:
        return 1
    if not isinstance(weight.denominator, int):
        raise ProfilesTooLargeError
    return weight.denominator


def _places(sizes: list[int]) -> list[Array]:
    """For each figure which of its values each variant has, the last figure changing fastest."""
    grids = np.indices(sizes).reshape(len(sizes), -1)
    return list(grids)


def _numbers_of(varied: Varied) -> list[Fraction]:
    return [each for each in varied.values if isinstance(each, Fraction)]


def _numbers(
    varied: Sequence[Varied], places: list[Array], scale: tuple[int, Fraction]
) -> dict[tuple[int, int], Array]:
    """For each end that varies, by line and part, the first score at it (0) and above it (1) in each variant."""
    found = {}
    for each, place in zip(varied, places, strict=True):
        if isinstance(each.figure.part, Cut):
            for end in each.figure.part.ends:
                moved = end.shift - scale[1]
                firsts = [first_passing(value, moved, scale[0]) for value in _numbers_of(each)]
                found[end.row, end.part] = np.array(firsts, dtype=np.int64)[place]
    return found
