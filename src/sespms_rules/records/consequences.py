"""What ratings lead to, over years: what must follow, what is barred, how large an award may be, and when to wait.

Everything is read off the obligations of the policy and of the law, and off what the policy says a level allows; no
consequence is written down here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import level_number
from sespms_rules.language.syntax.uses import Allows, RewardFor, WhenLevel
from sespms_rules.language.syntax.words import Act, Base, PartKind, Reward
from sespms_rules.records.cycle import Aside, rows_that_may_turn
from sespms_rules.records.duties import Duties, own_ground
from sespms_rules.records.obligations import Case, Obligation
from sespms_rules.records.obligations.form import (
    Barred,
    Chain,
    Event,
    Ground,
    Marker,
    NotWithin,
    Picked,
    Precedence,
    Shape,
    Threshold,
    doubts_of,
    later,
)
from sespms_rules.records.obligations.matter import triggers
from sespms_rules.records.obligations.reference import dollars, has_followed

_ANNUAL, _REMOVAL = Act.ANNUAL_RATING.value, "removal"


class Effect(StrEnum):
    """What a rating, or a day, does."""

    REQUIRES = "requires"
    ALLOWS = "allows"
    BARS = "bars"
    BOUNDS = "bounds"
    WAITS = "waits"


class RatingOnRecord(Frozen):
    """An annual rating: the rating year, the level, and the day on which it was given."""

    year: int | None
    level: int | None
    day: datetime.date


class Consequence(Frozen):
    """One consequence: its effect, in a clause what it is about, the ratings it rests on, and its grounds.

    `done` is None where nothing has to be done, else whether it is on record. `confirmed` is false where no ground was
    compared with the law; `note` is what the editions note. `unsure` are the rows that do not count and may turn it,
    each in a clause.
    """

    effect: Effect
    what: str
    ratings: tuple[RatingOnRecord, ...]
    grounds: tuple[Ground, ...]
    done: bool | None = field(default=None)
    unsure: tuple[str, ...] = field(default=())

    @property
    def confirmed(self) -> bool:
        """Whether any ground was compared with the law, or is the policy's own."""
        return any(each.confirmed for each in self.grounds)

    @property
    def note(self) -> str:
        """What the editions note on the grounds that count."""
        return doubts_of(each for each in self.grounds if each.confirmed == self.confirmed)


def ratings_of(case: Case) -> tuple[RatingOnRecord, ...]:
    """The annual ratings on record, those of the oldest rating year first."""
    return tuple(map(_rating, _by_year(case)))


def _by_year(case: Case) -> list[Event]:
    """The annual ratings by their rating years: one of an earlier year that is given late is not the last."""
    return sorted(case.timeline(_ANNUAL), key=lambda each: (each.year or 0, each.order))


def consequences_of(case: Case, duties: Duties, system: System, aside: Aside | None = None) -> tuple[Consequence, ...]:
    """All consequences of the ratings and days of one case, those that require something first.

    `aside` is what of the case is on record and does not count.
    """
    found = [replace(one, unsure=_unsure(each, one, aside)) for each in duties.obligations for one in _of(each, case)]
    of_last = rows_that_may_turn(aside, (_ANNUAL,), (_ANNUAL,))
    found += (replace(each, unsure=of_last) for each in (*_allowed(case, system), *_bounded(case, duties)))
    order = list(Effect)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: order.index(each.effect)))


def rows_unsure(case: Case, duties: Duties, aside: Aside | None) -> tuple[str, ...]:
    """The rows that do not count and may lead to more than the consequences of a case, each in a clause."""
    counting = (each.shape for each in duties.obligations if _concerns(each, case))
    days = (other.name for shape in counting if (other := _waited_for(shape)) is not None)
    kinds = (_ANNUAL, *days)
    return rows_that_may_turn(aside, kinds, kinds)


def _waited_for(shape: Shape) -> Marker | None:
    """The act after which something is barred for a time; None where nothing is."""
    match shape:
        case NotWithin(other=other) if not other.is_day:
            return other
        case Precedence(what=what, other=other, gap=gap) if what.kind == _REMOVAL and gap is not None:
            return other
    return None


def _unsure(obligation: Obligation, one: Consequence, aside: Aside | None) -> tuple[str, ...]:
    """The rows that may turn a consequence of an obligation: what it rests on, or what is or is not done."""
    match obligation.shape:
        case Chain(what=what, kinds=kinds):
            more, counted = ((what.kind,), (what.kind, *kinds)) if one.done else ((what.kind, *kinds), (what.kind,))
            return rows_that_may_turn(aside, more, counted)
        case NotWithin(other=other, unless=unless):
            return rows_that_may_turn(aside, () if unless is None else (unless.kind,), (other.name,))
        case Precedence(other=other):
            return rows_that_may_turn(aside, (), (other.name,))
    return rows_that_may_turn(aside, (_ANNUAL,), (_ANNUAL,))


def _concerns(obligation: Obligation, case: Case) -> bool:
    return not obligation.tags or not obligation.tags.isdisjoint(case.tags)


def _of(obligation: Obligation, case: Case) -> Iterator[Consequence]:
    if not _concerns(obligation, case):
        return
    shape, grounds = obligation.shape, obligation.grounds
    match shape:
        case Chain():
            yield from _required(shape, case, grounds)
        case Barred(what=what, kinds=kinds):
            for event in _last(case, what):
                yield Consequence(Effect.BARS, " and ".join(kinds), (_rating(event),), grounds)
        case NotWithin(what=what, other=other, within=within, unless=unless) if _waited_for(shape):
            if unless is not None and any(unless.fits(each) for each in case.of(unless.kind)):
                return
            for event in case.of(other.name):
                first, last = _date(event.day), _date(later(event.day, within))
                free = last + datetime.timedelta(days=1)
                says = f"no {what.kind} from {first} to {last}, after {other.name}; the first day for one is {free}"
                yield Consequence(Effect.WAITS, says, (), grounds)
        case Precedence(other=other, gap=gap) if _waited_for(shape) and gap is not None:
            for event in case.of(other.name):
                says = (
                    f"no {_REMOVAL} before {_date(later(event.day, gap))}, after the {other.name} of {_date(event.day)}"
                )
                yield Consequence(Effect.WAITS, says, (), grounds)


def _required(shape: Chain, case: Case, grounds: tuple[Ground, ...]) -> Iterator[Consequence]:
    for event in triggers(shape, case, over_years=True):
        resting = (
            each
            for each in case.timeline(_ANNUAL)
            if each is event or (shape.years is not None and shape.what.fits(each) and each.order < event.order)
        )
        recent = (each for each in resting if _within(each, event, shape.years))
        words = (" and " if shape.every else " or ").join(shape.kinds)
        done = has_followed(shape, case, event)
        yield Consequence(Effect.REQUIRES, words, tuple(_rating(each) for each in recent), grounds, done)


def _within(first: Event, second: Event, years: int | None) -> bool:
    if first is second:
        return True
    return None not in (first.year, second.year, years) and abs((second.year or 0) - (first.year or 0)) < (years or 0)


def _bounded(case: Case, duties: Duties) -> Iterator[Consequence]:
    """The sums between which each reward lies at the level of the last rating: what all duties on it leave."""
    asked: dict[str, list[tuple[Threshold, Obligation]]] = {}
    for each in duties.obligations:
        shape = each.shape
        if not isinstance(shape, Threshold) or not _concerns(each, case):
            continue
        if _last(case, Picked(_ANNUAL, shape.what.lowest, shape.what.highest)):
            asked.setdefault(shape.what.kind, []).append((shape, each))
    for kind, found in asked.items():
        nothing = [each for each in found if each[0].highest == 0]
        grounds = tuple(dict.fromkeys(one for _, each in nothing or found for one in each.grounds))
        pay = [case.amounts.get(shape.base) for shape, _ in found]
        ratings = ratings_of(case)[-1:]
        if None in pay:
            yield Consequence(Effect.BOUNDS, f"{kind}: no {Base.BASIC_PAY.value} is on record", ratings, grounds)
            continue
        lows = [case.amounts[shape.base] * shape.lowest / 100 for shape, _ in found if shape.lowest is not None]
        highs = [case.amounts[shape.base] * shape.highest / 100 for shape, _ in found if shape.highest is not None]
        yield Consequence(
            Effect.BOUNDS, f"{kind}: {_sums(max(lows, default=None), min(highs, default=None))}", ratings, grounds
        )


def _sums(low: Fraction | None, high: Fraction | None) -> str:
    """Between which sums something lies; where a highest of nothing meets a least, nothing may be given."""
    if high is not None and (high == 0 or (low is not None and high < low)):
        return "none may be given" if high == 0 else "no sum meets all that is asked"
    if low is None or high is None:
        return f"at least {dollars(low)}" if low is not None else f"at most {dollars(high or Fraction(0))}"
    return f"{dollars(low)} to {dollars(high)}"


def _allowed(case: Case, system: System) -> Iterator[Consequence]:
    for stated in system.sentences(PartKind.USES):
        sentence = stated.sentence
        if not isinstance(sentence, Allows) or not isinstance(sentence.when, WhenLevel) or sentence.when.repeat:
            continue
        number = level_number(sentence.when.level)
        ground = own_ground(PartKind.USES, stated, system)
        for event in _last(case, Picked(_ANNUAL, number, number)):
            kinds = tuple(each.value for each in sentence.actions.actions)
            open_to = tuple(each for each in kinds if not _is_barred(each, case, system))
            if open_to:
                yield Consequence(Effect.ALLOWS, " and ".join(open_to), (_rating(event),), (ground,))


def _is_barred(kind: str, case: Case, system: System) -> bool:
    """Whether a reward is for others only, as the system says."""
    if kind not in {each.value for each in Reward}:
        return False
    stated = (each.sentence for each in system.sentences(PartKind.REWARDS))
    allowed = [each for each in stated if isinstance(each, RewardFor) and each.reward.value == kind]
    return any(case.tags.isdisjoint(one.value for one in each.coverages.coverages) for each in allowed)


def _last(case: Case, what: Picked) -> list[Event]:
    """The last annual rating, if it is meant."""
    return [each for each in _by_year(case)[-1:] if what.kind == _ANNUAL and what.fits(each)]


def _rating(event: Event) -> RatingOnRecord:
    return RatingOnRecord(event.year, event.level, _date(event.day))


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day)
