"""ir.Stage -> which members the plans of a policy have, and what each may weigh.

A policy names members, of which some plans may do without some, and may let a plan bring others, critical ones and
noncritical ones. How many others is read from its limits; where no limit bounds them, the sizes go as far as
`MOST_OWN`, and that they are not all is said.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice, product

from sespms_rules.foundation.spelling import is_spelling
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Kind, LevelScale, Limit, Member, MemberCount, Stage, WeightRange, own_names

MOST_OWN = 6
"""So many members that a plan brings itself are looked at where the policy sets no bound."""


MOST_LOOKED_AT = 200
"""So many are looked at where the bound that a policy sets is higher; and so many sizes of plans in all."""


class PlanSize(Frozen):
    """Which members a plan has: those the policy names save the `absent`, and how many of each sort it brings."""

    absent: frozenset[str]
    critical: int
    noncritical: int

    @property
    def own(self) -> int:
        """How many members it brings itself."""
        return self.critical + self.noncritical


class PlanSizes(Frozen):
    """The sizes to look at, those with the most of the named members first; `left` says which others there are."""

    sizes: tuple[PlanSize, ...]
    left: str

    @property
    def most(self) -> int:
        """The most members that a plan brings itself."""
        return max((each.own for each in self.sizes), default=0)


def plan_sizes(stage: Stage) -> PlanSizes:
    """The plans that a stage admits, by the members they have. A plan without any member is no plan."""
    critical, noncritical = _most_own(stage, critical=True), _most_own(stage, critical=False)
    left = critical.left or noncritical.left
    found = list(islice(_sizes(stage, critical.most, noncritical.most), MOST_LOOKED_AT + 1))
    if len(found) > MOST_LOOKED_AT:
        left = left or f"plans of other sizes than the first {MOST_LOOKED_AT}"
    return PlanSizes(tuple(found[:MOST_LOOKED_AT]), left)


def _sizes(stage: Stage, most_critical: int, most_noncritical: int) -> Iterator[PlanSize]:
    sorts = [[each for each in stage.members if each.critical is critical] for critical in (True, False)]
    optional = [[each.name for each in sort if each.optional] for sort in sorts]
    without = product(*(range(len(names) + 1) for names in optional))
    for missing in sorted(without, key=lambda each: (sum(each), each)):
        named = [len(sort) - many for sort, many in zip(sorts, missing, strict=True)]
        own = [
            (one, other)
            for one in range(most_critical + 1)
            for other in range(most_noncritical + 1)
            if sum(named) + one + other and admits(stage.limits, named[0] + one, named[1] + other)
        ]
        if own:
            first, second = optional
            for absent in ((*a, *b) for a in combinations(first, missing[0]) for b in combinations(second, missing[1])):
                yield from (PlanSize(frozenset(absent), *each) for each in own)


def own_members(stage: Stage, size: PlanSize, noun: str, taken: frozenset[str] = frozenset()) -> tuple[Member, ...]:
    """The members that a plan brings itself, under names that nothing else has: critical ones first.

    They are rated on the levels that the stage has points for. `taken` are further names that they may not have.
    """
    scale = LevelScale(tuple(level for level, _ in stage.points))
    used = {each.name for each in stage.members} | taken
    sorts = ((noun, size.critical, True), (f"Noncritical {noun.lower()}", size.noncritical, False))
    return tuple(
        Member(name, critical, scale, None) for word, many, critical in sorts for name in own_names(word, many, used)
    )


class _Own(Frozen):
    most: int
    left: str


def _most_own(stage: Stage, *, critical: bool) -> _Own:
    """How many members of a sort a plan may bring at most, and which plans with more are left out.

    Where no limit speaks of noncritical members, none are looked at: a policy that lets a plan bring them counts them.
    """
    sorts = (Kind.CRITICAL, Kind.REQUIREMENT, Kind.ELEMENT) if critical else (Kind.NONCRITICAL,)
    counts = [each for each in stage.limits if isinstance(each, MemberCount) and each.kind in sorts]
    if not stage.may_bring(critical=critical) or not (critical or counts):
        return _Own(0, "")
    bounds = [each.high for each in counts if each.high is not None]
    word = "requirements" if stage.kind is Kind.REQUIREMENT else "elements" if critical else "noncritical elements"
    if not bounds:
        most = max([MOST_OWN, *(each.low for each in counts if each.low is not None)])
        return _Own(most, f"plans with more than {most} {word} of their own, of which the policy allows any number")
    most = min(bounds)  # a bound counts those the policy names too, so it bounds those a plan brings
    if most > MOST_LOOKED_AT:
        return _Own(MOST_LOOKED_AT, f"plans with more than {MOST_LOOKED_AT} {word} of their own")
    return _Own(most, "")


def mistaken_for(stage: Stage, name: str, given: Container[str]) -> str | None:
    """The member that only some plans have, and this one does not, of which `name` reads as a misspelling.

    A plan that may bring members of its own would else be taken to bring one of that name.
    """
    if not stage.open:
        return None
    missing = (each.name for each in stage.members if each.optional and each.name not in given)
    return next((each for each in missing if is_spelling(name, each)), None)


def admits(limits: Sequence[Limit], critical: int, others: int) -> bool:
    """Whether limits let a plan have so many critical members and so many others."""
    counts = {Kind.CRITICAL: critical, Kind.NONCRITICAL: others}
    for limit in limits:
        if isinstance(limit, MemberCount):
            count = counts.get(limit.kind, critical + others)
            if count < (limit.low or 0) or (limit.high is not None and count > limit.high):
                return False
    return True


def weight_ends(limits: Sequence[Limit], name: str) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest weight of a member by the ranges among limits; None: no end on that side."""
    low: Fraction | None = None
    high: Fraction | None = None
    for limit in limits:
        if not isinstance(limit, WeightRange):
            continue
        if (name not in limit.names) if limit.names is not None else (name in limit.save):
            continue
        low = limit.low if low is None else max(low, limit.low if limit.low is not None else low)
        high = limit.high if high is None else min(high, limit.high if limit.high is not None else high)
    return low, high
