"""An element of a senior executive's plan that is not critical."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.line_edits import line_out
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.system import NoncriticalCount
from sespms_rules.language.syntax.words import PartKind

# No provision is cited: that the rule on plans names critical elements alone was read in the earlier wording only.
FINDING = warning("SES231", "noncritical-element")


def check(system: System) -> Iterator[Diagnostic]:
    """Find elements that are declared noncritical, or counts that let a plan bring such."""
    if is_outside_service(system):
        return
    for element in system.elements:
        if not element.critical:
            yield FINDING.at(
                element.origin.span,
                f"`{element.name}` is a noncritical element; OPM's systems for senior executives have none",
                help="make it a critical element, or fold it into one",
                fixes=words_instead("noncritical element", "critical element", element.origin.span),
            )
    for sentence in under(system, PartKind.SYSTEM, NoncriticalCount):
        if limit_ends(sentence.limit)[1] != 0 and all(element.critical for element in system.elements):
            yield FINDING.at(
                sentence.span,
                "a plan may bring noncritical elements; OPM's systems for senior executives have none",
                help="take the line out",
                fixes=(line_out("take the line out", sentence.span),),
            )
