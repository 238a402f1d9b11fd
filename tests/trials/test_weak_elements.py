"""A level far above the weakest element, and a higher level with a weaker floor than a lower one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.program.rating import Appraisal, Rated
from trials.trying import BANDS, LEVELS, OVERRIDE, of, program_of, rating

FOLLOWS = '  follows "5 CFR part 430, subpart C"'
THREE = "  has exactly 3 critical elements"
AVERAGE = rating("the average of points", BANDS, OVERRIDE)


def test_a_level_far_above_the_weakest_element_is_a_note_with_its_witness() -> None:
    (one,) = of("SES253", FOLLOWS, THREE, LEVELS, AVERAGE)
    assert one.severity is Severity.NOTE
    assert one.message == "with a critical element rated `2` the rating can still be level 4, at a score of `4`"
    assert one.help.startswith(
        "a plan with 3 elements rated 2, 5 and 5 shows it; if that is not meant, add a condition"
    )


@pytest.mark.parametrize(
    "fragments",
    [
        (THREE, LEVELS, AVERAGE),
        (FOLLOWS, THREE, "  is outside the Senior Executive Service", LEVELS, AVERAGE),
        (FOLLOWS, "  has exactly 1 critical elements", LEVELS, AVERAGE),
        (FOLLOWS, THREE, LEVELS, AVERAGE + "  any critical element below level 3 makes the rating level 2\n"),
    ],
)
def test_silent_where_no_rules_are_followed_or_none_can_be_that_far(fragments: tuple[str, ...]) -> None:
    assert of("SES253", *fragments) == []


def test_one_level_apart_is_not_far() -> None:
    """With two elements at most, 2 and 5 have a mean of 3.5; where that is level 3 it is one level above."""
    bands = BANDS.replace("3.5", "3.6")
    assert (
        of("SES253", FOLLOWS, "  has exactly 2 critical elements", LEVELS, rating("the average of points", bands)) == []
    )
    (one,) = of("SES253", FOLLOWS, "  has exactly 2 critical elements", LEVELS, rating("the average of points", BANDS))
    assert "rated `2` the rating can still be level 4, at a score of `3.5`" in one.message


def _floors(high: str, low: str, cut: str = "4") -> str:
    return (
        "summary rating\n  score is the average of points\n  take the first line that fits\n"
        f"  score at least {cut}{high} is level 5\n  score at least 3.6{low} is level 4\n"
        "  score at least 2.5 is level 3\n  level 2 otherwise\n"
    )


BELOW_3 = " with no element below level 3"
BELOW_2 = " with no element below level 2"


def test_a_weaker_floor_above_is_shown() -> None:
    (one,) = of("SES252", THREE, LEVELS, _floors(BELOW_2, BELOW_3))
    assert one.severity is Severity.WARNING
    assert one.message == (
        "level 5 lets an element be as low as level 2, which level 4 does not: with a critical element rated `2` the "
        "rating can be level 5"
    )
    assert one.help.startswith("a plan with 3 elements rated 2, 5 and 5 shows it")
    assert [label.message for label in one.labels] == ["level 4 asks for no element below level 3"]


def test_no_floor_is_the_weakest() -> None:
    (one,) = of("SES252", THREE.replace("3", "4"), LEVELS, _floors("", BELOW_3))
    assert "level 5 lets an element be at any level, which level 4 does not" in one.message
    assert "rated `1`" in one.message


@pytest.mark.parametrize(
    ("high", "low", "cut"), [(BELOW_3, BELOW_3, "4"), (BELOW_3, BELOW_2, "4"), ("", "", "4"), (BELOW_2, BELOW_3, "4.1")]
)
def test_no_weaker_floor_or_one_that_no_score_comes_down_to(high: str, low: str, cut: str) -> None:
    """The best mean of three with an element at 2 is 4, so behind a cut of 4.1 a weaker floor lets nobody in."""
    assert of("SES252", THREE, LEVELS, _floors(high, low, cut)) == []


@pytest.mark.parametrize("cut", ["3.7", "4", "4.1", "4.4", "4.7"])
@pytest.mark.parametrize("floor", [BELOW_2, ""])
def test_found_where_trying_all_finds_it(cut: str, floor: str) -> None:
    fragments = (THREE, LEVELS, _floors(floor, BELOW_3, cut))
    program = program_of(*fragments)
    shown = [
        ratings
        for ratings in product(range(1, 6), repeat=3)
        if min(ratings) < 3
        and rate(
            program,
            Appraisal("x", tuple(Rated(f"E{place}", Fraction(each)) for place, each in enumerate(ratings))),
            trace=False,
        ).level
        == 5
    ]
    assert bool(of("SES252", *fragments)) is bool(shown)
