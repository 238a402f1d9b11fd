"""The plans that are allowed under several programs at once, by the members they have: what a walk goes through.

One program is the usual case. With several, a member is there where each program names it or lets plans bring it, its
levels are those that all of them know, and every limit of each of them holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Kind, LevelScale, Limit, Member, MemberCount, Program, Stage, Unrated, own_names
from sespms_rules.program.plans import MOST_LOOKED_AT, admits
from sespms_rules.program.unrated_rules import rule_for


class NotWalkable(Exception):
    """The appraisals of a program cannot all be walked through: `why` says what stands against it, `help` the fix."""

    def __init__(self, why: str, help: str) -> None:
        super().__init__(why)
        self.why = why
        self.help = help


class JointMember(Frozen):
    """A member of a plan: its levels (0: it may be left without a rating), or its own members in `inner`.

    `of` are the members of each program that it is, None where that one lets plans bring it.
    """

    name: str
    of: tuple[Member | None, ...]
    levels: tuple[int, ...]
    inner: JointStage | None


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
    named = dict.fromkeys(member.name for stage in stages for member in stage.members)
    known = [{member.name: member for member in stage.members} for stage in stages]
    if any(name not in mine and not stage.open for stage, mine in zip(stages, known, strict=True) for name in named):
        return
    _refuse_further(stages)
    for own in _own_counts(stages, known, list(named)):
        names = (*named, *own_names(noun, own, set(named)))
        choices = [list(_members(stages, known, name)) for name in names]
        yield from (JointStage(stages, made) for made in product(*choices) if made)


def _refuse_further(stages: tuple[Stage, ...]) -> None:
    for further in (each for stage in stages for each in stage.further):
        raise NotWalkable(
            f"each element is also rated `{further.name}`, which may be any number",
            "count a policy whose elements are rated by levels alone",
        )


def _members(stages: tuple[Stage, ...], known: list[dict[str, Member]], name: str) -> Iterator[JointMember]:
    """A member in each of its shapes: one where it has no requirements."""
    of = tuple(mine.get(name) for mine in known)
    inner = tuple(each.stage for each in of if each is not None and each.stage is not None)
    if not inner:
        levels = _levels(stages, of, name)
        if levels:
            yield JointMember(name, of, levels, None)
    elif len(inner) == len(stages):
        for shape in _joint(inner, "Requirement"):
            yield JointMember(name, of, (), shape)


def _levels(stages: tuple[Stage, ...], of: tuple[Member | None, ...], name: str) -> tuple[int, ...]:
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
        rule = rule_for(stage, member.critical if member else True)
        missing = missing and rule is not None and rule.what is not Unrated.STOP
    shared = sorted(set(found[0]).intersection(*found[1:]), reverse=True)
    return (*shared, 0) if missing else tuple(shared)


# ---- how many members ----------------------------------------------------------------------------


def _own_counts(stages: tuple[Stage, ...], known: list[dict[str, Member]], named: list[str]) -> list[int]:
    """How many members a plan may bring, all of them critical."""
    if not all(stage.open for stage in stages):
        return [0] if _fits(stages, known, named, 0) else []
    counts = [limit for stage in stages for limit in stage.limits if isinstance(limit, MemberCount)]
    ends = [limit.high for limit in counts if limit.high is not None and limit.kind is not Kind.NONCRITICAL]
    if not ends:
        kind = stages[0].kind
        raise NotWalkable(
            f"a plan may have any number of {kind}s, so there is no end of different plans",
            f"say how many {kind}s there may be, for instance `has 2 to 5 critical elements`"
            if kind is Kind.ELEMENT
            else "say how many requirements there may be, for instance `each critical element has 1 to 5 requirements`",
        )
    if min(ends) > MOST_LOOKED_AT:
        raise NotWalkable(
            f"a plan may have {min(ends):,} {stages[0].kind}s, more than the {MOST_LOOKED_AT} that are counted",
            f"say that there may be fewer {stages[0].kind}s, or ask `sespms prove` for a guarantee",
        )
    return [own for own in range(min(ends) + 1) if _fits(stages, known, named, own)]


def _fits(stages: tuple[Stage, ...], known: list[dict[str, Member]], named: list[str], own: int) -> bool:
    for stage, mine in zip(stages, known, strict=True):
        critical = own + sum(mine[name].critical if name in mine else True for name in named)
        if not admits(stage.limits, critical, own + len(named) - critical):
            return False
    return True
