"""How a terminal shows the text of a policy: its width, what must not reach it, what of a long line is shown."""

from __future__ import annotations

import unicodedata

from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen

_TAB = 4
_BEFORE = 40
_SHOWN = 120
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CUT = "\N{HORIZONTAL ELLIPSIS}"


class Excerpt(Frozen):
    """The line a span begins on, ready to print.

    `number` counts from 1; `shown` is the line, or its part around the span where it is long; `before` and `width`
    say, in columns of a terminal, where the underline begins and how long it is; `last` is the line the span ends on.
    """

    number: int
    shown: str
    before: int
    width: int
    last: int


def file_name(name: str) -> str:
    """The last part of a path: where a file lies on someone's machine is nobody's business."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def printable(text: str) -> str:
    """Return a text without what could move the cursor, ring, colour or reverse a terminal's line.

    Line ends stay as they are; every other control or direction mark becomes a replacement character, because a
    policy or a roster may come from a stranger.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text  # nearly every text, at the least cost
    return "".join(_REPLACEMENT if _is_unsafe(character) else character for character in text)


def on_one_line(name: str) -> str:
    """Return the name of a file as `printable` does, in one line: its line ends would pass for lines of the answer."""
    return "".join(_REPLACEMENT if character in "\n\t" else character for character in printable(name))


def _is_unsafe(character: str) -> bool:
    if character.isascii():
        return not (character.isprintable() or character in "\n\t")
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(character) in {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _spread(text: str, start: int) -> str:
    """Tabs become spaces up to the next stop, counted from column `start` of the line that is shown."""
    if "\t" not in text:
        return printable(text)
    out: list[str] = []
    at = start
    for piece in text.split("\t"):
        if out:
            gap = _TAB - at % _TAB
            out.append(" " * gap)
            at += gap
        out.append(printable(piece))
        at += width(out[-1])
    return "".join(out)


def excerpt(span: Span) -> Excerpt:
    """Return the line a span begins on and where to underline it.

    A span over several lines is underlined to the end of its first; an empty span gets one mark. Only the part
    of a long line around the span is looked at, so that a line of many megabytes costs nothing.
    """
    text = span.source.text
    number, column = span.source.position(span.start)
    line_start = span.start - column + 1
    is_long = text.find("\n", line_start, line_start + _SHOWN + 1) == -1 and len(text) - line_start > _SHOWN
    begin = max(line_start, span.start - _BEFORE) if is_long and column > _SHOWN - _BEFORE else line_start
    limit = begin + _SHOWN
    line_end = text.find("\n", begin, limit)
    stop = line_end if line_end != -1 else min(limit, len(text))
    line = text[begin:stop].rstrip()
    inside = max(span.start - begin, 0)
    end = min(max(span.end - begin, inside), max(len(line), inside))
    head = _CUT if begin > line_start else ""
    tail = _CUT if line_end == -1 and stop < len(text) and text[stop] not in "\r\n" else ""
    before = head + _spread(line[:inside], len(head))
    marked = _spread(line[inside:end], width(before))
    after = _spread(line[end:], width(before) + width(marked))
    missing = inside - min(inside, len(line))
    return Excerpt(
        number, before + marked + after + tail, width(before) + missing, max(width(marked), 1), _last_line(span, number)
    )


def _last_line(span: Span, first: int) -> int:
    """The line of the last character that shows; a newline or blanks at the end of a span do not count."""
    end = span.end
    text = span.source.text
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return max(first, span.source.position(end)[0])
