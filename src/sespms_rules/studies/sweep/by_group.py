"""A sweep for each group of a roster: how those of one grade or one office would be distributed under each variant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sespms_rules.foundation.spelling import in_order
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal
from sespms_rules.rosters.population import shared_variants_apart
from sespms_rules.studies.sweep.sweeping import Sweep, sweep
from sespms_rules.studies.sweep.wording import Varied

NOT_GIVEN = "not given"
Placed = tuple[Appraisal | None, tuple[str | None, ...]]
"""An appraisal, None of an executive whose row holds none, with the group by each column."""


class ByGroup(Frozen):
    """The title of a column, and the groups in it as people sort them, each with its sweep; who has none comes last."""

    title: str
    groups: tuple[tuple[str | None, Sweep], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the groups are called."""
        return tuple(key or NOT_GIVEN for key, _ in self.groups)


def by_groups(
    program: ir.Program, people: Sequence[Placed], titles: Sequence[str], varied: Sequence[Varied]
) -> tuple[ByGroup, ...]:
    """Sweep each group of each column by itself; their counts add up to those of everyone."""
    return tuple(_by_group(program, people, place, title, varied) for place, title in enumerate(titles))


def _by_group(
    program: ir.Program, people: Sequence[Placed], place: int, title: str, varied: Sequence[Varied]
) -> ByGroup:
    members: dict[str | None, list[Appraisal | None]] = {}
    for appraisal, groups in people:
        members.setdefault(groups[place] if groups else None, []).append(appraisal)
    keys = sorted(members, key=lambda key: (key is None, in_order(key or "")))
    return ByGroup(title, tuple((key, sweep_of_some(program, members[key], varied)) for key in keys))


def sweep_of_some(program: ir.Program, appraisals: Sequence[Appraisal | None], varied: Sequence[Varied]) -> Sweep:
    """A sweep of executives of whom some have no appraisal."""
    known = [each for each in appraisals if each is not None]
    return sweep(program, known, varied, refused=len(appraisals) - len(known))


SharedGroups = list[tuple[str, list[tuple[int | None, ...] | None]]]


def shared_groups(found: ByGroup, least: int) -> SharedGroups:
    """The groups of a column and, for each, what may be shown of now and of each variant.

    Groups of fewer than `least` are put together, and with the smallest other where these are fewer too. All groups
    show the same variants and levels, so that none can be found by subtracting the others from everyone.
    """
    named = sorted(zip(found.names, (each for _, each in found.groups), strict=True), key=lambda one: sum(one[1].now))
    few = [each for each in named if sum(each[1].now) < least]
    while few and sum(sum(each.now) for _, each in few) < least and len(few) < len(named):
        few.append(named[len(few)])
    kept = [each for each in zip(found.names, (one for _, one in found.groups), strict=True) if each not in few]
    groups = [(name, _counts([each])) for name, each in kept]
    if few:
        groups.append((" and ".join(sorted(name for name, _ in few)), _counts([each for _, each in few])))
    rows = shared_variants_apart([rows for _, rows in groups], least)
    return list(zip((name for name, _ in groups), rows, strict=True))


def _counts(sweeps: Sequence[Sweep]) -> list[list[int]]:
    """The counts of some groups together: now, then under each variant."""
    now = [sum(column) for column in zip(*(each.now for each in sweeps), strict=True)]
    variants = sum((each.counts for each in sweeps[1:]), sweeps[0].counts)
    return [now, *variants.tolist()]


def group_rows(found: ByGroup) -> Iterator[tuple[str, Sweep, int]]:
    """Each variant of each group, variant by variant: the group, its sweep, and the number of the variant."""
    variants = len(found.groups[0][1]) if found.groups else 0
    for number in range(variants):
        for name, (_, each) in zip(found.names, found.groups, strict=True):
            yield name, each, number


def as_data(found: ByGroup) -> dict[str, Any]:
    """A breakdown for JSON: each group with its counts now and under each variant, in the order of the states."""
    return {
        "column": found.title,
        "groups": [
            {
                "group": key,
                "executives": sum(each.now),
                "now": list(each.now),
                "variants": [
                    {"counts": counts, "higher": each.raised(number), "lower": each.lowered(number)}
                    for number, counts in enumerate(each.counts.tolist())
                ],
            }
            for key, each in found.groups
        ],
    }
