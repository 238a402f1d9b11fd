"""The year of an executive as a case: its acts up to a day, in order, and the level that the formula derives."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from typing import Final

from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.words import (
    Act,
    Action,
    Base,
    EventWord,
    Reward,
    Role,
)
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle.appraisals import parts_done
from sespms_rules.records.cycle.formula import NOTHING, Derived, derived_on_record
from sespms_rules.records.obligations import Case, Event
from sespms_rules.records.obligations.form import Sitting
from sespms_rules.records.reading import OF_ELEMENTS, ExecutiveYear, PlaceAnd, Year
from sespms_rules.records.reading.border import ActRow, PlanRow

_ANNUAL, _INITIAL = Act.ANNUAL_RATING.value, Act.INITIAL_RATING.value
_REASSIGNMENT, _ADJUSTMENT = Action.REASSIGNMENT.value, EventWord.PAY_ADJUSTMENT.value
_COUNTS_AS: Final = {
    Act.MID_YEAR_REVIEW.value: (Act.PROGRESS_REVIEW.value,),
    Act.WRITTEN_RESPONSE.value: (EventWord.CHANCE_TO_RESPOND.value,),
    RecordThing.INVOLUNTARY_REASSIGNMENT.value: (_REASSIGNMENT,),
    RecordThing.GEOGRAPHIC_REASSIGNMENT.value: (_REASSIGNMENT,),
    RecordThing.PAY_INCREASE.value: (_ADJUSTMENT,),
    RecordThing.PAY_REDUCTION.value: (_ADJUSTMENT,),
}
"""Acts that are another act too: a mid-year review is one of the progress reviews."""
_OCTOBER: Final = 10
_REWARDS: Final = frozenset(each.value for each in Reward)


def case_of(year: ExecutiveYear, records: Year, program: Program | None, today: datetime.date) -> Case:
    """The case of one executive as of a day, without acts after it; acts of other periods stand apart, by year."""
    elements = tuple(dict.fromkeys(row.element for row in year.plan))
    events: dict[str, list[Event]] = {}
    earlier: dict[str, list[Event]] = {}
    of_parts: dict[str, list[Event]] = {}
    spoken: dict[str, list[ActRow]] = {}
    initial = {_INITIAL, *(each.act.number for each in year.acts if each.act.act == _INITIAL and each.act.number)}
    level, rated = None, 0
    merged = sorted((*year.acts, *records.for_all), key=_in_time) if records.for_all else year.acts
    for order, each in enumerate(merged):
        act = each.act
        other_period = act.period_end not in (None, year.period[1])
        if act.day > today or (other_period and act.about and act.act in OF_ELEMENTS):
            continue
        if act.act in OF_ELEMENTS and act.about:
            if not act.additional_rating:
                of_parts.setdefault(act.act, []).append(_event(order, each, year, None, today))
                spoken.setdefault(act.act, []).append(act)
            continue
        event = _event(order, each, year, level, today)
        level, rated = (level, rated) if event.year is None or event.year < rated else (event.level, event.year)
        for kind in _counts_as(act, initial):
            (earlier if other_period else events).setdefault(kind, []).append(event)
    derived = _derived(events, year, program, today)
    return Case(
        year.executive.id,
        frozenset({year.executive.appointment}),
        _days(year),
        {kind: tuple(found) for kind, found in events.items()},
        elements,
        {kind: parts_done(acts, year.plan) for kind, acts in spoken.items()},
        records.sittings,
        derived.level,
        {} if year.executive.basic_pay is None else {Base.BASIC_PAY.value: year.executive.basic_pay},
        {kind: tuple(found) for kind, found in earlier.items()},
        {kind: tuple(found) for kind, found in of_parts.items()},
        _lacking(year.plan),
        derived.why_none,
    )


def _derived(events: Container[str], year: ExecutiveYear, program: Program | None, today: datetime.date) -> Derived:
    """What the formula gives, where there is one and a rating on record can be held against it."""
    if program is None or not (_ANNUAL in events or _INITIAL in events):
        return NOTHING
    return derived_on_record(year, program, today)


def _counts_as(act: ActRow, initial: set[str]) -> tuple[str, ...]:
    """The kinds of event that an act is: an executive who has the initial rating in hand may answer it."""
    if act.act == EventWord.RECEIPT.value and act.role == Role.EXECUTIVE.value and act.about in initial:
        return (act.act, EventWord.CHANCE_TO_RESPOND.value)
    return (act.act, *_COUNTS_AS.get(act.act, ()))


def kinds_of_act(act: str) -> tuple[str, ...]:
    """The kinds of event that an act of a word may be, whatever else its row says."""
    may_answer = (EventWord.CHANCE_TO_RESPOND.value,) if act == EventWord.RECEIPT.value else ()
    return (act, *_COUNTS_AS.get(act, ()), *may_answer)


def _lacking(plan: Iterable[PlanRow]) -> dict[str, tuple[str, ...]]:
    """The requirements of a plan that are without a measure, a strategic goal or a deadline."""
    rows = [row for row in plan if row.requirement]
    columns = {"measure": "measure", "strategic goal": "goal", "deadline": "due"}
    return {name: tuple(row.requirement for row in rows if not getattr(row, field)) for name, field in columns.items()}


def _in_time(each: PlaceAnd) -> tuple[datetime.date, int]:
    return (each.act.day, each.place.number)


def _event(order: int, each: PlaceAnd, year: ExecutiveYear, level: int | None, today: datetime.date) -> Event:
    """An act as an event; a reward stands at the level of the annual rating before it, of the latest rating year.

    A detail without a last day goes on until the executive leaves: of none it is assumed that it was short.
    """
    act: ActRow = each.act
    own = level if act.level is None and act.act in _REWARDS else act.level
    until = act.until
    if until is None and act.act == RecordThing.DETAIL.value:
        until = max(act.day, min(today, year.executive.left or today))
    counts_for = _fiscal_year(act.period_end or year.period[1]) if act.act == _ANNUAL else None
    return Event(
        order,
        act.act,
        act.day.toordinal(),
        each.place.number,
        act.role,
        act.person,
        act.session,
        f"{act.about} / {act.requirement}" if act.requirement else act.about,
        own,
        act.amount,
        bool(act.document),
        bool(act.reason),
        None if until is None else until.toordinal(),
        counts_for,
        act.number,
        tuple(_corrected(act, year)),
    )


def _fiscal_year(end: datetime.date) -> int:
    """The fiscal year in which a period ends; it begins on October 1 of the year before."""
    return end.year + (end.month >= _OCTOBER)


def _corrected(act: ActRow, year: ExecutiveYear) -> Iterator[tuple[int, int]]:
    """The day and level of each act in whose place one stands, the latest first."""
    each = year.corrected.get(act.corrects) if act.corrects else None
    while each is not None:
        if each.act.level is not None:
            yield each.act.day.toordinal(), each.act.level
        each = year.corrected.get(each.act.corrects) if each.act.corrects else None


def _days(year: ExecutiveYear) -> dict[str, int]:
    """The days of the case; for who entered within the period it starts on that day, for nothing was due before."""
    start, end = year.period
    entered = year.executive.entered
    if entered is not None and start < entered <= end:
        start = entered
    whole = {"plan start": year.period[0].toordinal(), "plan end": year.period[1].toordinal()}
    if start != year.period[0]:
        del whole["plan start"]
    days = whole | {EventWord.PERIOD_START.value: start.toordinal(), EventWord.PERIOD_END.value: end.toordinal()}
    if year.executive.entered is not None:
        days[EventWord.APPOINTMENT.value] = year.executive.entered.toordinal()
    if year.executive.left is not None:
        days[EventWord.SEPARATION.value] = year.executive.left.toordinal()
    return days


__all__ = ["Sitting", "case_of"]
