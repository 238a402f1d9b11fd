"""A line that makes the rating a level which is higher than what the other lines give."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.decided.deciding import Decision, Raise
from sespms_rules.checks.decided.telling import in_words
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System

FINDING = warning("SES265", "override-raises", "5 CFR 430.305(a)(5)")


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find overrides that raise a rating, each with an appraisal and both levels."""
    for decision in decisions:
        for each in decision.raised:
            yield _finding(decision, each)


def _finding(decision: Decision, found: Raise) -> Diagnostic:
    without = f"the other lines give level {found.without}"
    return FINDING.at(
        found.override.origin.span,
        f"this line raises a rating: it makes it level {found.level} where {without}",
        help=f"{in_words(decision, found.appraisal)} shows it; a line that `makes the rating level {found.level}` also "
        f"lifts what is below: for a cap, ask for the condition in the lines of the levels above {found.level}, as in "
        f"`score at least … with no element below level … is level {found.level + 1}`",
    )
