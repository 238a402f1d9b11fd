"""Systems to compare, made of texts; each text may be invented for one test."""

from __future__ import annotations

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import resolve
from sespms_rules.language.resolution.library import FolderLibrary
from sespms_rules.program.lowering import lower
from sespms_rules.studies.comparison import Comparison, Subject, compare

WORKSHOP = """\
system "Example Workshop"
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results"

levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

appraisal period
  lasts at least 90 days

weights
  total 100
  are whole numbers
  "Results" at least 50

summary rating
  score is the sum of points times weight
  score 450 to 500 is level 5
  score 350 to 449 is level 4
  score 250 to 349 is level 3
  score 150 to 249 is level 2
  score 100 to 149 is level 1
  any critical element at level 1 makes the rating level 1
"""
"""An invented policy: 50 plans the policy allows, 1,250 appraisals."""


def subject(text: str, path: str = "policy.sespms") -> Subject:
    """The only system of a text."""
    document, unread = parse(Source(path, text))
    policy, found = resolve(document, FolderLibrary())
    found = (*unread, *found)
    assert not [each for each in found if each.severity.value == "error"], found
    (system,) = policy.systems
    program, faults = lower(system)
    assert program is not None, faults
    return Subject(path, system, program, None, (path,))


def compared(old: str, new: str, mapping: tuple[tuple[str, str], ...] = (), seconds: int = 20) -> Comparison:
    """Two texts compared."""
    return compare(subject(old, "old.sespms"), subject(new, "new.sespms"), mapping, seconds)


def workshop(*changes: tuple[str, str]) -> str:
    """The invented policy with some words of it replaced by others."""
    text = WORKSHOP
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text
