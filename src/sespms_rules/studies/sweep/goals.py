"""The least change that reaches a goal, among the variants of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import System
from sespms_rules.program.rating import Outcome
from sespms_rules.studies.sweep.parameters import Setting
from sespms_rules.studies.sweep.proposal import Proposal, proposed
from sespms_rules.studies.sweep.sweeping import Sweep
from sespms_rules.studies.sweep.wording import MOST_VALUES, Aim, Varied


class Reached(Frozen):
    """What a search for a goal found.

    `variant` is the number of the least change that meets it without refusing anyone who is rated now, or None;
    `nearest` that of the variant that misses it by the fewest executives, where none meets it and it misses by fewer
    than the policy does now. `met_now` says that nothing has to change. `proposal` is the variant written as an
    amendment, and `passed_over` are the variants that are less of a change and that `check` would refuse, each with
    its first error.
    """

    met_now: bool
    variant: int | None
    nearest: int | None
    proposal: Proposal | None = field(default=None)
    passed_over: tuple[tuple[int, Diagnostic], ...] = field(default=())


def least_change(goal: Aim, sweep: Sweep, system: System | None = None) -> Reached:
    """Find the least change that meets a goal, among the variants of the sweep.

    The least is that of the fewest steps, counted over all figures; among equal ones, that by which the fewest
    executives are rated otherwise. A step of a figure is the smallest distance between two of its values. With the
    `system` that the program was made from, a variant whose text `check` would refuse is passed over.
    """
    met_now = not goal.missed(sweep, None)
    refused = sweep.states.index(Outcome.REFUSED)
    sound = [number for number in range(len(sweep)) if int(sweep.moves[number, :refused, refused].sum()) == 0]
    steps = _Steps(sweep)
    meets = sorted(
        (number for number in sound if not goal.missed(sweep, number)),
        key=lambda number: (steps.of(number), sweep.otherwise(number), number),
    )
    best, proposal, passed_over = _first_sound(sweep, [] if met_now else meets, system)
    if met_now:
        best = next(iter(meets), None)
    nearest = None
    if best is None and not met_now:

        def missed(number: int) -> Fraction:
            return goal.missed(sweep, number)

        now = goal.missed(sweep, None)
        closer = (number for number in sound if number not in meets and missed(number) < now)
        nearest = _first_sound(sweep, sorted(closer, key=lambda each: (missed(each), steps.of(each))), system)[0]
    return Reached(met_now, best, nearest, proposal, passed_over)


_MOST_TRIED = 200
"""How many variants are written down and judged before a search gives up; each takes about ten milliseconds."""


def _first_sound(
    sweep: Sweep, numbers: Sequence[int], system: System | None
) -> tuple[int | None, Proposal | None, tuple[tuple[int, Diagnostic], ...]]:
    """The first of these variants that `check` would not refuse, as an amendment, and those passed over."""
    passed: list[tuple[int, Diagnostic]] = []
    for number in numbers[:_MOST_TRIED]:
        if system is None:
            return number, None, ()
        made = proposed(system, sweep.program, sweep.figures, sweep.settings[number])
        if not made.refused:
            return number, made, tuple(passed)
        passed.append((number, made.refused[0]))
    return None, None, tuple(passed)


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


def finer(made: Sweep, reached: Reached) -> Varied | None:
    """Every value that is no farther from today's than the least change found, where one cut alone is varied.

    None where nothing lies between the values tried, or where what can lie between is not known. Going over these as
    well finds the least change that there is, and not only the least of those that were tried.
    """
    if reached.met_now or reached.variant is None or len(made.figures) != 1 or by_single_steps(made):
        return None
    figure = made.figures[0]
    found = made.settings[reached.variant][0]
    if figure.step is None or not isinstance(found, Fraction) or not isinstance(figure.now, Fraction):
        return None
    count = int(abs(found - figure.now) / figure.step)
    if 2 * count + 1 > MOST_VALUES:
        return None
    return Varied(figure, tuple(figure.now + figure.step * place for place in range(-count, count + 1)))


def by_single_steps(made: Sweep) -> bool:
    """Whether one cut alone was varied, by the smallest step it can move, so that nothing lies between the variants."""
    if len(made.figures) != 1 or made.figures[0].step is None:
        return False
    values = [each[0] for each in made.settings if isinstance(each[0], Fraction)]
    return all(after - before == made.figures[0].step for before, after in pairwise(values))
