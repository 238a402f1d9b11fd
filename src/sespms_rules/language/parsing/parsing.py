"""Source -> syntax.Document.

Out differs from in: layout is gone, every sentence is a value of its own class, comments stand beside the
tree. Faults become findings; what could be read is in the document all the same.
"""

from __future__ import annotations

from itertools import pairwise

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.build import Builder
from sespms_rules.language.parsing.findings import (
    EMPTY_FILE,
    MOST_TOKENS_IN_A_LINE,
    TEXT_TOO_LONG,
    TOO_MANY_FAULTS,
    line_too_long,
)
from sespms_rules.language.parsing.lexing import LAYOUT, MOST_TOKENS, Stream, lex
from sespms_rules.language.parsing.lexing_again import stream_of
from sespms_rules.language.parsing.line_ends import no_line_ends, without_their_lines
from sespms_rules.language.parsing.line_memory import LineMemory
from sespms_rules.language.parsing.machine import MOST_FAULTS, Fault, Machine, Mended
from sespms_rules.language.syntax.nodes import Choice, Comment, Document
from sespms_rules.language.syntax.words import Word

_Found = tuple[Document, tuple[Diagnostic, ...]]
_Chosen = list[tuple[Word, int, int]]

_memory = LineMemory()
"""Of the texts that surfaces show: each is read again at every pause of typing."""


def parse(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Parse a source; return what could be read and the findings, in the order of the text."""
    return _parsed(source)[0]


def parse_with_choices(source: Source) -> tuple[Document, tuple[Diagnostic, ...], tuple[Choice, ...]]:
    """The same, with each word of a closed list that was read and where it stands, in the order of the text."""
    found, chosen = _parsed(source, _memory)
    ordered = sorted(dict.fromkeys(chosen), key=lambda each: each[1:])
    return *found, tuple(Choice(word, span=Span(source, start, end)) for word, start, end in ordered)


def _parsed(source: Source, memory: LineMemory | None = None) -> tuple[_Found, _Chosen]:
    stream = stream_of(source)
    if stream.rest is not None:
        return (Document((), (), source=source), _too_long(source, stream, stream.rest)), []
    (document, findings), chosen = _read(source, stream, memory)
    if findings and stream.doubtful:
        # Prose that holds a heading may be prose that was never closed: the reading with fewer faults was meant.
        other_stream = lex(source.text, wary=True)
        (other, other_findings), other_chosen = _read(source, other_stream, memory)
        if len(other_findings) < len(findings):
            document, findings, chosen = other, other_findings, other_chosen
    return (document, findings), chosen


def _read(source: Source, stream: Stream, memory: LineMemory | None) -> tuple[_Found, _Chosen]:
    builder = Builder(source, stream.text, memory)
    machine = Machine(stream, builder, lambda fault: _explain(source, fault))
    blocks = machine.run()
    found = sorted([*machine.findings, *builder.diagnostics], key=lambda each: each.order)
    found = without_their_lines(found, no_line_ends(source, stream))
    if not blocks and not found:
        found = [_empty(source, stream)]
    return (Document(blocks, _comments(source, stream), source=source), _bounded(found)), builder.chosen


def _explain(source: Source, fault: Fault) -> Mended:
    from sespms_rules.language.parsing.faults import explained  # only a policy with faults needs what explains them

    return explained(source, fault)


def _bounded(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """At most as many findings as anyone reads, and one where the others begin."""
    if len(found) <= MOST_FAULTS:
        return tuple(found)
    message = f"there are more faults than these {MOST_FAULTS} from here on"
    help = "fix those above first; so many faults may mean that this is not a policy"
    return (*found[:MOST_FAULTS], TOO_MANY_FAULTS.at(found[MOST_FAULTS].span, message, help=help))


def _too_long(source: Source, stream: Stream, rest: int) -> tuple[Diagnostic, ...]:
    """What is said of a text that was not read to its end; where one line is too long by itself, that alone."""
    for start, end in pairwise([-1, *stream.layouts]):
        if end - start > MOST_TOKENS_IN_A_LINE:
            return (line_too_long(Span(source, stream.starts[start + 1], stream.ends[end - 1])),)
    message = f"this text has more than {MOST_TOKENS:,} words and signs, and it is not read further than to here"
    help = "keep one system to a file, its lists and tables short; what is much longer is no policy"
    shown = source.text[rest : rest + 80].split("\n", 1)[0].rstrip()
    return (TEXT_TOO_LONG.at(Span(source, rest, rest + len(shown)), message, help=help),)


def _empty(source: Source, stream: Stream) -> Diagnostic:
    what = "it holds only notes" if "#" in stream.text else "it is empty"
    help = 'begin with a heading at the margin, such as `system "Our Agency SES System"`'
    return EMPTY_FILE.at(Span(source, 0, 0), f"`{source.name}` is not a policy: {what}", help=help)


def _comments(source: Source, stream: Stream) -> tuple[Comment, ...]:
    """Every note, from its `#` to its last character."""
    found: list[Comment] = []
    for place in stream.layouts:
        at, end = stream.starts[place], stream.ends[place]
        while stream.kinds[place] in LAYOUT and (at := stream.text.find("#", at, end)) != -1:
            stop = stream.text.find("\n", at, end)
            stop = end if stop == -1 else stop
            text = stream.text[at:stop].rstrip()
            found.append(Comment(text, span=Span(source, at, at + len(text))))
            at = stop
    return tuple(found)
