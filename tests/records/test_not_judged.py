"""Each sentence about the year that no record is judged by has its own true reason, in the data and on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from records.judging import duties_of_opm
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.pipeline import compile_source
from sespms_rules.records.duties import NotLowered, of_policy
from sespms_rules.records.duties.not_judged import NEVER_JUDGED
from sespms_rules.records.vocabulary import ACTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "duties-on-records.md"
TOO_BROAD = "nothing that a dated act"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("earlier appraisals are considered", "what an appraisal considered is not on record"),
        ("is reviewed at least 1 time each year", "a review of a development plan is no act of the language yet"),
        ("level 5 allows performance award and pay increase", "allows something and asks for nothing"),
    ],
)
def test_a_sentence_of_opms_system_has_its_own_reason(sentence: str, why: str) -> None:
    (found,) = [each for each in duties_of_opm().not_lowered if each.sentence.endswith(f": {sentence}")]
    assert why in found.why


def test_no_shipped_system_has_a_sentence_without_a_reason_of_its_kind() -> None:
    told: list[NotLowered] = []
    for path in sorted(policy_path("agencies/opm_basic.sespms").parent.glob("*.sespms")):
        source = Source(str(path), path.read_text(encoding="utf-8"))
        for system in compile_source(source, FolderLibrary()).policy.systems:
            told += (each for each in of_policy.lowered(system) if isinstance(each, NotLowered))
    assert len(told) > 50
    assert [each.sentence for each in told if TOO_BROAD in each.why or len(each.why.split()) < 4] == []
    assert len({each.why for each in told}) > 14


def test_what_is_said_never_to_be_judged_is_not() -> None:
    judged = {ground.sentence.partition(": ")[2] for each in duties_of_opm().obligations for ground in each.grounds}
    examples = {example for kind in NEVER_JUDGED for example in kind.examples}
    assert judged
    assert not judged & examples


def test_what_is_no_act_of_the_language_is_none() -> None:
    assert not {"copies", "a review of a development plan"} & set(ACTS)
    assert {"written response", "pay increase", "receipt", "extension", "a chance to respond"} <= set(ACTS)


def test_the_page_tells_each_kind_with_its_reason() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("| A sentence such as |")[2]
    rows = re.findall(r"^\| `([^|]+)` \| ([^|]+) \|$", table, re.MULTILINE)
    assert rows == [(kind.examples[0], why) for kind, why in NEVER_JUDGED.items()]
    assert all(issubclass(kind, Sentence) for kind in NEVER_JUDGED)
