"""The plain evaluator: what each shape of obligation means, by going over the events of a case in order.

It is the definition of the shapes. A case is judged as of a day, and holds no event after it. Of several things that
break an obligation the first counts, and of several that are open the one that is due first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache, singledispatch

from sespms_rules.foundation.origin import exact
from sespms_rules.records.obligations.form import (
    HELD,
    UNASKED,
    Announced,
    Barred,
    Case,
    Chain,
    Covered,
    Event,
    Exclusion,
    Existence,
    NotWithin,
    Obligation,
    PartsTested,
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
    Standing,
    State,
    Tested,
    Threshold,
    later,
)
from sespms_rules.records.obligations.matter import has_matter, meant, others, triggers, untold
from sespms_rules.records.obligations.tested import cannot_be_told, fails, members_of, off_days


def judge(obligation: Obligation, case: Case, today: int) -> Standing | None:
    """How an obligation stands in a case as of a day; None where it does not speak of such a case."""
    if obligation.tags and obligation.tags.isdisjoint(case.tags):
        return None
    shape = obligation.shape
    return gravest(_meaning(type(shape))(shape, case, today)) if has_matter(shape, case) else UNASKED


def gravest(found: Iterator[Standing]) -> Standing:
    """Of the standings of single events the one of the whole: the first broken, else the first open, else held."""
    broken: Standing | None = None
    left_open: Standing | None = None
    for each in found:
        if each.state is State.BROKEN and (broken is None or _day(each) < _day(broken)):
            broken = each
        elif each.state is State.OPEN and (left_open is None or _day(each) < _day(left_open)):
            left_open = each
    return broken or left_open or HELD


def _day(standing: Standing) -> int:
    return datetime.date.max.toordinal() if standing.day is None else standing.day


def _broken(event: Event, why: str) -> Standing:
    return Standing(State.BROKEN, event.day, event.row, why)


def _open(event: Event, why: str) -> Standing:
    return Standing(State.OPEN, None, event.row, why)


def said(day: int) -> str:
    """A day as people read it."""
    return datetime.date.fromordinal(day).isoformat()


def none(kind: str) -> str:
    """That there is none of a kind: `no plan is`, `no guidelines are`."""
    return f"no {kind} {'are' if kind.endswith('s') else 'is'}"


def dollars(amount: Fraction) -> str:
    """A sum as people write it, exactly; one with a part of a cent keeps it."""
    cents = amount * 100
    if cents.denominator != 1:
        return f"${exact(amount)}"
    whole, rest = divmod(cents.numerator, 100)
    return f"${whole:,}" + (f".{rest:02}" if rest else "")


@singledispatch
def standings(shape: Shape, _case: Case, _today: int) -> Iterator[Standing]:
    """How each event that a shape speaks of stands. Raises TypeError for a shape that has no meaning here."""
    raise TypeError(f"no meaning is given to {type(shape).__name__}")


@cache
def _meaning(kind: type[Shape]) -> Callable[[Shape, Case, int], Iterator[Standing]]:
    """What a kind of shape means. It is asked for each of the shapes of a policy in each case."""
    return standings.dispatch(kind)


@standings.register
def _existence(shape: Existence, case: Case, today: int) -> Iterator[Standing]:
    events = meant(case, shape.what)
    if shape.span is not None:
        first, last = (case.days[name] for name in shape.span)
        events = [each for each in events if first <= each.day <= last]
    due = later(case.days[shape.due], shape.after)
    if shape.most is not None and len(events) > shape.most:
        yield _broken(events[shape.most], _too_many(shape.most))
    elif len(events) < shape.least:
        kind = f"{shape.what.kind} `{shape.what.about}`" if shape.what.about else shape.what.kind
        said_of = none(kind) if not events else f"{len(events)} of {shape.least} {kind}s are"
        if today > due:
            yield Standing(State.BROKEN, due + 1, 0, f"{said_of} on record by {said(due)}")
        else:
            yield Standing(State.OPEN, due, 0, f"{said_of} on record yet")


def _too_many(most: int) -> str:
    return f"this is one more than the {most} that there may be" if most else "there may be none"


@standings.register
def _precedence(shape: Precedence, case: Case, _today: int) -> Iterator[Standing]:
    known = others(case, shape.other)
    name = shape.other.name
    for event in meant(case, shape.what):
        before = [each for each in known if each < (event.day, event.order)]
        if shape.optional:
            if len(before) < len(known):
                yield _broken(event, f"the {name} of {said(known[len(before)][0])} comes after it")
        elif not before:
            yield _broken(event, f"{none(name)} on record before it")
        elif (day := later(before[0][0], shape.gap)) > event.day:
            yield _broken(event, f"it may not come before {said(day)}, for the {name} is of {said(before[0][0])}")


@standings.register
def _precedes(shape: Precedes, case: Case, _today: int) -> Iterator[Standing]:
    known = others(case, shape.other)
    for event in meant(case, shape.what):
        for day, order in known[:1]:
            in_time = event.day <= day if shape.same_day else (event.day, event.order) < (day, order)
            if shape.gap is not None:
                in_time = later(event.day, shape.gap) <= day
            if not in_time:
                yield _broken(event, f"it comes too late for the {shape.other.name} of {said(day)}")


@standings.register
def _response(shape: Response, case: Case, today: int) -> Iterator[Standing]:
    events = meant(case, shape.what)
    for day, order in others(case, shape.other):
        due = later(day, shape.within)
        answer = next((each for each in events if (each.day, each.order) > (day, order)), None)
        if answer is None:
            why = f"no {shape.what.kind} has followed the {shape.other.name} of {said(day)}"
            state = State.BROKEN if today > due else State.OPEN
            yield Standing(state, due + 1 if today > due else due, 0, why)
        elif answer.day > due:
            yield _broken(answer, f"it was due by {said(due)}")


@standings.register
def _not_within(shape: NotWithin, case: Case, _today: int) -> Iterator[Standing]:
    excuses = [] if shape.unless is None else [each for each in case.of(shape.unless.kind) if shape.unless.fits(each)]
    for event in meant(case, shape.what):
        if any(each.order < event.order for each in excuses):
            continue
        for day, _ in others(case, shape.other):
            if day <= event.day <= later(day, shape.within):
                until = said(later(day, shape.within))
                yield _broken(event, f"it comes within the time from {said(day)} to {until}, both days included")
                break


@standings.register
def _spaced(shape: Spaced, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        before = [each for each in case.timeline(shape.what.kind) if each.order < event.order and shape.what.fits(each)]
        if before and (day := later(before[-1].day, shape.gap)) > event.day:
            yield _broken(event, f"it may not come before {said(day)}, for one came on {said(before[-1].day)}")


@standings.register
def _received(shape: Received, case: Case, today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        receipts = [
            each
            for each in case.of(shape.receipt)
            if each.order > event.order and each.about and each.about in (event.number, event.kind)
        ]
        due = None if shape.within is None else later(event.day, shape.within)
        for role in shape.by:
            answer = next((each for each in receipts if each.role == role), None)
            if answer is None:
                why = f"no {shape.receipt} of the {event.kind} of {said(event.day)} by the {role} is on record"
                broken = due is not None and today > due
                day = due + 1 if broken and due is not None else due
                yield Standing(State.BROKEN if broken else State.OPEN, day, 0 if due is not None else event.row, why)
            elif due is not None and answer.day > due:
                yield _broken(answer, f"the {role} was due to have the {event.kind} by {said(due)}")


@standings.register
def _rests(shape: Rests, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        before = [each for each in case.timeline(shape.kind) if each.order < event.order]
        if event.about and event.about not in (each.number for each in before):
            yield _broken(event, f"it rests on `{event.about}`, which is the number of no {shape.kind} before it")
        elif not before:
            yield _broken(event, f"no {shape.kind} that it could rest on is on record before it")


@standings.register
def _parts_tested(shape: PartsTested, case: Case, _today: int) -> Iterator[Standing]:
    for event in case.of_parts.get(shape.what.kind, ()):
        if not shape.what.fits(event) or (shape.written and event.written) or (shape.reasoned and event.reasoned):
            continue
        wanted = " and no ".join(
            word for word, asked in (("document", shape.written), ("reason", shape.reasoned)) if asked
        )
        if wanted:
            yield _broken(event, f"no {wanted} is on record for the {event.kind} of `{event.about}`")


@standings.register
def _runs(shape: RunsBetween, case: Case, _today: int) -> Iterator[Standing]:
    if not any(case.of(kind) for kind in shape.unless):
        yield from (Standing(State.BROKEN, day, 0, why) for day, why in off_days(shape, case))


@standings.register
def _tested(shape: Tested, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        yield from (_broken(event, why) for why in fails(shape, case, event))
        if why := cannot_be_told(shape, case, event):
            yield _open(event, why)


@standings.register
def _share(shape: Share, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        sitting = case.sittings.get(event.session)
        if sitting is None or not sitting.members:
            yield _open(event, untold(sitting))
            continue
        yield from _of_members(shape, event, sitting)


def _of_members(shape: Share, event: Event, sitting: Sitting) -> Iterator[Standing]:
    """Whether so many sat, and so many of a tag, whatever a row says that cannot be read."""
    count, most = len(sitting.members), len(sitting.members) + sitting.unread
    tagged = sum(tag == shape.majority for _, tag in sitting.members)
    perhaps = tagged + sitting.unread + sum(not tag for _, tag in sitting.members)
    if most < shape.members:
        had = f"at most {most}" if sitting.unread else str(count)
        yield _broken(event, f"session `{sitting.name}` had {had} members, and {shape.members} are needed")
    elif count < shape.members:
        says = f"session `{sitting.name}` had {count} members that can be told, and {shape.members} are needed"
        yield _open(event, f"{says}: {untold(sitting)}")
    if not shape.majority:
        return
    if 2 * perhaps <= most:
        yield _broken(event, f"session `{sitting.name}` had {tagged} {shape.majority} members of {count}")
    elif 2 * tagged <= most:
        says = f"session `{sitting.name}` had {tagged} {shape.majority} members among the {count} that can be told"
        yield _open(event, f"{says}: {untold(sitting) or 'of one it cannot be told what kind'}")


@standings.register
def _exclusion(shape: Exclusion, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        if case.key in members_of(case, event):
            yield _broken(event, f"`{case.key}` was a member of session `{event.session}`, which judged `{case.key}`")
        elif why := untold(case.sittings.get(event.session)):
            yield _open(event, f"whether `{case.key}` was a member cannot be told: {why}")


@standings.register
def _announced(shape: Announced, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        sitting = case.sittings.get(event.session)
        if sitting is None or not sitting.members:
            yield _open(event, untold(sitting))
        elif sitting.notice is None:
            yield _broken(event, f"no notice of each member of session `{sitting.name}` is on record")
        elif not sitting.dated:
            yield _open(event, f"the day of session `{sitting.name}` cannot be told")
        elif sitting.notice > sitting.day or (sitting.notice == sitting.day and not shape.same_day):
            yield _broken(event, f"notice of a member of session `{sitting.name}` did not come before its day")
        elif sitting.unread:
            yield _open(event, f"whether each member was made known cannot be told: {untold(sitting)}")


@standings.register
def _threshold(shape: Threshold, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        whole = case.amounts.get(shape.base)
        if event.amount is None or whole is None:
            missing = "amount" if event.amount is None else shape.base
            yield _open(event, f"no {missing} is on record, so its share cannot be told")
            continue
        lowest = None if shape.lowest is None else whole * shape.lowest / 100
        highest = None if shape.highest is None else whole * shape.highest / 100
        if lowest is not None and event.amount < lowest:
            yield _broken(event, f"{dollars(event.amount)} is less than {dollars(lowest)}")
        elif highest is not None and event.amount > highest:
            yield _broken(event, f"{dollars(event.amount)} is more than {dollars(highest)}")


@standings.register
def _pooled(shape: Pooled, case: Case, _today: int) -> Iterator[Standing]:
    limits = [case.amounts[base] * share / 100 for share, base in shape.shares if base in case.amounts]
    missing = [base for _, base in shape.shares if base not in case.amounts]
    for event in meant(case, shape.what):
        if event.amount is None:
            yield _open(event, "no amount is on record, so it cannot be told")
        elif any(event.amount <= limit for limit in limits):
            continue
        elif missing:
            why = f"whether {dollars(event.amount)} is within its limit cannot be told: no {missing[0]} is on record"
            yield _open(event, why)
        else:
            yield _broken(event, f"{dollars(event.amount)} is more than {dollars(max(limits))}")


@standings.register
def _chain(shape: Chain, case: Case, _today: int) -> Iterator[Standing]:
    for event in triggers(shape, case):
        if not has_followed(shape, case, event):
            words = (" and " if shape.every else " or ").join(shape.kinds)
            after = f"the {event.kind} of {said(event.day)}" if event.level is None else f"level {event.level}"
            yield _open(event, f"{words} has not followed {after}")


def has_followed(shape: Chain, case: Case, event: Event) -> bool:
    """Whether what must follow an event is on record."""
    follow = {each.kind for kind in shape.kinds for each in case.timeline(kind) if event.order < each.order}
    return follow.issuperset(shape.kinds) if shape.every else bool(follow)


@standings.register
def _barred(shape: Barred, case: Case, _today: int) -> Iterator[Standing]:
    for event in meant(case, shape.what):
        for kind in shape.kinds:
            for each in case.of(kind):
                if event.order < each.order:
                    yield _broken(each, f"level {event.level} of {said(event.day)} bars it")


@standings.register
def _covered(shape: Covered, case: Case, _today: int) -> Iterator[Standing]:
    done = sorted(meant(case, shape.what), key=lambda each: each.order)
    gate = next(iter(case.of(shape.before)), None)
    for event in case.of(shape.other):
        if event.until is None or event.until - event.day + 1 < shape.least:
            continue
        answer = next((each for each in done if each.order > event.order), None)
        if gate is not None and gate.order > event.order and (answer is None or answer.order > gate.order):
            why = f"the {shape.other} of {said(event.day)} has no {shape.what.kind} before it"
            yield _broken(gate, why)
        elif answer is None:
            yield _open(event, f"the {shape.other} has no {shape.what.kind} yet")


Judge = Callable[[Obligation, Case, int], Standing | None]
"""What an evaluator is: an obligation, a case and a day to how it stands."""
