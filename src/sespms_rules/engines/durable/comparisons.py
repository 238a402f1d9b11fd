"""Conditions as comparisons of a quantity with a fixed number.

Every condition of a program is a conjunction of such comparisons; a rules engine that holds only whole numbers can
decide them once the quantities are worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program import ir


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


class Range(Frozen):
    """The values that the comparisons of one quantity leave; None: no end on that side."""

    low: Fraction | None = field(default=None)
    low_in: bool = field(default=True)
    high: Fraction | None = field(default=None)
    high_in: bool = field(default=True)

    def within(self, relation: ir.Relation, edge: Fraction) -> Range:
        """Return the range that is left after one more comparison."""
        low, low_in, high, high_in = self.low, self.low_in, self.high, self.high_in
        included = relation in (ir.Relation.AT_LEAST, ir.Relation.AT_MOST, ir.Relation.EQUAL)
        if relation in (ir.Relation.AT_LEAST, ir.Relation.MORE, ir.Relation.EQUAL) and (
            low is None or edge > low or (edge == low and not included)
        ):
            low, low_in = edge, included
        if relation in (ir.Relation.AT_MOST, ir.Relation.LESS, ir.Relation.EQUAL) and (
            high is None or edge < high or (edge == high and not included)
        ):
            high, high_in = edge, included
        return Range(low, low_in, high, high_in)

    @property
    def empty(self) -> bool:
        """Whether no number lies in the range."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))


def exclude_each_other(first: ir.Condition, second: ir.Condition) -> bool:
    """Whether some quantity cannot satisfy both conditions; False says only that this was not shown."""
    ranges: dict[Quantity, Range] = {}
    for quantity, relation, edge in (*atoms(first), *atoms(second)):
        ranges[quantity] = ranges.get(quantity, Range()).within(relation, edge)
    return any(found.empty for found in ranges.values())
