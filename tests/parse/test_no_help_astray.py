"""No help turns a rule around, loses an end of a limit, or leaves words out that mean something."""

from __future__ import annotations

import pytest

from sespms_rules.authoring.fixing import fixed
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.pipeline import compile_source

HEAD = """system "Invented agency"
  is outside the Senior Executive Service

critical element "Leading People"

critical element "Results Driven"

levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point

"""


def one(part: str, line: str, head: str = HEAD) -> Diagnostic:
    (finding,) = parse(Source("policy.sespms", f"{head}{part}\n  {line}\n"))[1]
    return finding


@pytest.mark.parametrize(
    ("part", "written", "meant"),
    [
        (
            "summary rating",
            f"any critical element {said} makes the rating level 2",
            "any critical element below level 3 makes the rating level 2",
        )
        for said in ("at level 2 or below", "rated 2 or lower", "at or below level 2", "level 2 or worse")
    ]
    + [
        (
            "summary rating",
            "level 4 when every element is at or above level 4",
            "level 4 when every element is at level 4 or better",
        ),
        (
            "summary rating",
            "cap the rating at level 4 when any element is below level 3",
            "any element below level 3 makes the rating no higher than level 4",
        ),
        ("weights", '"Results Driven" at most 60 and at least 40', '"Results Driven" 40 to 60'),
        ("weights", '"Results Driven" no more than 60 but at least 40', '"Results Driven" 40 to 60'),
        ("weights", "all others at least 10, at most 40", "all others 10 to 40"),
        (
            "summary rating",
            "score is the sum of points times weight, max 500",
            "score is the sum of points times weight but no more than 500",
        ),
        (
            "summary rating",
            "score is the sum of points times weight, minimum 100",
            "score is the sum of points times weight but no less than 100",
        ),
        (
            "summary rating",
            "score is the average of points, capped at 4",
            "score is the average of points but no more than 4",
        ),
        ("summary rating", '"bonus" is "Bonus" for score', '"bonus" is the "Bonus" for score'),
        ("summary rating", "level 1 when score < 200", "level 1 when score is less than 200"),
        (
            "summary rating",
            "level 5 when score 475-500",
            "level 5 when score is at least 475 and score is at most 500",
        ),
        ('noncritical element "Extra"', "is not in every plan", "is in some plans only"),
    ],
)
def test_both_ends_and_the_direction_of_a_rule_are_kept(part: str, written: str, meant: str) -> None:
    finding = one(part, written)
    assert finding.help == f"write `{meant}`"
    assert [(each.replacement, each.sure) for each in finding.fixes] == [(meant, True)]
    assert parse(Source("policy.sespms", f"{HEAD}{part}\n  {meant}\n"))[1] == ()


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("weights", '"Results Driven" at least 60 and at most 40'),
        ("weights", "all at least 10 and at least 20"),
        ("summary rating", "score is the average of points rounded half up to 2 decimals, max 5"),
        ("summary rating", "any element at or below level 5 makes the rating level 1"),
        ("summary rating", "any element at level 5 or below makes the rating level 1"),
        ("summary rating", '"bonus" is "Bonus" for score and more'),
        ("weights", "all at most 30 unless the board agrees"),
    ],
)
def test_where_nothing_is_known_no_words_are_to_be_left_out(part: str, written: str) -> None:
    finding = one(part, written)
    assert finding.fixes == ()
    assert "leave" not in finding.help
    assert "level 6" not in finding.help


@pytest.mark.parametrize(
    ("part", "written", "told"),
    [
        ("weights", "multiples of 5", "the language has no sentence for this"),
        ("weights", "weights are in increments of 5", "the language has no sentence for this"),
        ("summary rating", "score is the truncated average of points", "rounded down to … decimals"),
        ("summary rating", 'level 5 when every element is at level 5 except "Leading People"', "name each element"),
        (
            "summary rating",
            "score is weighted average of points rounded to 2 decimals",
            (
                "say how ties go: `half up`, `half down`, `half even`, `up` or `down`, as in "
                "`score is the average of points by weight rounded half up to 2 decimals`"
            ),
        ),
    ],
)
def test_the_problem_that_is_named_is_the_one_there_is(part: str, written: str, told: str) -> None:
    finding = one(part, written)
    assert told in finding.help
    assert "did you mean" not in finding.help
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("total", "written", "meant", "sure"),
    [
        ("total 100", "others at least 10%", "all others at least 10", True),
        ("total 500", "others at least 10%", "all others at least 50", True),
        ("total 1", "others at least 10 percent", "all others at least 0.1", True),
        ("are whole numbers", "others at least 10%", "all others at least 10", False),
    ],
)
def test_a_weight_in_percent_is_of_what_the_weights_total(total: str, written: str, meant: str, sure: bool) -> None:
    finding = one("weights", f"{total}\n  {written}")
    assert finding.help == f"write `{meant}`"
    assert [each.sure for each in finding.fixes] == [sure]


@pytest.mark.parametrize(
    ("total", "limit", "mended", "sure"),
    [
        (100, "at least 30%", "at least 30", True),
        (500, "at least 30%", "at least 150", True),
        (100, "30% to 60%", "30 to 60", True),
        (100, "30 to 60%", "30 to 60", True),
        (500, "30 to 60%", "150 to 300", False),
    ],
)
def test_a_limit_in_percent_is_written_as_the_number_it_is(total: int, limit: str, mended: str, sure: bool) -> None:
    text = (
        f'{HEAD}weights\n  total {total}\n  "Results Driven" {limit}\n\nsummary rating\n'
        "  score is the average of points by weight\n  score at least 3 is level 3\n  score below 3 is level 1\n"
    )
    finding = next(each for each in compile_source(Source("p.sespms", text)).diagnostics if each.code == "SES136")
    (fix,) = finding.fixes
    assert (fix.replacement, fix.sure) == (mended, sure)
    done = fixed(Source("p.sespms", text), lambda source: compile_source(source).diagnostics, every=True).text
    assert done == text.replace(limit, mended)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        (
            "each critical element at level 1 makes the rating level 1",
            "any critical element at level 1 makes the rating level 1",
        ),
        ("each element rated level 1 makes the rating level 1", "any element at level 1 makes the rating level 1"),
        (
            "each critical element below level 3 makes the rating level 2",
            "any critical element below level 3 makes the rating level 2",
        ),
    ],
)
def test_each_that_sets_the_rating_is_a_question(written: str, offered: str) -> None:
    finding = one("summary rating", written)
    assert finding.help.startswith(f"write `{offered}`")
    assert "`every` where all of them" in finding.help
    assert [each.sure for each in finding.fixes] == [False]


def test_each_in_a_condition_is_every_one() -> None:
    finding = one("summary rating", "level 5 when each critical element is at level 5")
    assert "`level 5 when every critical element is at level 5`" in finding.help


@pytest.mark.parametrize(("total", "sure"), [("total 100", True), ("total 200", False), ("total 1", False)])
def test_whole_percents_are_whole_numbers_of_a_total_of_100_alone(total: str, sure: bool) -> None:
    finding = one("weights", f"{total}\n  are whole percentages")
    assert any(each.sure for each in finding.fixes) is sure


@pytest.mark.parametrize(
    ("event", "sure"),
    [("of period start", False), ("following period start", True), ("of the beginning of the period", False)],
)
def test_days_of_a_start_may_be_before_it(event: str, sure: bool) -> None:
    finding = one("performance plan", f"is communicated within 30 days {event}")
    assert "`is communicated within 30 days after period start`" in finding.help
    assert [each.sure for each in finding.fixes] == [sure]


THREE = (
    HEAD[: HEAD.index("levels")]
    + """levels
  level 5 "Outstanding"       5 points
  level 3 "Fully Successful"  3 points
  level 1 "Unsatisfactory"    1 point

"""
)


@pytest.mark.parametrize(
    ("part", "written", "meant"),
    [
        (
            "summary rating",
            "any element at level 3 or below makes the rating no higher than level 3",
            "any element below level 5 makes the rating no higher than level 3",
        ),
        (
            "summary rating",
            "any element at level 1 or lower makes the rating level 1",
            "any element below level 3 makes the rating level 1",
        ),
        ("uses of results", "level 3 or better allows pay increase", "level 5 allows pay increase"),
    ],
)
def test_only_levels_that_the_system_has_are_offered(part: str, written: str, meant: str) -> None:
    finding = one(part, written, THREE)
    assert f"`{meant}`" in finding.help
    assert "level 4" not in finding.help
    assert "level 2" not in finding.help


def test_no_term_of_the_law_is_read_as_a_level_that_the_text_does_not_declare() -> None:
    four = HEAD.replace('  level 5 "Outstanding" 5 points\n', "")
    told = one("uses of results", "Outstanding allows performance award", four)
    assert "level 5" not in (told.help or "")
    assert one("uses of results", "Outstanding allows performance award").help == (
        "write `level 5 allows performance award`"
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('level 5 only when "Results Driven" is at level 5', "gives level 5 to whoever meets it"),
        ('level 5 only if "Results Driven" is at level 4 or better', "gives level 5 to whoever meets it"),
        ('level 5 unless "Results Driven" is below level 4', "gives level 5 to whoever meets it"),
        ("level 4 when any element is not at level 4", "one above level 4"),
        ("any element not at level 3 makes the rating level 2", "one above level 3"),
        ("level 4 or 5 requires no element below level 3", "write a line for each level, the first for `level 4`"),
        ("level 4 when at least half of the elements are at level 3 or 4", "name one range of levels"),
        ("score 1,000 to 1,500 is level 3", "write `1000` for thousands, or `1.000` with a point"),
    ],
)
def test_what_most_people_would_mean_otherwise_is_told_and_not_written(written: str, says: str) -> None:
    finding = one("summary rating", written)
    assert says in finding.help
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("level 4 when every element is at level 4 or 5", "level 4 when every element is at level 4 or better"),
        ("level 4 when every element is at level 5 or level 4", "level 4 when every element is at level 4 or better"),
        (
            "level 4 when every element is at level 3 or 4",
            "level 4 when no element is below level 3 and no element is at level 5",
        ),
        ("level 3 when every element is at level 1 or 2", "level 3 when no element is at level 3 or better"),
        (
            "level 5 when at least 2 elements are at level 4 or 5",
            "level 5 when at least 2 elements are at level 4 or better",
        ),
        (
            "level 5 when no element is at level 1 or 2",
            "level 5 when no element is at level 1 and no element is at level 2",
        ),
        (
            'level 3 when "Results Driven" is at level 3 or 4',
            'level 3 when "Results Driven" is at level 3\n  level 3 when "Results Driven" is at level 4',
        ),
        ("4.5 >= score is level 3", "level 3 when score is at most 4.5"),
        ("4.5 > score is level 3", "score below 4.5 is level 3"),
        ("4.5 <= score is level 5", "score at least 4.5 is level 5"),
        ("4.5 < score <= 5 is level 5", "level 5 when score is more than 4.5 and score is at most 5"),
        ("5.0 - 4.5 Outstanding", "score 4.5 to 5.0 is level 5"),
        ("score 1 is level 1", "score exactly 1 is level 1"),
    ],
)
def test_two_levels_a_turned_sign_and_one_score_keep_their_meaning(written: str, meant: str) -> None:
    assert [each.replacement for each in one("summary rating", written).fixes] == [meant]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("score below 4 is Meets", "score below 4 is level 3"),
        ("any element Below makes the rating Below", "any element at level 2 makes the rating level 2"),
        ("any element below Below makes the rating Fails", "any element below level 2 makes the rating level 1"),
        (
            "any element below Meets makes the rating no higher than Meets",
            "any element below level 3 makes the rating no higher than level 3",
        ),
    ],
)
def test_a_term_that_is_a_word_of_the_language_is_known_by_its_capital(written: str, meant: str) -> None:
    terms = ("Fully Successful", "Meets"), ("Minimally Satisfactory", "Below"), ("Unsatisfactory", "Fails")
    head = HEAD
    for before, own in terms:
        head = head.replace(before, own)
    assert [each.replacement for each in one("summary rating", written, head).fixes] == [meant]


@pytest.mark.parametrize(
    ("part", "line", "never"),
    [
        ("rating steps", "overall rating by appointing authority", "overlay"),
        ("rating steps", "grade by appointing authority", "rate"),
        ("progress review", "overlaps with the plan", "overlay"),
        ("weights", "person counts for half", "period"),
        ("records", "letters are kept", "better"),
    ],
)
def test_no_word_is_offered_that_cannot_stand_there(part: str, line: str, never: str) -> None:
    told = one(part, line)
    assert f"`{never}`" not in (told.help or "")
    assert not any(fix.replacement == never for fix in told.fixes)


@pytest.mark.parametrize(
    "written",
    [
        "below 1.5 or less is level 1",
        "score under 1.5 and lower is level 1",
        "above 4.5 or more is level 5",
        "score over 4.5 or higher is level 5",
    ],
)
def test_whether_a_number_said_both_ways_belongs_to_its_range_is_asked(written: str) -> None:
    finding = one("summary rating", written)
    assert "itself belongs to it" in finding.help
    (fix,) = finding.fixes
    assert fix.asks
    assert not fix.sure


def test_a_word_that_only_looks_like_two_of_the_language_is_not_parted() -> None:
    finding = one("summary rating", "anyone at level 1 gets nothing")
    assert "any one" not in finding.help
    assert finding.fixes == ()
    joined = one("summary rating", "any element atlevel 1 makes the rating level 1")
    assert [(each.replacement, each.sure) for each in joined.fixes] == [("at level", True)]


@pytest.mark.parametrize(
    "written",
    [
        "no executive with every element at level 5 may be rated above level 3",
        "an executive with two elements at level 2 cannot be rated above level 3",
        "an executive at level 2 cannot be rated above level 3",
    ],
)
def test_a_cap_of_others_than_who_has_such_an_element_is_not_made_one(written: str) -> None:
    assert "`any element" not in one("summary rating", written).help


@pytest.mark.parametrize(
    ("part", "written", "said"),
    [
        ("summary rating", "score is the average of the two highest points", "`the highest of points`"),
        ("summary rating", "score is the average of the best 3 elements", "`the highest of points`"),
        ("summary rating", "score is the sum of the lowest two points", "`the lowest of points`"),
        ("summary rating", "the lower of the two levels holds", "the lower level holds already"),
        ("summary rating", "the lower level applies", "the lower level holds already"),
        (
            "weights",
            '"Leading People" weighs 60% and "Results Driven" weighs 40%',
            '`"Leading People" exactly 60` and below it `"Results Driven" exactly 40`',
        ),
        (
            "weights",
            '"A" 50, "B" 30 and "C" 20',
            '`"A" exactly 50` and below it `"B" exactly 30` and below it `"C" exactly 20`',
        ),
    ],
)
def test_what_no_one_sentence_says_is_led_to_what_says_it(part: str, written: str, said: str) -> None:
    finding = one(part, written)
    assert said in finding.help
    assert "what can stand here" not in finding.help
    assert finding.fixes == ()
