"""Rounding for every tie, either side of zero; exact numbers as text."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.origin import exact
from sespms_rules.program.arithmetic import lean, rounded
from sespms_rules.program.ir import Tie

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=400)
STEPS = st.sampled_from((1, 2, 10, 100, 10_000))

# value, decimals: half up, half down, half even, up, down
TABLE = [
    ("4.25", 1, "4.3", "4.2", "4.2", "4.3", "4.2"),
    ("4.35", 1, "4.4", "4.3", "4.4", "4.4", "4.3"),
    ("-4.25", 1, "-4.2", "-4.3", "-4.2", "-4.2", "-4.3"),
    ("-4.35", 1, "-4.3", "-4.4", "-4.4", "-4.3", "-4.4"),
    ("2.5", 0, "3", "2", "2", "3", "2"),
    ("3.5", 0, "4", "3", "4", "4", "3"),
    ("-0.5", 0, "0", "-1", "0", "0", "-1"),
    ("-1.5", 0, "-1", "-2", "-2", "-1", "-2"),
    ("4.251", 1, "4.3", "4.3", "4.3", "4.3", "4.2"),
    ("-4.251", 1, "-4.3", "-4.3", "-4.3", "-4.2", "-4.3"),
    ("14/3", 2, "4.67", "4.67", "4.67", "4.67", "4.66"),
    ("4.2", 1, "4.2", "4.2", "4.2", "4.2", "4.2"),
    ("7", 2, "7", "7", "7", "7", "7"),
]
TIES = (Tie.HALF_UP, Tie.HALF_DOWN, Tie.HALF_EVEN, Tie.UP, Tie.DOWN)
CASES = [(row[0], row[1], tie, want) for row in TABLE for tie, want in zip(TIES, row[2:], strict=True)]


@pytest.mark.parametrize(("value", "decimals", "tie", "want"), CASES)
def test_rounding(value: str, decimals: int, tie: Tie, want: str) -> None:
    assert rounded(Fraction(value), tie, per_one=10**decimals) == Fraction(want)


@pytest.mark.parametrize(
    ("value", "wants"),
    [
        ("3.25", ("3.5", "3", "3", "3.5", "3")),
        ("3.75", ("4", "3.5", "4", "4", "3.5")),
        ("-3.25", ("-3", "-3.5", "-3", "-3", "-3.5")),
        ("13/3", ("4.5", "4.5", "4.5", "4.5", "4")),
        ("4.5", ("4.5", "4.5", "4.5", "4.5", "4.5")),
    ],
)
def test_rounding_to_halves(value: str, wants: tuple[str, ...]) -> None:
    """3.25 is six and a half halves: half even takes six of them, which is 3."""
    for tie, want in zip(TIES, wants, strict=True):
        assert rounded(Fraction(value), tie, per_one=2) == Fraction(want), tie


@given(value=NUMBERS, per_one=STEPS, tie=st.sampled_from(TIES))
def test_what_is_rounded_fits_the_precision_and_is_near(value: Fraction, per_one: int, tie: Tie) -> None:
    result = rounded(value, tie, per_one=per_one)
    assert (result * per_one).denominator == 1
    distance = abs(result - value) * per_one
    assert distance < 1
    if tie in (Tie.HALF_UP, Tie.HALF_DOWN, Tie.HALF_EVEN):
        assert distance <= Fraction(1, 2)
    assert rounded(result, tie, per_one=per_one) == result


@given(value=NUMBERS, per_one=STEPS)
def test_up_and_down_mirror_each_other(value: Fraction, per_one: int) -> None:
    assert rounded(value, Tie.UP, per_one=per_one) == -rounded(-value, Tie.DOWN, per_one=per_one)
    assert rounded(value, Tie.HALF_UP, per_one=per_one) == -rounded(-value, Tie.HALF_DOWN, per_one=per_one)
    assert rounded(value, Tie.HALF_EVEN, per_one=per_one) == -rounded(-value, Tie.HALF_EVEN, per_one=per_one)
    assert rounded(value, Tie.UP, per_one=1) == math.ceil(value)
    assert rounded(value, Tie.HALF_EVEN, per_one=1) == round(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("400", "400"),
        ("4.25", "4.25"),
        ("-4.25", "-4.25"),
        ("0.05", "0.05"),
        ("-0.05", "-0.05"),
        ("13/3", "13/3"),
        ("-1/6", "-1/6"),
        ("1/8", "0.125"),
        ("1/80", "0.0125"),
        ("0", "0"),
        ("1000000000000000000000.1", "1000000000000000000000.1"),
    ],
)
def test_exact_numbers_as_text(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text


@given(NUMBERS)
def test_exact_text_is_read_back_as_the_same_number(value: Fraction) -> None:
    assert Fraction(exact(value)) == value


@given(NUMBERS)
def test_lean_numbers_are_the_same_numbers(value: Fraction) -> None:
    assert lean(value) == value
    assert isinstance(lean(value), int) is (value.denominator == 1)
