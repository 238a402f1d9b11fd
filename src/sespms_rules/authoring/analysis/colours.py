"""Tokens of a text -> runs of characters with what each is, for those that show them apart."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from sespms_rules.authoring.analysis.document import Coloured
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import maker
from sespms_rules.language.syntax.nodes import Block, Choice, Document

_NOWHERE = (sys.maxsize, sys.maxsize)
_LINE_ENDS = frozenset({"margin", "line", "last"})


def coloured(
    document: Document,
    runs: Iterable[tuple[str, str, int, int]],
    choices: Sequence[Choice],
    elements: frozenset[str],
) -> tuple[Coloured, ...]:
    """What stands in a text, in order: `runs` are its tokens, as `token_runs` gives them.

    `elements` are the names of elements, which are told from other names.
    """
    headings = _Inside(each.heading.span for each in document.blocks if isinstance(each, Block))
    chosen = _Inside(each.span for each in choices)
    found = [(each.span.start, each.span.end, "note") for each in document.comments]
    for kind, text, start, end in runs:
        if kind == "word":
            found.append(
                (start, end, "heading" if headings.hold(start) else "choice" if chosen.hold(start) else "keyword")
            )
        elif kind == "name" and " ".join(text[1:-1].split()) in elements:
            found.append((start, end, "element"))
        elif kind not in _LINE_ENDS:
            found.append((start, end, kind))
    found.sort(key=itemgetter(0))
    run = maker(Coloured)
    return tuple([run(*each) for each in found])


class _Inside:
    """Spans that do not overlap, asked whether one of them holds a character: of one after another, in their order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = iter(sorted((each.start, each.end) for each in spans))
        self._start, self._end = next(self._spans, _NOWHERE)

    def hold(self, at: int) -> bool:
        while at >= self._end:
            self._start, self._end = next(self._spans, _NOWHERE)
        return at >= self._start


def lines_of(run: Coloured, text: str) -> Iterator[tuple[int, int]]:
    """The characters of a run, line by line: few surfaces can colour over the end of a line."""
    at = run.start
    for line in text[run.start : run.end].split("\n"):
        if line.strip():
            yield at, at + len(line.rstrip("\r"))
        at += len(line) + 1
