"""What is asked of a ratio in place of what was made of it holds for the same numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.program.ir import Tie
from sespms_rules.proofs.solver.steps_on_ratio import InUnits, NoLess, NoMore, Plus, Step, Times, done, reach

NUMBERS = st.fractions(min_value=-6, max_value=6, max_denominator=8)
STEPS: st.SearchStrategy[Step] = st.one_of(
    NUMBERS.map(Times),
    NUMBERS.map(Plus),
    NUMBERS.map(NoLess),
    NUMBERS.map(NoMore),
    st.builds(InUnits, st.sampled_from(Tie), st.sampled_from((1, 2, 10))),
)


@given(st.lists(STEPS, max_size=4).map(tuple), NUMBERS, NUMBERS, st.booleans())
def test_a_number_is_reached_after_the_steps_where_it_is_said_to_be(
    steps: tuple[Step, ...], ratio: Fraction, number: Fraction, strict: bool
) -> None:
    result = done(steps, ratio)
    expected = result > number if strict else result >= number
    asked = reach(steps, number, strict=strict)
    if not isinstance(asked, bool):
        before = ratio > asked.number if asked.strict else ratio >= asked.number
        asked = before is not asked.turned
    assert asked is expected
