"""A year of records against all duties: for each executive what is held, broken, open, and whose move it is."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sespms_rules.foundation.diagnostic import Finding, Severity
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle.agency import AGENCY, DistributionStanding, case_of_agency, distribution_of
from sespms_rules.records.cycle.amiss import strange_additional_ratings, without_strange_levels
from sespms_rules.records.cycle.cases import case_of
from sespms_rules.records.cycle.doubtful import AllAside, Aside, with_doubt
from sespms_rules.records.cycle.formula import WRONG_OR_DOCUMENTED, initial_rating_differs
from sespms_rules.records.cycle.uncounted import Uncounted, over_some, uncounted_of
from sespms_rules.records.duties import Duties, NotLowered
from sespms_rules.records.findings import DUTY_BROKEN, DUTY_BROKEN_UNCONFIRMED, RecordFinding, RecordPlace
from sespms_rules.records.obligations import Case, Evaluator, Obligation, Standing, State
from sespms_rules.records.obligations.form import Chain, Ground, doubts_of
from sespms_rules.records.reading import ExecutiveYear, Year

_GRAVITY = {State.HELD: 0, State.OPEN: 1, State.BROKEN: 2}


class OpenDuty(Frozen):
    """What must yet happen: what, by whom, until when (None: no day is set), and on which grounds."""

    what: str
    by: str
    until: datetime.date | None
    obligation: Obligation


class ExecutiveStanding(Frozen):
    """How one executive's year stands: what is broken, and what is open in the order of its steps, soonest first.

    `left` is the day on which the executive left, if by the day of the judgement.
    """

    id: str
    unit: str
    appointment: str
    open: tuple[OpenDuty, ...]
    findings: tuple[RecordFinding, ...]
    held: int
    left: datetime.date | None

    @property
    def next(self) -> OpenDuty | None:
        """What can be done next: of what waits for no other open step, what is due first."""
        return self.open[0] if self.open else None


class DutyCount(Frozen):
    """An obligation over all records: on how many that hold what it asks of it is held, broken, open."""

    obligation: Obligation
    held: int
    broken: int
    open: int

    @property
    def records(self) -> int:
        """On how many records it is asked."""
        return self.held + self.broken + self.open


class SentenceCount(Frozen):
    """A sentence over all records: of those that it asks something of, on how many all of that is held."""

    sentence: str
    citation: str
    held: int
    broken: int
    records: int


class AgencyStanding(Frozen):
    """How the agency as a whole stands for the period that ends on a day: limits over all ratings, and its own acts."""

    period_end: datetime.date
    distribution: tuple[DistributionStanding, ...]
    open: tuple[OpenDuty, ...]
    findings: tuple[RecordFinding, ...]
    held: int


class Cycle(Frozen):
    """A year judged as of a day."""

    day: datetime.date
    executives: tuple[ExecutiveStanding, ...]
    duties: tuple[DutyCount, ...]
    not_lowered: tuple[NotLowered, ...]
    findings: tuple[RecordFinding, ...]
    unjudged: Mapping[str, str] = field(default={})
    sentences: tuple[SentenceCount, ...] = field(default=())
    agency: tuple[AgencyStanding, ...] = field(default=())

    @property
    def every_finding(self) -> tuple[RecordFinding, ...]:
        """Findings about the records themselves, then those of duties, executive by executive, then of the agency."""
        of_executives = (found for each in self.executives for found in each.findings)
        return (*self.findings, *of_executives, *(found for each in self.agency for found in each.findings))


def judged(
    records: Year,
    duties: Callable[[ExecutiveYear], Duties],
    programs: Callable[[ExecutiveYear], Program | None],
    today: datetime.date,
    evaluator: Evaluator,
) -> Cycle:
    """Judge every executive's year; `duties` and `programs` say what counts for a year by its period."""
    counts = _Counts()
    not_lowered: dict[NotLowered, None] = {}
    standings = []
    differing: list[RecordFinding] = []
    at_fault = (each for each in records.findings if each.severity is Severity.ERROR)
    unread = {(as_one_id(each.executive), each.act): each.place for each in at_fault}
    aside = AllAside(records)
    periods: dict[tuple[datetime.date, datetime.date], tuple[Duties, list[ExecutiveYear]]] = {}
    for on_record in records.years:
        own = duties(on_record)
        year, amiss = without_strange_levels(on_record, own.levels, today)
        differing += amiss
        periods.setdefault(year.period, (own, []))[1].append(year)
        not_lowered |= dict.fromkeys(own.not_lowered)
        program = programs(year)
        case = case_of(year, records, program, today)
        if program is not None:
            differing += strange_additional_ratings(year, program, today)
            differing += initial_rating_differs(year, program, today)
        day = min(today, on_record.executive.left or today)
        by = (evaluator, counts, aside.of(year.executive.id))
        standings.append(_naming_unread(_standing(year, case, own, day, by), unread))
    agency = []
    for own, years in periods.values():
        missing = uncounted_of(records, years, differing)
        agency.append(_of_agency(years, records, own, today, (evaluator, counts, missing)))
    told = (tuple(not_lowered), (*records.findings, *differing), records.unjudged)
    return Cycle(today, tuple(standings), counts.counted(), *told, counts.by_sentence(), tuple(agency))


def _naming_unread(standing: ExecutiveStanding, unread: Mapping[tuple[str, str], RecordPlace]) -> ExecutiveStanding:
    """A standing whose broken duties name the row of such an act that does not count: it may be what is missed."""
    if not any(each.act and (as_one_id(each.executive), each.act) in unread for each in standing.findings):
        return standing
    told = []
    for each in standing.findings:
        place = unread.get((as_one_id(each.executive), each.act)) if each.act else None
        aside = f"{place.unit} {place.number} names such an act too, and does not count" if place else ""
        told.append(replace(each, note="; ".join(one for one in (each.note, aside) if one)) if aside else each)
    return replace(standing, findings=tuple(told))


def _of_agency(
    years: list[ExecutiveYear],
    records: Year,
    duties: Duties,
    today: datetime.date,
    by: tuple[Evaluator, _Counts, Uncounted],
) -> AgencyStanding:
    """How the agency stands for one period: its own acts by both evaluators, and the limits over all ratings."""
    evaluator, counts, missing = by
    case = case_of_agency(years, records, today, missing)
    place = replace(years[0].place, number=0)
    own = tuple(each for each in duties.of_agency if case.of(each.shape.what.kind))  # type: ignore[attr-defined]
    left_open, broken, held = _judged(case, own, today, (evaluator, counts, missing))
    distribution = tuple(distribution_of(years, records, duties, today, missing))
    for each in distribution:
        counts.add_sentence(each.ground, each.state)
    counts.end_of_year()
    over = [_exceeded(each, place, today) for each in distribution if each.state is State.BROKEN]
    rows = {each.place.number: each.place for each in records.for_all}
    found = [_broken(case, *each, rows.get(each[1].row, place)) for each in broken]
    return AgencyStanding(years[0].period[1], distribution, tuple(left_open), (*found, *over), held)


def _exceeded(each: DistributionStanding, place: RecordPlace, today: datetime.date) -> RecordFinding:
    ground = each.ground
    kind: Finding = DUTY_BROKEN if ground.confirmed else DUTY_BROKEN_UNCONFIRMED
    return RecordFinding(
        kind.code,
        kind.name,
        kind.severity,
        place,
        f"of the annual ratings of {each.about} for the period to {each.period_end}, {each.why}",
        "if a rating is wrong on record, correct it; if the limit was waived, record the waiver; else ask counsel",
        day=today,
        citations=(ground.citation,) if ground.citation else (),
        sentence=ground.sentence,
        note="; ".join(each for each in (ground.doubt, *each.notes) if each),
    )


class _Counts:
    """How often each obligation is held, broken, open. It is known by its place in memory: it is one of few values."""

    def __init__(self) -> None:
        self._states: dict[int, tuple[Obligation, Counter[State]]] = {}
        self._sentences: dict[tuple[str, str], Counter[State]] = {}
        self._of_year: dict[tuple[str, str], State] = {}

    def end_of_year(self) -> None:
        """Count for each sentence how the one year stands by all that it asks: one sentence may be several duties."""
        for sentence, state in self._of_year.items():
            known = self._sentences.get(sentence)
            if known is None:
                known = self._sentences[sentence] = Counter()
            known[state] += 1
        self._of_year = {}

    def by_sentence(self) -> tuple[SentenceCount, ...]:
        return tuple(
            SentenceCount(*sentence, states[State.HELD], states[State.BROKEN], states.total())
            for sentence, states in self._sentences.items()
        )

    def of(self, obligation: Obligation) -> Counter[State]:
        """How often an obligation stands how, which may be never: it is told of then too."""
        known = self._states.get(id(obligation))
        if known is None:
            known = self._states[id(obligation)] = (obligation, Counter())
        return known[1]

    def add(self, obligation: Obligation, state: State) -> None:
        self.of(obligation)[state] += 1
        self.add_sentence(obligation.grounds[0], state)

    def add_sentence(self, ground: Ground, state: State) -> None:
        sentence = (ground.sentence, ground.citation)
        if _GRAVITY[state] >= _GRAVITY[self._of_year.get(sentence, State.HELD)]:
            self._of_year[sentence] = state

    def counted(self) -> tuple[DutyCount, ...]:
        return tuple(
            DutyCount(each, states[State.HELD], states[State.BROKEN], states[State.OPEN])
            for each, states in self._states.values()
        )


def _standing(
    year: ExecutiveYear,
    case: Case,
    duties: Duties,
    day: datetime.date,
    by: tuple[Evaluator, _Counts, Aside | None],
) -> ExecutiveStanding:
    left_open, broken, held = _judged(case, duties.obligations, day, by)
    by[1].end_of_year()
    executive = year.executive
    in_order = tuple(_step_by_step(sorted(_first_of_each(left_open), key=_due), duties.order))
    rows = {each.place.number: each.place for each in year.acts} if broken else {}
    findings = tuple(_broken(case, *each, rows.get(each[1].row, year.place)) for each in broken)
    left = executive.left if executive.left is not None and executive.left <= day else None
    return ExecutiveStanding(executive.id, executive.unit, executive.appointment, in_order, findings, held, left)


def _judged(
    case: Case,
    obligations: tuple[Obligation, ...],
    day: datetime.date,
    by: tuple[Evaluator, _Counts, Aside | Uncounted | None],
) -> tuple[list[OpenDuty], list[tuple[Obligation, Standing]], int]:
    """Judge a case by obligations: what is open, what is broken, and how many are held."""
    evaluator, counts, missing = by
    left_open: list[OpenDuty] = []
    broken: list[tuple[Obligation, Standing]] = []
    held = 0
    today = day.toordinal()
    for obligation in obligations:
        standing = evaluator.judge(obligation, case, today)
        if standing is None:
            continue
        doubtful = False
        if isinstance(missing, Uncounted):
            standing = over_some(obligation, standing, missing)
        elif missing is not None:
            standing, doubtful = with_doubt(obligation.shape, standing, missing)
        if not standing.asked:
            counts.of(obligation)  # it speaks of nothing on this record, which therefore does not keep it either
            continue
        counts.add(obligation, standing.state)
        if standing.state is State.HELD:
            held += 1
        elif standing.state is State.OPEN:
            actor = "" if doubtful else obligation.actor
            left_open.append(OpenDuty(standing.why, actor, _date(standing.day), obligation))
        else:
            broken.append((obligation, standing))
    return left_open, broken, held


def _first_of_each(found: list[OpenDuty]) -> Iterator[OpenDuty]:
    """What is open, told once with all its grounds and the day on which it is due first."""
    kept: dict[str, OpenDuty] = {}
    for each in found:
        before = kept.get(each.what)
        if before is None:
            kept[each.what] = each
            continue
        sooner = min(before, each, key=_due)
        grounds = (*before.obligation.grounds, *each.obligation.grounds)
        kept[each.what] = replace(sooner, obligation=replace(sooner.obligation, grounds=tuple(dict.fromkeys(grounds))))
    return iter(kept.values())


def _step_by_step(soonest: list[OpenDuty], order: frozenset[tuple[str, str]]) -> Iterator[OpenDuty]:
    """What is open, soonest first, but no step before an open one that the policy puts before it.

    Of steps in a circle, which nobody can keep, the one that is due first comes first.
    """
    rest = list(soonest)
    while rest:
        acts = {_act_of(each) for each in rest}
        free = (each for each in rest if not any((act, _act_of(each)) in order for act in acts))
        chosen = next(free, rest[0])
        rest.remove(chosen)
        yield chosen


def _act_of(duty: OpenDuty) -> str:
    """The act that is to be taken; empty where one of several may be."""
    shape = duty.obligation.shape
    return "" if isinstance(shape, Chain) else str(getattr(getattr(shape, "what", None), "kind", ""))


def _due(duty: OpenDuty) -> datetime.date:
    return duty.until or datetime.date.max


def _broken(case: Case, obligation: Obligation, standing: Standing, place: RecordPlace) -> RecordFinding:
    confirmed = [each for each in obligation.grounds if each.confirmed]
    kind: Finding = DUTY_BROKEN if confirmed else DUTY_BROKEN_UNCONFIRMED
    counts = confirmed or list(obligation.grounds)
    event = next((each for found in case.events.values() for each in found if each.row == standing.row), None)
    what = getattr(obligation.shape, "what", None)
    act = event.kind if event else getattr(what, "kind", "")
    day = _date(standing.day)
    help = _fix(act, standing)
    return RecordFinding(
        kind.code,
        kind.name,
        kind.severity,
        place,
        standing.why,
        help,
        executive="" if case.key == AGENCY else case.key,
        act=act,
        day=day,
        citations=tuple(dict.fromkeys(each.citation for each in counts if each.citation)),
        sentence=counts[0].sentence,
        note=_note(obligation),
        missing=not standing.row,
    )


def _note(obligation: Obligation) -> str:
    """What the editions note on the duty, and which provisions say the same that were not compared."""
    confirmed = [each for each in obligation.grounds if each.confirmed]
    doubts = doubts_of(confirmed or obligation.grounds)
    others = [each.citation for each in obligation.grounds if not each.confirmed and each.citation] if confirmed else []
    told = [f"unconfirmed, and not counted: {'; '.join(dict.fromkeys(others))}"] if others else []
    return "; ".join(each for each in (doubts, *told) if each)


def _fix(act: str, standing: Standing) -> str:
    if standing.row:
        return WRONG_OR_DOCUMENTED
    if not act:
        return "if the days of the plan are wrong on record, correct them; if they are right, document why"
    return f"if it was taken, record the {act} with its day; else take it now, and document why it is late"


def _date(day: int | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromordinal(day)
