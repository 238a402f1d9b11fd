"""How many sets of ratings get no level: what the finding says, against appraisals rated one by one."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.checking import LEVELS, of, system_of
from nights import at_depth
from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.profile_counts import tallies
from sespms_rules.checks.ses245_profile_without_level import check
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.pipeline import compile_source
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Outcome, Rated

COUNT = re.compile(
    r"`(\d+)` of `(\d+)` (?:sets of ratings (?:that no override takes )?get no level in a plan )?with (\d)"
)
PUBLISHED = {2: (2, 10), 3: (6, 20), 4: (13, 35), 5: (25, 56)}
LESSON = policy_path("lessons/doi_uncovered_profiles.sespms")


def counts_of(message: str) -> dict[int, tuple[int, int]]:
    return {int(size): (int(without), int(possible)) for without, possible, size in COUNT.findall(message)}


def counted_one_by_one(system: System, size: int, levels: tuple[int, ...] = (5, 4, 3, 2)) -> tuple[int, int]:
    """Rate every set of ratings without level 1, and count those refused because no line fits."""
    program, _ = lower(system)
    assert program is not None
    sets = list(combinations_with_replacement(levels, size))
    without = 0
    for ratings in sets:
        elements = tuple(Rated(f"Element {place}", Fraction(level)) for place, level in enumerate(ratings))
        rating = rate(program, Appraisal("one", elements), trace=False)
        if rating.outcome is Outcome.REFUSED:
            assert [refusal.code for refusal in rating.refused] == ["SES612"]
            without += 1
    return without, len(sets)


def lesson_systems() -> list[System]:
    document, _ = parse(Source("lesson", LESSON.read_text(encoding="utf-8")))
    return list(resolve(document, EMPTY_LIBRARY)[0].systems)


@pytest.mark.parametrize("size", PUBLISHED)
def test_the_lesson_says_how_many_sets_of_ratings_get_no_level(size: int) -> None:
    (system,) = (each for each in lesson_systems() if each.name.endswith(f"with {size} elements"))
    said = [counts_of(finding.message) for finding in check(system)]
    assert [each for each in said if each] == [{size: PUBLISHED[size]}], "one finding counts, the others do not"
    assert counted_one_by_one(system, size) == PUBLISHED[size]


def test_the_counts_are_in_the_text_of_the_lessons_findings() -> None:
    found = compile_source(Source("lesson", LESSON.read_text(encoding="utf-8"))).diagnostics
    said: dict[int, tuple[int, int]] = {}
    for each in found:
        said |= counts_of(each.message) if each.code == "SES245" else {}
    assert said == PUBLISHED


def test_the_smallest_examples_are_told() -> None:
    helps = {each.name[-10:]: next(check(each)).help for each in lesson_systems()}
    assert helps["2 elements"].startswith("a plan with 2 elements rated 5 and 2 reaches it")
    assert helps["5 elements"].startswith("a plan with 5 elements rated 5, 5, 5, 5 and 3 reaches it")


def test_a_system_with_several_sizes_counts_each() -> None:
    text = LESSON.read_text(encoding="utf-8").split("\nsystem ")[1].replace("exactly 2", "2 to 5")
    found = list(check(system_of("system " + text)))
    assert [counts_of(each.message) for each in found if counts_of(each.message)] == [PUBLISHED]


BANDS = ("score at least 3 with no element below level 3 is level 3", "score below 3 is level 2")


def rating_of(formula: str, *lines: str) -> str:
    return "\n  ".join(["summary rating", f"score is {formula}", *lines])


def test_nothing_is_counted_where_elements_or_weights_differ() -> None:
    weights = "weights\n  total 100\n  are whole numbers"
    two = "  has exactly 2 critical elements"
    weighted = of("SES245", two, LEVELS, weights, rating_of("the average of points by weight", *BANDS))
    named = 'critical element "One"\ncritical element "Two"'
    unlike = of("SES245", named, LEVELS, rating_of('40% of the points of "One" + 60% of the points of "Two"', *BANDS))
    other = 'critical element "One"\n  rated on levels 5 and 2\ncritical element "Two"'
    scales = of("SES245", other, LEVELS, rating_of("the average of points", *BANDS))
    for found in (weighted, unlike, scales):
        assert found
        assert not any("sets of ratings" in each.message for each in found)


def test_what_a_line_reads_beyond_levels_and_score_is_not_counted() -> None:
    value = '"worst" is the lowest of points'
    row = 'level 3 when "worst" is less than 1 and score is at least 3'
    text = "\n  ".join(["summary rating", value, "score is the average of points", *BANDS, row])
    system = system_of(f'system "Invented"\n  has exactly 2 critical elements\n{LEVELS}\n{text}')
    assert tallies(system, next(derivations(system))) == ()


@settings(max_examples=at_depth(12, 40))
@given(
    st.integers(1, 3),
    st.lists(st.integers(0, 50).map(lambda tenths: Fraction(tenths, 10)), min_size=2, max_size=2),
    st.integers(2, 5),
    st.booleans(),
)
def test_counts_are_those_of_the_engine(size: int, cuts: list[Fraction], floor: int, override: bool) -> None:
    low, high = sorted(cuts)
    lines = [f"score at least {high.numerator / high.denominator} with no element below level {floor} is level 4"]
    lines += [f"score below {low.numerator / low.denominator} is level 2"]
    lines += ["any element at level 1 makes the rating level 1"] if override else []
    text = f'system "Invented"\n  has exactly {size} critical elements\n{LEVELS}\n'
    system = system_of(text + rating_of("the average of points", *lines))
    (tally,) = tallies(system, next(derivations(system)))
    levels = (5, 4, 3, 2) if override else (5, 4, 3, 2, 1)
    assert (tally.without, tally.possible) == counted_one_by_one(system, size, levels)
