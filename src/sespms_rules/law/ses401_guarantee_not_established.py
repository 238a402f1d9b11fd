"""A guarantee that a system states and that was left open."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.law.verdict import Conformance, VerdictKind

FINDING = note("SES401", "guarantee-not-established")

_SETTLED = (VerdictKind.PROVED, VerdictKind.MET, VerdictKind.REFUTED, VerdictKind.NOT_MET)


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each guarantee that neither holds nor is refuted why it is open."""
    for each in conformance.guarantees:
        if each.kind not in _SETTLED:
            yield FINDING.at(
                each.span,
                f"`{each.words}` is neither proved nor refuted: {each.why}",
                help=each.cure or "`sespms prove` gives each guarantee more time; until it is proved it is no promise",
            )
