"""A line that makes the rating a level which is higher than what the other lines give."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.decided.deciding import Decision, Raise
from sespms_rules.checks.decided.telling import in_words
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System

FINDING = warning("SES265", "override-raises", "5 CFR 430.305(a)(5)")


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find overrides that raise a rating, each with an appraisal and both levels."""
    for decision in decisions:
        for each in decision.raised:
            yield _finding(decision, each)


def _finding(decision: Decision, found: Raise) -> Diagnostic:
    without = f"the other lines give level {found.without}"
    span = found.override.origin.span
    return FINDING.at(
        span,
        f"this line raises a rating: it makes it level {found.level} where {without}",
        help=f"{in_words(decision, found.appraisal)} shows it; if a cap is meant, which never raises a rating, write "
        f"`no higher than` before `level {found.level}`",
        fixes=_as_cap(span),
    )


def _as_cap(span: Span) -> tuple[Fix, ...]:
    """The line as a cap; what it means changes, so it is not sure that it is meant."""
    before, words, after = span.text.rpartition("rating level")
    if not words:
        return ()
    return (Fix("make it a cap", span, f"{before}rating no higher than level{after}", sure=False),)
