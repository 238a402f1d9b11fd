"""Checks of levels, their terms and equivalents, and of performance standards."""

from __future__ import annotations

import pytest

from checks.checking import LEVELS, found, marked, of

AGENCY_TERMS = """
levels
  level 5 "Distinguished" 5 points equivalent to outstanding
  level 4 "Meritorious" 4 points equivalent to exceeds fully successful
  level 3 "Successful" 3 points equivalent to fully successful
  level 2 "Needs Work" 2 points equivalent to minimally satisfactory
  level 1 "Failed" 0 points equivalent to unsatisfactory
"""


@pytest.mark.parametrize("levels", [LEVELS, AGENCY_TERMS])
def test_five_levels_in_order_have_no_finding(levels: str) -> None:
    assert found(f'system "Invented agency"\n{levels}') == ()


def test_a_missing_level_is_told_with_its_number() -> None:
    (one,) = of("SES201", LEVELS.replace('  level 2 "Minimally Satisfactory" 2 points\n', ""))
    assert one.message.startswith("level 2 is missing")
    assert one.span.text == "levels"
    assert one.citations == ("5 CFR 430.305(a)(6)",)
    (three,) = of("SES201", 'levels\n  level 5 "Outstanding" 5 points\n  level 3 "Fully Successful" 3 points')
    assert three.message.startswith("levels 4, 2 and 1 are missing")


def test_a_system_without_levels_has_the_five_of_the_regulation() -> None:
    assert of("SES201", "summary rating\n  score is the average of points\n  score at least 1 is level 5") == []


def test_levels_out_of_order_are_told_once() -> None:
    turned = "\n".join(["levels", *reversed(LEVELS.strip().splitlines()[1:])])
    (one,) = of("SES203", turned)
    assert one.message == "level 2 stands below level 1; readers expect the best level first"
    assert of("SES203", LEVELS) == []


def test_the_order_in_a_changed_copy_is_not_the_authors() -> None:
    text = f'system "Base"\n{LEVELS}\nsystem "Copy" based on "Base"\nlevels\n'
    text += '  strike level 5 "Outstanding" 5 points\n  level 5 "Outstanding" 6 points\n'
    assert [each.code for each in found(text)] == []


def test_a_term_for_two_levels_is_found_in_any_size_of_letters() -> None:
    (one,) = of("SES205", LEVELS.replace('"Exceeds Fully Successful"', '"fully  SUCCESSFUL"'))
    assert one.span.text == '"Fully Successful"'
    assert one.message == "level 3 has the same term as level 4, `Fully Successful`"
    assert of("SES205", LEVELS) == []


def test_equivalents_go_by_meaning_not_by_place() -> None:
    swapped = AGENCY_TERMS.replace("equivalent to outstanding", "equivalent to fully successful")
    (one,) = of("SES206", swapped)
    assert one.message == "level 5 is said to be fully successful, but that is level 3"
    assert one.span.text == "equivalent to fully successful"
    assert one.citations == ("5 CFR 430.305(a)(6)", "5 CFR 430.305(a)(7)")


def test_levels_numbered_the_wrong_way_round_are_told_once() -> None:
    names = ["unsatisfactory", "minimally satisfactory", "fully successful", "exceeds fully successful", "outstanding"]
    lines = [
        f'  level {5 - place} "Term {place}" {place} points equivalent to {name}' for place, name in enumerate(names)
    ]
    (one,) = of("SES206", "levels\n" + "\n".join(lines))
    assert one.message == (
        "level 5 is said to be unsatisfactory, but that is level 1; the levels are numbered the wrong way round"
    )


def test_a_term_of_the_regulation_for_another_level_is_found() -> None:
    (one,) = of("SES206", AGENCY_TERMS.replace('"Meritorious"', '"Outstanding"'))
    assert marked([one]) == ['"Outstanding"']


def test_a_term_of_the_agencys_own_needs_an_equivalent() -> None:
    (one,) = of(
        "SES207", AGENCY_TERMS.replace('"Failed" 0 points equivalent to unsatisfactory', '"Unacceptable" 0 points')
    )
    assert one.message == "`Unacceptable` is the agency's own term, and level 1 does not say which federal level it is"
    assert one.fixes[0].replacement == " equivalent to unsatisfactory"
    assert not one.fixes[0].sure
    assert of("SES207", LEVELS, AGENCY_TERMS.replace("levels", "standards").split("\n")[0]) == []


def test_points_that_fall_as_levels_rise() -> None:
    (one,) = of("SES208", LEVELS.replace("4 points", "2.5 points"))
    assert one.message == "level 4 has `2.5` points, fewer than the `3` of level 3"
    assert one.span.text == "2.5"
    assert of("SES208", LEVELS.replace("4 points", "3 points")) == []


STANDARDS = "standards\n" + "\n".join(f'  level {number} means "Standard {number}."' for number in (5, 4, 3, 2, 1))


def test_a_level_without_its_standard() -> None:
    (one,) = of("SES209", STANDARDS.replace('  level 2 means "Standard 2."\n', ""))
    assert one.message.startswith("level 2 has no performance standard")
    assert of("SES209", STANDARDS) == []
    assert of("SES209", LEVELS) == []


def test_two_levels_with_one_standard() -> None:
    (high,) = of("SES210", STANDARDS.replace("Standard 4.", "standard   5."))
    assert high.message == "level 4 has the same standard as level 5"
    assert high.citations == ("5 CFR 430.305(a)(5)",)
    (low,) = of("SES210", STANDARDS.replace("Standard 2.", "Standard 1."))
    assert low.citations == ()
    assert of("SES210", STANDARDS) == []


HIGH = "Others look up to the work of such an executive"


@pytest.mark.parametrize(
    "low",
    [
        HIGH.replace("Others", "Oth\u00aders"),
        HIGH.replace("Others", "Other\u200bs"),
        HIGH.replace("Others", "Oth\u034fers"),
        HIGH.replace(" to ", " t\u043e "),
        HIGH.replace("O", "\u039f"),
        f"{HIGH}, as at level 5.",
        f"{HIGH} (see the standard for level five)",
    ],
    ids=ascii,
)
def test_standards_that_read_alike_are_alike(low: str) -> None:
    (high,) = of("SES210", STANDARDS.replace("Standard 4.", low).replace("Standard 5.", HIGH))
    assert high.message == "level 4 has the same standard as level 5"


@pytest.mark.parametrize("low", [f"{HIGH}, now and then", f"{HIGH}, more than at level 3.", f"{HIGH}s"])
def test_standards_that_read_otherwise_are_not(low: str) -> None:
    assert of("SES210", STANDARDS.replace("Standard 4.", low).replace("Standard 5.", HIGH)) == []


def test_numbers_keep_their_signs_apart() -> None:
    text = STANDARDS.replace("Standard 4.", "At most 25 late.")
    assert of("SES210", text.replace("Standard 5.", "At most 2.5 late.")) == []


def test_one_more_as_at_a_level_is_a_measure() -> None:
    text = STANDARDS.replace("Standard 4.", "Twice as many as at level 2.")
    assert of("SES210", text.replace("Standard 5.", "Twice as many as at level 3.")) == []


@pytest.mark.parametrize(
    "words", ["Identical to level 5.", "Level four.", "To be drafted.", "As for level 5.", "Lev\u00adel 4"]
)
def test_a_standard_that_says_nothing(words: str) -> None:
    assert len(of("SES295", STANDARDS.replace("Standard 4.", words))) == 1


@pytest.mark.parametrize("words", ["To be trusted.", "Equal to the best.", "Level headed.", "As planned."])
def test_a_short_standard_says_something(words: str) -> None:
    assert of("SES295", STANDARDS.replace("Standard 4.", words)) == []


def test_standards_of_two_elements_may_say_the_same() -> None:
    one = 'critical element "One"\n  level 5 means "The same."'
    assert of("SES210", one, one.replace('"One"', '"Two"')) == []


def test_a_standard_of_a_level_that_is_not_there() -> None:
    without = LEVELS.replace('  level 2 "Minimally Satisfactory" 2 points\n', "")
    (one,) = of("SES211", without, 'standards\n  level 2 means "Work that misses much."')
    assert one.span.text == "level 2"
    assert one.help == "declare the level under `levels`; declared are 5, 4, 3 and 1"
    assert of("SES211", LEVELS, STANDARDS) == []


FOUR = """
levels
  level 4 "Excellent" 4 points
  level 3 "Good" 3 points
  level 2 "Fair" 2 points
  level 1 "Poor" 1 point
"""


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("uses of results\n  level 5 requires removal", "level 5"),
        ("uses of results\n  below level 9 bars performance award", "level 9"),
        ("uses of results\n  level 5 twice in 5 years requires removal", "level 5"),
        ("awards and pay\n  performance award needs level 5 or better", "level 5"),
        ("awards and pay\n  pay increase is at least 5% of basic pay at level 2.5", "level 2.5"),
        ("distribution\n  at most 30% of career executives at level 5 or better", "level 5"),
        ("appraisal\n  gives written reasons for elements at level 5", "level 5"),
        ("performance plan\n  each requirement describes level 5", "level 5"),
        ("guarantees\n  level 5 needs no critical element below level 3", "level 5"),
        ("guarantees\n  any critical element at level 0 gives level 1", "level 0"),
    ],
)
def test_a_level_that_the_system_lacks_is_told_wherever_it_is_named(sentence: str, names: str) -> None:
    (one,) = of("SES283", FOUR, sentence)
    assert one.span.text == names
    assert one.message == f"this sentence names {names}, which the system does not have"
    assert one.help is not None
    assert one.help.startswith("its levels are 4, 3, 2 and 1")


def test_a_level_beyond_five_is_told_where_no_levels_are_declared() -> None:
    (one,) = of("SES283", "uses of results\n  level 6 allows performance award\n  level 5 allows performance award")
    assert marked([one]) == ["level 6"]
    assert marked(of("SES211", LEVELS, 'standards\n  level 7 means "More than anyone asked for."')) == ["level 7"]


def test_nobody_is_below_the_lowest_level() -> None:
    (one,) = of("SES284", FOUR, "uses of results\n  below level 1 bars performance award\n  below level 2 bars removal")
    assert one.span.text == "below level 1"
    assert marked(of("SES284", FOUR, "distribution\n  at most 5% of career executives below level 1")) == [
        "below level 1"
    ]
