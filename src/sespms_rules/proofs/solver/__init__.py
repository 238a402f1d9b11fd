"""Proofs over a Program: what no appraisal under any allowed plan can break, by an exact solver of linear arithmetic.

It knows programs, appraisals and nothing else; it rates nothing. What it shows is to be rated by an engine before
anyone is told of it.
"""

from __future__ import annotations

from sespms_rules.proofs.solver.counting import Covered, covered
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
from sespms_rules.proofs.solver.solver_session import Work
from sespms_rules.proofs.solver.solving import Prover, Status, Verdict
from sespms_rules.proofs.solver.witness import Shown

__all__ = [
    "Bounded",
    "Covered",
    "ExactlyOneLevel",
    "Gives",
    "Nearest",
    "Needs",
    "NeverLowered",
    "OrderOfEquals",
    "Property",
    "Prover",
    "Reached",
    "Shown",
    "Status",
    "Verdict",
    "Work",
    "covered",
    "nearest",
]
