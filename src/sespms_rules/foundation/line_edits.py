"""Edits of whole lines of a text, as fixes: a line taken out, put in, or moved. They are proposals, never sure."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace


def whole_lines(span: Span) -> Span:
    """The lines on which a span stands, from the first character of the first to the end of the last with its break."""
    text = span.source.text
    end = text.find("\n", span.end)
    return Span(span.source, text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1)


def line_out(title: str, span: Span) -> Fix:
    """Take a sentence out with the whole lines that it stands on, a comment behind it included."""
    return Fix(title, whole_lines(span), "", sure=False)


def if_chosen(fix: Fix) -> Fix:
    """The same fix as one cure of several, or of none: it is carried out only where its author chose it."""
    return replace(fix, asks=True)


def line_out_of_several(title: str, span: Span) -> Fix:
    """Take a sentence out with its lines, where that is one cure of several: only the author says whether it is."""
    return if_chosen(line_out(title, span))


def part_out(title: str, heading: Span) -> tuple[Fix, ...]:
    """Take out a whole part, from the line of its heading to its last sentence, where the author chooses that.

    Notes at the margin below it belong to what comes next. None where wording of several lines stands in it.
    """
    text, start = heading.source.text, whole_lines(heading).start
    lines = text[whole_lines(heading).end :].splitlines(keepends=True)
    length = len(whole_lines(heading).text)
    for line in lines:
        if line.strip() and not line[0].isspace():
            break
        length += len(line)
    taken = Span(heading.source, start, start + length)
    is_last = taken.end == len(text)  # then the empty line above it goes, else the one below
    if is_last:
        above = len(text[:start].rstrip())  # from behind the end of the last line above it, be that LF or CRLF
        taken = Span(heading.source, text.find("\n", above) + 1 if above else 0, taken.end)
    return () if '"""' in taken.text else (Fix(title, taken, "", sure=False, asks=True),)


def exchanged(first: Span, second: Span) -> tuple[Span, str]:
    """Two spans of a text with all between them, and the same with each in the place of the other."""
    whole = first.to(second)
    return whole, f"{second.text}{first.source.text[first.end : second.start]}{first.text}"


def instead(span: Span, words: str) -> Fix:
    """Put words in the place of a span."""
    return Fix(f"write `{words}`", span, words, sure=False)


def one_of_several(span: Span, words: str, meaning: str) -> Fix:
    """Put words in the place of a span, where that is one cure of several: only the author says which is meant."""
    return Fix(f"write `{words}`, {meaning}", span, words, sure=False, asks=True)


def line_above(span: Span, sentence: str) -> Fix:
    """Put a sentence on a line of its own above the one that a span stands on."""
    at = whole_lines(span).start
    return Fix(f"add `{sentence}`", Span(span.source, at, at), f"  {sentence}\n", sure=False)


def line_below(span: Span, sentence: str) -> Fix:
    """Put a sentence on a line of its own below the one that a span, or a heading, stands on."""
    lines = whole_lines(span)
    broken = "" if lines.text.endswith("\n") else "\n"
    return Fix(f"add `{sentence}`", Span(span.source, lines.end, lines.end), f"{broken}  {sentence}\n", sure=False)


def moved_up(title: str, below: Span, above: Span) -> tuple[Fix, ...]:
    """Move the line of one span above the line of another in the same text; none where it stands above already."""
    moved, to = whole_lines(below), whole_lines(above)
    if below.source is not above.source or moved.start < to.end or not moved.text.endswith("\n"):
        return ()
    text = below.source.text
    return (Fix(title, Span(below.source, to.start, moved.end), moved.text + text[to.start : moved.start], sure=False),)
