"""Points that only show in a score."""

from __future__ import annotations

import pytest

from checks.checking import LEVELS, marked, of

OVERRIDE = "  any critical element at level 1 makes the rating level 1"
BANDS = "summary rating\n  score is the average of points\n  score at least 3 is level 3\n  score below 3 is level 2\n"


def test_points_of_a_level_that_always_decides() -> None:
    (one,) = of("SES248", LEVELS, BANDS + OVERRIDE)
    assert marked([one]) == ["0"]
    assert one.message == "the `0` points of level 1 never decide a rating: a line makes it level 1 whatever the score"
    assert [label.span.text for label in one.labels] == [OVERRIDE.strip()]


def test_points_that_are_the_number_of_their_level_were_not_chosen() -> None:
    assert of("SES248", LEVELS.replace("0 points", "1 point"), BANDS + OVERRIDE) == []


@pytest.mark.parametrize(
    "override",
    [
        "",
        "  at least 2 elements at level 1 make the rating level 1",
        "  every element at level 1 makes the rating level 1",
        "  more than half of the elements at level 1 make the rating level 1",
        "  at least 10% elements at level 1 make the rating level 1",
        "  any element below level 1 makes the rating level 1",
    ],
)
def test_an_override_that_lets_some_appraisals_pass(override: str) -> None:
    assert of("SES248", LEVELS, BANDS + override) == []


def test_an_override_of_all_lower_levels() -> None:
    found = of(
        "SES248",
        LEVELS.replace("2 points", "2.5 points"),
        BANDS + "  any element below level 3 makes the rating level 2",
    )
    assert [each.message.split(":")[0] for each in found] == [
        "the `2.5` points of level 2 never decide a rating",
        "the `0` points of level 1 never decide a rating",
    ]


def test_an_override_of_critical_elements_where_others_can_have_the_level() -> None:
    named = 'critical element "One"\nnoncritical element "Two"'
    assert of("SES248", named, LEVELS, BANDS + OVERRIDE) == []
    assert len(of("SES248", named, LEVELS, BANDS + OVERRIDE.replace("critical element", "element"))) == 1


def test_points_that_the_requirements_of_an_element_read() -> None:
    nested = (
        'critical element "One"\n  requirements are rated\n  score is the average of points\n'
        "  score at least 3 is level 3\n  score below 3 is level 2"
    )
    assert of("SES248", nested, LEVELS, BANDS + OVERRIDE) == []
    decided = nested + "\n  any requirement at level 1 makes the rating level 1"
    assert len(of("SES248", decided, LEVELS, BANDS + OVERRIDE)) == 1


def test_points_that_nothing_reads() -> None:
    counted = (
        "summary rating\n  level 3 when no element is below level 3\n  level 2 when any element is below level 3\n"
    )
    assert of("SES248", LEVELS, counted + OVERRIDE) == []
