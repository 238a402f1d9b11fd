"""An element of a senior executive's plan that is not critical."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System

# No provision is cited: that the rule on plans names critical elements alone was read in the earlier wording only.
FINDING = warning("SES231", "noncritical-element")


def check(system: System) -> Iterator[Diagnostic]:
    """Find elements that are declared noncritical."""
    if is_outside_service(system):
        return
    for element in system.elements:
        if not element.critical:
            yield FINDING.at(
                element.origin.span,
                f"`{element.name}` is a noncritical element; OPM's systems for senior executives have none",
                help="make it a critical element, or fold it into one",
            )
