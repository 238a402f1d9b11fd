"""A year on record and the rules of keeping -> until when the records of each executive are kept.

The longest rule counts, and the latest act that starts a time. Where a time has not begun, or no rule is known, nothing
says that the records may go, and so they may not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.law.keeping_rules import KeepingRule
from sespms_rules.records.duties.wording import ends, marker, span_of
from sespms_rules.records.obligations import Case
from sespms_rules.records.obligations.form import later
from sespms_rules.records.reading import ExecutiveYear, Year


class Retention(Frozen):
    """Until when the records of an executive are kept, by which rule; `until` is None where that cannot be said.

    They may be destroyed on the day after `until`. `why` says in words what it rests on, or what stands in the way.
    """

    executive: str
    period: tuple[datetime.date, datetime.date]
    until: datetime.date | None
    why: str
    rule: KeepingRule | None = field(default=None)

    def may_go(self, day: datetime.date) -> bool:
        """Whether nothing says any more that the records are kept."""
        return self.until is not None and day > self.until


def retained(
    year: Year, rules: Callable[[ExecutiveYear], tuple[KeepingRule, ...]], case: Callable[[ExecutiveYear], Case]
) -> Iterator[Retention]:
    """For each executive until when the records of the year are kept; for one without a period it cannot be said."""
    for each in year.years:
        yield _of_one(each, rules(each), case(each))
    for executive, wanting in year.unjudged.items():
        nothing = (datetime.date.min, datetime.date.min)
        yield Retention(executive, nothing, None, f"{wanting} is wanting for the executive")


def _of_one(year: ExecutiveYear, rules: Iterable[KeepingRule], case: Case) -> Retention:
    executive, found = year.executive.id, []
    for rule in rules:
        until = _end(rule, case)
        if until is None:
            event = rule.sentence.event.value
            return Retention(executive, year.period, None, f"no {event} is on record, from which the time runs", rule)
        found.append((until, rule))
    if not found:
        return Retention(executive, year.period, None, "neither the policy nor its law says how long records are kept")
    until, rule = max(found, key=_day)
    return Retention(executive, year.period, datetime.date.fromordinal(until), rule.words, rule)


def _day(found: tuple[int, KeepingRule]) -> int:
    return found[0]


def _end(rule: KeepingRule, case: Case) -> int | None:
    """The last day that a rule has records kept; None where its time has not begun or no length is said."""
    sentence = rule.sentence
    start = marker(sentence.event)
    days = [case.days[start.name]] if start.name in case.days else []
    if not start.is_day:
        days = [each.day for each in case.events.get(start.name, ())]
    least, most = ends(sentence.limit)
    number = least if least is not None else most
    if not days or number is None:
        return None
    return later(max(days), span_of(number, sentence.unit))
