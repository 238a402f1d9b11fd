"""How a synthetic roster is known, wherever it is used: by a mark in every row, which every picture repeats."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.program.rating import Appraisal

MARK = "synthetic-"
"""What the id of every synthetic executive begins with."""

UNIT = "Synthetic"
"""The unit of every synthetic executive."""

_WHOLE = "Synthetic roster: every executive in it is invented."


def synthetic_remark(appraisals: Sequence[Appraisal], *, counted: bool = True) -> str:
    """What must stand on anything made from a roster with synthetic executives; empty where there are none.

    `counted=False` leaves out how many of them are invented, for what is meant for sharing.
    """
    invented = sum(each.id.startswith(MARK) for each in appraisals)
    if not invented:
        return ""
    if invented == len(appraisals):
        return _WHOLE
    if not counted:
        return "Partly synthetic roster: some executives in it are invented."
    return f"Partly synthetic roster: {invented:,} of {len(appraisals):,} executives in it are invented."
