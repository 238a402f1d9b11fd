"""A guarantee that a system states and does not keep."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.law.verdict import Conformance, VerdictKind

FINDING = error("SES402", "guarantee-refuted")


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each guarantee that is refuted what breaks it."""
    for each in conformance.guarantees:
        if each.kind in (VerdictKind.REFUTED, VerdictKind.NOT_MET):
            yield FINDING.at(
                each.span,
                f"`{each.words}` is refuted: {each.why}",
                help=each.cure
                or "change the rules until it holds, or take the guarantee out; `sespms prove` shows "
                "what breaks it as a scenario",
            )
