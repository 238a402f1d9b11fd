"""What a change of the law does to a system, requirement by requirement: what breaks, what is only asked anew."""

from __future__ import annotations

from enum import StrEnum

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, Part
from sespms_rules.language.syntax.baselines import ListItem
from sespms_rules.law.differing import Turn
from sespms_rules.law.verdict import Verdict, VerdictKind


class Effect(StrEnum):
    """What became of a system's standing under one requirement; its value is how a report says it."""

    BREAKS = "breaks"
    ASKED_ANEW = "asked anew"
    EASED = "no longer broken"
    OTHERWISE = "stands otherwise"


_OPEN = (VerdictKind.NEEDS_PERSON, VerdictKind.UNDECIDED, VerdictKind.EACH_RATING)


def effect_of(turn: Turn) -> Effect:
    """Whether a requirement is broken now and was not, has to be answered anew, or stands otherwise."""
    before, after = turn.before, turn.after
    if after is not None and after.fails and not _fails(before):
        return Effect.BREAKS
    if _fails(before) and not _fails(after):
        return Effect.EASED
    return Effect.ASKED_ANEW if after is not None and after.kind in _OPEN else Effect.OTHERWISE


def _fails(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.fails


class ListChange(Frozen):
    """A list that differs: the names that are gone and those that are new, members and what belongs to them."""

    name: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changed_lists(before: Baseline, after: Baseline) -> tuple[ListChange, ...]:
    """The lists that differ between two editions, in the order of the later one, those that are gone behind them."""
    earlier, later = _names_by_list(before), _names_by_list(after)
    found = []
    for name in dict.fromkeys((*later, *earlier)):
        was, now = earlier.get(name, ()), later.get(name, ())
        change = ListChange(
            name, tuple(one for one in was if one not in now), tuple(one for one in now if one not in was)
        )
        if change.gone or change.new:
            found.append(change)
    return tuple(found)


def _names_by_list(edition: Baseline) -> dict[str, tuple[str, ...]]:
    return {each.name or "": _names(each) for each in edition.lists}


def _names(part: Part) -> tuple[str, ...]:
    """Each name once, what belongs to a member as `member: name`."""
    found = []
    for each in chosen(part.sentences, ListItem):
        found += [each.name.text, *(f"{each.name.text}: {item.text}" for item in each.items)]
    return tuple(dict.fromkeys(found))


__all__ = ["Effect", "ListChange", "changed_lists", "effect_of"]
