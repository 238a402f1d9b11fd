"""Which members the plans of a program have: the shapes that a question is asked of, one after another.

A policy names members, of which some plans may do without some, and may let a plan bring others. How many others there
are is read from its limits; where no limit bounds them, the shapes go only so far, and that they are not all is said.
"""

from __future__ import annotations

from itertools import product

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Member, Program, Stage
from sespms_rules.program.plans.sizes import own_members, plan_sizes

MOST_SHAPES = 60


class ShapeMember(Frozen):
    """A member of a plan: `member` is None for one that the plan brings; `inner` holds its requirements."""

    name: str
    critical: bool
    member: Member | None
    inner: Shape | None


class Shape(Frozen):
    """The members of one stage, those the policy names first."""

    stage: Stage
    members: tuple[ShapeMember, ...]


class Shapes(Frozen):
    """The shapes to look at; `left` says which others there are, empty where there are none."""

    shapes: tuple[Shape, ...]
    left: str


def shapes_of(program: Program) -> Shapes:
    """All shapes of the plans that a program admits, or those up to a bound."""
    shapes, left = _shapes(program.summary, "Element")
    if len(shapes) > MOST_SHAPES:
        return Shapes(shapes[:MOST_SHAPES], f"plans of other shapes than the first {MOST_SHAPES}")
    return Shapes(shapes, left)


def _shapes(stage: Stage, noun: str) -> tuple[tuple[Shape, ...], str]:
    sizes = plan_sizes(stage)
    left = sizes.left
    options: dict[str, tuple[ShapeMember, ...]] = {}
    for member in stage.members:
        if member.stage is None:
            options[member.name] = (ShapeMember(member.name, member.critical, member, None),)
            continue
        inner, inner_left = _shapes(member.stage, "Requirement")
        left = left or inner_left
        options[member.name] = tuple(ShapeMember(member.name, member.critical, member, shape) for shape in inner)
    made: list[Shape] = []
    for size in sizes.sizes:
        own = tuple(ShapeMember(each.name, each.critical, None, None) for each in own_members(stage, size, noun))
        named = [found for name, found in options.items() if name not in size.absent]
        for chosen in product(*named):
            if (chosen or own) and len(made) <= MOST_SHAPES:
                made.append(Shape(stage, (*chosen, *own)))
    return tuple(made), left
