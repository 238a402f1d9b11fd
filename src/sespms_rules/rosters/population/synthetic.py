"""How a synthetic roster is known, wherever it is used: by a mark in every row, which every picture repeats."""

from __future__ import annotations

from collections.abc import Sequence

MARK = "synthetic-"
"""What the id of every synthetic executive begins with."""

UNIT = "Synthetic"
"""The unit of every synthetic executive."""

_WHOLE = "Synthetic roster: every executive in it is invented."


def synthetic_remark(keys: Sequence[str], *, counted: bool = True) -> str:
    """What must stand on anything made from a roster with synthetic executives, whose ids are `keys`; empty without.

    `counted=False` leaves out how many of them are invented, for what is meant for sharing.
    """
    invented = sum(each.startswith(MARK) for each in keys)
    if not invented:
        return ""
    if invented == len(keys):
        return _WHOLE
    if not counted:
        return "Partly synthetic roster: some executives in it are invented."
    return f"Partly synthetic roster: {invented:,} of {len(keys):,} executives in it are invented."
