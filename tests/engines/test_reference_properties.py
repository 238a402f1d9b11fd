"""What must hold for every appraisal of a weighted sum: an independent formula, monotony, unanimity, order."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from programs import FIVE, five, weighted_sum_program
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.rating import Outcome

PROGRAM = weighted_sum_program()
POINT_OF = {5: 5, 4: 4, 3: 3, 2: 2, 1: 0}

LEVEL = st.integers(1, 5)
LEVELS = st.tuples(LEVEL, LEVEL, LEVEL, LEVEL, LEVEL)


@st.composite
def plans(draw: st.DrawFn) -> tuple[int, ...]:
    """Weights that keep every limit."""
    lighter = draw(st.tuples(*[st.integers(5, 30)] * 4))
    heaviest = 100 - sum(lighter)
    assume(heaviest >= max(20, *lighter))
    return (*lighter, heaviest)


def by_hand(levels: tuple[int, ...], weights: tuple[int, ...]) -> tuple[int, int]:
    total = 0
    for place in range(5):
        total += POINT_OF[levels[place]] * weights[place]
    if min(levels) == 1:
        return total, 1
    return total, 2 + sum(total >= cut for cut in (300, 400, 475))


@given(levels=LEVELS, weights=plans())
def test_it_agrees_with_an_independent_formula(levels: tuple[int, ...], weights: tuple[int, ...]) -> None:
    rating = rate(PROGRAM, five(levels, weights), trace=False)
    assert (rating.score, rating.level) == by_hand(levels, weights)


@given(levels=LEVELS, weights=plans(), place=st.integers(0, 4))
def test_a_better_rating_never_lowers_the_result(levels: tuple[int, ...], weights: tuple[int, ...], place: int) -> None:
    assume(levels[place] < 5)
    better = (*levels[:place], levels[place] + 1, *levels[place + 1 :])
    before, after = (rate(PROGRAM, five(each, weights), trace=False) for each in (levels, better))
    assert (after.score, after.level) >= (before.score, before.level)
    assert after.level is not None
    assert before.level is not None
    assert after.level >= before.level


@given(level=LEVEL, weights=plans())
def test_elements_all_at_one_level_give_that_level(level: int, weights: tuple[int, ...]) -> None:
    assert rate(PROGRAM, five((level,) * 5, weights), trace=False).level == level


@given(levels=LEVELS, weights=plans(), order=st.permutations(range(5)))
def test_the_order_of_an_appraisal_means_nothing(
    levels: tuple[int, ...], weights: tuple[int, ...], order: list[int]
) -> None:
    appraisal = five(levels, weights)
    shuffled = replace(appraisal, elements=tuple(appraisal.elements[place] for place in order))
    assert rate(PROGRAM, shuffled) == rate(PROGRAM, appraisal)
    assert rate(PROGRAM, shuffled).trace == rate(PROGRAM, appraisal).trace


RATINGS = st.none() | st.fractions(min_value=-1, max_value=7, max_denominator=2)
WEIGHTS = st.none() | st.fractions(min_value=-1, max_value=70, max_denominator=2)


@given(levels=st.tuples(*[RATINGS] * 5), weights=st.tuples(*[WEIGHTS] * 5), kept=st.sets(st.sampled_from(FIVE)))
def test_any_appraisal_is_rated_or_refused_with_reasons_and_never_raises(
    levels: tuple[Fraction | None, ...], weights: tuple[Fraction | None, ...], kept: set[str]
) -> None:
    appraisal = five((3,) * 5, (20,) * 5)
    rated = [
        replace(each, rating=rating, weight=weight)
        for each, rating, weight in zip(appraisal.elements, levels, weights, strict=True)
        if each.name in kept
    ]
    rating = rate(PROGRAM, replace(appraisal, elements=tuple(rated)))
    assert (rating.outcome is Outcome.REFUSED) is bool(rating.refused)
    assert (rating.level is None) is (rating.outcome is not Outcome.RATED)
    assert rating.trace is not None
