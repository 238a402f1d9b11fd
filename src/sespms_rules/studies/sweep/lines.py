"""The lines of a summary over all variants at once: which scores turn a level, and what holds between them.

A score is a whole number here, over a denominator that all variants share; so a line's end is a whole number too, the
first score that passes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.rating import Outcome
from sespms_rules.program.traversal import apart
from sespms_rules.rosters.population import State
from sespms_rules.studies.sweep.profiles import Array


class Line(Frozen):
    """One line: for each comparison of it whether it holds from its cut on (else below it), and what it gives.

    `passes` holds the numbers of columns of cuts.
    """

    holds: tuple[tuple[int, bool], ...]
    gives: State


class Lines:
    """The lines of a stage: `cuts` has a row for each variant and a column for each end."""

    def __init__(self, stage: ir.Stage, numbers: dict[tuple[int, int], Array], scale: tuple[int, Fraction]) -> None:
        """Read the lines; `numbers` gives the whole-number cuts of ends that vary, by line and part.

        `scale` is the denominator of scores, and what is added to each.
        """
        self._policy = stage.hit_policy
        columns: list[Array] = []
        self._lines: list[Line] = []
        variants = next((len(each) for each in numbers.values()), 1)
        for row_number, row in enumerate(stage.rows):
            holds: list[tuple[int, bool]] = []
            for place, part in enumerate(apart(row.condition)):
                assert isinstance(part, ir.Compare)  # noqa: S101 - lines compare the score with numbers
                assert isinstance(part.right, ir.Constant)  # noqa: S101
                given = numbers.get((row_number, place))
                for shift, after in _passes(part.relation):
                    fixed = first_passing(part.right.value, -scale[1], scale[0])[shift]
                    columns.append(np.full(variants, fixed) if given is None else given[:, shift])
                    holds.append((len(columns) - 1, after))
            gives: State = row.outcome.level if isinstance(row.outcome, ir.ToLevel) else Outcome.NOT_RATED
            self._lines.append(Line(tuple(holds), gives))
        ends = np.stack(columns, axis=1) if columns else np.zeros((variants, 0), dtype=np.int64)
        self.cuts, self._of = _without_twins(ends.astype(np.int64))
        self.order: Array = np.argsort(self.cuts, axis=1, kind="stable")
        self.rising: Array = np.take_along_axis(self.cuts, self.order, axis=1)

    def outcomes(self, states: Sequence[State]) -> Array:
        """For each variant what each stretch of scores gives, as places in `states`: below the first cut, then from
        each cut (in rising order) on.
        """
        variants, cuts = self.cuts.shape
        passed = np.zeros((variants, cuts + 1, cuts), dtype=np.bool_)
        passed[:, 1:] = self.rising[:, :, None] >= self.cuts[:, None, :]
        place = {state: number for number, state in enumerate(states)}
        refused = place[Outcome.REFUSED]
        found = np.full((variants, cuts + 1), refused, dtype=np.int64)
        open_ = np.ones(found.shape, dtype=np.bool_)
        seen = np.zeros(found.shape, dtype=np.bool_)
        first = self._policy is ir.HitPolicy.FIRST
        # Under UNIQUE lines that give `not rated` are read before those that give a level.
        ordered = self._lines if first else sorted(self._lines, key=lambda each: each.gives is not Outcome.NOT_RATED)
        for line in ordered:
            fits = open_.copy()
            for column, after in line.holds:
                fits &= passed[:, :, self._of[column]] == after
            if first or line.gives is Outcome.NOT_RATED:
                found[fits] = place[line.gives]
                open_ &= ~fits
            else:
                found[fits] = place[line.gives]
                found[fits & seen] = refused
                seen |= fits
        return found


def first_passing(number: Fraction, moved: Fraction, scale: int) -> tuple[int, int]:
    """The first whole score at `number` + `moved`, and the first above it, where scores are over `scale`.

    In whole numbers throughout, because a sweep asks it for every value.
    """
    under = number.denominator * moved.denominator
    top = scale * (number.numerator * moved.denominator + moved.numerator * number.denominator)
    return -(-top // under), top // under + 1


def _passes(relation: ir.Relation) -> tuple[tuple[int, bool], ...]:
    """What a comparison asks: of scores at (0) or above (1) its number, that they be passed or not."""
    return {
        ir.Relation.AT_LEAST: ((0, True),),
        ir.Relation.MORE: ((1, True),),
        ir.Relation.AT_MOST: ((1, False),),
        ir.Relation.LESS: ((0, False),),
        ir.Relation.EQUAL: ((0, True), (1, False)),
    }[relation]


def _without_twins(ends: Array) -> tuple[Array, list[int]]:
    """The columns without those that are the same as another in every variant, and where each is now."""
    kept: dict[bytes, int] = {}
    of: list[int] = []
    columns: list[Array] = []
    for number in range(ends.shape[1]):
        column = np.ascontiguousarray(ends[:, number])
        key = column.tobytes()
        if key not in kept:
            kept[key] = len(columns)
            columns.append(column)
        of.append(kept[key])
    return (np.stack(columns, axis=1) if columns else ends), of
