"""Of the parts below a head that could not be read nothing follows: one finding tells it."""

from __future__ import annotations

import pytest

from sespms_rules.authoring.fixing import fixed
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

PARTS = """
critical element "Leading People"

weights
  total 100

summary rating
  score is the average of points
"""
SYSTEM = 'system "Example Office"\n  is outside the Senior Executive Service\n' + PARTS
CHANGE = """
  amends "Example Office"

weights
  strike total 100
  insert total 200
"""


def codes(text: str) -> list[str]:
    return [each.code for each in compile_source(Source("policy.sespms", text)).diagnostics]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('system """Example Office"""', "SES013"),
        ('system "Example" Office', "SES013"),
        ('system "Example Office', "SES005"),
        ("system Example Office", "SES004"),
        ('sytem "Example Office"', "SES011"),
        ("system", "SES108"),
        ("", "SES108"),
    ],
)
def test_a_head_that_cannot_be_read_is_told_alone(head: str, code: str) -> None:
    assert codes(head + PARTS) == [code]


@pytest.mark.parametrize("head", ['amendment """A higher bar"""', "amendment A higher bar", 'amendmnt "A higher bar"'])
def test_lines_of_an_unread_amendment_are_not_lines_of_the_system_above(head: str) -> None:
    """`insert` was to be left out, and with it the line of the amendment would have become one of the system."""
    text = f"{SYSTEM}\n{head}{CHANGE}"
    (code,) = [each for each in codes(text) if each not in codes(SYSTEM)]
    assert code in ("SES013", "SES004", "SES011")
    told = fixed(Source("policy.sespms", text), lambda each: compile_source(each).diagnostics, every=False).text
    assert "  insert total 200" in told


def test_what_stands_below_the_next_head_is_told() -> None:
    twice = SYSTEM.replace("  total 100\n", "  total 100\n  total 100\n")
    assert "SES106" in codes(twice)
    assert "SES106" in codes(f'amendment """A"""{CHANGE}\n{twice}')
    assert "SES106" not in codes(f"{twice.replace('system ', 'system is ')}")
