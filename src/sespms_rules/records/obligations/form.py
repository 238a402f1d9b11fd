"""The intermediate form of what must happen: cases of dated events, and obligations over them.

It knows nothing of the SES, of a policy or of law: kinds of events, roles and tags are plain words that whoever lowers
into it gives a meaning. Days are counted as whole numbers (`datetime.date.toordinal`). An obligation over a case is
held, broken since a day, or open until a day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from sespms_rules.foundation.values import Frozen, field

# ---- cases -----------------------------------------------------------------------------------------


class Event(Frozen, often=True):
    """Something that happened: `order` is its place among all events of the case, `row` where it is recorded.

    `about` is the part of the case it speaks of, empty for the whole, or the number of another event that it rests on;
    `written` and `reasoned` say whether a document and a reason are on record; `until` is its last day where it goes
    on for a time, `year` the year that it counts for, and `number` its own name on record. `corrects` holds the day
    and the level of each event in whose place it stands, the latest first.
    """

    order: int
    kind: str
    day: int
    row: int
    role: str = field(default="")
    person: str = field(default="")
    session: str = field(default="")
    about: str = field(default="")
    level: int | None = field(default=None)
    amount: Fraction | None = field(default=None)
    written: bool = field(default=False)
    reasoned: bool = field(default=False)
    until: int | None = field(default=None)
    year: int | None = field(default=None)
    number: str = field(default="")
    corrects: tuple[tuple[int, int], ...] = field(default=())

    def stood(self, day: int) -> int | None:
        """The level that stood in its place on a day, by what it corrects; None where none did."""
        return next((level for since, level in self.corrects if since <= day), None)

    @property
    def names(self) -> tuple[str, ...]:
        """What an event that lists several things speaks of: `evidence, formula and procedure`."""
        return tuple(each.strip() for each in self.about.replace(" and ", ",").split(",") if each.strip())


class Sitting(Frozen, often=True):
    """A meeting: its day, its members with the tag of each, and the day its membership was made known.

    A tag is empty where it cannot be told. `unread` counts rows that cannot be read or name nobody, of who may have sat
    besides; where no member is named, nobody knows how many sat. `dated` says whether its rows agree on the day.
    """

    name: str
    day: int
    members: tuple[tuple[str, str], ...]
    notice: int | None
    unread: int = field(default=0)
    dated: bool = field(default=True)


class Case(Frozen, often=True):
    """One case as it stands on a day, with no event after it: tags, named days, events by kind, sittings, parts.

    `events` hold those that speak of the whole case; `parts_done` says of each kind which parts it speaks of.
    `derived` is the level that the formula gives, None where it gives none, and `underived` says why. `amounts` are
    named sums. `earlier` are events of cases before this one, which only what looks over years heeds. `of_parts` are
    the events of a kind that speak of a part; `lacking` says of a thing that each part should have which parts are
    without it.
    """

    key: str
    tags: frozenset[str]
    days: Mapping[str, int]
    events: Mapping[str, tuple[Event, ...]]
    parts: tuple[str, ...] = field(default=())
    parts_done: Mapping[str, frozenset[str]] = field(default={})
    sittings: Mapping[str, Sitting] = field(default={})
    derived: int | None = field(default=None)
    amounts: Mapping[str, Fraction] = field(default={})
    earlier: Mapping[str, tuple[Event, ...]] = field(default={})
    of_parts: Mapping[str, tuple[Event, ...]] = field(default={})
    lacking: Mapping[str, tuple[str, ...]] = field(default={})
    underived: str = field(default="")

    def timeline(self, kind: str) -> tuple[Event, ...]:
        """The events of a kind in this case and in earlier ones, in order."""
        if kind not in self.earlier:
            return self.of(kind)
        return tuple(sorted((*self.earlier[kind], *self.of(kind)), key=lambda each: each.order))

    def of(self, kind: str) -> tuple[Event, ...]:
        """The events of a kind, in order."""
        return self.events.get(kind, ())


# ---- obligations -----------------------------------------------------------------------------------


class Picked(Frozen):
    """Events of a kind: all, or those at some levels (`lowest` to `highest`, both included), or those about a thing."""

    kind: str
    lowest: int | None = field(default=None)
    highest: int | None = field(default=None)
    about: str = field(default="")

    def fits(self, event: Event) -> bool:
        """Whether an event of the kind is meant; one without a level is not meant where levels are."""
        if self.about and self.about not in event.names:
            return False
        if self.lowest is None and self.highest is None:
            return True
        if event.level is None:
            return False
        return (self.lowest or 0) <= event.level <= (event.level if self.highest is None else self.highest)


class Gap(Frozen):
    """A length of time."""

    number: int
    unit: Literal["day", "month", "year"]


class Marker(Frozen):
    """A day that a case names, or the events of a kind."""

    name: str
    is_day: bool = field(default=False)


class Shape(Frozen):
    """The base of the shapes of obligations."""


class Existence(Shape):
    """So many events of a kind, none of them after the end of the span; due `after` the day that `due` names."""

    what: Picked
    least: int
    most: int | None
    span: tuple[str, str] | None
    due: str
    after: Gap | None = field(default=None)


class Precedence(Shape):
    """Each event comes after another, at least `gap` later. With `optional` the other need not have happened.

    Without it an earlier one is needed; with it none may come later.
    """

    what: Picked
    other: Marker
    gap: Gap | None = field(default=None)
    optional: bool = field(default=False)


class Precedes(Shape):
    """Each event comes before every other that there is, at least `gap` before; `same_day` allows the day itself."""

    what: Picked
    other: Marker
    gap: Gap | None = field(default=None)
    same_day: bool = field(default=False)


class Response(Shape):
    """After each `other` an event follows within a time."""

    what: Picked
    other: Marker
    within: Gap


class NotWithin(Shape):
    """No event comes on the day of another or within a time after it, both ends included.

    With `unless` an event that comes after one of those may.
    """

    what: Picked
    other: Marker
    within: Gap
    unless: Picked | None = field(default=None)


class Spaced(Shape):
    """Each event comes at least so long after the one before it of the same kind, in earlier cases too."""

    what: Picked
    gap: Gap


class Received(Shape):
    """Of each event someone in each role acknowledges a copy: an event of the kind `receipt` in that role, about it.

    It is about it by its number, or by its kind. Without `within` no day is set.
    """

    what: Picked
    by: tuple[str, ...]
    receipt: str
    within: Gap | None = field(default=None)


class Rests(Shape):
    """Each event rests on one of a kind before it: on the one whose number it is about, else on any there is."""

    what: Picked
    kind: str


class PartsTested(Shape):
    """Each event that speaks of a part has a document (`written`), a reason (`reasoned`), or one of the two (both)."""

    what: Picked
    written: bool = field(default=False)
    reasoned: bool = field(default=False)


class RunsBetween(Shape):
    """A case runs from a day of the year to another (month, day); not asked where an event of `unless` is on record."""

    first: tuple[int, int]
    last: tuple[int, int]
    unless: tuple[str, ...] = field(default=())


class Tested(Shape):
    """Each event passes a test of its own record.

    `by` names roles of which one acts; `written` asks for a document; `unchanged` for the level of the latest event of
    a kind before it; `apart` for another person than of each event of a kind; `all_parts` for every part of the case;
    `reasoned` for a reason; `names` for things that it speaks of; `each_part_has` for something no part lacks.
    """

    what: Picked
    by: tuple[str, ...] = field(default=())
    written: bool = field(default=False)
    unchanged: str = field(default="")
    apart: str = field(default="")
    all_parts: bool = field(default=False)
    derived: bool = field(default=False)
    reasoned: bool = field(default=False)
    names: tuple[str, ...] = field(default=())
    each_part_has: str = field(default="")


class Share(Shape):
    """The sitting of each event has at least so many members, and more than one half of a tag where one is named."""

    what: Picked
    members: int = field(default=0)
    majority: str = field(default="")


class Exclusion(Shape):
    """The one whom a case speaks of is no member of the sitting of an event."""

    what: Picked


class Announced(Shape):
    """Who sits was made known before the sitting of each event; `same_day` allows the day itself."""

    what: Picked
    same_day: bool = field(default=False)


class Threshold(Shape):
    """The amount of each event is between shares of a named sum, in percent, both ends included."""

    what: Picked
    lowest: Fraction | None
    highest: Fraction | None
    base: str


class Pooled(Shape):
    """The amount of each event is at most a share, in percent, of one of several named sums: the larger counts."""

    what: Picked
    shares: tuple[tuple[Fraction, str], ...]


class Chain(Shape):
    """After an event, or the second within `years`, others follow: one of `kinds`, or all of them; no day is set.

    Without `years` only events of the case itself count; with them those of earlier cases do too.
    """

    what: Picked
    kinds: tuple[str, ...]
    every: bool
    years: int | None = field(default=None)


class Barred(Shape):
    """After an event no other of these kinds follows."""

    what: Picked
    kinds: tuple[str, ...]


class Covered(Shape):
    """Each `other` that lasts at least `least` days has an event of the kind, no later than the first `before`."""

    what: Picked
    other: str
    least: int
    before: str


class Ground(Frozen):
    """Why something must happen: the sentence, whose text it stands in, the citation, and whether it counts as law."""

    sentence: str
    text: str
    citation: str
    confirmed: bool
    doubt: str = field(default="")


def doubts_of(grounds: Iterable[Ground]) -> str:
    """What is noted on some grounds, each clause once."""
    clauses = (clause for each in grounds for clause in each.doubt.split("; ") if clause)
    return "; ".join(dict.fromkeys(clauses))


class Obligation(Frozen):
    """A shape, for cases that have one of `tags` (all cases where there is none), and its grounds.

    `actor` is the role whose move it is while it is open.
    """

    shape: Shape
    tags: frozenset[str]
    grounds: tuple[Ground, ...]
    actor: str = field(default="")


# ---- judgements ------------------------------------------------------------------------------------


class State(StrEnum):
    """How an obligation stands in a case."""

    HELD = "held"
    BROKEN = "broken"
    OPEN = "open"


class Standing(Frozen, often=True):
    """How an obligation stands: `day` is since when it is broken or until when it is open, None where no day is set.

    `row` is the record that breaks it, 0 where something is missing; `why` is a plain clause. What holds nothing that
    the obligation asks of is held, and is not `asked`.
    """

    state: State
    day: int | None = field(default=None)
    row: int = field(default=0)
    why: str = field(default="")
    asked: bool = field(default=True)

    @property
    def answer(self) -> tuple[State, int | None]:
        """What two evaluators must agree on."""
        return (self.state, self.day)


HELD = Standing(State.HELD)
UNASKED = Standing(State.HELD, asked=False)


def later(day: int, gap: Gap | None) -> int:
    """The day so much later. The 31st of a month that has none becomes its last day."""
    if gap is None:
        return day
    if gap.unit == "day":
        return day + gap.number
    start = datetime.date.fromordinal(day)
    months = start.month - 1 + gap.number * (12 if gap.unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    first_after = datetime.date(year + month // 12, month % 12 + 1, 1)
    last = first_after - datetime.timedelta(days=1)
    return datetime.date(year, month, min(start.day, last.day)).toordinal()
