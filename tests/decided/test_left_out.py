"""What is left out counts against nobody, or it is told; shares total the whole; what is defined is read."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.confirmed import answer
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Reached, Status

HEAD = """system "Example Ferry Office"
  is outside the Senior Executive Service

critical element "People"

critical element "Results"

critical element "Stewardship"

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

"""
WEIGHTS = "weights\n  total 100\n  are whole numbers\n\n"
LEFT_OUT = "  unrated elements are left out\n"


def bands(unit: str = "1") -> str:
    cuts = {"1": ("4.5", "3.5", "2.5", "1.5"), "100": ("450", "350", "250", "150"), "3": ("13.5", "10.5", "7.5", "4.5")}
    a, b, c, d = cuts[unit]
    return (
        f"  score at least {a} is level 5\n  score at least {b} and below {a} is level 4\n"
        f"  score at least {c} and below {b} is level 3\n  score at least {d} and below {c} is level 2\n"
        f"  score below {d} is level 1\n"
    )


def found(*parts: str) -> list[Diagnostic]:
    return list(compile_source(Source("ferries.sespms", HEAD + "".join(parts))).diagnostics)


def of(code: str, findings: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in findings if each.code == code]


@pytest.mark.case("left out of a sum")
@pytest.mark.case("sums of what was rated")
@pytest.mark.parametrize(
    ("weights", "score", "unit"),
    [
        (WEIGHTS, "the sum of points times weight", "100"),
        (WEIGHTS, "the sum of points times weight / 100", "1"),
        ("", "the sum of points", "3"),
        ("", "3 * the number of elements at level 5 or better", "3"),
        (
            "",
            '50% of the points of "People" + 30% of the points of "Results" + 20% of the points of "Stewardship"',
            "1",
        ),
    ],
)
def test_what_is_left_out_of_a_sum_a_count_or_shares_is_told(weights: str, score: str, unit: str) -> None:
    (one,) = of("SES266", found(weights, "summary rating\n", LEFT_OUT, f"  score is {score}\n", bands(unit)))
    assert one.severity is Severity.WARNING
    assert one.span.text == "unrated elements are left out"
    assert "and with nothing left out it is level" in one.message
    assert "not rated" in one.help
    assert "average of points" in one.help
    assert of("SES266", found(weights, "summary rating\n", f"  score is {score}\n", bands(unit))) == []


WHOLE = """  score 450 to 500 is level 5
  score 350 to 449 is level 4
  score 250 to 349 is level 3
  score 150 to 249 is level 2
  score 0 to 149 is level 1
"""


@pytest.mark.case("left out of a sum")
@pytest.mark.case("sums of what was rated")
@pytest.mark.parametrize("lines", [bands("100"), WHOLE])
def test_weights_taken_anew_are_offered_with_the_lines_as_they_are(lines: str) -> None:
    """The line that is offered removes the finding, adds no gap, and gives 5 to who has 5 in all that was rated."""
    score = "the sum of points times weight"
    (one,) = of("SES266", found(WEIGHTS, "summary rating\n", LEFT_OUT, f"  score is {score}\n", lines))
    (offered,) = re.findall("`score is ([^`]*)`", one.help)
    assert offered.startswith("100 * the average of points by weight")
    assert ("rounded" in offered) is (lines is WHOLE)
    made = compile_source(
        Source("ferries.sespms", HEAD + WEIGHTS + "summary rating\n" + LEFT_OUT + f"  score is {offered}\n" + lines)
    )
    assert {each.code for each in made.diagnostics} <= {"SES247"}
    program = made.programs["Example Ferry Office"]
    rated = (("People", 30, 5), ("Results", 40, 5), ("Stewardship", 30, None))
    elements = tuple(
        Rated(name, None if level is None else Fraction(level), Fraction(weight)) for name, weight, level in rated
    )
    assert rate(program, Appraisal("a", elements)).score == 500
    assert rate(program, Appraisal("a", elements)).level == 5


@pytest.mark.case("left out of a sum")
def test_a_plain_sum_is_offered_as_so_many_times_the_average() -> None:
    """By hand: 5 and 5 of what was rated are 15 of 15, and 5, 4 and 4 are 13 as before."""
    lines = "".join(
        f"  score {scores} is level {level}\n"
        for level, scores in ((5, "14 to 15"), (4, "11 to 13"), (3, "8 to 10"), (2, "5 to 7"), (1, "0 to 4"))
    )
    (one,) = of("SES266", found("summary rating\n", LEFT_OUT, "  score is the sum of points\n", lines))
    (offered,) = re.findall("`score is ([^`]*)`", one.help)
    assert offered == "3 * the average of points rounded half up to whole numbers"
    made = compile_source(Source("ferries.sespms", f"{HEAD}summary rating\n{LEFT_OUT}  score is {offered}\n{lines}"))
    assert {each.code for each in made.diagnostics} <= {"SES247"}, made.diagnostics
    (program,) = made.programs.values()
    for ratings, score, level in (((5, 5, None), 15, 5), ((None, None, 5), 15, 5), ((5, 4, 4), 13, 4)):
        names = ("People", "Results", "Stewardship")
        elements = tuple(
            Rated(name, None if each is None else Fraction(each)) for name, each in zip(names, ratings, strict=True)
        )
        found_here = rate(program, Appraisal("a", elements))
        assert (found_here.score, found_here.level) == (score, level)


@pytest.mark.case("left out of a sum")
def test_what_is_offered_inside_an_element_says_what_holds_without_any_rating() -> None:
    """The average alone would be refused where no requirement is rated: the offer brings the line that says so."""
    block = 'critical element "Results"\n  has exactly 3 requirements\n  requirements are rated\n'
    block += "  requirement weights total 100\n  requirement weights are whole numbers\n"
    block += f"  unrated requirements are left out\n  score is the sum of points times weight\n{WHOLE}"
    text = HEAD.replace('critical element "Results"\n', block) + "summary rating\n  score is the average of points\n"
    text += bands() + "  any critical element at level 1 makes the rating level 1\n"
    (one,) = [each for each in compile_source(Source("goals.sespms", text)).diagnostics if each.code == "SES266"]
    assert one.message.startswith("a requirement that is left out counts against the executive")
    assert one.message.endswith("makes `Results` level 1, and with nothing left out it is level 5")
    (fix,) = one.fixes
    assert fix.replacement.endswith("\n  not rated when no requirement is rated")
    fixed = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    assert compile_source(Source("goals.sespms", fixed)).diagnostics == ()


def test_no_sum_is_offered_where_plans_have_more_or_fewer_elements() -> None:
    text = HEAD.split("critical element")[0] + "  has 3 to 5 critical elements\n\nlevels" + HEAD.split("levels")[1]
    rating = f"summary rating\n{LEFT_OUT}  score is the sum of points\n{bands('3')}"
    (one,) = [each for each in compile_source(Source("f.sespms", text + rating)).diagnostics if each.code == "SES266"]
    assert one.fixes == ()
    assert one.help.endswith("as in `score is the average of points`")


def test_days_of_a_period_as_weights_are_averaged_and_rounded() -> None:
    """Each assignment counts by its days, which total no fixed number: 2 for 100 days and 5 for 265, by hand 4.18."""
    days = "weights\n  are whole numbers\n\n"
    score = "  score is the average of points by weight rounded half up to 2 decimals\n"
    made = compile_source(Source("ferries.sespms", HEAD + days + "summary rating\n" + LEFT_OUT + score + bands()))
    assert {each.code for each in made.diagnostics} <= {"SES247"}, made.diagnostics
    rated = (("People", 100, 2), ("Results", 265, 5), ("Stewardship", 1, None))
    elements = tuple(
        Rated(name, None if level is None else Fraction(level), Fraction(weight)) for name, weight, level in rated
    )
    program, appraisal = made.programs["Example Ferry Office"], Appraisal("a", elements)
    assert rate(program, appraisal).score == Fraction("4.18")
    sql = SqlEngine(program)
    with DurableEngine(program) as durable:
        for each in (durable.rate(appraisal), ColumnarEngine(program).rate([appraisal])[0], sql.rate([appraisal])[0]):
            assert answer(each) == answer(rate(program, appraisal))
    sql.close()
    assert Prover(program).prove(ExactlyOneLevel()).status is Status.REFUTED, "nobody may be rated"
    assert Prover(program).prove(Reached((5, 4, 3, 2, 1))).status is Status.PROVED


@pytest.mark.case("sums of what was rated")
@pytest.mark.parametrize(
    ("weights", "score"),
    [("", "the average of points"), (WEIGHTS, "the average of points by weight"), ("", "the lowest of points")],
)
def test_what_is_taken_of_those_rated_is_left_alone(weights: str, score: str) -> None:
    assert of("SES266", found(weights, "summary rating\n", LEFT_OUT, f"  score is {score}\n", bands())) == []


STEWARDSHIP = 'the points of "Stewardship"'
TWO_PARTS = '({} * the points of "People" + {} * the points of "Results")'


@pytest.mark.case("shares of more than the whole")
@pytest.mark.parametrize(
    ("shares", "total"),
    [
        ('70% of the points of "People" + 15% of the points of "Results" + 30% of the points of "Stewardship"', "115%"),
        ('0.4 * the points of "People" + 0.4 * the points of "Results"', "80%"),
        ('60% of the points of "People" + 41% of the average of points rounded half up to 1 decimal', "101%"),
        (f"{TWO_PARTS.format(70, 15)[:-1]} + 30 * {STEWARDSHIP}) / 100", "115%"),
        (f'70% of the points of "People" + 20% of (the points of "Results" + {STEWARDSHIP})', "110%"),
        (f'the points of "People" / 2 + the points of "Results" / 4 + {STEWARDSHIP} / 2', "125%"),
    ],
)
def test_shares_that_do_not_total_the_whole(shares: str, total: str) -> None:
    (one,) = of("SES267", found("summary rating\n", f"  score is {shares}\n", bands()))
    assert f"total `{total}`" in one.message


@pytest.mark.parametrize(
    "score",
    [
        '40% of the points of "People" + 60% of the points of "Results"',
        'the average of points + 10% of the points of "Results"',
        '2 * the points of "People" + 3 * the points of "Results"',
        f"{TWO_PARTS.format(40, 60)} / 100",
        f'70% of the points of "People" + 15% of (the points of "Results" + {STEWARDSHIP})',
        f"{TWO_PARTS.format(40, 60)} / 500",
        f"{TWO_PARTS.format(40, 60)} / 25",
        f'(the points of "People" + the points of "Results" + {STEWARDSHIP}) / 4',
    ],
)
def test_shares_that_do_and_sums_that_are_no_shares(score: str) -> None:
    assert of("SES267", found("summary rating\n", f"  score is {score}\n", bands())) == []


GOALS = '  "goals" is 40% of the points of "People" + 40% of the points of "Results"\n'
WHOLE_GOALS = GOALS.replace("40%", "50%")


@pytest.mark.case("shares of more than the whole")
@pytest.mark.parametrize(
    ("values", "score", "total"),
    [
        (GOALS, f'"goals" + 20% of {STEWARDSHIP}', ""),
        (GOALS, f'"goals" + 30% of {STEWARDSHIP}', "110%"),
        (GOALS, '"goals" / 0.8', ""),
        (GOALS, 'the larger of "goals" and 1', "80%"),
        (GOALS + f'  "rest" is 10% of {STEWARDSHIP}\n', '"goals" + "rest"', "90%"),
        (WHOLE_GOALS, f'80% of "goals" + 20% of {STEWARDSHIP}', ""),
        (WHOLE_GOALS, f'80% of "goals" + 30% of {STEWARDSHIP}', "110%"),
        (WHOLE_GOALS + f'  "bonus" is 10% of {STEWARDSHIP}\n', '"goals" + "bonus"', ""),
        (GOALS, '"goals"', "80%"),
        (GOALS + '  "same" is "goals"\n', f'"same" + 20% of {STEWARDSHIP}', ""),
        (GOALS + '  "same" is "goals" rounded half up to whole numbers\n', f'"same" + 30% of {STEWARDSHIP}', "110%"),
    ],
)
def test_a_part_of_a_sum_is_judged_in_the_sum(values: str, score: str, total: str) -> None:
    """A value of 40% + 40%, to which a formula adds 20%, was told to total 80%; whoever heeded it broke the sum."""
    findings = of("SES267", found("summary rating\n", values, f"  score is {score}\n", bands()))
    assert [each.message.split("`")[1] for each in findings] == ([total] if total else [])


@pytest.mark.case("shares of more than the whole")
@pytest.mark.parametrize(
    ("high", "values", "score", "total"),
    [
        ("0.5", GOALS, '"goals" + the sum of "extra"', "80%"),
        ("0.5", GOALS, 'the average of "extra" + "goals"', "80%"),
        ("0.5", GOALS, '"goals" - the sum of "extra"', "80%"),
        ("0.5", GOALS + '  "bonus" is the sum of "extra"\n', '"goals" + "bonus"', "80%"),
        ("0.5", GOALS + '  "b" is 0.5 when "People" is at level 3 otherwise 0\n', '"goals" + "b"', "80%"),
        ("0.5", GOALS.replace("40%", "70%"), '"goals" + the average of "extra"', "140%"),
        ("0.5", WHOLE_GOALS, '"goals" + the sum of "extra"', ""),
        ("0.5", "", 'the average of points + the sum of "extra"', ""),
        ("1", GOALS, '"goals" + the average of "extra"', ""),
        ("0.5", GOALS.replace("40%", "35%"), '"goals" + the sum of "extra"', ""),
        ("3", GOALS, '"goals" + 20% of the average of "extra"', ""),
    ],
)
def test_a_bonus_beside_shares_is_none_of_them(high: str, values: str, score: str, total: str) -> None:
    """A bonus that makes up for what the shares lack of the highest points, to the last part, is meant to do so."""
    extra = f'  each element is also rated "extra" from 0 to {high}\n'
    findings = of("SES267", found("summary rating\n", extra, values, f"  score is {score}\n", bands()))
    assert [each.message.split("`")[1] for each in findings] == ([total] if total else [])


def test_values_that_each_double_the_one_before_are_not_all_written_out() -> None:
    """Twenty of them took half a minute, and a few more all of the memory."""
    doubled = "".join(f'  "v{each}" is "v{each - 1}" + "v{each - 1}"\n' for each in range(1, 60))
    values = GOALS.replace("goals", "v0") + doubled
    assert of("SES267", found("summary rating\n", values, '  score is "v59"\n', bands())) == []


@pytest.mark.case("shares of more than the whole")
def test_shares_inside_an_element() -> None:
    block = 'critical element "Results"\n  has exactly 3 requirements\n  requirements are rated\n'
    block += f"  score is 70% of the average of points + 40% of the lowest of points\n{bands()}"
    text = HEAD.replace('critical element "Results"\n', block) + "summary rating\n  score is the average of points\n"
    (one,) = of("SES267", list(compile_source(Source("goals.sespms", text + bands())).diagnostics))
    assert one.message == "the shares total `110%`, not `100%`: 70% + 40%"


@pytest.mark.case("what nothing reads")
def test_an_element_that_no_formula_reads() -> None:
    score = '  score is 40% of the points of "People" + 60% of the points of "Results"\n'
    override = "  any critical element at level 1 makes the rating level 1\n"
    (one,) = of("SES268", found("summary rating\n", score, bands(), override))
    assert one.message == f"`Stewardship` cannot move the score: only `{override.strip()}` reads it"
    (one,) = of("SES268", found("summary rating\n", score, bands()))
    assert one.message == "`Stewardship` cannot move the score: no formula and no line reads it"
    floor = bands().replace("4.5 is level 5", "4.5 with no element below level 3 is level 5")
    assert of("SES268", found("summary rating\n", score, floor)) == []
    assert of("SES268", found("summary rating\n  score is the average of points\n", bands())) == []


@pytest.mark.case("what nothing reads")
@pytest.mark.parametrize(
    ("lines", "reads"),
    [
        ('  "own" is the points of "Stewardship"\n  also report "own"\n', "only the value `own` reads it"),
        (
            '  "own" of each element is points + 1\n  "all" is the average of "own"\n  also report "all"\n',
            "only the value `own` and the value `all` read it",
        ),
        (
            "  any critical element at level 1 makes the rating no higher than level 2\n",
            "no higher than level 2` reads",
        ),
    ],
)
def test_an_element_that_only_a_report_or_a_cap_reads(lines: str, reads: str) -> None:
    score = '  score is (the points of "People" + the points of "Results") / 2\n'
    (one,) = of("SES268", found("summary rating\n", score, bands(), lines))
    assert one.message.startswith("`Stewardship` cannot move the score: only ")
    assert reads in one.message


def test_of_many_readers_the_first_are_named() -> None:
    score = '  score is (the points of "People" + the points of "Results") / 2\n'
    values = "".join(f'  "v{each}" is {STEWARDSHIP} + {each}\n' for each in range(1, 8))
    (one,) = of("SES268", found("summary rating\n", values, score, bands()))
    assert one.message.endswith("the value `v1`, the value `v2`, the value `v3`, the value `v4` and 3 more read it")


def test_an_element_that_a_value_of_the_score_reads() -> None:
    value = '  "own" of each element is points + 1\n  score is the average of "own"\n'
    assert of("SES268", found("summary rating\n", value, bands())) == []
    first = f'  "own" is {STEWARDSHIP}\n  "two" is "own" + the points of "People"\n'
    last = '  score is ("two" + the points of "Results") / 3\n'
    assert of("SES268", found("summary rating\n", first, last, bands())) == []


@pytest.mark.case("what nothing reads")
@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (('\ntable "Award"\n  level 5 gives 10%\n  otherwise gives 0%\n',), "the table `Award`"),
        (('  "spare" is the lowest of points\n',), "the value `spare`"),
        (('  "own" of each element is points + 1\n',), "the value `own`"),
    ],
)
def test_what_nothing_reads(parts: tuple[str, ...], told: str) -> None:
    (one,) = of("SES269", found("summary rating\n  score is the average of points\n", bands(), *parts))
    assert one.message == f"nothing reads {told}"


@pytest.mark.parametrize(
    "parts",
    [
        ('  "award" is the "Award" for level\n  also report "award"\n', '\ntable "Award"\n  otherwise gives 0%\n'),
        ('  "spare" is the lowest of points\n  ask reviewer "Why?" when "spare" is less than 2\n',),
        ('  "spare" is the lowest of points\n', '\nscenario "One"\n  "People" rated 3\n  expect "spare" 3\n'),
    ],
)
def test_what_is_reported_asked_or_expected_is_read(parts: tuple[str, ...]) -> None:
    assert of("SES269", found("summary rating\n  score is the average of points\n", bands(), *parts)) == []


def test_names_in_two_cases_and_weights_of_zero() -> None:
    text = HEAD.replace('"Stewardship"', '"results"') + WEIGHTS.replace("are whole", '"People" at least 0\n  are whole')
    rating = "summary rating\n  score is the average of points by weight\n" + bands()
    findings = compile_source(Source("ferries.sespms", text + rating)).diagnostics
    assert [each.message for each in findings if each.code == "SES271"] == [
        "`results` and `Results` differ only in small and capital letters"
    ]
    assert [each.span.text for each in findings if each.code == "SES272"] == ["at least 0"]


@pytest.mark.case("totals that averages do not need")
@pytest.mark.parametrize(
    ("weights", "score", "unit", "told"),
    [
        ("  are whole numbers\n", "the average of points by weight", "1", False),
        ("  all at least 1\n", "the average of points by weight", "1", False),
        ("  all at least 1\n", "the average of points by weight rounded half up to 1 decimal", "1", False),
        ("  all at least 1\n", "60% of the average of points by weight + 40% of the average of points", "1", False),
        ("  are whole numbers\n", "the sum of points times weight", "100", True),
        ("  all at least 1\n", "the average of points by weight + the sum of weights / 100", "1", True),
    ],
)
def test_a_missing_total_matters_to_sums_and_not_to_averages(weights: str, score: str, unit: str, told: bool) -> None:
    """An average by weight lies between the lowest and the highest rating, whatever the weights come to."""
    findings = found(f"weights\n{weights}\n", "summary rating\n", f"  score is {score}\n", bands(unit))
    assert [each.message for each in of("SES225", findings)] == (
        ["the weights have no total, so the same ratings can give any score"] if told else []
    )


@pytest.mark.case("acceptances without a trace")
@pytest.mark.parametrize("reason", ['"The board looks at each."', '"""\n    The board\n      looks at each.\n  """'])
def test_an_accepted_note_says_so_too(reason: str) -> None:
    """A reason of several lines stands in one: its second line stood as if the program had said it."""
    text = HEAD.replace("Service\n", f"Service\n  accepts SES247 because {reason}\n")
    rating = "summary rating\n  score is the average of points\n" + bands()
    findings = list(compile_source(Source("ferries.sespms", text + rating)).diagnostics)
    (one,) = of("SES247", findings)
    assert one.severity is Severity.NOTE
    assert one.help.endswith("accepted by the system, because: The board looks at each.")
    assert of("SES244", findings) == []
