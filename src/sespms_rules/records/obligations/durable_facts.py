"""The whole numbers that durable-rules decides an obligation from: counts and distances in days, and no answer.

They are worked out here anew, by other means than the plain evaluator's, so that a slip of one shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch
from math import lcm
from typing import Final, NamedTuple

from sespms_rules.records.obligations.form import (
    Announced,
    Barred,
    Case,
    Chain,
    Covered,
    Event,
    Exclusion,
    Existence,
    Marker,
    NotWithin,
    PartsTested,
    Picked,
    Pooled,
    Precedence,
    Precedes,
    Received,
    Response,
    Rests,
    RunsBetween,
    Shape,
    Share,
    Sitting,
    Spaced,
    Tested,
    Threshold,
    later,
)

_LONGEST_YEAR: Final = 365
"""So many days lie between the first and the last day of a year with a leap day."""


class Message(NamedTuple):
    """One question to the engine: the table, its facts, and the day that each answer would bear."""

    table: str
    facts: tuple[int, ...]
    broken: int | None
    until: int | None = None


# ---- facts -----------------------------------------------------------------------------------------

_PLACES: Final = 1_000_000


def _place(event: Event) -> int:
    """Day and order as one number."""
    return event.day * _PLACES + event.order + 1


def _places(case: Case, marker: Marker) -> list[int]:
    if marker.is_day:
        return [case.days[marker.name] * _PLACES] if marker.name in case.days else []
    return [_place(each) for each in case.of(marker.name)]


def _ever(case: Case, kind: str) -> list[Event]:
    return [*case.earlier.get(kind, ()), *case.of(kind)]


def _all(case: Case, what: Picked) -> Iterator[Event]:
    yield from _fitting(case.of(what.kind), what)


def _fitting(events: Iterable[Event], what: Picked) -> Iterator[Event]:
    for each in events:
        if what.about and what.about not in each.names:
            continue
        level = each.level
        if what.lowest is None is what.highest or (
            level is not None and (what.lowest or level) <= level <= (what.highest or level)
        ):
            yield each


@singledispatch
def messages(shape: Shape, _case: Case, _today: int) -> Iterator[Message]:
    """The questions to the engine on a shape in a case. Raises TypeError for a shape that has none."""
    raise TypeError(f"no table decides {type(shape).__name__}")


@messages.register
def _existence(shape: Existence, case: Case, today: int) -> Iterator[Message]:
    days = [each.day for each in _all(case, shape.what)]
    if shape.span is not None:
        start, end = case.days[shape.span[0]], case.days[shape.span[1]]
        days = [day for day in days if not (day < start or day > end)]
    due = later(case.days[shape.due], shape.after)
    excess = 0 if shape.most is None else max(0, len(days) - shape.most)
    since = sorted(days)[shape.most or 0] if excess else due + 1
    yield Message("count", (shape.least - len(days), excess, due - today), since, due)


@messages.register
def _precedence(shape: Precedence, case: Case, _today: int) -> Iterator[Message]:
    places = _places(case, shape.other)
    first = min(places, default=0)
    earliest = later(first // _PLACES, shape.gap) if places else 0
    for event in _all(case, shape.what):
        place = _place(event)
        behind = sum(each >= place for each in places)
        present = int(bool(places) and first < place)
        yield Message("precedence", (int(shape.optional), behind, present, event.day - earliest), event.day)


@messages.register
def _precedes(shape: Precedes, case: Case, _today: int) -> Iterator[Message]:
    places = _places(case, shape.other)
    first = min(places, default=0)
    for event in _all(case, shape.what):
        if shape.gap is not None:
            gap = first // _PLACES - later(event.day, shape.gap)
        else:
            gap = first // _PLACES - event.day if shape.same_day else first - _place(event) - 1
        yield Message("precedes", (int(bool(places)), gap if places else 0), event.day)


@messages.register
def _response(shape: Response, case: Case, today: int) -> Iterator[Message]:
    answers = [_place(each) for each in _all(case, shape.what)]
    for place in _places(case, shape.other):
        due = later(place // _PLACES, shape.within)
        day = min((each for each in answers if each > place), default=0) // _PLACES
        broken = day or due + 1
        yield Message("response", (int(bool(day)), day - due if day else 0, due - today), broken, due)


@messages.register
def _not_within(shape: NotWithin, case: Case, _today: int) -> Iterator[Message]:
    excuses = [] if shape.unless is None else [_place(each) for each in _all(case, shape.unless)]
    for place in _places(case, shape.other):
        start = place // _PLACES
        end = later(start, shape.within)
        for event in _all(case, shape.what):
            excused = sum(each < _place(event) for each in excuses)
            yield Message("time barred", (excused, event.day - start, end - event.day), event.day)


@messages.register
def _spaced(shape: Spaced, case: Case, _today: int) -> Iterator[Message]:
    known = list(_fitting(_ever(case, shape.what.kind), shape.what))
    for event in _all(case, shape.what):
        near = (each.order < event.order and later(each.day, shape.gap) > event.day for each in known)
        yield Message("nothing", (sum(near),), event.day)


@messages.register
def _received(shape: Received, case: Case, today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        for role in shape.by:
            days = [
                each.day
                for each in case.of(shape.receipt)
                if each.role == role
                and _place(each) > _place(event)
                and each.about in {event.number, event.kind} - {""}
            ]
            if shape.within is None:
                yield Message("chain", (1, int(not days)), None)
                continue
            due = later(event.day, shape.within)
            first = min(days, default=due + 1)
            yield Message("response", (int(bool(days)), first - due, due - today), first, due)


@messages.register
def _rests(shape: Rests, case: Case, _today: int) -> Iterator[Message]:
    known = _ever(case, shape.kind)
    for event in _all(case, shape.what):
        fit = sum(each.order < event.order and event.about in ("", each.number) for each in known)
        yield Message("nothing", (int(not fit),), event.day)


@messages.register
def _parts_tested(shape: PartsTested, case: Case, _today: int) -> Iterator[Message]:
    asked = shape.written or shape.reasoned
    for event in _fitting(case.of_parts.get(shape.what.kind, ()), shape.what):
        given = int(shape.written and event.written) + int(shape.reasoned and event.reasoned)
        yield Message("nothing", (int(asked and not given),), event.day)


@messages.register
def _runs(shape: RunsBetween, case: Case, _today: int) -> Iterator[Message]:
    excuses = sum(len(case.of(kind)) for kind in shape.unless)
    for name, month_and_day in (("plan start", shape.first), ("plan end", shape.last)):
        if name in case.days and not excuses:
            known = date.fromordinal(case.days[name])
            off = abs(known.month - month_and_day[0]) + abs(known.day - month_and_day[1])
            off += name == "plan end" and case.days[name] - case.days.get("plan start", case.days[name]) > _LONGEST_YEAR
            yield Message("nothing", (off,), case.days[name])


@messages.register
def _tested(shape: Tested, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        rank = shape.by.index(event.role) if event.role in shape.by else -1
        yield Message("role", (int(bool(shape.by)), rank), event.day)
        yield Message("told", _shared(shape, case, event), event.day)
        for count in (
            int(shape.written and not event.written),
            _changes(shape, case, event),
            len(set(case.parts) - case.parts_done.get(event.kind, frozenset())) if shape.all_parts else 0,
            int(shape.reasoned and not event.reasoned),
            len(set(shape.names) - set(event.names)),
            len(case.lacking.get(shape.each_part_has, ())),
        ):
            yield Message("nothing", (count,), event.day)
        if shape.derived:
            known = case.derived is not None and event.level is not None
            difference = (event.level or 0) - (case.derived or 0) if known else 0
            reasoned = event.reasoned and event.level is not None
            yield Message("formula", (int(known), int(reasoned), difference), event.day)


def _changes(shape: Tested, case: Case, event: Event) -> int:
    """By how many levels the first of a kind after an event differs from the last of it before."""
    levels: tuple[list[int], list[int]] = ([], [])
    corrected: int | None = None
    for each in case.of(shape.unchanged) if shape.unchanged else ():
        if each.level is not None and each is not event:
            levels[_place(each) > _place(event)].append(each.level)
            if _place(each) > _place(event) and len(levels[1]) == 1:
                corrected = each.stood(event.day)
    if not levels[0] and corrected is not None:
        levels[0].append(corrected)
    return abs(levels[1][0] - levels[0][-1]) if all(levels) else 0


def _shared(shape: Tested, case: Case, event: Event) -> tuple[int, int]:
    """How often the one who acted acts in another kind too, and how many may have sat there and cannot be told."""
    found = untold = 0
    for each in case.of(shape.apart) if shape.apart and event.person else ():
        sitting = case.sittings.get(each.session)
        found += each.person == event.person
        found += sitting is not None and event.person in dict(sitting.members)
        untold += _untold(sitting)
    return found, untold


def _untold(sitting: Sitting | None) -> int:
    """How many may have sat and cannot be told; one where nobody is named."""
    return 0 if sitting is None else sitting.unread or int(not sitting.members)


@messages.register
def _share(shape: Share, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        tags = [] if sitting is None else [tag for _, tag in sitting.members]
        unread = 0 if sitting is None else sitting.unread
        spare = len(tags) - shape.members
        sure = 2 * tags.count(shape.majority) - len(tags) - unread if shape.majority else 1
        over = sure + 2 * (tags.count("") + unread) if shape.majority else 1
        yield Message("board", (len(tags), spare + unread, over, spare, sure), event.day)


@messages.register
def _exclusion(shape: Exclusion, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        sat = 0 if sitting is None else int(case.key in dict(sitting.members))
        yield Message("told", (sat, 1 if sitting is None else _untold(sitting)), event.day)


@messages.register
def _announced(shape: Announced, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        if sitting is not None and sitting.members and sitting.notice is None:
            yield Message("told", (1, 0), event.day)
        elif sitting is None or sitting.notice is None or not sitting.members or not sitting.dated:
            yield Message("told", (0, 1), event.day)
        else:
            short = (0 if shape.same_day else 1) - (sitting.day - sitting.notice)
            yield Message("told", (max(0, short), sitting.unread), event.day)


@messages.register
def _threshold(shape: Threshold, case: Case, _today: int) -> Iterator[Message]:
    whole = case.amounts.get(shape.base)
    for event in _all(case, shape.what):
        if whole is None or event.amount is None:
            yield Message("amount", (0, 0, 0), event.day)
            continue
        ends = [whole * each for each in (shape.lowest, shape.highest) if each is not None]
        scale = lcm(event.amount.denominator, *(each.denominator for each in ends))
        share = event.amount * 100
        below = 0 if shape.lowest is None else int((share - whole * shape.lowest) * scale)
        above = 0 if shape.highest is None else int((whole * shape.highest - share) * scale)
        yield Message("amount", (1, below, above), event.day)


@messages.register
def _pooled(shape: Pooled, case: Case, _today: int) -> Iterator[Message]:
    sums = {base: case.amounts[base] for _, base in shape.shares if base in case.amounts}
    missing = sum(base not in sums for _, base in shape.shares)
    for event in _all(case, shape.what):
        hundredfold = None if event.amount is None else event.amount * 100
        fits = [
            hundredfold <= sums[base] * share
            for share, base in shape.shares
            if base in sums and hundredfold is not None
        ]
        yield Message("pool", (int(hundredfold is not None), sum(fits), missing), event.day)


@messages.register
def _chain(shape: Chain, case: Case, _today: int) -> Iterator[Message]:
    before = [] if shape.years is None else list(_fitting(case.earlier.get(shape.what.kind, ()), shape.what))
    events = [*before, *_all(case, shape.what)]
    for event in events:
        due = shape.years is None
        for each in events if shape.years is not None and event.year is not None else ():
            apart = -1 if each.year is None else abs(event.year - each.year)  # type: ignore[operator]
            due = due or (each.order < event.order and 0 <= apart <= (shape.years or 0) - 1)
        last = {kind: max((each.order for each in _ever(case, kind)), default=-1) for kind in shape.kinds}
        open_kinds = sum(order <= event.order for order in last.values())
        remaining = open_kinds if shape.every else int(open_kinds == len(shape.kinds))
        yield Message("chain", (int(due), remaining), None)


@messages.register
def _barred(shape: Barred, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        for kind in shape.kinds:
            for each in case.of(kind):
                yield Message("nothing", (int(_place(each) > _place(event)),), each.day)


@messages.register
def _covered(shape: Covered, case: Case, _today: int) -> Iterator[Message]:
    answers = [_place(each) for each in _all(case, shape.what)]
    gate = min((_place(each) for each in case.of(shape.before)), default=0)
    for event in case.of(shape.other):
        place = _place(event)
        length = 0 if event.until is None else event.until - event.day + 1
        is_gated = int(gate > place)
        answered = int(any(place < each and (not is_gated or each <= gate) for each in answers))
        spare = length - shape.least if event.until is not None else -1
        yield Message("cover", (spare, answered, is_gated), gate // _PLACES if is_gated else None)
