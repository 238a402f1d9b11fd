"""The tokens of a source for those that lay it out or colour it: nothing of it is left out but blanks."""

from __future__ import annotations

from typing import NamedTuple

from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.lexing import END, FAULTY, LAST, LINE, MARGIN, stream_of
from sespms_rules.language.parsing.vocabulary import spelling

_KINDS = {
    "STRING": "name",
    "PROSE": "prose",
    "NUMBER": "number",
    "DATE": "day",
    "CODE": "code",
    MARGIN: "margin",
    LINE: "line",
    LAST: "last",
}


class Token(NamedTuple):
    """A token: `text` as the language has it (pasted quotes and dashes plain, words small), `span` where it stands.

    `kind` is `word`, `name`, `prose`, `number`, `day`, `code`, `sign` or `fault` (no token of the language), or one
    of the line ends, whose text holds the notes: `margin` before a heading, `line` before a sentence, `last`.
    """

    kind: str
    text: str
    span: Span


def tokens(source: Source) -> tuple[Token, ...]:
    """Return the tokens of a source, in order. Never fails."""
    stream = stream_of(source)
    words = spelling()
    found: list[Token] = []
    for kind, start, end in zip(stream.kinds, stream.starts, stream.ends, strict=True):
        if kind == END:
            break
        text = words.get(kind) or stream.text[start:end]
        plain = "fault" if kind in FAULTY else _KINDS.get(kind) or ("word" if text[0].isalpha() else "sign")
        found.append(Token(plain, text, Span(source, start, min(end, len(source.text)))))
    return tuple(found)
