"""Explanations: numbered text with the policy's lines, the same as data, and the smallest change of the level."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from engines.scoring import PLAN
from programs import (
    REQUIREMENTS,
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
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import (
    Definition,
    Kind,
    LevelScale,
    LookUp,
    Member,
    OfMember,
    Program,
    Table,
    Take,
    TheLevel,
    Tie,
)
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.explanation import Explanation, Towards, explanation
from sespms_rules.studies.explanation.solved import solved


def explained(of: Program, appraisal: Appraisal) -> Explanation:
    return explanation(of, appraisal, rate(of, appraisal))


def changes(of: Program, appraisal: Appraisal) -> list[tuple[str, int, int | None]]:
    found = [(each.moves[0], each.level) for each in explained(of, appraisal).changes]
    return [(move.element, int(move.after), level) for move, level in found]


# ---- text ----------------------------------------------------------------------------------------


def test_the_text_is_numbered_and_quotes_the_policy() -> None:
    text = explained(weighted_sum_program(), five((4, 5, 3, 4, 4), PLAN)).as_text()
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
2. any critical element at level 1 makes the rating level 1: none of the 5 critical elements is at
   level 1, so this does not apply
   line 6: any critical element at level 1 makes the rating level 1
3. 400 lies in 400 to 474: level 4
   line 3: score 400 to 474 is level 4

To raise the level takes a change of 2 ratings, by 3 steps in all:
- `Business Acumen` level 5 instead of 3 and `Results Driven` level 5 instead of 4 together would
  make it level 5, Outstanding, with score 480
proved smallest: no change of fewer than 2 ratings, and none of 2 by fewer steps, raises the level
  (95 other appraisals were tried)

To lower the level takes a change of 1 rating by 1 step, in 5 ways:
- `Leading Change` level 3 instead of 4 would make it level 3, Successful, with score 390
- `Leading People` level 4 instead of 5 would make it level 3, Successful, with score 390
- `Business Acumen` level 2 instead of 3 would make it level 3, Successful, with score 390
- `Building Coalitions` level 3 instead of 4 would make it level 3, Successful, with score 390
- `Results Driven` level 3 instead of 4 would make it level 3, Successful, with score 340
proved smallest: no change is smaller than 1 step (9 other appraisals were tried)"""
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
    assert set(scored) == {
        "kind", "about", "says", "value", "before", "line", "text", "citation", "steps",
    }  # fmt: skip
    assert (scored["kind"], scored["about"], scored["steps"][0]["about"]) == ("score", None, "Leading Change")
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


@pytest.mark.case("steps of one rating")
def test_only_levels_that_the_element_can_get_are_tried() -> None:
    odd = Member("Job", True, LevelScale((5, 3, 1)), None)
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3)), members=(odd, member("B"))))
    appraisal = Appraisal("one", (Rated("Job", Fraction(3)), Rated("B", Fraction(5))))
    # Level 2 of the first would do it too, but it cannot get it: the next below 3 that it can get is 1, one step away.
    assert changes(policy, appraisal) == [("Job", 1, 3), ("B", 4, 3)]


@pytest.mark.case("steps of one rating")
def test_a_step_is_to_the_next_level_the_element_can_get_for_the_search_and_for_the_solver() -> None:
    odd = Member("Job", True, LevelScale((5, 3, 1)), None)
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3)), members=(odd, member("B"))))
    appraisal = Appraisal("one", (Rated("Job", Fraction(1)), Rated("B", Fraction(5))))
    (flip,) = (each for each in explained(policy, appraisal).flips if each.changes)
    assert [int(each.steps) for each in flip.changes] == [1]
    again = solved(policy, appraisal, 3, flip.towards, 1, 0)
    assert [int(each.steps) for each in again.changes] == [1]
    assert [int(each.steps) for each in again.changes] == [LevelScale((5, 3, 1)).steps(Fraction(1), Fraction(3))]


def test_it_is_said_plainly_when_no_single_change_alters_the_level() -> None:
    policy = program(stage(score(average()), rows=(at_least(4, 5), band(1, "3.99", 3))))
    found = explained(policy, ratings(1, 1))
    assert found.as_json()["no_change"] == "No change of a single rating would alter the level."
    text = " ".join(found.as_text().split())
    assert "To raise the level takes a change of 2 ratings, by 6 steps in all, in 3 ways:" in text
    assert text.endswith("Nothing could lower the level: level 3 is the lowest that the policy gives.")


def test_numbers_on_a_scale_are_tried_in_steps_of_one() -> None:
    rows = (at_least(91, 5), band(0, "90.99", 4))
    policy = program(stage(score(OfMember(Take.POINTS, "R")), rows=rows, members=(scaled("R"),)))
    (change,) = explained(policy, Appraisal("one", (Rated("R", Fraction("87.5")),))).changes
    assert (change.moves[0].after, change.level) == (Fraction("91.5"), 5)
    assert change.as_text() == "`R` rated 91.5 instead of 87.5 would make it level 5, Outstanding, with score 91.5"


def test_requirements_are_tried_inside_their_element() -> None:
    inner = stage(
        score(average(REQUIREMENTS)), rows=(at_least(4, 5), band(1, "3.99", 3)), name="Goals", kind=Kind.REQUIREMENT
    )
    summary = stage(rows=(when(every_at(5), 5), otherwise(3)), first=True, members=(member("Goals", stage=inner),))
    goals = Rated("Goals", requirements=(Rated("Port", Fraction(3)), Rated("Spill", Fraction(4))))
    found = explained(program(summary), Appraisal("one", (goals,))).changes
    assert [(each.moves[0].element, each.moves[0].requirement, each.moves[0].after, each.level) for each in found] == [
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


# ---- the smallest change of several ratings ------------------------------------------------------


def by_brute_force(of: Program, appraisal: Appraisal, towards: Towards) -> tuple[int, int, int] | None:
    """The size of the smallest change, and in how many ways it goes, by rating every vector of levels there is."""
    level = rate(of, appraisal).level
    assert level is not None
    before = [int(each.rating or 0) for each in appraisal.elements]
    sizes: Counter[tuple[int, int]] = Counter()
    for vector in product((1, 2, 3, 4, 5), repeat=len(before)):
        elements = [replace(each, rating=Fraction(to)) for each, to in zip(appraisal.elements, vector, strict=True)]
        got = rate(of, replace(appraisal, elements=tuple(elements)), trace=False).level
        if got is not None and (got > level if towards is Towards.RAISE else got < level):
            moves = [abs(one - other) for one, other in zip(before, vector, strict=True)]
            sizes[sum(map(bool, moves)), sum(moves)] += 1
    return (*min(sizes), sizes[min(sizes)]) if sizes else None


VECTORS = [(4, 5, 3, 4, 4), (5, 5, 5, 5, 5), (1, 1, 2, 3, 3), (3, 3, 3, 3, 3), (2, 5, 5, 5, 4), (1, 1, 1, 1, 1)]


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_smallest_change_is_what_trying_everything_finds_and_what_the_solver_finds(vector: tuple[int, ...]) -> None:
    policy, appraisal = weighted_sum_program(), five(vector, (13, 17, 10, 20, 40))
    found = explained(policy, appraisal)
    for flip in found.flips:
        wanted = by_brute_force(policy, appraisal, flip.towards)
        assert flip.proved
        if wanted is None:
            assert flip.changes == ()
            continue
        sizes = {(len(each.moves), int(each.steps)) for each in flip.changes}
        assert sizes == {wanted[:2]}
        assert len(flip.changes) == wanted[2]
        again = solved(policy, appraisal, found.rating.level or 0, flip.towards, 1, 0)
        assert again.proved
        (change,) = again.changes
        assert change in flip.changes


def test_where_there_are_too_many_changes_to_try_the_solver_proves_the_smallest() -> None:
    rows = (when(every_at(5), 5), otherwise(3))
    policy = program(stage(score(average()), rows=rows, first=True))
    found = explained(policy, ratings(*[4] * 8))
    raised, lowered = found.flips
    assert (raised.proved, raised.solved, len(raised.changes)) == (True, True, 1)
    assert (len(raised.changes[0].moves), raised.changes[0].level) == (8, 5)
    assert raised.tried < 4_000
    assert "no change of fewer than 8 ratings raises the level" in " ".join(found.as_text().split())
    assert "the solver covered the rest" in " ".join(found.as_text().split())
    assert lowered.why == "level 3 is the lowest that the policy gives"


def test_that_no_change_reaches_another_level_is_proved() -> None:
    rows = (at_least(6, 5), band(0, "5.99", 3), band(-9, -1, 1))
    found = explained(program(stage(score(average()), rows=rows)), ratings(3, 3))
    raised, lowered = found.flips
    assert (raised.changes, raised.proved, raised.tried) == ((), True, 24)
    assert (lowered.changes, lowered.proved, lowered.tried) == ((), True, 24)
    text = " ".join(found.as_text().split())
    assert "No change of ratings would raise the level: proved for this plan (24 other appraisals were tried)." in text


def test_both_directions_are_in_the_data_with_every_way() -> None:
    data = explained(weighted_sum_program(), five((4, 5, 3, 4, 4), PLAN)).as_json()
    assert (data["to_raise"]["ratings"], data["to_raise"]["steps"], data["to_raise"]["tried"]) == (2, "3", 95)
    assert data["to_raise"]["ways"][0]["moves"][0] == {
        "element": "Business Acumen",
        "requirement": None,
        "before": "3",
        "after": "5",
    }
    assert len(data["to_lower"]["ways"]) == 5
    assert data["to_lower"]["proved"] is True
