"""An approval by OPM that is older than the submission it answers."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Approved, Submitted
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES257", "approved-before-submitted", "5 CFR 430.314(a)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a day of approval before the day of submission."""
    for submitted in under(system, PartKind.SYSTEM, Submitted):
        for approved in under(system, PartKind.SYSTEM, Approved):
            asked, given = submitted.day, approved.day
            if isinstance(asked, Day) and isinstance(given, Day) and given.value < asked.value:
                yield FINDING.at(
                    given.span,
                    f"OPM's approval is dated `{given.value}`, before the system went to OPM on `{asked.value}`",
                    help="correct one of the two days; leave the approval out while OPM has not decided on this text",
                    labels=(Label(asked.span, "the day it went to OPM"),),
                )
