"""Sentences of a policy and of the law -> obligations on records; a sentence that has none is told, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.checks.analysis import stated_distances
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.words import (
    PartKind,
)
from sespms_rules.law.record_duties import AskedOfAll, RecordDuty
from sespms_rules.law.verdict import Confidence
from sespms_rules.records.duties import of_law, of_policy
from sespms_rules.records.duties.of_policy import roles_of
from sespms_rules.records.duties.wording import NotLowered, own_ground
from sespms_rules.records.obligations import Obligation
from sespms_rules.records.obligations.form import Ground, Picked

OF_THE_AGENCY = frozenset({RecordThing.AWARD_POOL.value, RecordThing.WAIVER.value})
"""Acts that are the agency's own: duties on them are judged once, not for each executive."""

__all__ = ["Duties", "NotLowered", "duties_of", "own_ground", "roles_of"]


class Duties(Frozen):
    """The obligations of a year, each once with all its grounds, and the sentences that no record is judged by.

    `of_agency` are those that speak of the agency as a whole, `distribution` the limits over all ratings, each with its
    grounds: those of the policy, or where it says nothing of them those that the law asks for.
    `levels` are those of the policy, none where it has none.
    `order` holds each pair of acts of which the policy puts the first before the second, be it through others.
    """

    obligations: tuple[Obligation, ...]
    not_lowered: tuple[NotLowered, ...]
    order: frozenset[tuple[str, str]] = field(default=frozenset())
    of_agency: tuple[Obligation, ...] = field(default=())
    distribution: tuple[tuple[Stated, Ground], ...] = field(default=())
    levels: frozenset[int] = field(default=frozenset())


def duties_of(system: System, of_the_law: Iterable[RecordDuty], asked_of_all: Iterable[AskedOfAll] = ()) -> Duties:
    """The duties of a policy and of the law that binds it, one list; those that ask the same are one obligation."""
    roles = of_policy.roles_of(system)
    merged: dict[tuple[object, ...], Obligation] = {}
    not_lowered: list[NotLowered] = []
    for each in (*of_policy.lowered(system), *of_law.lowered(of_the_law, of_policy.detail_from(system))):
        if isinstance(each, NotLowered):
            not_lowered.append(each)
            continue
        actor = of_law.actor_of(each.shape, roles)
        known = merged.get((each.shape, each.tags))
        grounds = each.grounds if known is None else (*known.grounds, *each.grounds)
        merged[each.shape, each.tags] = replace(each, grounds=grounds, actor=actor)
    of_agency = tuple(each for each in merged.values() if _is_of_agency(each))
    own = tuple(each for each in merged.values() if not _is_of_agency(each))
    order, distribution = _order_of_acts(system), tuple(_distribution(system, asked_of_all))
    levels = frozenset(each.number for each in system.levels)
    return Duties(own, tuple(not_lowered), order, of_agency, distribution, levels)


def _is_of_agency(each: Obligation) -> bool:
    what = getattr(each.shape, "what", None)
    return isinstance(what, Picked) and what.kind in OF_THE_AGENCY


def _distribution(system: System, asked_of_all: Iterable[AskedOfAll]) -> Iterator[tuple[Stated, Ground]]:
    own = system.sentences(PartKind.DISTRIBUTION)
    for each in own:
        yield each, own_ground(PartKind.DISTRIBUTION, each, system)
    for asked in () if own else asked_of_all:
        confirmed = asked.confidence is not Confidence.UNCONFIRMED
        yield asked.stated, Ground(asked.words, asked.edition, asked.citation, confirmed, asked.remark)


def _order_of_acts(system: System) -> frozenset[tuple[str, str]]:
    """The pairs of acts and days of which the system puts the first before the second, also through others."""
    follow: dict[str, set[str]] = {}
    for each in stated_distances(system):
        if each.days >= 0 and each.months >= 0:  # the end of a time within which is no order of steps
            follow.setdefault(str(each.earlier), set()).add(str(each.later))
    pairs = set[tuple[str, str]]()
    for first in follow:
        ahead = [first]
        while ahead:
            for later in follow.get(ahead.pop(), ()):
                if (first, later) not in pairs:
                    pairs.add((first, later))
                    ahead.append(later)
    return frozenset(pairs)
