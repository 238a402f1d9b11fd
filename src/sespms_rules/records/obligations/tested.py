"""The tests of an event's own record, one by one: each says why the event fails it, or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.records.obligations.form import Case, Event, Gap, RunsBetween, Tested, later
from sespms_rules.records.obligations.matter import untold


def fails(shape: Tested, case: Case, event: Event) -> Iterator[str]:
    """Why an event fails what a shape asks of its own record: a clause for each test that it fails."""
    for test in (_by, _written, _unchanged, _apart, _parts, _derived, _reasoned, _names, _each_part_has):
        if why := test(shape, case, event):
            yield why


def _by(shape: Tested, case: Case, event: Event) -> str:
    del case
    if not shape.by or event.role in shape.by:
        return ""
    return f"the record names the {event.role}" if event.role else "the record names nobody who acted"


def _written(shape: Tested, case: Case, event: Event) -> str:
    del case
    return "no document is on record for it" if shape.written and not event.written else ""


def _unchanged(shape: Tested, case: Case, event: Event) -> str:
    """A level that differs from the latest before it is a change, whatever is recommended beside it."""
    if not shape.unchanged:
        return ""
    after = [each for each in case.of(shape.unchanged) if each.order > event.order and each.level is not None]
    before = [each.level for each in case.of(shape.unchanged) if each.order < event.order and each.level is not None]
    if after and (stood := after[0].stood(event.day)) is not None and not before:
        before = [stood]  # what was corrected afterwards had its level when it was looked at
    if before and after and after[0].level != before[-1]:
        return f"the {shape.unchanged} is level {before[-1]} before it and level {after[0].level} after it"
    return ""


def _apart(shape: Tested, case: Case, event: Event) -> str:
    if not shape.apart or not event.person:
        return ""
    takers = {each.person for each in case.of(shape.apart)}
    takers |= {member for each in case.of(shape.apart) for member in members_of(case, each)}
    return f"`{event.person}` has a part in the {shape.apart} too" if event.person in takers else ""


def members_of(case: Case, event: Event) -> list[str]:
    """The members of the sitting that an event names."""
    sitting = case.sittings.get(event.session)
    return [] if sitting is None else [member for member, _ in sitting.members]


def _parts(shape: Tested, case: Case, event: Event) -> str:
    if not shape.all_parts:
        return ""
    missing = [part for part in case.parts if part not in case.parts_done.get(event.kind, ())]
    return f"`{missing[0]}` has no {event.kind}" if missing else ""


def _derived(shape: Tested, case: Case, event: Event) -> str:
    return differs_from_formula(event.level, case.derived, reasoned=event.reasoned) if shape.derived else ""


def differs_from_formula(level: int | None, derived: int | None, *, reasoned: bool) -> str:
    """That a rating is not what the formula gives; empty where it is, has a reason, or cannot be told."""
    if derived is None or level in (None, derived) or reasoned:
        return ""
    return f"it is level {level}, the formula gives level {derived}, and no reason is on record"


def cannot_be_told(shape: Tested, case: Case, event: Event) -> str:
    """Why a test cannot be decided, as a clause; empty where each can be."""
    return _unlike_formula(shape, case, event) or _who_else(shape, case, event)


def _who_else(shape: Tested, case: Case, event: Event) -> str:
    """Why it cannot be told whether the one who acted had a part elsewhere: who sat there cannot be told."""
    if not shape.apart or not event.person:
        return ""
    sittings = (case.sittings.get(each.session) for each in case.of(shape.apart))
    why = next((said for each in sittings if each is not None and (said := untold(each))), "")
    return f"whether `{event.person}` has a part in the {shape.apart} cannot be told: {why}" if why else ""


def _unlike_formula(shape: Tested, case: Case, event: Event) -> str:
    """Why a rating cannot be held against the formula: neither has a level, or the formula gives none."""
    if not shape.derived or None not in (event.level, case.derived):
        return ""
    if event.level is None:
        return f"the {event.kind} has no level on record, so it cannot be compared with what the formula gives"
    if event.reasoned:
        return ""
    why = case.underived or "the formula gives none"
    return f"the {event.kind} of level {event.level} cannot be compared with what the formula gives: {why}"


def _reasoned(shape: Tested, case: Case, event: Event) -> str:
    del case
    return "no reason is on record for it" if shape.reasoned and not event.reasoned else ""


def _names(shape: Tested, case: Case, event: Event) -> str:
    del case
    missing = [name for name in shape.names if name not in event.names]
    return f"it does not name the {missing[0]} in `about`" if missing else ""


def _each_part_has(shape: Tested, case: Case, event: Event) -> str:
    del event
    lacking = case.lacking.get(shape.each_part_has, ())
    return f"`{lacking[0]}` has no {shape.each_part_has}" if lacking else ""


def off_days(shape: RunsBetween, case: Case) -> Iterator[tuple[int, str]]:
    """The days of a plan that are not those of the policy, or that lie more than a year apart, each with why."""
    known = {name: case.days[f"plan {name}"] for name in ("start", "end") if f"plan {name}" in case.days}
    for name, (month, day) in (("start", shape.first), ("end", shape.last)):
        if name not in known:
            continue
        found = datetime.date.fromordinal(known[name])
        if (found.month, found.day) != (month, day):
            yield known[name], f"the plan's period has its {name} on {found}, not on {month:02}-{day:02}"
    if len(known) == 2 and known["end"] >= later(known["start"], Gap(1, "year")):
        start, end = (datetime.date.fromordinal(known[name]) for name in ("start", "end"))
        yield known["end"], f"the plan's period lasts from {start} to {end}, which is more than a year"
