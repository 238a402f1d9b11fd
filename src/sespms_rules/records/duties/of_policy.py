"""What a policy says of the year -> obligations: the plan, reviews, steps, the board, changes of job, uses, awards.

Each sentence of these parts has an obligation, or stands among what no record is judged by, with the reason. Parts that
say nothing of acts (elements, levels, weights, the formula) are not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.limits import Allowing, Before, By, EachPeriod, Limit, level_number
from sespms_rules.language.syntax.planning import (
    Blackout,
    Communicated,
    Consultation,
    DocumentsFeedback,
    GivesFeedback,
    Happens,
    IncludesMidYear,
    InWriting,
    Lasts,
    RatesEvery,
    RevisesPlan,
)
from sespms_rules.language.syntax.record_words import Count, RecordThing
from sespms_rules.language.syntax.steps import (
    BoardCareerMajority,
    BoardConsiders,
    BoardInWriting,
    BoardPublished,
    BoardRecusal,
    BoardSize,
    CaseAppraised,
    Independent,
    MayChange,
    MayNotChange,
    Step,
)
from sespms_rules.language.syntax.uses import (
    Bars,
    GivesPlan,
    IdentifiesNeeds,
    OneOf,
    Requires,
    RewardFor,
    RewardNeedsAct,
    RewardNeedsLevel,
    RewardShare,
    When,
    WhenLevel,
)
from sespms_rules.language.syntax.words import (
    Act,
    Base,
    Case,
    Coverage,
    EventWord,
    PartKind,
    Role,
)
from sespms_rules.records.duties.not_judged import why_not_judged
from sespms_rules.records.duties.of_documents import of_documents
from sespms_rules.records.duties.of_law import BOARD_ACT, DETAIL_FROM, actor_of, counted
from sespms_rules.records.duties.wording import (
    NotLowered,
    below,
    ends,
    exact_ends,
    gap,
    of_timing,
    own_ground,
    picked,
)
from sespms_rules.records.obligations.form import (
    Announced,
    Barred,
    Chain,
    Covered,
    Exclusion,
    Existence,
    Gap,
    Marker,
    NotWithin,
    Obligation,
    Picked,
    Precedence,
    Shape,
    Share,
    Tested,
    Threshold,
)
from sespms_rules.records.vocabulary import BY_CHOICE

_OF_THE_YEAR: Final = (
    PartKind.PERIOD,
    PartKind.PLAN,
    PartKind.REVIEW,
    PartKind.APPRAISAL,
    PartKind.STEPS,
    PartKind.BOARD,
    PartKind.CHANGES,
    PartKind.USES,
    PartKind.REWARDS,
    PartKind.DEVELOPMENT,
    PartKind.TRAINING,
    PartKind.EVALUATION,
    PartKind.RECORDS,
)
_CAREER: Final = frozenset({Coverage.CAREER.value})
_ANYONE: Final = frozenset[str]()
_PLAN, _ANNUAL, _INITIAL = Act.PLAN.value, Act.ANNUAL_RATING.value, Act.INITIAL_RATING.value
_IN_WRITING_OF: Final = {PartKind.PLAN: _PLAN, PartKind.REVIEW: Act.PROGRESS_REVIEW.value, PartKind.APPRAISAL: _ANNUAL}

Lowered = tuple[Shape, frozenset[str]]


def lowered(system: System) -> Iterator[Obligation | NotLowered]:
    """An obligation for each sentence about the year, or why there is none."""
    roles = roles_of(system)
    for kind in _OF_THE_YEAR:
        for stated in system.sentences(kind):
            ground = own_ground(kind, stated, system)
            shapes = tuple(_shapes(kind, stated, system))
            for shape, tags in shapes:
                yield Obligation(shape, tags, (ground,), actor_of(shape, roles))
            if not shapes:
                why = why_not_judged(kind, stated.sentence)
                yield NotLowered(ground.sentence, ground.text, ground.citation, why)


def roles_of(system: System) -> dict[str, str]:
    """Who takes each step, as the system says."""
    steps = (each.sentence for each in system.sentences(PartKind.STEPS))
    return {each.act.value: each.role.value for each in steps if isinstance(each, Step)}


def detail_from(system: System) -> int:
    """From how many days on a detail is appraised."""
    for each in system.sentences(PartKind.CHANGES):
        if isinstance(each.sentence, CaseAppraised) and Case.DETAILS in each.sentence.cases.cases:
            threshold = each.sentence.threshold
            length = None if threshold is None else gap(threshold.number, threshold.unit)
            return 1 if threshold is None else length.number if length and length.unit == "day" else DETAIL_FROM
    return DETAIL_FROM


def _shapes(kind: PartKind, stated: Stated, system: System) -> Iterator[Lowered]:
    match kind:
        case PartKind.STEPS:
            yield from _of_steps(stated, system)
        case PartKind.BOARD:
            yield from _of_board(stated)
        case PartKind.USES | PartKind.REWARDS:
            yield from _of_uses(stated)
        case _:
            yield from _of_the_rest(kind, stated, system)
    for shape in of_documents(stated.sentence):
        yield shape, _ANYONE


def _of_the_rest(kind: PartKind, stated: Stated, system: System) -> Iterator[Lowered]:
    match stated.sentence:
        case Lasts(limit=limit, unit=unit) if (least := ends(limit)[0]) is not None:
            yield Precedence(Picked(_ANNUAL), Marker(_PLAN), Gap(least, unit.value)), _ANYONE
        case Blackout(number=number, unit=unit) if (length := gap(number, unit)) is not None:
            yield NotWithin(Picked(_ANNUAL), Marker(EventWord.NEW_PRESIDENT.value), length), _CAREER
        case Communicated(timing=timing) if (shape := of_timing(Picked(_PLAN), timing, due=True)) is not None:
            yield shape, _ANYONE
        case Consultation(by=by):
            yield Tested(Picked(_PLAN), by=(by.value,)), _ANYONE
        case InWriting() if kind in _IN_WRITING_OF:
            yield Tested(Picked(_IN_WRITING_OF[kind]), written=True), _ANYONE
        case Happens(frequency=frequency) if kind in (PartKind.REVIEW, PartKind.APPRAISAL):
            yield from _happens(_IN_WRITING_OF[kind], frequency.limit, each_period=isinstance(frequency, EachPeriod))
        case IncludesMidYear():
            yield counted(Act.MID_YEAR_REVIEW.value, 1, None), _ANYONE
        case RevisesPlan():
            yield Tested(Picked(Act.PLAN_REVISION.value), written=True), _ANYONE
        case GivesFeedback(frequency=frequency):
            yield from _happens(Act.FEEDBACK.value, frequency.limit, each_period=isinstance(frequency, EachPeriod))
        case DocumentsFeedback():
            yield Tested(Picked(Act.FEEDBACK.value), written=True), _ANYONE
        case IdentifiesNeeds():
            yield counted(Act.TRAINING_NEEDS.value, 1, None), _ANYONE
        case RatesEvery():
            yield Tested(Picked(_INITIAL), all_parts=True), _ANYONE
        case GivesPlan():
            yield counted(Count.DEVELOPMENT_PLAN.value, 1, None), _ANYONE
        case CaseAppraised(cases=cases):
            yield from _changes_of_job(cases.cases, system)


def _happens(kind: str, limit: Limit, *, each_period: bool) -> Iterator[Lowered]:
    if each_period or kind == _ANNUAL:
        least, most = ends(limit)
        yield counted(kind, least, most), _ANYONE


def _changes_of_job(cases: tuple[Case, ...], system: System) -> Iterator[Lowered]:
    if Case.DETAILS in cases or Case.TEMPORARY_REASSIGNMENTS in cases:
        appraisal = Picked(Act.DETAIL_APPRAISAL.value)
        yield Covered(appraisal, RecordThing.DETAIL.value, detail_from(system), _INITIAL), _ANYONE
    for case, move in ((Case.REASSIGNMENTS, "reassignment"), (Case.TRANSFERS, "transfer")):
        if case in cases:
            yield Precedence(Picked(move), Marker(Act.DEPARTURE_APPRAISAL.value)), _ANYONE


# ---- steps and the board ---------------------------------------------------------------------------


def _of_steps(stated: Stated, system: System) -> Iterator[Lowered]:
    match stated.sentence:
        case Step(act=act, role=role, on_request=on_request, timings=timings):
            what = Picked(act.value)
            if role is not Role.ANY_OFFICIAL:
                yield Tested(what, by=(role.value,)), _ANYONE
            if act.value not in BY_CHOICE and on_request is None and act is not Act.GUIDELINES:
                yield _step_is_taken(act.value), _ANYONE
            for timing in timings.parts if timings else ():
                if isinstance(timing, Allowing):
                    yield from _time_given(act, timing, system)
                elif (shape := of_timing(what, timing, due=on_request is None)) is not None:
                    yield shape, _ANYONE
        case MayChange():
            yield Tested(Picked(_ANNUAL), derived=True), _ANYONE
        case MayNotChange(act=act):
            yield Tested(Picked(act.value), unchanged=_INITIAL), _ANYONE
        case Independent(act=act, other=other):
            yield Tested(Picked(act.value), apart=other.value), _ANYONE


def _step_is_taken(kind: str) -> Existence:
    """A step that is no one's choice is taken; by no day of its own, so that it is surely missing after a year."""
    end = EventWord.PERIOD_END.value
    return Existence(Picked(kind), 1, None, None, end, Gap(1, "year"))


def _time_given(act: Act, timing: Allowing, system: System) -> Iterator[Lowered]:
    """Time that someone is given: what comes after the step comes after that time, if the step was not taken."""
    length = gap(timing.number, timing.unit)
    for each in system.sentences(PartKind.STEPS):
        sentence = each.sentence
        if length is None or not isinstance(sentence, Step) or sentence.timings is None:
            continue
        if any(getattr(one, "event", None) is act for one in sentence.timings.parts):
            yield Precedence(Picked(sentence.act.value), Marker(timing.event.value), length), _ANYONE


def _of_board(stated: Stated) -> Iterator[Lowered]:
    what = Picked(BOARD_ACT)
    match stated.sentence:
        case BoardSize(limit=limit):
            yield Share(what, members=ends(limit)[0] or 0), _ANYONE
        case BoardCareerMajority():
            yield Share(what, majority=Coverage.CAREER.value), _CAREER
        case BoardRecusal():
            yield Exclusion(what), _ANYONE
        case BoardPublished(timing=Before() | By() as timing) if timing.event is EventWord.BOARD_SERVICE:
            yield Announced(what, isinstance(timing, By)), _ANYONE
        case BoardInWriting():
            yield Tested(what, written=True), _ANYONE
        case BoardConsiders(acts=acts):
            for act in acts:
                yield Precedence(what, Marker(act.value), optional=act.value in BY_CHOICE), _ANYONE


# ---- uses, awards and pay --------------------------------------------------------------------------


def _of_uses(stated: Stated) -> Iterator[Lowered]:
    match stated.sentence:
        case Requires(when=when, actions=actions) if (what := _level(when)) is not None:
            years = int(when.repeat.years.value) if when.repeat else None
            kinds = tuple(each.value for each in actions.actions)
            yield Chain(what, kinds, not isinstance(actions, OneOf), years), _ANYONE
        case Bars(when=when, actions=actions) if when.repeat is None and (what := _level(when)) is not None:
            yield Barred(what, tuple(each.value for each in actions.actions)), _ANYONE
        case RewardNeedsLevel(reward=reward, level=level) if (what := below(_ANNUAL, level)) is not None:
            yield Barred(what, (reward.value,)), _ANYONE
        case RewardNeedsAct(reward=reward, act=act):
            yield Precedence(Picked(reward.value), Marker(act.value)), _ANYONE
        case RewardFor(reward=reward, coverages=coverages):
            others = frozenset(each.value for each in Coverage if each not in coverages.coverages)
            if others:
                yield Existence(Picked(reward.value), 0, 0, None, EventWord.PERIOD_END.value), others
        case RewardShare(reward=reward, share=share, place=place) if share.base is Base.BASIC_PAY:
            what = picked(reward.value, place)
            if what is not None and share.alternative is None:
                yield Threshold(what, *exact_ends(share.limit), Base.BASIC_PAY.value), _ANYONE


def _level(when: When) -> Picked | None:
    if not isinstance(when, WhenLevel):
        return below(_ANNUAL, when.level)
    number = level_number(when.level)
    return None if number is None else Picked(_ANNUAL, number, number)
