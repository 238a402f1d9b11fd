"""Which edition the records of an appraisal period are judged by: the latest that applies to the period.

An edition says in its head to which periods it applies, by the day they start or by the day they end. One that says
neither applies to the periods whose first day it is in force on. This is another question than which edition the
text of a system is held to (`editions.py`): a period may have begun under the one and be closed under the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline
from sespms_rules.language.syntax.baselines import AppliesToEnding, AppliesToStarting
from sespms_rules.law.editions import days_of, in_force


class Period(Frozen):
    """An appraisal period, both days included."""

    start: datetime.date
    end: datetime.date


def period(start: datetime.date, end: datetime.date) -> Period:
    """The period between two days. Raises ValueError where it ends before it starts."""
    if end < start:
        raise ValueError(f"the period ends on {end}, before it starts on {start}")
    return Period(start, end)


class Applying(Frozen):
    """An edition that records of a period are judged by, and why it is this one."""

    edition: Baseline
    why: str


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
    return "it is in force on the first day of the period" if in_force(head, period.start) else ""


def applying(editions: Iterable[Baseline], period: Period) -> tuple[Applying, ...]:
    """The edition of each baseline that records of a period are judged by, in the order of the baselines.

    Of several editions of one baseline that apply it is the one that came into force last.
    """
    found: dict[str, Applying] = {}
    for edition in sorted(editions, key=lambda each: days_of(each.head.sentences)[0] or datetime.date.min):
        why = why_it_applies(edition, period)
        if why:
            found[edition.name] = Applying(edition, why)
    return tuple(found[name] for name in dict.fromkeys(each.name for each in editions) if name in found)
