"""Look-ups, values that wait for the level, and stages inside stages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engines.scoring import ANY_LEVEL, FEW_RATED, code
from programs import (
    ELEMENTS,
    LEFT_OUT,
    POINTS,
    RATED,
    REQUIREMENTS,
    WEIGHTED_SUM,
    any_at,
    at_least,
    average,
    band,
    level,
    member,
    number,
    program,
    ratings,
    score,
    stage,
    when,
)
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.interval import Interval
from sespms_rules.program.ir import (
    Definition,
    Kind,
    LookUp,
    Named,
    NumberThat,
    OfMember,
    Product,
    Program,
    Row,
    Stage,
    Table,
    TableRow,
    Take,
    TheLevel,
    ToNotRated,
    Unrated,
    UnratedRule,
)
from sespms_rules.program.rating import Appraisal, Outcome, Rated

# ---- look-ups ------------------------------------------------------------------------------------


def payout(low: str | None, high: str | None, result: str, low_in: bool = True, high_in: bool = True) -> TableRow:
    low_end, high_end = (None if end is None else Fraction(end) for end in (low, high))
    return TableRow(Interval(low_end, low_in, high_end, high_in), result)


PAYOUT = Table(
    "Payout",
    (payout("5", "5", "five"), payout("4", "5", "four", high_in=False), payout(None, "2", "low", high_in=False)),
    "other",
)


@pytest.mark.parametrize(
    ("key", "result"), [("5", "five"), ("4.99", "four"), ("4", "four"), ("2", "other"), ("1", "low")]
)
def test_a_table_is_read_from_the_top(key: str, result: str) -> None:
    looked = Definition("payout", LookUp("Payout", number(key)))
    policy = program(stage(looked, rows=ANY_LEVEL, first=True, reported=("payout",)), PAYOUT)
    assert rate(policy, ratings(3)).reported == (("payout", result),)


def test_a_value_for_the_level_waits_for_it_and_keeps_its_place() -> None:
    by_level = Definition("credit", LookUp("Credit", TheLevel()))
    doubled = Definition("twice", Product(Named("credit"), number(2)))
    plain = Definition("plain", average())
    table = Table("Credit", (TableRow(Interval(Fraction(5), True, Fraction(5), True), Fraction(20)),), Fraction(0))
    policy = program(
        stage(by_level, doubled, plain, score(Named("plain")), rows=(at_least(4, 5), band(1, 3, 3))), table
    )
    assert rate(policy, ratings(5)).values == (("credit", 20), ("twice", 40), ("plain", 5))
    assert rate(policy, ratings(2)).values == (("credit", 0), ("twice", 0), ("plain", 2))


def test_620_a_table_that_lacks_the_level() -> None:
    by_level = Definition("credit", LookUp("Credit", TheLevel()))
    table = Table("Credit", (TableRow(Interval(Fraction(5), True, Fraction(5), True), Fraction(20)),), None)
    policy = program(stage(by_level, score(average()), rows=(at_least(4, 5), band(1, 3, 3))), table)
    assert code(rate(policy, ratings(2))) == "SES620"


def test_there_is_no_value_for_the_level_of_what_is_not_rated() -> None:
    by_level = Definition("credit", LookUp("Payout", TheLevel()))
    policy = program(stage(by_level, rows=(FEW_RATED,), unrated=(LEFT_OUT,)), PAYOUT)
    assert rate(policy, ratings(3, None)).values == ()


# ---- nested stages -------------------------------------------------------------------------------


def goals(*definitions: object, **options: object) -> Stage:
    return stage(
        *(definitions or (score(average(REQUIREMENTS)),)),  # type: ignore[arg-type]
        name="Goals",
        kind=Kind.REQUIREMENT,
        **options,  # type: ignore[arg-type]
    )


def nested(inner: Stage, **options: object) -> Program:
    options = {"rows": ANY_LEVEL, "first": True, **options}
    definition = options.pop("definition", score(average()))
    members = (member("Goals", stage=inner), member("People"))
    return program(stage(definition, members=members, **options))  # type: ignore[arg-type]


def goals_and(people: int | None, *requirements: int | None) -> Appraisal:
    inner = [Rated(f"R{place}", None if each is None else Fraction(each)) for place, each in enumerate(requirements)]
    own = None if people is None else Fraction(people)
    return Appraisal("one", (Rated("Goals", requirements=tuple(inner)), Rated("People", own)))


GOAL_BANDS = (at_least("4.5", 5), band(1, "4.49", 3))


def test_an_element_takes_level_points_and_score_from_its_own_stage() -> None:
    policy = nested(goals(rows=GOAL_BANDS), points=POINTS)
    assert rate(policy, goals_and(3, 5, 4)).score == 4  # level 5 and level 3
    by_score = nested(goals(rows=GOAL_BANDS), definition=score(OfMember(Take.SCORE, "Goals")))
    assert rate(by_score, goals_and(3, 5, 4, 4)).score == Fraction(13, 3)


def test_overrides_and_tests_see_the_derived_level() -> None:
    inner = goals(rows=GOAL_BANDS, overrides=(when(any_at(1, REQUIREMENTS), 1),))
    policy = nested(inner, overrides=(when(any_at(1), 1),))
    assert rate(policy, goals_and(5, 5, 5, 1)).level == 1
    assert rate(policy, goals_and(5, 5, 5, 2)).level == 3


def test_an_element_without_lines_serves_its_score_and_is_at_no_level() -> None:
    policy = nested(goals(), definition=score(OfMember(Take.SCORE, "Goals")), overrides=(when(any_at(1), 1),))
    rating = rate(policy, goals_and(5, 1, 4))
    assert (rating.score, rating.level) == (Fraction(5, 2), 3)
    assert code(rate(nested(goals()), goals_and(5, 1, 4))) == "SES612"  # an average of points needs its level


@pytest.mark.case("scores of refused rows")
def test_a_refusal_inside_refuses_the_appraisal_and_names_the_element() -> None:
    rating = rate(nested(goals(rows=(at_least(4, 5),))), goals_and(5, 1))
    assert code(rating) == "SES612"
    assert rating.refused[0].about == "Goals"
    assert rating.score is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(None, "SES608"), (LEFT_OUT, 5), (UnratedRule(Kind.ELEMENT, Unrated.COUNT_AS, 2), Fraction(7, 2))],
)
def test_an_element_whose_stage_ends_not_rated_is_not_rated(
    rule: UnratedRule | None, expected: str | int | Fraction
) -> None:
    inner_left_out = UnratedRule(Kind.REQUIREMENT, Unrated.LEFT_OUT, None)
    few = when(NumberThat(REQUIREMENTS, RATED, None, 1), None)
    inner = goals(rows=(few, *GOAL_BANDS), unrated=(inner_left_out,))
    rating = rate(nested(inner, unrated=() if rule is None else (rule,)), goals_and(5, 4, None))
    if isinstance(expected, str):
        assert code(rating) == expected
        (refusal,) = rating.refused
        assert "`Goals` is derived from its requirements and comes out `not rated`" in refusal.message
        assert refusal.help.startswith("rate the requirements of `Goals` so that a level follows; here `not rated when")
    else:
        assert rating.score == expected


def test_a_not_rated_override_holds_before_any_level() -> None:
    overrides = (when(any_at(1), 1), Row(NumberThat(ELEMENTS, level(5), 1, None), ToNotRated()))
    policy = program(stage(score(WEIGHTED_SUM), rows=ANY_LEVEL, first=True, overrides=overrides, weighted=True))
    appraisal = Appraisal("one", (Rated("A", Fraction(5), Fraction(1)), Rated("B", Fraction(1), Fraction(1))))
    assert rate(policy, appraisal).outcome is Outcome.NOT_RATED
