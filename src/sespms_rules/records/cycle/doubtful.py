"""How a duty stands where a row on record does not count that may turn it: it is open, and never held or broken.

Three answers, as over the whole agency: what is missing may stand in such a row, and what is in order may not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any, Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.records.cycle.cases import kinds_of_act
from sespms_rules.records.findings import RecordPlace
from sespms_rules.records.obligations import Standing, State
from sespms_rules.records.obligations.form import (
    Barred,
    Chain,
    Covered,
    Existence,
    Marker,
    NotWithin,
    PartsTested,
    Precedence,
    Precedes,
    Received,
    Response,
    Rests,
    RunsBetween,
    Shape,
    Tested,
)
from sespms_rules.records.reading import OF_ELEMENTS, SetAside, Year
from sespms_rules.records.vocabulary import FOR_ALL

_PLANS: Final = "plans"


class Aside(Frozen):
    """What of one executive does not count: the first row of each kind of act, one of an act that cannot be told.

    `acts` speak of the whole case, `parts` of an element. `perhaps` are acts of whom nobody can tell, which may be this
    executive's; `plan` is a row of the plan.
    """

    acts: Mapping[str, RecordPlace]
    parts: Mapping[str, RecordPlace] = field(default={})
    unknown: RecordPlace | None = field(default=None)
    perhaps: Mapping[str, RecordPlace] = field(default={})
    plan: RecordPlace | None = field(default=None)


class AllAside:
    """What does not count in a year, executive by executive."""

    def __init__(self, records: Year) -> None:
        self._own: dict[str, list[SetAside]] = {}
        self._everyones: dict[str, RecordPlace] = {}
        self._nobodys: dict[str, RecordPlace] = {}
        for each in records.set_aside:
            if each.executive:
                self._own.setdefault(as_one_id(each.executive), []).append(each)
            elif each.act:
                whose = self._everyones if each.act in FOR_ALL else self._nobodys
                whose.setdefault(each.act, each.place)

    def of(self, executive: str) -> Aside | None:
        """What does not count of an executive; None where all does."""
        own = self._own.get(as_one_id(executive), ()) if self._own else ()
        if not (own or self._everyones or self._nobodys):
            return None
        acts = [each for each in own if each.table != _PLANS]
        of_parts = [each for each in acts if _is_of_a_part(each)]
        whole = [(each.act, each.place) for each in acts if each.act and not _is_of_a_part(each)]
        unknown = next((each.place for each in acts if not each.act), None)
        plan = next((each.place for each in own if each.table == _PLANS), None)
        return Aside(
            _by_kind([*whole, *self._everyones.items()]),
            _by_kind((each.act, each.place) for each in of_parts),
            unknown,
            _by_kind(self._nobodys.items()),
            plan,
        )


def _is_of_a_part(act: SetAside) -> bool:
    return bool(act.element) and act.act in OF_ELEMENTS


def _by_kind(acts: Iterable[tuple[str, RecordPlace]]) -> dict[str, RecordPlace]:
    found: dict[str, RecordPlace] = {}
    for act, place in acts:
        for kind in kinds_of_act(act):
            found.setdefault(kind, place)
    return found


def with_doubt(shape: Shape, standing: Standing, aside: Aside | None) -> tuple[Standing, bool]:
    """How an obligation of a shape stands in spite of what does not count, and whether that leaves it open."""
    if aside is None or not standing.asked:
        return standing, False
    if standing.state is State.HELD:
        why = _upset(shape, aside)
        return (replace(standing, state=State.OPEN, why=why), True) if why else (standing, False)
    awaited = () if standing.row and isinstance(shape, Existence) else tuple(_awaited(shape))
    is_open = standing.state is State.OPEN
    found = _of(shape, aside)
    why = next((said for kind in awaited if (said := _may_be(kind, found, aside, of_any=not is_open))), "")
    if not why:
        return standing, False
    says = f"{standing.why}, but {why}"
    if is_open:
        return replace(standing, why=says), False
    return replace(standing, state=State.OPEN, day=None, why=says), True


def _of(shape: Shape, aside: Aside) -> Mapping[str, RecordPlace]:
    """What does not count of the acts that a shape looks at: those of the whole case, or those of its parts."""
    of_parts = isinstance(shape, PartsTested) or (isinstance(shape, Tested) and shape.all_parts)
    return aside.parts if of_parts else aside.acts


def _may_be(kind: str, found: Mapping[str, RecordPlace], aside: Aside, *, of_any: bool) -> str:
    """In which row what is missing may stand; empty where in none, with `of_any` one of an act that cannot be told."""
    place = found.get(kind)
    if place is not None:
        return f"{_row(place)} names one and does not count"
    if kind in aside.perhaps:
        return f"{_row(aside.perhaps[kind])} names one, and of whom cannot be told"
    if aside.unknown is None or not of_any:
        return ""
    return f"{_row(aside.unknown)} may be one, and cannot be read"


def _upset(shape: Shape, aside: Aside) -> str:
    """Why it cannot be told whether all is in order; empty where it can."""
    if aside.plan is not None and isinstance(shape, Tested) and (shape.all_parts or shape.each_part_has):
        return f"{_row(aside.plan)} of the plan cannot be read, so it cannot be told whether all is in order"
    found = _of(shape, aside)
    kind = next((kind for kind in _upsetting(shape) if kind in found), "")
    if not kind:
        return ""
    return f"{_row(found[kind])} names another {kind} and does not count, so it cannot be told whether all is in order"


def _row(place: RecordPlace) -> str:
    return f"{place.unit} {place.number}"


# ---- what may turn a shape -----------------------------------------------------------------------------


def _named(marker: Marker) -> Iterator[str]:
    if not marker.is_day:
        yield marker.name


@singledispatch
def _awaited(shape: Any) -> Iterator[str]:
    """The kinds of event of which one more may keep what is broken or open."""
    del shape
    yield from ()


@singledispatch
def _upsetting(shape: Any) -> Iterator[str]:
    """The kinds of event of which one more may break what is held."""
    yield shape.what.kind


@_awaited.register
def _(shape: Existence | Response | Covered) -> Iterator[str]:
    yield shape.what.kind


@_upsetting.register
def _(shape: Existence) -> Iterator[str]:
    if shape.most is not None:
        yield shape.what.kind


@_awaited.register
def _(shape: Precedence) -> Iterator[str]:
    if not shape.optional:
        yield from _named(shape.other)


@_upsetting.register
def _(shape: Precedence) -> Iterator[str]:
    yield shape.what.kind
    if shape.optional:
        yield from _named(shape.other)


@_upsetting.register
def _(shape: Response) -> Iterator[str]:
    yield from _named(shape.other)


@_awaited.register
def _(shape: NotWithin) -> Iterator[str]:
    if shape.unless is not None:
        yield shape.unless.kind


@_upsetting.register
def _(shape: Precedes | NotWithin) -> Iterator[str]:
    yield from (shape.what.kind, *_named(shape.other))


@_awaited.register
def _(shape: Received) -> Iterator[str]:
    yield shape.receipt


@_awaited.register
def _(shape: Rests) -> Iterator[str]:
    yield shape.kind


@_awaited.register
def _(shape: RunsBetween) -> Iterator[str]:
    yield from shape.unless


@_upsetting.register
def _(shape: RunsBetween) -> Iterator[str]:
    del shape
    yield from ()


@_awaited.register
def _(shape: Tested) -> Iterator[str]:
    if shape == Tested(shape.what, all_parts=True):
        yield shape.what.kind


@_upsetting.register
def _(shape: Tested) -> Iterator[str]:
    yield from (each for each in (shape.what.kind, shape.unchanged, shape.apart) if each)


@_awaited.register
def _(shape: Chain) -> Iterator[str]:
    yield from shape.kinds


@_upsetting.register
def _(shape: Barred) -> Iterator[str]:
    yield from (shape.what.kind, *shape.kinds)


@_upsetting.register
def _(shape: Covered) -> Iterator[str]:
    yield from (shape.other, shape.before)
