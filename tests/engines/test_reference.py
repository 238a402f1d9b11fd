"""The meaning of a program: scores, lines, missing ratings, nested stages, look-ups, refusals on the way."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engines.scoring import ANY_LEVEL, FEW_RATED, code, scored
from programs import (
    CRITICAL,
    ELEMENTS,
    LEFT_OUT,
    NOT_RATED,
    POINTS,
    RATED,
    any_at,
    at,
    at_least,
    average,
    band,
    below,
    every_at,
    five,
    level,
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
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    All,
    Choice,
    Compare,
    CountOf,
    Definition,
    Difference,
    Expression,
    Further,
    Group,
    Kind,
    Largest,
    LookUp,
    MajorityThat,
    Named,
    Names,
    NumberThat,
    OfMember,
    Own,
    OwnFurther,
    OwnNamed,
    Product,
    Program,
    Quotient,
    Relation,
    Row,
    ShareOf,
    ShareThat,
    Smallest,
    Sum,
    Table,
    TableRow,
    Take,
    TheScore,
    Tie,
    Unrated,
    UnratedRule,
)
from sespms_rules.program.rating import Appraisal, Outcome, Rated

# ---- the weighted sum ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "weights", "expected"),
    [
        ((4, 5, 3, 4, 4), (10, 10, 10, 10, 60), (400, 4)),
        ((1, 5, 5, 5, 5), (5, 5, 5, 5, 80), (475, 1)),
        ((3, 5, 5, 5, 5), (12, 5, 5, 5, 73), (476, 5)),
        ((3, 5, 5, 5, 5), (13, 5, 5, 5, 72), (474, 4)),
        ((2, 2, 2, 2, 2), (20, 20, 20, 20, 20), (200, 2)),
        ((3, 3, 3, 3, 3), (20, 20, 20, 20, 20), (300, 3)),
        ((3, 2, 4, 3, 3), (25, 15, 15, 15, 30), (300, 3)),
        ((1, 1, 1, 1, 1), (20, 20, 20, 20, 20), (0, 1)),
    ],
)
def test_a_weighted_sum_with_closed_bands(
    levels: tuple[int, ...], weights: tuple[int, ...], expected: tuple[int, int]
) -> None:
    rating = rate(weighted_sum_program(), five(levels, weights))
    assert (rating.outcome, rating.score, rating.level) == (Outcome.RATED, *expected)
    assert type(rating.score) is Fraction


def test_the_term_and_the_id_come_along() -> None:
    rating = rate(weighted_sum_program(), five((4, 5, 3, 4, 4), (10, 10, 10, 10, 60)))
    assert (rating.id, rating.term, rating.engine) == ("one", "Exceeds", "reference")


def test_without_a_trace_the_rating_is_the_same() -> None:
    appraisal = five((4, 5, 3, 4, 4), (10, 10, 10, 10, 60))
    told, untold = rate(weighted_sum_program(), appraisal), rate(weighted_sum_program(), appraisal, trace=False)
    assert told == untold
    assert told.trace is not None
    assert untold.trace is None


# ---- expressions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (average(), Fraction(13, 4)),
        (average(CRITICAL), Fraction(4)),
        (Aggregate(Aggregation.LOWEST, Own(Take.POINTS), False, ELEMENTS), 1),
        (Aggregate(Aggregation.HIGHEST, Own(Take.LEVEL), False, ELEMENTS), 5),
        (Aggregate(Aggregation.SUM, Own(Take.POINTS), False, Group(Kind.NONCRITICAL)), 1),
        (average(Names(("B", "D"))), 2),
        (CountOf(ELEMENTS, None), 4),
        (CountOf(CRITICAL, or_better(4)), 2),
        (ShareOf(ELEMENTS, below(4)), Fraction(1, 2)),
        (OfMember(Take.POINTS, "B"), 3),
        (OfMember(Take.SCORE, "A"), 5),
        (Difference(number(1), number("2.5")), Fraction(-3, 2)),
        (Quotient(number(13), number(3)), Fraction(13, 3)),
        (Product(number("0.4"), OfMember(Take.LEVEL, "C")), Fraction(8, 5)),
        (Largest((number(2), OfMember(Take.POINTS, "A"), number(3))), 5),
        (Smallest((number(2), OfMember(Take.POINTS, "A"))), 2),
        (Choice(every_at(5), number(1), number(2)), 2),
        (Choice(any_at(5), number(1), number(2)), 1),
        (rounded(Quotient(number(13), number(3)), Tie.HALF_UP, 2), Fraction("4.33")),
    ],
)
def test_expressions_are_exact(expression: Expression, expected: Fraction | int) -> None:
    mixed = [Rated(name, Fraction(value)) for name, value in (("A", 5), ("B", 3), ("C", 4))]
    appraisal = Appraisal("one", (*mixed, Rated("D", Fraction(1), critical=False)))
    assert scored(expression, appraisal).score == expected


def test_an_average_by_weight_divides_by_the_weights_that_count() -> None:
    rated = (Rated("A", Fraction(5), Fraction(1)), Rated("B", Fraction(2), Fraction(2)), Rated("C", None, Fraction(7)))
    expression = average(by_weight=True)
    assert scored(expression, Appraisal("one", rated), weighted=True, unrated=(LEFT_OUT,)).score == 3


def test_points_need_not_be_the_level() -> None:
    assert scored(average(), ratings(1, 5), points=POINTS).score == Fraction(5, 2)
    assert scored(average(take=Take.LEVEL), ratings(1, 5), points=POINTS).score == 3


def test_points_and_score_of_a_member_on_a_scale_are_its_number() -> None:
    weighed = Sum(Product(number("0.4"), OfMember(Take.POINTS, "L")), Product(number("0.6"), OfMember(Take.SCORE, "R")))
    appraisal = Appraisal("one", (Rated("L", Fraction(95)), Rated("R", Fraction(88))))
    assert scored(weighed, appraisal, members=(scaled("L"), scaled("R"))).score == Fraction("90.8")


def test_values_are_named_in_order_and_only_those_asked_for_are_reported() -> None:
    first = Definition("first", average())
    second = Definition("second", Product(Named("first"), number(2)))
    rating = rate(
        program(stage(first, second, score(Named("second")), rows=ANY_LEVEL, first=True, reported=("second",))),
        ratings(4, 3),
    )
    assert rating.values == (("first", Fraction(7, 2)), ("second", Fraction(7)))
    assert rating.reported == (("second", Fraction(7)),)


def test_a_value_of_each_member_with_a_further_rating_and_limits() -> None:
    raised = Sum(Own(Take.POINTS), OwnFurther("factor"))
    limited = Smallest((Largest((raised, number(1))), number(5)))
    adjusted = Definition("adjusted", limited, each=ELEMENTS)
    mean = Aggregate(Aggregation.AVERAGE, OwnNamed("adjusted"), False, ELEMENTS)
    further = (Further("factor", Fraction(-1), Fraction(1)),)
    rated = [(5, 1), (1, -1), (3, 1), (4, 0)]
    members = [
        Rated(f"R{place}", Fraction(points), further=(("factor", Fraction(factor)),))
        for place, (points, factor) in enumerate(rated)
    ]
    final = score(rounded(mean, Tie.HALF_DOWN, 0))
    policy = program(stage(adjusted, final, rows=ANY_LEVEL, first=True, further=further))
    rating = rate(policy, Appraisal("one", tuple(members)))
    assert rating.score == 3  # (5 + 1 + 4 + 4) / 4 is 3.5, and half goes down
    assert rating.values == ()


# ---- lines ---------------------------------------------------------------------------------------


def test_bands_with_floors() -> None:
    floor = Row(All((band("4.6", 5, 5).condition, none_below(4))), band(0, 0, 5).outcome)
    policy = program(stage(score(average()), rows=(floor, band(3, "4.59", 4))))
    assert rate(policy, ratings(5, 5, 5, 5, 4)).level == 5
    refused = rate(policy, ratings(5, 5, 5, 5, 3))  # 4.6, but an element is below level 4
    assert code(refused) == "SES612"
    assert "asks for more than the score" in refused.refused[0].help


def test_rows_by_counting_in_order() -> None:
    rows = (
        when(All((MajorityThat(ELEMENTS, level(5)), none_below(3))), 5),
        when(All((MajorityThat(ELEMENTS, or_better(4)), none_below(3))), 4),
        when(every_at(3), 3),
        when(NumberThat(ELEMENTS, level(1), None, 0), 2),
        otherwise(1),
    )
    policy = program(stage(rows=rows, first=True))
    levels = [rate(policy, ratings(*each)).level for each in ((5, 5, 3), (5, 5, 2), (5, 4, 3), (5, 5, 4, 4), (5, 1))]
    assert levels == [5, 2, 4, 4, 1]
    assert rate(policy, ratings(3, 3)).score is None


@pytest.mark.parametrize(("low", "high", "expected"), [(40, None, 5), (None, 39, 3), (40, 40, 5), (41, 60, 3)])
def test_a_share_in_hundredths(low: int | None, high: int | None, expected: int) -> None:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    rows = (when(ShareThat(ELEMENTS, level(5), ends[0], ends[1]), 5), otherwise(3))
    assert rate(program(stage(rows=rows, first=True)), ratings(5, 5, 3, 3, 3)).level == expected


def test_the_first_line_that_fits_holds() -> None:
    rows = (at_least(4, 5), at_least(3, 4), otherwise(2))
    policy = program(stage(score(average()), rows=rows, first=True))
    assert [rate(policy, ratings(each)).level for each in (5, 4, 3, 2)] == [5, 5, 4, 2]


def test_613_two_lines_that_fit_are_refused_and_both_named() -> None:
    policy = program(stage(score(average()), rows=(band(3, 5, 5), band(1, 3, 3))))
    assert rate(policy, ratings(4)).level == 5
    rating = rate(policy, ratings(3))
    assert code(rating) == "SES613"
    assert rating.score == 3
    message = rating.refused[0].message
    assert message.endswith("with score `3`: `score 3 to 5 is level 5` and `score 1 to 3 is level 3`")


def test_612_no_line_fits_and_the_neighbours_are_named() -> None:
    policy = program(stage(score(average()), rows=(band(4, 5, 5), band(2, 3, 3), band(1, "1.5", 1))))
    rating = rate(policy, ratings(3, 4))
    assert code(rating) == "SES612"
    assert rating.refused[0].message == "no line of the policy fits score `3.5`"
    assert "the nearest lines are `score 2 to 3 is level 3` and `score 4 to 5 is level 5`" in rating.refused[0].help


def test_612_points_at_the_policys_own_line() -> None:
    summary = replace(weighted_sum_program().summary, limits=())
    appraisal = five((4, 5, 5, 5, 5), ("25.5", 19, 19, 19, "17.5"))
    rating = rate(replace(weighted_sum_program(), summary=summary), appraisal)
    assert rating.score == Fraction("474.5")
    assert code(rating) == "SES612"
    assert "`score 400 to 474 is level 4` and `score 475 to 500 is level 5`" in rating.refused[0].help
    assert rating.refused[0].origin == at("score 400 to 474 is level 4")


def test_612_a_summary_without_lines() -> None:
    assert code(rate(program(stage(score(average()))), ratings(3))) == "SES612"


def test_the_lowest_of_the_overrides_that_fit_holds_and_the_score_is_still_reported() -> None:
    overrides = (when(NumberThat(ELEMENTS, below(3), 2, None), 2), when(any_at(1), 1))
    policy = program(stage(score(average()), rows=(at_least(1, 5),), overrides=overrides))
    assert (rate(policy, ratings(1, 2, 5)).level, rate(policy, ratings(1, 2, 5)).score) == (1, Fraction(8, 3))
    assert rate(policy, ratings(2, 2, 5)).level == 2
    assert rate(policy, ratings(2, 5, 5)).level == 5


def test_rows_are_not_consulted_where_an_override_fits() -> None:
    overlapping = (at_least(1, 5), at_least(1, 4))
    policy = program(stage(score(average()), rows=overlapping, overrides=(when(any_at(1), 1),)))
    assert rate(policy, ratings(1, 5)).level == 1
    assert code(rate(policy, ratings(2, 5))) == "SES613"


# ---- missing ratings -----------------------------------------------------------------------------


def left_out_policy(*rows: Row, first: bool = False) -> Program:
    return program(stage(score(average()), rows=rows, unrated=(LEFT_OUT,), first=first))


BANDS = (at_least(4, 5), Row(Compare(TheScore(), Relation.LESS, number(4)), band(0, 0, 3).outcome))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((5, 5, None), (Outcome.RATED, 5)),
        ((5, 2, None), (Outcome.RATED, 3)),
        ((5, None, None), (Outcome.NOT_RATED, None)),
        ((None, None, None), (Outcome.NOT_RATED, None)),
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_what_is_not_rated_is_left_out(
    levels: tuple[int | None, ...], expected: tuple[Outcome, int | None], first: bool
) -> None:
    rating = rate(left_out_policy(FEW_RATED, *BANDS, first=first), ratings(*levels))
    assert (rating.outcome, rating.level) == expected


def test_a_line_that_gives_not_rated_is_read_before_the_others_wherever_it_stands() -> None:
    rating = rate(left_out_policy(*BANDS, FEW_RATED), ratings(5, None))
    assert (rating.outcome, rating.score, rating.level) == (Outcome.NOT_RATED, 5, None)


def test_no_level_follows_where_nothing_is_rated() -> None:
    rows = (when(every_at(5), 5), otherwise(3))
    rating = rate(program(stage(rows=rows, first=True, unrated=(LEFT_OUT,))), ratings(None, None))
    assert code(rating) == "SES608"


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (every_at(5), True),
        (MajorityThat(ELEMENTS, level(5)), True),
        (ShareThat(ELEMENTS, level(5), Fraction(100), None), True),
        (Compare(CountOf(ELEMENTS, None), Relation.EQUAL, number(1)), True),
        (Compare(CountOf(ELEMENTS, RATED), Relation.EQUAL, number(1)), True),
        (NumberThat(ELEMENTS, NOT_RATED, 2, 2), True),
        (NumberThat(ELEMENTS, RATED, 2, None), False),
        (ShareThat(ELEMENTS, RATED, Fraction(50), None), False),
        (NumberThat(Names(("B",)), or_better(1), 1, None), False),
    ],
)
def test_a_question_about_a_level_is_asked_only_of_what_counts(condition: object, fits: bool) -> None:
    policy = program(stage(rows=(when(condition, 5), otherwise(3)), first=True, unrated=(LEFT_OUT,)))  # type: ignore[arg-type]
    assert rate(policy, ratings(5, None, None)).level == (5 if fits else 3)


def test_a_missing_rating_that_counts_as_a_level_is_at_that_level_and_yet_not_rated() -> None:
    rule = UnratedRule(Kind.ELEMENT, Unrated.COUNT_AS, 3)
    condition = All((NumberThat(ELEMENTS, NOT_RATED, 1, 1), NumberThat(ELEMENTS, level(3), 1, 1)))
    rows = (when(condition, 4), otherwise(2))
    rating = rate(program(stage(score(average()), rows=rows, first=True, unrated=(rule,))), ratings(5, None))
    assert (rating.score, rating.level) == (4, 4)


def test_608_a_formula_that_reads_an_element_left_out() -> None:
    rating = scored(OfMember(Take.POINTS, "B"), ratings(5, None), unrated=(LEFT_OUT,))
    assert code(rating) == "SES608"
    assert rating.refused[0].about == "B"


# ---- values that cannot be worked out --------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (average(Group(Kind.NONCRITICAL)), "SES618"),
        (Aggregate(Aggregation.LOWEST, Own(Take.POINTS), False, Group(Kind.NONCRITICAL)), "SES618"),
        (ShareOf(Group(Kind.NONCRITICAL), level(5)), "SES618"),
        (Quotient(number(1), CountOf(ELEMENTS, level(1))), "SES619"),
        (LookUp("Pay", number(9)), "SES620"),
    ],
)
def test_a_value_that_cannot_be_worked_out_refuses(expression: Expression, expected: str) -> None:
    table = Table("Pay", (TableRow(Interval(Fraction(1), True, Fraction(2), True), Fraction(5)),), None)
    policy = program(stage(score(expression), rows=ANY_LEVEL, first=True), table)
    assert code(rate(policy, ratings(5, 3))) == expected


def test_a_sum_over_nothing_is_nothing() -> None:
    empty = Aggregate(Aggregation.SUM, Own(Take.POINTS), False, Group(Kind.NONCRITICAL))
    assert scored(empty, ratings(5, 3)).score == 0
