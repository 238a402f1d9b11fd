"""Editions of baselines as people name them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.language.model import Baseline
from sespms_rules.language.resolution import Library
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.editions import days_of, file_of, named, on_day


def edition_named(law: Library, name: str, day: datetime.date | None) -> Baseline:
    """The edition of a name among the texts the reader trusts.

    It is a baseline's name (with `day`, or the newest), or the name of an edition's file.

    `NAME as of DATE` names a day too.

    Raises RequestError, which offers the nearest name.
    """
    name, day = with_day(name, day)
    editions = every_edition(law)
    of_name = named(editions, name)
    if not of_name:
        names = list(dict.fromkeys(each.name for each in editions))
        near = nearest_name(name, [*names, *(file_of(each) for each in editions)])
        listed = "`sespms baseline list` names those there are"
        raise RequestError(f"there is no baseline `{name}`; {did_you_mean(near, listed)}")
    found = on_day(of_name, day) if day is not None or len(of_name) > 1 else of_name[0]
    if found is None:
        raise RequestError(f"no edition of `{name}` is in force on {day}; there are {_days(of_name)}")
    return found


def with_day(name: str, day: datetime.date | None) -> tuple[str, datetime.date | None]:
    """Part the day from a name such as `5 CFR part 430, subpart C as of 2015-10-26`."""
    plain, found, written = name.rpartition(" as of ")
    if not found:
        return name, day
    try:
        return plain, datetime.date.fromisoformat(written.strip())
    except ValueError:
        raise RequestError(f"`{written}` is no day; write it like `2025-10-15`") from None


def _days(editions: Sequence[Baseline]) -> str:
    return ", ".join(f"one from {first}{f' to {last}' if last else ''}" for first, last in _ends(editions))


def _ends(editions: Sequence[Baseline]) -> list[tuple[datetime.date | None, datetime.date | None]]:
    return [days_of(each.head.sentences) for each in editions]
