"""Rounding that changes a level: found where counting finds it, told with both scores and both levels."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import ceil, floor
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.checks.by_trial.comparing import Comparison, without_rounding
from sespms_rules.checks.by_trial.rows import rows
from sespms_rules.checks.by_trial.trial_plans import plans
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from trials.trying import BANDS, LEVELS, OVERRIDE, compiled, of, program_of, rating

CODE = "SES246"
THREE = LEVELS.replace('  level 4 "Exceeds Fully Successful"  4 points  equivalent to exceeds fully successful\n', "")
THREE = THREE.replace('  level 2 "Minimally Satisfactory"    2 points  equivalent to minimally satisfactory\n', "")
CUT = ("  score at least 4.3 is level 5\n", "  score below 4.3 is level 3\n", OVERRIDE)
OUTSIDE = "  is outside the Senior Executive Service"
TENTHS = "the average of points rounded half up to 1 decimal"


def test_five_of_eight_at_level_5() -> None:
    (one,) = of(CODE, OUTSIDE, "  has 1 to 10 critical elements", THREE, rating(TENTHS, *CUT))
    assert one.message == (
        "rounding changes a level: a score of `4.25` is level 3, and rounded, as `4.3`, it is level 5"
    )
    assert one.help.startswith("a plan with 8 elements rated 5, 5, 5, 5, 5, 3, 3 and 3 shows it")
    assert one.span.text == "half up to 1 decimal"
    assert one.severity is Severity.WARNING
    assert one.citations == (), "no provision on systems for executives is cited outside their service"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 9, 10])
def test_no_other_number_of_elements_is_rated_differently(count: int) -> None:
    assert of(CODE, OUTSIDE, f"  has exactly {count} critical elements", THREE, rating(TENTHS, *CUT)) == []


def test_the_provision_is_cited_for_executives_and_the_finding_can_be_accepted() -> None:
    text = ("  has exactly 4 critical elements", LEVELS, rating(TENTHS, BANDS.replace("4.5", "4.3"), OVERRIDE))
    (one,) = of(CODE, *text)
    assert one.citations == ("5 CFR 430.305(a)(5)",)
    assert "4.25" in one.message
    (kept,) = of(CODE, '  accepts SES246 because "Tenths are what the form shows."', *text)
    assert kept.severity is Severity.NOTE
    assert kept.help.endswith("because: Tenths are what the form shows.")
    assert of("SES244", '  accepts SES246 because "Tenths are what the form shows."', *text) == []


@pytest.mark.case("acceptances without a trace")
def test_an_acceptance_of_what_is_not_found_is_told() -> None:
    plain = rating("the average of points", BANDS, OVERRIDE)
    accepts = '  accepts SES246 because "Tenths are what the form shows."'
    (one,) = of("SES244", accepts, "  has exactly 4 critical elements", LEVELS, plain)
    assert one.message == "`SES246` is accepted, but it is not found in this system"


def test_where_nothing_is_rounded_nothing_is_rated() -> None:
    program = program_of("  has exactly 4 critical elements", LEVELS, rating("the average of points", BANDS, OVERRIDE))
    assert without_rounding(program) is program


def test_rounding_that_closes_a_gap_is_no_finding() -> None:
    bands = "".join(
        f"  score {band}\n" for band in ("4.5 to 5 is level 5", "3 to 4.4 is level 4", "1 to 2.9 is level 3")
    )
    assert of(CODE, OUTSIDE, "  has 1 to 7 critical elements", LEVELS, rating(TENTHS, bands, OVERRIDE)) == []


def test_rounding_of_what_is_only_reported_is_no_finding() -> None:
    value = '  "shown" is score rounded half up to whole numbers\n  also report "shown"\n'
    assert (
        of(CODE, "  has exactly 4 critical elements", LEVELS, rating("the average of points", value, BANDS, OVERRIDE))
        == []
    )


# ---- weights, numbers, requirements ------------------------------------------------------------------


def told_apart(*fragments: str) -> Comparison:
    """The comparison that a finding rests on, rated again on both programs."""
    compilation = compiled(*fragments)
    program = compilation.programs["Invented"]
    comparison = Comparison(program, 3_500)
    for plan in plans(compilation.policy.systems[0], program):
        for last, appraisal in rows(plan, program):
            if not comparison.is_over:
                comparison.along(plan, last, appraisal)
    found = comparison.found
    assert (found is not None) == bool(of(CODE, *fragments))
    if found is not None:
        written = rate(program, found.appraisal)
        unrounded = rate(without_rounding(program), found.appraisal)
        assert (written.level, unrounded.level) == (found.written.level, found.unrounded.level)
        assert written.level is not None
        assert unrounded.level is not None
        assert written.level != unrounded.level
    return comparison


WEIGHTS = "weights\n  total 100\n  are whole numbers\n"
TWO = 'critical element "One"\n\ncritical element "Two"\n'


def test_weights_are_moved_until_the_score_is_near_a_cut() -> None:
    text = (
        TWO,
        LEVELS,
        WEIGHTS,
        rating("the sum of points times weight / 100 rounded half up to 1 decimal", BANDS, OVERRIDE),
    )
    found = told_apart(*text).found
    assert found is not None
    assert found.unrounded.score is not None
    assert Fraction("4.45") <= found.unrounded.score < Fraction("4.5")
    (one,) = of(CODE, *text)
    assert "`One` weight" in one.help


def test_limits_of_weights_are_kept() -> None:
    limits = WEIGHTS + '  "One" exactly 50\n'
    formula = "the sum of points times weight / 100 rounded half up to 1 decimal"
    assert told_apart(TWO, LEVELS, limits, rating(formula, BANDS, OVERRIDE)).found is None


def test_whole_weights_make_whole_scores_that_rounding_leaves_alone() -> None:
    bands = "  score 475 to 500 is level 5\n  score 300 to 474 is level 4\n  score 200 to 299 is level 3\n"
    formula = "the sum of points times weight rounded half up to whole numbers"
    assert told_apart(TWO, LEVELS, WEIGHTS, rating(formula, bands, OVERRIDE)).found is None


def test_numbers_on_a_scale_are_moved() -> None:
    scales = TWO.replace('"\n', '"\n  rated on a scale of 0 to 100\n')
    cuts = "".join(
        f"  score at least {low} and below {low + 10} is level {low // 10 - 5}\n" for low in (90, 80, 70, 60)
    )
    lines = (
        cuts.replace("at least 90 and below 100", "at least 90")
        .replace("level 4", "level 5")
        .replace("level 3", "level 4")
    )
    score = '40% of the points of "One" + 60% of the points of "Two" rounded half up to whole numbers'
    found = told_apart(OUTSIDE, scales, LEVELS, rating(score, lines, "  score below 60 is level 1\n")).found
    assert found is not None
    assert found.unrounded.score is not None
    assert found.unrounded.score.denominator > 1


def test_requirements_are_moved() -> None:
    nested = (
        'critical element "One"\n  has 2 to 6 requirements\n  requirements are rated\n  requirement weights total 100\n'
        "  requirement weights are whole numbers\n"
        "  score is the sum of points times weight of requirements / 100 rounded half up to 1 decimal\n" + BANDS
    )
    text = (nested, 'critical element "Two"\n', LEVELS)
    score = '60% of the score of "One" + 40% of the points of "Two"'
    found = told_apart(*text, rating(score, BANDS, OVERRIDE)).found
    assert found is not None
    (one,) = of(CODE, *text, rating(score, BANDS, OVERRIDE))
    assert "`One` (2 requirements: weight" in one.help


def test_no_trial_keeps_anyone_waiting() -> None:
    levels = "  has 1 to 16 critical elements"
    for text in (
        (levels, LEVELS, rating("the average of points rounded half up to 9 decimals", BANDS, OVERRIDE)),
        (
            TWO,
            LEVELS,
            WEIGHTS.replace("100", "100000000000"),
            rating(
                "the sum of points times weight rounded down to whole numbers",
                "  score at least 5 is level 5\n  score below 5 is level 4\n",
                OVERRIDE,
            ),
        ),
    ):
        before = perf_counter()
        of(CODE, OUTSIDE, *text)
        assert perf_counter() - before < 5


# ---- against appraisals counted out ------------------------------------------------------------------

TIES = {
    "half up": lambda tenths: floor(tenths + Fraction(1, 2)),
    "half down": lambda tenths: ceil(tenths - Fraction(1, 2)),
    "up": ceil,
    "down": floor,
}


def level_of(score: Fraction, cuts: list[Fraction]) -> int:
    return 5 - sum(score < cut for cut in cuts)


def changed(count: int, tie: str, cuts: list[Fraction]) -> set[tuple[int, ...]]:
    """Sets of ratings of so many elements that rounding to tenths gives another level."""
    found = set()
    for ratings in combinations_with_replacement((5, 4, 3, 2, 1), count):
        exact = Fraction(sum(ratings), count)
        if level_of(exact, cuts) != level_of(Fraction(TIES[tie](exact * 10), 10), cuts):
            found.add(ratings)
    return found


@settings(max_examples=at_depth(20, 60))
@given(
    st.integers(1, 5),
    st.sampled_from(sorted(TIES)),
    st.lists(
        st.integers(100, 500).map(lambda hundredths: Fraction(hundredths, 100)), min_size=4, max_size=4, unique=True
    ),
)
def test_found_where_counting_finds_it_in_the_smallest_plan(most: int, tie: str, cuts: list[Fraction]) -> None:
    cuts = sorted(cuts, reverse=True)
    said = [f"{cut.numerator / cut.denominator:.2f}" for cut in cuts]
    lines = [f"  score at least {said[0]} is level 5\n"]
    lines += [
        f"  score at least {low} and below {high} is level {level}\n"
        for level, (high, low) in zip((4, 3, 2), pairwise(said), strict=True)
    ]
    lines += [f"  score below {said[3]} is level 1\n"]
    text = rating(f"the average of points rounded {tie} to 1 decimal", *lines)
    found = of(CODE, OUTSIDE, f"  has 1 to {most} critical elements", LEVELS, text)
    sizes = [count for count in range(1, most + 1) if changed(count, tie, cuts)]
    assert bool(found) == bool(sizes)
    if sizes:
        assert f"a plan with {sizes[0]} element" in found[0].help


def test_without_rounding_the_rest_of_a_program_stays() -> None:
    program: Program = program_of("  has exactly 3 critical elements", LEVELS, rating(TENTHS, BANDS, OVERRIDE))
    bare = without_rounding(program)
    assert bare.summary.rows == program.summary.rows
    elements = tuple(Rated(f"E{place}", Fraction(level)) for place, level in enumerate((5, 4, 4)))
    assert rate(bare, Appraisal("one", elements)).score == Fraction(13, 3)


TWICE = [
    (
        '  "raw" is the average of points by weight rounded half up to 1 decimal\n',
        '"raw" rounded half up to whole numbers',
    ),
    ('  "raw" is the average of points by weight rounded up to 1 decimal\n', '"raw" rounded half up to whole numbers'),
    (
        '  "raw" is the sum of points times weight / 100 rounded half up to 1 decimal\n',
        '"raw" rounded half even to whole numbers',
    ),
]


@pytest.mark.case("rounded twice")
@pytest.mark.parametrize(("first", "second"), TWICE)
def test_what_is_rounded_twice_is_set_beside_what_is_rounded_once(first: str, second: str) -> None:
    """A mean of 4.45 is 4 in whole numbers; brought to 4.5 before, it is 5."""
    lines = "".join(f"  score exactly {level} is level {level}\n" for level in (5, 4, 3, 2, 1))
    weights = "weights\n  total 100\n  are whole numbers\n"
    policy = f"summary rating\n{first}  score is {second}\n{lines}"
    (one,) = of("SES246", "  has exactly 3 critical elements\n", LEVELS, weights, policy)
    assert one.message.startswith("rounding twice changes a level: rounded once, the score gives level")
    once = policy.replace(first, first.split(" rounded")[0] + "\n")
    assert of("SES246", "  has exactly 3 critical elements\n", LEVELS, weights, once) == []
