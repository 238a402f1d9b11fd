"""Conditions as comparisons of a quantity with a fixed number, as the lifted evaluator takes them apart.

A rules engine that holds only whole numbers can decide them once the quantities are worked out. Which comparisons a
condition comes to does not depend on who has how many members, so that one ruleset serves all appraisals: here every
number that is asked for stands for itself, and `member_values.py` works it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.engines.durable.algebra import BOTH, COMPARISONS, HAS_CODE, NOT, Codes, LineAlgebra, Truth, Value
from sespms_rules.engines.durable.listing import Line
from sespms_rules.engines.lifted.algebra import WAITS
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.interval import EVERYTHING, Interval
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.bands import passing

ANY_CODE = frozenset({WAITS, *(kind.number for kind in RefusalKind)})

Counted = tuple[ir.Members, ir.MemberTest | None]
"""How many members pass a test (None: all that count do), and of how many that is asked: two quantities."""

_RELATIONS = {template: relation for relation, template in COMPARISONS.items()}


class Quantities(Formulas[Line, Codes, Value]):
    """The formulas of a stage with every number left open: each is given as the next of `quantities`.

    For each the function that is written is given its number and the code of its failure, one behind the other.
    """

    def __init__(self, algebra: LineAlgebra, stage: ir.Stage) -> None:
        super().__init__(algebra, stage, [], {}, [], {})
        self.algebra = algebra
        self.places: dict[ir.Expression | Counted, int] = {}
        self._size = 0

    def _given(self, quantity: ir.Expression | Counted, size: int) -> int:
        place = self.places.get(quantity)
        if place is None:
            place = self.places[quantity] = self._size
            self._size += size
        return place

    def _at(self, place: int) -> Line:
        return self.algebra.given(f"quantities[{place}]")

    def value(self, expression: ir.Expression, own: Member[Line, Codes, Value] | None = None) -> Value:
        """The quantity itself; a constant is what it is."""
        if isinstance(expression, ir.Constant):
            return super().value(expression, own)
        place = self._given(expression, 2)
        return Value(self._at(place), Codes(self._at(place + 1), ANY_CODE))

    def tally(self, members: ir.Members, test: ir.MemberTest | None) -> tuple[Value, Value]:
        """Both counts themselves, which never fail."""
        place = self._given((members, test), 2)
        return Value(self._at(place)), Value(self._at(place + 1))


class Comparison(Frozen):
    """`fact relation edge`."""

    fact: Line
    relation: ir.Relation
    edge: Fraction


def comparisons(algebra: LineAlgebra, truth: Truth) -> tuple[Comparison, ...] | None:
    """What must all hold for a truth to hold; None where it never does. That nothing fails is not among them."""
    found: list[Comparison] = []
    for part in _parts(truth):
        if isinstance(part, bool):
            if not part:
                return None
        elif not _says_nothing_fails(part):
            found.append(_comparison(algebra, part))
    return tuple(found)


def _parts(truth: Truth) -> Iterator[Truth]:
    """The truths that `and` joins, from left to right."""
    waiting: list[object] = [truth]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Line) and part.template == BOTH:
            waiting.extend(reversed(part.operands))
        elif isinstance(part, Line | bool):
            yield part


def _says_nothing_fails(truth: Line) -> bool:
    (inside,) = truth.operands if truth.template == NOT else (None,)
    return isinstance(inside, Line) and inside.template == HAS_CODE


def _comparison(algebra: LineAlgebra, truth: Line) -> Comparison:
    relation = _RELATIONS.get(truth.template)
    if relation is None:
        return Comparison(truth, ir.Relation.EQUAL, Fraction(1))  # any other truth counts 1 where it holds
    left, right = truth.operands
    if isinstance(left, Line) and isinstance(right, int | Fraction):
        return Comparison(left, relation, Fraction(right))
    return Comparison(algebra.listing.line("{} - {}", left, right), relation, Fraction(0))


def exclude_each_other(first: tuple[Comparison, ...], second: tuple[Comparison, ...]) -> bool:
    """Whether some quantity cannot satisfy both; False says only that this was not shown."""
    ranges: dict[Line, Interval] = {}
    for each in (*first, *second):
        ranges[each.fact] = ranges.get(each.fact, EVERYTHING).meet(passing(each.relation, each.edge))
    return any(found.is_empty for found in ranges.values())
