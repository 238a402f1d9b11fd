"""Conformance -> plain data for a JSON document; the keys are stable, more may be added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sespms_rules.foundation.source import Span
from sespms_rules.law.verdict import Conformance, Ruling, VerdictKind


def requirements_as_json(held: Iterable[Conformance]) -> list[dict[str, Any]]:
    """Return every requirement with its verdict, system by system, in the order of the editions.

    `evidence` are the lines of the policy that the verdict rests on; `fails` says whether it makes the check fail.
    """
    return [
        {
            "system": each.system,
            "id": f"{verdict.baseline} {verdict.edition or ''}".strip() + f": {verdict.citation}",
            "title": verdict.title,
            "citation": verdict.citation,
            "baseline": verdict.baseline,
            "edition": verdict.edition.isoformat() if verdict.edition else None,
            "verdict": verdict.kind.value,
            "fails": verdict.fails,
            "binding": verdict.binding,
            "spared_until": verdict.spared_until.isoformat() if verdict.spared_until else None,
            "confidence": verdict.confidence.value,
            "remark": verdict.remark,
            "evidence": [line for ruling in verdict.rulings for line in _lines(ruling)],
            "sentences": [_sentence(ruling) for ruling in verdict.rulings],
        }
        for each in held
        for verdict in each.verdicts
    ]


def held_as_json(held: Iterable[Conformance]) -> list[dict[str, Any]]:
    """Return for each system the editions it was checked against, the counts of verdicts, the contrasts.

    `claimed` is false where the system follows nothing and is held only because the law binds it.
    """
    return [
        {
            "system": each.system,
            "editions": [
                {
                    "baseline": one.baseline,
                    "in_force_from": one.first.isoformat() if one.first else None,
                    "in_force_to": one.last.isoformat() if one.last else None,
                    "day": one.day.isoformat() if one.day else None,
                    "why": one.why,
                }
                for one in each.held
            ],
            "claimed": each.claimed,
            "records": _records(each),
            "not_held_because": each.unheld,
            "not_found": [{"baseline": one.baseline, "why": one.why} for one in each.missing],
            "verdicts": {kind.value: each.count(kind) for kind in VerdictKind},
            "contrast": list(each.contrast),
            "guarantees": [
                {"guarantee": one.words, "verdict": one.kind.value, "why": one.why, "line": one.span.line}
                for one in each.guarantees
            ],
        }
        for each in held
    ]


def _records(conformance: Conformance) -> dict[str, Any] | None:
    found = conformance.records
    if found is None:
        return None
    return {"name": found.name, "as_of": found.day.isoformat(), "executives": found.executives}


def _sentence(ruling: Ruling) -> dict[str, Any]:
    return {
        "asked": ruling.asked,
        "verdict": ruling.kind.value,
        "on_records": _counts(ruling),
        "why": ruling.why,
        "cure": ruling.cure,
        "binding": ruling.binding,
        "evidence": _lines(ruling),
    }


def _counts(ruling: Ruling) -> dict[str, int] | None:
    found = ruling.on_records
    if found is None:
        return None
    return {"held": found.held, "broken": found.broken, "open": found.open, "records": found.records}


def _lines(ruling: Ruling) -> list[dict[str, Any]]:
    return [_line(span) for span in ruling.evidence]


def _line(span: Span) -> dict[str, Any]:
    return {"path": span.source.name, "line": span.line, "column": span.column, "text": span.words}
