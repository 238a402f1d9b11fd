"""Tokens of a text -> runs of characters with what each is, for those that show them apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from sespms_rules.authoring.analysis.document import Coloured
from sespms_rules.foundation.source import Span
from sespms_rules.language.parsing import Token
from sespms_rules.language.syntax.nodes import Block, Choice, Document

_LINE_ENDS = frozenset({"margin", "line", "last"})


def coloured(
    document: Document, tokens: Iterable[Token], choices: Sequence[Choice], elements: frozenset[str]
) -> tuple[Coloured, ...]:
    """What stands in a text, in order; `elements` are the names of elements, which are told from other names."""
    headings = _Inside(each.heading.span for each in document.blocks if isinstance(each, Block))
    chosen = _Inside(each.span for each in choices)
    found = [Coloured(each.span.start, each.span.end, "note") for each in document.comments]
    for token in tokens:
        if token.kind not in _LINE_ENDS:
            kind = token.kind
            if kind == "word":
                at = token.span.start
                kind = "heading" if headings.holds(at) else "choice" if chosen.holds(at) else "keyword"
            elif kind == "name" and " ".join(token.text[1:-1].split()) in elements:
                kind = "element"
            found.append(Coloured(token.span.start, token.span.end, kind))
    return tuple(sorted(found, key=lambda each: each.start))


class _Inside:
    """Spans that do not overlap, asked whether one of them holds a character."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((each.start, each.end) for each in spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def holds(self, at: int) -> bool:
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]


def lines_of(run: Coloured, text: str) -> Iterator[tuple[int, int]]:
    """The characters of a run, line by line: few surfaces can colour over the end of a line."""
    at = run.start
    for line in text[run.start : run.end].split("\n"):
        if line.strip():
            yield at, at + len(line.rstrip("\r"))
        at += len(line) + 1
