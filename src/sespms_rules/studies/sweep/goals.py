"""The least change that reaches a goal, among the variants of a sweep."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.rating import Outcome
from sespms_rules.studies.sweep.parameters import Setting
from sespms_rules.studies.sweep.sweeping import Sweep
from sespms_rules.studies.sweep.wording import Goal


class Reached(Frozen):
    """What a search for a goal found.

    `variant` is the number of the least change that meets it without refusing anyone who is rated now, or None;
    `nearest` that of the variant that misses it by the fewest executives, where none meets it. `met_now` says that
    nothing has to change.
    """

    met_now: bool
    variant: int | None
    nearest: int | None


def standing(goal: Goal, sweep: Sweep, counts: tuple[int, ...]) -> tuple[int, int]:
    """How many stand at the levels of the goal, and how many have a level at all."""
    levels = [(state, count) for state, count in zip(sweep.states, counts, strict=True) if isinstance(state, int)]
    return sum(count for state, count in levels if state in goal.levels), sum(count for _, count in levels)


def least_change(goal: Goal, sweep: Sweep) -> Reached:
    """Find the least change that meets a goal.

    The least is that of the fewest steps, counted over all figures; among equal ones, that by which the fewest
    executives are rated otherwise. A step of a figure is the smallest distance between two of its values.
    """
    met_now = goal.met(*standing(goal, sweep, sweep.now))
    refused = sweep.states.index(Outcome.REFUSED)
    counts = [tuple(each) for each in sweep.counts.tolist()]
    sound = [number for number in range(len(sweep)) if int(sweep.moves[number, :refused, refused].sum()) == 0]
    meets = [number for number in sound if goal.met(*standing(goal, sweep, counts[number]))]
    steps = _Steps(sweep)
    best = min(meets, key=lambda number: (steps.of(number), sweep.otherwise(number), number), default=None)
    nearest = None
    if best is None and sound:
        nearest = min(sound, key=lambda number: (goal.beyond(*standing(goal, sweep, counts[number])), steps.of(number)))
    return Reached(met_now, best, nearest)


class _Steps:
    """Counts how far a variant is from what the policy says now."""

    def __init__(self, sweep: Sweep) -> None:
        self._settings = sweep.settings
        self._now = sweep.setting_now()
        self._sizes = [_smallest_step([each[place] for each in sweep.settings]) for place in range(len(sweep.figures))]

    def of(self, number: int) -> Fraction:
        """The steps of all figures together."""
        found = Fraction(0)
        for value, now, size in zip(self._settings[number], self._now, self._sizes, strict=True):
            if isinstance(value, Fraction) and isinstance(now, Fraction):
                found += abs(value - now) / size
            else:
                found += value != now
        return found


def _smallest_step(values: list[Setting]) -> Fraction:
    numbers = sorted({each for each in values if isinstance(each, Fraction)})
    return min((after - before for before, after in pairwise(numbers)), default=Fraction(1))
