"""Do the examples notice? Every line of a policy is read otherwise, and its scenarios and guarantees are asked."""

from __future__ import annotations

from sespms_rules.studies.mutation.judging import TIME_LIMIT, Fate
from sespms_rules.studies.mutation.measuring import Entry, Measured, measure
from sespms_rules.studies.mutation.suggesting import Suggested, Suggestion, example, suggest

__all__ = [
    "TIME_LIMIT",
    "Entry",
    "Fate",
    "Measured",
    "Suggested",
    "Suggestion",
    "example",
    "measure",
    "suggest",
]
