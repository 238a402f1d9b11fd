"""The derivation as it is told: plain English, exact values, the line of the policy behind each step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engines.scoring import ANY_LEVEL, PLAN
from programs import (
    ELEMENTS,
    LEFT_OUT,
    RATED,
    REQUIREMENTS,
    any_at,
    at,
    at_least,
    average,
    band,
    every_at,
    five,
    member,
    none_below,
    number,
    or_better,
    otherwise,
    program,
    ratings,
    rounded,
    scaled,
    score,
    stage,
    weighted_sum_program,
    when,
)
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.interval import Interval
from sespms_rules.program.ir import (
    All,
    Choice,
    Compare,
    CountOf,
    Definition,
    Group,
    Kind,
    LookUp,
    Named,
    NumberThat,
    OfMember,
    Own,
    Product,
    Relation,
    Row,
    ShareThat,
    Smallest,
    Sum,
    Table,
    TableRow,
    Take,
    TheScore,
    Tie,
    ToLevel,
    Unrated,
    UnratedRule,
)
from sespms_rules.program.rating import Appraisal, Rated, Rating, Step


def root(rating: Rating) -> Step:
    assert rating.trace is not None
    return rating.trace


def said(rating: Rating) -> list[str]:
    """What the steps below the root say."""
    return [step.says for step in root(rating).steps]


def everything(step: Step) -> Iterator[str]:
    yield step.says
    for inner in step.steps:
        yield from everything(inner)


def test_the_published_example_is_told_step_by_step() -> None:
    trace = root(rate(weighted_sum_program(), five((4, 5, 3, 4, 4), PLAN)))
    assert (trace.says, trace.value) == ("Invented system: score 400, level 4, Exceeds", "level 4")
    scored, override, row = trace.steps
    assert scored.says == "score: the sum of points times weight: 40 + 50 + 30 + 40 + 240 = 400"
    assert (scored.value, scored.before) == ("400", None)
    assert scored.origin == at("score is the sum of points times weight", "5 CFR 430.305(a)(5)")
    assert [step.says for step in scored.steps] == [
        "Leading Change: level 4 is 4 points, times weight 10 is 40",
        "Leading People: level 5 is 5 points, times weight 10 is 50",
        "Business Acumen: level 3 is 3 points, times weight 10 is 30",
        "Building Coalitions: level 4 is 4 points, times weight 10 is 40",
        "Results Driven: level 4 is 4 points, times weight 60 is 240",
    ]
    assert override.says == (
        "any critical element at level 1 makes the rating level 1: none of the 5 critical elements is at level 1,"
        " so this does not apply"
    )
    assert override.value == "no"
    assert (row.says, row.value) == ("400 lies in 400 to 474: level 4", "level 4")
    assert row.origin is not None
    assert row.origin.span.text == "score 400 to 474 is level 4"


def test_an_override_that_fits_names_the_element_and_ends_the_derivation() -> None:
    steps = root(rate(weighted_sum_program(), five((1, 5, 5, 5, 5), (5, 5, 5, 5, 80)))).steps
    assert steps[-1].says == (
        '1 of 5 critical elements is at level 1 ("Leading Change"), which makes the rating level 1, whatever the score'
    )
    assert (len(steps), steps[-1].value) == (2, "level 1")


def test_of_two_overrides_the_lower_level_is_said_to_hold() -> None:
    overrides = (when(any_at(2), 2), when(any_at(1), 1))
    rating = rate(program(stage(score(average()), rows=ANY_LEVEL, first=True, overrides=overrides)), ratings(1, 2))
    assert said(rating)[-1] == "of the lines that apply, the one with the lower level holds: level 1"


def test_rounding_shows_the_value_before_and_after() -> None:
    mean = score(rounded(average(), Tie.HALF_UP, 1))
    step = root(rate(program(stage(mean, rows=(band(1, 5, 4),))), ratings(5, 4, 4, 4))).steps[0]
    assert step.says == "score: the average of points: (5 + 4 + 4 + 4) ÷ 4 = 4.25, rounded half up to 1 decimal is 4.3"
    assert (step.before, step.value) == ("4.25", "4.3")


def test_limits_are_said_whether_they_bind_or_not() -> None:
    capped = Definition("capped", Smallest((Product(number(2), OfMember(Take.POINTS, "A")), number(5))))
    policy = program(stage(capped, rows=ANY_LEVEL, first=True))
    assert '"capped": 2 × the points of "A": 2 × 4 = 8, but no more than 5 is 5' in said(rate(policy, ratings(4)))
    assert '"capped": 2 × the points of "A": 2 × 2 = 4, which is no more than 5' in said(rate(policy, ratings(2)))


def test_formulas_show_their_figures_and_fractions_that_do_not_end() -> None:
    third = Definition("third", average())
    mixed = score(Sum(Product(number("0.4"), Named("third")), number(1)))
    texts = said(rate(program(stage(third, mixed, rows=ANY_LEVEL, first=True)), ratings(5, 4, 4)))
    assert '"third": the average of points: (5 + 4 + 4) ÷ 3 = 13/3' in texts
    assert 'score: 0.4 × "third" + 1: 0.4 × 13/3 + 1 = 41/15' in texts


def test_a_choice_says_why() -> None:
    bonus = Definition("bonus", Choice(every_at(5), number("0.2"), number(0)))
    step = next(
        step
        for step in root(rate(program(stage(bonus, rows=ANY_LEVEL, first=True)), ratings(5, 4))).steps
        if step.says.startswith('"bonus"')
    )
    assert step.says == '"bonus": 0.2 when every element is at level 5 otherwise 0, which gives 0'
    assert [inner.says for inner in step.steps] == ['1 of 2 elements is at level 5 ("A"), so 0 is taken']


def test_a_look_up_points_at_the_tables_line() -> None:
    row = TableRow(Interval(Fraction(4), True, None, False), Fraction("0.1"), at("total 100"))
    award = Definition("award", LookUp("Award", TheScore()))
    policy = program(stage(score(average()), award, rows=(at_least(1, 4),)), Table("Award", (row,), Fraction(0)))
    step = root(rate(policy, ratings(4))).steps[1]
    assert step.says == '"award": the "Award" for score is 0.1'
    assert [(inner.says, inner.origin) for inner in step.steps] == [('table "Award": 4 gives 0.1', at("total 100"))]


def test_lines_read_in_order_say_why_those_above_do_not_fit() -> None:
    first = Row(All((Compare(TheScore(), Relation.AT_LEAST, number("4.6")), none_below(4))), ToLevel(5))
    rows = (first, when(NumberThat(ELEMENTS, or_better(4), 2, None), 4), otherwise(3))
    texts = said(rate(program(stage(score(average()), rows=rows, first=True)), ratings(5, 3)))[1:]
    above = ", so this line does not fit"
    assert [text.removesuffix(above) for text in texts] == [
        f"{rest} 1 of 2 elements is {place}"
        for rest, place in (
            (
                "score at least 4.6 with no element below level 4 is level 5: score 4 is not at least 4.6, and",
                'below level 4 ("B")',
            ),
            ("level 4 when at least 2 elements are at level 4 or better:", 'at level 4 or better ("A")'),
        )
    ] + ["no line above it fits: level 3"]
    assert [text.endswith(above) for text in texts] == [True, True, False]


def test_ratings_are_listed_where_no_formula_tells_of_them() -> None:
    exceeds = Definition("exceeds", CountOf(ELEMENTS, or_better(4)))
    policy = program(stage(exceeds, rows=ANY_LEVEL, first=True, unrated=(LEFT_OUT,)))
    assert said(rate(policy, ratings(5, None, 2)))[:4] == [
        "A: level 5",
        "B: not rated, so it is left out",
        "C: level 2",
        '"exceeds": the number of elements at level 4 or better is 1',
    ]


def test_members_left_out_of_an_average_are_named() -> None:
    policy = program(stage(score(average()), rows=ANY_LEVEL, first=True, unrated=(LEFT_OUT,)))
    scored = root(rate(policy, ratings(5, None))).steps[0]
    assert [step.says for step in scored.steps] == ["A: level 5 is 5 points", "B: not rated, so it is left out"]


def test_scales_and_single_points_read_well() -> None:
    policy = program(stage(score(average()), rows=ANY_LEVEL, first=True, members=(scaled("R"), member("S"))))
    scored = root(rate(policy, Appraisal("one", (Rated("R", Fraction("90.5")), Rated("S", Fraction(1)))))).steps[0]
    assert [step.says for step in scored.steps] == ["R: rated 90.5", "S: level 1 is 1 point"]


def test_a_nested_stage_is_told_inside_its_element() -> None:
    inner = stage(
        score(average(REQUIREMENTS)), rows=(at_least(4, 5), band(1, 3, 3)), name="Goals", kind=Kind.REQUIREMENT
    )
    policy = program(
        stage(score(OfMember(Take.SCORE, "Goals")), rows=(at_least(1, 4),), members=(member("Goals", stage=inner),))
    )
    goals = Rated("Goals", requirements=(Rated("Port", Fraction(5)), Rated("Spill", Fraction(4))))
    nested = root(rate(policy, Appraisal("one", (goals,)))).steps[0]
    assert (nested.says, nested.value) == ("Goals: score 4.5, level 5", "level 5")
    assert [step.says for step in nested.steps] == [
        "score: the average of points: (5 + 4) ÷ 2 = 4.5",
        "score 4.5 is at least 4: level 5",
    ]


def test_a_refusal_ends_the_trace_with_its_reason_and_line() -> None:
    trace = root(rate(weighted_sum_program(), five((4, 4, 4, 4, 4), (40, 15, 10, 10, 25))))
    assert trace.value == "refused"
    assert trace.steps[-1].value == "SES603"
    assert trace.steps[-1].origin == at('none above "Results Driven"')
    late = root(rate(program(stage(score(average()), rows=(band(4, 5, 5),))), ratings(3)))
    assert [step.value for step in late.steps] == ["3", "SES612"]


def test_nothing_that_is_told_shows_machinery() -> None:
    adjusted = Definition("own", Sum(Own(Take.POINTS), number(1)), each=ELEMENTS)
    policy = program(stage(adjusted, score(average()), rows=(at_least(1, 4),), overrides=(when(any_at(1), 1),)))
    for text in everything(root(rate(policy, ratings(5, 4, 2)))):
        assert not any(word in text for word in ("Fraction", "None", "Kind.", "Take.", "Own", "  ", "{", "<")), text


def test_a_question_without_an_answer_is_left_to_the_refusal() -> None:
    none_there = ShareThat(Group(Kind.NONCRITICAL), RATED, Fraction(50), None)
    decided = All((every_at(5), none_there))
    policy = program(stage(score(average()), rows=(at_least(1, 4),), overrides=(when(decided, 1),)))
    assert rate(policy, ratings(4, 4)).level == 4  # the first part decides, so the second is never asked
    refused = rate(policy, ratings(5, 5))
    assert [each.code for each in refused.refused] == ["SES618"]
    assert [step.value for step in root(refused).steps] == ["5", "SES618"]


def test_an_element_that_ends_not_rated_stops_the_telling_too() -> None:
    left_out = UnratedRule(Kind.REQUIREMENT, Unrated.LEFT_OUT, None)
    few = when(NumberThat(REQUIREMENTS, RATED, None, 1), None)
    inner = stage(rows=(few, otherwise(3)), name="Goals", kind=Kind.REQUIREMENT, unrated=(left_out,))
    policy = program(stage(score(average()), rows=ANY_LEVEL, first=True, members=(member("Goals", stage=inner),)))
    goals = Rated("Goals", requirements=(Rated("Port", Fraction(5)), Rated("Spill")))
    trace = root(rate(policy, Appraisal("one", (goals,))))
    assert trace.steps[0].says == "Goals: not rated"
    assert [step.value for step in trace.steps] == ["not rated", "SES608"]
