"""Diagnostics -> plain text, one finding after another, for a terminal or a screen reader.

    policy.sespms:12:3: error SES214 band-gap
      a score of `474` has no level
       |
    12 |   score 400 to 473 is level 4
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    13 |   score 475 to 500 is level 5
       |   --------------------------- the band above begins here
      help: let the bands meet
      law: 5 CFR 430.305(a)(5)

    1 error

The place and the severity are said in words on the first line; `^` marks the finding, `-` other places that
matter. Colour only repeats what is said. There is no line end behind the last line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source, Span
from sespms_rules.program.rating import Refusal
from sespms_rules.reports.findings.display import Excerpt, excerpt, on_one_line, printable

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_QUOTED = 120
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


def as_text(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return findings as text, in the order they come, with a line at the end that counts them."""
    found = tuple(diagnostics)
    return "\n\n".join([*(finding_as_text(each, colour=colour) for each in found), summary(found)])


def finding_as_text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """Return one finding as text: what, where, the words it speaks of, what to do, what it rests on."""
    lines = [_heading(diagnostic, colour), _indented("", diagnostic.message.replace("\n", " "))]
    lines += _places(diagnostic, colour)
    if diagnostic.help:
        lines.append(_indented("help: ", diagnostic.help))
    for fix in diagnostic.fixes:
        told = f"; {fix.moves.told}" if fix.moves else ""
        if told or fix.title != diagnostic.help:
            lines.append(_indented("fix: " if fix.sure else "proposal: ", f"{fix.title}{told}"))
    if diagnostic.citations:
        lines.append(_indented("law: ", "; ".join(dict.fromkeys(diagnostic.citations))))
    return "\n".join(lines)


def refusal_as_text(refusal: Refusal, where: str = "") -> str:
    """Return why an appraisal was refused as text; `where` is its place in a roster (`roster.csv:3`).

    The words of the policy it rests on are quoted with their place, where they are known.
    """
    lines = [f"{where + ': ' if where else ''}{Severity.ERROR} {refusal.code} {refusal.name}"]
    lines.append(_indented("", refusal.message.replace("\n", " ")))
    if refusal.help:
        lines.append(_indented("help: ", refusal.help))
    origin = refusal.origin
    if origin is not None and origin.span.source.name:
        lines.append(_indented("policy: ", f"{place(origin.span)}: {' '.join(origin.span.text[:_QUOTED].split())}"))
    if origin is not None and origin.authority:
        lines.append(_indented("law: ", origin.authority))
    return "\n".join(lines)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many errors, warnings and notes there are, in words: `2 errors, 1 warning`, `no findings`."""
    found = [each.severity for each in diagnostics]
    counts = [(found.count(severity), severity) for severity in Severity]
    said = [f"{count} {severity if count == 1 else _PLURALS[severity]}" for count, severity in counts if count]
    return ", ".join(said) or "no findings"


def place(span: Span) -> str:
    """Return where a span begins as people write it, `policy.sespms:12:3`; empty where it is in no source."""
    if not span.source.name:
        return ""
    return f"{on_one_line(span.source.name)}:{span.line}:{span.column}"


def _heading(diagnostic: Diagnostic, colour: bool) -> str:
    severity = _painted(diagnostic.severity.value, _COLOURS[diagnostic.severity], colour)
    where = place(diagnostic.span)
    return f"{where + ': ' if where else ''}{severity} {diagnostic.code} {diagnostic.name}"


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _indented(lead: str, text: str) -> str:
    first, *more = printable(text).splitlines() or [""]
    return "\n".join([f"  {lead}{first}".rstrip(), *(f"    {line}".rstrip() for line in more)])


class _Mark:
    """One underlined place: its excerpt, its mark (`^` or `-`), and the words beside it."""

    def __init__(self, span: Span, sign: str, words: str) -> None:
        self.source = span.source
        self.start = span.start
        self.excerpt: Excerpt = excerpt(span)
        self.sign = sign
        self.words = printable(words).replace("\n", " ")


def _places(diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    """The marked lines, those of the finding's own source first; other sources are named above theirs."""
    places = [(diagnostic.span, "^", ""), *((label.span, "-", label.message) for label in diagnostic.labels)]
    marks = [_Mark(*each) for each in places if each[0].source.text]
    if not marks:
        return
    gutter = len(str(max(mark.excerpt.number for mark in marks)))
    paint = _COLOURS[diagnostic.severity] if colour else ""
    sources: list[Source] = list({id(mark.source): mark.source for mark in marks}.values())
    for source in sources:
        if source is not diagnostic.span.source:
            yield f"  and in {on_one_line(source.name)}"
        group = sorted(
            (mark for mark in marks if mark.source is source), key=lambda mark: (mark.excerpt.number, mark.start)
        )
        yield from _marked_lines(group, gutter, paint)


def _marked_lines(marks: list[_Mark], gutter: int, paint: str) -> Iterator[str]:
    yield f"{'':{gutter}} |"
    earlier: Excerpt | None = None
    for mark in marks:
        now = mark.excerpt
        # Two marks on one line share it, unless the line is so long that each shows another part of it.
        if earlier is None or (now.number, now.shown) != (earlier.number, earlier.shown):
            if earlier is not None and now.number > earlier.number + 1:
                yield f"{'':{gutter}} ..."
            yield f"{now.number:>{gutter}} | {now.shown}".rstrip()
        sign = _painted(mark.sign * now.width, paint, bool(paint) and mark.sign == "^")
        to = f" (to line {now.last})" if now.last > now.number else ""
        yield f"{'':{gutter}} | {' ' * now.before}{sign}{to}{' ' + mark.words if mark.words else ''}"
        earlier = now
