"""Which plans a policy allows: how many members they have, and what each may weigh."""

from __future__ import annotations

from sespms_rules.program.plans.sizes import MOST_LOOKED_AT, admits, own_counts, weight_ends

__all__ = ["MOST_LOOKED_AT", "admits", "own_counts", "weight_ends"]
