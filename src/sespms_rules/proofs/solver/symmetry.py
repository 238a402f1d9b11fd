"""Which members a program cannot tell apart: what holds of one of them holds of the others, without asking again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sespms_rules.program.ir import NoneAbove, Stage, WeightRange
from sespms_rules.program.traversal import formulas_of, members_named
from sespms_rules.proofs.solver.inputs import Input, Path, rated_places
from sespms_rules.proofs.solver.question import Subject


def one_of_each(about: Subject) -> Iterator[Path]:
    """The places of members to ask about: of those that differ in nothing but their names, the first."""
    told: set[object] = set()
    for path, one in rated_places(about.asked.members):
        stage = _stage_of(about, path)
        kind = None if _limited(stage, one.name) else _likeness(stage, one)
        if kind is None or (path[:-1], kind) not in told:
            told.add((path[:-1], kind))
            yield path


def told_apart(about: Subject) -> Iterator[tuple[Path, Path]]:
    """Pairs of members, beside each other, that can have each other's ratings and that a formula may tell apart.

    Pairs that it cannot tell apart are left out: with equal weights, they may change places in any reckoning. What a
    plan's limits say of them does not matter, because their weights stay as they are.
    """
    for (path, one), (other, two) in combinations(rated_places(about.asked.members), 2):
        if path[:-1] != other[:-1] or _rated_by(one) != _rated_by(two):
            continue
        stage = _stage_of(about, path)
        kind = _likeness(stage, one)
        if kind is None or kind != _likeness(stage, two):
            yield path, other


def _stage_of(about: Subject, path: Path) -> Stage:
    """The stage that derives something from the member in a place."""
    stage = about.program.summary
    if len(path) > 1:
        of = about.asked.members[path[0]].of.member
        stage = of.stage if of is not None and of.stage is not None else stage
    return stage


def _rated_by(one: Input) -> object:
    """Which ratings a member can have."""
    scale = one.of.member.scale if one.of.member and one.number is not None else None
    return tuple(level for level, _ in one.at), scale, one.none is False


def _likeness(stage: Stage, one: Input) -> object | None:
    """What members that no formula can tell apart have in common; None for one that a formula names."""
    if one.inner or one.name in members_named(formulas_of(stage)):
        return None
    return one.of.critical, _rated_by(one), one.rule


def _limited(stage: Stage, name: str) -> bool:
    """Whether a limit of the plans names a member."""
    for limit in stage.limits:
        if isinstance(limit, WeightRange) and name in (*(limit.names or ()), *limit.save):
            return True
        if isinstance(limit, NoneAbove) and limit.name == name:
            return True
    return False
