"""A help that writes a sentence is followed to the letter on its page's own example: the finding goes, and none comes.

Findings with an edit are tried by `test_fixing`. Here are those whose help only says what to write. A sentence may be
put wherever a reader would: in place of the line, beside it, or in the part that has such sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from authoring.test_fixing import examples, look
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import PARTS
from sespms_rules.language.syntax.words import PartKind

HEADINGS = {part.kind: part.heading for part in PARTS}
ONE_OF_SEVERAL = {
    "SES128": "the value and the table are the author's",
    "SES131": "the help names what clashes, and no sentence",
    "SES221": "it writes one line of five",
    "SES234": "it writes one line of several",
    "SES246": "what is accepted is still told, as a note",
    "SES287": "the line of the author's is written anew below another, with the order of lines said",
    "SES401": "it is put under an element that the author names",
}
"""Why following the help takes more than the sentence it shows."""


def _lines(help: str) -> Iterator[tuple[str, ...]]:
    """The sentences that a help writes; two that belong together are written as `one` and below it `other`."""
    for found in re.finditer(r"`([^`]+)`(?: and below it `([^`]+)`)?", help):
        filled = tuple(each.replace("…", "Words of its own") for each in found.groups() if each)
        if all(any(_is_read(each, part) for part in HEADINGS) for each in filled):
            yield filled


@cache
def _is_read(sentence: str, part: PartKind) -> bool:
    document, findings = parse(Source("policy.sespms", f"{HEADINGS[part]}\n  {sentence}\n"))
    return not findings and bool(document.blocks)


def _put(text: str, finding: Diagnostic, written: tuple[str, ...]) -> Iterator[str]:
    """The example with the sentences in each place where a reader may put them."""
    lines = text.splitlines()
    at = finding.span.line - 1
    said = [f"  {each}" for each in written]
    begun = " ".join(written[0].split()[:2])
    same = [place for place, line in enumerate(lines) if line.strip().startswith(begun)]
    parts = [part for part in HEADINGS if all(_is_read(each, part) for each in written)]
    tops = [place for place, line in enumerate(lines) if any(line.startswith(part.value) for part in parts)]
    spans = [(at, at + 1), (at, at), (at + 1, at + 1), *((place, place + 1) for place in same)]
    for start, end in [*spans, *((place + 1, place + 1) for place in tops)]:
        yield "\n".join([*lines[:start], *said, *lines[end:]]) + "\n"
    for part in parts:
        yield "\n".join([*lines, "", HEADINGS[part], *said]) + "\n"


CASES = (
    "ses209_standard_missing",
    "ses285_nothing_said_when_not_rated",
    "ses286_unrated_given_a_level",
    "ses501_scenario_fails",
    "ses502_scenario_expects_nothing",
)
WITH_A_FIX_TOO = (
    "ses119_confidence_not_marked",
    "ses127_no_score",
    "ses137_formula_without_ratings",
    "ses223_weights_not_used",
    "ses224_weights_not_stated",
    "ses266_left_out_counts_against",
    "ses269_definition_never_read",
    "ses279_choice_of_the_whole",
)
"""Pages whose help writes a sentence beside a fix that does the same, or something else."""


def test_all_helps_that_write_a_sentence_are_tried() -> None:
    found = set()
    for name, text in examples().items():
        code = name[:6].upper()
        told = [each for each in look(Source("policy.sespms", text)) if each.code == code and not each.fixes]
        if told and any(_lines(told[0].help)) and code not in ONE_OF_SEVERAL:
            found.add(name)
    assert found == set(CASES)


@pytest.mark.parametrize("name", CASES + WITH_A_FIX_TOO)
def test_a_help_that_writes_a_sentence_removes_its_finding(name: str) -> None:
    text, code = examples()[name], name[:6].upper()
    before = look(Source("policy.sespms", text))
    finding = next(each for each in before if each.code == code)
    said = Counter(each.code for each in before)
    for written in _lines(finding.help):
        for changed in _put(text, finding, written):
            after = Counter(each.code for each in look(Source("policy.sespms", changed)))
            if after[code] < said[code] and not [each for each in after - said if each[3] in "01" or each == code]:
                return
    pytest.fail(finding.help)
