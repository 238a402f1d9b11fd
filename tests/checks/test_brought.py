"""What an amendment breaks in lines it does not touch is told with the amendment's own line underlined."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

SMALL = """system "Small"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Leading"

critical element "Results"

levels
  level 3 "Good"  3 points
  level 2 "Fair"  2 points
  level 1 "Poor"  1 point

weights
  total 100
  are whole numbers

summary rating
  score is the sum of points times weight
  score 250 to 300 is level 3
  score 150 to 249 is level 2
  score 100 to 149 is level 1

amendment "Changed"
  amends "Small"
  because "Tried."
"""

FRACTIONS = """
levels
  strike level 2 "Fair"  2 points
  insert level 2 "Fair"  2.5 points
"""
OF_TWO = """
levels
  strike level 2 "Fair"  2 points
  insert level 2 "Fairly good"  2 points
  strike level 3 "Good"  3 points
  insert level 3 "Good"  2.75 points
"""
OTHER_PART = """
levels
  strike level 2 "Fair"  2 points
  insert level 2 "Fairly good"  2 points

weights
  strike are whole numbers
"""
WHOLE_PART = """
strike weights

weights
  insert total 100
"""
ITS_OWN = """
summary rating
  strike score 150 to 249 is level 2
  insert score 160 to 249 is level 2
"""


def _found(amendment: str) -> tuple[str, tuple[Diagnostic, ...]]:
    source = Source("small.sespms", SMALL + amendment)
    found = compile_source(source).diagnostics
    return source.text, tuple(each for each in found if each.code == "SES214")


def _underlined(text: str, finding: Diagnostic) -> list[str]:
    """The lines of the amendment that a finding names as second places."""
    start = text.index('amendment "Changed"')
    places = [each.span for each in finding.labels if each.span.start >= start]
    return [text[each.start : each.end] for each in places]


@pytest.mark.parametrize(
    ("amendment", "lines"),
    [
        (FRACTIONS, ['level 2 "Fair"  2.5 points']),
        (OF_TWO, ['level 3 "Good"  2.75 points']),
        (OTHER_PART, ["are whole numbers"]),
    ],
)
def test_a_gap_names_the_line_of_the_amendment_that_makes_it(amendment: str, lines: list[str]) -> None:
    text, found = _found(amendment)
    assert found
    for each in found:
        assert _underlined(text, each) == lines
        assert each.labels[-1].message == "this line of the amendment brings it"


def test_a_part_struck_and_said_anew_is_told_by_what_brings_it() -> None:
    text, found = _found(WHOLE_PART)
    assert found
    assert all(_underlined(text, each) for each in found)


def test_a_finding_at_the_amendments_own_line_says_it_once() -> None:
    text, found = _found(ITS_OWN)
    assert found
    for each in found:
        places = [(each.span.start, each.span.end), *((one.span.start, one.span.end) for one in each.labels)]
        assert any(text[start:end].startswith("score 160") or "160" in text[start:end] for start, end in places)
        assert not any("brings it" in one.message for one in each.labels)


def test_a_text_without_an_amendment_has_no_such_line() -> None:
    source = Source("small.sespms", SMALL.replace("2 points", "2.5 points").split("amendment")[0])
    found = [each for each in compile_source(source).diagnostics if each.code == "SES214"]
    assert found
    assert not any("brings it" in one.message for each in found for one in each.labels)
