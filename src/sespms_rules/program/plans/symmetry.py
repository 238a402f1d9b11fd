"""Which members of a stage a program cannot tell apart: swapping their names gives the very same program.

Then a plan with their weights and ratings exchanged is rated alike, so that one of the two stands for both. What
cannot be shown alike this way counts as different, which costs time and never exactness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir
from sespms_rules.program.traversal import formulas_of, rewrite, walk

_FAILING = (ir.Quotient, ir.LookUp)
"""What may fail for one member and not for another, or for another reason."""


def alike_groups(stages: Sequence[ir.Stage], names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Places of `names` in groups that every one of `stages` treats alike; `names` are those of one plan.

    `stages` are the stages of the same members in several programs. Names that a stage does not know are those the
    plan brings.
    """
    groups: list[list[int]] = []
    apart = any(_tells_failures_apart(stage) for stage in stages)
    for place, name in enumerate(names):
        home = next((each for each in groups if not apart and _swappable(stages, names[each[0]], name)), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return tuple(map(tuple, groups))


def _swappable(stages: Sequence[ir.Stage], one: str, other: str) -> bool:
    """Whether two members can be exchanged in all stages; members that have a stage of their own never are."""
    for stage in stages:
        known = {each.name: each for each in stage.members}
        if (one in known) is not (other in known):
            return False
        if one in known and not (known[one].stage is None and known[other].stage is None):
            return False
        if _plain(stage) != _plain(_swapped(stage, {one: other, other: one})):
            return False
    return True


def _swapped(stage: ir.Stage, names: dict[str, str]) -> ir.Stage:
    """A stage with names of members exchanged; the stages of its members keep theirs."""

    def exchanged(node: Frozen) -> Frozen:
        match node:
            case ir.Names(names=listed):
                return ir.Names(_exchanged(listed, names))
            case ir.OfMember(take, name):
                return ir.OfMember(take, names.get(name, name))
            case ir.NoneAbove(name=name):
                return replace(node, name=names.get(name, name))
            case ir.WeightRange(names=listed, save=save):
                others = None if listed is None else _exchanged(listed, names)
                return replace(node, names=others, save=_exchanged(save, names))
        return node

    members = tuple(replace(each, name=names.get(each.name, each.name)) for each in stage.members)
    return _with_formulas(replace(stage, members=members, limits=rewrite(stage.limits, exchanged)), exchanged)


def _with_formulas(stage: ir.Stage, change: Callable[[Frozen], Frozen]) -> ir.Stage:
    """A stage with its definitions and lines changed, not those of its members."""
    changed = {name: rewrite(getattr(stage, name), change) for name in ("definitions", "overrides", "rows", "caps")}
    return replace(stage, **changed)


def _exchanged(listed: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(each, each) for each in listed)


def _plain(stage: ir.Stage) -> ir.Stage:
    """The same with everything in a fixed order whose order means nothing: members, limits, lists of names."""

    def ordered(node: Frozen) -> Frozen:
        match node:
            case ir.Names(names=listed):
                return ir.Names(tuple(sorted(listed)))
            case ir.WeightRange(names=listed, save=save):
                others = None if listed is None else tuple(sorted(listed))
                return replace(node, names=others, save=tuple(sorted(save)))
        return node

    members = tuple(sorted(stage.members, key=lambda each: each.name))
    limits = tuple(sorted(rewrite(stage.limits, ordered), key=repr))
    return _with_formulas(replace(stage, members=members, limits=limits), ordered)


def _tells_failures_apart(stage: ir.Stage) -> bool:
    """Whether what is worked out of each member may fail: then the first failure counts, in the order of members."""
    own = [each.expression for each in stage.definitions if isinstance(each, ir.Definition) and each.each is not None]
    bodies = [each.body for each in walk(formulas_of(stage)) if isinstance(each, ir.Aggregate)]
    return any(isinstance(each, _FAILING) for each in walk((*own, *bodies)))
