"""What spreadsheets and everyday speech would say in a formula is told by its fix."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse


def found(line: str, heading: str = "summary rating") -> tuple[Diagnostic, ...]:
    return parse(Source("policy.sespms", f"{heading}\n  {line}\n"))[1]


@pytest.mark.parametrize(
    ("line", "marked", "cure"),
    [
        ("score is AVERAGE(points)", "AVERAGE", "write `the average of …`"),
        ('score is 2 * max("a", 3)', "max", "write `the larger of …`"),
        ("score is sum of points", "sum", "write `score is the sum of points`"),
        ("score is ROUND(3, 1)", "ROUND", "rounded half up"),
        ("score between 3 and 4 is level 3", "between", "`score 3 to 4 is level 3`"),
        ('level 5 when "A" is at level 5 or "B" is at level 5', "or", "and on a line below it"),
        (
            "level 5 when score is at least 3 or no element is below level 3",
            "or",
            "and on a line below it `level 5 when no element is below level 3`",
        ),
        ("if score is at least 3 then level 4", "if", "write `level 4 when score is at least 3`"),
        ('"x" is the median of points', "median", "`the average of`"),
        (
            "the board may raise the rating by one level",
            "the",
            "`annual rating may change the rating for written reasons`",
        ),
        ('score is "a" rounded half up to 1 decimal but no more than 5', "but no more than 5", "before `rounded`"),
        ('score is the average of points of "A" and "B" by weight', "by weight", "before `of`"),
    ],
)
def test_a_slip_is_told_by_its_cure(line: str, marked: str, cure: str) -> None:
    (finding,) = found(line)
    assert finding.span.text == marked
    assert cure in finding.help


@pytest.mark.parametrize(
    "line",
    [
        "level 5 when every element is at level 4 or better",
        'score is the average of points by weight of "A" and "B" but no more than 5 rounded half up to 1 decimal',
        "score is the larger of 3 and score",
    ],
)
def test_sentences_that_only_look_alike_are_read(line: str) -> None:
    assert found(line) == ()


def test_outside_of_formulas_nothing_changes() -> None:
    (finding,) = found("level 5 requires removal or", heading="uses of results")
    assert "conditions" not in finding.message


def test_a_misspelled_word_behind_or_is_still_a_misspelling() -> None:
    (finding,) = found("level 5 when every element is at level 4 or beter")
    assert finding.help.startswith("did you mean `better`?")


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("level 4 when more than half of the elements are at level 4 or better", "summary rating"),
        ("annual rating may change the rating for written reasons", "rating steps"),
    ],
)
def test_what_is_offered_instead_is_read(line: str, heading: str) -> None:
    assert found(line, heading) == ()
