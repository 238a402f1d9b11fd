from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.origin import exact
from sespms_rules.rosters.files.numbers import NumberFault, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", Fraction(4)),
        ("4.0", Fraction(4)),
        (" 12.5 ", Fraction(25, 2)),
        ("-1", Fraction(-1)),
        ("+3", Fraction(3)),
        ("0.1", Fraction(1, 10)),
        ("007", Fraction(7)),
        ("4.49999999999999999999", Fraction("4.49999999999999999999")),
    ],
)
def test_plain_digits_are_read_exactly(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("1,5", "write `1.5`"),
        ("1,500", "write `1500`, or `1.500` if the comma is a decimal point"),
        ("1,500,000", "write `1500000`"),
        ("1,500.25", "write `1500.25`"),
        ("1e5", "write `100000`"),
        ("25E-1", "write `2.5`"),
        ("12%", "write `12`"),
        ("12,5 %", "write `12.5`"),
        ("\N{MINUS SIGN}1", "write `-1`"),
        (".5", "write `0.5`"),
        ("4.", "write `4`"),
        ("٤", "write `4`"),
        ("7/2", "write `3.5`"),
        ("7/3", "write a decimal number"),
    ],
)
def test_what_is_nearly_a_number_is_refused_with_its_cure(text: str, cure: str) -> None:
    fault = read_number(text)
    assert isinstance(fault, NumberFault)
    assert fault.says == f"`{text}` is not a number written in plain digits"
    assert fault.help == cure


@pytest.mark.parametrize(
    ("text", "says", "cure"),
    [
        ("=1+2", "is a formula whose result the file does not hold", "open the file in a spreadsheet program"),
        ("#REF!", "is not a number written in plain digits", "mend the formula that ends in this error"),
        (
            "\N{ALMOST EQUAL TO}4.30",
            "is the result of a computation and may stand only near",
            "round it where it was computed",
        ),
    ],
)
def test_what_a_spreadsheet_leaves_in_a_cell(text: str, says: str, cure: str) -> None:
    fault = read_number(text)
    assert isinstance(fault, NumberFault)
    assert says in fault.says
    assert fault.help.startswith(cure)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "inf",
        "-Infinity",
        "four",
        "1e999999999",
        "4 5",
        "0x4",
        "1_000",
        "²",
        "½",
        "--1",
        "7/0",
        "+",
        "-",
        ".",
        ",",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    fault = read_number(text)
    assert isinstance(fault, NumberFault)
    assert fault.help.startswith("write ")


def test_a_text_too_long_for_a_number_is_not_worked_on() -> None:
    fault = read_number("9" * 1_000_000)
    assert isinstance(fault, NumberFault)
    assert len(fault.says) < 100


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_reason(text: str) -> None:
    read = read_number(text)
    assert isinstance(read, Fraction) or (read.says and read.help)


@given(st.integers(-(10**9), 10**9), st.integers(0, 9))
def test_a_number_written_by_us_is_read_back_the_same(units: int, places: int) -> None:
    value = Fraction(units, 10**places)
    assert read_number(exact(value)) == value
