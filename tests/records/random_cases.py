"""Cases and obligations at random: few kinds, days close together, so that every edge of a shape is met often."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from sespms_rules.records.obligations.form import (
    Announced,
    Barred,
    Case,
    Chain,
    Covered,
    Event,
    Exclusion,
    Existence,
    Gap,
    Marker,
    NotWithin,
    Obligation,
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
)

KINDS = ("letter", "answer", "verdict")
FIRST = datetime.date(2025, 12, 25).toordinal()
_days = st.integers(FIRST, FIRST + 40)
_kinds = st.sampled_from(KINDS)
_people = st.sampled_from(["", "P-1", "P-2", "C-1"])
_levels = st.none() | st.integers(1, 5)
_gaps = st.builds(Gap, st.integers(0, 30), st.just("day")) | st.builds(
    Gap, st.integers(0, 2), st.sampled_from(["month", "year"])
)
_picked = st.builds(Picked, _kinds) | st.builds(
    lambda kind, ends: Picked(kind, min(ends), max(ends)), _kinds, st.tuples(st.integers(1, 5), st.integers(1, 5))
)
_picked |= st.builds(Picked, _kinds, st.none(), st.none(), st.sampled_from(["one", "answer"]))
_abouts = st.sampled_from(["", "one", "two", "one and two", "answer", "N-0", "N-1", "N-2"])
_markers = st.builds(Marker, _kinds) | st.sampled_from([Marker("start", True), Marker("end", True)])
_percents = st.none() | st.fractions(0, 40, max_denominator=4)


@st.composite
def _events(draw: st.DrawFn) -> tuple[Event, ...]:
    rows = draw(st.lists(st.tuples(_days, _kinds), max_size=7))
    made = []
    for order, (day, kind) in enumerate(sorted(rows, key=lambda each: each[0])):
        made.append(
            Event(
                order,
                kind,
                day,
                order + 2,
                role=draw(st.sampled_from(["", "clerk", "judge"])),
                person=draw(_people),
                session=draw(st.sampled_from(["", "S-1", "S-2"])),
                level=draw(_levels),
                amount=draw(st.none() | st.builds(Fraction, st.integers(0, 400), st.just(4))),
                written=draw(st.booleans()),
                reasoned=draw(st.booleans()),
                until=draw(st.none() | st.builds(lambda more, day=day: day + more, st.integers(0, 20))),
                year=draw(st.none() | st.integers(2020, 2026)),
                about=draw(_abouts),
                number=draw(st.sampled_from(["", f"N-{order}"])),
            )
        )
    return tuple(made)


_sittings = st.builds(
    lambda name, day, members, before, unread, dated: Sitting(
        name, day, tuple(members.items()), None if before is None else day - before, unread, dated
    ),
    st.just("S-1"),
    _days,
    st.dictionaries(st.sampled_from(["P-1", "P-2", "C-1", "M-4"]), st.sampled_from(["career", "other", ""])),
    st.none() | st.integers(-1, 2),
    st.sampled_from([0, 0, 1, 2]),
    st.sampled_from([True, True, False]),
)


def _by_kind(events: tuple[Event, ...]) -> dict[str, tuple[Event, ...]]:
    return {kind: tuple(each for each in events if each.kind == kind) for kind in KINDS}


cases: st.SearchStrategy[Case] = st.builds(
    lambda events, sitting, start, length, tags, parts, derived, pay, before: Case(
        "C-1",
        tags,
        {"start": start, "end": start + length, "plan start": start, "plan end": start + length},
        _by_kind(events[before:]),
        ("one", "two"),
        {kind: frozenset(parts) for kind in KINDS},
        {"S-1": sitting},
        derived,
        {} if pay is None else {"pay": pay},
        _by_kind(events[:before]),
        _by_kind(events[1:]),
        {"goal": tuple(parts)},
    ),
    _events(),
    _sittings,
    _days,
    st.integers(0, 30),
    st.frozensets(st.sampled_from(["career", "other"])),
    st.frozensets(st.sampled_from(["one", "two"])),
    st.none() | st.integers(1, 5),
    st.none() | st.builds(Fraction, st.integers(1, 400)),
    st.integers(0, 3),
)

_some_kinds = st.lists(_kinds, min_size=1, max_size=3, unique=True).map(tuple)
_tests: dict[str, Any] = {
    "by": st.sampled_from([(), ("clerk",), ("clerk", "judge")]),
    "written": st.booleans(),
    "unchanged": st.sampled_from(["", *KINDS]),
    "apart": st.sampled_from(["", *KINDS]),
    "all_parts": st.booleans(),
    "derived": st.booleans(),
    "reasoned": st.booleans(),
    "names": st.sampled_from([(), ("one",), ("one", "two")]),
    "each_part_has": st.sampled_from(["", "goal", "deadline"]),
}
_day_of_year = st.sampled_from([(12, 25), (12, 31), (1, 1), (1, 31)])
SHAPES: tuple[st.SearchStrategy[Shape], ...] = (
    st.builds(
        Existence,
        _picked,
        st.integers(0, 3),
        st.none() | st.integers(3, 4),
        st.none() | st.just(("start", "end")),
        st.sampled_from(["start", "end"]),
        st.none() | _gaps,
    ),
    st.builds(Precedence, _picked, _markers, st.none() | _gaps),
    st.builds(Precedence, _picked, st.builds(Marker, _kinds), st.none(), st.just(True)),
    st.builds(Precedes, _picked, _markers, st.none() | _gaps, st.booleans()),
    st.builds(Response, _picked, _markers, _gaps),
    st.builds(NotWithin, _picked, _markers, _gaps, st.none() | _picked),
    st.builds(Spaced, _picked, _gaps),
    st.builds(
        Received, _picked, st.sampled_from([("clerk",), ("clerk", "judge")]), st.just("answer"), st.none() | _gaps
    ),
    st.builds(Rests, _picked, _kinds),
    st.builds(PartsTested, _picked, st.booleans(), st.booleans()),
    st.builds(RunsBetween, _day_of_year, _day_of_year, st.sampled_from([(), ("letter",)])),
    st.builds(Tested, _picked, **_tests),
    st.builds(Share, _picked, st.integers(0, 4), st.sampled_from(["", "career"])),
    st.builds(Exclusion, _picked),
    st.builds(Announced, _picked, st.booleans()),
    st.builds(Threshold, _picked, _percents, _percents, st.just("pay")),
    st.builds(
        Pooled,
        _picked,
        st.lists(
            st.tuples(st.fractions(0, 40, max_denominator=4), st.sampled_from(["pay", "other pay"])),
            min_size=1,
            max_size=2,
        ).map(tuple),
    ),
    st.builds(Chain, _picked, _some_kinds, st.booleans(), st.none() | st.integers(1, 5)),
    st.builds(Barred, _picked, _some_kinds),
    st.builds(Covered, _picked, _kinds, st.integers(1, 20), _kinds),
)


def obligations_of(shape: st.SearchStrategy[Shape]) -> st.SearchStrategy[Obligation]:
    """Obligations of one shape, for all cases or those with a tag."""
    return st.builds(Obligation, shape, st.frozensets(st.sampled_from(["career", "other"])), st.just(()))


days: st.SearchStrategy[int] = st.integers(FIRST + 40, FIRST + 900)
