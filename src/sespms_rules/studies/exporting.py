"""A year on record -> what is exported of it: only records without a fault, and every one that is left out is told."""

from __future__ import annotations

import datetime
from pathlib import Path

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.values import Frozen
from sespms_rules.records.cycle import annual_ratings_unlike_law
from sespms_rules.records.exports import Award, Rated, awards_of, rated_in
from sespms_rules.records.findings import RecordFinding
from sespms_rules.records.reading import ReadTables, Year, read_tables, read_year


class Exportable(Frozen):
    """What a year holds for other systems as of a day, and what is wrong with it.

    Where `has_errors` nothing may be exported: a sum or a rating that is set aside would be missing without a word.
    `unjudged` are executives without a period. `last` is the day of which it is told, and
    `rated_later` the days of the annual ratings of those who are rated only after it. `of_nothing` counts awards of $0,
    which are not among the awards.
    """

    tables: ReadTables
    year: Year
    rated: tuple[Rated, ...]
    awards: tuple[Award, ...]
    findings: tuple[RecordFinding, ...]
    last: datetime.date
    rated_later: tuple[datetime.date, ...]
    of_nothing: int

    @property
    def has_errors(self) -> bool:
        """Whether any record has a fault."""
        return any(each.severity is Severity.ERROR for each in self.findings)


def exportable(records: Path | ReadTables, first: datetime.date, last: datetime.date) -> Exportable:
    """Read a year for export: ratings as of `last`, awards given from `first` to `last`.

    Raises UnreadableFileError for what cannot be read at all.
    """
    tables = read_tables(records) if isinstance(records, Path) else records
    year = read_year(tables, last)
    awards, wrong, of_nothing = awards_of(year, first, last)
    rated = tuple(rated_in(year, last))
    ever = rated_in(year, datetime.date.max)
    later = tuple(then.day for now, then in zip(rated, ever, strict=True) if now.day is None and then.day is not None)
    unlike = (found for each in year.years for found in annual_ratings_unlike_law(each, last))
    return Exportable(tables, year, rated, awards, (*year.findings, *wrong, *unlike), last, later, of_nothing)
