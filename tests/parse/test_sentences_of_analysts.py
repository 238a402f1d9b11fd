"""Sentences as policy analysts type them: read where the meaning is plain, else one help leads there in one step.

What the help says is put in, and no more. The policy then checks without an error or a warning, and rates as was meant.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.rating import Appraisal, Rated

HEAD = """system "Invented agency"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results"

levels
  level 5 "Best"   5 points
  level 4 "Better" 4 points
  level 3 "Good"   3 points
  level 2 "Weak"   2 points
  level 1 "Poor"   1 point

"""
WEIGHTS = "weights\n  total 100\n  are whole numbers\n\n"
LOWER = """  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
BANDS = "  score at least 4.5 is level 5\n" + LOWER
HUNDREDS = re.sub(r"(\d)\.5", r"\g<1>50", BANDS)
CAPPED = """  score at least 4 is level 5
  score at least 3 and below 4 is level 4
  score at least 2 and below 3 is level 3
  score at least 1.5 and below 2 is level 2
  score below 1.5 is level 1
"""
AVERAGE = "  score is the average of points\n"
FIRST = "  take the first line that fits\n"
ROWS = """  level 4 when score is at least 3.5
  level 3 when score is at least 2.5
  level 2 when score is at least 1.5
  level 1 otherwise
"""
PATTERNS = """  level 4 when every element is at level 4 or better
  level 3 when every element is at level 3 or better
  level 2 when no element is at level 1
  level 1 otherwise
"""
FORMULA = "  {said}\n" + BANDS
BY_WEIGHT = "  {said}\n" + HUNDREDS
BAND = AVERAGE + "  {said}\n" + LOWER
ROW = AVERAGE + FIRST + "  {said}\n" + ROWS
PATTERN = FIRST + "  {said}\n" + PATTERNS
BESIDE = "  {said}\n" + AVERAGE + BANDS
LAST = AVERAGE + FIRST + "  level 5 when score is at least 4.5\n" + ROWS.replace("  level 1 otherwise\n", "  {said}\n")

Ratings = tuple[int | None, int | None]
"""The levels of `Leading People`, which weighs 40, and of `Results`, which weighs 60."""
Meant = dict[Ratings, int]
"""By the ratings, the level that they were meant to get."""


def policy_with(rating: str, said: str, *, weighed: bool) -> Compilation:
    text = HEAD + (WEIGHTS if weighed else "") + "summary rating\n" + rating.replace("{said}", said)
    return compile_source(Source("policy.sespms", text))


def _errors(compiled: Compilation) -> list[Diagnostic]:
    return [each for each in compiled.diagnostics if each.severity is Severity.ERROR]


def fault_of(compiled: Compilation, said: str) -> Diagnostic:
    """The one error of the sentence itself; that a rating without its formula has no lines is no other fault."""
    at = compiled.source.text.index(said)
    (fault,) = (
        each
        for each in _errors(compiled)
        if at <= each.span.start <= at + len(said) and each.help and each.code != "SES221"
    )
    return fault


def followed(compiled: Compilation, said: str) -> Compilation:
    """The policy with the first fix of the one fault, and with nothing else."""
    fix = fault_of(compiled, said).fixes[0]
    text = compiled.source.text
    changed = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    return compile_source(Source("policy.sespms", changed))


def rates(compiled: Compilation, meant: Meant, *, weighed: bool) -> None:
    told = [each for each in compiled.diagnostics if each.severity is not Severity.NOTE]
    assert told == []
    (program,) = compiled.programs.values()
    for (people, results), level in meant.items():
        rated = (("Leading People", people, 40), ("Results", results, 60))
        elements = tuple(
            Rated(name, None if given is None else Fraction(given), Fraction(weight) if weighed else None)
            for name, given, weight in rated
        )
        assert rate(program, Appraisal("a", elements)).level == level, (people, results)


READ: tuple[tuple[str, str, Meant, bool], ...] = (
    ("score is the weighted average of points", FORMULA, {(1, 5): 3, (5, 1): 3, (4, 5): 5, (5, 4): 4}, True),
    ("level 5 when all elements are at level 5", PATTERN, {(5, 5): 5, (5, 4): 4, (4, 5): 4}, False),
    ("level 5 when at least two elements are at level 5", PATTERN, {(5, 5): 5, (5, 4): 4, (5, 1): 1}, False),
    ("level 5 when two or more elements are at level 5", PATTERN, {(5, 5): 5, (5, 4): 4}, False),
    ("any element at level 1 makes the rating level 1", BESIDE, {(5, 1): 1, (1, 5): 1, (5, 2): 4}, False),
    (
        "any critical element below level 3 makes the rating no higher than level 2",
        BESIDE,
        {(5, 2): 2, (2, 5): 2, (5, 3): 4, (1, 1): 1},
        False,
    ),
    ("level 5 when score is 4.5 or higher", ROW, {(5, 4): 5, (4, 4): 4}, False),
    ("score 4.5 or more is level 5", BAND, {(5, 4): 5, (4, 4): 4}, False),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("said", "rating", "meant", "weighed"), READ, ids=[each[0] for each in READ])
def test_a_plain_sentence_is_read_and_rates_as_it_says(said: str, rating: str, meant: Meant, weighed: bool) -> None:
    rates(policy_with(rating, said, weighed=weighed), meant, weighed=weighed)


_LOWEST_IS_ONE: Meant = {(5, 1): 1, (1, 5): 1, (4, 4): 4, (5, 2): 4}
_CAPPED_AT_TWO: Meant = {(5, 2): 2, (2, 5): 2, (3, 3): 3, (1, 1): 1}
_BOTH_BEST: Meant = {(5, 5): 5, (5, 4): 4, (4, 5): 4}
_RESULTS_BEST: Meant = {(1, 5): 5, (5, 4): 4, (5, 5): 5}
_EITHER_BEST: Meant = {(5, 1): 5, (1, 5): 5, (4, 4): 4}
_FROM_4_5: Meant = {(5, 4): 5, (4, 4): 4, (5, 5): 5, (1, 1): 1}
_LEFT_OUT: Meant = {(5, None): 5, (None, 2): 2, (5, 4): 5}
_MEAN: Meant = {(5, 4): 5, (4, 3): 4, (1, 5): 3}
_MEAN_BY_WEIGHT: Meant = {(4, 5): 5, (5, 4): 4, (1, 5): 3}

LED: tuple[tuple[str, str, Meant, bool], ...] = (
    # A formula.
    ("score is the sum of (points times weight)", BY_WEIGHT, _MEAN_BY_WEIGHT, True),
    ("score is the sum of points * weight", BY_WEIGHT, _MEAN_BY_WEIGHT, True),
    ("score is the weighted sum", BY_WEIGHT, _MEAN_BY_WEIGHT, True),
    ("score is the average of the ratings", FORMULA, _MEAN, False),
    ("score is the mean of the ratings", FORMULA, _MEAN, False),
    ("score is the sum of points weighted by weight", BY_WEIGHT, _MEAN_BY_WEIGHT, True),
    ("score is the sum of the element scores weighted by weight", BY_WEIGHT, _MEAN_BY_WEIGHT, True),
    ("score is the weighted average of the element scores", FORMULA, _MEAN_BY_WEIGHT, True),
    ("score is the average of the element scores weighted by weight", FORMULA, _MEAN_BY_WEIGHT, True),
    ('score is "Results" * 60% + "Leading People" * 40%', FORMULA, _MEAN_BY_WEIGHT, False),
    ("score is the average of points rounded to two decimals half up", FORMULA, _MEAN, False),
    (
        "score is the lower of the average of points and 4",
        "  {said}\n" + CAPPED,
        {(5, 5): 5, (4, 4): 5, (3, 4): 4},
        False,
    ),
    ('score is the higher of "Results" and "Leading People"', FORMULA, {(5, 1): 5, (1, 4): 4, (2, 2): 2}, False),
    (
        'score is the lower of the points of "Results" and the points of "Leading People"',
        FORMULA,
        {(5, 1): 1, (1, 4): 1, (5, 5): 5},
        False,
    ),
    # A line.
    ("level 5 if score is at least 4.5", ROW, _FROM_4_5, False),
    ("if score is at least 4.5 then level 5", ROW, _FROM_4_5, False),
    ("level 5 if the average of points is at least 4.5", ROW, _FROM_4_5, False),
    ("level 5 for everyone whose score is at least 4.5", ROW, _FROM_4_5, False),
    ("score must be at least 4.5 for level 5", ROW, _FROM_4_5, False),
    ("score above 4.5 is level 5", ROW, {(5, 5): 5, (5, 4): 4}, False),
    ("level 5 when score is greater than 4.5", ROW, {(5, 5): 5, (5, 4): 4}, False),
    ("score 4.5 and above is level 5", BAND, _FROM_4_5, False),
    ("score at least 4.5 is Outstanding", BAND, _FROM_4_5, False),
    ("score at least 4.5 and at most 5 is level 5", BAND, _FROM_4_5, False),
    ("level 5 for scores of at least 4.5", BAND, _FROM_4_5, False),
    ("anything else is level 1", LAST, {(1, 1): 1, (2, 1): 2}, False),
    # Of elements.
    ('level 5 when "Results" is level 5', PATTERN, _RESULTS_BEST, False),
    ('level 5 when "Results" is rated 5', PATTERN, _RESULTS_BEST, False),
    ("level 5 when both elements are at level 5", PATTERN, _BOTH_BEST, False),
    ('level 5 when "Results" and "Leading People" are at level 5', PATTERN, _BOTH_BEST, False),
    ('level 5 when both "Results" and "Leading People" are at level 5', PATTERN, _BOTH_BEST, False),
    ('level 5 when either "Results" or "Leading People" is at level 5', PATTERN, _EITHER_BEST, False),
    ("level 5 when a majority of elements are at level 5", PATTERN, _BOTH_BEST, False),
    ("level 5 when half of the elements are at level 5", PATTERN, _EITHER_BEST, False),
    ("level 5 when three quarters of the elements are at level 5", PATTERN, _BOTH_BEST, False),
    # What overrides and what caps.
    ("if any element is unsatisfactory then the summary is unsatisfactory", BESIDE, _LOWEST_IS_ONE, False),
    ("any element unsatisfactory makes the summary unsatisfactory", BESIDE, _LOWEST_IS_ONE, False),
    ("an unsatisfactory critical element makes the rating level 1", BESIDE, _LOWEST_IS_ONE, False),
    ("executives with any element at level 1 are rated level 1", BESIDE, _LOWEST_IS_ONE, False),
    ("the rating must not exceed level 2 when any critical element is below level 3", BESIDE, _CAPPED_AT_TWO, False),
    ("no rating above level 2 if any element is below level 3", BESIDE, _CAPPED_AT_TWO, False),
    ("nobody with an element below level 3 may be above level 2", BESIDE, _CAPPED_AT_TWO, False),
    # What nobody rated.
    ("unrated elements are excluded", BESIDE, _LEFT_OUT, False),
    ("ignore unrated elements", BESIDE, _LEFT_OUT, False),
    ("if an element is not rated, leave it out", BESIDE, _LEFT_OUT, False),
    ("unrated elements may be left out", BESIDE, _LEFT_OUT, False),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("said", "rating", "meant", "weighed"), LED, ids=[each[0] for each in LED])
def test_one_help_leads_to_what_was_meant(said: str, rating: str, meant: Meant, weighed: bool) -> None:
    before = policy_with(rating, said, weighed=weighed)
    assert before.has_errors
    rates(followed(before, said), meant, weighed=weighed)


NOT_THE_SCORE = (
    "  score is the sum of points times weight\n",
    "  score is the average of points rounded half up to whole numbers\n",
    "  score is the highest of points\n",
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize("score", NOT_THE_SCORE)
def test_the_average_is_not_said_to_be_a_score_that_is_another(score: str) -> None:
    said = "level 5 when the average of points is at least 4.5"
    fault = fault_of(policy_with(ROW.replace(AVERAGE, score), said, weighed=True), said)
    assert fault.fixes == ()
    assert "score is at least 4.5" not in fault.help


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(
    ("rating", "said"),
    [
        (FORMULA, "score is the weighted sum"),  # of lines in points it makes everyone level 5
        (BESIDE, "a level 3 element gives the rating level 3"),  # this would raise and lower ratings
    ],
)
def test_what_may_be_meant_otherwise_is_never_put_in_unasked(rating: str, said: str) -> None:
    (fix,) = fault_of(policy_with(rating, said, weighed=True), said).fixes
    assert not fix.sure


def test_points_that_have_a_name_get_no_second_one() -> None:
    said = 'score is the larger of the points of "Results" and the points of "Leading People"'
    rating = f'  "points of Results" is the points of "Results"\n{FORMULA}'
    assert fault_of(policy_with(rating, said, weighed=False), said).fixes == ()


def test_an_element_named_twice_gets_one_line() -> None:
    said = 'score is the smaller of "Results", "Leading People", and "Results"'
    rates(followed(policy_with(FORMULA, said, weighed=False), said), {(5, 1): 1, (1, 4): 1, (5, 5): 5}, weighed=False)


@pytest.mark.parametrize(
    ("said", "limit"), [("at most two", "at most"), ("fewer than two", "at most"), ("two", "at least")]
)
def test_a_share_in_thirds_keeps_its_end(said: str, limit: str) -> None:
    line = f"level 5 when {said} thirds of the elements are at level 5"
    assert f"when {limit} … elements" in fault_of(policy_with("  {said}\n", line, weighed=False), line).help


TOLD = (
    ('"x" is the median of points', "summary rating"),
    ("the board may raise the rating by one level", "rating steps"),
    ('level 5 unless "Results" is below level 4', "summary rating"),
    ("score must not exceed 5", "summary rating"),
    ("score is no lower than 2", "summary rating"),
    ("level 5 when two thirds of the elements are at level 5", "summary rating"),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("said", "part"), TOLD)
def test_what_no_sentence_says_is_told_with_one_that_is_read(said: str, part: str) -> None:
    fault = fault_of(policy_with("  {said}\n", said, weighed=False), said)
    assert fault.fixes == ()
    shown = [
        each.replace("…", "the average of points" if "score is …" in each else "2")
        for each in re.findall("`([^`]+)`", fault.help)
    ]
    assert any(parse(Source("policy.sespms", f"{HEAD}{part}\n  {each}\n"))[1] == () for each in shown), fault.help


OF_OTHER_PARTS = (
    ('table "Payout"\n', "below 3 gives nothing", "below 3 gives 0"),
    ('table "Payout"\n', "from 3 to 4 gives 1%", "3 to 4 gives 1%"),
    ('scenario "One"\n', '"Results" weighs 60 and is rated 4', '"Results" weight 60 rated 4'),
    ('noncritical element "Safety"\n', "may be left out", "is in some plans only"),
    ('noncritical element "Safety"\n', "is not required in every plan", "is in some plans only"),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("heading", "said", "meant"), OF_OTHER_PARTS)
def test_so_it_is_in_other_parts(heading: str, said: str, meant: str) -> None:
    (fault,) = parse(Source("policy.sespms", f"{HEAD}{heading}  {said}\n"))[1]
    assert fault.help.startswith(f"write `{meant}`")
    assert fault.fixes[0].replacement == meant
    assert parse(Source("policy.sespms", f"{HEAD}{heading}  {meant}\n"))[1] == ()


@pytest.mark.parametrize(
    ("heading", "said", "told"),
    [
        ('scenario "One"\n', "everything rated 5", '`"…" rated 5`'),
        ('scenario "One"\n', "all elements are rated at level 5", '`"…" rated 5`'),
        ("distribution\n", "no more than a third at level 5", "in percent"),
        ("distribution\n", "level 5 is limited to 30 percent", "`at most 30% of career executives at level 5`"),
    ],
)
def test_what_stands_for_all_or_a_share_is_no_name(heading: str, said: str, told: str) -> None:
    (fault,) = parse(Source("policy.sespms", f"{HEAD}{heading}  {said}\n"))[1]
    assert told in fault.help
    assert fault.fixes == ()


NUMBERS = (
    ("percentages of examples", 'scenario "One"\n', 'expect "payout" 4%', 'expect "payout" 0.04'),
    ("percentages of examples", 'scenario "One"\n', 'expect "payout" 12.5%', 'expect "payout" 0.125'),
    ("percentages of examples", 'scenario "One"\n', 'expect "payout" 4 percent', 'expect "payout" 0.04'),
    ("numbers of a table", 'table "Payout"\n', "4 gives 2%", "exactly 4 gives 2%"),
    ("numbers of a table", 'table "Payout"\n', "4 and up gives 2%", "at least 4 gives 2%"),
    ("numbers of a table", 'table "Payout"\n', "3.5 = 2%", "exactly 3.5 gives 2%"),
    ("numbers of a table", 'table "Payout"\n', "from 3 to 4 gives 2%", "3 to 4 gives 2%"),
    ("one critical element", 'system "Other"\n', "has one critical elements", "has exactly 1 critical element"),
    ("one critical element", 'system "Other"\n', "has 1 critical element", "has exactly 1 critical element"),
    ("one critical element", 'system "Other"\n', "has just 1 critical element", "has exactly 1 critical element"),
)


@pytest.mark.parametrize(
    ("heading", "said", "meant"), [pytest.param(*each[1:], marks=pytest.mark.case(each[0])) for each in NUMBERS]
)
def test_a_number_is_kept_and_said_as_the_language_says_it(heading: str, said: str, meant: str) -> None:
    found = parse(Source("policy.sespms", f"{HEAD}{heading}  {said}\n"))[1]
    if found:
        (fault,) = found
        assert fault.help.startswith(f"write `{meant}`")
        assert fault.fixes[0].replacement == meant
    assert parse(Source("policy.sespms", f"{HEAD}{heading}  {meant}\n"))[1] == ()


@pytest.mark.parametrize(
    "said", ["at least half of career executives at level 3 or better", "more than a third at level 5"]
)
def test_a_share_asked_for_at_least_is_led_to_no_limit_from_above(said: str) -> None:
    (fault,) = parse(Source("policy.sespms", f"{HEAD}distribution\n  {said}\n"))[1]
    assert "at most" not in fault.help.replace("a limit such as `at least 3`", "")


PAID = (
    HEAD
    + "summary rating\n"
    + AVERAGE
    + BANDS
    + """  "payout" is the "Payout" for level
  also report "payout"

table "Payout"
  level 5 gives 4%
  otherwise gives 0

scenario "Paid"
  "Leading People" rated 5
  "Results" rated 5
  expect "payout" {payout}
"""
)


@pytest.mark.case("percentages of examples")
@pytest.mark.parametrize(("payout", "passes"), [("0.04", True), ("4", False)])
def test_a_percentage_of_a_table_is_expected_as_the_number_it_is(payout: str, passes: bool) -> None:
    (scenario,) = compile_source(Source("policy.sespms", PAID.replace("{payout}", payout))).scenarios
    assert scenario.passed is passes


@pytest.mark.case("one critical element")
@pytest.mark.parametrize(
    "count", ["exactly 1 critical element", "at least 1 critical element", "exactly one critical element"]
)
def test_a_plan_of_one_critical_element_is_counted_in_the_singular(count: str) -> None:
    head = HEAD.replace("exactly 2 critical elements", count).replace('critical element "Results"\n\n', "")
    compiled = compile_source(Source("policy.sespms", head + "summary rating\n" + AVERAGE + BANDS))
    assert not compiled.has_errors
    (program,) = compiled.programs.values()
    assert rate(program, Appraisal("a", (Rated("Leading People", Fraction(4)),))).level == 4
