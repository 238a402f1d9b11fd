"""A document -> its parts with their sentences, the fields of each, and what can be folded away.

The form of a part is no second model: a field is a place in the text, and a change of it puts other words there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from sespms_rules.authoring.analysis.document import Field, Fold, PartShown, SentenceShown
from sespms_rules.authoring.analysis.places import place_of
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.traversal import named
from sespms_rules.language.parsing import Token, words_instead
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
        tuple(_fields(part, sentence, choices)),
    )


def _fields(part: PartKind, sentence: Sentence, choices: _Chosen) -> Iterator[Field]:
    """What can be changed in a sentence, in the order of the text."""
    reached = list(named(sentence))
    inside = choices.inside(sentence.span)
    inside += [Choice(node.word, span=node.span) for _, node in reached if isinstance(node, MeasureWord)]
    inside.sort(key=lambda each: each.span.start)
    words = [(path, node) for path, node in reached if isinstance(node, Word)]
    agree = [word for _, word in words] == [each.word for each in inside]
    names = [path for path, _ in words] if agree else [called(type(each.word)) for each in inside]
    found = [_choice(name, each, part, sentence) for name, each in zip(names, inside, strict=True)]
    found += [_value(path, node) for path, node in reached if type(node) in _KINDS]
    yield from sorted(found, key=lambda each: (each.place.start, each.place.end))


def _choice(name: str, choice: Choice, part: PartKind, sentence: Sentence) -> Field:
    at = sentence.span.start
    others = words_instead(part, sentence.span.text, choice.span.start - at, choice.span.end - at, choice.word)
    value = choice.span.words
    return Field(name, "choice", value, place_of(choice.span), others if value in others else (value, *others))


def _value(name: str, node: Any) -> Field:
    value = node.text if isinstance(node, Quoted | Prose) else node.span.text
    return Field(name, _KINDS[type(node)], value, place_of(node.span), ())


# ---- what can be folded away -----------------------------------------------------------------------


def folds_of(parts: Sequence[PartShown], tokens: Sequence[Token], source: Source) -> tuple[Fold, ...]:
    """Heads with all below them, parts, wording of several lines, and notes that follow one another."""
    found = list(_of_heads(parts))
    found += (Fold(each.place.line, each.place.end_line, "part") for each in parts if each.sentences)
    prose = (place_of(each.span) for each in tokens if each.kind == "prose")
    found += (Fold(each.line, each.end_line, "prose") for each in prose)
    found += _of_notes(source)
    ordered = sorted(
        {each for each in found if each.end_line > each.line}, key=lambda each: (each.line, -each.end_line)
    )
    return tuple(ordered)


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
