"""Ratings of record with the names and codes of EHRI's elements, and the published edits on them enforced.

The delimiter, the form of dates and the numbers of these elements in the feed were not seen, so this is a table with
their names and no feed. Sources: OPM's data standards 1536 (level) and 1537 (pattern); edits 470 to 472.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from sespms_rules.foundation.request import RequestError
from sespms_rules.language.model import System
from sespms_rules.records.exports.rated import Rated
from sespms_rules.rosters.files import safe_cell

EHRI_COLUMNS: Final = (
    "id",
    "Pay Plan",
    "Rating of Record (Level)",
    "Rating of Record (Pattern)",
    "Rating of Record Period Start Date",
    "Rating of Record Period End Date",
)
_PAY_PLAN: Final = "ES"
_PATTERNS: Final = {
    "A": (1, 3),
    "B": (1, 3, 5),
    "C": (1, 3, 4),
    "D": (1, 2, 3),
    "E": (1, 3, 4, 5),
    "F": (1, 2, 3, 5),
    "G": (1, 2, 3, 4),
    "H": (1, 2, 3, 4, 5),
}
_NOT_FOR_EXECUTIVES: Final = ("A", "B", "C", "E")
_NOT_RATED: Final = "X"
_MONTHS: Final = 60


def pattern_of(system: System) -> str:
    """The letter for the levels of a system. Raises RequestError where there is none, or none for pay plan ES."""
    levels = tuple(sorted(each.number for each in system.levels))
    pattern = next((letter for letter, held in _PATTERNS.items() if held == levels), None)
    if pattern is None:
        raise RequestError(f"no pattern of EHRI has the levels {', '.join(map(str, levels))} of `{system.name}`")
    if pattern in _NOT_FOR_EXECUTIVES:
        raise RequestError(
            f"the levels of `{system.name}` are pattern {pattern}, which edit 471.03 bars for pay plan ES"
        )
    return pattern


def ehri_rows(rated: Iterable[Rated], pattern: str, effective: datetime.date) -> Iterator[tuple[str, ...]]:
    """A row for each executive; one without a rating has level X and no period (edit 472.03).

    `effective` is the day of the personnel action. Raises RequestError for what an edit bars.
    """
    earliest = _months_before(effective)
    for each in rated:
        start, end = each.period
        if each.level is None:
            yield (safe_cell(each.executive), _PAY_PLAN, _NOT_RATED, pattern, "", "")
            continue
        if each.level not in _PATTERNS[pattern]:
            says = f"`{each.executive}` has level {each.level}, which pattern {pattern} does not hold"
            raise RequestError(f"{says} (edits 470.03 to 470.10)")
        if not earliest <= start <= end <= effective:
            says = f"the period of `{each.executive}`, {start} to {end}, does not lie in the {_MONTHS} months"
            raise RequestError(f"{says} before {effective} (edit 472.04)")
        yield (safe_cell(each.executive), _PAY_PLAN, str(each.level), pattern, start.isoformat(), end.isoformat())


def _months_before(day: datetime.date) -> datetime.date:
    """The same day so many months earlier; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - _MONTHS // 12)
    except ValueError:
        return day.replace(year=day.year - _MONTHS // 12, day=28)
