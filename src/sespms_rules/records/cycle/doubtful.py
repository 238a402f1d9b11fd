"""How a duty stands where a row on record does not count that may turn it: it is open, and never held or broken.

Three answers, as over the whole agency: what is missing may stand in such a row, and what is in order may not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any, Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.syntax.words import Act
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
    executive's, as may `unknown`; `plan` is a row of the plan. `corrections` may stand in the place of an act that
    counts; `of_any` is such a row that may be one of any kind.
    """

    acts: Mapping[str, RecordPlace]
    parts: Mapping[str, RecordPlace] = field(default={})
    unknown: RecordPlace | None = field(default=None)
    perhaps: Mapping[str, RecordPlace] = field(default={})
    plan: RecordPlace | None = field(default=None)
    corrections: Mapping[str, RecordPlace] = field(default={})
    of_any: RecordPlace | None = field(default=None)


class AllAside:
    """What does not count in a year, executive by executive."""

    def __init__(self, records: Year) -> None:
        self._own: dict[str, list[SetAside]] = {}
        self._everyones: list[SetAside] = []
        self._anyones: list[SetAside] = []
        for each in records.set_aside:
            if each.may_be_anyones:
                self._anyones.append(each)
            elif each.executive:
                self._own.setdefault(as_one_id(each.executive), []).append(each)
            else:
                self._everyones.append(each)
        self._of_all = _aside((), self._everyones, self._anyones)

    def of(self, executive: str) -> Aside | None:
        """What does not count of an executive; None where all does."""
        own = self._own.get(as_one_id(executive), ()) if self._own else ()
        return _aside(own, self._everyones, self._anyones) if own else self._of_all


def _aside(own: Iterable[SetAside], everyones: Iterable[SetAside], anyones: Iterable[SetAside]) -> Aside | None:
    """What does not count of one executive: what is their own, what concerns everyone, what may be anyone's."""
    every = [*own, *everyones, *anyones]
    if not every:
        return None
    acts = [each for each in own if each.table != _PLANS]
    whole = [*(each for each in acts if each.anything or not _is_of_a_part(each)), *everyones]
    correcting = [each for each in every if each.table != _PLANS and each.corrects]
    return Aside(
        _by_kind(whole),
        _by_kind(filter(_is_of_a_part, acts)),
        _first(filter(_is_unknown, every)),
        _by_kind(each for each in anyones if each.table != _PLANS),
        _first(each for each in every if each.table == _PLANS),
        _by_kind(correcting),
        _first(filter(_is_unknown, correcting)),
    )


def _is_of_a_part(act: SetAside) -> bool:
    return act.act in OF_ELEMENTS and (bool(act.element) or act.anything)


def _is_unknown(row: SetAside) -> bool:
    return row.table != _PLANS and not (row.act or row.for_all)


def _first(found: Iterable[SetAside]) -> RecordPlace | None:
    return next((each.place for each in found), None)


def _by_kind(acts: Iterable[SetAside]) -> dict[str, RecordPlace]:
    found: dict[str, RecordPlace] = {}
    for each in acts:
        names = sorted(FOR_ALL) if each.for_all else [each.act] if each.act else []
        for kind in (kind for name in names for kind in kinds_of_act(name)):
            found.setdefault(kind, each.place)
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
    why = why or ("" if is_open else _corrected(shape, aside))
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
        return f"{_row(aside.perhaps[kind])} names one, and whose it is cannot be told"
    if aside.unknown is None or not of_any:
        return ""
    return f"{_row(aside.unknown)} may be one, and cannot be read"


def _upset(shape: Shape, aside: Aside) -> str:
    """Why it cannot be told whether all is in order; empty where it can."""
    why = next(_upset_by(shape, aside), "")
    return f"{why}, so it cannot be told whether all is in order" if why else ""


def _upset_by(shape: Shape, aside: Aside) -> Iterator[str]:
    """The rows that may break what is held, those first of which the most is known."""
    if aside.plan is not None and isinstance(shape, Tested) and (shape.all_parts or shape.each_part_has):
        yield f"{_row(aside.plan)} of the plan cannot be read"
    kinds = tuple(_upsetting(shape))
    found = _of(shape, aside)
    yield from (f"{_row(found[kind])} names another {kind} and does not count" for kind in kinds if kind in found)
    yield from (
        f"{_row(aside.perhaps[kind])} names another {kind}, and whose it is cannot be told"
        for kind in kinds
        if kind in aside.perhaps
    )
    if why := _corrected(shape, aside):
        yield why
    if kinds and aside.unknown is not None:
        yield f"{_row(aside.unknown)} may be any act, and cannot be read"


def _corrected(shape: Shape, aside: Aside) -> str:
    """In which row an act that a shape looks at may be corrected, of those that count; empty where in none."""
    kinds = (*_awaited(shape), *_upsetting(shape))
    kind = next((kind for kind in kinds if kind in aside.corrections), "")
    if kind:
        return f"{_row(aside.corrections[kind])} may correct the {kind} and does not count"
    if kinds and aside.of_any is not None:
        return f"{_row(aside.of_any)} may correct any act, and cannot be read"
    return ""


def _row(place: RecordPlace) -> str:
    return f"{place.unit} {place.number}"


def with_rating_without_level(aside: Aside | None, rating: RecordPlace | None) -> Aside | None:
    """What of one executive does not count, with an annual rating of which no level is known."""
    if rating is None:
        return aside
    aside = aside or Aside({}, {})
    return replace(aside, acts={Act.ANNUAL_RATING.value: rating, **aside.acts})


def rows_that_may_turn(aside: Aside | None, more: Iterable[str], counted: Iterable[str]) -> tuple[str, ...]:
    """Which rows may be one more act of some kinds, or correct one that counts, each in a clause."""
    if aside is None:
        return ()
    one_more, corrected = dict.fromkeys(more), dict.fromkeys(counted)
    said = {
        **{
            aside.corrections[kind]: f"may correct `{kind}` and does not count"
            for kind in _both(corrected, aside.corrections)
        },
        **{
            aside.perhaps[kind]: f"names `{kind}`, and whose it is cannot be told"
            for kind in _both(one_more, aside.perhaps)
        },
        **{aside.acts[kind]: f"names `{kind}` and does not count" for kind in _both(one_more, aside.acts)},
    }
    if corrected and aside.of_any is not None:
        said.setdefault(aside.of_any, "may correct any act, and cannot be read")
    if one_more and aside.unknown is not None:
        said.setdefault(aside.unknown, "may be any act, and cannot be read")
    return tuple(f"{_row(place)} {clause}" for place, clause in said.items())


def _both(kinds: Iterable[str], known: Mapping[str, RecordPlace]) -> Iterator[str]:
    return (kind for kind in kinds if kind in known)


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
