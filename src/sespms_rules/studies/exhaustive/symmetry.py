"""Which members of a stage a program cannot tell apart: swapping their names gives the very same program.

Then a plan with their weights and ratings exchanged is rated alike, so that one of the two stands for both. What
cannot be shown alike this way counts as different, which costs time and never exactness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir

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


def _swapped(node: Any, names: dict[str, str]) -> Any:
    """A stage, or a part of it, with names of members exchanged; the stages of its members keep theirs."""
    match node:
        case tuple():
            return tuple(_swapped(each, names) for each in node)
        case ir.Member(name=name):
            return replace(node, name=names.get(name, name))
        case ir.Names(names=listed):
            return ir.Names(_exchanged(listed, names))
        case ir.OfMember(take, name):
            return ir.OfMember(take, names.get(name, name))
        case ir.NoneAbove(name=name):
            return replace(node, name=names.get(name, name))
        case ir.WeightRange(names=listed, save=save):
            exchanged = None if listed is None else _exchanged(listed, names)
            return replace(node, names=exchanged, save=_exchanged(save, names))
        case Frozen() if type(node).__module__.startswith(ir.__name__):
            return type(node)(**{name: _swapped(getattr(node, name), names) for name in node._fields})
    return node


def _exchanged(listed: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(each, each) for each in listed)


def _plain(node: Any) -> Any:
    """The same with everything in a fixed order whose order means nothing: members, limits, lists of names."""
    match node:
        case ir.Stage():
            members = sorted(node.members, key=lambda each: each.name)
            limits = sorted(map(_plain, node.limits), key=repr)
            rest = {name: _plain(getattr(node, name)) for name in ("definitions", "overrides", "rows")}
            return replace(node, members=tuple(members), limits=tuple(limits), **rest)
        case tuple():
            return tuple(map(_plain, node))
        case ir.Names(names=listed):
            return ir.Names(tuple(sorted(listed)))
        case ir.WeightRange(names=listed, save=save):
            return ir.WeightRange(
                None if listed is None else tuple(sorted(listed)), tuple(sorted(save)), node.low, node.high
            )
        case ir.NoneAbove(name=name):
            return ir.NoneAbove(name)
        case Frozen() if type(node).__module__.startswith(ir.__name__):
            return type(node)(**{name: _plain(getattr(node, name)) for name in node._fields})
    return node


def _tells_failures_apart(stage: ir.Stage) -> bool:
    """Whether what is worked out of each member may fail: then the first failure counts, in the order of members."""
    own = [each.expression for each in stage.definitions if isinstance(each, ir.Definition) and each.each is not None]
    bodies = [
        each.body for each in _parts((stage.definitions, stage.overrides, stage.rows)) if isinstance(each, ir.Aggregate)
    ]
    return any(isinstance(each, _FAILING) for each in _parts((*own, *bodies)))


def _parts(node: Any) -> Iterator[Any]:
    """A part of a program and all parts of it."""
    if isinstance(node, tuple):
        for each in node:
            yield from _parts(each)
    elif isinstance(node, Frozen) and type(node).__module__.startswith(ir.__name__):
        yield node
        for name in node._fields:
            yield from _parts(getattr(node, name))
