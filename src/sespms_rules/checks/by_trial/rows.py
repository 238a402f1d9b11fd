"""Rows of appraisals of one plan: level by level, or with one thing that moves step by step.

What moves is the weight between the best elements and the others, the number of an element on a scale, or how much
of an element's requirements stands at the better of two levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations_with_replacement, pairwise, product

from sespms_rules.checks.analysis.intervals import Interval
from sespms_rules.checks.analysis.score_search import SearchEffort, weights_reaching
from sespms_rules.checks.by_trial.trial_plans import (
    Plan,
    Seat,
    alike,
    fewest_requirements,
    most_requirements,
    requirement_weights,
    requirements,
)
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.program.traversal import formulas_of, members_named

_EFFORT = 2_000
_STEPS = 100
_MOST_REQUIREMENTS = 6

Mark = Fraction | tuple[Rated, ...]
Row = tuple[int, Callable[[int], Appraisal | None]]
"""The number of the last appraisal of a row, and what makes each of them, from 0 on; None where none can be made."""


def rows(plan: Plan, program: Program) -> Iterator[Row]:
    """All rows of a plan, those with the best levels first."""
    moving = [place for place, seat in enumerate(plan.seats) if seat.stage is not None or seat.scale is not None]
    weights = plan.weights()
    if plan.total is not None and weights is None:
        return
    for marks in _profiles(plan, program):
        for place in moving:
            yield from _moving(plan, marks, place, weights)
        if plan.total is not None and not moving:
            yield from _by_weight(plan, marks)
        elif not moving:
            yield 0, partial(_same, plan.appraisal(marks, weights))


def _same(appraisal: Appraisal, _place: int) -> Appraisal:
    return appraisal


def _profiles(plan: Plan, program: Program) -> Iterator[list[Mark]]:
    """Marks for all seats; those that only change places between elements that are treated alike come once."""
    apart = members_named(formulas_of(program.summary))
    groups: dict[object, list[int]] = {}
    for place, seat in enumerate(plan.seats):
        key = (seat.critical, seat.levels, seat.scale, seat.box, seat.name if seat.stage or seat.name in apart else "")
        groups.setdefault(key, []).append(place)
    choices = [combinations_with_replacement(_marks(plan.seats[places[0]]), len(places)) for places in groups.values()]
    order = [place for places in groups.values() for place in places]
    for chosen in product(*choices):
        by_place = dict(zip(order, (mark for some in chosen for mark in some), strict=True))
        yield [by_place[place] for place in range(len(plan.seats))]


def _marks(seat: Seat) -> list[Mark]:
    """The marks of a seat, best first; of one that moves, a few."""
    if seat.scale is not None:
        low, high = seat.scale
        return [high - (high - low) * part / 4 for part in range(5)]
    if seat.stage is None:
        return [Fraction(level) for level in seat.levels]
    stage = seat.stage
    made = (alike(stage, level) for level in sorted((level for level, _ in stage.points), reverse=True))
    return [mark for mark in made if mark is not None]


# ---- what moves ----------------------------------------------------------------------------------


def _moving(plan: Plan, marks: list[Mark], place: int, weights: tuple[Fraction, ...] | None) -> Iterator[Row]:
    """Rows in which one seat moves, the others staying where they are; once for all marks of that seat."""
    seat = plan.seats[place]
    if marks[place] != _marks(seat)[0]:
        return

    def appraisal(make: Callable[[int], Mark], step: int) -> Appraisal:
        return plan.appraisal([*marks[:place], make(step), *marks[place + 1 :]], weights)

    if seat.scale is not None:
        low, high = seat.scale
        size = 1 if (high - low).denominator == 1 and 10 <= high - low <= 10 * _STEPS else (high - low) / _STEPS
        yield int((high - low) / size), partial(appraisal, lambda step: low + size * step)
    elif seat.stage is not None:
        for last, make in _of_requirements(seat.stage):
            yield last, partial(appraisal, make)


def _of_requirements(stage: Stage) -> Iterator[tuple[int, Callable[[int], Mark]]]:
    """Requirements at two neighbouring levels, more and more of them, or of their weight, at the better one."""
    levels = sorted((level for level, _ in stage.points), reverse=True)
    fewest, most = fewest_requirements(stage), most_requirements(stage)
    if not stage.weighted:
        for count in range(fewest, min(_MOST_REQUIREMENTS, most or _MOST_REQUIREMENTS) + 1):
            for better, worse in pairwise(levels):
                yield count, partial(_so_many, stage, (better, worse), count)
        return
    total, _ = requirement_weights(stage)
    count = max(fewest, 2)
    if total is None or total.denominator != 1 or total <= count or (most is not None and most < count):
        return
    for better, worse in pairwise(levels):
        yield int(total) - count, partial(_so_much, stage, (better, worse), (count, total))


def _so_many(stage: Stage, levels: tuple[int, int], count: int, step: int) -> Mark:
    return requirements(stage, (levels[0],) * step + (levels[1],) * (count - step), None)


def _so_much(stage: Stage, levels: tuple[int, int], size: tuple[int, Fraction], step: int) -> Mark:
    """All requirements but the last at the better level; the first of them carries more with each step."""
    count, total = size
    weights = [Fraction(1)] * count
    weights[0] += step
    weights[-1] = total - sum(weights[:-1])
    return requirements(stage, (levels[0],) * (count - 1) + (levels[1],), weights)


def _by_weight(plan: Plan, marks: list[Mark]) -> Iterator[Row]:
    """More and more weight on the elements at the best of the levels given, as far as the limits let it."""
    total, ratings = plan.total, [mark for mark in marks if isinstance(mark, Fraction)]
    if total is None or len(ratings) < len(marks):
        return
    points = [Fraction(rating == max(ratings)) for rating in ratings]
    if min(ratings) == max(ratings):
        yield 0, lambda _step: plan.appraisal(marks, plan.weights())
        return
    unit = 1 if plan.whole else 10
    effort = SearchEffort(_EFFORT)

    def weights(least: int, most: int | None = None) -> tuple[Fraction, ...] | None:
        target = Interval(Fraction(least, unit), True, None if most is None else Fraction(most, unit), True)
        return weights_reaching(points, plan.boxes, total, target, ((unit,), effort))

    if weights(0) is None:
        return
    ends = int(total * unit)
    low = _last(ends, lambda step: weights(0, ends - step) is not None)
    high = _last(ends, lambda step: weights(step) is not None)

    def appraisal(step: int) -> Appraisal | None:
        found = weights(ends - low + step, ends - low + step)
        return None if found is None else plan.appraisal(marks, found)

    yield high - (ends - low), appraisal


def _last(most: int, holds: Callable[[int], bool]) -> int:
    """The last of 0 to `most` that something holds for; it holds for 0, and up to some number."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
