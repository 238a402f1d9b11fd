"""The words of records, taken from the closed lists of the language: what can be an act, and who can act.

No word is added here. A record speaks as a policy does, so that a duty and the act that meets it need no translation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sespms_rules.language.syntax.record_words import Count, RecordThing
from sespms_rules.language.syntax.words import (
    Act,
    Action,
    Base,
    EventWord,
    Role,
)
from sespms_rules.rosters.files import tidy

SUMS: Final = (Base.CAREER_BASIC_PAY, Base.AVERAGE_CAREER_BASIC_PAY)
"""Sums of the agency that stand on record as acts for all, with their amount."""

_NO_ACTS: Final = frozenset(
    {
        RecordThing.BOARD.value,  # a board sits: that is a session
        RecordThing.EXECUTIVE.value,
        EventWord.PERIOD_START.value,  # a day of the period
        EventWord.PERIOD_END.value,
        EventWord.APPOINTMENT.value,  # the day on which the executive entered
        EventWord.SEPARATION.value,  # the day on which the executive left
        EventWord.BOARD_SERVICE.value,  # the day of a session
        EventWord.EFFECTIVE_DAY.value,  # the day of the removal, reassignment or transfer itself
    }
)

ACTS: Final = tuple(
    dict.fromkeys(
        word.value
        for word in (*Act, *RecordThing, *EventWord, *Action, Count.DEVELOPMENT_PLAN, *SUMS)
        if word.value not in _NO_ACTS
    )
)
"""What can stand in the column `act`, in the words of the language."""

ROLES: Final = tuple(role.value for role in Role if role is not Role.ANY_OFFICIAL)
"""Who can act, in the words of the language."""

FOR_ALL: Final = frozenset(
    {
        *(Act.GUIDELINES.value, EventWord.NEW_PRESIDENT.value, EventWord.NEW_AGENCY_HEAD.value),
        *(RecordThing.AWARD_POOL.value, RecordThing.WAIVER.value, RecordThing.SAFEGUARD.value),
        *(each.value for each in SUMS),
    }
)
"""Acts that may name no executive, and then concern all of them."""

BY_CHOICE: Final = frozenset(
    {
        Act.EXECUTIVE_NARRATIVE.value,
        Act.WRITTEN_RESPONSE.value,
        Act.HIGHER_LEVEL_REVIEW.value,
        Act.ALTERNATIVE_REVIEW.value,
    }
)
"""Acts that the executive may take or ask for and need not (5 USC 4312(b)(3)); where there is none, none is missing."""


@lru_cache(maxsize=4096)
def act_of(text: str) -> str | None:
    """The act that a cell names, whatever its capitals and blanks; None for any other word."""
    return _ACTS.get(_folded(text))


@lru_cache(maxsize=1024)
def role_of(text: str) -> str | None:
    """The role that a cell names; None for any other word."""
    return _ROLES.get(_folded(text))


def _folded(text: str) -> str:
    return " ".join(tidy(text).replace("-", " ").split())


_ACTS = {_folded(word): word for word in ACTS} | {_folded(word).removeprefix("a "): word for word in ACTS}
_ROLES = {_folded(word): word for word in ROLES} | {_folded(word).removeprefix("the "): word for word in ROLES}
