"""Phrases of the language as the obligations' form has them: moments, lengths of time, levels, numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.limits import (
    After,
    Allowing,
    AtLeastAfter,
    AtLeastBefore,
    AtLevel,
    AtOrBetter,
    Before,
    BelowLevel,
    By,
    Event,
    LevelWord,
    Limit,
    Place,
    Timing,
    Within,
    level_number,
    limit_ends,
)
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.record_words import Count
from sespms_rules.language.syntax.words import (
    EventWord,
    PartKind,
    Unit,
)
from sespms_rules.records.obligations.form import (
    Gap,
    Ground,
    Marker,
    NotWithin,
    Picked,
    Precedence,
    Precedes,
    Response,
    Shape,
    Spaced,
)
from sespms_rules.records.vocabulary import BY_CHOICE

DAYS_OF_A_CASE: Final = frozenset(
    {
        EventWord.PERIOD_START.value,
        EventWord.PERIOD_END.value,
        EventWord.APPOINTMENT.value,
        EventWord.SEPARATION.value,
    }
)
"""Events that are days of the case itself and no acts."""

BOARD_SERVICE: Final = EventWord.BOARD_SERVICE.value
EFFECTIVE_DAY: Final = EventWord.EFFECTIVE_DAY.value
HIGHEST: Final = 99

_KINDS_COUNTED: Final = {Count.PERFORMANCE_PLAN: "plan"}


class NotLowered(Frozen):
    """A sentence about what is done in a year that no record is judged by, and why."""

    sentence: str
    text: str
    citation: str
    why: str


def own_ground(kind: PartKind, stated: Stated, system: System) -> Ground:
    """The ground that a sentence of the policy itself gives: it counts, whatever authority it names."""
    words = f"{kind.value}: {stated.origin.span.words}"
    return Ground(words, system.name, stated.origin.authority or "", confirmed=True)


def kind_counted(count: Count) -> str:
    """The act that a count speaks of."""
    return _KINDS_COUNTED.get(count, count.value)


def marker(event: Event) -> Marker:
    """An event as a marker: a day of the case, or the acts of a kind."""
    return Marker(event.value, event.value in DAYS_OF_A_CASE)


def gap(number: Number, unit: Unit) -> Gap | None:
    """A length of time; None for one that is no whole number."""
    return span_of(int(number.value), unit) if number.value.denominator == 1 else None


def span_of(number: int, unit: Unit) -> Gap:
    """A length of so many days, months or years."""
    names: dict[Unit, Literal["day", "month", "year"]] = {Unit.DAY: "day", Unit.MONTH: "month", Unit.YEAR: "year"}
    return Gap(number, names[unit])


def picked(kind: str, place: Place | None) -> Picked | None:
    """Acts of a kind at a place among the levels; None for a place that names no level."""
    match place:
        case None:
            return Picked(kind)
        case AtLevel(level=level):
            number = level_number(level)
            return None if number is None else Picked(kind, number, number)
        case AtOrBetter(level=level):
            number = level_number(level)
            return None if number is None else Picked(kind, number, HIGHEST)
        case BelowLevel(level=level):
            return below(kind, level)
    return None


def below(kind: str, level: LevelWord) -> Picked | None:
    """Acts of a kind below a level."""
    number = level_number(level)
    return None if number is None else Picked(kind, 1, number - 1)


def ends(limit: Limit) -> tuple[int | None, int | None]:
    """The ends of a limit as whole numbers: the least that is enough, the most that is allowed."""
    low, high = limit_ends(limit)
    return (None if low is None else -int(-low // 1)), (None if high is None else int(high // 1))


def exact_ends(limit: Limit) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a limit as they are written."""
    return limit_ends(limit)


def of_timing(what: Picked, timing: Timing, *, due: bool) -> Shape | None:
    """What a moment asks of acts of a kind; None where the form has no shape for it.

    With `due` a time within which an act is to be taken also asks for the act; without it only for its moment.
    """
    other = marker(timing.event)
    optional = other.name in BY_CHOICE
    match timing:
        case After():
            return Precedence(what, other, optional=optional)
        case Before():
            return Precedes(what, other)
        case By():
            return Precedes(what, other, same_day=True)
        case AtLeastAfter(number=number, unit=unit):
            length = gap(number, unit)
            if length is not None and other.name == what.kind:
                return Spaced(what, length)
            return None if length is None else Precedence(what, other, length)
        case AtLeastBefore(number=number, unit=unit):
            length = gap(number, unit)
            return None if length is None else Precedes(what, other, length)
        case Within(number=number, unit=unit):
            length = gap(number, unit)
            return None if length is None or not due else Response(what, other, length)
        case Allowing():
            return None


def barred_time(what: Picked, timing: Timing, unless: Picked | None = None) -> Shape | None:
    """What `must not come within …` asks, but after one of `unless`; None for another moment."""
    if isinstance(timing, Within) and (length := gap(timing.number, timing.unit)) is not None:
        return NotWithin(what, marker(timing.event), length, unless)
    return None
