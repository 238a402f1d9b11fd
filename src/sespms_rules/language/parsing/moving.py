"""A sentence in the wrong part -> the fix that moves its line to the end of the part it belongs to."""

from __future__ import annotations

import re

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.language.syntax.words import HEADS, PartKind

_NAMED = frozenset(
    {
        *HEADS,
        PartKind.REQUIREMENT,
        PartKind.SCENARIO,
        PartKind.CRITICAL_ELEMENT,
        PartKind.NONCRITICAL_ELEMENT,
        PartKind.TABLE,
        PartKind.LIST,
    }
)
_HEAD = late(rf"^(?:{'|'.join(each.value for each in HEADS)}) ", re.MULTILINE)


def moved_to(part: PartKind, line: Span, words: str | None = None) -> tuple[Fix, ...]:
    """Move a line, or put other `words` for it, into a part without a name; into a new one where that is not there.

    None where the text holds several heads, for then it is not sure to whose part it should go.
    """
    text, moved = line.source.text, whole_lines(line)
    said = moved.text if words is None else moved.text.replace(line.text, words, 1)
    if part in _NAMED or len(_HEAD.findall(text)) > 1 or not moved.text.endswith("\n") or not text.endswith("\n"):
        return ()
    heading = re.search(
        rf"^{re.escape(part.value)}[ \t]*(?:#[^\n]*)?\n(?:(?:[ \t][^\n]*)?\n)*", text, re.MULTILINE | re.IGNORECASE
    )
    if heading is None:
        at, written = len(text), f"\n{part.value}\n{said}"
    else:
        at, written = heading.start() + len(heading[0].rstrip()) + 1, said
    if at <= moved.start:
        span, replacement = Span(line.source, at, moved.end), written + text[at : moved.start]
    elif at >= moved.end:
        span, replacement = Span(line.source, moved.start, at), text[moved.end : at] + written
    else:
        return ()
    title = f"move the line to `{part}`" if words is None else f"write `{words}` under `{part}`"
    return (Fix(title, span, replacement, sure=False),)
