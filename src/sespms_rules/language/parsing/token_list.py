"""The tokens of a source for those that lay it out or colour it: nothing of it is left out but blanks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.lexing import END, FAULTY, LAST, LINE, MARGIN
from sespms_rules.language.parsing.lexing_again import stream_of
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
    return tuple([Token(kind, text, Span(source, start, end)) for kind, text, start, end in token_runs(source)])


def token_runs(source: Source) -> Iterator[tuple[str, str, int, int]]:
    """The same without a value for each: kind, text, first character, the one behind the last."""
    stream, size = stream_of(source), len(source.text)
    known, written = _known_kinds(), stream.text
    for kind, start, end in zip(stream.kinds, stream.starts, stream.ends, strict=True):
        if kind == END:
            break
        found = known.get(kind)
        if found is not None:
            yield *found, start, min(end, size)
            continue
        text = written[start:end]
        plain = "fault" if kind in FAULTY else _KINDS.get(kind) or ("word" if text[0].isalpha() else "sign")
        yield plain, text, start, min(end, size)


@cache
def _known_kinds() -> dict[str, tuple[str, str]]:
    """Kind and text of each token that is always written alike."""
    return {kind: ("word" if text[0].isalpha() else "sign", text) for kind, text in spelling().items()}
