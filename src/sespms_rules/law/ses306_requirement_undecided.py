"""A requirement that was left open: neither kept nor broken as far as was looked."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.law.verdict import Conformance, Verdict, VerdictKind

FINDING = warning("SES306", "requirement-undecided")


def found(conformance: Conformance) -> Iterator[Diagnostic]:
    """Say of each undecided requirement which of its sentences is open, and why."""
    for verdict in conformance.verdicts if conformance.claimed else ():
        if verdict.kind is VerdictKind.UNDECIDED:
            yield _finding(conformance, verdict)


def _finding(conformance: Conformance, verdict: Verdict) -> Diagnostic:
    left = [each for each in verdict.rulings if each.kind is VerdictKind.UNDECIDED]
    lines = list(dict.fromkeys(span for each in left for span in each.evidence))
    told = "; ".join(f"`{each.asked}`: {each.why}" for each in left)
    return FINDING.at(
        lines[0] if lines else conformance.span,
        f"`{verdict.citation}`, {verdict.title}, is undecided, which is no pass: {told}",
        help="; ".join(dict.fromkeys(each.cure for each in left if each.cure))
        or "`sespms check --prove` gives each guarantee more time; what stays open a person must settle",
        labels=tuple(Label(span, "this line") for span in lines[1:3]),
        citations=(f"{verdict.citation} ({verdict.baseline}, edition of {verdict.edition or 'no stated day'})",),
    )
