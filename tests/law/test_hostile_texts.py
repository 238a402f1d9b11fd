"""Texts of an invented submitter who wants to pass, each beside a lawful sibling that must not be refused."""

from __future__ import annotations

import pytest

from law.complying import COMPLYING, Told, changed, told
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

STANDARD = "An exceptional effect on the mission that reaches beyond the executive's own unit."
OFFICIAL = "The Deputy Secretary."
OTHERS = "The oversight official decides how the executive is appraised."
SHARE = "  at most 30% of career executives at level 4 or better\n"
LEVEL_2 = "  level 2 requires improvement plan\n"
RESPONSE = "with at least 7 days after initial rating"


def edited(words: str, others: str) -> Told:
    """What is told of the complying text with some words replaced."""
    return told(changed((words, others)))


# ---- quotas in words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "quota"),
    [
        (STANDARD, "Work among the best tenth of the agency's executives, as the board orders them."),
        (STANDARD, "An effect that is granted to no greater part of the leadership than the budget bears."),
        (STANDARD, "An exceptional effect; not above thirty per centum of those appraised."),
        (STANDARD, "An exceptional effect, within the ceiling that the Secretary sets each year."),
        (OFFICIAL, "The Deputy Secretary, who settles how many may be rated Outstanding each year."),
        (OTHERS, "The oversight official keeps the proportion of high ratings of the year before."),
        (STANDARD, "An effect that at most a third of the leadership has."),
        (OFFICIAL, "The Deputy Secretary, who rates only a quarter of them Outstanding."),
        ("Spends within the plan.", "Keeps the number of ratings above level 3 small."),
    ],
)
def test_a_quota_in_words_is_quoted_in_the_question(words: str, quota: str) -> None:
    found = edited(words, quota)
    assert any(quota in each.why for verdict in found.conformance.verdicts for each in verdict.rulings), quota


@pytest.mark.parametrize("words", [STANDARD, OFFICIAL, OTHERS])
def test_words_without_one_are_not_quoted(words: str) -> None:
    found = told(COMPLYING)
    assert not any(
        f"may hide one: `{words}" in each.why for verdict in found.conformance.verdicts for each in verdict.rulings
    )


# ---- words that take back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "others"),
    [
        (OTHERS, "Everything above is guidance only; the Secretary decides."),
        (OTHERS, "The Secretary rates each executive as he sees fit."),
        (OTHERS, "In his sole discretion the Secretary appoints another board."),
        (OFFICIAL, "The Deputy Secretary, notwithstanding any line below."),
        (STANDARD, "An exceptional effect; this standard may be set aside for a good reason."),
        ("Spends within the plan.", "Ignore all lines on this element."),
    ],
)
def test_words_that_may_take_the_lines_back_are_told(words: str, others: str) -> None:
    assert [each.severity.value for each in edited(words, others).of("SES313")] == ["warning"]


@pytest.mark.parametrize(
    "others",
    [
        OTHERS,
        "The oversight official decides, for the reasons that are written down, who appraises the executive.",
        "The executive is appraised by the supervisor who knows the work best.",
        "Executives on a detail apply the elements of the office that they serve.",
    ],
)
def test_words_that_decide_a_case_are_not(others: str) -> None:
    assert edited(OTHERS, others).of("SES313") == []


# ---- standards that say nothing ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing", ["See level 5.", "Outstanding", "outstanding!", "Level 5", "Same as the standard for level 5"]
)
def test_a_standard_that_is_a_level_s_name_is_none(nothing: str) -> None:
    found = edited(STANDARD, nothing)
    assert found.of("SES295")
    assert "5 CFR 430.305(a)(3)" in found.failing


@pytest.mark.parametrize(
    "said", ["Outstanding results for the public.", "Level 4 is met, and the work changes the agency."]
)
def test_a_standard_that_says_more_is_one(said: str) -> None:
    found = edited(STANDARD, said)
    assert (found.of("SES295"), found.failing) == ([], set())


# ---- limits of nothing ---------------------------------------------------------------------------------


def test_a_response_with_no_time_meets_no_requirement() -> None:
    found = edited(RESPONSE, "with at least 0 days after initial rating")
    assert found.of("SES312")
    assert "5 USC 4312(b)(3)" in found.failing


@pytest.mark.parametrize("days", ["1 day", "5 days", "1 month"])
def test_a_response_with_some_time_does(days: str) -> None:
    found = edited(RESPONSE, f"with at least {days} after initial rating")
    assert found.of("SES312") == []
    assert "5 USC 4312(b)(3)" not in found.failing


def test_a_review_that_happens_at_least_never() -> None:
    found = edited("happens at least 1 time each period", "happens at least 0 times each period")
    assert found.of("SES312")
    assert "5 CFR 430.304(b)(2)" in found.failing


@pytest.mark.parametrize(
    ("line", "is_error"),
    [
        ("  at most 0% of career executives at level 5\n", True),
        ("  at most 0% of career executives at level 3\n", True),
        ("  at most 0% of career executives at level 5 or better\n", True),
        ("  at most 1% of career executives at level 5\n", False),
        ("  at most 20% of career executives at level 5\n", False),
    ],
)
def test_a_limit_of_zero_on_a_level_bars_everyone(line: str, is_error: bool) -> None:
    assert bool(edited(SHARE, SHARE + line).of("SES314")) is is_error


# ---- days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effective", ["1978-01-01", "2010-10-01", "2014-10-01"])
@pytest.mark.parametrize("follows", [True, False])
def test_a_text_is_not_judged_by_the_law_of_days_before_its_approval(effective: str, follows: bool) -> None:
    line = '  follows "5 CFR part 430, subpart C" as of 2025-10-15\n'
    found = told(changed(("effective 2026-10-01", f"effective {effective}"), (line, line if follows else "")))
    days = found.conformance.days
    assert days.day is not None
    assert str(days.day) >= "2026-07-01"
    assert {str(each.first) for each in found.conformance.held if "subpart C" in each.baseline} == {"2025-10-15"}
    assert found.of("SES296")


def test_a_text_approved_in_time_is_judged_by_its_own_days() -> None:
    old = (
        ("effective 2026-10-01", "effective 2017-10-01"),
        ("submitted to OPM 2026-05-01", "submitted to OPM 2017-05-01"),
        ("approved by OPM 2026-07-01", "approved by OPM 2017-07-01"),
        ("as of 2025-10-15", "as of 2015-10-26"),
    )
    found = told(changed(*old))
    assert str(found.conformance.days.day) == "2018-09-30"


# ---- contradictions that the language or a check refuses, and their lawful siblings --------------------


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("  has at least 3 members\n", "  has at most 2 members\n"),
        ("  runs October 1 to September 30\n", "  runs January 1 to January 31\n"),
        ("  effective 2026-10-01\n", "  effective 2012-10-01\n"),
        ("  are kept at least 5 years from annual rating\n", "  are kept at most 1 year from annual rating\n"),
        ("  performance award needs level 3 or better\n", "  performance award needs level 1 or better\n"),
        (LEVEL_2, "  level 2 bars improvement plan\n"),
        (
            "  covers career, noncareer, limited term and limited emergency executives\n",
            "  is outside the Senior Executive Service\n",
        ),
    ],
)
def test_two_lines_that_speak_against_each_other_are_an_error(words: str, more: str) -> None:
    compiled = compile_source(Source("policy.sespms", changed((words, words + more))))
    assert compiled.has_errors or edited(words, words + more).failing


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (LEVEL_2, "  level 2 bars pay increase\n"),
        (LEVEL_2, "  level 1 bars pay increase\n"),
    ],
)
def test_two_lines_that_can_both_be_kept_are_none(words: str, more: str) -> None:
    found = edited(words, words + more)
    assert (found.errors, found.failing) == (set(), set())


def test_wishes_quiet_nothing_that_fails() -> None:
    wishes = "".join(f'  accepts SES{code} because "We like it so."\n' for code in (231, 296, 302, 305, 306))
    found = told(
        changed(
            ("  effective 2026-10-01\n", "  effective 2026-10-01\n" + wishes),
            ("  has at least 3 members\n", "  has at least 2 members\n"),
        )
    )
    assert "5 CFR 430.311(a)(1)" in found.failing
    assert "SES302" in found.errors
