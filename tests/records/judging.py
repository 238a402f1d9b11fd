"""Judging records in tests by OPM's basic system and the law of fiscal year 2026, read once."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.periods import period
from sespms_rules.law.record_duties import distribution_asked, record_duties
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.records.cycle import Cycle, judged
from sespms_rules.records.duties import Duties, duties_of
from sespms_rules.records.obligations import Evaluator
from sespms_rules.records.reading import ExecutiveYear, read_year

OPM = policy_path("agencies/opm_basic.sespms")
AFTER_THE_YEAR = datetime.date(2027, 1, 31)


@cache
def opm() -> Compilation:
    """OPM's basic system with what the law adds."""
    return compile_source(Source(str(OPM), OPM.read_text(encoding="utf-8")), FolderLibrary())


@cache
def opm_following(edition: str) -> Compilation:
    """OPM's basic system, saying that it follows an edition besides."""
    text = OPM.read_text(encoding="utf-8").replace("  follows ", f'  follows "{edition}"\n  follows ', 1)
    return compile_source(Source(str(OPM), text), FolderLibrary())


@cache
def duties_of_opm(start: str = "2025-10-01", end: str = "2026-09-30") -> Duties:
    """Its duties and those of the law in a period."""
    (system,) = opm().policy.systems
    days = period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))
    editions = every_edition(FolderLibrary())
    return duties_of(system, record_duties(system, editions, days), distribution_asked(system, editions, days))


def judged_by_opm(records: Path, day: datetime.date = AFTER_THE_YEAR) -> Cycle:
    """Judge records as of a day by both evaluators."""
    (program,) = opm().programs.values()

    def of_period(year: ExecutiveYear) -> Duties:
        return duties_of_opm(*(each.isoformat() for each in year.period))

    with Evaluator() as evaluator:
        return judged(read_year(records), of_period, lambda _year: program, day, evaluator)
