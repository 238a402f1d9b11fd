"""What a policy says of copies, evidence, attestations, deadlines and safeguards -> shapes of obligations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sespms_rules.language.syntax.limits import After, EachYear, Limit, Timing, Within, limit_ends
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.planning import (
    EachHas,
    EarlyEnd,
    Extended,
    MonthDay,
    Narratives,
    ReasonsFor,
    Runs,
)
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.steps import AppraisalsGo, Attests, BoardChance
from sespms_rules.language.syntax.uses import Given, GoWith, Pool, RewardHappens, Secured, Share, Support
from sespms_rules.language.syntax.words import (
    Act,
    Action,
    EventWord,
    Month,
    Narrative,
    PlanItem,
    PlanPart,
    Role,
)
from sespms_rules.records.duties.wording import DAYS_OF_A_CASE, gap, picked
from sespms_rules.records.obligations.form import (
    Chain,
    Existence,
    Gap,
    Marker,
    PartsTested,
    Picked,
    Pooled,
    Precedence,
    Received,
    Rests,
    RunsBetween,
    Shape,
    Spaced,
    Tested,
)

RECEIPT: Final = EventWord.RECEIPT.value
_INITIAL, _ANNUAL = Act.INITIAL_RATING.value, Act.ANNUAL_RATING.value
_MONTHS: Final = {month: number for number, month in enumerate(Month, 1)}
ITEMS: Final = {PlanItem.MEASURE: "measure", PlanItem.STRATEGIC_GOAL: "strategic goal", PlanItem.DEADLINE: "deadline"}
"""What a requirement of a plan has in a column of its own, as findings say it."""
_REST_ON_RATINGS: Final = {
    Action.PERFORMANCE_AWARD: Action.PERFORMANCE_AWARD.value,
    Action.PAY_ADJUSTMENT: Action.PAY_ADJUSTMENT.value,
    Action.PAY_INCREASE: Action.PAY_INCREASE.value,
}


def of_documents(sentence: Sentence) -> Iterator[Shape]:
    """What such a sentence asks of records; nothing for one that is not about them."""
    match sentence:
        case Runs(first=MonthDay() as first, last=MonthDay() as last):
            changed = (RecordThing.EARLY_END.value, RecordThing.EXTENSION.value)
            yield RunsBetween(_day_of_year(first), _day_of_year(last), changed)
        case Extended():
            yield Chain(Picked(RecordThing.EXTENSION.value), (_ANNUAL,), every=True)
        case EarlyEnd(role=role):
            by = () if role is Role.ANY_OFFICIAL else (role.value,)
            yield Tested(Picked(RecordThing.EARLY_END.value), by=by, reasoned=True)
        case EachHas(part=PlanPart.REQUIREMENT, limit=limit, item=item) if item in ITEMS and limit_ends(limit)[0] == 1:
            yield Tested(Picked(Act.PLAN.value), each_part_has=ITEMS[item])
        case Narratives(narratives=narratives):
            if Narrative.EVIDENCE in narratives:
                yield PartsTested(Picked(_INITIAL), written=True)
            if Narrative.OF_EACH_ELEMENT in narratives:
                yield PartsTested(Picked(_INITIAL), written=True, reasoned=True)
        case ReasonsFor(place=place) if (what := picked(_INITIAL, place)) is not None:
            yield PartsTested(what, reasoned=True)
        case _:
            yield from _of_steps_and_uses(sentence)


def _of_steps_and_uses(sentence: Sentence) -> Iterator[Shape]:
    match sentence:
        case Attests(attested=attested):
            names = tuple(each.value for each in attested)
            yield Tested(Picked(Act.RATING_CERTIFICATION.value), names=names)
        case BoardChance():
            yield Precedence(Picked(Act.BOARD_RECOMMENDATION.value), Marker(EventWord.CHANCE_TO_RESPOND.value))
        case GoWith():
            yield Received(Picked(Action.TRANSFER.value), (Role.GAINING_SUPERVISOR.value,), RECEIPT)
        case AppraisalsGo():
            yield Received(Picked(Act.DEPARTURE_APPRAISAL.value), (Role.GAINING_SUPERVISOR.value,), RECEIPT)
        case Given(role=role, timing=After() | Within() as timing) if role is not Role.ANY_OFFICIAL:
            yield from _copies(role, timing)
        case RewardHappens(reward=reward, frequency=EachYear(limit=limit)) if _at_most_once(limit):
            yield Spaced(Picked(reward.value), Gap(1, "year"))
        case Support(actions=actions):
            for action in actions.actions:
                if action in _REST_ON_RATINGS:
                    yield Rests(Picked(_REST_ON_RATINGS[action]), _ANNUAL)
        case Pool(share=share) if (shape := pooled(share)) is not None:
            yield shape
        case Secured(safeguards=safeguards):
            for each in safeguards:
                what = Picked(RecordThing.SAFEGUARD.value, about=each.value)
                yield Existence(what, 1, None, None, EventWord.PERIOD_END.value)


def _at_most_once(limit: Limit) -> bool:
    low, high = limit_ends(limit)
    return low is None and high == 1


def _copies(role: Role, timing: Timing) -> Iterator[Shape]:
    if timing.event.value in DAYS_OF_A_CASE:
        return
    what = Picked(timing.event.value)
    if isinstance(timing, Within):
        length = gap(timing.number, timing.unit)
        if length is not None:
            yield Received(what, (role.value,), RECEIPT, length)
    else:
        yield Received(what, (role.value,), RECEIPT)


def pooled(share: Share) -> Shape | None:
    """The pool of awards within the larger of its shares; None for a limit of another form."""
    low, high = limit_ends(share.limit)
    if low is not None or high is None:
        return None
    shares = [(high, share.base.value)]
    if share.alternative is not None:
        shares.append((share.alternative.percent.value, share.alternative.base.value))
    return Pooled(Picked(RecordThing.AWARD_POOL.value), tuple(shares))


def _day_of_year(day: MonthDay) -> tuple[int, int]:
    return (_MONTHS[day.month], int(day.day.value))
