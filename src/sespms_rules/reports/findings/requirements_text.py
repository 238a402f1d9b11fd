"""Conformance -> plain text: a summary of each system, and each requirement with its verdict where it is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sespms_rules.foundation.source import Span
from sespms_rules.law.verdict import Confidence, Conformance, Ruling, Verdict, VerdictKind
from sespms_rules.reports.findings.display import on_one_line, printable
from sespms_rules.reports.provenance import judged_by

_QUOTED = 100
_COUNTED = {
    VerdictKind.NEEDS_PERSON: ("needs human review", "need human review"),
}
_SILENT = (VerdictKind.MET, VerdictKind.PROVED, VerdictKind.HELD_ON_RECORDS)


def summary_as_text(held: Iterable[Conformance]) -> str:
    """Each system: what it was checked against, how many requirements stand how, what the edition decides."""
    return "\n\n".join("\n".join(map(printable, _summary(each))) for each in held)


def requirements_as_text(held: Iterable[Conformance]) -> str:
    """Each requirement of each system with its verdict, the reasons, the lines they rest on, and what to do."""
    return "\n\n".join("\n".join(map(printable, _requirement(verdict))) for each in held for verdict in each.verdicts)


def _summary(conformance: Conformance) -> Iterator[str]:
    if not conformance.held:
        reason = "no edition was found" if conformance.missing else conformance.unheld
        yield f"`{conformance.system}` was not checked against a baseline: {reason}"
        return
    yield f"`{conformance.system}` was checked against"
    for held in conformance.held:
        day = f", edition of {held.first}" if held.first else ""
        yield f"  {held.baseline}{day}: {_why(None if held.by_period else held.day, held.why)}"
    if judged_by(conformance):
        yield f"  {judged_by(conformance)}"
    if conformance.records:
        yield f"  {conformance.records.said}"
    yield f"  {counted(conformance)}"
    for sentence in conformance.contrast:
        yield f"  note: {sentence}"


def _why(day: object, why: str) -> str:
    return f"{why}, {day}" if day else why


def counted(conformance: Conformance) -> str:
    """How many requirements have each verdict: `60 requirements: 31 met, 2 not met, …`."""
    return verdicts_counted(conformance.verdicts)


def verdicts_counted(verdicts: Sequence[Verdict]) -> str:
    """How many of these requirements have each verdict, in words."""
    total = len(verdicts)
    said = []
    for kind in VerdictKind:
        of_kind = [each for each in verdicts if each.kind is kind]
        if of_kind:
            words = _COUNTED.get(kind, (kind.said, kind.said))[len(of_kind) > 1]
            said.append(f"{len(of_kind)} {words}{_only_advised(of_kind)}")
    return f"{total} requirement{'' if total == 1 else 's'}: {', '.join(said)}"


def _only_advised(verdicts: Sequence[Verdict]) -> str:
    """How many of these, all of one kind, miss only what is advised, or what a savings clause gives time for."""
    advised, spared = (sum(each.is_only_advised for each in verdicts), sum(each.is_spared for each in verdicts))
    told = []
    if advised:
        told.append("only advised" if advised == len(verdicts) else f"{advised} of them only advised")
    if spared:
        told.append("not due yet" if spared == len(verdicts) else f"{spared} of them not due yet")
    return f" ({', '.join(told)})" if told else ""


def _requirement(verdict: Verdict) -> Iterator[str]:
    edition = f", edition of {verdict.edition}" if verdict.edition else ""
    yield f"{verdict.said}: {verdict.citation}, {verdict.title} ({verdict.baseline}{edition})"
    if verdict.confidence is not Confidence.CONFIRMED:
        yield f"  this requirement is {verdict.confidence}{': ' + verdict.remark if verdict.remark else ''}"
    for ruling in verdict.rulings:
        yield from _ruling(ruling)


def _ruling(ruling: Ruling) -> Iterator[str]:
    yield f"  {ruling.asked}" if ruling.asked else f"  {ruling.why}"
    if ruling.asked:
        yield f"    {ruling.said}: {ruling.why}"
    for span in ruling.evidence[:3]:
        yield f"      line {span.line} of {on_one_line(span.source.name)}: {_quoted(span)}"
    if len(ruling.evidence) > 3:
        yield f"      and {len(ruling.evidence) - 3} more lines"
    if ruling.cure and ruling.kind not in _SILENT:
        yield f"    to do: {ruling.cure}"


def _quoted(span: Span) -> str:
    words = span.words
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
