"""Explanations: numbered text with the policy's lines, the same as data, and the smallest change of the level."""

from __future__ import annotations

import json
from fractions import Fraction

from programs import (
    REQUIREMENTS,
    Tie,
    any_at,
    at_least,
    average,
    band,
    every_at,
    five,
    member,
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
from sespms_rules.engines.reference import rate
from sespms_rules.explain import Explanation, explanation
from sespms_rules.frozen import replace
from sespms_rules.ir import Definition, Kind, LevelScale, LookUp, Member, OfMember, Program, Table, Take, TheLevel
from sespms_rules.rating import Appraisal, Rated

PLAN = (10, 10, 10, 10, 60)


def explained(of: Program, appraisal: Appraisal) -> Explanation:
    return explanation(of, appraisal, rate(of, appraisal))


def changes(of: Program, appraisal: Appraisal) -> list[tuple[str, int, int | None]]:
    return [(each.element, int(each.after), each.level) for each in explained(of, appraisal).changes]


# ---- text ----------------------------------------------------------------------------------------


def test_the_text_is_numbered_and_quotes_the_policy() -> None:
    text = explained(weighted_sum_program(), five((4, 5, 3, 4, 4), PLAN)).as_text(width=90)
    assert (
        text
        == """\
Invented system: one
score 400, level 4, Exceeds

1. score: the sum of points times weight: 40 + 50 + 30 + 40 + 240 = 400
   line 1: score is the sum of points times weight (under "5 CFR 430.305(a)(5)")
   1.1 Leading Change: level 4 is 4 points, times weight 10 is 40
   1.2 Leading People: level 5 is 5 points, times weight 10 is 50
   1.3 Business Acumen: level 3 is 3 points, times weight 10 is 30
   1.4 Building Coalitions: level 4 is 4 points, times weight 10 is 40
   1.5 Results Driven: level 4 is 4 points, times weight 60 is 240
2. any critical element at level 1 makes the rating level 1: none of the 5 critical
   elements is at level 1, so this does not apply
   line 6: any critical element at level 1 makes the rating level 1
3. 400 lies in 400 to 474: level 4
   line 3: score 400 to 474 is level 4

The smallest changes of one rating that would alter the level, 5 of one size:
- `Leading Change` level 3 instead of 4 would make it level 3, Successful, with score 390
- `Leading People` level 4 instead of 5 would make it level 3, Successful, with score 390
- `Business Acumen` level 2 instead of 3 would make it level 3, Successful, with score 390
- `Building Coalitions` level 3 instead of 4 would make it level 3, Successful, with score
  390
- `Results Driven` level 3 instead of 4 would make it level 3, Successful, with score 340"""
    )


def test_no_line_is_wider_than_asked() -> None:
    text = explained(weighted_sum_program(), five((1, 5, 3, 1, 4), PLAN)).as_text(width=60)
    assert max(map(len, text.splitlines())) <= 60


def test_a_refusal_is_told_with_every_reason_and_its_line() -> None:
    text = explained(weighted_sum_program(), five((4, 4, 4, 4, 4), (40, 15, 10, 10, 25))).as_text()
    assert "error SES603 outweighed" in text
    assert "help: no element may weigh more than `Results Driven`" in text
    assert 'none above "Results Driven"' in text
    assert text.endswith("There is no rating, so no change of one rating is shown.")


def test_reported_values_are_said() -> None:
    pay = Definition("pay", LookUp("Pay", TheLevel()))
    policy = program(stage(score(average()), pay, rows=(at_least(1, 4),), reported=("pay",)), Table("Pay", (), "B"))
    assert 'Also reported: "pay" B' in explained(policy, ratings(3)).as_text()


def test_a_rating_of_another_engine_is_told_by_the_reference() -> None:
    appraisal = five((4, 5, 3, 4, 4), PLAN)
    other = replace(rate(weighted_sum_program(), appraisal, trace=False), engine="durable")
    assert explanation(weighted_sum_program(), appraisal, other).trace.steps


# ---- data ----------------------------------------------------------------------------------------


def test_the_data_holds_the_tree_with_exact_numbers_and_places() -> None:
    data = json.loads(json.dumps(explained(weighted_sum_program(), five((4, 5, 3, 4, 4), PLAN)).as_json()))
    assert data["schema"] == "sespms.explanation.v1"
    assert (data["score"], data["level"], data["term"], data["outcome"]) == ("400", 4, "Exceeds", "rated")
    scored, _, row = data["trace"]["steps"]
    assert set(scored) == {"says", "value", "before", "line", "text", "citation", "steps"}
    assert (scored["line"], scored["citation"]) == (1, "5 CFR 430.305(a)(5)")
    assert len(scored["steps"]) == 5
    assert (row["value"], row["line"], row["text"]) == ("level 4", 3, "score 400 to 474 is level 4")
    assert data["changes"][0] == {
        "element": "Leading Change",
        "requirement": None,
        "before": "4",
        "after": "3",
        "level": 3,
        "term": "Successful",
        "score": "390",
        "says": "`Leading Change` level 3 instead of 4 would make it level 3, Successful, with score 390",
    }


def test_the_data_of_a_refusal_holds_every_reason() -> None:
    data = explained(weighted_sum_program(), five((9, 4, 4, 4, 4), (40, 15, 10, 10, 25))).as_json()
    assert [each["code"] for each in data["refused"]] == ["SES609", "SES603"]
    assert (data["refused"][1]["about"], data["refused"][1]["line"]) == ("Leading Change", 8)
    assert (data["score"], data["level"], data["changes"]) == (None, None, [])


def test_a_value_before_rounding_is_in_the_data() -> None:
    policy = program(stage(score(rounded(average(), Tie.HALF_UP, 1)), rows=(band(1, 5, 4),)))
    step = explained(policy, ratings(5, 4, 4, 4)).as_json()["trace"]["steps"][0]
    assert (step["before"], step["value"]) == ("4.25", "4.3")


# ---- the smallest change -------------------------------------------------------------------------


def test_the_nearest_change_is_the_smallest_one() -> None:
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3))))
    assert changes(policy, ratings(5, 2)) == [("B", 3, 5)]
    assert changes(policy, ratings(1, 1)) == []


def test_upward_changes_come_before_downward_ones_and_then_the_order_of_the_appraisal() -> None:
    rows = (at_least(4, 5), when(every_at(3), 4), otherwise(3))
    policy = program(stage(score(average()), rows=rows, first=True))
    assert changes(policy, ratings(3, 4)) == [("A", 4, 5), ("B", 5, 5), ("B", 3, 4)]


def test_only_levels_that_the_element_can_get_are_tried() -> None:
    odd = Member("Job", True, LevelScale((5, 3, 1)), None)
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3)), members=(odd, member("B"))))
    appraisal = Appraisal("one", (Rated("Job", Fraction(3)), Rated("B", Fraction(5))))
    assert changes(policy, appraisal) == [("B", 4, 3)]  # level 2 of the first would do it too, but it cannot get it


def test_it_is_said_plainly_when_no_single_change_alters_the_level() -> None:
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3))))
    assert explained(policy, ratings(1, 1)).as_text().endswith("No change of a single rating would alter the level.")


def test_numbers_on_a_scale_are_tried_in_steps_of_one() -> None:
    rows = (at_least(91, 5), band(0, "90.99", 4))
    policy = program(stage(score(OfMember(Take.POINTS, "R")), rows=rows, members=(scaled("R"),)))
    (change,) = explained(policy, Appraisal("one", (Rated("R", Fraction("87.5")),))).changes
    assert (change.after, change.level) == (Fraction("91.5"), 5)
    assert change.as_text() == "`R` rated 91.5 instead of 87.5 would make it level 5, Outstanding, with score 91.5"


def test_requirements_are_tried_inside_their_element() -> None:
    inner = stage(
        score(average(REQUIREMENTS)), rows=(at_least(4, 5), band(1, "3.99", 3)), name="Goals", kind=Kind.REQUIREMENT
    )
    summary = stage(rows=(when(every_at(5), 5), otherwise(3)), first=True, members=(member("Goals", stage=inner),))
    goals = Rated("Goals", requirements=(Rated("Port", Fraction(3)), Rated("Spill", Fraction(4))))
    found = explained(program(summary), Appraisal("one", (goals,))).changes
    assert [(each.element, each.requirement, each.after, each.level) for each in found] == [
        ("Goals", "Port", 4, 5),
        ("Goals", "Spill", 5, 5),
    ]
    assert found[0].as_text().startswith("`Port` of `Goals` level 4 instead of 3")


def test_a_change_that_would_be_refused_is_none() -> None:
    policy = program(stage(score(average()), rows=(band(3, 3, 3), band(5, 5, 5))))
    assert changes(policy, ratings(3)) == [("A", 5, 5)]


def test_a_single_override_is_what_one_change_lifts() -> None:
    policy = program(stage(score(average()), rows=(at_least(0, 4),), overrides=(when(any_at(1), 1),)))
    assert changes(policy, ratings(1, 5)) == [("A", 2, 4)]
    assert changes(policy, ratings(1, 1)) == []
