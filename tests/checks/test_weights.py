"""Checks of weights: limits that leave no plan, and whether weights and formula belong together."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.checking import of
from sespms_rules.program.plans import WeightBox, fit

ELEMENTS = "\n".join(f'critical element "{name}"' for name in ("One", "Two", "Three"))
WEIGHTED = "summary rating\n  score is the sum of points times weight\n  score at least 0 is level 3"


def weights(*lines: str) -> str:
    return "\n  ".join(["weights", *lines])


def test_floors_above_the_total_are_told_with_their_sum() -> None:
    (one,) = of("SES212", ELEMENTS, weights("total 100", '"One" at least 50', "all others at least 30"))
    assert one.message == (
        "the lowest weights that 3 elements may have already total `110`, more than the total of `100`"
    )
    assert one.span.text == "total 100"
    assert [label.span.text for label in one.labels] == ['"One" at least 50', "all others at least 30"]


def test_ceilings_below_the_total_are_told_with_their_sum() -> None:
    (one,) = of("SES212", ELEMENTS, weights("total 100", "all at most 30"))
    assert one.message == "the highest weights that 3 elements may have total `90`, less than the total of `100`"


def test_an_element_none_may_be_above_must_have_room() -> None:
    lines = ("total 100", "are whole numbers", '"One" at most 20', '"Two" at least 30', 'none above "One"')
    (one,) = of("SES212", ELEMENTS, weights(*lines))
    assert one.message == ("`Two` weighs at least `30`, but none may be above `One`, which can weigh at most `20`")
    (low,) = of("SES212", ELEMENTS, weights("total 100", '"One" at most 20', 'none above "One"'))
    assert low.message == (
        "with none above `One`, which can weigh at most `20`, 3 elements total at most `60`, "
        "less than the total of `100`"
    )


def test_whole_weights_cannot_total_a_fraction() -> None:
    (one,) = of("SES212", ELEMENTS, weights("total 99.5", "are whole numbers"))
    assert one.message == "whole-number weights cannot total `99.5`"


def test_whole_weights_are_at_least_one_each() -> None:
    (one,) = of("SES212", ELEMENTS, weights("total 2", "are whole numbers"))
    assert "total `3`" in one.message
    assert of("SES212", ELEMENTS, weights("total 2")) == []


def test_elements_of_the_plan_count() -> None:
    assert of("SES212", "  has exactly 4 critical elements", ELEMENTS, weights("total 100", "all at most 30")) == []
    assert of("SES212", "  has 2 to 5 critical elements", weights("total 100", "all at most 20")) == []
    (one,) = of("SES212", "  has 2 to 4 critical elements", weights("total 100", "all at most 20"))
    assert "4 elements may have total `80`" in one.message
    assert of("SES212", "  has at least 2 critical elements", weights("total 100", "all at most 20")) == []


def test_more_elements_than_can_be_counted_are_left_alone() -> None:
    assert of("SES212", weights("total 100", "all at most 0.1")) == []
    assert of("SES212", weights("total 100", "all at most 1")) == []


def test_limits_of_opms_basic_system_leave_plans() -> None:
    lines = ("total 100", "are whole numbers", '"One" at least 20', "all others at least 5", 'none above "One"')
    assert of("SES212", ELEMENTS, weights(*lines)) == []


def test_a_floor_above_the_ceiling_of_the_same_element() -> None:
    lines = ("total 100", '"One" at least 40', "all at most 30")
    (one,) = of("SES213", ELEMENTS, weights(*lines))
    assert one.message == "`One` must weigh at least `40` and at most `30`"
    assert one.span.text == "at least 40"
    assert of("SES212", ELEMENTS, weights(*lines)) == []
    assert of("SES213", ELEMENTS, weights("total 100", '"One" at least 30', "all at most 40")) == []


def test_weights_that_no_formula_reads() -> None:
    plain = "summary rating\n  score is the average of points\n  score at least 0 is level 3"
    (one,) = of("SES223", weights("total 100"), plain)
    assert one.span.text == "weights"
    assert of("SES223", weights("total 100"), WEIGHTED) == []
    assert of("SES223", weights("total 100"), plain.replace("average of points", "average of points by weight")) == []
    assert of("SES223", weights("total 100"), plain.replace("average of points", 'weight of "One"')) == []


@pytest.mark.case("helps for another scale")
@pytest.mark.parametrize(
    ("formula", "best", "advice"),
    [
        ("the average of points", "4.5", "`score is the average of points by weight`,"),
        (
            '50% of the points of "One" + 50% of the points of "Two"',
            "4.5",
            "`score is the average of points by weight`,",
        ),
        ("the average of points * 100", "450", "`score is the sum of points times weight`,"),
        ("the sum of points", "13", "`score is the sum of points times weight` with lines for such scores,"),
    ],
)
def test_weights_are_led_to_a_formula_on_the_scale_of_the_lines(formula: str, best: str, advice: str) -> None:
    """Led to the sum of points times weight beside lines up to 5, an author gave everyone the best level."""
    lines = f"summary rating\n  score is {formula}\n  score at least {best} is level 5\n  score below {best} is level 3"
    (one,) = of("SES223", ELEMENTS, weights("total 100"), lines)
    assert advice in (one.help or "")


def test_weights_of_which_nothing_is_said() -> None:
    (one,) = of("SES224", WEIGHTED)
    assert one.span.text == "score is the sum of points times weight"
    assert of("SES224", WEIGHTED, weights("total 100")) == []


def test_weights_without_a_total() -> None:
    (one,) = of("SES225", weights("are whole numbers"), WEIGHTED)
    assert one.span.text == "weights"
    assert of("SES225", weights("total 100"), WEIGHTED) == []


def test_a_total_of_zero() -> None:
    (one,) = of("SES226", weights("total 0"))
    assert one.span.text == "0"
    assert of("SES212", weights("total 0")) == []
    inside = 'critical element "One"\n  requirements are rated\n  requirement weights total 0'
    assert len(of("SES226", inside)) == 1


def _is_legal(total: Fraction, whole: bool, boxes: list[WeightBox], chosen: tuple[Fraction, ...]) -> bool:
    within = all(
        weight > 0 and weight >= box.low and (box.high is None or weight <= box.high)
        for weight, box in zip(chosen, boxes, strict=True)
    )
    heaviest = all(max(chosen) <= weight for weight, box in zip(chosen, boxes, strict=True) if box.top)
    return within and heaviest and sum(chosen) == total and (not whole or all(w.denominator == 1 for w in chosen))


HALVES = st.integers(-2, 14).map(lambda number: Fraction(number, 2))
BOXES = st.lists(
    st.builds(WeightBox, HALVES, st.none() | HALVES, st.booleans()),
    min_size=1,
    max_size=3,
)


@given(st.integers(1, 16).map(lambda number: Fraction(number, 2)), st.booleans(), BOXES)
def test_weights_are_found_exactly_when_there_are_some(total: Fraction, whole: bool, boxes: list[WeightBox]) -> None:
    found = fit(total, whole, boxes)
    if found is not None:
        assert _is_legal(total, whole, boxes, found)
        return
    # Sixths and quarters: the middle of any polygon that limits in halves can draw for three weights.
    unit = 1 if whole else 12
    steps = range(1, int(total * unit) + 1)
    for some in product(steps, repeat=len(boxes) - 1):
        plan = tuple(Fraction(each, unit) for each in some)
        assert not _is_legal(total, whole, boxes, (*plan, total - sum(plan)))


def test_a_weight_of_zero_is_not_taken_out_where_another_line_would_hold_the_element() -> None:
    zero = '"One" at least 0'
    (alone,) = of("SES272", ELEMENTS, weights("total 100", zero), WEIGHTED)
    assert [each.title for each in alone.fixes] == ["take the line out, as it asks for nothing"]
    (beside,) = of("SES272", ELEMENTS, weights("total 100", zero, "all others at least 20"), WEIGHTED)
    assert beside.fixes == ()
