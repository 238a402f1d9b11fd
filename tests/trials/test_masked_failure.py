"""A failed critical element that others make up for."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sespms_rules.checks.by_trial as trials
from nights import at_depth
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from trials.trying import BANDS, LEVELS, OVERRIDE, of, rating

CODE = "SES247"
TWO = 'critical element "One"\n\ncritical element "Two"\n'
COUNT = "  has exactly 3 critical elements"
AVERAGE = rating("the average of points", BANDS)


def test_every_trial_is_in_the_list_and_none_is_an_error() -> None:
    codes = ["SES246", "SES247", "SES252", "SES253", "SES267", "SES268", "SES280", "SES281", "SES297"]
    assert sorted(trials.CODES) == codes
    assert {each.FINDING.severity for each in trials.TRIALS} == {Severity.WARNING, Severity.NOTE}


def test_a_failed_element_that_the_others_make_up_for() -> None:
    (one,) = of(CODE, COUNT, LEVELS, AVERAGE)
    assert one.message == (
        "failing in a critical element can be made up for: with a critical element rated `1` the rating can still be "
        "level 4, at a score of `11/3`"
    )
    assert one.help.startswith("a plan with 3 elements rated 1, 5 and 5 shows it; add the line")
    assert "`any critical element at level 1 makes the rating level 1`" in one.help
    assert one.severity is Severity.WARNING
    assert one.citations == ("5 CFR 430.303",)


def test_a_line_that_decides_leaves_nothing_to_make_up() -> None:
    assert of(CODE, COUNT, LEVELS, AVERAGE + OVERRIDE) == []
    lines = "  take the first line that fits\n  level 1 when any critical element is at level 1\n"
    assert (
        of(CODE, COUNT, LEVELS, rating("the average of points", lines, BANDS.replace("below 1.5", "below 1.4"))) == []
    )


def test_a_line_that_decides_too_gently() -> None:
    gently = "  any critical element at level 1 makes the rating level 3\n"
    (one,) = of(CODE, COUNT, LEVELS, AVERAGE + gently)
    assert "the rating can still be level 3" in one.message
    assert of(CODE, COUNT, LEVELS, AVERAGE + gently.replace("level 3\n", "level 2\n")) == []


def test_failing_in_an_element_that_is_not_critical_is_allowed() -> None:
    text = 'critical element "One"\nnoncritical element "Two"\n'
    assert of(CODE, text, LEVELS, AVERAGE + OVERRIDE) == []
    (one,) = of(CODE, text, LEVELS, rating("the average of points", BANDS))
    assert "with `One` rated `1`" in one.message


def test_a_note_where_the_system_is_not_for_executives() -> None:
    (one,) = of(CODE, "  is outside the Senior Executive Service", COUNT, LEVELS, AVERAGE)
    assert one.severity is Severity.NOTE


def test_the_form_of_the_dhs_is_told() -> None:
    text = policy_path("agencies/dhs_ses_2011.sespms").read_text(encoding="utf-8")
    (one,) = (each for each in compile_source(Source("dhs", text)).diagnostics if each.code == CODE)
    assert one.severity is Severity.WARNING
    assert "with `Leadership` rated `30` the rating can still be level 3, at a score of `72`" in one.message
    assert "let a line read the lowest of the elements" in one.help


def test_weights_are_as_light_as_they_may_be_on_the_failed_element() -> None:
    weights = "weights\n  total 100\n  are whole numbers\n  all at least {}\n"
    score = rating("the sum of points times weight / 100", BANDS)
    (light,) = of(CODE, TWO, LEVELS, weights.format(10), score)
    assert "`One` weight 10 rated 1 and `Two` weight 90 rated 5" in light.help
    heavy = score.replace("at least 2.5", "at least 3.5").replace(
        "at least 3.5 and below 4.5", "at least 4 and below 4.5"
    )
    heavy = heavy.replace("at least 3.5 and below 3.5 is level 3", "at least 3.6 and below 4 is level 3")
    heavy = heavy.replace("at least 1.5 and below 2.5", "at least 1.5 and below 3.6")
    assert of(CODE, TWO, LEVELS, weights.format(36), heavy) == []
    assert len(of(CODE, TWO, LEVELS, weights.format(35), heavy)) == 1


@pytest.mark.case("failures inside an element")
def test_an_element_derived_from_its_requirements() -> None:
    nested = (
        'critical element "One"\n  has 2 to 4 requirements\n  requirements are rated\n'
        "  score is the average of points\n" + BANDS + '\ncritical element "Two"\n'
    )
    score = '30% of the score of "One" + 70% of the points of "Two"'
    (one,) = of(CODE, nested, LEVELS, rating(score, BANDS))
    assert "with `One` at its lowest in every requirement the rating can still be level 4" in one.message
    assert of(CODE, nested, LEVELS, rating(score, BANDS, OVERRIDE)) == []


def test_elements_that_cannot_be_at_the_lowest_level_cannot_fail() -> None:
    text = TWO.replace('"\n', '"\n  rated on levels 5, 4, 3 and 2\n')
    assert of(CODE, text, LEVELS, AVERAGE) == []


def test_a_policy_without_a_derivation() -> None:
    assert of(CODE, TWO, LEVELS) == []


# ---- against appraisals counted out ------------------------------------------------------------------


@settings(max_examples=at_depth(20, 60))
@given(
    st.integers(1, 4),
    st.lists(st.integers(10, 50).map(lambda tenths: Fraction(tenths, 10)), min_size=4, max_size=4, unique=True),
)
def test_found_where_counting_finds_it(count: int, cuts: list[Fraction]) -> None:
    said = [f"{cut.numerator / cut.denominator:.1f}" for cut in sorted(cuts, reverse=True)]
    lines = [f"  score at least {said[0]} is level 5\n"]
    lines += [
        f"  score at least {low} and below {high} is level {level}\n"
        for level, high, low in zip((4, 3, 2), said, said[1:], strict=False)
    ]
    lines += [f"  score below {said[3]} is level 1\n"]
    found = of(CODE, f"  has exactly {count} critical elements", LEVELS, rating("the average of points", *lines))
    third = sorted(cuts, reverse=True)[2]
    masked = [
        ratings
        for ratings in combinations_with_replacement((5, 4, 3, 2, 1), count)
        if min(ratings) == 1 and Fraction(sum(ratings), count) >= third
    ]
    assert bool(found) == bool(masked)
