"""The second evaluator: durable-rules decides each obligation from whole numbers worked out before.

Each shape has one small decision table, read from the top; its last row always fits. What is handed over are counts and
distances in days, none of which says by itself how the obligation stands: the rule that the engine fires does. The
numbers are worked out here anew, by other means than the plain evaluator's, so that a slip of one shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, singledispatch
from math import lcm
from types import TracebackType
from typing import Final, NamedTuple, Self

from sespms_rules.engines.durable import DurableTables, Row, Table, Test
from sespms_rules.records.obligations.form import (
    HELD,
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
    Obligation,
    Picked,
    Precedence,
    Precedes,
    Response,
    Shape,
    Share,
    Standing,
    State,
    Tested,
    Threshold,
    later,
)

_H, _B, _O = State.HELD.value, State.BROKEN.value, State.OPEN.value
_KEPT_DECISIONS: Final = 1 << 16


def _table(name: str, facts: str, *rows: tuple[str, str], otherwise: str) -> Table:
    """A table from rows such as `("gap < 0", "broken")`; tests of one row are joined by `and`."""
    made = []
    for number, (tests, answer) in enumerate(rows):
        parts = [each.split() for each in tests.split(" and ")]
        made.append(Row(f"{answer} {number}", tuple(Test(fact, mark, int(edge)) for fact, mark, edge in parts)))  # type: ignore[arg-type]
    return Table(name, tuple(facts.split()), (*made, Row(f"{otherwise} last", ())))


TABLES: Final = (
    _table("count", "missing excess left", ("excess >= 1", _B), ("missing <= 0", _H), ("left < 0", _B), otherwise=_O),
    _table(
        "precedence",
        "optional behind present gap",
        ("optional == 1 and behind >= 1", _B),
        ("optional == 1", _H),
        ("present == 0", _B),
        ("gap < 0", _B),
        otherwise=_H,
    ),
    _table("precedes", "present gap", ("present == 0", _H), ("gap < 0", _B), otherwise=_H),
    _table(
        "response",
        "answered late left",
        ("answered == 1 and late <= 0", _H),
        ("answered == 1", _B),
        ("left < 0", _B),
        otherwise=_O,
    ),
    _table("time barred", "since left", ("since < 0", _H), ("left < 0", _H), otherwise=_B),
    _table("role", "asked rank", ("asked == 0", _H), ("rank >= 0", _H), otherwise=_B),
    _table("nothing", "count", ("count == 0", _H), otherwise=_B),
    _table(
        "formula",
        "known reasoned difference",
        ("known == 0", _H),
        ("reasoned == 1", _H),
        ("difference == 0", _H),
        otherwise=_B,
    ),
    _table("board", "seated spare over", ("seated == 0", _B), ("spare < 0", _B), ("over < 1", _B), otherwise=_H),
    _table("amount", "known below above", ("known == 0", _B), ("below < 0", _B), ("above < 0", _B), otherwise=_H),
    _table("chain", "due remaining", ("due == 0", _H), ("remaining == 0", _H), otherwise=_O),
    _table("cover", "spare answered gate", ("spare < 0", _H), ("answered == 1", _H), ("gate == 1", _B), otherwise=_O),
)


class Message(NamedTuple):
    """One question to the engine: the table, its facts, and the day that each answer would bear."""

    table: str
    facts: tuple[int, ...]
    broken: int | None
    until: int | None = None


class DurableJudge:
    """Judges obligations by durable-rules; open until the end of its `with` block.

    Raises EngineUnavailableError where durable-rules cannot run, FactRefusedError for numbers it cannot hold.
    """

    def __init__(self) -> None:
        self._tables = DurableTables("obligations", TABLES)
        self._facts = {table.name: table.facts for table in TABLES}
        # A table always gives one answer to one set of facts, so each set is put to the engine once.
        self._decide = lru_cache(_KEPT_DECISIONS)(self._ask)

    def _ask(self, table: str, facts: tuple[int, ...]) -> State:
        key = self._tables.decide(table, dict(zip(self._facts[table], facts, strict=True)))
        return State(key.partition(" ")[0])

    def __call__(self, obligation: Obligation, case: Case, today: int) -> Standing | None:
        """How an obligation stands in a case as of a day; None where it does not speak of such a case."""
        if obligation.tags and not obligation.tags & case.tags:
            return None
        first: dict[State, int | None] = {}
        for each in messages(obligation.shape, case, today):
            state = self._decide(each.table, each.facts)
            day = each.broken if state is State.BROKEN else each.until
            known = first.get(state, day)
            first[state] = day if known is None else known if day is None else min(known, day)
        for state in (State.BROKEN, State.OPEN):
            if state in first:
                return Standing(state, first[state])
        return HELD

    def close(self) -> None:
        """Give the engine's memory back."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
    for place in _places(case, shape.other):
        start = place // _PLACES
        end = later(start, shape.within)
        for event in _all(case, shape.what):
            yield Message("time barred", (event.day - start, end - event.day), event.day)


@messages.register
def _tested(shape: Tested, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        rank = shape.by.index(event.role) if event.role in shape.by else -1
        yield Message("role", (int(bool(shape.by)), rank), event.day)
        for count in (
            int(shape.written and not event.written),
            _changes(shape, case, event),
            _shared(shape, case, event),
            len(set(case.parts) - case.parts_done.get(event.kind, frozenset())) if shape.all_parts else 0,
        ):
            yield Message("nothing", (count,), event.day)
        if shape.derived:
            known = case.derived is not None and event.level is not None
            difference = (event.level or 0) - (case.derived or 0) if known else 0
            yield Message("formula", (int(known), int(event.reasoned), difference), event.day)


def _changes(shape: Tested, case: Case, event: Event) -> int:
    """By how many levels the first of a kind after an event differs from the last of it before."""
    levels: tuple[list[int], list[int]] = ([], [])
    for each in case.of(shape.unchanged) if shape.unchanged else ():
        if each.level is not None and each is not event:
            levels[_place(each) > _place(event)].append(each.level)
    return abs(levels[1][0] - levels[0][-1]) if all(levels) else 0


def _shared(shape: Tested, case: Case, event: Event) -> int:
    found = 0
    for each in case.of(shape.apart) if shape.apart and event.person else ():
        sitting = case.sittings.get(each.session)
        found += each.person == event.person
        found += sitting is not None and event.person in dict(sitting.members)
    return found


@messages.register
def _share(shape: Share, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        tags = [] if sitting is None else [tag for _, tag in sitting.members]
        over = 2 * tags.count(shape.majority) - len(tags) if shape.majority else 1
        yield Message("board", (int(sitting is not None), len(tags) - shape.members, over), event.day)


@messages.register
def _exclusion(shape: Exclusion, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        yield Message("nothing", (0 if sitting is None else int(case.key in dict(sitting.members)),), event.day)


@messages.register
def _announced(shape: Announced, case: Case, _today: int) -> Iterator[Message]:
    for event in _all(case, shape.what):
        sitting = case.sittings.get(event.session)
        spare = -1 if sitting is None or sitting.notice is None else sitting.day - sitting.notice
        yield Message("nothing", (max(0, (0 if shape.same_day else 1) - spare),), event.day)


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
