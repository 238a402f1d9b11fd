"""In which words a verdict over many speaks of where ratings come from."""

from __future__ import annotations

from typing import Final

from sespms_rules.foundation.values import Frozen


class Told(Frozen):
    """How a verdict speaks of where ratings come from, and of whom it has none."""

    source: str
    without: str
    until: str
    waiver: str


OF_A_ROSTER: Final = Told(
    "roster",
    "whose appraisal was refused",
    "not counted until it is corrected",
    "a roster does not say whether that was done",
)
