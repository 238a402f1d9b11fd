"""How deep this run of the tests goes: a person's day, the gate before a change is taken, or a night.

`make test` is a day's: every kind of case, in some minutes. The gate (`HYPOTHESIS_PROFILE=ci`) draws four times as many
examples and walks domains of which a day takes a part; a night (`HYPOTHESIS_PROFILE=nightly`) walks them whole and
draws anew. No assertion differs between them.
"""

from __future__ import annotations

import os
from typing import TypeVar

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "day")
NIGHTLY = PROFILE == "nightly"


_T = TypeVar("_T")


def at_depth(day: _T, gate: _T, night: _T | None = None) -> _T:
    """How much of something is tried in this run; a night tries what the gate does where nothing else is said."""
    if PROFILE not in ("ci", "nightly"):
        return day
    return night if NIGHTLY and night is not None else gate


__all__ = ["NIGHTLY", "PROFILE", "at_depth"]
