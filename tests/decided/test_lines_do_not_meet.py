"""Values between two lines of a table, which `otherwise` decides: told where they can come, and nowhere else."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import Status
from sespms_rules.proofs.solver.two_results import value_differs

LEVELS = """system "Example Buoy Office"
  is outside the Senior Executive Service
  has exactly 3 critical elements

levels
  level 5 "Outstanding"       5 points
  level 4 "Exceeds"           4 points
  level 3 "Fully Successful"  3 points
  level 1 "Unsatisfactory"    1 point

"""
LINES = "  score at least {0} is level 5\n  score below {0} is level 3\n"
AVERAGE = "summary rating\n  score is the average of points\n" + LINES.format(4)
WEIGHTED = "weights\n  total 100\n{}\nsummary rating\n  score is the sum of points times weight\n" + LINES.format(400)
REPORTED = '  "award" is the "Award" for {}\n  also report "award"\n'
HUNDREDS = '\ntable "Award"\n  475 to 500 gives 8%\n  400 to 474 gives 5%\n  otherwise gives 0%\n'
ONES = '\ntable "Award"\n  4 to 5 gives 8%\n  2 to 3 gives 5%\n  otherwise gives 0%\n'
ORGANIZATION = 'facts\n  "organization score" is {}\n\n'


@cache
def compiled(*parts: str) -> Compilation:
    found = compile_source(Source("buoys.sespms", LEVELS + "".join(parts)))
    assert found.programs, [each.message for each in found.diagnostics]
    return found


def cracks(*parts: str) -> list[Diagnostic]:
    return [each for each in compiled(*parts).diagnostics if each.code == "SES282"]


def test_a_score_by_weight_between_two_lines() -> None:
    (one,) = cracks(WEIGHTED.format(""), REPORTED.format("score"), HUNDREDS)
    assert one.message == (
        "in the table `Award`, `474.5` lies between `400 to 474` and `475 to 500`, so `otherwise` decides it"
    )
    assert "weight 25.5 rated 4" in one.help
    assert one.help.endswith("let the lines meet, as in `at least 400 and below 475 gives 5%`")
    assert (one.span.text, [each.span.text for each in one.labels]) == ("400 to 474", ["475 to 500"])


def test_the_appraisal_that_is_shown_gets_what_otherwise_gives() -> None:
    program = compiled(WEIGHTED.format(""), REPORTED.format("score"), HUNDREDS).programs["Example Buoy Office"]
    shown = (("25.5", 4), ("28", 5), ("46.5", 5))
    elements = (
        Rated(name, Fraction(level), weight=Fraction(weight))
        for name, (weight, level) in zip("ABC", shown, strict=True)
    )
    rating = rate(program, Appraisal("shown", tuple(elements)), trace=False)
    assert (rating.score, dict(rating.values)["award"]) == (Fraction("474.5"), Fraction(0))


@pytest.mark.parametrize("whole", [False, True])
def test_prove_knows_no_other(whole: bool) -> None:
    """Lines that meet pay someone otherwise exactly where the crack is told; whole weights make every score whole."""
    rating = WEIGHTED.format("  are whole numbers\n" if whole else "") + REPORTED.format("score")
    meeting = HUNDREDS.replace("400 to 474", "at least 400 and below 475")
    assert bool(cracks(rating, HUNDREDS)) is not whole
    assert cracks(rating, meeting) == []
    old, new = (compiled(rating, each).programs["Example Buoy Office"] for each in (HUNDREDS, meeting))
    assert value_differs(old, new, "award").status is (Status.PROVED if whole else Status.REFUTED)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("a number from 0 to 5 with 1 decimal", True),
        ("a whole number from 0 to 5", False),
        ("a number from 4 to 5 with 1 decimal", False),
    ],
)
@pytest.mark.parametrize("award", [True, False])
def test_a_table_over_the_number_of_a_fact(kind: str, told: bool, award: bool) -> None:
    key = '"organization score"'
    read = f'\nawards and pay\n  performance award is the "Award" for {key}\n' if award else REPORTED.format(key)
    found = cracks(ORGANIZATION.format(kind), AVERAGE, read, ONES)
    assert ["`3.1` lies between" in each.message for each in found] == ([True] if told else [])


@pytest.mark.parametrize("line", ["4 to 4.9", "at least 4 and below 5"])
def test_above_the_highest_line_and_far_apart_otherwise_says_what_is_meant(line: str) -> None:
    top = ONES.replace("4 to 5", line)
    assert [each.span.text for each in cracks(AVERAGE, REPORTED.format("score"), top)] == ["2 to 3"]
    far = top.replace("2 to 3", "1 to 2")
    assert cracks(AVERAGE, REPORTED.format("score"), far) == []


def test_a_lowest_line_without_an_end() -> None:
    table = '\ntable "Award"\n  4.5 to 5 gives 8%\n  below 4 gives 5%\n  otherwise gives 0%\n'
    (one,) = cracks(AVERAGE, REPORTED.format("score"), table)
    assert "`4` lies between `below 4` and `4.5 to 5`" in one.message
    assert one.help.endswith("as in `below 4.5 gives 5%`")


def test_a_value_of_each_element() -> None:
    each = '  "own" of each element is points + 0.5\n  "worth" of each element is the "Award" for "own"\n'
    total = '  "all" is the sum of "worth"\n  also report "all"\n'
    (one,) = cracks(AVERAGE, each, total, ONES)
    assert "a value lies between `2 to 3` and `4 to 5`" in one.message
    assert cracks(AVERAGE, each.replace("0.5", "1"), total, ONES) == []


def test_a_result_without_a_level_and_a_table_inside_an_element() -> None:
    payout = "summary rating\n  gives no level\n" + '  "mean" is the average of points\n' + REPORTED.format('"mean"')
    (one,) = cracks(payout, ONES)
    assert "about `3.3333` lies" in one.message
    inside = (
        'critical element "Goals"\n  has exactly 3 requirements\n  requirements are rated\n'
        '  "mean" is the average of points\n  score is the "Award" for "mean"\n'
        "  score at least 0.05 is level 5\n  score below 0.05 is level 3\n\n"
    )
    (one,) = cracks(inside, AVERAGE, ONES)
    assert "`Goals` with 3 requirements rated" in one.help


def test_no_table_without_otherwise_and_none_that_nothing_looks_up() -> None:
    assert cracks(AVERAGE, ONES) == []
    assert cracks(AVERAGE, REPORTED.format("level"), '\ntable "Award"\n  level 5 gives 1\n  otherwise gives 0\n') == []


ENDS = st.lists(st.sampled_from([Fraction(each, 4) for each in range(4, 41)]), min_size=4, max_size=8, unique=True)


@settings(max_examples=at_depth(15, 40, 400))
@given(ENDS, st.sampled_from(["the average of points", "the sum of points / 2", "the lowest of points"]))
def test_what_is_told_is_what_every_appraisal_shows(ends: list[Fraction], formula: str) -> None:
    ordered = sorted(ends)[: len(ends) // 2 * 2]
    lines = list(zip(ordered[::2], ordered[1::2], strict=True))
    rows = [f"  {float(low):g} to {float(high):g} gives {place}\n" for place, (low, high) in enumerate(lines, 1)]
    table = '\ntable "Award"\n' + "".join(reversed(rows)) + "  otherwise gives 0\n"
    rating = AVERAGE.replace("the average of points", formula) + REPORTED.format("score")
    made = compiled(rating, table)
    program = made.programs["Example Buoy Office"]
    plans = (
        Appraisal("one", tuple(Rated(name, Fraction(level)) for name, level in zip("ABC", levels, strict=True)))
        for levels in product((5, 4, 3, 1), repeat=3)
    )
    scores = {rate(program, each, trace=False).score for each in plans}
    wanted = {
        f"{float(low):g} to {float(high):g}"
        for (low, high), (following, _) in pairwise(lines)
        if following - high <= 1 and any(score is not None and high < score < following for score in scores)
    }
    assert {each.span.text for each in made.diagnostics if each.code == "SES282"} == wanted, table


def test_a_long_table_with_many_cracks_is_checked_in_time() -> None:
    """Thousands of cracks: each appraisal is rated once, and the solver is not asked."""
    rows = "".join(f"  {each} to {each}.5 gives {each}\n" for each in range(3_000, 0, -1))
    found = cracks(AVERAGE, REPORTED.format("score"), f'\ntable "Award"\n{rows}  otherwise gives 0\n')
    assert [each.span.text for each in found] == ["4 to 4.5", "3 to 3.5", "2 to 2.5", "1 to 1.5"]
