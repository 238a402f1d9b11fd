"""A document -> its parts with their sentences, the fields of each, and what can be folded away.

The form of a part is no second model: a field is a place in the text, and a change of it puts other words there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from sespms_rules.authoring.analysis.document import Field, Fold, PartShown, SentenceShown
from sespms_rules.authoring.analysis.places import place_at, place_of
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.traversal import named
from sespms_rules.language.parsing import words_instead
from sespms_rules.language.phrasebook import called
from sespms_rules.language.syntax.formula import MeasureWord
from sespms_rules.language.syntax.nodes import (
    Block,
    Choice,
    Code,
    Day,
    Document,
    Line,
    Number,
    Prose,
    Quoted,
    Sentence,
)
from sespms_rules.language.syntax.words import HEADS, PartKind, Word

_KINDS: dict[type[object], str] = {Quoted: "wording", Prose: "prose", Number: "number", Day: "day", Code: "code"}


def parts_of(document: Document, choices: Sequence[Choice]) -> tuple[PartShown, ...]:
    """The blocks of a document in order; `choices` are the words of closed lists in it."""
    shown, head = list[PartShown](), None
    within = _Chosen(choices)
    for block in document.blocks:
        if not isinstance(block, Block):
            continue
        heading = block.heading
        of = None if heading.opens_a_text else head
        head = heading.name.text if heading.opens_a_text and heading.name else head
        sentences = tuple(_sentence(heading.kind, line, within) for line in block.lines)
        name = heading.name.text if heading.name else None
        shown.append(
            PartShown(heading.kind.value, name, of, place_of(_whole(block)), place_of(heading.span), sentences)
        )
    return tuple(shown)


def _whole(block: Block) -> Span:
    """A block from its heading to the end of its last sentence, without the line ends behind it."""
    last = block.lines[-1].span.end if block.lines else block.heading.span.end
    return Span(block.span.source, block.heading.span.start, last)


_Read = tuple[str, str, str, int, int, tuple[str, ...]]
"""A field as it is read from the words of a sentence: name, kind, value, its first character and the one behind its
last, counted from the first of the sentence, and the choices."""

_MOST_SENTENCES, _MOST_LETTERS = 8_192, 2_000
_read_before: dict[tuple[Any, ...], tuple[_Read, ...]] = {}


class _Chosen:
    """The words of closed lists, asked which of them stand in a sentence."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = sorted(choices, key=lambda each: each.span.start)
        self._starts = [each.span.start for each in self._choices]

    def inside(self, span: Span) -> list[Choice]:
        """Those that stand in a span, in their order."""
        first, behind = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [each for each in self._choices[first:behind] if each.span.end <= span.end]


def _sentence(part: PartKind, line: Line, choices: _Chosen) -> SentenceShown:
    sentence = line.sentence
    return SentenceShown(
        called(type(sentence)),
        sentence.means,
        place_of(sentence.span),
        line.edit.value if line.edit else None,
        line.authority.text if line.authority else None,
        tuple(_fields(part, sentence, choices.inside(sentence.span))),
    )


def _fields(part: PartKind, sentence: Sentence, inside: list[Choice]) -> Iterator[Field]:
    """What can be changed in a sentence, in the order of the text.

    It is told by the words of the sentence and by its part alone, so that it is kept from text to text; the places are
    those of this text.
    """
    span = sentence.span
    at, words, source = span.start, span.text, span.source
    key = (part, type(sentence), words, *[(type(each.word), each.span.start - at) for each in inside])
    read = _read_before.get(key)
    if read is None:
        read = tuple(_read(part, sentence, inside))
        if len(words) <= _MOST_LETTERS:
            if len(_read_before) >= _MOST_SENTENCES:
                _read_before.clear()
            _read_before[key] = read
    for name, kind, value, start, end, choices in read:
        yield Field(name, kind, value, place_at(source, at + start, at + end), choices)


def _read(part: PartKind, sentence: Sentence, inside: list[Choice]) -> Iterator[_Read]:
    reached = list(named(sentence))
    inside += [Choice(node.word, span=node.span) for _, node in reached if isinstance(node, MeasureWord)]
    inside.sort(key=lambda each: each.span.start)
    words = [(path, node) for path, node in reached if isinstance(node, Word)]
    agree = [word for _, word in words] == [each.word for each in inside]
    names = [path for path, _ in words] if agree else [called(type(each.word)) for each in inside]
    found = [_choice(name, each, part, sentence) for name, each in zip(names, inside, strict=True)]
    found += [_value(path, node, sentence) for path, node in reached if type(node) in _KINDS]
    yield from sorted(found, key=lambda each: each[3:5])


def _choice(name: str, choice: Choice, part: PartKind, sentence: Sentence) -> _Read:
    at = sentence.span.start
    start, end = choice.span.start - at, choice.span.end - at
    others = words_instead(part, sentence.span.text, start, end, choice.word)
    value = choice.span.words
    return name, "choice", value, start, end, others if value in others else (value, *others)


def _value(name: str, node: Any, sentence: Sentence) -> _Read:
    at = sentence.span.start
    value = node.text if isinstance(node, Quoted | Prose) else node.span.text
    return name, _KINDS[type(node)], value, node.span.start - at, node.span.end - at, ()


# ---- what can be folded away -----------------------------------------------------------------------


def folds_of(parts: Sequence[PartShown], runs: Iterable[tuple[str, str, int, int]], source: Source) -> tuple[Fold, ...]:
    """Heads with all below them, parts, wording of several lines, and notes that follow one another.

    `runs` are the tokens of the text, as `token_runs` gives them. Of two that begin and end together the outer comes
    first.
    """
    found = list(_of_heads(parts))
    found += (Fold(each.place.line, each.place.end_line, "part") for each in parts if each.sentences)
    prose = (source.place(start, end) for kind, _, start, end in runs if kind == "prose")
    found += (Fold(line, end_line, "prose") for line, _, end_line, _ in prose)
    found += _of_notes(source)
    several = dict.fromkeys(each for each in found if each.end_line > each.line)
    return tuple(sorted(several, key=lambda each: (each.line, -each.end_line)))


def _of_heads(parts: Sequence[PartShown]) -> Iterator[Fold]:
    heads = [number for number, each in enumerate(parts) if each.kind in HEADS and each.of is None]
    for first, following in pairwise((*heads, len(parts))):
        yield Fold(parts[first].heading.line, parts[following - 1].place.end_line, "text")


def _of_notes(source: Source) -> Iterator[Fold]:
    lines = list(enumerate(source.text.split("\n"), start=1))
    for is_note, run in groupby(lines, key=lambda each: each[1].lstrip().startswith("#")):
        numbers = [number for number, _ in run]
        if is_note:
            yield Fold(numbers[0], numbers[-1], "notes")
