"""The plans that are allowed under several programs at once, by the members they have: what a walk goes through.

One program is the usual case. With several, a member is there where each program names it or lets plans bring it; one
that only some plans have is there and is not. Its
levels are those that all of them know, and every limit of each of them holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Kind, LevelScale, Limit, Member, MemberCount, Program, Stage, Unrated
from sespms_rules.program.plans import MOST_LOOKED_AT, PlanSize, admits, own_members
from sespms_rules.program.unrated_rules import rule_for

_MOST_OPTIONAL = 10
"""So many members may be in some plans only: each more of them doubles the sets of members."""

_MOST_SHAPES = 500
"""So many sets of members are gone through at most."""


class NotWalkable(Exception):
    """The appraisals of a program cannot all be walked through: `why` says what stands against it, `help` the fix."""

    def __init__(self, why: str, help: str) -> None:
        super().__init__(why)
        self.why = why
        self.help = help


class JointMember(Frozen):
    """A member of a plan: its levels (0: it may be left without a rating), or its own members in `inner`.

    `of` are the members of each program that it is, None where that one lets plans bring it; `critical` says it there.
    """

    name: str
    of: tuple[Member | None, ...]
    levels: tuple[int, ...]
    inner: JointStage | None
    critical: bool


class JointStage(Frozen):
    """The members of a plan, and the stage of each program that they are rated by."""

    stages: tuple[Stage, ...]
    members: tuple[JointMember, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members."""
        return tuple(each.name for each in self.members)

    @property
    def weighted(self) -> bool:
        """Whether the plans have weights."""
        return self.stages[0].weighted

    @property
    def limits(self) -> tuple[Limit, ...]:
        """All limits together."""
        return tuple(limit for stage in self.stages for limit in stage.limits)


def joint_stages(programs: Sequence[Program]) -> tuple[JointStage, ...]:
    """The shapes of the plans that all programs admit; raise `NotWalkable` where there is no end of them."""
    return tuple(_joint(tuple(each.summary for each in programs), "Element"))


def _joint(stages: tuple[Stage, ...], noun: str) -> Iterator[JointStage]:
    if len({stage.weighted for stage in stages}) > 1:
        return  # a weight that one asks for is refused by another
    known = [{member.name: member for member in stage.members} for stage in stages]
    named = dict.fromkeys(member.name for stage in stages for member in stage.members)
    of = {name: tuple(mine.get(name) for mine in known) for name in named}
    if any(_in_every_plan(of[name]) and not _may_have(stages, of[name]) for name in named):
        return
    _refuse_further(stages)
    most = _most_own(stages)
    shapes = 0
    for there in _presences(stages, of):
        criticals = {name: next(each.critical for each in of[name] if each is not None) for name in there}
        for own in _own_counts(stages, [(of[name], criticals[name]) for name in there], most):
            brought = own_members(stages[0], own, noun, frozenset(named))
            members = [(name, of[name], criticals[name]) for name in there]
            members += [(each.name, (None,) * len(stages), each.critical) for each in brought]
            choices = [list(_members(stages, *each)) for each in members]
            for made in product(*choices):
                if made:
                    shapes += 1
                    yield JointStage(stages, made)
        if shapes > _MOST_SHAPES:
            raise NotWalkable(
                f"plans may have more than {_MOST_SHAPES} different sets of {stages[0].kind}s",
                f"let fewer {stages[0].kind}s be in some plans only, or ask `sespms prove` for a guarantee",
            )


def _in_every_plan(of: tuple[Member | None, ...]) -> bool:
    return any(each is not None and not each.optional for each in of)


def _may_have(stages: tuple[Stage, ...], of: tuple[Member | None, ...]) -> bool:
    critical = next(each.critical for each in of if each is not None)
    return all(each is not None or stage.may_bring(critical=critical) for stage, each in zip(stages, of, strict=True))


def _presences(stages: tuple[Stage, ...], of: dict[str, tuple[Member | None, ...]]) -> Iterator[list[str]]:
    """Which of the named members a plan has, in their order: all that it may have first."""
    optional = [name for name, each in of.items() if not _in_every_plan(each) and _may_have(stages, each)]
    if len(optional) > _MOST_OPTIONAL:
        raise NotWalkable(
            f"{len(optional)} {stages[0].kind}s are in some plans only, and at most {_MOST_OPTIONAL} are counted",
            f"let fewer {stages[0].kind}s be in some plans only, or ask `sespms prove` for a guarantee",
        )
    for many in range(len(optional) + 1):
        for absent in combinations(optional, many):
            yield [name for name, each in of.items() if _may_have(stages, each) and name not in absent]


def _refuse_further(stages: tuple[Stage, ...]) -> None:
    for further in (each for stage in stages for each in stage.further):
        raise NotWalkable(
            f"each element is also rated `{further.name}`, which may be any number"
            if further.step is None
            else f"each element is also rated `{further.name}`, and additional ratings are not gone through",
            "count a policy whose elements are rated by levels alone",
        )


def _members(
    stages: tuple[Stage, ...], name: str, of: tuple[Member | None, ...], critical: bool
) -> Iterator[JointMember]:
    """A member in each of its shapes: one where it has no requirements."""
    inner = tuple(each.stage for each in of if each is not None and each.stage is not None)
    if not inner:
        levels = _levels(stages, of, name, critical)
        if levels:
            yield JointMember(name, of, levels, None, critical)
    elif len(inner) == len(stages):
        for shape in _joint(inner, "Requirement"):
            yield JointMember(name, of, (), shape, critical)


def _levels(stages: tuple[Stage, ...], of: tuple[Member | None, ...], name: str, critical: bool) -> tuple[int, ...]:
    """The levels that every program knows for a member, and 0 where each says what a missing rating does."""
    found: list[tuple[int, ...]] = []
    missing = True
    for stage, member in zip(stages, of, strict=True):
        scale = member.scale if member else LevelScale(tuple(level for level, _ in stage.points))
        if not isinstance(scale, LevelScale):
            raise NotWalkable(
                f"`{name}` is rated by a number, so there is no end of different ratings",
                "count a policy whose elements are rated by levels",
            )
        found.append(scale.levels)
        rule = rule_for(stage, member.critical if member else critical)
        missing = missing and rule is not None and rule.what is not Unrated.STOP
    shared = sorted(set(found[0]).intersection(*found[1:]), reverse=True)
    return (*shared, 0) if missing else tuple(shared)


# ---- how many members ----------------------------------------------------------------------------


def _most_own(stages: tuple[Stage, ...]) -> tuple[int, int]:
    """How many critical and how many noncritical members a plan may bring at most."""
    return _most_of(stages, critical=True), _most_of(stages, critical=False)


def _most_of(stages: tuple[Stage, ...], *, critical: bool) -> int:
    sorts = (Kind.CRITICAL, Kind.REQUIREMENT, Kind.ELEMENT) if critical else (Kind.NONCRITICAL,)
    counts = [[one for one in each.limits if isinstance(one, MemberCount) and one.kind in sorts] for each in stages]
    open_ = all(stage.may_bring(critical=critical) for stage in stages)
    if not open_ or not (critical or all(counts)):
        return 0
    kind = stages[0].kind if critical else Kind.NONCRITICAL
    ends = [one.high for each in counts for one in each if one.high is not None]
    if not ends:
        examples = {
            Kind.REQUIREMENT: "say how many requirements there may be, for instance `each critical element has 1 to 5"
            " requirements`",
            Kind.NONCRITICAL: "say how many there may be, for instance `has at most 2 noncritical elements`",
        }
        raise NotWalkable(
            f"a plan may have any number of {kind}s, so there is no end of different plans",
            examples.get(kind, f"say how many {kind}s there may be, for instance `has 2 to 5 critical elements`"),
        )
    if min(ends) > MOST_LOOKED_AT:
        raise NotWalkable(
            f"a plan may have {min(ends):,} {kind}s, more than the {MOST_LOOKED_AT} that are counted",
            f"say that there may be fewer {kind}s, or ask `sespms prove` for a guarantee",
        )
    return min(ends)


_There = tuple[tuple[Member | None, ...], bool]
"""A named member as each program has it, and whether it is critical where a program leaves that to the plan."""


def _own_counts(stages: tuple[Stage, ...], there: list[_There], most: tuple[int, int]) -> list[PlanSize]:
    """How many members a plan with these named ones may bring."""
    named = []
    for place in range(len(stages)):
        own = [each if member[place] is None else member[place] for member, each in there]
        named.append(sum(each if isinstance(each, bool) else bool(each and each.critical) for each in own))
    return [
        PlanSize(frozenset(), critical, noncritical)
        for critical in range(most[0] + 1)
        for noncritical in range(most[1] + 1)
        if all(
            admits(stage.limits, some + critical, len(there) - some + noncritical)
            for stage, some in zip(stages, named, strict=True)
        )
    ]
