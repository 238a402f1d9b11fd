"""A second wording is laid out as the first, wherever the grammar reads it: tried on every example of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS, phrase_book
from sespms_rules.language.syntax.limits import NUMBER_WORDS

_UNTOUCHED = re.compile(r'("[^"\n]*")')
_SECOND = (
    (r"\bevery ((?:non)?(?:critical )?)(element|requirement) is\b", r"all \1\2s are"),
    (r"\bevery ((?:non)?(?:critical )?)(element|requirement)\b(?! is)", r"all of the \1\2s"),
    (r"\bat least (\d+(?:\.\d+)?%?)", r"\1 or more"),
    (r"\bat most (\d+(?:\.\d+)?%?)", r"\1 or less"),
    (r"\bat most (\d+%?)", r"\1 or fewer"),
    (r"\b(level \d) or better", r"\1 or higher"),
    (r"\bthe average of points by weight", "the weighted average of points"),
    (r"\bhalf of the\b", "half of"),
    (r"\blevel (?=\d)", "Level "),
    (r"(?<![\d.-])\b([1-9]|1[0-2])\b(?![\d.%-])", lambda found: NUMBER_WORDS[int(found[1]) - 1]),
    (r"^[a-z]", lambda found: found[0].upper()),
)


def rewordings(sentence: str) -> Iterator[str]:
    """The sentence said otherwise, one way at a time and then all of them that fit; names stay as they are."""
    for pattern, otherwise in _SECOND:
        pieces = _UNTOUCHED.split(sentence)
        pieces[::2] = [re.sub(pattern, otherwise, each) for each in pieces[::2]]
        if (said := "".join(pieces)) != sentence:
            yield said


HEADINGS = {part.kind: part.heading for part in PARTS}
EXAMPLES = [(part, example) for part in HEADINGS for phrase in phrase_book(part.value) for example in phrase.examples]


def source(heading: str, sentence: str) -> Source:
    return Source("policy.sespms", f"{heading}\n  {sentence}\n")


def test_what_is_read_in_a_second_wording_is_laid_out_in_the_first() -> None:
    read = 0
    for part, example in EXAMPLES:
        agreed = source(HEADINGS[part], example)
        for said in rewordings(example):
            other = source(HEADINGS[part], said)
            document, findings = parse(other)
            if findings:
                continue
            read += 1
            assert document == parse(agreed)[0], (said, example)
            assert format_policy(other).text == format_policy(agreed).text, (said, example)
    assert read > 150


@pytest.mark.parametrize("part", [*HEADINGS], ids=str)
def test_a_heading_in_capitals_is_laid_out_small(part: str) -> None:
    plain = HEADINGS[part]  # type: ignore[index]
    pieces = _UNTOUCHED.split(plain)
    for capitals in (str.title, str.upper):
        loud = "".join([capitals(each) if place % 2 == 0 else each for place, each in enumerate(pieces)])
        said, agreed = Source("policy.sespms", f"{loud}\n"), Source("policy.sespms", f"{plain}\n")
        assert parse(said) == parse(agreed)
        assert format_policy(said).text == format_policy(agreed).text


@pytest.mark.parametrize(
    "sentence",
    [
        'level 5 when "all elements" is at level 5',
        'level 5 when "two or more" is at least 4',
        'score is the average of points by weight of "Weighted average of" and "Level Two"',
    ],
)
def test_names_keep_their_words(sentence: str) -> None:
    text = f"summary rating\n  {sentence}\n"
    assert format_policy(Source("policy.sespms", text)).text == text
