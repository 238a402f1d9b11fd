"""How sentences on consequences, awards and the distribution are compared: level by level."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.checks.analysis import (
    contradictions,
    levels_of,
)
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.derivation import NumberResult, PercentResult, TableLevel
from sespms_rules.language.syntax.formula import TheLevel
from sespms_rules.language.syntax.limits import AtLeast, AtMost, Level, Repeat, is_percent, level_number, limit_ends
from sespms_rules.language.syntax.steps import Cap, CapFrom
from sespms_rules.language.syntax.uses import (
    AllOf,
    Allows,
    Bars,
    OneOf,
    OrShare,
    Pool,
    Requires,
    RewardFor,
    RewardHappens,
    RewardLookup,
    RewardNeedsLevel,
    RewardShare,
    Share,
)
from sespms_rules.language.syntax.words import Action, Base, PartKind, Reward
from sespms_rules.law.comparing import LEVELS, Answer, Question, levels_at, weaker
from sespms_rules.law.orders import frequency, inside, number, option_list, same

# ---- what follows a level ------------------------------------------------------------------------


def _as_often(said: Repeat | None, asked: Repeat | None) -> bool:
    """Whether a duty begins no later: after one rating, or after two within as many years or more."""
    return said is None or (asked is not None and said.years.value >= asked.years.value)


def allows_or_bars(question: Question) -> Answer:
    """The order *duty list*, for each level that is asked about."""
    asked = question.asked
    assert isinstance(asked, Allows | Bars)  # noqa: S101 - this family's classes
    near = tuple(each for each in question.of_kind() if _about(each, levels_of(asked.when)))
    if any(same(each.sentence, asked) for each in near):
        return Answer(True, near)
    if isinstance(asked.actions, OneOf):
        return weaker(near)
    for level in levels_of(asked.when):
        known = {action for each in near for action in _certain(each, level, asked.when.repeat)}
        if not set(asked.actions.actions) <= known:
            return weaker(near)
    return Answer(True, near)


def _about(each: Stated, levels: frozenset[int]) -> bool:
    sentence = each.sentence
    return isinstance(sentence, Allows | Bars | Requires) and bool(levels_of(sentence.when) & levels)


def _certain(each: Stated, level: int, repeat: Repeat | None) -> tuple[Action, ...]:
    """The actions a sentence names for a level without leaving a choice."""
    sentence = each.sentence
    assert isinstance(sentence, Allows | Bars | Requires)  # noqa: S101 - `_about` let it pass
    holds = level in levels_of(sentence.when) and _as_often(sentence.when.repeat, repeat)
    return sentence.actions.actions if holds and isinstance(sentence.actions, AllOf) else ()


def requires(question: Question) -> Answer:
    """The order *option list*; where all of several actions follow, *duty list*; a longer window is stricter."""
    asked = question.asked
    assert isinstance(asked, Requires)  # noqa: S101 - this family's class
    levels = levels_of(asked.when)
    said = tuple(each for each in question.of_kind(Requires) if _about(each, levels))
    near = tuple(each for each in _possible(question) if _about(each, levels))
    # Two ratings at different levels count together only for a sentence about both levels.
    whole = [each for each in near if _covers(each, levels, asked.when.repeat)]
    if whole and _leads_to(whole, asked):
        return Answer(True, tuple(whole))
    single = [[each for each in near if _covers(each, frozenset({level}), None)] for level in sorted(levels)]
    if all(of_level and _leads_to(of_level, asked) for of_level in single):
        return Answer(True, tuple(dict.fromkeys(each for of_level in single for each in of_level)))
    barred = tuple(each for each in said if each not in near)
    return Answer(False, barred, "the system bars what it requires") if barred else weaker(near)


def _possible(question: Question) -> tuple[Stated, ...]:
    """The lines on what a level requires that no other line bars."""
    barred = [each.line for each in contradictions(question.system)]
    return tuple(each for each in question.of_kind(Requires) if all(each is not line for line in barred))


def _covers(each: Stated, levels: frozenset[int], repeat: Repeat | None) -> bool:
    sentence = each.sentence
    assert isinstance(sentence, Requires)  # noqa: S101 - only these are given
    return levels <= levels_of(sentence.when) and _as_often(sentence.when.repeat, repeat)


def _leads_to(sentences: Iterable[Stated], asked: Requires) -> bool:
    """Whether these duties together bring about the asked actions."""
    wanted = asked.actions.actions
    duties = [each.sentence.actions for each in sentences if isinstance(each.sentence, Requires)]
    certain = {action for duty in duties if isinstance(duty, AllOf) for action in duty.actions}
    if isinstance(asked.actions, AllOf):
        return set(wanted) <= certain
    narrow = any(option_list(duty.actions, wanted) for duty in duties if isinstance(duty, OneOf))
    return narrow or bool(certain & set(wanted))


def supports(question: Question) -> Answer:
    """The order *duty list*; of alternatives none is certain."""
    near = question.of_kind()
    asked = set(getattr(question.asked, "actions", AllOf(())).actions)
    known = {
        action
        for each in near
        if isinstance(getattr(each.sentence, "actions", None), AllOf)
        for action in getattr(each.sentence, "actions", AllOf(())).actions
    }
    if asked <= known or any(same(each.sentence, question.asked) for each in near):
        return Answer(True, near)
    lacking = ", ".join(f"`{action}`" for action in sorted(asked - known))
    return Answer(False, near, f"its list lacks {lacking}" if near else "it does not say it")


# ---- rewards -------------------------------------------------------------------------------------


def eligible(system: System, reward: Reward) -> frozenset[int]:
    """The levels at which a reward may be given at all, as the system itself says."""
    levels = LEVELS
    for each in system.sentences(PartKind.REWARDS):
        if isinstance(each.sentence, RewardNeedsLevel) and each.sentence.reward is reward:
            least = level_number(each.sentence.level) or 1
            levels = frozenset(level for level in levels if level >= least)
    for each in system.sentences(PartKind.USES):
        sentence = each.sentence
        if isinstance(sentence, Bars) and sentence.when.repeat is None and reward.value in sentence.actions.actions:
            levels -= levels_of(sentence.when)
    return levels


def reward_share(question: Question) -> Answer:
    """The order *number*, for each level that may get the reward; a table by level counts as the sizes it gives."""
    asked = question.asked
    assert isinstance(asked, RewardShare)  # noqa: S101 - this family's class
    near = tuple(
        each
        for each in question.of_kind(RewardShare, RewardLookup)
        if getattr(each.sentence, "reward", None) is asked.reward
    )
    if any(same(each.sentence, asked) for each in near):
        return Answer(True, near)
    levels = levels_at(asked.place)
    if levels is None:
        return weaker(near)
    answers = [
        _size_at(question.system, near, level, asked.share)
        for level in levels & eligible(question.system, asked.reward)
    ]
    if not near or False in answers:
        return weaker(near)
    if None in answers:
        return Answer(None, near, "the size of the reward is worked out by a table that does not go by level")
    return Answer(True, near)


def _size_at(system: System, near: Iterable[Stated], level: int, asked: Share) -> bool | None:
    """Whether the size at a level is within what is asked; None where a table does not say it by level."""
    found: bool | None = False
    for each in near:
        match each.sentence:
            case RewardShare(share=share, place=place) if level in (levels_at(place) or ()):
                if _share(share, asked):
                    return True
            case RewardLookup(table=table, key=TheLevel()):
                part = system.part(PartKind.TABLE, table.text)
                if part is not None and _row(part.sentences, level, asked):
                    return True
            case RewardLookup():
                found = None
    return found


def _row(rows: Iterable[Stated], level: int, asked: Share) -> bool:
    """Whether a table gives a level a share within what is asked; a share of nothing is no reward."""
    for each in rows:
        match each.sentence:
            case TableLevel(level=Level(number=number), result=PercentResult(number=share)):
                if number.value == level:
                    size = share.value
                    return size == 0 or (
                        asked.base is Base.BASIC_PAY
                        and is_percent(asked.limit)
                        and inside((size, size), limit_ends(asked.limit))
                    )
            case TableLevel(level=Level(number=number), result=NumberResult(number=share)):
                if number.value == level and share.value == 0:
                    return True
    return False


def _share(said: Share, asked: Share) -> bool:
    return said.base is asked.base and number(said.limit, asked.limit) and _arm(said.alternative, asked.alternative)


def _arm(said: OrShare | None, asked: OrShare | None) -> bool:
    """The second arm of `whichever is larger`: without it the limit is lower."""
    if said is None or asked is None:
        return said is None
    return said.base is asked.base and said.percent.value <= asked.percent.value


def pool(said: Pool, asked: Pool) -> bool:
    """The order *number*, arm by arm."""
    if isinstance(asked.share.limit, AtMost):
        return _share(said.share, asked.share)
    return same(said, asked)


def reward_level(said: RewardNeedsLevel, asked: RewardNeedsLevel) -> bool:
    """The order *number*: a higher level is stricter."""
    wanted, has = level_number(asked.level), level_number(said.level)
    return wanted is None or (has is not None and has >= wanted)


def reward_for(said: RewardFor, asked: RewardFor) -> bool:
    """The order *option list*: no kind of appointment gets it that is not asked for."""
    return option_list(said.coverages.coverages, asked.coverages.coverages)


def reward_happens(said: RewardHappens, asked: RewardHappens) -> bool:
    """The order *number* for how often."""
    return frequency(said.frequency, asked.frequency)


# ---- distribution --------------------------------------------------------------------------------


def cap(said: Cap, asked: Cap) -> bool:
    """The order *number*: a ceiling on more levels is stricter, a floor on fewer."""
    if set(said.coverages.coverages) != set(asked.coverages.coverages) or not number(said.limit, asked.limit):
        return False
    mine, theirs = levels_at(said.place), levels_at(asked.place)
    if mine is None or theirs is None:
        return same(said.place, asked.place)
    if isinstance(said.limit, AtMost) or (isinstance(asked.limit, AtMost) and mine != theirs):
        return mine >= theirs
    return mine <= theirs if isinstance(asked.limit, AtLeast) else mine == theirs


def cap_from(said: CapFrom, asked: CapFrom) -> bool:
    """The order *threshold* for populations: it applies to smaller ones too."""
    same_ones = set(said.coverages.coverages) == set(asked.coverages.coverages)
    return same_ones and said.number.value <= asked.number.value
