"""Every set of levels that a plan can be rated with, and what the conditions of a derivation say of it.

Both follow from the members of a plan and the conditions alone. Short lists are kept, because most changes to a
policy leave them as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import comb, prod

from sespms_rules.checks.analysis.decision_rows import Derivation, Profile, RatedMember, holds
from sespms_rules.checks.analysis.linear_score import LinearScore
from sespms_rules.checks.analysis.plans import PlanShape, Slot, named_apart
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.limits import Phrases

_LONGEST_KEPT = 2_000
_LISTS_KEPT = 32


class Listed(Frozen, often=True):
    """A set of levels, member by member, and what the conditions say of it; what cannot be read is taken to hold.

    `is_taken` says whether an override may take it; then nothing more is said. `levels` are the different levels in
    it, lowest first, None where a member is rated by a number; `floors` whether the condition of each band that has
    one may hold.
    """

    profile: Profile
    levels: tuple[int, ...] | None
    is_taken: bool
    floors: tuple[bool, ...]


class _Question(Frozen):
    """What a list follows from; `apart` are the members that cannot change places with others."""

    slots: tuple[Slot, ...]
    apart: frozenset[str]
    overrides: tuple[Phrases, ...]
    floors: tuple[Phrases, ...]


def profiles(
    shape: PlanShape, derivation: Derivation, score: LinearScore
) -> Iterator[tuple[Profile, tuple[Slot, ...]]]:
    """Every set of levels, save those that only change places between members that are treated alike."""
    groups = _groups(shape.slots, named_apart(derivation, score))
    slots = _flat(groups)
    return ((profile, slots) for profile in _every_profile(groups))


def listed_profiles(
    shape: PlanShape, derivation: Derivation, score: LinearScore
) -> tuple[tuple[Slot, ...], Iterable[Listed]]:
    """The members in the order of the sets, and every set that `profiles` gives, with what conditions say of it."""
    apart = named_apart(derivation, score) & {slot.name or "" for slot in shape.slots}
    overrides = tuple([override.phrases for override in derivation.overrides])
    floors = tuple([line.floor for line in derivation.lines if isinstance(line, Band) and line.floor is not None])
    question = _Question(shape.slots, apart, overrides, floors)
    groups = _groups(question.slots, question.apart)
    number = prod(comb(len(group[0].levels) + len(group) - 1, len(group)) for group in groups)
    return _flat(groups), _kept(question) if number <= _LONGEST_KEPT else _listed(question)


@lru_cache(maxsize=_LISTS_KEPT)
def _kept(question: _Question) -> tuple[Listed, ...]:
    return tuple(_listed(question))


def _listed(question: _Question) -> Iterator[Listed]:
    for profile in _every_profile(_groups(question.slots, question.apart)):
        if any(holds(phrases, profile) is not False for phrases in question.overrides):
            yield Listed(profile, None, True, ())
            continue
        floors = tuple([holds(phrases, profile) is not False for phrases in question.floors])
        found = {member.level for member in profile}
        levels = None if None in found else tuple(sorted(level for level in found if level is not None))
        yield Listed(profile, levels, False, floors)


def _groups(slots: tuple[Slot, ...], apart: frozenset[str]) -> tuple[tuple[Slot, ...], ...]:
    """Members that are treated alike together, in the order of their first ones."""
    groups: dict[tuple[object, ...], list[Slot]] = {}
    for slot in slots:
        key = (slot.critical, slot.levels, slot.scale, slot.box, slot.name if slot.name in apart else "")
        groups.setdefault(key, []).append(slot)
    return tuple(tuple(group) for group in groups.values())


def _flat(groups: tuple[tuple[Slot, ...], ...]) -> tuple[Slot, ...]:
    return tuple([slot for group in groups for slot in group])


def _every_profile(groups: tuple[tuple[Slot, ...], ...]) -> Iterator[Profile]:
    choices = [combinations_with_replacement(group[0].levels, len(group)) for group in groups]
    rated = [{level: _rated(slot, level) for level in slot.levels} for slot in _flat(groups)]
    for levels in product(*choices):
        flat = [level for some in levels for level in some]
        yield tuple([members[level] for members, level in zip(rated, flat, strict=True)])


def _rated(slot: Slot, level: int) -> RatedMember:
    """A member with one of its levels."""
    return RatedMember(slot.name, slot.critical, level if slot.scale is None else None)
