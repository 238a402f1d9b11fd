"""How a missed requirement is told in a finding: what is amiss, where, and what to write."""

from __future__ import annotations

from sespms_rules.foundation.source import Span
from sespms_rules.law.verdict import Conformance, Ruling, Verdict, VerdictKind

_MISSED = (VerdictKind.NOT_MET, VerdictKind.REFUTED)


def amiss(verdict: Verdict) -> tuple[Ruling, ...]:
    """The rulings that make a requirement missed."""
    return tuple(each for each in verdict.rulings if each.kind in _MISSED)


def missed(verdict: Verdict) -> str:
    """What is amiss in one sentence: each sentence of the requirement that is missed, and why."""
    return "; ".join(f"`{each.asked}`: {each.why}" for each in amiss(verdict))


def cured(verdict: Verdict) -> str:
    """What to write, for all that is missed."""
    return "; ".join(dict.fromkeys(each.cure for each in amiss(verdict) if each.cure))


def place(conformance: Conformance, verdict: Verdict) -> tuple[Span, tuple[Span, ...]]:
    """Where to point: the first line of the system that falls short, else the heading of the system; then others."""
    lines = list(dict.fromkeys(span for each in amiss(verdict) for span in each.evidence[:2]))
    return (lines[0], tuple(lines[1:3])) if lines else (conformance.span, ())
