"""Checks of elements, of counts and shares, and of days."""

from __future__ import annotations

import pytest

from checks.checking import LEVELS, marked, of

ONE = 'critical element "One"'


def test_more_elements_named_than_a_plan_may_have() -> None:
    (one,) = of(
        "SES230", "  has exactly 1 critical element".replace("element", "elements"), ONE, ONE.replace("One", "Two")
    )
    assert one.message == "the system names 2 critical elements, but a plan may have at most `1`"
    assert one.span.text == "exactly 1"
    assert [label.span.text for label in one.labels] == ['critical element "Two"']


@pytest.mark.parametrize("limit", ["exactly 5", "1 to 2", "at least 1", "at most 1"])
def test_fewer_elements_named_than_a_plan_may_have_is_no_fault(limit: str) -> None:
    assert of("SES230", f"  has {limit} critical elements", ONE, 'noncritical element "Two"') == []


def test_a_noncritical_element_is_a_warning_without_a_citation() -> None:
    (one,) = of("SES231", ONE, 'noncritical element "Two"')
    assert one.severity == "warning"
    assert one.citations == ()
    assert one.span.text == 'noncritical element "Two"'


def test_an_element_rated_on_a_level_that_is_not_there() -> None:
    without = LEVELS.replace('  level 2 "Minimally Satisfactory" 2 points\n', "")
    (one,) = of("SES232", without, ONE + "\n  rated on levels 5, 3 and 2")
    assert one.span.text == "2"
    assert one.message == 'the critical element "One" is rated on level 2, which the system does not have'
    assert of("SES232", LEVELS, ONE + "\n  rated on levels 5, 3 and 2") == []


def test_rated_requirements_that_lead_nowhere() -> None:
    (one,) = of("SES234", ONE + "\n  requirements are rated")
    assert one.span.text == "requirements are rated"
    assert of("SES234", ONE + "\n  requirements are rated\n  level 3 when any requirement is rated") == []
    assert of("SES234", ONE) == []


def test_a_day_that_only_leap_years_have() -> None:
    (one,) = of("SES237", "appraisal period\n  runs March 1 to February 29")
    assert one.span.text == "February 29"
    for day in ("February 28", "December 31", "September 29"):
        assert of("SES237", f"appraisal period\n  runs October 1 to {day}") == []


def test_shares_of_more_than_everything() -> None:
    cap = "distribution\n  at most 130% of career executives at level 4 or better"
    (one,) = of("SES238", cap)
    assert one.message == "`130%` is more than all of it"
    assert of("SES238", cap.replace("130", "100")) == []
    pool = "awards and pay\n  award pool is at most 10% of career basic pay or 120% of average career basic pay"
    (other,) = of("SES238", pool + ", whichever is larger")
    assert other.message == "`120%` is more than all of it"
    assert of("SES238", "summary rating\n  score is 120% of the average of points") == []


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("  has 5 to 2 critical elements", "5 to 2"),
        ('weights\n  "One" 30 to 20', "30 to 20"),
        (ONE + "\n  rated on a scale of 100 to 0", "100 to 0"),
        (ONE + '\n  requirements are rated\n  each requirement is also rated "depth" from 1 to -1', "1 to -1"),
        ("awards and pay\n  performance award is 20% to 5% of basic pay", "20% to 5%"),
        ("  certified by OPM and OMB 2027-01-01 to 2026-01-01", "2027-01-01 to 2026-01-01"),
    ],
)
def test_ranges_that_run_backwards(fragment: str, words: str) -> None:
    assert marked(of("SES239", fragment)) == [words]


def test_ranges_that_run_forwards() -> None:
    assert of("SES239", "  has 2 to 5 critical elements", ONE + "\n  rated on a scale of 0 to 100") == []


def test_a_percentage_where_a_number_is_meant() -> None:
    (one,) = of("SES240", "performance review board\n  has at least 3% members")
    assert one.span.text == "3%"
    assert one.fixes[0].replacement == "3"
    cap = "distribution\n  at most 30% of career executives at level 4 or better"
    award = "awards and pay\n  performance award is 5% to 20% of basic pay"
    row = "summary rating\n  level 4 when at least 50% elements are at level 4"
    assert of("SES240", cap, award, row) == []


def test_a_certification_of_more_than_24_months() -> None:
    said = "  certified by OPM and OMB 2026-01-15 to {}"
    assert of("SES241", said.format("2028-01-14")) == []
    (one,) = of("SES241", said.format("2028-01-15"))
    assert one.citations == ("5 USC 5307(d)(3)(B)",)
    assert "lasts to `2028-01-14` at the latest" in one.message
    leap = "  certified by OPM and OMB 2024-02-29 to {}"
    assert of("SES241", leap.format("2026-02-28")) == []
    assert len(of("SES241", leap.format("2026-03-01"))) == 1


def test_counts_with_a_fraction() -> None:
    assert marked(of("SES243", "performance review board\n  has at least 2.5 members")) == ["2.5"]
    assert marked(of("SES243", "progress review\n  happens at least 1.5 times each period")) == ["1.5"]
    assert marked(of("SES243", "distribution\n  applies from 4.5 career executives")) == ["4.5"]
    assert of("SES243", "performance review board\n  has at least 3 members") == []
