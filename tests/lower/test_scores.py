"""Shapes of formulas that begin with a score, each as a small invented policy and the program it means."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sespms_rules.foundation.interval import Interval
from sespms_rules.program import ir
from sespms_rules.program.bands import passing
from sespms_rules.program.ir import Aggregation, Constant, Kind, Program, Relation, Take, Tie

Make = Callable[[str], Program]
F = Fraction
ALL = ir.Group(Kind.ELEMENT)
REQUIREMENTS = ir.Group(Kind.REQUIREMENT)
POINTS = ir.Own(Take.POINTS)
WEIGHTED_SUM = ir.Aggregate(Aggregation.SUM, ir.Product(POINTS, ir.Own(Take.WEIGHT)), False, ALL)
MEAN = ir.Aggregate(Aggregation.AVERAGE, POINTS, False, ALL)
DEFAULT_POINTS = tuple((level, F(level)) for level in (5, 4, 3, 2, 1))


def c(number: str | int) -> Constant:
    return Constant(F(number))


def score(relation: Relation, number: str | int) -> ir.Within:
    return ir.Within(ir.TheScore(), passing(relation, F(number)))


def closed(low: str | int, high: str | int, level: int, *floor: ir.Condition) -> ir.Row:
    band = ir.Within(ir.TheScore(), Interval(F(low), True, F(high), True))
    return ir.Row(ir.All((band, *floor)) if floor else band, ir.ToLevel(level))


def half_open(low: str | int, high: str | int, level: int) -> ir.Row:
    return ir.Row(ir.Within(ir.TheScore(), Interval(F(low), True, F(high), False)), ir.ToLevel(level))


def test_shape_1_a_weighted_sum_with_closed_bands(program: Make) -> None:
    made = program(
        """system "Invented Weather Bureau"
  has exactly 3 critical elements
critical element "Forecasts"
critical element "People"
weights
  total 100
  are whole numbers
  "Forecasts" at least 25
  all others at least 10
  none above "Forecasts"
summary rating
  score is the sum of points times weight
  score 450 to 500 is level 5
  score 100 to 449 is level 3
  any critical element at level 1 makes the rating level 1
"""
    )
    element = ir.LevelScale((5, 4, 3, 2, 1))
    assert made == Program(
        "Invented Weather Bureau",
        ir.Stage(
            name="summary rating",
            kind=Kind.ELEMENT,
            members=(ir.Member("Forecasts", True, element, None), ir.Member("People", True, element, None)),
            open=True,
            points=DEFAULT_POINTS,
            weighted=True,
            limits=(
                ir.MemberCount(Kind.CRITICAL, 3, 3),
                ir.WeightTotal(F(100)),
                ir.WholeWeights(),
                ir.WeightRange(("Forecasts",), (), F(25), None),
                ir.WeightRange(None, ("Forecasts",), F(10), None),
                ir.NoneAbove("Forecasts"),
            ),
            unrated=(),
            further=(),
            definitions=(ir.ScoreDefinition(WEIGHTED_SUM),),
            hit_policy=ir.HitPolicy.UNIQUE,
            overrides=(
                ir.Row(
                    ir.NumberThat(ir.Group(Kind.CRITICAL), ir.MemberTest(ir.TestKind.AT, 1), 1, None), ir.ToLevel(1)
                ),
            ),
            rows=(closed(450, 500, 5), closed(100, 449, 3)),
            reported=(),
            closed_to=ir.Kind.NONCRITICAL,
        ),
        (),
        (),
    )


def test_shape_2_other_cuts_and_a_code_for_each(program: Make) -> None:
    made = program(
        """system "Invented first"
summary rating
  score is the sum of points times weight
  score 400 to 500 is level 5
system "Invented second" based on "Invented first"
summary rating
  strike score 400 to 500 is level 5
  score 420 to 500 is level 5
  "grade" is the "Grade" for score
  also report "grade"
table "Grade"
  460 to 500 gives "A"
  at least 420 and below 460 gives "B"
  below 420 gives "C"
"""
    )
    assert made.summary.rows == (closed(420, 500, 5),)
    assert made.summary.definitions[1] == ir.Definition("grade", ir.LookUp("Grade", ir.TheScore()))
    assert made.summary.reported == ("grade",)
    assert made.tables == (
        ir.Table(
            "Grade",
            (
                ir.TableRow(Interval(F(460), True, F(500), True), "A"),
                ir.TableRow(Interval(F(420), True, F(460), False), "B"),
                ir.TableRow(Interval(None, False, F(420), False), "C"),
            ),
            None,
        ),
    )


def test_shape_3_fixed_factors_on_a_scale_with_half_open_bands(program: Make) -> None:
    made = program(
        """system "Invented scale"
critical element "Care"
  rated on a scale of 0 to 100
noncritical element "Cost"
  rated on a scale of 0 to 10
summary rating
  score is 45% of the points of "Care" + 0.55 * the score of "Cost"
  score at least 81 and below 91 is level 4
  score below 61 is level 1
"""
    )
    care = ir.Product(c("9/20"), ir.OfMember(Take.POINTS, "Care"))
    cost = ir.Product(c("11/20"), ir.OfMember(Take.SCORE, "Cost"))
    assert made.summary.definitions == (ir.ScoreDefinition(ir.Sum(care, cost)),)
    assert made.summary.rows == (half_open(81, 91, 4), ir.Row(score(Relation.LESS, 61), ir.ToLevel(1)))
    assert made.summary.members == (
        ir.Member("Care", True, ir.NumberScale(F(0), F(100)), None),
        ir.Member("Cost", False, ir.NumberScale(F(0), F(10)), None),
    )
    assert not made.summary.open
    assert not made.summary.weighted


def test_shape_4_a_mean_that_is_rounded(program: Make) -> None:
    made = program(
        """system "Invented mean"
summary rating
  score is the average of points rounded half up to 2 decimals
  score 3.6 to 4.49 is level 4
"""
    )
    assert made.summary.definitions == (ir.ScoreDefinition(ir.Rounded(MEAN, Tie.HALF_UP, 100)),)
    assert made.summary.rows == (closed("3.6", "4.49", 4),)
    assert made.summary.open


def test_shapes_5_and_6_a_floor_beside_a_band_and_points_that_are_not_the_number(program: Make) -> None:
    made = program(
        """system "Invented floor"
levels
  level 3 "Middling" 2.5 points
  level 5 "Splendid" 10 points
  level 4 "Good" 6 points
summary rating
  score is the average of points
  score 7 to 10 with no element below level 4 and at least 2 elements at level 5 is level 5
"""
    )
    assert made.summary.points == ((5, F(10)), (4, F(6)), (3, F(5, 2)))
    assert made.terms == ((5, "Splendid"), (4, "Good"), (3, "Middling"))
    none_below = ir.NumberThat(ALL, ir.MemberTest(ir.TestKind.BELOW, 4), None, 0)
    two_at = ir.NumberThat(ALL, ir.MemberTest(ir.TestKind.AT, 5), 2, None)
    assert made.summary.rows == (closed(7, 10, 5, none_below, two_at),)


def test_shape_7_half_goes_down_to_a_whole_number(program: Make) -> None:
    made = program(
        """system "Invented half"
summary rating
  score is the average of points rounded half down to whole numbers
  score exactly 4 is level 4
"""
    )
    assert made.summary.definitions == (ir.ScoreDefinition(ir.Rounded(MEAN, Tie.HALF_DOWN, 1)),)
    assert made.summary.rows == (ir.Row(score(Relation.EQUAL, 4), ir.ToLevel(4)),)


def test_shape_8_a_threshold_on_elements_with_few_levels(program: Make) -> None:
    made = program(
        """system "Invented threshold"
critical element "Reach"
  rated on levels 5, 3 and 1
summary rating
  score is the average of points
  score at least 4.3 is level 5
  score below 4.3 is level 3
"""
    )
    assert made.summary.members == (ir.Member("Reach", True, ir.LevelScale((5, 3, 1)), None),)
    assert made.summary.rows == (
        ir.Row(score(Relation.AT_LEAST, "4.3"), ir.ToLevel(5)),
        ir.Row(score(Relation.LESS, "4.3"), ir.ToLevel(3)),
    )


def test_shape_10_requirements_rate_an_element_and_elements_the_executive(program: Make) -> None:
    made = program(
        """system "Invented nesting"
performance plan
  each critical element has at least 1 requirement
critical element "Projects"
  has 2 to 6 requirements
  requirements are rated
  requirement weights total 50
  requirement weights are whole numbers
  score is the sum of points times weight of requirements / 50
  score at least 4 is level 5
  score below 4 is level 3
  any requirement at level 1 makes the rating level 1
weights
  total 100
summary rating
  score is the sum of points times weight
  score at least 400 is level 5
  score below 400 is level 3
"""
    )
    (projects,) = made.summary.members
    assert projects.scale == ir.LevelScale((5, 4, 3, 2, 1))
    inner = projects.stage
    assert inner is not None
    weighted = ir.Aggregate(Aggregation.SUM, ir.Product(POINTS, ir.Own(Take.WEIGHT)), False, REQUIREMENTS)
    assert inner == ir.Stage(
        name="Projects",
        kind=Kind.REQUIREMENT,
        members=(),
        open=True,
        points=DEFAULT_POINTS,
        weighted=True,
        limits=(
            ir.MemberCount(Kind.REQUIREMENT, 2, 6),
            ir.MemberCount(Kind.REQUIREMENT, 1, None),
            ir.WeightTotal(F(50)),
            ir.WholeWeights(),
        ),
        unrated=(),
        further=(),
        definitions=(ir.ScoreDefinition(ir.Quotient(weighted, c(50))),),
        hit_policy=ir.HitPolicy.UNIQUE,
        overrides=(ir.Row(ir.NumberThat(REQUIREMENTS, ir.MemberTest(ir.TestKind.AT, 1), 1, None), ir.ToLevel(1)),),
        rows=(
            ir.Row(score(Relation.AT_LEAST, 4), ir.ToLevel(5)),
            ir.Row(score(Relation.LESS, 4), ir.ToLevel(3)),
        ),
        reported=(),
    )


def test_shape_13_scores_of_two_blocks(program: Make) -> None:
    made = program(
        """system "Invented blocks"
critical element "Aims"
  requirements are rated
  score is the average of points
critical element "Skills"
  has exactly 4 requirements
  requirements are rated
  score is the sum of points / the number of requirements
summary rating
  "aims" is the score of "Aims" rounded down to 1 decimal
  score is 60% of "aims" + 40% of the score of "Skills"
  score at least 3 is level 3
"""
    )
    aims = ir.Rounded(ir.OfMember(Take.SCORE, "Aims"), Tie.DOWN, 10)
    total = ir.Sum(ir.Product(c("3/5"), ir.Named("aims")), ir.Product(c("2/5"), ir.OfMember(Take.SCORE, "Skills")))
    assert made.summary.definitions == (ir.Definition("aims", aims), ir.ScoreDefinition(total))
    skills = made.summary.members[1].stage
    assert skills is not None
    body = ir.Aggregate(Aggregation.SUM, POINTS, False, REQUIREMENTS)
    assert skills.definitions == (ir.ScoreDefinition(ir.Quotient(body, ir.CountOf(REQUIREMENTS, None))),)
    assert not skills.weighted


def test_shape_14_an_adjustment_of_each_requirement_with_limits(program: Make) -> None:
    made = program(
        """system "Invented adjustment"
critical element "Goals"
  requirements are rated
  each requirement is also rated "reach" from -1 to 1.5
  "adjusted" of each requirement is points + "reach" but no less than 1 and no more than 5
  "eased" of each requirement is "adjusted" when "reach" is at least 0 otherwise points
  score is the average of "eased" rounded half even to 1 decimal
  score at least 3 is level 3
summary rating
  score is the average of points
"""
    )
    inner = made.summary.members[0].stage
    assert inner is not None
    assert inner.further == (ir.Further("reach", F(-1), F(3, 2)),)
    adjusted = ir.Smallest((ir.Largest((ir.Sum(POINTS, ir.OwnFurther("reach")), c(1))), c(5)))
    reach = ir.Compare(ir.OwnFurther("reach"), Relation.AT_LEAST, c(0))
    mean = ir.Aggregate(Aggregation.AVERAGE, ir.OwnNamed("eased"), False, REQUIREMENTS)
    assert inner.definitions == (
        ir.Definition("adjusted", adjusted, each=REQUIREMENTS),
        ir.Definition("eased", ir.Choice(reach, ir.OwnNamed("adjusted"), POINTS), each=REQUIREMENTS),
        ir.ScoreDefinition(ir.Rounded(mean, Tie.HALF_EVEN, 10)),
    )


def test_shape_19_look_ups_after_the_score_and_the_level(program: Make) -> None:
    made = program(
        """system "Invented look-ups"
summary rating
  score is the average of points
  score at least 3 is level 3
  "share" is the "Share" for score
  "credit" is the "Credit" for level
  "double" is 2 * "credit"
  also report "share"
  also report "double"
  ask reviewer "Is the credit due?" when "credit" is more than 10
table "Share"
  1 to 3 gives 0%
  exactly 4 gives 2.5%
  at least 5 gives 0.1
table "Credit"
  level 5 gives 20
  otherwise gives 0
"""
    )
    assert made.summary.reported == ("share", "double")
    assert made.summary.definitions[1:] == (
        ir.Definition("share", ir.LookUp("Share", ir.TheScore())),
        ir.Definition("credit", ir.LookUp("Credit", ir.TheLevel())),
        ir.Definition("double", ir.Product(c(2), ir.Named("credit"))),
    )
    assert [row.result for row in made.tables[0].rows] == [F(0), F(1, 40), F(1, 10)]
    assert made.tables[1] == ir.Table("Credit", (ir.TableRow(Interval(F(5), True, F(5), True), F(20)),), F(0))


def test_shape_22_a_second_result_and_a_question(program: Make) -> None:
    made = program(
        """system "Invented cross-check"
critical element "Reach"
  each element is also rated "contribution" from 0 to 100
critical element "Care"
  each element is also rated "contribution" from 0 to 100
summary rating
  score is the average of points
  score at least 3 is level 3
  "given" is the average of "contribution" of elements rounded up to whole numbers
  "gap" is "given" - 60
  also report "given"
  ask reviewer "Do the two agree?" when "gap" is less than -4
"""
    )
    assert made.summary.further == (ir.Further("contribution", F(0), F(100)),)
    given = ir.Aggregate(Aggregation.AVERAGE, ir.OwnFurther("contribution"), False, ALL)
    assert made.summary.definitions[1:] == (
        ir.Definition("given", ir.Rounded(given, Tie.UP, 1)),
        ir.Definition("gap", ir.Difference(ir.Named("given"), c(60))),
    )
    assert made.summary.reported == ("given",)
