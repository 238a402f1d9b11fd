"""Guarantees of a system: proved of its Program, inspected in its text, or refuted by a replayed appraisal."""

from __future__ import annotations

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
]
