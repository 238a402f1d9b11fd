"""Settings every test shares."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: the machines are shared, and a slow example is not a wrong one; pytest's time limit still holds.
settings.register_profile(
    "ci", max_examples=200, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", parent=settings.get_profile("ci"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
