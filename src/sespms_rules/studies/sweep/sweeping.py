"""A program, a population and figures over values -> who would stand where under each variant.

Where only cuts vary, or the score is a plain sum and points do, all variants are worked out at once
(studies/sweep/population_summary.py); else each variant is rated in columns. Both give the answers of rating each
variant by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from sespms_rules.engines import reference
from sespms_rules.engines.columnar import (
    ColumnarEngine,
    ColumnarError,
    StageColumns,
    TooLargeError,
    of_appraisals,
)
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal
from sespms_rules.rosters.population import State
from sespms_rules.studies.sweep.linear import linear_score, only_scores_decide
from sespms_rules.studies.sweep.parameters import Cut, Figure, Points, Setting, changed
from sespms_rules.studies.sweep.population_summary import Statistics, states_now, states_of
from sespms_rules.studies.sweep.profiles import Array, ProfilesTooLargeError
from sespms_rules.studies.sweep.wording import MOST_VALUES, AskingError, Varied


class Sweep:
    """What a sweep found.

    `settings` are the values of the figures in each variant, the last figure changing fastest. `moves` holds for each
    variant how many stand at one state now and at another under it: by variants, states now, states then; it is not
    changed any more, for its sums are kept. `states` are the levels, best first, then not rated and refused. `by` says
    how it was worked out.
    """

    def __init__(
        self, program: ir.Program, varied: Sequence[Varied], states: tuple[State, ...], moves: Array, by: str
    ) -> None:
        self.program = program
        self.figures: tuple[Figure, ...] = tuple(each.figure for each in varied)
        self.settings: tuple[tuple[Setting, ...], ...] = tuple(product(*(each.values for each in varied)))
        self.states = states
        self.moves = moves
        self.by = by

    def __len__(self) -> int:
        return len(self.settings)

    @cached_property
    def now(self) -> tuple[int, ...]:
        """How many stand at each state now."""
        return tuple(self.moves[0].sum(axis=1).tolist())

    @cached_property
    def counts(self) -> Array:
        """How many stand at each state, by variants and states."""
        found: Array = self.moves.sum(axis=1)
        return found

    def raised(self, variant: int) -> int:
        """How many have a better level under a variant than now; who has none now or then does not count."""
        return self._raised[variant]

    def lowered(self, variant: int) -> int:
        """How many have a lower level under a variant than now."""
        return self._lowered[variant]

    @cached_property
    def _raised(self) -> list[int]:
        found: list[int] = np.tril(self._between_levels, -1).sum(axis=(1, 2)).tolist()
        return found

    @cached_property
    def _lowered(self) -> list[int]:
        found: list[int] = np.triu(self._between_levels, 1).sum(axis=(1, 2)).tolist()
        return found

    @property
    def _between_levels(self) -> Array:
        levels = sum(isinstance(each, int) for each in self.states)
        found: Array = self.moves[:, :levels, :levels]
        return found

    def otherwise(self, variant: int) -> int:
        """How many stand elsewhere than now in any way."""
        square = self.moves[variant]
        return int(square.sum() - np.trace(square))

    def setting_now(self) -> tuple[Setting, ...]:
        """The values that the figures have in the policy."""
        return tuple(each.now for each in self.figures)


def sweep(program: ir.Program, appraisals: Sequence[Appraisal], varied: Sequence[Varied], *, refused: int = 0) -> Sweep:
    """Work out who would stand where under every combination of values.

    `refused` are executives whose row holds no appraisal, so that no variant can rate them. Raises AskingError for a
    combination that is impossible.
    """
    made = _swept(program, appraisals, varied)
    moves = made.moves.copy()
    moves[:, -1, -1] += refused
    return Sweep(program, varied, made.states, moves, made.by)


def _swept(program: ir.Program, appraisals: Sequence[Appraisal], varied: Sequence[Varied]) -> Sweep:
    _refuse_impossible(varied)
    states = states_of(program)
    if not appraisals:
        return Sweep(program, varied, states, _of_nobody(varied, states), "columnar")
    try:
        engine = ColumnarEngine(program)
        columns = of_appraisals(program, appraisals)
        return sweep_columns(engine, columns, len(appraisals), varied)
    except (ColumnarError, TooLargeError):
        return Sweep(program, varied, states, _by_reference(program, appraisals, varied, states), "reference")


def sweep_columns(engine: ColumnarEngine, columns: StageColumns, rows: int, varied: Sequence[Varied]) -> Sweep:
    """The same for a population in columns of `rows` executives."""
    program, states = engine.program, states_of(engine.program)
    parts = [each.figure.part for each in varied]
    linear = linear_score(program) if any(isinstance(each, Points) for each in parts) else None
    by_cuts = all(isinstance(each, Cut) for each in parts) and only_scores_decide(program)
    if rows and (by_cuts or (linear is not None and all(isinstance(each, Cut | Points) for each in parts))):
        try:
            found = Statistics(engine, linear, columns, rows).moves(varied)
            return Sweep(program, varied, states, found, "profiles")
        except (ProfilesTooLargeError, OverflowError):
            pass  # a number beyond 64 bits: variant by variant, then
    return Sweep(program, varied, states, _by_columns(program, columns, rows, varied, states), "columnar")


def _refuse_impossible(varied: Sequence[Varied]) -> None:
    names = [each.figure.name for each in varied]
    twice = next((each for each in names if names.count(each) > 1), None)
    if twice is not None:
        raise AskingError(f"the {twice} is varied twice", "say all its values in one `--vary`")
    if not varied:
        raise AskingError("nothing is varied", "say what with `--vary`, such as `cut of level 5 from 470 to 490`")
    size = prod(len(each.values) for each in varied)
    if size > MOST_VALUES:
        raise AskingError(f"these are `{size:,}` variants, more than {MOST_VALUES:,}", "take larger steps")


# ---- variant by variant --------------------------------------------------------------------------


def variants(program: ir.Program, varied: Sequence[Varied]) -> Iterator[ir.Program]:
    """The program of each variant, in order."""
    for values in product(*(each.values for each in varied)):
        yield variant(program, [each.figure for each in varied], values)


def variant(program: ir.Program, figures: Sequence[Figure], values: Sequence[Setting]) -> ir.Program:
    """The program with each of the figures at its value."""
    for figure, value in zip(figures, values, strict=True):
        program = changed(program, figure, value)
    return program


def _moves(now: Array, then: Array, groups: int) -> Array:
    found: Array = np.bincount(now * groups + then, minlength=groups * groups).reshape(groups, groups)
    return found


def _each(program: ir.Program, varied: Sequence[Varied], stand: Callable[[ir.Program], Array], groups: int) -> Array:
    now = stand(program)
    return np.stack([_moves(now, stand(each), groups) for each in variants(program, varied)])


def _by_columns(
    program: ir.Program, columns: StageColumns, rows: int, varied: Sequence[Varied], states: Sequence[State]
) -> Array:
    if not rows:
        return _of_nobody(varied, states)
    return _each(program, varied, lambda each: states_now(ColumnarEngine(each), columns, states), len(states))


def _of_nobody(varied: Sequence[Varied], states: Sequence[State]) -> Array:
    """The moves where there is nobody who could move."""
    return np.zeros((prod(len(each.values) for each in varied), len(states), len(states)), dtype=np.int64)


def _by_reference(
    program: ir.Program, appraisals: Sequence[Appraisal], varied: Sequence[Varied], states: Sequence[State]
) -> Array:
    place = {state: number for number, state in enumerate(states)}

    def stand(each: ir.Program) -> Array:
        found = (reference.rate(each, appraisal, trace=False) for appraisal in appraisals)
        return np.array([place[one.outcome if one.level is None else one.level] for one in found], dtype=np.int64)

    return _each(program, varied, stand, len(states))
