"""Conformance -> findings: what was not checked, is missed, open, or asked by law in vain; and what a review adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.resolution import Library
from sespms_rules.law import (
    ses301_baseline_not_held,
    ses302_requirement_not_met,
    ses303_requirement_unconfirmed,
    ses304_law_not_met,
    ses306_requirement_undecided,
    ses307_older_edition_followed,
    ses308_effective_day_missing,
    ses310_agency_outside_the_law,
    ses315_effective_day_unconfirmed,
    ses401_guarantee_not_established,
    ses402_guarantee_refuted,
    ses404_acceptance_not_heeded,
)
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.verdict import Conformance

FINDERS = (
    ses301_baseline_not_held,
    ses302_requirement_not_met,
    ses303_requirement_unconfirmed,
    ses306_requirement_undecided,
    ses307_older_edition_followed,
    ses401_guarantee_not_established,
    ses402_guarantee_refuted,
)


LEFT_OPEN = (ses306_requirement_undecided.FINDING.code, ses401_guarantee_not_established.FINDING.code)
"""What is neither kept nor broken as far as was looked."""


def findings(conformance: Conformance, before: Sequence[Conformance] = ()) -> tuple[Diagnostic, ...]:
    """The findings of a system's conformance, by the place they speak of; `before` are the texts told of already."""
    found = [finding for each in FINDERS for finding in each.found(conformance)]
    found += ses304_law_not_met.found(conformance, before)
    return tuple(sorted(found, key=lambda finding: finding.order))


def review_findings(
    conformance: Conformance, system: System, law: Library, before: Sequence[Conformance] = ()
) -> tuple[Diagnostic, ...]:
    """The same as a reviewer reads it: nothing quieted, and what keeps the text from being stood on is an error."""
    found = (*(_as_reviewed(each) for each in findings(conformance, before)), *_of_review(conformance, system, law))
    return tuple(sorted(found, key=lambda finding: finding.order))


def _as_reviewed(finding: Diagnostic) -> Diagnostic:
    """A name in `follows` that no edition bears is an error: what it stands for was checked by nothing."""
    not_held = finding.code == ses301_baseline_not_held.FINDING.code
    return replace(finding, severity=Severity.ERROR) if not_held else finding


def _of_review(conformance: Conformance, system: System, law: Library) -> Iterator[Diagnostic]:
    yield from ses308_effective_day_missing.found(system)
    yield from ses315_effective_day_unconfirmed.found(conformance, system, every_edition(law))
    yield from ses310_agency_outside_the_law.found(system, every_edition(law))
    yield from ses404_acceptance_not_heeded.found(system)
