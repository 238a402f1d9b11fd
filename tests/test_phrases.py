"""The phrase book holds every sentence of the language, and each of its examples is what it is said to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import (
    PARTS,
    Phrase,
    UnknownPartError,
    as_text,
    part_of_file,
    phrase_book,
    sentence_classes,
)
from sespms_rules.language.syntax.nodes import Block, Line, Sentence
from sespms_rules.language.syntax.words import PartKind

ROOT = Path(__file__).resolve().parents[1]
ORDERS = {
    "number", "threshold", "moment", "time given", "duty list", "option list", "same", "present", "plans", "function",
}  # fmt: skip

EXAMPLES = [(phrase, example) for phrase in phrase_book() for example in phrase.examples]


def _read(phrase: Phrase, example: str) -> Line:
    """The one line of a part that holds the example, read by the parser."""
    text = f"{part_of_file(phrase.part).heading}\n  {example}\n"
    document, findings = parse(Source("example.sespms", text))
    assert findings == (), text
    (block,) = document.blocks
    assert isinstance(block, Block)
    assert block.heading.kind is phrase.part
    (line,) = block.lines
    return line


@pytest.mark.parametrize(("phrase", "example"), EXAMPLES, ids=lambda value: str(getattr(value, "name", value)))
def test_each_example_is_read_as_its_own_sentence_in_its_own_part(phrase: Phrase, example: str) -> None:
    sentence = type(_read(phrase, example).sentence)
    assert re.sub(r"(?<!^)([A-Z])", r" \1", sentence.__name__).lower() == phrase.name


def test_every_sentence_of_the_language_is_in_the_book() -> None:
    declared = {each for each in Sentence.__subclasses__() if each.__module__.startswith("sespms_rules.")}
    assert len(declared) > 120
    assert declared == set(sentence_classes())
    in_book = {(phrase.part, phrase.name) for phrase in phrase_book()}
    assert len(in_book) == len(phrase_book()) == sum(len(each.under) for each in declared)


def test_every_part_that_the_grammar_opens_is_explained_once() -> None:
    assert [each.kind for each in PARTS] == list(dict.fromkeys(each.kind for each in PARTS))
    assert {each.kind for each in PARTS} == set(PartKind)
    for each in PARTS:
        assert each.heading.startswith(each.kind.value)
        assert phrase_book(each.kind.value), f"{each.kind} has no sentence"


def test_every_phrase_says_what_it_means_and_by_which_order_it_is_compared() -> None:
    for phrase in phrase_book():
        assert phrase.means[:1].islower() or phrase.means.startswith(("`", "OPM")), phrase
        assert not phrase.means.endswith("."), phrase
        assert phrase.strictness in ORDERS, phrase


def test_the_page_on_strictness_explains_every_order() -> None:
    page = (ROOT / "docs" / "language" / "strictness.md").read_text(encoding="utf-8")
    titles = {title.lower() for title in re.findall(r"^### (.+)$", page, re.MULTILINE)}
    assert {phrase.strictness for phrase in phrase_book()} | ORDERS == titles


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("weights", PartKind.WEIGHTS), ("  Summary  Rating ", PartKind.RATING), ("awards and pay", PartKind.REWARDS)],
)
def test_a_part_is_found_by_its_name(asked: str, kind: PartKind) -> None:
    assert {phrase.part for phrase in phrase_book(asked)} == {kind}


def test_an_unknown_part_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownPartError) as refused:
        phrase_book("sumary rating")
    assert refused.value.message == "the language has no part `sumary rating`"
    assert refused.value.help == "did you mean `summary rating`?"


def test_a_part_that_is_near_to_nothing_is_refused_with_all_names() -> None:
    with pytest.raises(UnknownPartError) as refused:
        phrase_book("zzz")
    assert refused.value.help.startswith("the parts are `system`, `appraisal period`, ")
    assert "`amendment`" in refused.value.help


def test_as_text_reads_part_by_part() -> None:
    assert as_text(phrase_book("standards")) == (
        "standards: what each level means in words\n"
        '  level 5 means "Results that others copy."  the performance standard of a level'
    )
    lines = as_text(phrase_book()).splitlines()
    assert all(line == line.rstrip() for line in lines)
    headings = [line.split(":")[0] for line in lines if line and not line.startswith(" ")]
    assert headings == [each.kind.value for each in PARTS]
    text = "\n".join(lines)
    for phrase in phrase_book():
        for example in phrase.examples:
            assert f"  {example}" in text


def test_a_long_sentence_has_its_meaning_below_it() -> None:
    long, _, short, *_ = phrase_book("distribution")
    assert as_text([long, short]).splitlines()[1:] == [
        "  at most 30% of career executives at level 4 or better",
        "                                    a limit on the share of a population at some levels",
        "  applies from 5 career executives  the smallest population it applies to",
    ]
    assert as_text([long]).splitlines()[2] == "      a limit on the share of a population at some levels"


def test_part_of_file_knows_each_kind() -> None:
    for kind in PartKind:
        assert part_of_file(kind).kind is kind
