"""What can be proved of a derivation: one function for each property, which says what must not happen.

A property yields questions. Each is about one appraisal, or about two under one plan, and holds a formula that no
appraisal may satisfy; an appraisal that does refutes the property. To add a property, add a class and a function.
"""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import Condition, Relation
from sespms_rules.proofs.solver.inputs import Input, at_path, put
from sespms_rules.proofs.solver.logic import NotEncodable, any_of, both, negated
from sespms_rules.proofs.solver.question import Question, Shortcut, Side, Subject
from sespms_rules.proofs.solver.steps import each_step
from sespms_rules.proofs.solver.symmetry import told_apart
from sespms_rules.proofs.solver.values import compared

__all__ = [
    "Bounded",
    "ExactlyOneLevel",
    "Gives",
    "Needs",
    "NeverLowered",
    "OrderOfEquals",
    "Property",
    "Question",
    "Reached",
    "Side",
    "questions",
    "reaching",
]


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


def questions(about: Subject, wanted: Property) -> Iterator[Question | Shortcut]:
    """The questions of a property about plans of one shape; `Reached` is asked by `reaching` instead."""
    match wanted:
        case ExactlyOneLevel():
            yield exactly_one_level(about)
        case NeverLowered():
            yield from never_lowered(about)
        case Bounded():
            yield bounded(about)
        case Needs():
            yield needs(about, wanted)
        case Gives():
            yield gives(about, wanted)
        case OrderOfEquals():
            yield from order_of_equals(about)


# ---- the properties --------------------------------------------------------------------------------


def exactly_one_level(about: Subject) -> Question:
    """It must not happen that an appraisal gets no level."""
    side = about.side
    return about.question(negated(side.derived.has_level))


def reaching(about: Subject, level: int) -> Question:
    """It must happen, in plans of some shape, that an appraisal gets the level."""
    side = about.side
    return about.question(side.derived.level(level))


def needs(about: Subject, wanted: Needs) -> Question:
    """It must not happen that the level is given and the condition does not hold."""
    side = about.side
    holds, fails = side.derived.reader.holds(wanted.condition)
    return about.question(both(side.derived.level(wanted.level), negated(both(holds, negated(fails)))))


def gives(about: Subject, wanted: Gives) -> Question:
    """It must not happen that the condition holds and the level is not given."""
    side = about.side
    holds, fails = side.derived.reader.holds(wanted.condition)
    return about.question(both(holds, negated(fails), negated(side.derived.level(wanted.level))))


def bounded(about: Subject) -> Question:
    """It must not happen that all members that count are above the level, or all below it."""
    side = about.side
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
    return about.question(any_of(outside))


def never_lowered(about: Subject) -> Iterator[Question | Shortcut]:
    """It must not happen that one rating, one step better, gives a lower level: each step by itself."""
    yield from each_step(about)


def order_of_equals(about: Subject) -> Iterator[Question]:
    """It must not happen that two members of equal weight, having changed their ratings, give another level."""
    for one, two in told_apart(about):
        first, second = at_path(about.asked.members, one), at_path(about.asked.members, two)
        swapped = put(about.asked.members, one, _rated_as(first, second))
        after = about.side_of(put(swapped, two, _rated_as(second, first)))
        equal = True
        if first.weight is not None and second.weight is not None:
            equal = compared(first.weight, Relation.EQUAL, second.weight)
        differ = any_of(both(given, negated(after.derived.level(level))) for level, given in about.side.derived.levels)
        yield about.question(both(equal, differ), about.side, after)


def _rated_as(one: Input, other: Input) -> Input:
    return replace(one, at=other.at, none=other.none, number=other.number, further=other.further)
