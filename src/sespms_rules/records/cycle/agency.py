"""The agency as a whole: limits over all annual ratings on record, and the pool of awards."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Stated
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.steps import CapWaiver
from sespms_rules.language.syntax.words import (
    Act,
    Coverage,
    EventWord,
    Reward,
)
from sespms_rules.program.rating import Outcome
from sespms_rules.records.cycle.uncounted import Uncounted
from sespms_rules.records.duties import Duties
from sespms_rules.records.obligations import Case, Event, State
from sespms_rules.records.obligations.form import Ground
from sespms_rules.records.reading import ExecutiveYear, Year
from sespms_rules.records.reading.border import ActRow
from sespms_rules.records.vocabulary import SUMS
from sespms_rules.rosters.population import (
    CohortVerdict,
    Executive,
    Standing,
    Told,
    cohort_verdicts_by,
    inspector_general_units,
)

AGENCY: Final = "the agency"
_ANNUAL: Final = Act.ANNUAL_RATING.value
_OF_RECORDS: Final = Told("record", "without an annual rating on record", "not counted", "no such waiver is on record")
_STATES: Final = {"kept": State.HELD, "undecided": State.OPEN}


class DistributionStanding(Frozen):
    """A limit over all annual ratings of a period: how it stands among whom, why, and on which grounds.

    `waived` says that it is exceeded and that a waiver is on record.
    """

    period_end: datetime.date
    about: str
    state: State
    why: str
    ground: Ground
    notes: tuple[str, ...]
    waived: bool


def distribution_of(
    years: Sequence[ExecutiveYear], records: Year, duties: Duties, today: datetime.date, missing: Uncounted
) -> Iterator[DistributionStanding]:
    """How each limit over all ratings of one period stands; one that does not apply is left out.

    Whoever has no annual rating on record yet, and whoever is missing, is counted as of unknown level, so that a limit
    which such a rating may turn is open.
    """
    said = tuple(each for each, _ in duties.distribution)
    grounds = {id(each): ground for each, ground in duties.distribution}
    by = {each.sentence.role.value for each in said if isinstance(each.sentence, CapWaiver)}
    end = years[0].period[1]
    waived = any(_is_waiver(each.act, end, today) and each.act.role in by for each in records.for_all)
    executives = [_executive(row, each, today, missing.unclear) for row, each in enumerate(years)]
    counted_by = [each for each in said if not isinstance(each.sentence, CapWaiver)]
    for verdict in _verdicts(counted_by, executives, missing):
        if verdict.standing is Standing.NOT_APPLICABLE:
            continue
        state = _STATES.get(verdict.standing.value, State.BROKEN)
        excused = waived and state is State.BROKEN
        why = f"{verdict.why}; a waiver is on record" if excused else verdict.why
        state = State.HELD if excused else state
        if missing.ratings and not excused:
            state = State.OPEN
        if state is State.BROKEN and by and missing.waivers:
            state, why = State.OPEN, f"{why}; a row of acts that may hold a waiver cannot be read"
        why = f"{why}; not in this count: {missing.of_ratings}" if missing.of_ratings else why
        yield DistributionStanding(end, verdict.about, state, why, grounds[id(verdict.rule)], verdict.notes, excused)


def _verdicts(said: Sequence[Stated], executives: Sequence[Executive], missing: Uncounted) -> Iterator[CohortVerdict]:
    """The verdict on each limit; undecided where those who are missing, however appointed and wherever, may turn it."""
    found: dict[tuple[int, str], list[CohortVerdict]] = {}
    for appointment, unit in _ways(executives, missing):
        others = [
            Executive(row, each.id, Outcome.REFUSED, None, each.appointment or appointment, each.unit or unit)
            for row, each in enumerate(missing.people, len(executives))
        ]
        for verdict in cohort_verdicts_by(said, [*executives, *others], told=_OF_RECORDS):
            found.setdefault((id(verdict.rule), verdict.about), []).append(verdict)
    for verdicts in found.values():
        first = next((each for each in verdicts if each.standing is not Standing.NOT_APPLICABLE), verdicts[0])
        certain = len({each.standing for each in verdicts}) == 1
        yield first if certain else replace(first, standing=Standing.UNDECIDED)


def _ways(executives: Sequence[Executive], missing: Uncounted) -> Iterator[tuple[str | None, str | None]]:
    """An appointment and a unit for those of whom they are not known: unknown, then each that makes a difference."""
    yield None, None
    if missing.people:
        yield from ((each.value, None) for each in Coverage)
        yield from ((None, unit) for unit in inspector_general_units(each.unit for each in executives))


def _executive(row: int, year: ExecutiveYear, today: datetime.date, unclear: frozenset[str]) -> Executive:
    own = (None, year.period[1])
    found = [
        each.act.level
        for each in year.acts
        if each.act.act == _ANNUAL and not each.act.about and each.act.period_end in own and each.act.day <= today
    ]
    executive = year.executive
    level = found[-1] if found and executive.id not in unclear else None
    state = Outcome.REFUSED if level is None else level
    return Executive(row, executive.id, state, appointment=executive.appointment, unit=executive.unit or None)


def _is_waiver(act: ActRow, end: datetime.date, today: datetime.date) -> bool:
    return act.act == RecordThing.WAIVER.value and act.day <= today and act.period_end in (None, end)


def case_of_agency(years: Sequence[ExecutiveYear], records: Year, today: datetime.date, missing: Uncounted) -> Case:
    """The agency's own acts as a case; all awards on record are a pool too, whatever pool is named.

    Where awards may be missing there is a pool even if no award is on record.
    """
    start, end = years[0].period
    acts = [each for each in records.for_all if each.act.day <= today]
    events: dict[str, list[Event]] = {}
    for order, each in enumerate(acts):
        act = each.act
        if act.period_end not in (None, end):
            continue
        event = Event(
            order,
            act.act,
            act.day.toordinal(),
            each.place.number,
            act.role,
            act.person,
            amount=act.amount,
            written=bool(act.document),
            reasoned=bool(act.reason),
            number=act.number,
        )
        events.setdefault(act.act, []).append(event)
    awards = list(_awards(years, today))
    if awards or missing.of_awards:
        day = max((each.day for each in awards), default=min(end, today)).toordinal()
        total = sum((each.amount or Fraction(0) for each in awards), Fraction(0))
        pool = Event(len(acts), RecordThing.AWARD_POOL.value, day, 0, amount=total)
        events.setdefault(pool.kind, []).append(pool)
    sums = {
        each.act.act: each.act.amount
        for each in acts
        if each.act.act in SUMS and each.act.amount is not None and (each.act.period_end or start) <= end
    }
    days = {EventWord.PERIOD_START.value: start.toordinal(), EventWord.PERIOD_END.value: end.toordinal()}
    everyone = frozenset(each.value for each in Coverage)
    return Case(AGENCY, everyone, days, {kind: tuple(found) for kind, found in events.items()}, amounts=sums)


def _awards(years: Iterable[ExecutiveYear], today: datetime.date) -> Iterator[ActRow]:
    for year in years:
        for each in year.acts:
            act = each.act
            if act.act == Reward.PERFORMANCE_AWARD.value and act.day <= today and act.amount is not None:
                yield act
