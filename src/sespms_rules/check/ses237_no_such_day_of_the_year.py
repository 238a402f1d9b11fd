"""A day of the year that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.check.reading_sentences import number, sentences_of, within
from sespms_rules.diagnostic import Diagnostic, error
from sespms_rules.model import System
from sespms_rules.syntax.planning import MonthDay
from sespms_rules.syntax.words import Month

FINDING = error("SES237", "no-such-day-of-the-year")

_SHORT = {Month.APRIL: 30, Month.JUNE: 30, Month.SEPTEMBER: 30, Month.NOVEMBER: 30, Month.FEBRUARY: 28}


def check(system: System) -> Iterator[Diagnostic]:
    """Find days that are not in every year."""
    for _, sentence in sentences_of(system):
        for day in within(sentence, MonthDay):
            last = _SHORT.get(day.month, 31)
            if day.day.value.denominator == 1 and 1 <= day.day.value <= last:
                continue
            leap = day.month is Month.FEBRUARY and day.day.value == 29
            yield FINDING.at(
                day.span,
                f"`{day.month.value} {number(day.day.value)}` is not a day of every year"
                if leap
                else f"there is no `{day.month.value} {number(day.day.value)}`",
                help=f"{day.month.value} has the days 1 to {last}" + (" in most years" if leap else ""),
            )
