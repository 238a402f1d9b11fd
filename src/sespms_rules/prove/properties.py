"""What can be proved of a derivation: one function for each property, which says what must not happen.

A property yields questions. Each is about one appraisal, or about two under one plan, and holds a formula that no
appraisal may satisfy; an appraisal that does refutes the property. To add a property, add a class and a function.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import z3

from sespms_rules.frozen import Frozen, replace
from sespms_rules.ir import Condition, Names, NoneAbove, NumberScale, OfMember, Program, Relation, Stage, WeightRange
from sespms_rules.prove.encoding import Derived, derived
from sespms_rules.prove.inputs import Asked, Input, fixed_at, put, rated_places
from sespms_rules.prove.logic import Formula, NotEncodable, any_of, both, negated
from sespms_rules.prove.values import compared, constant


class ExactlyOneLevel(Frozen):
    """Every appraisal gets a level: no gap, no overlap, nothing that cannot be worked out, no `not rated`."""


class Reached(Frozen):
    """Some appraisal gets each of these levels."""

    levels: tuple[int, ...]


class NeverLowered(Frozen):
    """One better rating, all else the same, never gives a lower level."""


class Bounded(Frozen):
    """The level is no lower than the lowest and no higher than the highest of the members'."""


class Needs(Frozen):
    """A level is given only where a condition on the ratings holds."""

    level: int
    condition: Condition


class Gives(Frozen):
    """Wherever a condition on the ratings holds, this level is given."""

    condition: Condition
    level: int


class OrderOfEquals(Frozen):
    """Two members of equal weight that change their ratings with each other leave the level as it is."""


Property = ExactlyOneLevel | Reached | NeverLowered | Bounded | Needs | Gives | OrderOfEquals


class Side(Frozen):
    """One appraisal of a question: its unknowns, and how it ends."""

    members: tuple[Input, ...]
    derived: Derived


class Question(Frozen):
    """What must not happen (`against`) to the appraisals in `sides`; all that is granted is in `granted`."""

    sides: tuple[Side, ...]
    granted: tuple[Formula, ...]
    against: Formula


def questions(program: Program, asked: Asked, wanted: Property) -> Iterator[Question]:
    """The questions of a property about plans of one shape; `Reached` is asked by `reaching` instead."""
    match wanted:
        case ExactlyOneLevel():
            yield exactly_one_level(program, asked)
        case NeverLowered():
            yield from never_lowered(program, asked)
        case Bounded():
            yield bounded(program, asked)
        case Needs():
            yield needs(program, asked, wanted)
        case Gives():
            yield gives(program, asked, wanted)
        case OrderOfEquals():
            yield from order_of_equals(program, asked)


# ---- the properties --------------------------------------------------------------------------------


def exactly_one_level(program: Program, asked: Asked) -> Question:
    """It must not happen that an appraisal gets no level."""
    side = _side(program, asked.members)
    return _question(asked, (side,), negated(side.derived.has_level))


def reaching(program: Program, asked: Asked, level: int) -> Question:
    """It must happen, in plans of some shape, that an appraisal gets the level."""
    side = _side(program, asked.members)
    return _question(asked, (side,), side.derived.level(level))


def needs(program: Program, asked: Asked, wanted: Needs) -> Question:
    """It must not happen that the level is given and the condition does not hold."""
    side = _side(program, asked.members)
    holds, fails = side.derived.reader.holds(wanted.condition)
    return _question(asked, (side,), both(side.derived.level(wanted.level), negated(both(holds, negated(fails)))))


def gives(program: Program, asked: Asked, wanted: Gives) -> Question:
    """It must not happen that the condition holds and the level is not given."""
    side = _side(program, asked.members)
    holds, fails = side.derived.reader.holds(wanted.condition)
    return _question(asked, (side,), both(holds, negated(fails), negated(side.derived.level(wanted.level))))


def bounded(program: Program, asked: Asked) -> Question:
    """It must not happen that all members that count are above the level, or all below it."""
    side = _side(program, asked.members)
    members = side.derived.reader.members
    if any(not each.at for each in members):
        raise NotEncodable(
            "an element has a number or a score instead of a level, which a level cannot be compared with"
        )
    outside = []
    for level, given in side.derived.levels:
        near_or_below = any_of(both(each.counts, at) for each in members for one, at in each.at.items() if one <= level)
        near_or_above = any_of(both(each.counts, at) for each in members for one, at in each.at.items() if one >= level)
        outside.append(both(given, negated(both(near_or_below, near_or_above))))
    return _question(asked, (side,), any_of(outside))


def never_lowered(program: Program, asked: Asked) -> Iterator[Question]:
    """It must not happen that one rating, one step better, gives a lower level: each step by itself.

    Members that nothing in the program tells apart need asking about only once.
    """
    told: set[object] = set()
    for path, one in rated_places(asked.members):
        if len(path) == 1 and (kind := _likeness(program.summary, one)) is not None:
            if kind in told:
                continue
            told.add(kind)
        for worse, better, extra in _steps(one):
            sides = tuple(_side(program, put(asked.members, path, each)) for each in (worse, better))
            yield _question(asked, sides, both(extra, _lower(sides[0].derived, sides[1].derived)))


def order_of_equals(program: Program, asked: Asked) -> Iterator[Question]:
    """It must not happen that two members of equal weight, having changed their ratings, give another level."""
    for place, one in enumerate(asked.members):
        for spot, two in enumerate(asked.members[:place]):
            if one.inner or two.inner or (one.number is None) != (two.number is None):
                continue
            if [level for level, _ in one.at] != [level for level, _ in two.at]:
                continue
            swapped = put(asked.members, (place,), _rated_as(one, two))
            swapped = put(swapped, (spot,), _rated_as(two, one))
            sides = (_side(program, asked.members), _side(program, swapped))
            equal = True
            if one.weight is not None and two.weight is not None:
                equal = compared(one.weight, Relation.EQUAL, two.weight)
            differ = any_of(
                both(given, negated(sides[1].derived.level(level))) for level, given in sides[0].derived.levels
            )
            yield _question(asked, sides, both(equal, differ))


# ---- their parts -----------------------------------------------------------------------------------


def _side(program: Program, members: tuple[Input, ...]) -> Side:
    return Side(members, derived(program, members))


def _question(asked: Asked, sides: tuple[Side, ...], against: Formula) -> Question:
    granted = tuple(each for side in sides for each in side.derived.side)
    return Question(sides, (*asked.admitted, *granted), against)


def _steps(one: Input) -> Iterator[tuple[Input, Input, Formula]]:
    """A member as it is rated, rated better by one step, and what is to hold of the two."""
    if one.number is not None:
        better = z3.FreshReal("better number")
        scale = one.of.member.scale if one.of.member else None
        within = better <= constant(scale.high) if isinstance(scale, NumberScale) else True
        extra = both(better > one.number, within)
        yield replace(one, none=False), replace(one, number=better, none=False), extra
        return
    levels = sorted(level for level, _ in one.at)
    for worse, better_level in pairwise(levels):
        yield fixed_at(one, worse), fixed_at(one, better_level), True


def _lower(before: Derived, after: Derived) -> Formula:
    """Both give a level, and the second a lower one."""
    return any_of(
        both(given, any_of(other for lower, other in after.levels if lower < level)) for level, given in before.levels
    )


def _rated_as(one: Input, other: Input) -> Input:
    return replace(one, at=other.at, none=other.none, number=other.number, further=other.further)


def _likeness(stage: Stage, one: Input) -> object | None:
    """What members that the program cannot tell apart have in common; None for one that something names."""
    if (
        one.inner
        or _names(stage.definitions, one.name)
        or _names(stage.overrides, one.name)
        or _names(stage.rows, one.name)
    ):
        return None
    for limit in stage.limits:
        if isinstance(limit, WeightRange) and one.name in (*(limit.names or ()), *limit.save):
            return None
        if isinstance(limit, NoneAbove) and limit.name == one.name:
            return None
    return one.of.critical, tuple(level for level, _ in one.at), one.number is None, one.rule


def _names(node: object, name: str) -> bool:
    """Whether a part of a program names a member."""
    if isinstance(node, Names):
        return name in node.names
    if isinstance(node, OfMember):
        return node.name == name
    if isinstance(node, tuple):
        return any(_names(each, name) for each in node)
    return isinstance(node, Frozen) and any(_names(getattr(node, item), name) for item in node.__match_args__)
