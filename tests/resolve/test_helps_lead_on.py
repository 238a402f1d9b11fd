"""The help for a sentence in the head of an amendment, followed word by word, leads to an amendment that is read."""

from __future__ import annotations

import re

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, Variants, compile_source

HEAD = """system "Small"
  is outside the Senior Executive Service
  has exactly 1 critical element

critical element "Results"

levels
  level 3 "Good"  3 points
  level 1 "Poor"  1 point

summary rating
  score is the average of points
  score at least 2 is level 3
  score below 2 is level 1

amendment "Changed"
  amends "Small"
  because "Tried."
"""
ELEMENT = '\ncritical element "Stewardship"\n  insert evaluates results\n'


def _compiled(amendment: str) -> Compilation:
    return compile_source(Source("small.sespms", HEAD + amendment))


@pytest.mark.parametrize(
    ("part", "lines", "rest"),
    [
        ("system", "  strike has exactly 1 critical element\n  insert has exactly 2 critical elements\n", ELEMENT),
        ("weights", "  insert are whole numbers\n", ""),
        ("appraisal period", "  insert lasts at least 90 days\n", ""),
        ("distribution", "  insert is rounded down to whole numbers\n", ""),
    ],
)
def test_a_sentence_in_the_head_is_moved_as_the_help_says(part: str, lines: str, rest: str) -> None:
    wrong = [each for each in _compiled(lines + rest).diagnostics if each.code == "SES003"]
    assert len(wrong) == lines.count("\n")
    named = re.match(r"write `(.+?)`(, without a name)?, on a line of its own with no spaces before it", wrong[0].help)
    assert named is not None, wrong[0].help
    assert named[1] == part
    assert bool(named[2]) is (part == "system")
    followed = _compiled(f"\n{named[1]}\n{lines}{rest}")
    assert not [each for each in followed.diagnostics if each.code < "SES2"]
    (amendment,), (system,) = followed.policy.amendments, followed.policy.systems
    assert Variants(system).under(amendment).broken == ()
