"""Spans, findings and fixes -> the same as data of an analysis."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.authoring.analysis.document import Found, Moved, Place, Remark, Remedy, Replacing
from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import maker


def place_at(source: Source, start: int, end: int) -> Place:
    """Where some characters of a source stand."""
    return maker(Place)(start, end, *source.place(start, end))


def place_of(span: Span) -> Place:
    """Where a span stands."""
    return place_at(span.source, span.start, span.end)


def place_in(source: Source, span: Span) -> Place | None:
    """The same where the span stands in this text, else None."""
    return place_of(span) if span.source is source else None


def replacing(source: Source, edits: Iterable[Edit]) -> tuple[Replacing, ...]:
    """Edits of a text as data."""
    return tuple(Replacing(place_of(Span(source, each.start, each.end)), each.replacement) for each in edits)


def found(finding: Diagnostic, source: Source) -> Found:
    """A finding as data, with those of its fixes that change this text: surfaces carry a fix out in the text they show.

    Of two lines that contradict each other one may stand in a text that this one rests on.
    """
    named = bool(finding.span.source.name)
    return Found(
        finding.code,
        finding.name,
        finding.severity.value,
        finding.message,
        finding.help,
        finding.path,
        place_of(finding.span) if named else None,
        finding.span.text,
        tuple(
            Remark(each.message, each.span.source.name, place_of(each.span), each.span.text)
            for each in finding.labels
            if each.span.source.name
        ),
        tuple(remedy(each) for each in finding.fixes if each.span.source is source),
        tuple(dict.fromkeys(finding.citations)),
        finding.fingerprint,
    )


def remedy(fix: Fix) -> Remedy:
    """A fix as data, with the whole lines that it changes before and after."""
    source = fix.span.source
    lines = whole_lines(fix.span)
    inside = Edit(fix.span.start - lines.start, fix.span.end - lines.start, fix.replacement)
    edits = replacing(source, [Edit(fix.span.start, fix.span.end, fix.replacement)])
    told = fix.moves
    moves = None if told is None else Moved(told.moved, told.of, told.plans, told.said)
    return Remedy(fix.title, fix.sure, edits, lines.text, edited(lines.text, [inside]), moves)
