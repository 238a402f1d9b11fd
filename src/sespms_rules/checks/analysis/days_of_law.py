"""By which days a system's text is judged: of the days it is meant to be used, the first appraisal period.

A text is meant to be used from its effective day, or from the day of the edition it says it follows where that is
later, or of its approval. A reader may name a day instead. See docs/decisions/0052-which-day.md.
"""

from __future__ import annotations

import datetime

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.planning import MonthDay, Runs
from sespms_rules.language.syntax.system import Approved, Effective, Follows, Submitted
from sespms_rules.language.syntax.words import Month, PartKind


class Period(Frozen):
    """An appraisal period, both days included."""

    start: datetime.date
    end: datetime.date

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


class JudgedDays(Frozen):
    """What decides which edition of each rule a text is judged by, and why.

    Where `period` is known it decides and `day` is its last day; else `day` decides; with neither it is the newest
    text. `named` is true where a reader chose the day, `rests_on_follows` where the system states no effective day and
    only the edition it follows tells one.
    """

    day: datetime.date | None
    period: Period | None
    why: str
    named: bool = False
    rests_on_follows: bool = False


def effective_day(system: System) -> datetime.date | None:
    """The first day of a system's text; None where it states none."""
    stated = [each.day.value for each in under(system, PartKind.SYSTEM, Effective) if isinstance(each.day, Day)]
    return stated[0] if stated else None


def used_from(system: System, day: datetime.date | None) -> System:
    """A system's text that is used from a later day than its own effective day; as it is where the day is not later."""
    own = effective_day(system)
    if day is None or own is None or day <= own:
        return system
    said = tuple(
        replace(each, sentence=replace(each.sentence, day=Day(day, span=each.sentence.day.span)))
        if isinstance(each.sentence, Effective)
        else each
        for each in system.head.sentences
    )
    return replace(system, head=replace(system.head, sentences=said))


def _at_opm(system: System) -> tuple[datetime.date, str] | None:
    """The day on which a text says OPM approved it, else that on which it went there, and which it is; else None."""
    approved = [each.day.value for each in under(system, PartKind.SYSTEM, Approved) if isinstance(each.day, Day)]
    submitted = [each.day.value for each in under(system, PartKind.SYSTEM, Submitted) if isinstance(each.day, Day)]
    if approved:
        return max(approved), "the day OPM approved it, before which it was not in use"
    return (max(submitted), "the day it went to OPM, before which it was not in use") if submitted else None


def judged_days(system: System, as_of: datetime.date | None = None) -> JudgedDays:
    """By which days a system is judged; `as_of` is the day that a reader names."""
    if as_of is not None:
        return JudgedDays(as_of, None, "the day was named", named=True)
    begins = effective_day(system)
    undated = begins is None
    why = "the effective day of the system"
    named = [each.as_of.value for each in under(system, PartKind.SYSTEM, Follows) if isinstance(each.as_of, Day)]
    if named and (begins is None or max(named) > begins):
        begins, why = max(named), "the day of the edition that the system follows"
    at_opm = _at_opm(system)
    if begins is not None and at_opm is not None and at_opm[0] > begins:
        begins, why = at_opm
    if begins is None:
        return JudgedDays(None, None, "the newest, because the system states no day")
    period = period_around(system, begins)
    if period is None:
        return JudgedDays(begins, None, why, rests_on_follows=undated)
    why = f"the first that ends on or after {why}"
    return JudgedDays(period.end, period, why, rests_on_follows=undated)


def period_around(system: System, day: datetime.date) -> Period | None:
    """The first appraisal period of a system that ends on or after a day; None where it does not state its days."""
    stated = [each for each in under(system, PartKind.PERIOD, Runs) if isinstance(each.last, MonthDay)]
    if not stated or not isinstance(stated[0].first, MonthDay) or not isinstance(stated[0].last, MonthDay):
        return None
    first, last = stated[0].first, stated[0].last
    for year in range(day.year, min(day.year + 2, datetime.MAXYEAR + 1)):
        end = _in_year(last, year)
        if end is None or end < day:
            continue
        start = next((each for each in (_in_year(first, year), _in_year(first, year - 1)) if each and each < end), None)
        return Period(start, end) if start else None
    return None


def _last_of(year: int, month: int) -> int:
    """The last day of a month."""
    return 31 if month == 12 else (datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)).day


def _in_year(stated: MonthDay, year: int) -> datetime.date | None:
    """A day of the year as a date; February 29 is the last day of February; None for a day that no year has."""
    month = list(Month).index(stated.month) + 1
    number = stated.day.value
    if year < datetime.MINYEAR or number.denominator != 1 or not 1 <= number <= _last_of(2000, month):
        return None
    return datetime.date(year, month, min(int(number), _last_of(year, month)))
