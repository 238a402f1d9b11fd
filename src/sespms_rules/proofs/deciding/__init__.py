"""A question of `check` that rating left open -> the solver's answer, within a time that nobody waits for."""

from __future__ import annotations

from sespms_rules.proofs.deciding.answering import TIME_LIMIT, answered

__all__ = ["TIME_LIMIT", "answered"]
