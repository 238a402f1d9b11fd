"""A year on record judged by a policy and its law: which duties count for which period, and the answer of each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

from sespms_rules.checks.analysis import JudgedDays
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.resolution import Library
from sespms_rules.language.syntax.words import Act
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.periods import judged_by_record, period
from sespms_rules.law.record_duties import RecordDuty, binding_editions, distribution_asked, record_duties
from sespms_rules.pipeline import Compilation
from sespms_rules.records.consequences import (
    Consequence,
    RatingOnRecord,
    consequences_of,
    ratings_of,
    rows_unsure,
)
from sespms_rules.records.cycle import (
    AllAside,
    Cycle,
    case_of,
    judged,
    with_rating_without_level,
    without_strange_levels,
)
from sespms_rules.records.duties import Duties, duties_of
from sespms_rules.records.findings import RecordFinding, RecordPlace
from sespms_rules.records.obligations import Evaluator
from sespms_rules.records.reading import ExecutiveYear, ReadTables, RecordFile, Year, read_year

Tell = Callable[[int, int], None]


class RecordsBasis(Frozen):
    """What a judgement of records rests on: the system, the editions held against it, the files, and by which days."""

    system: System
    editions: tuple[Baseline, ...]
    files: tuple[RecordFile, ...]
    days: tuple[JudgedDays, ...]


class YearJudged(Frozen):
    """A judged year, whether durable-rules confirmed each judgement, and what a reader must know of that.

    `of_law` are the duties of the editions that count for its periods, and `basis` is what it all rests on.
    """

    cycle: Cycle
    confirmed: bool
    notice: str
    of_law: tuple[RecordDuty, ...]
    basis: RecordsBasis


def year_judged(
    compilation: Compilation,
    records: Path | ReadTables,
    law: Library,
    *,
    as_of: datetime.date,
    system: str | None = None,
    alone: bool = False,
    tell: Tell = lambda _done, _of: None,
) -> YearJudged:
    """Judge a folder, workbook or JSON file of records, or what a register gave, as of a day.

    `alone` leaves durable-rules out; `tell` is called with how many years were judged of how many. Raises
    UnreadableFileError for records that cannot be read at all, RequestError for a system that the policy does not
    hold, and EvaluatorsDisagreeError where the two evaluators differ.
    """
    chosen = system_named(compilation, system)
    program = compilation.programs.get(chosen.name)
    year = read_year(records, as_of)
    of_period = DutiesByPeriod(chosen, law)
    done = 0

    def duties(each: ExecutiveYear) -> Duties:
        nonlocal done
        done += 1
        tell(done, len(year.years))
        return of_period(each)

    with Evaluator(alone=alone) as evaluator:
        cycle = judged(year, duties, lambda _year: program, as_of, evaluator)
        notice = evaluator.notice
        if evaluator.unconfirmed:
            notice = f"{evaluator.unconfirmed} judgements hold numbers too large for durable-rules to confirm"
        basis = of_period.basis(year)
        return YearJudged(cycle, evaluator.is_confirmed, notice, tuple(of_period.of_law), basis)


class ExecutiveConsequences(Frozen):
    """What one executive's ratings lead to; `ratings` are all that are on record, oldest first.

    `unsure` are the rows that do not count and by which a rating or a consequence may be missing, each in a clause.
    """

    id: str
    appointment: str
    ratings: tuple[RatingOnRecord, ...]
    consequences: tuple[Consequence, ...]
    unsure: tuple[str, ...]


class YearConsequences(Frozen):
    """What the ratings of a year lead to, and what is wrong with its records: a rating set aside leads to nothing.

    `unjudged` are executives of whom nothing is worked out, each with what is wanting for it.
    """

    executives: tuple[ExecutiveConsequences, ...]
    findings: tuple[RecordFinding, ...]
    basis: RecordsBasis
    unjudged: Mapping[str, str]


def year_consequences(
    compilation: Compilation,
    records: Path | ReadTables,
    law: Library,
    *,
    as_of: datetime.date,
    system: str | None = None,
) -> YearConsequences:
    """What the ratings on record lead to, executive by executive, as of a day; raises as `year_judged` does."""
    chosen = system_named(compilation, system)
    year = read_year(records, as_of)
    duties = DutiesByPeriod(chosen, law)
    all_aside = AllAside(year)
    found: list[ExecutiveConsequences] = []
    told = list(year.findings)
    for each in year.years:
        executive, asked = each.executive, duties(each)
        own, amiss = without_strange_levels(each, asked.levels, as_of)
        told += amiss
        case = case_of(own, year, None, as_of)
        aside = with_rating_without_level(all_aside.of(executive.id), _without_level(own, as_of))
        led_to = (consequences_of(case, asked, chosen, aside), rows_unsure(case, asked, aside))
        found.append(ExecutiveConsequences(executive.id, executive.appointment, ratings_of(case), *led_to))
    return YearConsequences(tuple(found), tuple(told), duties.basis(year), year.unjudged)


def _without_level(year: ExecutiveYear, day: datetime.date) -> RecordPlace | None:
    """Where the first annual rating by a day stands that gives no level."""
    ratings = (each for each in year.acts if each.act.act == Act.ANNUAL_RATING.value and not each.act.about)
    return next((each.place for each in ratings if each.act.level is None and each.act.day <= day), None)


class DutiesByPeriod:
    """The duties that count for a year, made once for each period; `of_law` are those of law, of all periods so far."""

    def __init__(self, system: System, law: Library) -> None:
        self.of_law: list[RecordDuty] = []
        self._system = system
        self._editions = every_edition(law)
        self._known: dict[tuple[datetime.date, datetime.date], Duties] = {}

    def __call__(self, year: ExecutiveYear) -> Duties:
        """The duties that count for the period of a year."""
        if year.period not in self._known:
            days = period(*year.period)
            of_law = record_duties(self._system, self._editions, days)
            self.of_law += of_law
            of_all = distribution_asked(self._system, self._editions, days)
            self._known[year.period] = duties_of(self._system, of_law, of_all)
        return self._known[year.period]

    def basis(self, year: Year) -> RecordsBasis:
        """What a judgement of a year rests on: the editions that counted for one of its periods, by those periods."""
        periods = [period(*days) for days in self._known]
        met = (one for each in periods for one in binding_editions(self._system, self._editions, each))
        counting = tuple({id(one): one for one in met}.values())
        return RecordsBasis(self._system, counting, year.files, tuple(judged_by_record(each) for each in periods))


def system_named(compilation: Compilation, name: str | None) -> System:
    """The system of a policy that is named, or its only one; raises RequestError where it is not there or not clear."""
    systems = {each.name: each for each in compilation.policy.systems}
    if name is not None and name in systems:
        return systems[name]
    held = backticked(systems) if systems else "none"
    if name is not None:
        raise RequestError(f"the policy holds no system `{name}`; it holds {held}")
    if len(systems) != 1:
        raise RequestError(f"the policy holds {len(systems)} systems, {held}; name one with --system")
    return next(iter(systems.values()))
