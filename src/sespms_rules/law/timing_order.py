"""The order *moment*: every moment the system allows is one that is asked for, given the order of steps it states.

A timing says how far two events lie apart at least: `after guidelines` puts an act behind the guidelines, `within
30 days after period end` puts it no earlier than the end and no later than 30 days behind. What a system states
is a graph of such distances; what is asked holds when a path through the graph says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
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
from sespms_rules.law.orders import at_least_as_long, length, same

PUBLICATION = "publication of the board's members"
COPY = "copy of the record"
Point = Event | str
_ZERO = Fraction(0)


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
    found = [Distance(EventWord.PERIOD_START, EventWord.PERIOD_END, _ZERO, _ZERO, strictly=True)]
    for kind in (PartKind.STEPS, PartKind.PLAN, PartKind.BOARD):
        for each in system.sentences(kind):
            match each.sentence:
                case Step(act=act, timings=timings) if timings is not None:
                    found += [one for timing in timings.parts for one in distances(act, timing)]
                case Communicated(timing=timing):
                    found += distances(Act.PLAN, timing)
                case BoardPublished(timing=timing):
                    found += distances(PUBLICATION, timing)
    return tuple(found)


def follows_from(stated: Iterable[Distance], asked: Distance) -> bool:
    """Whether some path of stated distances from the earlier to the later point is as long as what is asked."""
    known = tuple(stated)

    def reach(at: Point, days: Fraction, months: Fraction, strictly: bool, seen: frozenset[Point]) -> bool:
        if at == asked.later:
            enough = days >= asked.days and months >= asked.months
            longer = days > asked.days or months > asked.months
            return enough and (strictly or longer or not asked.strictly)
        return any(
            reach(each.later, days + each.days, months + each.months, strictly or each.strictly, seen | {each.later})
            for each in known
            if each.earlier == at and each.later not in seen
        )

    return reach(asked.earlier, _ZERO, _ZERO, False, frozenset({asked.earlier}))


def satisfies(system: System, point: Point, said: Iterable[Timing], asked: Timing) -> bool:
    """Whether the timings of one sentence, with the order of steps the system states, keep to the asked timing."""
    own = tuple(said)
    if any(same(each, asked) for each in own):
        return True
    known = (*stated_distances(system), *(one for timing in own for one in distances(point, timing)))
    if isinstance(asked, Allowing):
        given = (each for each in own if isinstance(each, Allowing))
        return any(_gives(each, asked, known) for each in given)
    return all(follows_from(known, each) for each in distances(point, asked))


def _gives(said: Allowing, asked: Allowing, known: Iterable[Distance]) -> bool:
    """The order *time given*; a clock that starts later gives no less."""
    enough = at_least_as_long((said.number.value, said.unit), (asked.number.value, asked.unit))
    if said.event == asked.event:
        return enough
    return enough and follows_from(known, Distance(asked.event, said.event, _ZERO, _ZERO, strictly=False))
