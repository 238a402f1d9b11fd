"""A policy, its law and a register -> until when records are kept, and the destruction of those whose time is over."""

from __future__ import annotations

import datetime

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.resolution import Library
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.keeping_rules import keeping_rules
from sespms_rules.law.periods import period
from sespms_rules.pipeline import Compilation
from sespms_rules.records.cycle import case_of
from sespms_rules.records.keeping import RECORD, Retention, held_records, retained
from sespms_rules.records.reading import read_year
from sespms_rules.register import Register, Which
from sespms_rules.studies.cycle import system_named


def retained_in(
    compilation: Compilation, register: Register, series: str, law: Library, day: datetime.date
) -> tuple[Retention, ...]:
    """For each executive of a series until when the records are kept, as of a day; acts after it start no time.

    Raises RequestError for a policy that holds several systems, RegisterError for what does not open.
    """
    system = system_named(compilation, None)
    editions = every_edition(law)
    _, tables = held_records(register, series)
    year = read_year(tables)
    found = retained(
        year,
        lambda each: keeping_rules(system, editions, period(*each.period)),
        lambda each: case_of(each, year, None, day),
    )
    return tuple(found)


def destroyed_in(
    compilation: Compilation,
    register: Register,
    which: tuple[str, str],
    law: Library,
    how: tuple[datetime.date, str, str],
) -> int:
    """Destroy the records of an executive in a series (`which`) and return how many entries that were.

    `how` is the day, by whom and why. Every entry about the executive goes, those that another took the place of too.
    Raises RequestError where the records are still kept, or there are none.
    """
    (series, executive), (day, by, because) = which, how
    of_all = retained_in(compilation, register, series, law, day)
    found = next((each for each in of_all if as_one_id(each.executive) == as_one_id(executive)), None)
    if found is None:
        raise RequestError(f"`{series}` holds no records of an executive `{executive}`")
    if not found.may_go(day):
        until = "their time cannot be told" if found.until is None else f"they are kept until {found.until}"
        raise RequestError(f"the records of `{executive}` may not be destroyed: {until} ({found.why})")
    numbers = [
        stored.entry.number
        for stored in register.entries(Which(series=series, kind=RECORD))
        if stored.wrapped is not None and as_one_id(stored.entry.subject) == as_one_id(executive)
    ]
    register.destroy(numbers, by, because)
    return len(numbers)
