"""Shapes that count and compare ratings, limits on plans, and systems without a formula."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from sespms_rules.program import ir
from sespms_rules.program.ir import Kind, Program, Relation

Make = Callable[[str], Program]
HasOrigin = ir.Stage | ir.Member | ir.Further | ir.Limit | ir.UnratedRule | ir.Row | ir.TableRow
F = Fraction
ALL = ir.Group(Kind.ELEMENT)
CRITICAL = ir.Group(Kind.CRITICAL)
NONCRITICAL = ir.Group(Kind.NONCRITICAL)
REQUIREMENTS = ir.Group(Kind.REQUIREMENT)


def at(level: int) -> ir.MemberTest:
    return ir.MemberTest(ir.TestKind.AT, level)


def test_shape_9_a_majority_in_order(program: Make) -> None:
    made = program(
        """system "Invented majority"
critical element "Fleet"
  requirements are rated
  take the first line that fits
  level 5 when more than half of the requirements are at level 5 and no requirement is below level 3
  level 3 when every requirement is at level 3 or better
  level 1 otherwise
"""
    )
    inner = made.summary.members[0].stage
    assert inner is not None
    assert inner.hit_policy is ir.HitPolicy.FIRST
    majority = ir.MajorityThat(REQUIREMENTS, at(5))
    none_below = ir.NumberThat(REQUIREMENTS, ir.MemberTest(ir.TestKind.BELOW, 3), None, 0)
    every = ir.EveryOne(REQUIREMENTS, ir.MemberTest(ir.TestKind.AT_OR_BETTER, 3))
    assert inner.rows == (
        ir.Row(ir.All((majority, none_below)), ir.ToLevel(5)),
        ir.Row(every, ir.ToLevel(3)),
        ir.Row(ir.All(()), ir.ToLevel(1)),
    )
    assert inner.open
    assert inner.members == ()


def test_shape_11_column_totals_and_a_decision_table(program: Make) -> None:
    made = program(
        """system "Invented columns"
summary rating
  "high" is 2 * the number of critical elements at level 5 + the number of noncritical elements at level 5
  "low" is the number of elements not rated
  take the first line that fits
  level 4 when "high" is more than "low"
  level 3 otherwise
"""
    )
    double = ir.Product(ir.Constant(F(2)), ir.CountOf(CRITICAL, at(5)))
    assert made.summary.definitions == (
        ir.Definition("high", ir.Sum(double, ir.CountOf(NONCRITICAL, at(5)))),
        ir.Definition("low", ir.CountOf(ALL, ir.MemberTest(ir.TestKind.NOT_RATED))),
    )
    assert made.summary.rows[0].condition == ir.Compare(ir.Named("high"), Relation.MORE, ir.Named("low"))


def test_shape_12_a_pure_pattern(program: Make) -> None:
    made = program(
        """system "Invented pattern"
critical element "Program"
noncritical element "Projects"
summary rating
  take the first line that fits
  level 1 when any critical element is below level 3
  level 4 when "Program" is at level 5 and 50% to 75% elements are at level 4 or better
  level 3 when 1 to 2 elements are at level 3
  not rated otherwise
"""
    )
    below = ir.NumberThat(CRITICAL, ir.MemberTest(ir.TestKind.BELOW, 3), 1, None)
    one = ir.NumberThat(ir.Names(("Program",)), at(5), 1, None)
    share = ir.ShareThat(ALL, ir.MemberTest(ir.TestKind.AT_OR_BETTER, 4), F(50), F(75))
    assert made.summary.rows == (
        ir.Row(below, ir.ToLevel(1)),
        ir.Row(ir.All((one, share)), ir.ToLevel(4)),
        ir.Row(ir.NumberThat(ALL, at(3), 1, 2), ir.ToLevel(3)),
        ir.Row(ir.All(()), ir.ToNotRated()),
    )


def test_shape_15_missing_ratings(program: Make) -> None:
    made = program(
        """system "Invented gaps"
summary rating
  unrated critical elements stop the rating
  unrated noncritical elements count as level 3
  unrated elements are left out
  score is the average of points of elements
  not rated when at most 1 element is rated
"""
    )
    assert made.summary.unrated == (
        ir.UnratedRule(Kind.CRITICAL, ir.Unrated.STOP, None),
        ir.UnratedRule(Kind.NONCRITICAL, ir.Unrated.COUNT_AS, 3),
        ir.UnratedRule(Kind.ELEMENT, ir.Unrated.LEFT_OUT, None),
    )
    rated = ir.NumberThat(ALL, ir.MemberTest(ir.TestKind.RATED), None, 1)
    assert made.summary.rows == (ir.Row(rated, ir.ToNotRated()),)


def test_shape_16_overrides_stand_lower_level_first(program: Make) -> None:
    made = program(
        """system "Invented overrides"
summary rating
  at least 2 elements below level 3 make the rating level 2
  any critical element at level 1 and no element at level 5 makes the rating level 1
"""
    )
    assert [row.outcome for row in made.summary.overrides] == [ir.ToLevel(1), ir.ToLevel(2)]
    first = made.summary.overrides[0].condition
    assert first == ir.All((ir.NumberThat(CRITICAL, at(1), 1, None), ir.NumberThat(ALL, at(5), None, 0)))


def test_shape_17_limits_on_weights(program: Make) -> None:
    made = program(
        """system "Invented limits"
  has 2 to 5 critical elements
weights
  total 200
  "Results" exactly 80
  "People" 10.5 to 40
  all at most 90
  all others at least 5
  none above "Results"
"""
    )
    assert made.summary.limits == (
        ir.MemberCount(Kind.CRITICAL, 2, 5),
        ir.WeightTotal(F(200)),
        ir.WeightRange(("Results",), (), F(80), F(80)),
        ir.WeightRange(("People",), (), F(21, 2), F(40)),
        ir.WeightRange(None, (), None, F(90)),
        ir.WeightRange(None, ("Results", "People"), F(5), None),
        ir.NoneAbove("Results"),
    )
    assert made.summary.weighted
    assert made.summary.open


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("rating steps\n  annual rating may change the rating for written reasons\n", id="shape 18"),
        pytest.param(
            "distribution\n  at most 20% of career executives at level 5\n  applies from 8 career executives\n",
            id="shape 20",
        ),
        pytest.param("uses of results\n  level 1 twice in 4 years requires removal\n", id="shape 21"),
        pytest.param('levels\n  level 2 "Low" 2 points equivalent to minimally satisfactory\n', id="shape 23"),
        pytest.param("distribution\n  at most 25% of career executives at level 5\n", id="shape 24"),
    ],
)
def test_what_is_no_formula_leaves_the_program_without_lines(program: Make, words: str) -> None:
    made = program(f'system "Invented rules"\n  effective 2026-10-01\n{words}')
    assert made.summary.definitions == made.summary.rows == made.summary.overrides == ()
    assert made.summary.open
    assert not made.summary.weighted


@pytest.mark.parametrize(
    ("head", "is_open"),
    [
        ("", False),
        ("  has exactly 2 critical elements\n", False),
        ("  has at most 2 critical elements\n", False),
        ("  has exactly 3 critical elements\n", True),
        ("  has at least 1 critical elements\n", True),
        ("  has 1 to 4 critical elements\n", True),
    ],
)
def test_a_plan_may_bring_elements_where_more_are_allowed_than_named(program: Make, head: str, is_open: bool) -> None:
    text = f'system "Invented plans"\n{head}critical element "A"\ncritical element "B"\nnoncritical element "C"\n'
    assert program(text).summary.open is is_open


def test_every_part_of_a_program_knows_where_it_comes_from(program: Make) -> None:
    made = program(
        """system "Invented origins"
critical element "A"
  each element is also rated "reach" from 0 to 1
weights
  total 100
summary rating
  unrated elements stop the rating
  score is the average of points  under "5 CFR 430.305(a)(5)"
  score at least 3 is level 3
  any element at level 1 makes the rating level 1
table "T"
  1 to 3 gives 0
"""
    )
    stage = made.summary
    parts: list[tuple[HasOrigin, str]] = [
        (stage, "summary rating"),
        (stage.members[0], 'critical element "A"'),
        (stage.further[0], 'each element is also rated "reach" from 0 to 1'),
        (stage.limits[0], "total 100"),
        (stage.unrated[0], "unrated elements stop the rating"),
        (stage.rows[0], "score at least 3 is level 3"),
        (stage.overrides[0], "any element at level 1 makes the rating level 1"),
        (made.tables[0].rows[0], "1 to 3 gives 0"),
    ]
    assert [part.origin.span.text.strip() for part, _ in parts] == [words for _, words in parts]
    (score,) = stage.definitions
    assert score.origin.span.text.startswith("score is the average of points")
    assert score.origin.authority == "5 CFR 430.305(a)(5)"
