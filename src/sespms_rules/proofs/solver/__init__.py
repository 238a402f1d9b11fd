"""Proofs over a Program: what no appraisal under any allowed plan can break, by an exact solver of linear arithmetic.

It knows programs, appraisals and nothing else; it rates nothing. What it shows is to be rated by an engine before
anyone is told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.proofs.solver.nearest import Nearest, nearest
from sespms_rules.proofs.solver.properties import (
    Bounded,
    ExactlyOneLevel,
    Gives,
    Needs,
    NeverLowered,
    OrderOfEquals,
    Property,
    Reached,
)
from sespms_rules.proofs.solver.solver_session import AskedFor, Exchange, Work
from sespms_rules.proofs.solver.solving import ProofResult, Prover, Status
from sespms_rules.proofs.solver.witness import Shown

if TYPE_CHECKING:
    from sespms_rules.proofs.solver.joint_shapes import DifferentElementsError, NotComparableError
    from sespms_rules.proofs.solver.two_plans import plans_differ
    from sespms_rules.proofs.solver.two_programs import TwoPrograms, Way, difference
    from sespms_rules.proofs.solver.two_results import results_differ, value_differs
else:
    __getattr__ = face(
        __name__,
        {
            "DifferentElementsError": "joint_shapes",
            "NotComparableError": "joint_shapes",
            "TwoPrograms": "two_programs",
            "Way": "two_programs",
            "difference": "two_programs",
            "plans_differ": "two_plans",
            "results_differ": "two_results",
            "value_differs": "two_results",
        },
    )

__all__ = [
    "AskedFor",
    "Bounded",
    "DifferentElementsError",
    "ExactlyOneLevel",
    "Exchange",
    "Gives",
    "Nearest",
    "Needs",
    "NeverLowered",
    "NotComparableError",
    "OrderOfEquals",
    "ProofResult",
    "Property",
    "Prover",
    "Reached",
    "Shown",
    "Status",
    "TwoPrograms",
    "Way",
    "Work",
    "difference",
    "nearest",
    "plans_differ",
    "results_differ",
    "value_differs",
]
