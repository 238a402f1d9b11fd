"""Conformance -> findings: what was not held, what is missed, missed but unconfirmed, or asked by law in vain."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.law import (
    ses301_baseline_not_held,
    ses302_requirement_not_met,
    ses303_requirement_unconfirmed,
    ses304_law_not_met,
)
from sespms_rules.law.verdict import Conformance

FINDERS = (ses301_baseline_not_held, ses302_requirement_not_met, ses303_requirement_unconfirmed, ses304_law_not_met)


def findings(conformance: Conformance) -> tuple[Diagnostic, ...]:
    """The findings of a system's conformance, by the place they speak of."""
    found = (finding for each in FINDERS for finding in each.found(conformance))
    return tuple(sorted(found, key=lambda finding: finding.order))
