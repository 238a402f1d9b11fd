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


def prose_closed(opened: Span) -> tuple[Fix, ...]:
    """Close a wording below the last line that stands deeper than its sentence; none where no line does."""
    line, text = whole_lines(opened), opened.source.text
    if text.count('"""', line.end):
        return ()
    depth, end, indent = _depth(line.text), 0, ""
    at = line.end
    for each in text[line.end :].splitlines(keepends=True):
        at += len(each)
        if each.strip() and _depth(each) <= depth:
            break
        if each.strip():
            end, indent = at, indent or each[: _depth(each)]
    if not end:
        return ()
    broken = "" if text[:end].endswith("\n") else "\n"
    title = "close it below its last line that is moved in further"
    return (Fix(title, Span(opened.source, end, end), f'{broken}{indent}"""\n', sure=False),)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
