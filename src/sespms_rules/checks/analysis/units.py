"""What a formula is counted in: levels, points, a share of the members, a number of them.

A unit is told only where it is certain; a formula of fixed numbers, or of several units in a product, has none.
"""

from __future__ import annotations

from enum import StrEnum

from sespms_rules.language.model import Part
from sespms_rules.language.syntax.derivation import NamedIs, ScoreIs
from sespms_rules.language.syntax.formula import (
    Add,
    AggregateOf,
    AttributeOf,
    Choose,
    Expression,
    Group,
    Larger,
    MeasureWord,
    Named,
    Negate,
    NumberOf,
    PercentOf,
    ShareOf,
    Smaller,
    Subtract,
    TheScore,
)
from sespms_rules.language.syntax.words import Aggregation, Attribute, Measured


class Quantity(StrEnum):
    """What a value is a number of; the value is how a message says it."""

    LEVEL = "a level"
    POINTS = "points"
    SHARE = "a share"
    COUNT = "a count"


Units = dict[str | None, Quantity | None]
"""The units of named values; that of the score stands under None."""

_MEASURED = {Measured.LEVELS: Quantity.LEVEL, Measured.POINTS: Quantity.POINTS}
_ATTRIBUTES = {Attribute.LEVEL: Quantity.LEVEL, Attribute.POINTS: Quantity.POINTS}


def units_of(part: Part) -> Units:
    """The units of the values that a part defines, as far as they are certain; later lines may use earlier ones."""
    found: Units = {}
    for stated in part.sentences:
        sentence = stated.sentence
        if isinstance(sentence, NamedIs):
            found[sentence.name.text] = unit_of(sentence.value.formula, found)
        elif isinstance(sentence, ScoreIs):
            found[None] = unit_of(sentence.value.formula, found)
    return found


def formulas(part: Part) -> tuple[Expression, ...]:
    """The formulas of the values that a part defines."""
    sentences = (stated.sentence for stated in part.sentences)
    return tuple(each.value.formula for each in sentences if isinstance(each, NamedIs | ScoreIs))


def unit_of(formula: Expression, known: Units) -> Quantity | None:
    """The unit of a formula; None where it has none or it is not certain."""
    match formula:
        case ShareOf():
            return Quantity.SHARE
        case NumberOf():
            return Quantity.COUNT
        case AttributeOf(attribute, _):
            return _ATTRIBUTES.get(attribute)
        case AggregateOf(aggregation, MeasureWord(word), _, _) if aggregation is not Aggregation.SUM:
            return _MEASURED.get(word)
        case Named(name):
            return known.get(name.text)
        case TheScore():
            return known.get(None)
        case Group(inside) | Negate(inside):
            return unit_of(inside, known)
        case Add(left, right) | Subtract(left, right):
            return _one_of(unit_of(left, known), unit_of(right, known))
        case Choose(first, _, otherwise):
            return _one_of(unit_of(first, known), unit_of(otherwise, known))
        case PercentOf(_, operand):
            unit = unit_of(operand, known)
            return None if unit is Quantity.LEVEL else unit
        case Larger(operands) | Smaller(operands):
            units = {known.get(each.name.text) for each in operands if isinstance(each, Named)}
            return units.pop() if len(units) == 1 else None
        case _:
            return None


def _one_of(left: Quantity | None, right: Quantity | None) -> Quantity | None:
    return left if left is right or right is None else right if left is None else None
