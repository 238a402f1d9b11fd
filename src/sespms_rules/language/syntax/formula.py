"""Formulas, conditions and score ranges: the words that rows and tables are made of.

A value is a formula, then at most three endings: a condition, limits, a rounding. Numbers are exact.
"""

from __future__ import annotations

from sespms_rules.language.syntax.limits import LevelWord, Phrase, Place, Signed
from sespms_rules.language.syntax.nodes import Node, Number, Quoted
from sespms_rules.language.syntax.words import Aggregation, Attribute, Comparator, Measured, Noun, Tie

# ---- formulas ------------------------------------------------------------------------------------


class Constant(Node):
    """A number in a formula."""

    number: Number


class Negate(Node):
    """A minus before a formula."""

    operand: Expression


class PercentOf(Node):
    """`40% of "leadership"`."""

    percent: Number
    operand: Expression


class Named(Node):
    """A value or an element called by its name."""

    name: Quoted


class TheScore(Node):
    """`score`: the value that bands and rows read."""


class TheLevel(Node):
    """`level` after `for`: the derived level."""


class OwnPoints(Node):
    """`points` inside `of each`: the points of that one member."""


class OwnWeight(Node):
    """`weight` inside `of each`: the weight of that one member."""


class Group(Node):
    """A formula in parentheses."""

    inside: Expression


class Add(Node):
    """`a + b`."""

    left: Expression
    right: Expression


class Subtract(Node):
    """`a - b`."""

    left: Expression
    right: Expression


class Multiply(Node):
    """`a * b`."""

    left: Expression
    right: Expression


class Divide(Node):
    """`a / b`."""

    left: Expression
    right: Expression


class MeasureWord(Node):
    """`points`, `levels`, `scores` or `weights` of each member."""

    word: Measured


class MeasuredTimesWeight(Node):
    """A measure of each member, multiplied by its weight."""

    measure: MeasureWord | Named


class ByWeight(Node):
    """`by weight`: the average counts each member by its weight."""


class OfNoun(Node):
    """`of critical elements`: the members of a kind."""

    noun: Noun


class OfNames(Node):
    """`of "A" and "B"`: the members named."""

    names: tuple[Quoted, ...]


class AggregateOf(Node):
    """`the sum of points times weight of requirements`."""

    aggregation: Aggregation
    measure: MeasureWord | Named | MeasuredTimesWeight
    by_weight: ByWeight | None
    members: OfNoun | OfNames | None


class NumberOf(Node):
    """`the number of requirements at level 4 or better`."""

    noun: Noun
    place: Place | None


class ShareOf(Node):
    """`the share of elements below level 3`: a number from 0 to 1."""

    noun: Noun
    place: Place


class AttributeOf(Node):
    """`the points of "Results Driven"`."""

    attribute: Attribute
    name: Quoted


Atom = Named | TheScore | Signed


class Larger(Node):
    """`the larger of "a" and "b"`."""

    operands: tuple[Atom, ...]


class Smaller(Node):
    """`the smaller of "a" and "b"`."""

    operands: tuple[Atom, ...]


Key = Named | TheScore | TheLevel


class Lookup(Node):
    """`the "Payout" for score`: the row of a table that holds the key."""

    table: Quoted
    key: Key


class Choose(Node):
    """`a when … otherwise b`."""

    first: Expression
    conditions: Conditions
    otherwise: Expression


Expression = (
    Constant
    | Negate
    | PercentOf
    | Named
    | TheScore
    | OwnPoints
    | OwnWeight
    | Group
    | Add
    | Subtract
    | Multiply
    | Divide
    | AggregateOf
    | NumberOf
    | ShareOf
    | AttributeOf
    | Larger
    | Smaller
    | Lookup
    | Choose
)


class NoLess(Node):
    """`no less than 1`."""

    bound: Atom


class NoMore(Node):
    """`no more than 5`."""

    bound: Atom


class Limits(Node):
    """`but no less than 1 and no more than 5`."""

    first: NoLess | NoMore
    second: NoLess | NoMore | None


class RoundToDecimals(Node):
    """`half up to 2 decimals`."""

    tie: Tie
    decimals: Number


class RoundToWhole(Node):
    """`half up to whole numbers`."""

    tie: Tie


class RoundToHalf(Node):
    """`half up to the nearest half`."""

    tie: Tie


Rounding = RoundToDecimals | RoundToWhole
Precision = Rounding | RoundToHalf
"""What a value may be rounded to; a number of executives is not rounded to halves."""


class Value(Node):
    """A formula with its endings."""

    formula: Expression
    limits: Limits | None
    rounding: Precision | None


# ---- conditions ----------------------------------------------------------------------------------


class Comparison(Node):
    """`at least 4`, `more than "meets"`."""

    comparator: Comparator
    operand: Atom


class ClauseOfName(Node):
    """`"gap" is less than -4`."""

    name: Quoted
    comparison: Comparison


class ClauseOfPlace(Node):
    """`"Leading People" is at level 3 or better`."""

    name: Quoted
    place: Place


class ClauseOfWord(Node):
    """`"position type" is "general"`."""

    name: Quoted
    word: Quoted


class ClauseOfScore(Node):
    """`score is at least 4`."""

    comparison: Comparison


Clause = Phrase | ClauseOfName | ClauseOfPlace | ClauseOfWord | ClauseOfScore


class Conditions(Node):
    """Clauses joined by `and`: all of them hold."""

    parts: tuple[Clause, ...]


# ---- score ranges --------------------------------------------------------------------------------


class ClosedRange(Node):
    """`400 to 474`: both ends included."""

    low: Number
    high: Number


class Just(Node):
    """`exactly 4`."""

    number: Number


class FromRange(Node):
    """`at least 4.3`."""

    low: Number


class BelowRange(Node):
    """`below 61`."""

    high: Number


class HalfOpenRange(Node):
    """`at least 81 and below 91`."""

    low: Number
    high: Number


ScoreRange = ClosedRange | Just | FromRange | BelowRange | HalfOpenRange


class NotRated(Node):
    """The outcome `not rated`."""


Outcome = LevelWord | NotRated
