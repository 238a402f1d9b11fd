"""Appraisals in which one element is low, at as little weight as may be, and all others are as good as can be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.by_trial.trial_plans import Plan, Seat, alike
from sespms_rules.program.plans import WeightBox, fit
from sespms_rules.program.rating import Appraisal, Rated

Mark = Fraction | tuple[Rated, ...]
"""A level, a number on a scale, or requirements."""


def one_low(plan: Plan, level: int) -> Iterator[tuple[Seat, Appraisal]]:
    """One appraisal for each critical element that can be rated at a level; of those alike, one."""
    best = tuple(best_mark(seat) for seat in plan.seats)
    tried: set[object] = set()
    for place, seat in enumerate(plan.seats):
        kind = (seat.name,) if seat.named else seat.box
        weights = lightest(plan, place)
        if not seat.critical or kind in tried or level not in seat.levels or (plan.total is not None and not weights):
            continue
        tried.add(kind)
        marks = (*best[:place], Fraction(level), *best[place + 1 :])
        if None not in marks:
            yield seat, plan.appraisal([mark for mark in marks if mark is not None], weights)


def best_mark(seat: Seat) -> Mark | None:
    """The best that an element can get; None where no weights fit its requirements."""
    if seat.scale is not None:
        return seat.scale[1]
    return Fraction(seat.levels[0]) if seat.stage is None else alike(seat.stage, requirement_levels(seat)[-1])


def requirement_levels(seat: Seat) -> list[int]:
    """The levels of an element's requirements, lowest first."""
    return sorted(level for level, _ in seat.stage.points) if seat.stage else []


def lightest(plan: Plan, place: int) -> tuple[Fraction, ...] | None:
    """Weights with as little as may be on one element; where that cannot be, any that fit."""
    if plan.total is None:
        return None
    box = plan.boxes[place]
    least = max(box.low, Fraction(1))
    boxes = (*plan.boxes[:place], WeightBox(least, least, box.top), *plan.boxes[place + 1 :])
    return fit(plan.total, plan.whole, boxes) or plan.weights()
