"""What is compared by meaning and not by wording, and what is asked of a person. All texts are invented."""

from __future__ import annotations

import pytest

from law.complying import changed, on, told, without

BLACKOUT = "within 120 days after a new President"
COVERS = "  covers career, noncareer, limited term and limited emergency executives\n"
OTHER_CASES = 'other cases "The oversight official decides how the executive is appraised."'


# ---- officials by definition: b06 ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("official", "kind"),
    [
        ("agency head", "met"),
        ("appointing authority", "met"),
        ("rating official", "not met"),
        ("oversight official", "not met"),
        ("board", "not met"),
    ],
)
def test_the_agency_head_is_an_appointing_authority(official: str, kind: str) -> None:
    found = told(changed(("annual rating by appointing authority", f"annual rating by {official}")))
    for citation in ("5 USC 4314(c)(1) to (3)", "5 CFR 430.309(e)(4)"):
        assert found.verdict(citation).fails is (kind == "not met"), citation


def test_an_appointing_authority_need_not_be_the_agency_head() -> None:
    """It is a definition, read one way only."""
    found = told(changed(("leaves the excess to appointing authority", "leaves the excess to agency head")))
    assert found.kind("OPM cap, excess") == "met"
    found = told(changed(("may be waived by the President", "may be waived by agency head")))
    assert found.kind("OPM cap, waiver") == "not met"


# ---- months and days: b24 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "kind"),
    [
        ("6 months", "met"),
        ("4 months", "met"),  # never fewer than 120 days
        ("1 year", "met"),
        ("3 months", "not met"),  # at most 92 days
        ("119 days", "not met"),
    ],
)
def test_months_after_a_new_president_are_compared_with_days(time: str, kind: str) -> None:
    found = told(changed((BLACKOUT, f"within {time} after a new President")))
    assert found.verdict("5 USC 4314(b)(1)(C)").fails is (kind == "not met")


# ---- whom it covers: b20, d38 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "others"),
    [
        ("career", "noncareer, limited term and limited emergency"),
        ("career and noncareer", "limited term and limited emergency"),
        ("noncareer, limited term and limited emergency", "career"),
    ],
)
def test_a_system_for_some_kinds_of_executive_is_asked_who_covers_the_others(kinds: str, others: str) -> None:
    found = told(changed((COVERS, f"  covers {kinds} executives\n")))
    verdict = found.verdict("5 CFR 430.302(a)")
    assert verdict.kind.value == "needs a person"
    assert verdict.rulings[0].why == (f"it does not cover {others} executives: which system of the agency covers them?")
    assert "5 CFR 430.302(a)" not in found.failing


def test_a_system_that_covers_nobody_is_not_met() -> None:
    assert "5 CFR 430.302(a)" in told(changed((COVERS, ""))).failing


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        ("All executives of the Office of the Secretary", "The Secretary prefers it."),
        ("Office of Inspector General", "It runs its own system."),
        ("Deputies", "They are few."),
    ],
)
def test_whom_a_system_leaves_out_is_quoted_to_a_person(unit: str, reason: str) -> None:
    found = told(changed((COVERS, f'{COVERS}  leaves out "{unit}" because "{reason}"\n')))
    for citation in ("5 CFR 430.302(a)", "5 CFR 430.304(b)(1)"):
        verdict = found.verdict(citation)
        assert verdict.kind.value == "needs a person"
        assert f"`{unit}`, because `{reason}`" in verdict.rulings[0].why
        assert any(unit in span.text for span in verdict.rulings[0].evidence)


# ---- who may waive: c08 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("  may be waived by the President\n", "met"),
        ("  may be waived by the President\n  may be waived by agency head\n", "not met"),
        ("  may be waived by agency head\n", "not met"),
        ("  may be waived by oversight official\n  may be waived by the President\n", "not met"),
    ],
)
def test_the_president_alone_waives_the_cap(lines: str, kind: str) -> None:
    found = told(changed(("  may be waived by the President\n", lines)))
    assert found.verdict("OPM cap, waiver").rulings[0].kind.value == kind
    if "agency head" in lines and "President" in lines:
        assert found.verdict("OPM cap, waiver").rulings[0].why == "it may be waived by agency head too"


# ---- wording that may hide a distribution: a43 ---------------------------------------------------------

CITATION = "5 CFR 430.305(a)(5), distribution"


@pytest.mark.parametrize(
    "words",
    [
        "The board ranks all executives and gives level 5 to the first tenth only.",
        "At most five of the executives of a bureau are rated level 5.",
        "Level 5 is for the top performers.",
        "No more than 20 percent are rated above level 3.",
        "A quota for each bureau is set by the Secretary.",
        "One in ten executives is rated level 2.",
    ],
)
@pytest.mark.parametrize("day", ["2018-10-01", "2026-10-01"])
def test_wording_that_may_hide_a_distribution_is_quoted_in_the_question(words: str, day: str) -> None:
    changes = (OTHER_CASES, f'other cases "{words}"')
    text = changed(*on(day, day), changes, text=without("distribution")) if day < "2025" else changed(changes)
    (question,) = (each for each in told(text).verdict(CITATION).rulings if each.asked.startswith("ask reviewer"))
    assert question.kind.value == "needs a person"
    assert question.why.endswith(f"Read these words, which may hide one: `{words}`")
    assert [span.text for span in question.evidence] == [f'other cases "{words}"']


@pytest.mark.parametrize(
    "words", ["The oversight official decides.", "Only the board may decide.", "A limited period."]
)
def test_plain_wording_is_not_suspected(words: str) -> None:
    found = told(changed((OTHER_CASES, f'other cases "{words}"')))
    assert all("may hide" not in each.why for each in found.verdict(CITATION).rulings)


def test_a_system_states_that_it_prohibits_a_forced_distribution() -> None:
    old = changed(*on("2018-10-01", "2018-10-01"), text=without("distribution"))
    silent = told(old).verdict(CITATION)
    assert (silent.kind.value, silent.fails) == ("not met", False)
    line = "  is not appealable\n"
    saying = told(changed((line, line + "  prohibits a forced distribution of levels\n"), text=old))
    assert saying.kind(CITATION) == "needs a person"
    assert [each.kind.value for each in saying.verdict(CITATION).rulings][:2] == ["met", "met"]
