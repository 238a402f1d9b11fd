"""Signs that some programs show as a line end and others do not show at all: none of them may stand in a policy.

A line ends at a newline, or at a carriage return and a newline. Were anything else a line end too, a sentence could
stand behind what an editor shows as a note, and be in force without being seen. Only prose may hold such signs.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from sespms_rules.foundation.diagnostic import Diagnostic, Fix
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.findings import NO_LINE_END
from sespms_rules.language.parsing.lexing import Stream

_NAMES = {
    "\v": "a vertical tab (U+000B)",
    "\f": "a form feed (U+000C)",
    "\r": "a carriage return without a newline (U+000D)",
    "\x85": "a next-line sign (U+0085)",
    "\u2028": "a line separator (U+2028)",
    "\u2029": "a paragraph separator (U+2029)",
}
_LIKE_LINE_ENDS = late(r"[\v\f\x85\u2028\u2029]|\r(?!\n)")
_HELP = "press Enter in its place where a new line is meant, else delete it; a line ends at LF or CRLF alone"


def no_line_ends(source: Source, stream: Stream) -> list[Diagnostic]:
    """A finding for each sign outside prose that may pass for a line end; one for a file that has no other line end."""
    text = source.text
    first = _LIKE_LINE_ENDS.search(text) if any(sign in text for sign in _NAMES) else None
    if first is None:
        return []
    if "\r" in text.rstrip("\r") and "\n" not in text:
        place = Span(source, text.index("\r"), text.index("\r") + 1)
        message = f"every line of `{source.name}` ends with a carriage return alone, as on a Macintosh before 2001"
        help = "save the file again with the line ends of today (LF or CRLF), which editors offer by these names"
        return [NO_LINE_END.at(place, message, help=help)]
    prose = [place for place, kind in enumerate(stream.kinds) if kind == "PROSE"]
    starts = [stream.starts[place] for place in prose]
    found = []
    for sign in _LIKE_LINE_ENDS.finditer(text, first.start()):
        before = bisect_right(starts, sign.start()) - 1
        if before >= 0 and sign.start() < stream.ends[prose[before]]:
            continue
        message = f"{_NAMES[sign.group()]} stands here; it may look like the end of a line and is none"
        found.append(NO_LINE_END.at(Span(source, *sign.span()), message, help=_HELP, fixes=_cures(source, sign)))
    return found


def _cures(source: Source, sign: re.Match[str]) -> tuple[Fix, ...]:
    """A line end in the place of such a sign, or nothing: the first may put a sentence in force that nobody saw."""
    span = Span(source, *sign.span())
    ended = Fix("end the line there, so that what follows is read", span, "\n", sure=False, asks=True)
    return (ended, Fix("take it out, so that the line goes on", span, " ", sure=False, asks=True))


def without_their_lines(found: list[Diagnostic], signs: list[Diagnostic]) -> list[Diagnostic]:
    """Findings and those of such signs in the order of the text, without what follows from one in its line."""
    if not signs:
        return found
    lines = {each.span.line for each in signs}
    return sorted([*signs, *(each for each in found if each.span.line not in lines)], key=lambda each: each.order)
