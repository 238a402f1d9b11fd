"""What a compiled formula reads: a stage while it is worked out, and its members."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.rating import Asked

Value = Exact | str


class NoAnswer(Exception):
    """A formula has no value for this appraisal; `kind` is the refusal that the reference engine gives."""

    def __init__(self, kind: RefusalKind) -> None:
        super().__init__(kind.code)
        self.kind = kind


class LevelNotYetKnown(Exception):
    """A value asks for the level, or for something that waits for it, before there is one."""


class MemberFrame:
    """One member of a stage with everything a formula may take of it; None where it has none.

    `rated` says whether a rating was given; `counts` is False for one that was not and is left out. `asked` are the
    questions in its own block that are asked.
    """

    __slots__ = (
        "asked",
        "counts",
        "critical",
        "further",
        "level",
        "name",
        "named",
        "points",
        "rated",
        "score",
        "weight",
    )

    def __init__(self, name: str, critical: bool) -> None:
        self.name = name
        self.critical = critical
        self.level: int | None = None
        self.points: Exact | None = None
        self.score: Exact | None = None
        self.weight: Exact | None = None
        self.rated = True
        self.counts = True
        self.further: dict[str, Exact] = {}
        self.named: dict[str, Value] = {}
        self.asked: tuple[Asked, ...] = ()


class Frame:
    """A stage while it is worked out: its members, and the values defined so far."""

    __slots__ = ("by_name", "failed", "level", "members", "named", "score")

    def __init__(self, members: list[MemberFrame]) -> None:
        self.members = members
        self.by_name = {member.name: member for member in members}
        self.named: dict[str, Value] = {}
        self.failed: dict[str | None, RefusalKind] = {}  # why what could not be worked out was not; None is the score
        self.score: Exact | None = None
        self.level: int | None = None


Chosen = Callable[[Frame], list[MemberFrame]]
Passes = Callable[[MemberFrame], bool]


def number(value: Value) -> Exact:
    """Return a value that must be a number; a code of a table has no place in arithmetic."""
    if isinstance(value, str):
        raise TypeError(f"the program reckons with the code {value!r} of a table")
    return value


def compile_members(members: ir.Members) -> Chosen:
    """Return what picks the members of a group, or those named, from a frame."""
    match members:
        case ir.Names(names):
            return lambda frame: [frame.by_name[name] for name in names if name in frame.by_name]
        case ir.Group(ir.Kind.CRITICAL):
            return lambda frame: [member for member in frame.members if member.critical]
        case ir.Group(ir.Kind.NONCRITICAL):
            return lambda frame: [member for member in frame.members if not member.critical]
        case ir.Group():
            return lambda frame: frame.members
    assert_never(members)


def compile_counted(members: ir.Members) -> Chosen:
    """Return what picks the members meant that count: those left out are not among them."""
    chosen = compile_members(members)
    return lambda frame: [member for member in chosen(frame) if member.counts]


def compile_asked(members: ir.Members, test: ir.MemberTest) -> Chosen:
    """Return what picks the members a test is asked of: whether it is rated is asked of all of them."""
    if test.kind in (ir.TestKind.RATED, ir.TestKind.NOT_RATED):
        return compile_members(members)
    return compile_counted(members)


def compile_test(test: ir.MemberTest) -> Passes:
    """Return what asks a test of one member; a member that is not rated is at no level."""
    wanted = test.level or 0
    match test.kind:
        case ir.TestKind.AT:
            return lambda member: member.level == wanted
        case ir.TestKind.AT_OR_BETTER:
            return lambda member: member.level is not None and member.level >= wanted
        case ir.TestKind.BELOW:
            return lambda member: member.level is not None and member.level < wanted
        case ir.TestKind.RATED:
            return lambda member: member.rated
        case ir.TestKind.NOT_RATED:
            return lambda member: not member.rated
    assert_never(test.kind)
