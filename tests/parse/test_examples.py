"""Every class of sentence is what its examples say, where they say it, and no two sentences say the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.agreed_wording import in_agreed_wording
from sespms_rules.language.parsing import parse, tokens
from sespms_rules.language.parsing.build import maker
from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.phrasebook import PARTS, phrase_book
from sespms_rules.language.syntax import planning
from sespms_rules.language.syntax.nodes import Block, Sentence
from sespms_rules.language.syntax.words import PartKind

HEADINGS = {part.kind: part.heading for part in PARTS}


def _below(kind: type[Sentence]) -> Iterator[type[Sentence]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


CLASSES = list(dict.fromkeys(_below(Sentence)))

# Said in other words in one part: `is reviewed …` there, `happens …` in the others.
SAID_OTHERWISE = {(planning.Happens, PartKind.DEVELOPMENT)}


def _sentence(part: PartKind, text: str) -> Sentence | None:
    """The sentence a line makes below the heading of a part; None when it cannot stand there."""
    document, findings = parse(Source("line", f"{HEADINGS[part]}\n  {text}\n"))
    if findings:
        return None
    (block,) = document.blocks
    assert isinstance(block, Block)
    return block.lines[0].sentence


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_examples_stand_in_just_the_parts_the_class_names(kind: type[Sentence]) -> None:
    assert kind.examples
    assert kind.means
    for example in kind.examples:
        parts = {part for part in PartKind if type(_sentence(part, example)) is kind}
        assert parts == {part for part in kind.under if (kind, part) not in SAID_OTHERWISE}, example


def test_no_two_sentences_of_one_part_make_the_same_tree() -> None:
    for part in PartKind:
        read = {each: _sentence(part, each) for phrase in phrase_book(part.value) for each in phrase.examples}
        assert None not in read.values(), part
        assert len(set(read.values())) == len(read), part


def test_no_word_of_a_sentence_is_lost() -> None:
    """Leaving out any one word never leaves the tree as it was, save for what is then laid out with that word."""
    for part in PartKind:
        for phrase in phrase_book(part.value):
            for example in phrase.examples:
                whole = _sentence(part, example)
                words = example.split(" ")
                for place in range(len(words)):
                    shorter = " ".join(words[:place] + words[place + 1 :])
                    if shorter and shorter.count('"') % 2 == 0 and not _is_second_wording(shorter, example):
                        assert _sentence(part, shorter) != whole, (part, example, words[place])


def _is_second_wording(said: str, agreed: str) -> bool:
    words = in_agreed_wording(tokens(Source("sentence", f" {said}"))[:-1])
    return [each.text for each in words] == [each.text for each in tokens(Source("sentence", f" {agreed}"))[:-1]]


def test_every_rule_of_the_grammar_has_a_class_or_a_list() -> None:
    for rule in tables().rules:
        if not rule.symbol.startswith("_") and not (rule.alone and len(rule.kept) == 1):
            assert callable(maker(rule.name))
