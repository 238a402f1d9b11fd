"""A period that begins or ends on a day that most years do not have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import everywhere
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.line_edits import if_chosen, instead
from sespms_rules.language.model import System
from sespms_rules.language.syntax.planning import MonthDay
from sespms_rules.language.syntax.words import Month

FINDING = warning("SES237", "leap-day")


def check(system: System) -> Iterator[Diagnostic]:
    """Find February 29 as a day of every year; days that no year has are found where the text is read."""
    for day in everywhere(system, MonthDay):
        if day.month is Month.FEBRUARY and day.day.value == 29:
            yield FINDING.at(
                day.span,
                "`February 29` comes only in leap years, so in most years the period would not begin or end",
                help="write `February 28` or `March 1`",
                fixes=tuple(if_chosen(instead(day.span, words)) for words in ("February 28", "March 1")),
            )
