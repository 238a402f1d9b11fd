"""Duties on records that editions state (`each … must …`) -> obligations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.language.syntax.record_words import Count, RecordThing
from sespms_rules.language.syntax.requirements import (
    BeBy,
    BeFollowedBy,
    BeGivenTo,
    BeIndependent,
    BeInWriting,
    BeShare,
    ChangeRating,
    Come,
    ComeUnless,
    Consider,
    Duty,
    EachMust,
    EachMustNot,
    GiveReasons,
    HaveCareerMajority,
    HaveCount,
    HaveCountEachPeriod,
    IncludeExecutive,
    LeadTo,
    MatchFormula,
    RateEveryElement,
    Record,
    RestOn,
)
from sespms_rules.language.syntax.uses import OneOf
from sespms_rules.language.syntax.words import (
    Act,
    Base,
    Coverage,
    EventWord,
    Role,
    Unit,
)
from sespms_rules.law.record_duties import RecordDuty
from sespms_rules.law.verdict import Confidence
from sespms_rules.records.duties.of_documents import RECEIPT, pooled
from sespms_rules.records.duties.wording import (
    EFFECTIVE_DAY,
    NotLowered,
    barred_time,
    ends,
    exact_ends,
    kind_counted,
    of_timing,
    picked,
)
from sespms_rules.records.obligations.form import (
    Barred,
    Chain,
    Covered,
    Exclusion,
    Existence,
    Gap,
    Ground,
    Marker,
    Obligation,
    Picked,
    Precedence,
    Received,
    Rests,
    Shape,
    Share,
    Tested,
    Threshold,
)

BOARD_ACT = Act.BOARD_RECOMMENDATION.value
_PERIOD_START, _PERIOD_END = EventWord.PERIOD_START.value, EventWord.PERIOD_END.value
DETAIL_FROM = 120
"""From how many days on a detail is appraised, where the policy names no fewer (5 CFR 430.310(a))."""


def lowered(duties: Iterable[RecordDuty], detail_from: int = DETAIL_FROM) -> Iterator[Obligation | NotLowered]:
    """An obligation for each duty, or why there is none."""
    for duty in duties:
        ground = Ground(
            duty.words,
            duty.edition,
            duty.citation,
            duty.confidence is not Confidence.UNCONFIRMED and duty.binding,
            duty.remark,
        )
        shape = _shape(duty.sentence, detail_from)
        if isinstance(shape, str):
            yield NotLowered(duty.words, duty.edition, duty.citation, shape)
        else:
            yield Obligation(shape, _tags(duty), (ground,), actor_of(shape))


def _tags(duty: RecordDuty) -> frozenset[str]:
    """For whom a duty is: of those that the edition speaks of, the kind that the sentence names."""
    named = duty.sentence.record.appointment
    kinds = duty.coverages if named is None else frozenset({named.coverage})
    return frozenset(kind.value for kind in kinds if isinstance(kind, Coverage))


def _shape(sentence: EachMust | EachMustNot, detail_from: int) -> Shape | str:
    """The shape of a duty, or why it has none."""
    record, duty = sentence.record, sentence.duty
    what = _what(record)
    if what is None:
        return "it names no level by its number"
    if isinstance(sentence, EachMustNot):
        match duty:
            case Come(timing=timing):
                return barred_time(what, timing) or "this moment has no shape yet"
            case ComeUnless(timing=timing, act=act, place=place):
                unless = picked(act.value, place)
                return barred_time(what, timing, unless) or "this moment has no shape yet"
            case BeFollowedBy(event=event):
                return Barred(what, (event.value,))
            case ChangeRating():
                return Tested(what, unchanged=Act.INITIAL_RATING.value)
            case IncludeExecutive():
                return Exclusion(what)
        return "what records may not do in this way has no shape yet"
    return _asked(what, record, sentence, detail_from)


def _what(record: Record) -> Picked | None:
    """The acts that a duty speaks of; of a board those of its sittings."""
    thing = record.thing
    if thing is RecordThing.BOARD:
        return Picked(BOARD_ACT)
    return picked(thing.value, record.place)


def _asked(what: Picked, record: Record, sentence: EachMust, detail_from: int) -> Shape | str:
    match sentence.duty:
        case Come(timing=timing):
            if timing.event.value == EFFECTIVE_DAY:
                return "the day of the move is that of the act itself; see `job changes`"
            return of_timing(what, timing, due=False) or "this moment has no shape yet"
        case BeBy(role=role):
            return Tested(what, by=(role.value,)) if role is not Role.ANY_OFFICIAL else Tested(what)
        case BeInWriting():
            return Tested(what, written=True)
        case BeIndependent(act=act):
            return Tested(what, apart=act.value)
        case BeShare(share=share) if record.thing is RecordThing.AWARD_POOL:
            return pooled(share) or "its limit has no shape yet that records could be judged by"
        case BeShare(share=share) if share.base is Base.BASIC_PAY and share.alternative is None:
            low, high = exact_ends(share.limit)
            return Threshold(what, low, high, Base.BASIC_PAY.value)
        case HaveCount(limit=limit, count=Count.MEMBERS):
            return Share(what, members=ends(limit)[0] or 0)
        case HaveCount(limit=limit, count=count) | HaveCountEachPeriod(limit=limit, count=count):
            return counted(kind_counted(count), *ends(limit))
        case HaveCareerMajority():
            return Share(what, majority=Coverage.CAREER.value)
        case Consider(acts=acts) if acts == (Act.DETAIL_APPRAISAL,):
            return Covered(Picked(Act.DETAIL_APPRAISAL.value), RecordThing.DETAIL.value, detail_from, what.kind)
        case Consider(acts=acts) if len(acts) == 1:
            return Precedence(what, Marker(acts[0].value), optional=True)
        case RateEveryElement():
            return Tested(what, all_parts=True)
        case MatchFormula():
            return Tested(what, derived=True)
        case LeadTo(actions=actions):
            kinds = tuple(each.value for each in actions.actions)
            years = int(record.repeat.years.value) if record.repeat else None
            return Chain(what, kinds, not isinstance(actions, OneOf), years)
    return _of_what_follows(what, sentence.duty)


def _of_what_follows(what: Picked, duty: Duty) -> Shape | str:
    """What must be on record beside an act: what follows it, who has a copy, what it rests on, a reason."""
    match duty:
        case BeFollowedBy(event=event):
            return Chain(what, (event.value,), every=True)
        case BeGivenTo(roles=roles):
            return Received(what, tuple(each.value for each in roles), RECEIPT)
        case RestOn(act=act):
            return Rests(what, act.value)
        case GiveReasons():
            return Tested(what, reasoned=True)
    return "a duty of this kind has no shape yet"


def counted(kind: str, least: int | None, most: int | None) -> Existence:
    """So many acts of a kind in a period, and when the last of them is due.

    A plan is due by the first day of its period and a progress review by the last. An annual rating is given after the
    period and at least annually, so it is certainly missing when a year has passed since.
    """
    if kind == Act.PLAN.value:
        return Existence(Picked(kind), least or 0, most, None, _PERIOD_START)
    if kind == Act.ANNUAL_RATING.value:
        return Existence(Picked(kind), least or 0, most, None, _PERIOD_END, Gap(1, Unit.YEAR.value))
    return Existence(Picked(kind), least or 0, most, (_PERIOD_START, _PERIOD_END), _PERIOD_END)


_ACTORS = {
    Act.PLAN.value: Role.RATING_OFFICIAL,
    Act.PROGRESS_REVIEW.value: Role.RATING_OFFICIAL,
    Act.MID_YEAR_REVIEW.value: Role.RATING_OFFICIAL,
    Act.FEEDBACK.value: Role.RATING_OFFICIAL,
    Act.PLAN_REVISION.value: Role.RATING_OFFICIAL,
    Act.INITIAL_RATING.value: Role.RATING_OFFICIAL,
    Act.GUIDELINES.value: Role.OVERSIGHT_OFFICIAL,
    Act.WRITTEN_RESPONSE.value: Role.EXECUTIVE,
    Act.HIGHER_LEVEL_REVIEW.value: Role.HIGHER_LEVEL_OFFICIAL,
    Act.BOARD_RECOMMENDATION.value: Role.BOARD,
    Act.ANNUAL_RATING.value: Role.APPOINTING_AUTHORITY,
    Act.DETAIL_APPRAISAL.value: Role.GAINING_SUPERVISOR,
}
"""Who takes an act by law, where the policy does not say."""


def actor_of(shape: Shape, roles: dict[str, str] | None = None) -> str:
    """Whose move it is while an obligation is open; empty where that is not known."""
    what = getattr(shape, "what", None)
    if not isinstance(what, Picked) or isinstance(shape, Chain):
        return Role.APPOINTING_AUTHORITY.value if isinstance(shape, Chain) else ""
    known = _ACTORS.get(what.kind)
    return (roles or {}).get(what.kind) or (known.value if known else "")
