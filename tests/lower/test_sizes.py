"""Values are bounded before any is worked out, and no value is larger than its bound."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from random_policies import RandomPolicy
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.pipeline import compile_source
from sespms_rules.program.lowering import lower
from sespms_rules.program.lowering.sizes import MOST_BITS, _Sizes

HEAD = """system "S"

levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point

critical element "A"

critical element "B"

weights
  total 100
  are whole numbers

summary rating
"""
LINES = "  score at least 4 is level 5\n  score below 4 is level 3\n"


def chain(first: str, step: str, times: int) -> str:
    """A value that each step makes of the one before."""
    steps = "".join(f'  "v{at + 1}" is {step.format(f"{chr(34)}v{at}{chr(34)}")}\n' for at in range(times))
    return HEAD + f'  "v0" is {first}\n{steps}  score is "v{times}"\n{LINES}'


def codes(text: str) -> set[str]:
    return {each.code for each in compile_source(Source("policy.sespms", text)).diagnostics}


@pytest.mark.attack("values that grow")
@pytest.mark.parametrize(
    ("first", "step"),
    [
        ("the sum of points", "{0} * {0}"),
        ("999999999999999999999999999999", "{0} * {0}"),  # known while it is read
        ("the sum of points", "1 / the larger of {0} and 1 + {0}"),
        ("0.000000000001", "{0} * {0}"),
        ("the sum of points", "1000000000000 * (1000000000000 * {0} / 7)"),
        ("the sum of points", "the larger of {0} and 7 * 1000000000000000000000000000000"),
    ],
)
def test_values_that_grow_are_refused_before_any_is_worked_out(first: str, step: str) -> None:
    growing = not step.startswith("the larger")
    times = 2_000 if "/ 7" in step else 60  # a factor at each step takes longer to grow than a square
    assert ("SES262" in codes(chain(first, step, times))) is growing


@pytest.mark.parametrize("step", ["({0} + {0}) / 2", "{0} + 1 - 1", "{0} * {0} rounded to whole numbers, half up"])
def test_values_that_stay_short_are_not_refused(step: str) -> None:
    times = 4 if "*" in step else 40
    assert "SES262" not in codes(chain("the average of points", step, times))


@settings(max_examples=at_depth(20, 60), deadline=None)
@given(st.integers(0, 10**9))
def test_no_value_is_larger_than_its_bound(seed: int) -> None:
    drawn = RandomPolicy(seed)
    (system,) = resolve(parse(Source("drawn", drawn.text))[0], EMPTY_LIBRARY)[0].systems
    program, _ = lower(system)
    assert program is not None
    sizes = _Sizes({table.name: table for table in program.tables})
    for stage, name in [*((each.stage, each.name) for each in program.summary.members), (program.summary, None)]:
        if stage is not None:
            assert list(sizes.of_stage(stage, name)) == []
    bounds = {name: size.bits for name, size in sizes._named.items()} | {"": sizes._score.bits}
    assert all(bits <= MOST_BITS for bits in bounds.values())
    for _ in range(5):
        rating = reference.rate(program, drawn.appraisal(), trace=False)
        found = dict(rating.values) | ({"": rating.score} if rating.score is not None else {})
        for name, value in found.items():
            if isinstance(value, Fraction | int):
                exact = Fraction(value)
                assert exact.numerator.bit_length() + exact.denominator.bit_length() <= bounds[name] + 2
