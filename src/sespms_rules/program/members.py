"""Which members a part of a program means, and what a question about one of them comes to: asked by all but engines.

The reference, the lifted evaluator and the solver each say it for themselves, on purpose: three readings that are
compared. Whoever only reasons about a program takes it from here.
"""

from __future__ import annotations

from typing import Protocol, assert_never

from sespms_rules.program.ir import Group, Kind, Members, MemberTest, Names, Program, Stage, TestKind


class AnyMember(Protocol):
    """What has to be known of a member."""

    @property
    def name(self) -> str:
        """Its name in the plan."""

    @property
    def critical(self) -> bool:
        """Whether it is critical; a requirement is."""


def is_meant(member: AnyMember, members: Members, stage: Stage) -> bool:
    """Whether a member of a stage is among those that a formula or a condition of that stage speaks of."""
    if isinstance(members, Names):
        return member.name in members.names
    match members.kind:
        case Kind.CRITICAL:
            return member.critical
        case Kind.NONCRITICAL:
            return not member.critical
        case Kind.ELEMENT | Kind.REQUIREMENT:
            return members.kind is stage.kind
    assert_never(members.kind)


def is_everyone(members: Members, stage: Stage) -> bool:
    """Whether a word for members means every member of any plan."""
    if members == Group(Kind.CRITICAL):
        critical = all(each.critical for each in stage.members) and not stage.may_bring(critical=False)
        return stage.kind is Kind.ELEMENT and critical
    return members == Group(stage.kind)


def passes(level: int, test: MemberTest) -> bool:
    """Whether a member that is rated at a level passes a test."""
    wanted = test.level or 0
    match test.kind:
        case TestKind.AT:
            return level == wanted
        case TestKind.AT_OR_BETTER:
            return level >= wanted
        case TestKind.BELOW:
            return level < wanted
        case TestKind.RATED:
            return True
        case TestKind.NOT_RATED:
            return False
    assert_never(test.kind)


def parts_read(program: Program) -> int:
    """How many lines, values and members are read to rate one appraisal."""
    stage = program.summary
    inside = [each.stage for each in stage.members if each.stage is not None]
    return sum(
        len(each.rows) + len(each.overrides) + len(each.caps) + len(each.definitions) + len(each.members)
        for each in (stage, *inside)
    )
