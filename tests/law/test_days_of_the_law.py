"""Since when a duty holds: days of copies, first days, the savings year, rules of conduct. All texts are invented."""

from __future__ import annotations

import pytest

from law.complying import COMPLYING, changed, on, told, without
from law.holding import held, requirement
from sespms_rules.law.verdict import Confidence, VerdictKind
from sespms_rules.reports.findings.requirements_text import counted

OLD = without("distribution")
SILENT_ON_WHISTLEBLOWERS = (
    "timeliness, equal opportunity and whistleblower protection",
    "timeliness and equal opportunity",
)
POOL = (
    "  award pool is at most 10% of career basic pay or 20% of average career basic pay, whichever is larger\n",
    "",
)
OFTEN = ("  pay increase happens at most 1 time each year\n", "")


def test_the_system_that_complies_breaks_nothing() -> None:
    found = told(COMPLYING)
    assert found.failing == set()
    assert found.errors == set()


# ---- the day of a copy is not a first day -----------------------------------------------------------


def test_a_system_of_2019_is_held_to_the_duties_of_1978_and_2017() -> None:
    four = ("pay increase happens at most 1 time each year", "pay increase happens at most 4 times each year")
    found = told(changed(*on("2018-10-01", "2019-10-01"), SILENT_ON_WHISTLEBLOWERS, four, text=OLD))
    assert found.failing == {"5 USC 4313(6)", "5 USC 5383(c)"}


@pytest.mark.parametrize(("day", "kind"), [("2016-10-01", "not applicable"), ("2017-10-01", "not met")])
def test_whistleblowers_are_named_since_the_law_of_2017(day: str, kind: str) -> None:
    """Added on 2017-12-12: a system is judged by the last day of its first period."""
    found = told(changed(*on(day, day), SILENT_ON_WHISTLEBLOWERS, text=OLD))
    assert found.kind("5 USC 4313(6)") == kind


def test_a_smaller_award_than_5_percent_was_lawful_before_1984() -> None:
    small = changed(("performance award is 5% to 20%", "performance award is 1% to 20%"), text=OLD)
    for day, kinds in (
        ("1983-10-01", ("not applicable", "checked on each rating")),
        ("1984-10-01", ("not met", "not applicable")),
    ):
        found = told(
            changed(
                ('  follows "5 CFR part 430, subpart C" as of 2025-10-15\n', ""),
                ("  submitted to OPM 2026-05-01\n  approved by OPM 2026-07-01\n", ""),
                ("effective 2026-10-01", f"effective {day}"),
                text=small,
            )
        )
        assert (found.kind("5 USC 5384(b)(2)"), found.kind("5 USC 5384(b)(2), until 1984")) == kinds, day


COPY = requirement("must have training", "read as of 2023-04-20")


@pytest.mark.parametrize(
    ("day", "kind", "fails"), [("2023-04-20", "not met", True), ("2023-04-19", "unconfirmed", False)]
)
def test_a_duty_of_which_only_a_later_copy_was_read_is_asked_and_only_noted(day: str, kind: str, fails: bool) -> None:
    (found,) = held('system "Invented agency"\n  follows "Example rules"\n', COPY, as_of=day).verdicts
    assert (found.kind.value, found.fails) == (kind, fails)
    if not fails:
        assert found.confidence is Confidence.UNCONFIRMED
        assert found.remark == "it was read as of 2023-04-20; whether it stood so on 2023-04-19 was not compared"


def test_what_is_met_is_met_whatever_the_day_of_the_copy() -> None:
    text = 'system "Invented agency"\n  follows "Example rules"\n\ntraining\n  is for leaders\n'
    (found,) = held(text, COPY, as_of="2021-01-01").verdicts
    assert found.kind is VerdictKind.MET


def test_no_shipped_requirement_says_it_does_not_apply_because_of_the_day_of_a_copy() -> None:
    ancient = told(changed(*on("1990-10-01", "1990-10-01"), text=OLD))
    why = {each.citation: each.rulings[0].why for each in ancient.conformance.verdicts}
    assert {citation for citation, said in why.items() if "in force from" in said} == {
        "5 USC 4313(6)", "5 USC 5384(b)(2), until 1984", "5 CFR 534.404", "5 CFR 534.405",
    }  # fmt: skip


# ---- the savings year ---------------------------------------------------------------------------------

FOUR_LEVELS = (
    ('  level 4 "Exceeds Fully Successful"  4 points  equivalent to exceeds fully successful\n', ""),
    ('  level 4 means "Leadership that as a rule goes past what was agreed, in substance or in time."\n', ""),
    ("  score 400 to 474 is level 4\n  score 300 to 399 is level 3\n", "  score 300 to 474 is level 3\n"),
    ("  level 4 allows performance award and pay increase\n", ""),
)


def four_levels(effective: str, follows: str) -> str:
    return changed(*on(effective, follows), *FOUR_LEVELS, text=OLD)


def test_within_the_year_what_is_missed_is_a_note_that_names_the_last_day() -> None:
    found = told(four_levels("2014-10-01", "2016-02-01"))
    assert found.verdict("5 CFR 430.305(a)(6)").kind is VerdictKind.REFUTED
    assert found.failing == set()
    assert found.errors == set()
    notes = [each for each in found.of("SES302") if "430.305(a)(6)" in each.message]
    assert [each.severity.value for each in notes] == ["note"]
    assert "have until 2016-10-26 to conform" in str(notes[0].help)
    assert "1 refuted (not due yet)" in counted(found.conformance)
    assert not any(each.is_only_advised and each.is_spared for each in found.conformance.verdicts)


@pytest.mark.parametrize(
    ("effective", "follows"),
    [
        ("2014-10-01", "2016-10-27"),  # the year is over
        ("2015-10-26", "2016-02-01"),  # not a system of before
    ],
)
def test_outside_of_the_year_it_is_an_error(effective: str, follows: str) -> None:
    found = told(four_levels(effective, follows))
    assert "5 CFR 430.305(a)(6)" in found.failing
    assert {"SES201", "SES302"} <= found.errors


def test_a_system_on_the_basic_system_of_2012_has_no_such_year() -> None:
    text = four_levels("2014-10-01", "2016-02-01").replace(
        "  effective 2014-10-01\n", '  follows "OPM basic system 2012"\n  effective 2014-10-01\n'
    )
    found = told(text)
    assert "5 CFR 430.305(a)(6)" in found.failing
    assert "SES201" in found.errors


def test_the_edition_before_asks_for_no_five_levels() -> None:
    found = told(four_levels("2014-10-01", "2014-10-01"))
    assert found.failing == set()
    assert {each.edition for each in found.conformance.verdicts if "430." in each.citation} == {
        found.conformance.held[1].first
    }


# ---- rules of conduct ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "advised"),
    [
        ((POOL, OFTEN), {"5 USC 5384(b)(3)", "5 USC 5383(c)"}),
        ((POOL,), {"5 USC 5384(b)(3)"}),
        ((OFTEN,), {"5 USC 5383(c)"}),
        ((("  performance award is for career executives only\n", ""),), {"5 USC 5384(a)(1)"}),
        ((("  performance award needs level 3 or better\n", ""),), {"5 USC 5384(b)(1)"}),
        (
            (("  gives each executive a development plan\n  is reviewed at least 1 time each year\n", ""),),
            {"5 CFR 412.401(a)", "5 CFR 412.401(a)(4)"},
        ),
    ],
)
def test_silence_on_a_rule_of_conduct_is_advised_and_not_failed(
    changes: tuple[tuple[str, str], ...], advised: set[str]
) -> None:
    found = told(changed(*changes))
    assert found.failing == set()
    assert {each.citation for each in found.conformance.verdicts if each.is_only_advised} == advised


@pytest.mark.parametrize(
    ("words", "looser", "citation"),
    [
        ("at most 10% of career basic pay or 20%", "at most 12% of career basic pay or 20%", "5 USC 5384(b)(3)"),
        ("pay increase happens at most 1 time each", "pay increase happens at most 2 times each", "5 USC 5383(c)"),
        ("is for career executives only", "is for career and noncareer executives only", "5 USC 5384(a)(1)"),
        ("performance award is 5% to 20%", "performance award is 5% to 25%", "5 USC 5384(b)(2)"),
        ("performance award needs level 3", "performance award needs level 2", "5 USC 5384(b)(1)"),
        ("  level 2 requires", "  level 2 allows performance award\n  level 2 requires", "5 USC 5384(b)(1)"),
        (
            "  is reviewed at least 1 time each year\n",
            "  is reviewed at least 1 time every 2 years\n",
            "5 CFR 412.401(a)(4)",
        ),
    ],
)
def test_what_is_said_of_a_rule_of_conduct_may_not_be_looser(words: str, looser: str, citation: str) -> None:
    assert told(changed((words, looser))).failing == {citation}


@pytest.mark.parametrize(
    ("words", "stricter"),
    [
        ("at most 10% of career basic pay or 20%", "at most 8% of career basic pay or 15%"),
        ("performance award is 5% to 20%", "performance award is 6% to 18%"),
        ("performance award needs level 3", "performance award needs level 4"),
    ],
)
def test_and_stricter_is_met(words: str, stricter: str) -> None:
    found = told(changed((words, stricter)))
    assert found.failing == set()
    assert not [each for each in found.conformance.verdicts if each.is_only_advised]


# ---- OPM's basic system and the records ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ("at least 5 years from annual rating", "met"),
        ("at least 60 months from annual rating", "met"),
        ("at least 5 years from period start", "not met"),
        ("at least 4 years from annual rating", "not met"),
        ("exactly 5 years from initial rating", "not met"),
    ],
)
def test_records_are_kept_five_years_from_the_rating(kept: str, kind: str) -> None:
    found = told(changed(("at least 5 years from annual rating", kept)))
    assert found.kind("5 CFR 293.404(b)(1)") == kind
