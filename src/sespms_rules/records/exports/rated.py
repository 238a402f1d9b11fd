"""A year on record -> for each executive the annual rating of the period, as of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import Act
from sespms_rules.records.reading import ExecutiveYear, Year

_ANNUAL = Act.ANNUAL_RATING.value


class Rated(Frozen):
    """An executive and the annual rating of the period; `level` and `day` are None where none is on record."""

    executive: str
    appointment: str
    unit: str
    period: tuple[datetime.date, datetime.date]
    level: int | None
    day: datetime.date | None
    basic_pay: Fraction | None
    entered: datetime.date | None


def rated_in(year: Year, day: datetime.date) -> Iterator[Rated]:
    """The executives of a year in order; a rating that was given after the day is not on record yet."""
    for each in year.years:
        who = each.executive
        found = _annual(each, day)
        level, given = (None, None) if found is None else found
        yield Rated(who.id, who.appointment, who.unit, each.period, level, given, who.basic_pay, who.entered)


def _annual(year: ExecutiveYear, day: datetime.date) -> tuple[int, datetime.date] | None:
    own = (None, year.period[1])
    for each in reversed(year.acts):
        act = each.act
        if act.act == _ANNUAL and not act.about and act.period_end in own and act.day <= day and act.level is not None:
            return act.level, act.day
    return None
