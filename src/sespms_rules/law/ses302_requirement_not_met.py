"""A requirement that a system does not meet: an error, a warning where it is only advised."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity, error
from sespms_rules.foundation.values import replace
from sespms_rules.law.messages import cured, missed, place
from sespms_rules.law.verdict import Confidence, Conformance, VerdictKind

FINDING = error("SES302", "requirement-not-met")


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each requirement that is missed what is missing and what to write."""
    for verdict in conformance.verdicts if conformance.claimed else ():
        if verdict.kind not in (VerdictKind.NOT_MET, VerdictKind.REFUTED):
            continue
        where, others = place(conformance, verdict)
        finding = FINDING.at(
            where,
            f"`{verdict.citation}`, {verdict.title}, is {verdict.kind}: {missed(verdict)}",
            help=cured(verdict),
            labels=tuple(Label(span, "this line") for span in others),
            citations=(f"{verdict.citation} ({verdict.baseline}, edition of {verdict.edition or 'no stated day'})",),
        )
        if verdict.confidence is Confidence.PARTLY:
            note = f"the requirement is partly confirmed: {verdict.remark}"
            finding = replace(finding, help=f"{finding.help}; {note}" if finding.help else note)
        if verdict.spared_until:
            until = f"systems of before have until {verdict.spared_until} to conform"
            finding = replace(finding, help=f"{finding.help}; {until}" if finding.help else until)
            yield replace(finding, severity=Severity.NOTE)
            continue
        yield finding if verdict.fails else replace(finding, severity=Severity.WARNING)
