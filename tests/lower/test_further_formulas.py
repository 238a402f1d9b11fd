"""Every further formula of the language, each as the expression it means."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sespms_rules.program import ir
from sespms_rules.program.ir import Aggregation, Constant, Kind, Program, Relation, Take

Make = Callable[[str], Program]
ALL = ir.Group(Kind.ELEMENT)
POINTS = ir.Own(Take.POINTS)


def c(number: str | int) -> Constant:
    return Constant(Fraction(number))


def test_every_further_formula(program: Make) -> None:
    made = program(
        """system "Invented further formulas"
critical element "A"
critical element "B"
summary rating
  "both" is the average of points of "A" and "B"
  "best" is the larger of "both" and 4.5
  "least" is the smaller of "both", "best" and -1
  "weakest" is the lowest of levels of critical elements
  "share" is the share of elements at level 4 or better
  "weighted" is the average of points by weight
  "weight" is the highest of weights of noncritical elements
  "bonus" is 0.25 when "share" is at least 0.8 and "weakest" is at most 3 otherwise -(0)
  "stepped" is 20 when "best" is exactly 4 otherwise 16 when "A" is below level 3 otherwise 12
  "mixed" is 0.4 * "both" - 0.6 * ("best" - 1) / 2 but no more than "best"
  score is -"both" + 100
  level 3 when "weighted" is more than 3
"""
    )
    values = {each.name: each.expression for each in made.summary.definitions if isinstance(each, ir.Definition)}
    assert values["both"] == ir.Aggregate(Aggregation.AVERAGE, POINTS, False, ir.Names(("A", "B")))
    assert values["best"] == ir.Largest((ir.Named("both"), c("4.5")))
    assert values["least"] == ir.Smallest((ir.Named("both"), ir.Named("best"), c(-1)))
    critical = ir.Group(Kind.CRITICAL)
    assert values["weakest"] == ir.Aggregate(Aggregation.LOWEST, ir.Own(Take.LEVEL), False, critical)
    assert values["share"] == ir.ShareOf(ALL, ir.MemberTest(ir.TestKind.AT_OR_BETTER, 4))
    assert values["weighted"] == ir.Aggregate(Aggregation.AVERAGE, POINTS, True, ALL)
    others = ir.Group(Kind.NONCRITICAL)
    assert values["weight"] == ir.Aggregate(Aggregation.HIGHEST, ir.Own(Take.WEIGHT), False, others)
    share = ir.Compare(ir.Named("share"), Relation.AT_LEAST, c("0.8"))
    weakest = ir.Compare(ir.Named("weakest"), Relation.AT_MOST, c(3))
    assert values["bonus"] == ir.Choice(ir.All((share, weakest)), c("0.25"), c(0))
    below = ir.NumberThat(ir.Names(("A",)), ir.MemberTest(ir.TestKind.BELOW, 3), 1, None)
    stepped = ir.Choice(below, c(16), c(12))
    assert values["stepped"] == ir.Choice(ir.Compare(ir.Named("best"), Relation.EQUAL, c(4)), c(20), stepped)
    left = ir.Product(c("0.4"), ir.Named("both"))
    right = ir.Quotient(ir.Product(c("0.6"), ir.Difference(ir.Named("best"), c(1))), c(2))
    assert values["mixed"] == ir.Smallest((ir.Difference(left, right), ir.Named("best")))
    minus = ir.Difference(c(0), ir.Named("both"))
    assert ir.ScoreDefinition(ir.Sum(minus, c(100))) in made.summary.definitions
    assert made.summary.rows == (ir.Row(ir.Compare(ir.Named("weighted"), Relation.MORE, c(3)), ir.ToLevel(3)),)
    assert made.summary.weighted
