"""What a level leads to, as the policy itself says it: awards, pay, reassignment, removal.

A System and where its executives stand -> for each sentence the executives it fits. One year's levels are all that a
roster holds; a sentence that asks for a second such rating is told as what this year would add to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.limits import level_number
from sespms_rules.language.syntax.uses import (
    Actions,
    Allows,
    Bars,
    Requires,
    RewardFor,
    RewardNeedsLevel,
    When,
    WhenBelow,
    WhenLevel,
)
from sespms_rules.language.syntax.words import PartKind, Reward
from sespms_rules.program.rating import Outcome
from sespms_rules.program.wording import policy_line
from sespms_rules.rosters.population import State


class Follows(Frozen):
    """One thing that follows from a level, and the places of the rows that it follows for.

    `authority` is what the sentence names after `under`. `repeat` is set where it takes a second such rating within
    some years. `unknown` are rows for which it depends on an appointment that the roster does not give, and `kinds`
    the appointments that it takes, as each sentence names them.
    """

    words: str
    places: tuple[int, ...]
    authority: str | None = field(default=None)
    line: int = field(default=0)
    repeat: bool = field(default=False)
    unknown: tuple[int, ...] = field(default=())
    kinds: tuple[frozenset[str], ...] = field(default=())


def what_follows(system: System, states: Sequence[State], appointments: Sequence[str | None]) -> tuple[Follows, ...]:
    """Tell what follows from the levels, sentence by sentence, then who may get each reward, all sentences together."""
    by_level: dict[int, list[int]] = {}
    for place, state in enumerate(states):
        if not isinstance(state, Outcome):
            by_level.setdefault(state, []).append(place)
    said = [_sentence(each, by_level) for each in system.sentences(PartKind.USES)]
    rewards = (_reward(system, reward, states, appointments) for reward in Reward)
    return tuple(each for each in (*said, *rewards) if each is not None)


def _sentence(stated: Stated, by_level: dict[int, list[int]]) -> Follows | None:
    """A sentence on what a level requires or bars; what one allows is told with the reward."""
    sentence = stated.sentence
    if not isinstance(sentence, Requires | Bars):
        return None
    places = sorted(place for level, found in by_level.items() if _fits(sentence.when, level) for place in found)
    origin = stated.origin
    return Follows(
        policy_line(origin), tuple(places), origin.authority, origin.span.line, sentence.when.repeat is not None
    )


def _fits(when: When, level: int) -> bool:
    number = level_number(when.level)
    match when:
        case WhenLevel():
            return level == number
        case WhenBelow():
            return number is not None and level < number
        case _:
            assert_never(when)


# ---- rewards ---------------------------------------------------------------------------------------


class _Conditions:
    """What a system says of who may get one reward by level and appointment."""

    def __init__(self, system: System, reward: Reward) -> None:
        self._reward = reward
        uses = [each.sentence for each in system.sentences(PartKind.USES)]
        pay = [each.sentence for each in system.sentences(PartKind.REWARDS)]
        self.allows = [each for each in uses if isinstance(each, Allows) and self._is_meant(each.actions)]
        self.bars = [each for each in uses if isinstance(each, Bars) and self._is_meant(each.actions)]
        self.needs = [each for each in pay if isinstance(each, RewardNeedsLevel) and each.reward is reward]
        for_whom = [each for each in pay if isinstance(each, RewardFor) and each.reward is reward]
        self.kinds = tuple(frozenset(kind.value for kind in each.coverages.coverages) for each in for_whom)

    @property
    def are_stated(self) -> bool:
        """Whether the system says anything of the reward by level."""
        return bool(self.allows or self.bars or self.needs)

    def _is_meant(self, actions: Actions) -> bool:
        return any(action.value == self._reward.value for action in actions.actions)

    def hold(self, level: int) -> bool:
        """Whether a level is good enough for the reward."""
        if any(number is not None and level < number for number in (level_number(each.level) for each in self.needs)):
            return False
        if any(_fits(each.when, level) for each in self.bars if each.when.repeat is None):
            return False
        return not self.allows or any(_fits(each.when, level) for each in self.allows)


def _reward(
    system: System, reward: Reward, states: Sequence[State], appointments: Sequence[str | None]
) -> Follows | None:
    """Who may get a reward by level and appointment; whatever else it needs is for people to decide."""
    conditions = _Conditions(system, reward)
    if not conditions.are_stated:
        return None
    good = {level for level in set(states) if not isinstance(level, Outcome) and conditions.hold(level)}
    reached = [place for place, state in enumerate(states) if state in good]
    unknown: list[int] = []
    if conditions.kinds:
        unknown = [place for place in reached if appointments[place] is None]
        reached = [place for place in reached if all(appointments[place] in kinds for kinds in conditions.kinds)]
    says = f"may get a {reward} by level and appointment"
    return Follows(says, tuple(reached), unknown=tuple(unknown), kinds=conditions.kinds)
