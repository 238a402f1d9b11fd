"""What a case holds of what a shape asks: the events it means, and whether there is any of which it asks something."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, singledispatch
from typing import Any

from sespms_rules.records.obligations.form import (
    Case,
    Chain,
    Covered,
    Event,
    Existence,
    Marker,
    PartsTested,
    Picked,
    Precedes,
    Response,
    RunsBetween,
    Shape,
    Sitting,
)


def meant(case: Case, what: Picked) -> list[Event]:
    """The events that are meant, in order."""
    return [each for each in case.of(what.kind) if what.fits(each)]


def others(case: Case, marker: Marker) -> list[tuple[int, int]]:
    """Day and order of each thing that a marker names; a named day comes before all events of it."""
    if marker.is_day:
        day = case.days.get(marker.name)
        return [] if day is None else [(day, -1)]
    return [(each.day, each.order) for each in case.of(marker.name)]


def triggers(shape: Chain, case: Case, *, over_years: bool = False) -> list[Event]:
    """The events after which others must follow: each that is meant, or each that is the second within the years.

    With `over_years` single events of earlier cases count too; what followed them may stand in other records.
    """
    events = [each for each in case.timeline(shape.what.kind) if shape.what.fits(each)]
    if shape.years is None:
        return events if over_years else meant(case, shape.what)
    return [each for each in events if any(one.order < each.order and _near(one, each, shape.years) for one in events)]


def _near(first: Event, second: Event, years: int) -> bool:
    """Whether the rating years of two events lie within so many years in a row."""
    return first.year is not None and second.year is not None and abs(second.year - first.year) < years


def untold(sitting: Sitting | None) -> str:
    """Why it cannot be told who sat, as a clause; empty where it can. None is of an act that names no sitting."""
    if sitting is None:
        return "no session of the board is named"
    if not sitting.members:
        return f"no member of session `{sitting.name}` is on record"
    if not sitting.unread:
        return ""
    of = f"of session `{sitting.name}` cannot be read, or"
    return f"1 row {of} names nobody" if sitting.unread == 1 else f"{sitting.unread} rows {of} name nobody"


def has_matter(shape: Shape, case: Case) -> bool:
    """Whether a case holds anything that a shape asks of: who has no award does not keep a limit on awards either."""
    return _asking(type(shape))(shape, case)


@singledispatch
def _is_asked(shape: Any, case: Case) -> bool:
    """Of a shape that tests what it speaks of: whether there is any."""
    what: Picked = shape.what
    return what.kind in case.events and any(map(what.fits, case.events[what.kind]))


@cache
def _asking(kind: type[Shape]) -> Callable[[Shape, Case], bool]:
    """What a kind of shape asks of. It is asked for each of the shapes of a policy in each case."""
    return _is_asked.dispatch(kind)


@_is_asked.register(Existence)
@_is_asked.register(RunsBetween)
def _always(_shape: Shape, _case: Case) -> bool:
    return True


@_is_asked.register
def _response(shape: Response, case: Case) -> bool:
    return bool(others(case, shape.other))


@_is_asked.register
def _precedes(shape: Precedes, case: Case) -> bool:
    return bool(meant(case, shape.what) and others(case, shape.other))


@_is_asked.register
def _parts_tested(shape: PartsTested, case: Case) -> bool:
    return any(map(shape.what.fits, case.of_parts.get(shape.what.kind, ())))


@_is_asked.register
def _chain(shape: Chain, case: Case) -> bool:
    return bool(triggers(shape, case))


@_is_asked.register
def _covered(shape: Covered, case: Case) -> bool:
    return bool(case.of(shape.other))
