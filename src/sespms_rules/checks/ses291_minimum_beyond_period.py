"""A minimum appraisal period longer than the appraisal period."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.declarations import minimum_beyond_period
from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System

_USUAL = 90
FINDING = error("SES291", "minimum-beyond-period", "5 CFR 430.304(b)(4)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a minimum that nobody can serve within a period."""
    found = minimum_beyond_period(system)
    if found is None:
        return
    lasts, days, beside = found
    yield FINDING.at(
        lasts.span,
        f"nobody could be rated: the minimum is longer than the period, which has `{days}` days",
        help="state a minimum that fits into the period, such as `lasts at least 90 days`",
        fixes=words_instead(lasts.span.text, "lasts at least 90 days", lasts.span) if days >= _USUAL else (),
        labels=(Label(beside, f"the period, at its shortest `{days}` days"),),
    )
