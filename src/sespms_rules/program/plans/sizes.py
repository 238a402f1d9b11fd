"""ir.Stage -> how many members the plans of a policy have, and what each may weigh.

A policy names members, and may let a plan bring others. How many others is read from its limits; where no limit bounds
them, the sizes go as far as `MOST_OWN`, and that they are not all is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sespms_rules.program.ir import Kind, Limit, MemberCount, Stage, WeightRange

MOST_OWN = 6
"""So many members that a plan brings itself are looked at where the policy sets no bound."""


MOST_LOOKED_AT = 200
"""So many are looked at where the bound that a policy sets is higher."""


def own_counts(stage: Stage) -> tuple[list[int], str]:
    """How many members a plan may bring, all of them critical; and which numbers are left out."""
    critical = sum(each.critical for each in stage.members)
    others = len(stage.members) - critical
    if not stage.open:
        return ([0] if admits(stage.limits, critical, others) else []), ""
    high = [
        limit.high for limit in stage.limits if isinstance(limit, MemberCount) and limit.kind is not Kind.NONCRITICAL
    ]
    low = [limit.low for limit in stage.limits if isinstance(limit, MemberCount) and limit.low is not None]
    bounds = [each for each in high if each is not None]
    # A bound counts those the policy names too, so it bounds those a plan brings.
    most = min(bounds) if bounds else max([MOST_OWN, *low])
    word = "requirements" if stage.kind is Kind.REQUIREMENT else "elements"
    left = "" if bounds else f"plans with more than {most} {word} of their own, of which the policy allows any number"
    if most > MOST_LOOKED_AT:
        most, left = MOST_LOOKED_AT, f"plans with more than {MOST_LOOKED_AT} {word} of their own"
    return [count for count in range(most + 1) if admits(stage.limits, critical + count, others)], left


def admits(limits: Sequence[Limit], critical: int, others: int) -> bool:
    """Whether limits let a plan have so many critical members and so many others."""
    counts = {Kind.CRITICAL: critical, Kind.NONCRITICAL: others}
    for limit in limits:
        if isinstance(limit, MemberCount):
            count = counts.get(limit.kind, critical + others)
            if count < (limit.low or 0) or (limit.high is not None and count > limit.high):
                return False
    return True


def weight_ends(limits: Sequence[Limit], name: str) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest weight of a member by the ranges among limits; None: no end on that side."""
    low: Fraction | None = None
    high: Fraction | None = None
    for limit in limits:
        if not isinstance(limit, WeightRange):
            continue
        if (name not in limit.names) if limit.names is not None else (name in limit.save):
            continue
        low = limit.low if low is None else max(low, limit.low if limit.low is not None else low)
        high = limit.high if high is None else min(high, limit.high if limit.high is not None else high)
    return low, high
