"""Sentences as people say them lead in one step to a sentence that is read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import TheScore, Within

HEAD = """system "Example"

levels
  level 5 "Outstanding" 5 points
  level 3 "Fully Successful" 3 points
  level 1 "Failing" 1 point

"""


def found(line: str, heading: str) -> tuple[Diagnostic, ...]:
    return parse(Source("policy.sespms", f"{HEAD}{heading}\n  {line}\n"))[1]


SUMMARY = (
    ("score is the weighted mean of the points", "score is the average of points by weight"),
    ("score is a weighted sum of the points", "score is the sum of points times weight"),
    ("score is the sum of (points times weight)", "score is the sum of points times weight"),
    ("score is the sum of (points * weight)", "score is the sum of points times weight"),
    ("score is the average of the ratings", "score is the average of points"),
    ("score is the mean of the ratings", "score is the average of points"),
    ("score is the mean of points", "score is the average of points"),
    ("level 5 if score is at least 4.5", "level 5 when score is at least 4.5"),
    ("if score is at least 4.5 then level 5", "level 5 when score is at least 4.5"),
    ("if score is at least 4.5, then the rating is level 5", "level 5 when score is at least 4.5"),
    ("score 4.5 and above is level 5", "score at least 4.5 is level 5"),
    ("a score of 4.5 or better is level 5", "score at least 4.5 is level 5"),
    ("score above 4.5 is level 5", "level 5 when score is more than 4.5"),
    ("score greater than 4.5 is level 5", "level 5 when score is more than 4.5"),
    ("score 2 or less is level 1", "level 1 when score is at most 2"),
    ("score under 1.5 is level 1", "score below 1.5 is level 1"),
    ("score at least 4.5 is Outstanding", "score at least 4.5 is level 5"),
    ("score below 1.5 is Unsatisfactory", "score below 1.5 is level 1"),
    ("score 2.5 to 3.4 is fully successful", "score 2.5 to 3.4 is level 3"),
    ("score at least 4.5 and at most 5 is level 5", "score 4.5 to 5 is level 5"),
    ("score from 3.5 to 4.4 is level 4", "score 3.5 to 4.4 is level 4"),
    ("score at least 3.5 and less than 4.5 is level 4", "score at least 3.5 and below 4.5 is level 4"),
    ("level 5 when both elements are at level 5", "level 5 when every element is at level 5"),
    ("level 5 when all of the critical elements are level 5", "level 5 when every critical element is at level 5"),
    ("level 3 when none of the elements is at level 1", "level 3 when no element is at level 1"),
    ('level 5 when "Results" is level 5', 'level 5 when "Results" is at level 5'),
    ('level 5 when "Results" is rated 5', 'level 5 when "Results" is at level 5'),
    ('level 4 when "Results" is at least level 4', 'level 4 when "Results" is at level 4 or better'),
    ("level 4 when every element is level 4 or above", "level 4 when every element is at level 4 or better"),
    ("level 2 when any element is less than level 3", "level 2 when any element is below level 3"),
    (
        "level 5 when a majority of elements are at level 5",
        "level 5 when more than half of the elements are at level 5",
    ),
    ("level 5 when most of the elements are at level 5", "level 5 when more than half of the elements are at level 5"),
    ("level 5 when most elements are at level 5", "level 5 when more than half of the elements are at level 5"),
    ("level 5 when half of the elements are at level 5", "level 5 when at least half of the elements are at level 5"),
    (
        'score is "Results" * 60% + "People" * 40%',
        'score is 60% of the points of "Results" + 40% of the points of "People"',
    ),
    (
        "score is the average of points rounded to two decimals half up",
        "score is the average of points rounded half up to 2 decimals",
    ),
    (
        "score is the average of points rounded to one decimal place half up",
        "score is the average of points rounded half up to 1 decimal",
    ),
    (
        "score is the average of points rounded to the nearest whole number half up",
        "score is the average of points rounded half up to whole numbers",
    ),
    (
        "level 4 when half or more of the elements are at level 4",
        "level 4 when at least half of the elements are at level 4",
    ),
    (
        "at least half the elements below level 3 make the rating level 2",
        "at least half of the elements below level 3 make the rating level 2",
    ),
    (
        "score is the average of points rounded to the nearest half half up",
        "score is the average of points rounded half up to the nearest half",
    ),
    (
        "score is the average of points rounded half up to halves",
        "score is the average of points rounded half up to the nearest half",
    ),
    (
        "score is the average of points rounded down to the nearest 0.5",
        "score is the average of points rounded down to the nearest half",
    ),
    (
        "score is the average of points rounded half up to the nearest tenth",
        "score is the average of points rounded half up to 1 decimal",
    ),
    ("score is the lower of the average of points and 4", "score is the average of points but no more than 4"),
    ("score is the higher of the average of points and 2", "score is the average of points but no less than 2"),
    ("score is the average of points, no higher than 4", "score is the average of points but no more than 4"),
    ("score is the average of points, must not exceed 4", "score is the average of points but no more than 4"),
    (
        "any critical element below level 3 makes the rating at most level 2",
        "any critical element below level 3 makes the rating no higher than level 2",
    ),
    (
        "any critical element below level 3 caps the rating at level 2",
        "any critical element below level 3 makes the rating no higher than level 2",
    ),
    ("unrated elements are excluded", "unrated elements are left out"),
    ("unrated elements are not counted", "unrated elements are left out"),
    (
        'any element at level 1 makes the rating level 1 under """Directive 7"""',
        'any element at level 1 makes the rating level 1 under "Directive 7"',
    ),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("said", "meant"), SUMMARY)
def test_a_sentence_as_people_say_it_leads_to_one_that_is_read(said: str, meant: str) -> None:
    (finding,) = found(said, "summary rating")
    assert finding.help == f"write `{meant}`"
    (fix,) = finding.fixes
    assert fix.replacement == meant
    assert found(meant, "summary rating") == ()


_CAP = "any element below level 4 makes the rating no higher than level 4"
_NONE_BELOW = "or `level 5 when no element is below level 4` where that alone gives level 5"
_WHOEVER = "this gives level 5 to whoever meets it: where more is asked for, add it behind `and`"
NEEDED = (
    ("level 5 requires no element below level 4", _CAP, _NONE_BELOW),
    ("level 5 only when no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 only if no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 unless any element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 except when an element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 provided no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 provided that no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 must have no element below level 4", _CAP, _NONE_BELOW),
    ("level 5 is given only if no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 is only given when no element is below level 4", _CAP, _NONE_BELOW),
    ("level 5 may be given only where no element is below level 4", _CAP, _NONE_BELOW),
    ("the summary rating is level 5 only if no element is below level 4", _CAP, _NONE_BELOW),
    ("an executive is rated level 5 only if no element is below level 4", _CAP, _NONE_BELOW),
    ("no element below level 4 is required for level 5", _CAP, _NONE_BELOW),
    (
        "level 5 requires every element at level 4 or better",
        _CAP,
        "or `level 5 when every element is at level 4 or better` where that alone gives level 5",
    ),
    (
        "level 5 requires all critical elements at level 5",
        "any critical element below level 5 makes the rating no higher than level 4",
        "or `level 5 when every critical element is at level 5` where that alone gives level 5",
    ),
    (
        "level 5 requires at least 2 elements at level 5",
        "at most 1 element at level 5 makes the rating no higher than level 4",
        "or `level 5 when at least 2 elements are at level 5` where that alone gives level 5",
    ),
    (
        "level 4 only when at least three critical elements are at level 4 or better",
        "at most 2 critical elements at level 4 or better make the rating no higher than level 3",
        "or `level 4 when at least 3 critical elements are at level 4 or better` where that alone gives level 4",
    ),
    (
        "level 5 requires at least one element at level 5",
        "no element at level 5 makes the rating no higher than level 4",
        "or `level 5 when any element is at level 5` where that alone gives level 5",
    ),
    ("level 5 requires a score of at least 4.5", "level 5 when score is at least 4.5", _WHOEVER),
    ("level 5 only if score is at least 4.5", "level 5 when score is at least 4.5", _WHOEVER),
    ("level 5 requires an overall score of 4.5", "level 5 when score is at least 4.5", _WHOEVER),
    ("an average of 4.5 is required for level 5", "level 5 when score is at least 4.5", _WHOEVER),
    (
        "level 5 requires a score of at least 4.5 and no element below level 4",
        "level 5 when score is at least 4.5 and no element is below level 4",
        _WHOEVER,
    ),
)


@pytest.mark.parametrize(("said", "meant", "note"), NEEDED)
def test_what_a_level_needs_is_never_made_what_gives_it_unasked(said: str, meant: str, note: str) -> None:
    (finding,) = found(said, "summary rating")
    assert finding.help == f"write `{meant}`; {note}"
    (fix,) = finding.fixes
    assert (fix.replacement, fix.sure) == (meant, False)
    assert found(meant, "summary rating") == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "level 5 when score is at least 4.5 unless any element is below level 3",
            "level 5 when score is at least 4.5 and no element is below level 3",
        ),
        (
            "score at least 4.5 is level 5 unless any element is below level 3",
            "score at least 4.5 with no element below level 3 is level 5",
        ),
        (
            "score at least 4.5 is level 5 only if no element is below level 3",
            "score at least 4.5 with no element below level 3 is level 5",
        ),
        (
            "score 4.5 to 5 is level 5 provided that every element is at level 4 or better",
            "score 4.5 to 5 with every element at level 4 or better is level 5",
        ),
        ("level 5 if and only if no element is below level 4", "level 5 when no element is below level 4"),
        ("level 5 if no element is below level 4", "level 5 when no element is below level 4"),
        ("level 5 may not be given if any element is below level 4", _CAP),
    ],
)
def test_what_is_both_needed_and_enough_is_sure(said: str, meant: str) -> None:
    (finding,) = found(said, "summary rating")
    (fix,) = finding.fixes
    assert (fix.replacement, fix.sure) == (meant, True)


@pytest.mark.parametrize(
    "said",
    ["level 4 when score is between 3.5 and 4.5", "level 5 when half of the elements are at level 5",
     "half the elements below level 3 make the rating level 2"],
)  # fmt: skip
def test_an_end_or_a_number_that_may_be_meant_otherwise_is_a_proposal(said: str) -> None:
    (finding,) = found(said, "summary rating")
    assert [fix.sure for fix in finding.fixes] == [False]


@pytest.mark.case("limits as people say them")
@pytest.mark.parametrize("said", ["4.5 or more", "4.5 or higher", "4.5 or above", "at least 4.5"])
def test_a_limit_as_people_say_it_holds_what_it_names(said: str) -> None:
    """A score of 4.5 itself is level 5; the other lines meet it there, so that nothing is found."""
    text = HEAD.replace("levels\n", "  is outside the Senior Executive Service\n\nlevels\n").replace(
        "\n\n  is", "\n  is"
    )
    rest = "  score at least 2.5 and below 4.5 is level 3\n  score below 2.5 is level 1\n"
    lines = f"summary rating\n  score is the average of points\n  score {said} is level 5\n{rest}"
    made = compile_source(Source("policy.sespms", text + lines))
    assert "SES214" not in {each.code for each in made.diagnostics}
    (program,) = made.programs.values()
    (first, *_) = program.summary.rows
    assert first.condition == Within(TheScore(), Interval(Fraction("4.5"), True, None, False))


@pytest.mark.case("limits as people say them")
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("score 4.5 or greater is level 5", "score at least 4.5 is level 5"),
        ("score 4.5 or better is level 5", "score at least 4.5 is level 5"),
        ("score 4.5 and up is level 5", "score at least 4.5 is level 5"),
        ("score 4.5+ is level 5", "score at least 4.5 is level 5"),
        ("score >= 4.5 is level 5", "score at least 4.5 is level 5"),
        ("score at least 4.5 or more is level 5", "score at least 4.5 is level 5"),
        ("score no less than 4.5 is level 5", "score at least 4.5 is level 5"),
        ("score 1.4 or less is level 1", "level 1 when score is at most 1.4"),
        ("score up to 1.5 is level 1", "level 1 when score is at most 1.5"),
        ("score from 4.5 is level 5", "score at least 4.5 is level 5"),
        ("score from 4.5 up is level 5", "score at least 4.5 is level 5"),
        ("score from 3.5 to 4.4 is level 4", "score 3.5 to 4.4 is level 4"),
        ("score 3.5 or more and below 4.5 is level 4", "score at least 3.5 and below 4.5 is level 4"),
        ("score 3.5 and above but below 4.5 is level 4", "score at least 3.5 and below 4.5 is level 4"),
    ],
)
def test_a_limit_that_is_not_read_leads_to_one_that_is(said: str, meant: str) -> None:
    finding = found(said, "summary rating")[0]
    assert finding.help == f"write `{meant}`"
    assert found(meant, "summary rating") == ()


@pytest.mark.case("limits as people say them")
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('"Results" from 20 to 60', '"Results" 20 to 60'),
        ("all from 5 to 60", "all 5 to 60"),
        ('"Results" >= 20', '"Results" at least 20'),
        ('"Results" up to 60', '"Results" at most 60'),
    ],
)
def test_a_limit_of_a_weight_leads_to_one_that_is_read(said: str, meant: str) -> None:
    assert found(said, "weights")[0].help == f"write `{meant}`"
    assert found(meant, "weights") == ()


@pytest.mark.case("names between three quotes")
@pytest.mark.parametrize(
    ("heading", "line", "meant"),
    [
        (
            "summary rating",
            'any critical element at level 1 makes the rating level 1 under """Directive 7"""',
            'any critical element at level 1 makes the rating level 1 under "Directive 7"',
        ),
        (
            "summary rating",
            'score below 1.5 is level 1 under """Directive 7,\n    part 2"""',
            'score below 1.5 is level 1 under "Directive 7, part 2"',
        ),
        ("summary rating", 'score is the points of """Results"""', 'score is the points of "Results"'),
        ("summary rating", '"""raw""" is the average of points', '"raw" is the average of points'),
        ("levels", 'level 4 """Exceeds""" 4 points', '"Exceeds"'),
        ('critical element """Results"""', "has 1 to 3 requirements", '"Results"'),
        ('table """Pay"""', "otherwise gives 0%", '"Pay"'),
        ('scenario """One"""', "expect level 3", '"One"'),
    ],
)
def test_a_name_between_three_quotes_is_led_to_one_on_each_side(heading: str, line: str, meant: str) -> None:
    """Below `under` it was said to belong under `summary rating`, where it stood; a head was to be left out."""
    finding = found(line, heading)[0]
    assert finding.code == "SES013"
    assert finding.message.endswith("stands between three double quotes on each side, and what stands here has one")
    assert finding.help == f"write `{meant}`"
    assert finding.fixes[0].replacement in (meant, f"  {meant}")


@pytest.mark.case("names between three quotes")
def test_the_head_of_a_system_between_three_quotes_is_not_to_be_left_out() -> None:
    finding = parse(Source("policy.sespms", HEAD.replace('"Example"', '"""Example"""')))[1][0]
    assert finding.help == 'write `"Example"`'


SECOND_WORDINGS = (
    *[
        ("summary rating", *each)
        for each in (
            ("score is the weighted average of points", "score is the average of points by weight"),
            ("score 4.5 or more is level 5", "score at least 4.5 is level 5"),
            ("score 4.5 or higher is level 5", "score at least 4.5 is level 5"),
            ("level 5 when all elements are at level 5", "level 5 when every element is at level 5"),
            (
                "level 4 when every element is at level 4 or higher",
                "level 4 when every element is at level 4 or better",
            ),
            ("level 5 when at least two elements are at level 5", "level 5 when at least 2 elements are at level 5"),
            ("level 5 when two or more elements are at level 5", "level 5 when at least 2 elements are at level 5"),
            ("level 1 when one or more elements are at level 1", "level 1 when at least 1 element is at level 1"),
        )
    ],
    (
        'critical element "Goals"',
        "level 5 when all requirements are at level 5",
        "level 5 when every requirement is at level 5",
    ),
)


@pytest.mark.parametrize(("heading", "said", "meant"), SECOND_WORDINGS)
def test_a_second_wording_is_read_as_the_first_and_laid_out_so(heading: str, said: str, meant: str) -> None:
    said_source, meant_source = (Source("policy.sespms", f"{HEAD}{heading}\n  {each}\n") for each in (said, meant))
    assert parse(said_source) == parse(meant_source)
    assert parse(said_source)[1] == ()
    assert format_policy(said_source).text == format_policy(meant_source).text


@pytest.mark.parametrize(
    ("heading", "said", "meant"),
    [
        ('scenario "One"', 'expect "payout" 4%', 'expect "payout" 0.04'),
        ('scenario "One"', 'expect "payout" 12.5%', 'expect "payout" 0.125'),
        ('table "Payout"', "4 gives 2%", "exactly 4 gives 2%"),
        ('table "Payout"', "4 and up gives 2%", "at least 4 gives 2%"),
        (
            'critical element "Goals"',
            "level 5 when both requirements are at level 5",
            "level 5 when every requirement is at level 5",
        ),
    ],
)
def test_so_it_is_in_other_parts(heading: str, said: str, meant: str) -> None:
    (finding,) = found(said, heading)
    assert finding.help == f"write `{meant}`"
    assert found(meant, heading) == ()


@pytest.mark.parametrize(
    "line",
    [
        'level 5 when "all elements are fine" is at level 5',
        'score is 60% of the points of "two or more" + 40% of the points of "the mean of"',
    ],
)
def test_names_are_left_as_they_are(line: str) -> None:
    assert found(line, "summary rating") == ()


def test_names_inside_a_sentence_that_is_rewritten_are_kept() -> None:
    (finding,) = found('level 5 when "all elements" is level 5', "summary rating")
    assert finding.help == 'write `level 5 when "all elements" is at level 5`'


def test_one_critical_element_is_read() -> None:
    assert parse(Source("policy.sespms", 'system "Example"\n  has exactly 1 critical element\n'))[1] == ()


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(
    "line",
    [
        '"x" is the median of points',
        "the board may raise the rating by one level",
        "score is whatever the board says",
    ],
)
def test_what_the_language_cannot_say_is_not_offered(line: str) -> None:
    (finding,) = found(line, "summary rating")
    assert not any(fix.replacement.startswith(("score is", '"x" is')) for fix in finding.fixes)


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("weights", "Sum of weights 100 in all"),
        ("weights", "Min 5%, max 40%"),
        ("weights", "Total of all 100 points"),
        ("summary rating", "Ratings of level 5 are limited to 30 percent"),
    ],
)
def test_what_formulas_are_made_of_is_never_made_an_element(heading: str, line: str) -> None:
    (finding,) = found(line, heading)
    assert "quotes" not in finding.help.replace("a name in double quotes", "")
    assert not any('"' in fix.replacement for fix in finding.fixes)


POLICY = (
    HEAD
    + """critical element "Results"

summary rating
  {line}
  score at least 4 is level 5
  score below 4 is level 3
"""
)


@pytest.mark.case("helps in a chain")
@pytest.mark.parametrize(
    ("line", "helps"),
    [
        ("score is the sum of points * weight", "write `the sum of points times weight`"),
        ('level 5 when "all elements" are at level 5', "without quotes, say `every element is`"),
        ('level 5 when "every critical element" is at level 5', "without quotes, say `every element is`"),
        ('level 5 when "Goals" is at level 5', 'add a block `critical element "Goals"`'),
    ],
)
def test_what_is_read_and_yet_not_meant_is_told(line: str, helps: str) -> None:
    findings = compile_source(Source("policy.sespms", POLICY.format(line=line))).diagnostics
    assert any(each.help.startswith(helps) for each in findings), findings
