"""Diagnostics -> plain data for a JSON document; the keys are stable, more may be added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sespms_rules.foundation.diagnostic import Diagnostic, Moves
from sespms_rules.foundation.source import Span


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as dictionaries, in the order they come.

    Lines and columns count from 1, the end is just behind the last character, columns count characters. The
    keys of the place are null for a finding that is in no source.
    """
    return [
        {
            "code": each.code,
            "name": each.name,
            "severity": each.severity.value,
            "message": each.message,
            **_place(each.span),
            "help": each.help,
            "labels": [{"message": label.message, **_place(label.span)} for label in each.labels],
            "fixes": [
                {
                    "title": fix.title,
                    "replacement": fix.replacement,
                    "sure": fix.sure,
                    "moves": _moves(fix.moves),
                    **_place(fix.span),
                }
                for fix in each.fixes
            ],
            "citations": list(dict.fromkeys(each.citations)),
            "fingerprint": each.fingerprint,
        }
        for each in diagnostics
    ]


def _moves(moves: Moves | None) -> dict[str, Any] | None:
    """Whom a fix moves; null where that was not asked, or it leaves what is computed as it is."""
    if moves is None:
        return None
    return {"moved": moves.moved, "of": moves.of, "plans": moves.plans, "said": moves.said}


def _place(span: Span) -> dict[str, str | int | None]:
    if not span.source.name:
        return dict.fromkeys(("path", "line", "column", "end_line", "end_column", "text"))
    line, column = span.source.position(span.start)
    end_line, end_column = span.end_position
    return {
        "path": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": span.text,
    }
