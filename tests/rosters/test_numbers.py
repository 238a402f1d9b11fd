from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.test_numbered_terms import RULES
from rosters.every_engine import program_of
from sespms_rules.foundation.origin import exact
from sespms_rules.rosters.files import read_roster
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
        ("12%", "write `12`, or `0.12` where the whole counts as 1"),
        ("12,5 %", "write `12.5`, or `0.125` where the whole counts as 1"),
        ("1,500%", "write `1500`, or `1.500` if the comma is a decimal point"),
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


@pytest.mark.parametrize(
    ("total", "text", "cure"),
    [
        ("1", "25%", "write `0.25`, as the weights total `1`"),
        ("1", "1/4", "write `0.25`, as the weights total `1`"),
        ("100", "25%", "write `25`, as the weights total `100`"),
        ("100", "12,5 %", "write `12.5`, as the weights total `100`"),
        ("500", "25%", "write `125`, as the weights total `500`"),
        ("1", "1/3", "write a decimal number"),
    ],
)
def test_a_share_of_the_weights_is_the_number_that_it_is_of_their_total(
    tmp_path: Path, total: str, text: str, cure: str
) -> None:
    rules = RULES.format(five="Outstanding", four="Exceeds").replace(
        "levels\n", f"weights\n  total {total}\nlevels\n", 1
    )
    headings = ["id", "Results level", "Results weight", "Leading People level", "Leading People weight"]
    cells = [*headings, "A-1", "4", text, "3", "1"]
    table = "".join(",".join(f'"{each}"' for each in cells[at : at + 5]) + "\n" for at in (0, 5))
    (tmp_path / "r.csv").write_text(table, encoding="utf-8")
    roster = read_roster(tmp_path / "r.csv", program_of(rules))
    assert [each.help for each in roster.rows[0].refusals] == [cure]


def test_an_additional_rating_is_no_level(tmp_path: Path) -> None:
    """Its help speaks of a number, not of levels and their terms."""
    rules = RULES.format(five="Outstanding", four="Exceeds")
    rules = rules.replace("summary rating\n", 'summary rating\n  each element is also rated "reach" from 0 to 1\n', 1)
    rows = ("abc", "50%", "Exceeds")
    table = "id,Results level,Results reach,Leading People level,Leading People reach\n"
    (tmp_path / "r.csv").write_text(
        table + "".join(f"A-{at},4,{each},3,1\n" for at, each in enumerate(rows)), encoding="utf-8"
    )
    found = read_roster(tmp_path / "r.csv", program_of(rules)).rows
    assert [each.help for row in found for each in row.refusals] == [
        "write a number such as `4` or `12.5`",
        "write `50`, or `0.5` where the whole counts as 1",
        "write a number such as `4` or `12.5`",
    ]
