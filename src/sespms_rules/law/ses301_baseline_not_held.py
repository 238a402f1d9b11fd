"""A baseline that a system should be checked against and that was not found."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.law.verdict import Conformance

FINDING = note("SES301", "baseline-not-held")


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each baseline that was not found that the system was not checked against it."""
    for each in conformance.missing:
        day = f" as of {each.day}" if each.day else ""
        yield FINDING.at(
            each.span,
            f"the system was not checked against `{each.baseline}`{day}: {each.why}",
            help="`sespms baseline list` names the editions there are; whether the system conforms to this one is open",
        )
