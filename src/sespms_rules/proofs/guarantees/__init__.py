"""Guarantees of a system: proved of its Program, inspected in its text, or refuted by a replayed appraisal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.proofs.effort import TIME_LIMIT
from sespms_rules.proofs.guarantees.proving import (
    Asked,
    Counterexample,
    DisagreementError,
    Established,
    Establishing,
    asked_by_user,
    establish,
    guarantees_of,
)

if TYPE_CHECKING:
    from sespms_rules.proofs.guarantees.scenario_text import scenario_of
else:
    __getattr__ = face(
        __name__,
        {
            "scenario_of": "scenario_text",
        },
    )

__all__ = [
    "TIME_LIMIT",
    "Asked",
    "Counterexample",
    "DisagreementError",
    "Established",
    "Establishing",
    "asked_by_user",
    "establish",
    "guarantees_of",
    "scenario_of",
]
