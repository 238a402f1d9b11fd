"""A requirement that a system does not meet and that was itself not compared with the law."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.law.messages import cured, missed, place
from sespms_rules.law.verdict import Conformance, VerdictKind

FINDING = note("SES303", "requirement-unconfirmed")


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each such requirement what is missing, and that the edition is to be checked first."""
    for verdict in conformance.verdicts if conformance.claimed else ():
        if verdict.kind is not VerdictKind.UNCONFIRMED:
            continue
        cure = cured(verdict)
        yield FINDING.at(
            place(conformance, verdict)[0],
            f"`{verdict.citation}`, {verdict.title}, is not met, but the requirement itself is unconfirmed: "
            f"{missed(verdict)}",
            help=f"compare the requirement with the law first ({verdict.remark})" + (f"; then {cure}" if cure else ""),
            citations=(f"{verdict.citation} ({verdict.baseline}, edition of {verdict.edition or 'no stated day'})",),
        )
