"""Every reason why an appraisal is refused before it is rated, and all of them at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engines.scoring import PLAN
from programs import (
    FIVE,
    LEFT_OUT,
    POINTS,
    REQUIREMENTS,
    WEIGHTED_SUM,
    at,
    average,
    five,
    fraction,
    member,
    program,
    ratings,
    scaled,
    score,
    stage,
    weighted_sum_program,
)
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Further, Kind, LevelScale, Member, MemberCount, Program, Unrated, UnratedRule
from sespms_rules.program.rating import Appraisal, Rated, Refusal

AVERAGE = score(average())


def refusals(of: Program, appraisal: Appraisal) -> tuple[Refusal, ...]:
    found = admit(of, appraisal)
    assert isinstance(found, tuple), "the appraisal was admitted"
    return found


def codes(of: Program, appraisal: Appraisal) -> list[str]:
    return [refusal.code for refusal in refusals(of, appraisal)]


def admitted(of: Program, appraisal: Appraisal) -> Case:
    found = admit(of, appraisal)
    assert isinstance(found, Case), found
    return found


def elements(*rated: Rated) -> Appraisal:
    return Appraisal("one", rated)


def nested_program(**options: object) -> Program:
    inner = stage(
        score(average(REQUIREMENTS)),
        name="Goals",
        kind=Kind.REQUIREMENT,
        **options,  # type: ignore[arg-type]
    )
    return program(stage(AVERAGE, members=(member("Goals", stage=inner), member("People"))))


# ---- what is admitted ----------------------------------------------------------------------------


def test_an_appraisal_that_keeps_every_limit_becomes_a_case_in_the_order_of_the_policy() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    backwards = replace(appraisal, elements=appraisal.elements[::-1])
    case = admitted(weighted_sum_program(), backwards)
    assert [each.name for each in case.members] == list(FIVE)
    assert [each.level for each in case.members] == [4, 5, 3, 4, 4]
    assert [each.weight for each in case.members] == list(PLAN)
    assert all(each.rated and each.critical and each.nested is None for each in case.members)


def test_members_of_the_plan_alone_stand_behind_those_the_policy_names() -> None:
    opened = replace(stage(AVERAGE, members=(member("People"),)), open=True)
    own = Rated("Ours", Fraction(2), critical=False)
    case = admitted(program(opened), elements(own, Rated("People", Fraction(5))))
    assert [(each.name, each.critical) for each in case.members] == [("People", True), ("Ours", False)]


def test_a_number_on_a_scale_is_kept_exactly() -> None:
    case = admitted(program(stage(AVERAGE, members=(scaled("Results"),))), elements(Rated("Results", Fraction("90.5"))))
    assert case.members[0].number == Fraction(181, 2)
    assert case.members[0].level is None


# ---- elements ------------------------------------------------------------------------------------


def test_601_unknown_element_with_the_nearest_name() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    extra = Rated("Leading Chnge", Fraction(4), Fraction(10))
    found = refusals(weighted_sum_program(), replace(appraisal, elements=(*appraisal.elements, extra)))
    assert [each.code for each in found] == ["SES601"]
    assert found[0].message == "the policy has no element `Leading Chnge`"
    assert found[0].help == "did you mean `Leading Change`?"
    assert found[0].about == "Leading Chnge"


def test_601_requirements_of_an_element_that_is_rated_as_a_whole() -> None:
    rated = Rated("A", Fraction(4), requirements=(Rated("Port", Fraction(3)),))
    found = refusals(program(stage(AVERAGE)), elements(rated))
    assert [(each.code, each.about) for each in found] == [("SES601", "A / Port")]


def test_610_missing_element() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    found = refusals(weighted_sum_program(), replace(appraisal, elements=appraisal.elements[1:]))
    assert [(each.code, each.about) for each in found] == [("SES610", "Leading Change")]
    assert "`Leading Change` is missing" in found[0].message


def test_614_repeated_element() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    doubled = replace(appraisal, elements=(*appraisal.elements, appraisal.elements[0]))
    found = refusals(weighted_sum_program(), doubled)
    assert [(each.code, each.about) for each in found] == [("SES614", "Leading Change")]
    assert found[0].message == "the appraisal names element `Leading Change` `2` times"


@pytest.mark.parametrize(
    ("low", "high", "given", "help"),
    [(3, 3, 2, "add `1` more"), (1, 2, 4, "take `2` out of the plan"), (None, 1, 2, "take `1` out of the plan")],
)
def test_611_element_count(low: int | None, high: int | None, given: int, help: str) -> None:
    counted = stage(AVERAGE, limits=(MemberCount(Kind.CRITICAL, low, high, at("total 100")),))
    found = refusals(program(counted), ratings(*[3] * given))
    assert [(each.code, each.help) for each in found] == [("SES611", help)]
    assert f"`{given}` critical elements" in found[0].message
    assert found[0].origin == at("total 100")


def test_611_counts_only_its_kind() -> None:
    counted = stage(AVERAGE, limits=(MemberCount(Kind.NONCRITICAL, 1, 1),))
    mixed = elements(Rated("A", Fraction(3)), Rated("B", Fraction(3), critical=False))
    assert isinstance(admit(program(counted), mixed), Case)
    assert codes(program(counted), ratings(3, 3)) == ["SES611"]


def test_611_nothing_to_rate_at_all() -> None:
    assert codes(program(stage(AVERAGE)), elements()) == ["SES611"]
    found = refusals(nested_program(), elements(Rated("Goals"), Rated("People", Fraction(3))))
    assert [(each.code, each.about) for each in found] == [("SES611", "Goals")]


# ---- ratings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["0", "6", "4.5", "-1"])
def test_609_level_out_of_range(rating: str) -> None:
    found = refusals(weighted_sum_program(), five((4, rating, 3, 4, 4), PLAN))
    assert [(each.code, each.about) for each in found] == [("SES609", "Leading People")]
    assert f"is rated `{rating}`, which is not level `5`, `4`, `3`, `2` or `1`" in found[0].message


def test_609_level_that_this_element_cannot_get() -> None:
    job = Member("Job", True, LevelScale((5, 3, 1)), None)
    assert codes(program(stage(AVERAGE, members=(job,))), elements(Rated("Job", Fraction(4)))) == ["SES609"]


@pytest.mark.parametrize(("rating", "fits"), [("0", True), ("100", True), ("100.01", False), ("-1", False)])
def test_609_number_off_its_scale(rating: str, fits: bool) -> None:
    one = program(stage(AVERAGE, members=(scaled("Results"),)))
    assert isinstance(admit(one, elements(Rated("Results", Fraction(rating)))), Case) is fits


def test_609_a_rating_of_its_own_for_an_element_that_is_derived() -> None:
    goals = Rated("Goals", Fraction(4), requirements=(Rated("Port", Fraction(3)),))
    found = refusals(nested_program(), elements(goals, Rated("People", Fraction(3))))
    assert [(each.code, each.about) for each in found] == [("SES609", "Goals")]


def test_608_a_missing_rating_stops_the_rating_where_the_policy_says_nothing() -> None:
    found = refusals(weighted_sum_program(), five((4, None, 3, 4, 4), PLAN))
    assert [(each.code, each.about) for each in found] == [("SES608", "Leading People")]


def test_608_the_policys_line_is_the_origin_where_it_says_so() -> None:
    rule = UnratedRule(Kind.CRITICAL, Unrated.STOP, None, at("total 100"))
    found = refusals(program(stage(AVERAGE, unrated=(rule,))), ratings(3, None))
    assert found[0].code == "SES608"
    assert found[0].message.endswith("a missing rating stops the rating")
    assert found[0].origin == at("total 100")


def test_missing_ratings_are_left_out_or_count_as_the_policy_says() -> None:
    left = admitted(program(stage(AVERAGE, unrated=(LEFT_OUT,))), ratings(3, None)).members[1]
    assert (left.level, left.rated) == (None, False)
    rule = UnratedRule(Kind.ELEMENT, Unrated.COUNT_AS, 3)
    counted = admitted(program(stage(AVERAGE, unrated=(rule,))), ratings(5, None)).members[1]
    assert (counted.level, counted.rated) == (3, False)


def test_what_is_said_of_critical_elements_goes_before_what_is_said_of_all() -> None:
    rules = (LEFT_OUT, UnratedRule(Kind.CRITICAL, Unrated.STOP, None))
    policy = program(stage(AVERAGE, unrated=rules))
    assert codes(policy, ratings(3, None)) == ["SES608"]
    lesser = elements(Rated("A", Fraction(3)), Rated("B", critical=False))
    assert isinstance(admit(policy, lesser), Case)


def test_608_a_number_cannot_count_as_a_level() -> None:
    rule = UnratedRule(Kind.ELEMENT, Unrated.COUNT_AS, 3)
    policy = program(stage(AVERAGE, members=(scaled("Results"),), unrated=(rule,)))
    assert codes(policy, elements(Rated("Results"))) == ["SES608"]


@pytest.mark.parametrize(
    ("further", "message"),
    [
        ((), "`A` has no `difficulty`"),
        ((("dificulty", 1), ("difficulty", 1)), "`A` is also rated `dificulty`, which the policy does not define"),
        ((("difficulty", 1), ("difficulty", 0)), "`A` is given `difficulty` more than once"),
        ((("difficulty", 2),), "`A` has `difficulty` `2`, which is not `0` to `1`"),
    ],
)
def test_615_further_ratings(further: tuple[tuple[str, int], ...], message: str) -> None:
    policy = program(stage(AVERAGE, further=(Further("difficulty", Fraction(0), Fraction(1)),)))
    given = tuple((name, Fraction(value)) for name, value in further)
    found = refusals(policy, elements(Rated("A", Fraction(3), further=given)))
    assert [(each.code, each.message) for each in found] == [("SES615", message)]


def test_615_is_not_asked_of_a_member_that_is_left_out() -> None:
    further = (Further("difficulty", Fraction(0), Fraction(1)),)
    policy = program(stage(AVERAGE, further=further, unrated=(LEFT_OUT,)))
    assert isinstance(admit(policy, elements(Rated("A"))), Case)


# ---- weights -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((10, 10, 10, 10, 59), ["SES602"]),
        ((30, 10, 10, 25, 25), ["SES603"]),
        ((35, 30, 5, 5, 25), ["SES603", "SES603"]),
        ((4, 12, 12, 12, 60), ["SES604"]),
        ((61, 5, 5, 5, 24), ["SES603", "SES605"]),
        (("10.5", "9.5", 10, 10, 60), ["SES606", "SES606"]),
        ((None, 10, 10, 20, 60), ["SES607"]),
        ((0, 10, 10, 20, 60), ["SES617"]),
        ((-5, 15, 15, 15, 60), ["SES617"]),
    ],
)
def test_the_limits_on_weights(weights: tuple[int | str | None, ...], expected: list[str]) -> None:
    assert sorted(codes(weighted_sum_program(), five((4, 5, 3, 4, 4), weights))) == expected


def test_602_says_what_is_missing_and_points_at_the_limit() -> None:
    (found,) = refusals(weighted_sum_program(), five((4, 5, 3, 4, 4), ("9.75", 10, 10, 10, 60)))[:1]
    assert (found.code, found.help) == ("SES602", "add `0.25` in all")
    assert found.message == "the weights total `99.75`, not `100`"
    assert found.origin == at("total 100")


def test_602_is_not_said_of_a_plan_that_lacks_an_element() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    assert codes(weighted_sum_program(), replace(appraisal, elements=appraisal.elements[:4])) == ["SES610"]


def test_603_names_both_elements_and_both_cures() -> None:
    (found,) = refusals(weighted_sum_program(), five((4, 4, 4, 4, 4), (40, 15, 10, 10, 25)))
    assert found.message == "`Leading Change` weighs `40`, more than `Results Driven`, which weighs `25`"
    assert "give `Leading Change` at most `25`, or `Results Driven` at least `40`" in found.help
    assert (found.about, found.origin) == ("Leading Change", at('none above "Results Driven"'))


def test_603_an_equal_weight_is_allowed() -> None:
    assert isinstance(admit(weighted_sum_program(), five((4, 4, 4, 4, 4), (20, 20, 20, 20, 20))), Case)


def test_616_weight_that_is_not_used() -> None:
    weighed = elements(Rated("A", Fraction(3), Fraction(50)), Rated("B", Fraction(3)))
    found = refusals(program(stage(AVERAGE)), weighed)
    assert [(each.code, each.about) for each in found] == [("SES616", "A")]


# ---- everything at once --------------------------------------------------------------------------


def test_all_refusals_are_reported_in_one_go() -> None:
    levels: tuple[int | None, ...] = (6, None, 3, 4, 4)
    assert set(codes(weighted_sum_program(), five(levels, ("40.5", 2, 10, 20, 25)))) == {
        *("SES602", "SES603", "SES604", "SES606", "SES608", "SES609")
    }


def test_refusals_of_requirements_name_the_element_too() -> None:
    policy = nested_program(further=(Further("difficulty", Fraction(0), Fraction(1)),))
    goals = Rated("Goals", requirements=(Rated("Port", Fraction(7)), Rated("Spill", Fraction(3), Fraction(5))))
    found = refusals(policy, elements(goals, Rated("People", Fraction(9))))
    assert [(each.code, each.about) for each in found] == [
        ("SES609", "Goals / Port"),
        ("SES615", "Goals / Spill"),
        ("SES616", "Goals / Spill"),
        ("SES609", "People"),
    ]
    assert "`Port` of `Goals` is rated `7`" in found[0].message


def test_every_refusal_is_one_plain_sentence_with_a_cure() -> None:
    policy = weighted_sum_program()
    appraisal = five((6, None, 3, 4, "3.5"), ("40.5", 2, 0, None, 25))
    extra = (*appraisal.elements, Rated("Other", Fraction(3)), appraisal.elements[2])
    for found in refusals(policy, replace(appraisal, elements=extra)):
        assert found.message[0].islower() or found.message[0] == "`"
        assert not found.message.endswith(".")
        assert found.help, found.code
        assert found.about, found.code


def test_wholly_weighted_programs_read_weights_even_without_limits() -> None:
    policy = program(stage(score(WEIGHTED_SUM), weighted=True, points=POINTS))
    assert codes(policy, ratings(3)) == ["SES607"]
    case = admitted(policy, elements(Rated("A", Fraction(3), fraction("12.5"))))
    assert case.members[0].weight == Fraction(25, 2)


# ---- a missing element beside a wrong number of them ----------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "rated", "expected"),
    [
        (5, 4, ["SES610"]),  # the one that is short is the one that is missing
        (5, 3, ["SES610", "SES610"]),
        (6, 4, ["SES610", "SES611"]),  # one is missing, and one more than that is short
        (6, 3, ["SES610", "SES610", "SES611"]),
        (4, 4, ["SES610"]),  # enough in number, though not the right ones
        (6, 5, ["SES611"]),
    ],
)
def test_a_wrong_number_is_told_beside_a_missing_element_only_where_it_is_a_fault_of_its_own(
    asked: int, rated: int, expected: list[str]
) -> None:
    of = weighted_sum_program()
    counted = replace(of, summary=replace(of.summary, limits=(MemberCount(Kind.CRITICAL, asked, asked),)))
    appraisal = five((3, 3, 3, 3, 3), PLAN)
    found = codes(counted, replace(appraisal, elements=appraisal.elements[:rated]))
    assert sorted(found) == expected
