"""A small invented policy whose appraisals can all be listed: two elements, whole weights that total 20."""

from __future__ import annotations

from functools import cache

from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source

HEAD = """system "Example Workshop"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "People"

critical element "Results"

levels
  level 3 "High"  3 points
  level 2 "Fair"  2 points
  level 1 "Low"   1 point

weights
  total 20
  are whole numbers
  "Results" at least 8
  none above "Results"

summary rating
  score is the sum of points times weight
  score 50 to 60 is level 3
  score 30 to 49 is level 2
  score 20 to 29 is level 1
  any critical element at level 1 makes the rating level 1
"""

SCENARIO = """
scenario "The lower edge of level 3"
  "People"   weight 10  rated 2
  "Results"  weight 10  rated 3
  expect score 50
  expect level 3
"""


@cache
def compiled(*parts: str) -> Compilation:
    """A policy of these parts."""
    found = compile_source(Source("workshop.sespms", "\n".join(parts)))
    assert found.programs, found.diagnostics
    return found
