"""Every sentence of the language becomes a full sentence of English, and says what it said."""

from __future__ import annotations

import re

import pytest

from sespms_rules.documents.spoken import spoken
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Part, Stated
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS, phrase_book
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.words import PartKind

NO_SYSTEM = {
    PartKind.SCENARIO, PartKind.BASELINE, PartKind.OVERLAY, PartKind.REQUIREMENT, PartKind.LIST, PartKind.AMENDMENT,
}  # fmt: skip
EXAMPLES = [
    (part.kind, example)
    for part in PARTS
    if part.kind not in NO_SYSTEM
    for phrase in phrase_book(part.kind.value)
    for example in phrase.examples
]


def said(kind: PartKind, text: str, authority: str | None = None) -> str:
    """What a line below the heading of a part is said as."""
    heading = next(each.heading for each in PARTS if each.kind is kind)
    document, findings = parse(Source("line", f"{heading}\n  {text}\n"))
    assert not findings, text
    (block,) = document.blocks
    assert isinstance(block, Block)
    stated = Stated(block.lines[0].sentence, "Invented", Origin(authority=authority))
    return spoken(Part(kind, "Invented", (stated,)), stated)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=lambda each: str(each)[:60])
def test_a_sentence_is_whole_and_keeps_its_numbers_and_names(kind: PartKind, example: str) -> None:
    made = said(kind, example)
    assert made.startswith("“") or made[0].isupper()
    assert made.endswith((".", ".”", "?”"))
    assert " " in made
    assert '"' not in made
    assert "  " not in made
    assert "{" not in made
    for name in re.findall(r'"([^"]+)"', example):
        assert f"“{name}”" in made
    assert re.findall(r"\d+(?:\.\d+)?%?", made) == re.findall(r"\d+(?:\.\d+)?%?", example)


def test_no_two_sentences_of_a_part_are_said_alike() -> None:
    for kind in {kind for kind, _ in EXAMPLES}:
        made = [said(kind, example) for of, example in EXAMPLES if of is kind]
        assert len(set(made)) == len(made), kind


@pytest.mark.parametrize(
    ("kind", "text", "authority", "expected"),
    [
        (PartKind.PERIOD, "lasts at least 90 days", "5 CFR 430.304(b)(4)",
         "The appraisal period lasts at least 90 days (5 CFR 430.304(b)(4))."),
        (PartKind.WEIGHTS, '"Results Driven" at least 20', None, "The weight of “Results Driven” is at least 20."),
        (PartKind.RATING, "score at least 475 is level 5", None, "A score of at least 475 is level 5."),
        (PartKind.STEPS, 'initial rating "Draft" by rating official within 30 days after period end', None,
         "The rating official takes the step “initial rating” (“Draft”) within 30 days after the period end."),
        (PartKind.STEPS, "plan by any official", None, "Any official takes the step “plan”."),
        (PartKind.USES, "below level 3 twice in 3 years requires removal", None,
         "A rating below level 3 twice in 3 years requires removal."),
        (PartKind.LEVELS, 'level 5 "Best" 5 points', None, "Level 5 is called “Best” and is worth 5 points."),
        (PartKind.LEVELS, 'level 5 "Best" 4.5 points equivalent to outstanding', None,
         "Level 5 is called “Best”, is worth 4.5 points, and is equivalent to the federal level “outstanding”."),
    ],
)  # fmt: skip
def test_sentences_read_as_people_write_them(kind: PartKind, text: str, authority: str | None, expected: str) -> None:
    assert said(kind, text, authority) == expected


def test_words_of_the_agency_are_left_as_they_are() -> None:
    """No article is put into what stands in quotation marks, and none of its signs is read as anything."""
    made = said(PartKind.SYSTEM, 'purpose "by rating official <b>$x$ #raw[*] & {y}"')
    assert made == "The purpose of the system is: “by rating official <b>$x$ #raw[*] & {y}”."
