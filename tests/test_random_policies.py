"""Policies drawn at random, as text: what is well-typed by construction is read, laid out, run and explained."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from random_policies import RandomPolicy
from sespms_rules.checks import check_system
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.source import Source
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.model import Contents
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program import ir
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Rating
from sespms_rules.studies.explanation import explanation

SEEDS = st.integers(min_value=0, max_value=10**9)
POLICIES = settings(max_examples=min(settings().max_examples, 2_000))
"""200 policies for each property, 2,000 in the nightly profile; hypothesis would draw more."""

IN_FORMULAS = {"SES608", "SES612", "SES613", "SES618", "SES619", "SES620"}
"""Refusals that only show while a formula is worked out."""

pytestmark = pytest.mark.timeout(1_800)


def source_of(drawn: RandomPolicy) -> Source:
    return Source("drawn.sespms", drawn.text)


def resolved(drawn: RandomPolicy) -> Contents:
    return resolve(parse(source_of(drawn))[0], EMPTY_LIBRARY)[0]


def program_of(drawn: RandomPolicy) -> ir.Program:
    (system,) = resolved(drawn).systems
    program, _ = lower(system)
    assert program is not None
    return program


def answer(rating: Rating) -> tuple[object, ...]:
    """What the engines must agree on; which of several values without an answer is met first is not promised."""
    if rating.refused:
        codes = tuple(refusal.code for refusal in rating.refused)
        return codes if IN_FORMULAS.isdisjoint(codes) else ("refused",)
    return (rating.outcome, rating.score, rating.level, rating.term, rating.values, rating.reported, rating.asked)


@POLICIES
@given(SEEDS)
def test_what_is_drawn_has_no_finding_before_the_checks(seed: int) -> None:
    drawn = RandomPolicy(seed)
    document, syntax = parse(source_of(drawn))
    assert syntax == (), drawn.text
    policy, meaning = resolve(document, EMPTY_LIBRARY)
    assert meaning == (), drawn.text
    (system,) = policy.systems
    program, kinds = lower(system)
    assert kinds == (), drawn.text
    assert program is not None


@POLICIES
@given(SEEDS)
def test_laying_out_changes_no_meaning_and_is_done_once(seed: int) -> None:
    source = source_of(RandomPolicy(seed))
    laid_out = format_policy(source)
    assert laid_out.findings == (), source.text
    assert laid_out.text is not None
    again, before = parse(Source("drawn.sespms", laid_out.text))[0], parse(source)[0]
    assert again == before
    assert [note.text for note in again.comments] == [note.text for note in before.comments]
    assert format_policy(Source("drawn.sespms", laid_out.text)).text == laid_out.text


@pytest.mark.differential
@POLICIES
@given(SEEDS)
def test_engines_agree_and_every_rating_is_explained(seed: int) -> None:
    drawn = RandomPolicy(seed)
    program = program_of(drawn)
    with DurableEngine(program) as engine:
        for number in range(6):
            case = drawn.appraisal()
            by_reference = reference.rate(program, case)
            assert answer(engine.rate(case)) == answer(by_reference), (drawn.text, case)
            if number == 0:
                told = explanation(program, case, by_reference)
                assert program.name in told.as_text()
                assert told.as_json()["outcome"] == by_reference.outcome.value


@POLICIES
@given(SEEDS)
def test_the_checks_end_with_findings_and_no_exception(seed: int) -> None:
    drawn = RandomPolicy(seed)
    for finding in (each for system in resolved(drawn).systems for each in check_system(system)):
        assert re.fullmatch(r"SES[234]\d\d", finding.code), drawn.text
        assert finding.span.text != "", drawn.text
        assert finding.message[:1].islower() or finding.message.startswith(("`", '"')), finding.message


def test_what_is_drawn_is_worth_drawing() -> None:
    """Most appraisals are rated, and every construct of the formula language is drawn often."""
    outcomes: Counter[str] = Counter()
    words: Counter[str] = Counter()
    wanted = (
        *(
            "times weight",
            "by weight",
            "of each",
            "otherwise",
            "but no less than",
            "rounded half even",
            "the larger of",
        ),
        *(
            "the share of",
            "requirements are rated",
            "makes the rating",
            "take the first line",
            "are left out",
            "count as",
        ),
        *(
            "for level",
            "for score",
            "% of",
            "the weight of",
            "the score of",
            "noncritical",
            "on a scale",
            "ask reviewer",
        ),
        *("is also rated", "none above", "not rated when", "more than half of the", " with ", "of weights"),
        *("at least half of the", "to the nearest half"),
    )
    for seed in range(400):
        drawn = RandomPolicy(seed)
        outcomes[reference.rate(program_of(drawn), drawn.appraisal(), trace=False).outcome.value] += 1
        words.update(word for word in wanted if word in drawn.text)
    assert outcomes["rated"] >= 120, outcomes
    assert outcomes["not rated"] >= 3, outcomes
    assert {word: words[word] for word in wanted if words[word] < 8} == {}
