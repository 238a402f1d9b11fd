"""What this check could not settle: said, so that silence is never taken for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.checks.decided.telling import place_of, whose
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System

FINDING = note("SES273", "not-settled")


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Tell of each derivation what was asked and not settled, and why."""
    for decision in decisions:
        for why in decision.open:
            asked, _, reason = why.partition(": ")
            yield FINDING.at(
                place_of(decision),
                f"it is not settled for {whose(decision)} {asked}",
                help=f"{reason}; `sespms count` and `sespms prove` may take longer over it",
            )
