"""A certification for pay of more than two years."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Certified
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES241", "certified-too-long", "5 USC 5307(d)(3)(B)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a certification that lasts beyond 24 months, its first day counted."""
    for sentence in under(system, PartKind.SYSTEM, Certified):
        first, last = sentence.first, sentence.last
        if not isinstance(first, Day) or not isinstance(last, Day):
            continue
        limit = _last_day(first.value)
        if limit is not None and last.value > limit:
            yield FINDING.at(
                last.span,
                f"a certification from `{first.value}` lasts to `{limit}` at the latest, which is 24 months; "
                f"this one ends on `{last.value}`",
                help="state the days of the certification itself; OPM may extend one by at most 6 months, "
                "and that is no part of it",
            )


def _last_day(first: datetime.date) -> datetime.date | None:
    """The last day of 24 months that begin with `first`; None beyond the calendar."""
    if first.year + 2 > datetime.MAXYEAR:
        return None
    leap_day = (first.month, first.day) == (2, 29)
    start_again = datetime.date(first.year + 2, 3, 1) if leap_day else first.replace(year=first.year + 2)
    return start_again - datetime.timedelta(days=1)
