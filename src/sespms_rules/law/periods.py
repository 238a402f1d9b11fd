"""Which edition of each rule counts: one answer for the text of a system and for the records of a period.

An edition says in its head to which periods it applies, by the day they start or by the day they end. One that says
neither applies to the periods whose last day it is in force on. Where only a day is known, it is the edition in
force on that day. `check`, `baseline list --period` and all that read records ask here and nowhere else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sespms_rules.checks.analysis import (
    JudgedDays,
    Period,
    chosen,
)
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, Stated
from sespms_rules.language.syntax.baselines import AppliesToEnding, AppliesToStarting, InForce

__all__ = ["Applying", "Period", "applying", "days_of", "edition_for", "in_force", "on_day", "period", "why_it_applies"]

_LAST_DAY = datetime.date.max
_FIRST_DAY = datetime.date.min


def period(start: datetime.date, end: datetime.date) -> Period:
    """The period between two days. Raises ValueError where it ends before it starts."""
    if end < start:
        raise ValueError(f"the period ends on {end}, before it starts on {start}")
    return Period(start, end)


def judged_by_record(on_record: Period) -> JudgedDays:
    """By which days a year on record is judged: its period decides."""
    return JudgedDays(on_record.end, on_record, "the period on record")


class Applying(Frozen):
    """An edition that counts, and why it is this one."""

    edition: Baseline
    why: str


def days_of(sentences: Iterable[Stated]) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day in force that some sentences state."""
    stated = chosen(sentences, InForce)
    return (stated[0].first.value, stated[0].last.value if stated[0].last else None) if stated else (None, None)


def in_force(sentences: Iterable[Stated], day: datetime.date | None) -> bool:
    """Whether they are in force on a day; with no day, whether they have no last day."""
    first, last = days_of(sentences)
    if day is None:
        return last is None
    return (first or _FIRST_DAY) <= day <= (last or _LAST_DAY)


def on_day(of_name: Iterable[Baseline], day: datetime.date | None) -> Baseline | None:
    """The edition in force on a day: of several the one that came into force last; with no day, the newest."""
    every = list(of_name)
    fitting = [each for each in every if in_force(each.head.sentences, day)]
    if not fitting and day is None:
        fitting = every
    return max(fitting, key=_first_day, default=None)


def why_it_applies(edition: Baseline, period: Period) -> str:
    """Why an edition applies to a period, in words; empty where it does not.

    An edition that is no longer in force on the first day applies to no period, whatever its head says.
    """
    head = edition.head.sentences
    _, last = days_of(head)
    if last is not None and last < period.start:
        return ""
    for starting in chosen(head, AppliesToStarting):
        applies = period.start >= starting.day.value
        return f"it applies to periods that start from {starting.day.value}" if applies else ""
    for ending in chosen(head, AppliesToEnding):
        return f"it applies to periods that end from {ending.day.value}" if period.end >= ending.day.value else ""
    return "it is in force on the last day of the period" if in_force(head, period.end) else ""


def edition_for(of_name: tuple[Baseline, ...], days: JudgedDays) -> Applying | None:
    """The edition of one baseline that counts; of several the one that came into force last.

    Where none of them applies to a period, the one in force on its first day is left standing: a rule that ended
    while the period ran still governs it until another does.
    """
    if days.period is None:
        found = on_day(of_name, days.day)
        return None if found is None else Applying(found, days.why)
    for edition in sorted(of_name, key=_first_day, reverse=True):
        why = why_it_applies(edition, days.period)
        if why:
            return Applying(edition, why)
    ended = [each for each in of_name if days_of(each.head.sentences)[1] is not None]
    left = on_day(ended, days.period.start)
    return (
        None if left is None else Applying(left, "it is in force on the first day of the period, and none follows it")
    )


def applying(editions: Iterable[Baseline], period: Period) -> tuple[Applying, ...]:
    """The edition of each baseline that counts for a period, in the order of the baselines."""
    every = tuple(editions)
    days = JudgedDays(period.end, period, "")
    names = dict.fromkeys(each.name for each in every)
    found = (edition_for(tuple(each for each in every if each.name == name), days) for name in names)
    return tuple(each for each in found if each is not None)


def _first_day(edition: Baseline) -> datetime.date:
    return days_of(edition.head.sentences)[0] or _FIRST_DAY
