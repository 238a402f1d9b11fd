"""What a text declares, checked against what stands beside it: the complying text with a few words changed."""

from __future__ import annotations

import pytest

from law.complying import BASIC, COMPLYING, changed, told

GOALS = (' toward "Goal 1"', ' toward "Goal 2"', ' toward "Goal 3"')
LAST = '  requires "Reaches the results of the plan." measured by quantity toward "Goal 3"\n'
OUTSTANDING = "An exceptional effect on the mission that reaches beyond the executive's own unit."
EXCEEDS = "Leadership that as a rule goes past what was agreed, in substance or in time."
RESPONSE = "written response by executive with at least 7 days after initial rating"


def contradiction(code: str, *changes: tuple[str, str], citations: set[str], text: str = COMPLYING) -> None:
    """The changes are a contradiction told once or more, at two places or one, and the citations are not met."""
    found = told(changed(*changes, text=text))
    assert found.of(code), changes
    assert citations <= found.failing, found.failing


# ---- counts: a10, a12 ----------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", [GOALS, GOALS[:1], GOALS[2:], GOALS[1:]])
def test_requirements_without_the_goal_that_each_is_said_to_have(gone: tuple[str, ...]) -> None:
    contradiction("SES290", *((each, "") for each in gone), citations={"5 CFR 430.305(a)(2)"})
    (told_once,) = told(changed(*((each, "") for each in gone))).of("SES290")
    assert len(told_once.labels) == len(gone)
    assert told_once.labels[0].span.text == "each requirement has at least 1 strategic goal"


def test_who_says_already_what_is_asked_is_not_told_to_say_it() -> None:
    found = told(changed((GOALS[0], "")))
    (finding,) = [each for each in found.of("SES302") if "5 CFR 430.305(a)(2)" in each.message]
    assert "say `each requirement" not in finding.help
    assert 'end the requirement with `toward "…"`' in finding.help
    short = told(changed(("runs October 1 to September 30", "runs October 1 to October 30")))
    helps = [each.help for each in short.of("SES302") if "nobody could be rated" in each.message]
    assert helps
    assert all(each.startswith("let the period have as many days as its minimum") for each in helps)


@pytest.mark.parametrize("goal", ['"TBD"', '"To be determined."', '"—"'])
def test_a_goal_that_only_holds_the_place_of_one_is_none(goal: str) -> None:
    contradiction("SES290", ('"Goal 2"', goal), citations={"5 CFR 430.305(a)(2)"})


@pytest.mark.parametrize("instead", ["", '  requires "TBD"\n', "  has at least 0 requirements\n"])
def test_an_element_without_the_requirement_that_each_is_said_to_have(instead: str) -> None:
    contradiction("SES290", (LAST, instead), citations={"5 CFR 430.306(c)(3)"})


def test_requirements_that_are_left_to_the_plans_are_no_contradiction() -> None:
    found = told(changed((LAST, "  has at least 2 requirements\n")))
    assert found.of("SES290") == []
    assert found.failing == set()


def test_a_measure_that_is_missing_is_told_though_its_rule_is_unconfirmed() -> None:
    found = told(changed((" measured by cost", "")))
    assert found.of("SES290")
    assert found.kind("5 CFR 430.306(c)(3), measures") == "unconfirmed"


# ---- standards: a16, a18 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "twin",
    [
        "an exceptional effect on the mission that reaches beyond the executive's own unit",
        "AN EXCEPTIONAL EFFECT ON THE MISSION; THAT REACHES BEYOND THE EXECUTIVE'S OWN UNIT!",
        OUTSTANDING.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace("mission that", "mission - that"),
        OUTSTANDING.replace("An", "\N{FULLWIDTH LATIN CAPITAL LETTER A}n"),
    ],
)
def test_standards_that_differ_in_case_blanks_and_points_are_alike(twin: str) -> None:
    contradiction("SES210", (EXCEEDS, twin), citations={"5 CFR 430.305(a)(3)"})


def test_a_word_that_differs_is_a_difference() -> None:
    found = told(changed((EXCEEDS, OUTSTANDING.replace("mission", "agency"))))
    assert found.kind("5 CFR 430.305(a)(3)") == "proved"


@pytest.mark.parametrize("nothing", ["TBD.", "tba", "To Be Determined", "N/A", "...", "Lorem ipsum dolor sit amet."])
def test_a_standard_that_only_holds_the_place_of_one_is_none(nothing: str) -> None:
    contradiction("SES295", (EXCEEDS, nothing), citations={"5 CFR 430.305(a)(3)"})


@pytest.mark.parametrize(
    ("words", "citation"),
    [
        ('purpose "Holds executives to account for their own results', "5 CFR 430.301(b)"),
        ('agency "Example Agency', "5 CFR 430.304(a)"),
    ],
)
def test_other_texts_say_nothing_by_tbd_either(words: str, citation: str) -> None:
    start = COMPLYING.index(words) + words.index('"') + 1
    text = COMPLYING[:start] + "TBD" + COMPLYING[COMPLYING.index('"', start) :]
    found = told(text)
    assert found.of("SES295")
    assert found.failing == {citation}


# ---- the period: a23 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        (("lasts at least 90 days", "lasts at least 400 days"),),
        (("lasts at least 90 days", "lasts at least 13 months"),),
        (("lasts at least 90 days", "lasts at least 366 days"),),
        (
            ("runs October 1 to September 30", "runs January 1 to June 30"),
            ("lasts at least 90 days", "lasts at least 200 days"),
        ),
    ],
)
def test_a_minimum_longer_than_the_period(changes: tuple[tuple[str, str], ...]) -> None:
    contradiction("SES291", *changes, citations={"5 CFR 430.304(b)(4)"})


@pytest.mark.parametrize("minimum", ["lasts at least 365 days", "lasts at least 12 months", "lasts at least 91 days"])
def test_a_minimum_as_long_as_the_period_is_none(minimum: str) -> None:
    found = told(changed(("lasts at least 90 days", minimum)))
    assert (found.of("SES291"), found.failing) == ([], set())


# ---- consequences: a80 ---------------------------------------------------------------------------------

ONE = "  level 1 requires reassignment, transfer or removal\n"


@pytest.mark.parametrize(
    ("line", "citations"),
    [
        (
            "  level 1 bars removal\n",
            {
                "5 CFR 430.312(c)(1)",
                "5 CFR 430.312(c)(2)",
                "5 CFR 430.312(c)(3)",
                "5 USC 4314(b)(3)",
                "5 USC 4314(b)(4)",
            },
        ),
        ("  below level 2 bars transfer\n", {"5 CFR 430.312(c)(1)", "5 USC 4314(b)(3)"}),
        ("  level 1 bars reassignment, transfer and removal\n", {"5 CFR 430.312(c)(1)", "5 USC 4314(b)(3)"}),
        ("  level 2 bars removal\n", {"5 CFR 430.312(c)(3)"}),
        ("  level 1 twice in 5 years bars removal\n", {"5 CFR 430.312(c)(2)"}),
        ("  level 1 twice in 5 years allows retention\n", {"5 CFR 430.312(c)(2)"}),
        (
            "  level 1 twice in 2 years allows retention and development\n",
            {"5 CFR 430.312(c)(2)", "5 CFR 430.312(c)(3)"},
        ),
        ("  level 2 twice in 3 years requires retention or transfer\n", {"5 CFR 430.312(c)(3)"}),
    ],
)
def test_what_is_required_and_barred(line: str, citations: set[str]) -> None:
    contradiction("SES292", (ONE, ONE + line), citations=citations)
    assert all(each.labels for each in told(changed((ONE, ONE + line))).of("SES292")), "told at both places"


@pytest.mark.parametrize(
    "line",
    [
        "  level 2 bars retention\n",
        "  level 1 bars pay increase\n",
        "  level 1 allows retention\n",  # a first such rating: only two of them require removal
        "  level 2 allows retention\n",
        "  level 3 twice in 5 years allows retention\n",
    ],
)
def test_a_bar_on_what_nothing_requires_is_none(line: str) -> None:
    found = told(changed((ONE, ONE + line)))
    assert (found.of("SES292"), found.failing) == ([], set())


DENIED = (
    ((ONE, ONE + "  level 1 bars removal\n"),),
    ((ONE, ONE + "  below level 4 bars reassignment\n"),),
    (("  level 3 allows performance award and pay increase\n", "  level 3 bars performance award\n"),),
    ((RESPONSE, "written response by executive after annual rating"),),
    (("is appointed by agency head", "is appointed by executive"),),
    (('"Goal 1"', '"TBD"'),),
    (("lasts at least 90 days", "lasts at least 400 days"),),
)


@pytest.mark.parametrize("changes", DENIED)
def test_no_requirement_is_met_by_a_line_that_another_denies(changes: tuple[tuple[str, str], ...]) -> None:
    found = told(changed(*changes))
    codes = ("SES290", "SES291", "SES292", "SES293", "SES294")
    told_of = [each for code in codes for each in found.of(code)]
    # Of a declaration and what lacks it, the declaration alone is denied; of a minimum and the period, the minimum.
    lines = [
        *(each.span for each in told_of if each.code != "SES290"),
        *(
            one.span
            for each in told_of
            if each.code != "SES291"
            for one in each.labels[: 1 if each.code == "SES290" else 9]
        ),
    ]
    denied = {(each.start, each.end) for each in lines}
    met = [
        verdict.citation
        for verdict in found.conformance.verdicts
        for ruling in verdict.rulings
        if ruling.kind.value == "met" and not denied.isdisjoint((each.start, each.end) for each in ruling.evidence)
    ]
    assert met == []


# ---- the order of steps: d25 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "others", "citation"),
    [
        (RESPONSE, "written response by executive after annual rating", "5 USC 4312(b)(3)"),
        (
            "guidelines by oversight official after period end",
            "guidelines by oversight official after annual rating",
            "5 USC 4312(b)(3)",
        ),
        (
            "publishes appointments before board service",
            "publishes appointments after board service",
            "5 CFR 430.311(a)(4)",
        ),
    ],
)
def test_steps_that_each_wait_for_the_other(words: str, others: str, citation: str) -> None:
    found = told(changed((words, others)))
    assert bool(found.of("SES293")) is ("annual" in others)
    if "response" in others or "publishes" in others:
        assert citation in found.failing


@pytest.mark.parametrize(("days", "possible"), [("40", False), ("32", False), ("28", True), ("20", True)])
def test_a_time_that_is_over_before_it_begins(days: str, possible: bool) -> None:
    words = "initial rating by rating official after guidelines"
    timing = f"at least {days} days after period end and within 1 month after period end"
    found = told(changed((words, f"initial rating by rating official {timing}")))
    assert bool(found.of("SES293")) is not possible


# ---- one's own judge: d41, and days: e11 ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "others", "failing"),
    [
        ("may end early by rating official", "may end early by executive", {"5 CFR 430.304(b)(5)"}),
        ("is appointed by agency head", "is appointed by executive", {"5 CFR 430.311(a)(1)"}),
        ("initial rating by rating official", "initial rating by executive", {"5 CFR 430.309(e)(1)"}),
        ("annual rating by appointing authority", "annual rating by executive", {"5 USC 4314(c)(1) to (3)"}),
        ("leaves the excess to appointing authority", "leaves the excess to executive", set()),
    ],
)
def test_nobody_decides_on_the_own_appraisal(words: str, others: str, failing: set[str]) -> None:
    contradiction("SES294", (words, others), citations=failing)


def test_what_executives_do_themselves_is_no_decision() -> None:
    assert told(COMPLYING).of("SES294") == []


@pytest.mark.parametrize(
    "changes",
    [
        (("effective 2026-10-01", "effective 2026-05-15"),),
        (("effective 2026-10-01", "effective 2026-06-30"),),
        (("approved by OPM 2026-07-01\n", ""), ("effective 2026-10-01", "effective 2026-04-30")),
        (("approved by OPM 2026-07-01", "approved by OPM 2026-10-02"),),
    ],
)
def test_days_out_of_order(changes: tuple[tuple[str, str], ...]) -> None:
    assert [each.severity.value for each in told(changed(*changes)).of("SES296")] == ["warning"]


# ---- elements that are not critical: a41, a89 ----------------------------------------------------------

LOYALTY = 'noncritical element "Loyalty"\n  based on "Accountability"\n  evaluates results\n\nlevels\n'
ANY_ELEMENT = ("  any critical element at level 1 makes", "  any element at level 1 makes")


def test_a_noncritical_element_that_fails_an_executive_alone() -> None:
    found = told(changed(("levels\n", LOYALTY), ANY_ELEMENT))
    (one,) = found.of("SES297")
    assert "`Loyalty` is not critical, and at level 1 it alone takes the rating to level 1" in one.message
    assert "`27` of the `27` ratings" in str(one.help)
    asked = found.verdict("5 CFR 430.303, other elements")
    assert asked.kind.value == "unconfirmed"
    assert "`Loyalty`" in asked.rulings[0].why


def test_a_noncritical_element_that_fails_nobody_alone() -> None:
    assert told(changed(("levels\n", LOYALTY))).of("SES297") == []


SIXTH = (
    ("levels\n", LOYALTY),
    ("  score 200 to 299 is level 2\n", "  score 0 to 299 is level 2\n"),
)


def test_the_basic_system_with_a_noncritical_element_is_not_the_basic_system() -> None:
    found = told(changed(*SIXTH, text=BASIC))
    assert "OPM basic system 2012, elements" in found.failing
    name = '  adapts "Five critical elements" because "Our mission needs it."\n  has exactly 5'
    adapted = told(changed(("  has exactly 5", name), *SIXTH, text=BASIC))
    assert adapted.kind("OPM basic system 2012, elements") == "needs a person"


# ---- a distribution: prohibited and stated ------------------------------------------------------------


def test_a_distribution_beside_its_prohibition() -> None:
    line = "  is not appealable\n"
    found = told(changed((line, line + "  prohibits a forced distribution of levels\n")))
    assert len(found.of("SES298")) == 1
    assert "SES298" in found.errors


# ---- edits that mend -----------------------------------------------------------------------------------

MENDED = {
    "SES290": ((' toward "Goal 1"', ""),),
    "SES291": (("lasts at least 90 days", "lasts at least 400 days"),),
    "SES292": ((ONE, ONE + "  level 1 bars removal  # a comment\n"),),
    "SES294": (("may end early by rating official", "may end early by executive"),),
    "SES296": (("effective 2026-10-01", "effective 2026-05-15"),),
    "SES297": (("levels\n", LOYALTY), ANY_ELEMENT),
    "SES298": (("  is not appealable\n", "  is not appealable\n  prohibits a forced distribution of levels\n"),),
}


@pytest.mark.parametrize("code", MENDED)
def test_each_edit_that_is_offered_mends_what_it_is_offered_for(code: str) -> None:
    text = changed(*MENDED[code])
    fixes = [fix for each in told(text).of(code) for fix in each.fixes]
    assert fixes, "an edit is offered"
    for fix in fixes:
        assert not fix.sure, "which of two lines is meant is the author's to say"
        mended = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
        after = told(mended)
        assert len(after.of(code)) < len(told(text).of(code)), fix.title
        assert not any(each.code < "SES2" and each.severity.value == "error" for each in after.findings), (
            "it can be read"
        )
