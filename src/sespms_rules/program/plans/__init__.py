"""Which plans a policy allows: how many members they have, what each may weigh, which are alike, how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.program.plans.sizes import (
    MOST_LOOKED_AT,
    PlanSize,
    PlanSizes,
    admits,
    mistaken_for,
    own_members,
    plan_sizes,
    weight_ends,
)

if TYPE_CHECKING:
    from sespms_rules.program.plans.counting import Covered, covered
    from sespms_rules.program.plans.feasibility import WeightBox, fit
    from sespms_rules.program.plans.room import Presence, presence
    from sespms_rules.program.plans.shapes import Shape, ShapeMember, shapes_of
    from sespms_rules.program.plans.symmetry import alike_groups
    from sespms_rules.program.plans.weights import AllowedWeights, allowed_weights
else:
    __getattr__ = face(
        __name__,
        {
            "AllowedWeights": "weights",
            "Covered": "counting",
            "Presence": "room",
            "Shape": "shapes",
            "ShapeMember": "shapes",
            "WeightBox": "feasibility",
            "alike_groups": "symmetry",
            "allowed_weights": "weights",
            "covered": "counting",
            "fit": "feasibility",
            "presence": "room",
            "shapes_of": "shapes",
        },
    )

__all__ = [
    "MOST_LOOKED_AT",
    "AllowedWeights",
    "Covered",
    "PlanSize",
    "PlanSizes",
    "Presence",
    "Shape",
    "ShapeMember",
    "WeightBox",
    "admits",
    "alike_groups",
    "allowed_weights",
    "covered",
    "fit",
    "mistaken_for",
    "own_members",
    "plan_sizes",
    "presence",
    "shapes_of",
    "weight_ends",
]
