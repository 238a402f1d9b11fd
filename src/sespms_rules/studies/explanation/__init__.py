"""rating.Rating -> Explanation: the derivation for a reader, and the smallest changes that would alter the level.

Out differs from in: steps are numbered, each with the line of the policy it rests on, and it is said how near the
result is to a higher and to a lower one, with a proof that nothing smaller would do.
"""

from __future__ import annotations

from sespms_rules.studies.explanation.changes import MOST_STEPS, Change, Flip, Move, Towards
from sespms_rules.studies.explanation.markup import near_as_markup, steps_as_markup
from sespms_rules.studies.explanation.smallest import flips, smallest_changes
from sespms_rules.studies.explanation.text_report import SCHEMA, Explanation, cited_line, explanation

__all__ = [
    "MOST_STEPS",
    "SCHEMA",
    "Change",
    "Explanation",
    "Flip",
    "Move",
    "Towards",
    "cited_line",
    "explanation",
    "flips",
    "near_as_markup",
    "smallest_changes",
    "steps_as_markup",
]
