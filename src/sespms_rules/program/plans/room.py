"""Whether a member that a policy lets plans do without can be absent from a plan it allows, and whether present."""

from __future__ import annotations

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Stage
from sespms_rules.program.plans.feasibility import fit
from sespms_rules.program.plans.sizes import PlanSize, own_members, plan_sizes
from sespms_rules.program.plans.weights import allowed_weights


class Presence(Frozen):
    """Members that are in every allowed plan although they need not be, and members that are in none."""

    always: tuple[str, ...]
    never: tuple[str, ...]


def presence(stage: Stage) -> Presence:
    """Look at the plans that a stage allows, by how many members they have and what these can weigh.

    Where not all of its plans are looked at, or it allows none, nothing is said.
    """
    optional = [each.name for each in stage.members if each.optional]
    sizes = plan_sizes(stage)
    allowed = [each.absent for each in sizes.sizes if _can_weigh(stage, each)] if optional else []
    if not allowed or sizes.left:
        return Presence((), ())
    always = tuple(name for name in optional if all(name not in absent for absent in allowed))
    return Presence(always, tuple(name for name in optional if all(name in absent for absent in allowed)))


def _can_weigh(stage: Stage, size: PlanSize) -> bool:
    """Whether some weights of the members of such a plan keep the limits."""
    if not stage.weighted:
        return True
    named = (each.name for each in stage.members if each.name not in size.absent)
    own = (each.name for each in own_members(stage, size, "Element"))
    weights = allowed_weights(stage.limits, [*named, *own])
    if len(weights.totals) > 1:
        return False
    if weights.totals:
        return fit(weights.totals[0], weights.whole, weights.boxes) is not None
    return all(low is None or high is None or low <= high for low, high in weights.ends)
