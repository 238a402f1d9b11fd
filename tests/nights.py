"""Whether this run is a night's: `HYPOTHESIS_PROFILE=nightly` walks whole what a day's run walks in part."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

__all__ = ["NIGHTLY"]
