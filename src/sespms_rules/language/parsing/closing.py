"""A wording that is not closed -> where its quotes belong, where one place alone makes a sentence of its line."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.language.parsing.fault_places import Place
from sespms_rules.language.parsing.natural.saying import reads_as_it_is

_MOST_WORDS = 40


def quote_closed(place: Place, opened: Span) -> tuple[Fix, ...]:
    """Close a wording behind the one of its words with which its line is a sentence; none where several do, or none."""
    line = whole_lines(opened)
    written = line.text.rstrip()
    at, end = opened.start - line.start, len(written)
    sentence = place.span(place.sentence, max(place.sentence_end, place.sentence + 1)).start - line.start
    if '"' in written[at + 1 :] or len(written[at:].split()) > _MOST_WORDS:
        return ()
    ends = [each for each in range(at + 2, end + 1) if each == end or written[each] == " " != written[each - 1]]
    if place.is_indented:
        ends = [each for each in ends if reads_as_it_is(place, f'{written[sentence:each]}"{written[each:]}')]
    else:
        ends = [end]  # a heading ends with its name
    if len(ends) != 1:
        return ()
    gap = line.start + ends[0]
    title = f"close it behind `{place.quoted(Span(line.source, opened.start + 1, gap))}`"
    return (Fix(title, Span(line.source, gap, gap), '"', sure=False),)


def prose_closed(opened: Span, end: int) -> tuple[Fix, ...]:
    """Close a wording below its last line; none where no line is moved in further than its sentence.

    `end` is where the lines that are end, as the tokens of the text have it.
    """
    text, begin = opened.source.text, whole_lines(opened).end
    said = text[begin:end].rstrip()
    if not said or text.count('"""', begin):
        return ()
    first = next(each for each in said.split("\n") if each.strip())
    last = whole_lines(Span(opened.source, begin + len(said), begin + len(said)))
    broken = "" if last.text.endswith("\n") else "\n"
    indent = first[: len(first) - len(first.lstrip())]
    below = Span(opened.source, last.end, last.end)
    title = "close it below its last line that is moved in further"
    return (Fix(title, below, f'{broken}{indent}"""\n', sure=False),)
