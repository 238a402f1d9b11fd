"""Conditions as comparisons of a quantity with a fixed number.

Every condition of a program is a conjunction of such comparisons; a rules engine that holds only whole numbers can
decide them once the quantities are worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.interval import EVERYTHING, Interval
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.bands import passing


class Tallied(StrEnum):
    """What a tally of members says."""

    PASSING = "how many pass the test"
    FAILING = "how many do not pass it"
    LEAD = "how many more than half pass it, doubled"
    HUNDREDTHS = "how many hundredths pass it"


class Tally(Frozen):
    """A count over members, as a quantity."""

    members: ir.Members
    test: ir.MemberTest
    what: Tallied


Quantity = ir.Expression | Tally
Atom = tuple[Quantity, ir.Relation, Fraction]


def atoms(condition: ir.Condition) -> Iterator[Atom]:
    """Yield the comparisons that must all hold for the condition to hold."""
    match condition:
        case ir.All(parts):
            for part in parts:
                yield from atoms(part)
        case ir.Within(ends=ends):
            for end in ends:
                yield from atoms(end)
        case ir.Compare(left, relation, ir.Constant(edge)):
            yield left, relation, edge
        case ir.Compare(left, relation, right):
            yield ir.Difference(left, right), relation, Fraction(0)
        case ir.NumberThat(members, test, low, high):
            yield from _ends(Tally(members, test, Tallied.PASSING), low, high)
        case ir.EveryOne(members, test):
            yield Tally(members, test, Tallied.FAILING), ir.Relation.EQUAL, Fraction(0)
        case ir.MajorityThat(members, test):
            yield Tally(members, test, Tallied.LEAD), ir.Relation.MORE, Fraction(0)
        case ir.ShareThat(members, test, low, high):
            yield from _ends(Tally(members, test, Tallied.HUNDREDTHS), low, high)


def _ends(tally: Tally, low: int | Fraction | None, high: int | Fraction | None) -> Iterator[Atom]:
    if low is not None:
        yield tally, ir.Relation.AT_LEAST, Fraction(low)
    if high is not None:
        yield tally, ir.Relation.AT_MOST, Fraction(high)


def exclude_each_other(first: ir.Condition, second: ir.Condition) -> bool:
    """Whether some quantity cannot satisfy both conditions; False says only that this was not shown."""
    ranges: dict[Quantity, Interval] = {}
    for quantity, relation, edge in (*atoms(first), *atoms(second)):
        ranges[quantity] = ranges.get(quantity, EVERYTHING).meet(passing(relation, edge))
    return any(found.is_empty for found in ranges.values())
