"""Shares, levels and points are not taken for one another."""

from __future__ import annotations

import pytest

from checks.checking import LEVELS, marked, of

FIVE = "  has exactly 5 critical elements"


def rating(*lines: str) -> str:
    return "\n  ".join(["summary rating", "take the first line that fits", *lines, "level 3 otherwise"])


def share(condition: str) -> str:
    return rating('"share" is the share of elements at level 4 or better', f"level 5 when {condition}")


@pytest.mark.parametrize(
    ("condition", "words"),
    [('"share" is at least 80', "80"), ('"share" is less than -1', "-1"), ('"share" is more than 1.5', "1.5")],
)
def test_a_share_is_never_beyond_one(condition: str, words: str) -> None:
    assert marked(of("SES259", FIVE, LEVELS, share(condition))) == [words]


@pytest.mark.parametrize("condition", ['"share" is at least 0.8', '"share" is exactly 1', '"share" is more than 0'])
def test_a_number_from_zero_to_one_is_fine(condition: str) -> None:
    assert of("SES259", FIVE, LEVELS, share(condition)) == []


def test_the_cure_is_the_percentage_as_a_share() -> None:
    (one,) = of("SES259", FIVE, LEVELS, share('"share" is at least 80'))
    assert one.help == "write `0.8` for 80 percent"
    assert [fix.replacement for fix in one.fixes] == ["0.8"]


def test_a_score_that_is_a_share_is_one_too() -> None:
    text = rating("score is the share of elements at level 4 or better", "level 5 when score is at least 80")
    assert marked(of("SES259", FIVE, LEVELS, text)) == ["80"]


@pytest.mark.parametrize(
    "formula",
    [
        "the average of points + the average of levels",
        "the average of levels - the share of elements at level 5",
        '"top" + the average of points',
    ],
)
def test_levels_are_not_added_to_what_is_counted_otherwise(formula: str) -> None:
    text = rating('"top" is the highest of levels', f"score is {formula}", "level 5 when score is at least 4")
    assert marked(of("SES260", FIVE, LEVELS, text)) == [formula]


@pytest.mark.parametrize(
    "formula",
    [
        "the average of points + the highest of points",
        "the average of points + 0.2",
        "the average of points + the share of elements at level 5",
        "the highest of levels - the lowest of levels",
    ],
)
def test_like_may_be_added_to_like(formula: str) -> None:
    text = rating(f"score is {formula}", "level 5 when score is at least 4")
    assert of("SES260", FIVE, LEVELS, text) == []


def test_a_bonus_behind_a_sum_is_not_taken_for_the_whole_unasked() -> None:
    levels = "level 5 when score is at least 4"
    ending = 'when "Results" is at level 5 otherwise 0'
    for formula in (f"the average of points + 0.5 {ending}", f"the average of points - 0.5 {ending}"):
        assert marked(of("SES279", FIVE, LEVELS, rating(f"score is {formula}", levels))) == [formula]
    of_each = rating(f'"own" of each element is points + 1 {ending}', 'score is the sum of "own"', levels)
    (one,) = of("SES279", FIVE, LEVELS, of_each)
    assert '`"bonus" of each element is 1 when "Results" is at level 5 otherwise 0`' in one.help
    for formula in (
        f"(the average of points + 0.5) {ending}",
        f"0.5 {ending}",
        'the average of points + 0.5 when "Results" is at level 5 otherwise the average of points',
        'the average of points + 0.5 when "Results" is at level 5 otherwise 1',
    ):
        assert of("SES279", FIVE, LEVELS, rating(f"score is {formula}", levels)) == []
