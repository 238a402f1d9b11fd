"""A deadline on a day of the calendar -> the same counted from the day on which the file's period begins or ends."""

from __future__ import annotations

import datetime
import re

from sespms_rules.language.syntax.words import PartKind

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = rf"({'|'.join(_MONTHS)}) (\d{{1,2}})"
_RUNS = re.compile(rf"^\s+runs {_DAY} to {_DAY}\s*(?:#|$|under)", re.MULTILINE)
_BY = re.compile(
    rf"\b(?:is due )?(?:by|no later than|not later than|on or before) {_DAY}(?: of (?:each|the following) year)?"
)
_LAST = dict(zip(_MONTHS, (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
_END_OF_MONTH = re.compile(rf"\b(?:the )?end of ({'|'.join(each for each in _MONTHS if each != 'February')})\b")
_LONGEST = 200


def counted_from_period(written: str, part: PartKind, text: str) -> str:
    """The sentence with `by October 31` as days after the start of the period (of a plan) or after its end (of a step).

    It stays as it is where the file states no period, the day lies beyond some months, or leap years would change it.
    """
    written = _END_OF_MONTH.sub(lambda found: f"{found[1]} {_LAST[found[1]]}", written)
    named = _BY.search(written)
    period = None if named is None else _RUNS.search(text)
    if period is None or named is None:
        return written
    first = _on(period[1], period[2])
    from_start = part is PartKind.PLAN
    event = first if from_start else _on(period[3], period[4])
    day = _on(named[1], named[2])
    if event is None or day is None:
        return written
    apart = (day - event).days % 365
    leaps = event.month <= 2 < day.month or (day < event and not (event.month > 2 and day.month <= 2))
    if not 0 < apart <= _LONGEST or leaps:
        return written
    begin = "is communicated " if named[0].startswith("is due") else ""
    said = f"{begin}within {apart} days after period {'start' if from_start else 'end'}"
    return written[: named.start()] + said + written[named.end() :]


def _on(month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(2001, _MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None
