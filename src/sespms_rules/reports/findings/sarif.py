"""Findings and verdicts -> SARIF 2.1.0, which code hosts and editors read.

A finding is a result that fails, or informs where it is a note. A requirement that is not missed is a result of
another kind: `pass`, `open` (undecided), `review` (a person's question), `notApplicable`, `informational`; one that
is missed is the finding SES302 and not said twice. Where one finding stands for all that is missed (SES304), each
requirement is a result in its stead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.version import version
from sespms_rules.law.provenance import Provenance
from sespms_rules.law.verdict import Conformance, Verdict, VerdictKind
from sespms_rules.reports.findings.report_head import head
from sespms_rules.reports.provenance import as_json, rows

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_KINDS = {
    VerdictKind.MET: "pass",
    VerdictKind.PROVED: "pass",
    VerdictKind.UNDECIDED: "open",
    VerdictKind.NEEDS_PERSON: "review",
    VerdictKind.EACH_RATING: "informational",
    VerdictKind.HELD_ON_RECORDS: "pass",
    VerdictKind.BROKEN_ON_RECORDS: "fail",
    VerdictKind.OPEN_ON_RECORDS: "open",
    VerdictKind.NOT_APPLICABLE: "notApplicable",
}
_MISSED_KINDS = {
    VerdictKind.NOT_MET: "fail",
    VerdictKind.REFUTED: "fail",
    VerdictKind.UNCONFIRMED: "informational",
}


def as_sarif(
    diagnostics: Iterable[Diagnostic], held: Iterable[Conformance], provenance: Provenance | None = None
) -> dict[str, Any]:
    """Return one SARIF log with one run. Lines and columns count from 1, columns by characters.

    `provenance` is what the report rests on: its files and editions are artifacts with their SHA-256.
    """
    held, diagnostics = tuple(held), tuple(diagnostics)
    found = tuple(each for each in diagnostics if each.code != "SES304")
    verdicts = tuple((each, verdict) for each in held for verdict in each.verdicts if _kind(each, verdict))
    rules: dict[str, dict[str, Any]] = {}
    for finding in found:
        rules.setdefault(finding.code, {"id": finding.code, "name": finding.name})
    for _, verdict in verdicts:
        identity = _identity(verdict)
        text = f"{verdict.citation}, {verdict.title} ({verdict.baseline})"
        rules.setdefault(identity, {"id": identity, "shortDescription": {"text": text}})
    places = {identity: place for place, identity in enumerate(rules)}
    results = [_finding(each, places) for each in found]
    results += [_verdict(conformance, verdict, places) for conformance, verdict in verdicts]
    driver = {"name": "sespms", "version": version(), "rules": list(rules.values())}
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    run["properties"] = {"summary": head(diagnostics, held)}
    if provenance is not None:
        run["artifacts"] = [
            {
                "location": {"uri": _uri(source.name)},
                "hashes": {"sha-256": source.sha256},
                "description": {"text": what},
            }
            for what, source in rows(provenance)
        ]
        run["properties"] |= {key: value for key, value in as_json(provenance).items() if key in ("law", "days")}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _finding(each: Diagnostic, places: dict[str, int]) -> dict[str, Any]:
    text = each.message + (f"\nhelp: {each.help}" if each.help else "")
    result: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": places[each.code],
        "kind": "informational" if each.severity is Severity.NOTE else "fail",
        "level": "none" if each.severity is Severity.NOTE else each.severity.value,
        "message": {"text": text},
        "locations": _locations(each.span),
    }
    if each.labels:
        result["relatedLocations"] = [
            {**location, "message": {"text": label.message}}
            for label in each.labels
            for location in _locations(label.span)
        ]
    return result


def _verdict(conformance: Conformance, verdict: Verdict, places: dict[str, int]) -> dict[str, Any]:
    identity = _identity(verdict)
    reasons = "; ".join(f"{ruling.asked}: {ruling.why}" if ruling.asked else ruling.why for ruling in verdict.rulings)
    evidence = next((span for ruling in verdict.rulings for span in ruling.evidence), conformance.span)
    return {
        "ruleId": identity,
        "ruleIndex": places[identity],
        "kind": _kind(conformance, verdict),
        "level": _level(conformance, verdict),
        "message": {"text": f"{verdict.said}: {reasons}"},
        "locations": _locations(evidence),
    }


def _kind(conformance: Conformance, verdict: Verdict) -> str:
    """The kind of result; empty for what a finding tells."""
    return _KINDS.get(verdict.kind, "" if conformance.claimed else _MISSED_KINDS.get(verdict.kind, ""))


def _level(conformance: Conformance, verdict: Verdict) -> str:
    """How grave it is; only what fails has a level."""
    if _kind(conformance, verdict) != "fail":
        return "none"
    return "error" if verdict.fails else "warning"


def _identity(verdict: Verdict) -> str:
    return f"{verdict.citation} @ {verdict.edition}" if verdict.edition else verdict.citation


def _locations(span: Span) -> list[dict[str, Any]]:
    if not span.source.name:
        return []
    end_line, end_column = span.end_position
    region = {"startLine": span.line, "startColumn": span.column, "endLine": end_line, "endColumn": end_column}
    return [{"physicalLocation": {"artifactLocation": {"uri": _uri(span.source.name)}, "region": region}}]


def _uri(path: str) -> str:
    """A path as the reference to a file: relative as it is written, else with its scheme, as the format asks."""
    absolute = next((each for each in (PurePosixPath(path), PureWindowsPath(path)) if each.is_absolute()), None)
    return absolute.as_uri() if absolute else quote(os.fsencode(path.replace("\\", "/")))
