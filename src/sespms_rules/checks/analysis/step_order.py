"""The order of steps that a system states, as a graph of distances between moments, and whether it can be kept.

A timing says how far two events lie apart at least: `after guidelines` puts an act behind the guidelines, `within
30 days after period end` puts it no earlier than the end and no later than 30 days behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.durations import fewest_days, length
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.limits import (
    After,
    Allowing,
    AtLeastAfter,
    AtLeastBefore,
    Before,
    By,
    Event,
    Timing,
    Within,
)
from sespms_rules.language.syntax.planning import Communicated
from sespms_rules.language.syntax.steps import BoardPublished, Step
from sespms_rules.language.syntax.words import Act, EventWord, PartKind

PUBLICATION = "publication of the board's members"
COPY = "copy of the record"
Point = Event | str
_ZERO = Fraction(0)
_Weight = tuple[Fraction, int]


class Distance(Frozen):
    """`later` comes at least so many days and months behind `earlier`; `strictly` where not at the same moment."""

    earlier: Point
    later: Point
    days: Fraction
    months: Fraction
    strictly: bool


def distances(point: Point, timing: Timing) -> Iterator[Distance]:
    """What a timing says of the moment of `point`, as distances."""
    event = timing.event
    match timing:
        case After():
            yield Distance(event, point, _ZERO, _ZERO, strictly=True)
        case Before():
            yield Distance(point, event, _ZERO, _ZERO, strictly=True)
        case By():
            yield Distance(point, event, _ZERO, _ZERO, strictly=False)
        case AtLeastAfter(number=number, unit=unit):
            yield Distance(event, point, *length(number.value, unit), strictly=False)
        case AtLeastBefore(number=number, unit=unit):
            yield Distance(point, event, *length(number.value, unit), strictly=False)
        case Within(number=number, unit=unit):
            # It may be the same day, but it is behind the event in the order of steps.
            days, months = length(number.value, unit)
            yield Distance(event, point, _ZERO, _ZERO, strictly=True)
            yield Distance(point, event, -days, -months, strictly=False)
        case Allowing():
            # Time given to someone: the act itself follows the event, and may come before the time is over.
            yield Distance(event, point, _ZERO, _ZERO, strictly=True)


def stated_distances(system: System) -> tuple[Distance, ...]:
    """All that a system states about the order of its steps and the moments of its plan and its notices."""
    return tuple(distance for distance, _ in _stated(system))


def _stated(system: System) -> list[tuple[Distance, Stated | None]]:
    """The distances with the line that states each; none for what is so by itself."""
    found: list[tuple[Distance, Stated | None]] = [
        (Distance(EventWord.PERIOD_START, EventWord.PERIOD_END, _ZERO, _ZERO, strictly=True), None)
    ]
    for kind in (PartKind.STEPS, PartKind.PLAN, PartKind.BOARD):
        for each in system.sentences(kind):
            match each.sentence:
                case Step(act=act, timings=timings) if timings is not None:
                    found += [(one, each) for timing in timings.parts for one in distances(act, timing)]
                case Communicated(timing=timing):
                    found += [(one, each) for one in distances(Act.PLAN, timing)]
                case BoardPublished(timing=timing):
                    found += [(one, each) for one in distances(PUBLICATION, timing)]
    return found


# ---- an order that nobody can keep -----------------------------------------------------------------


@cache_by_identity(64)
def circle(system: System) -> tuple[Stated, ...]:
    """Lines that together put a step behind itself, in the order of the text; none where the order can be kept.

    Months are counted as the fewest days they can have, and as the most where they are the time within which.
    """
    edges = _stated(system)
    farthest: dict[Point, _Weight] = {point: (_ZERO, 0) for edge, _ in edges for point in (edge.earlier, edge.later)}
    came_by: dict[Point, int] = {}
    last: Point | None = None
    for _ in range(len(farthest) + 1):
        last = None
        for place, (edge, _) in enumerate(edges):
            days, strict = farthest[edge.earlier]
            reached = (days + fewest_days(edge.days, edge.months), strict + edge.strictly)
            if reached > farthest[edge.later]:
                farthest[edge.later] = reached
                came_by[edge.later] = place
                last = edge.later
        if last is None:
            return ()
    return _around(edges, came_by, last, len(farthest))


def _around(
    edges: list[tuple[Distance, Stated | None]], came_by: dict[Point, int], start: Point | None, points: int
) -> tuple[Stated, ...]:
    """The lines on the circle that is met going back from a point that still moves."""
    assert start is not None  # noqa: S101 - it still moved in the last round
    at = start
    for _ in range(points):
        at = edges[came_by[at]][0].earlier
    first, lines = at, []
    while True:
        edge, line = edges[came_by[at]]
        lines += [line] if line is not None and line not in lines else []
        at = edge.earlier
        if at == first:
            return tuple(sorted(lines, key=lambda each: each.origin.span.start))


def in_circle(system: System) -> frozenset[Point]:
    """The moments that the lines of a circle speak of; none where the order can be kept."""
    lines = circle(system)
    return frozenset(
        point for edge, line in _stated(system) if line in lines and line for point in (edge.earlier, edge.later)
    )


__all__ = ["COPY", "PUBLICATION", "Distance", "Point", "circle", "distances", "in_circle", "stated_distances"]
