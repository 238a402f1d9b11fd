"""Verdicts tried both ways: variants of a system that complies, lawful ones and ones that break one sentence.

They are made from the sentences of the editions (`variants.py`), so a new requirement brings its own. By day one of
five is judged and a few are checked whole; by night all are judged.
"""

from __future__ import annotations

from functools import cache

import pytest

from law.complying import COMPLYING, told
from law.holding import document, library
from law.pairing import Asked, all_asked
from law.variants import Sort, Variant, variants
from nights import at_depth
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import find_editions, find_system
from sespms_rules.language.syntax.requirements import MustNotContradict, MustNotState, MustState, ShouldState
from sespms_rules.law.asking import asked_by_part
from sespms_rules.law.comparing import Question
from sespms_rules.law.families import at_least_as_strict
from sespms_rules.pipeline import program_as_read

NAME = "Example Agency SES System"
FILES = ("5cfr430c-2025-10-15", "5usc-ses", "opm-cap-fy2026")
NOTHING = library()
EVERY = at_depth(20, 5, 1)
WHOLE = at_depth(50, 24, 4)
"""Of how many variants one is judged by itself, and one checked whole."""


def edition(name: str) -> Baseline:
    text = policy_path(f"federal/{name}.sespms").read_text(encoding="utf-8")
    (found,) = find_editions(None, document(text, f"{name}.sespms"), NOTHING)
    return found


@cache
def system_of(text: str) -> System | None:
    """The system of a text; None for one that is no text of the language."""
    read, faults = parse(Source("policy.sespms", text))
    found, findings = find_system(NAME, read, NOTHING)
    return None if faults or findings else found


def answer(asked: Asked, text: str) -> tuple[str, tuple[Span, ...]] | None:
    """How a text stands to one sentence that it must or should state: kept, missed, asked or open; by which lines."""
    system = system_of(text)
    if system is None:
        return None
    named = asked.quotation.part
    name = None if named.name is None else named.name.text
    part = system.head if named.kind.value == "system" else system.part(named.kind, name)
    beside = asked_by_part(asked.edition).get(named, ())
    found = at_least_as_strict(Question(system, part, asked.sentence, beside, compute=program_as_read))
    if found.question:
        return "asked", ()
    kind = {True: "kept", False: "missed", None: "open"}[found.holds]
    return kind, tuple(each.origin.span for each in found.evidence)


def made() -> list[Variant]:
    """All variants of the sentences that the complying system keeps."""
    found: list[Variant] = []
    for name in FILES:
        for asked in all_asked(name, edition(name)):
            if isinstance(asked.stated.sentence, MustState | ShouldState):
                kept = answer(asked, COMPLYING)
                if kept is not None and kept[0] == "kept":
                    found += variants(asked, kept[1])
    return found


@cache
def every_variant() -> tuple[Variant, ...]:
    """All of them, made once where a test asks for them."""
    return tuple(made())


@cache
def read() -> tuple[Variant, ...]:
    """Those that are texts of the language."""
    return tuple(each for each in every_variant() if system_of(each.text) is not None)


CHUNKS = 8


def test_there_are_variants_of_both_sorts_and_most_can_be_read() -> None:
    sorts = [each.sort for each in read()]
    assert sorts.count(Sort.LAWFUL) > 80
    assert sorts.count(Sort.VIOLATING) > 100
    assert len(read()) > 0.9 * len(every_variant())
    assert any(each.how.startswith("denied") for each in read())
    assert any(each.how.startswith("barred") for each in read())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_variant_stands_as_it_was_made(chunk: int) -> None:
    judged = read()[::EVERY][chunk::CHUNKS]
    assert judged
    for variant in judged:
        found = answer(variant.asked, variant.text)
        assert found is not None, variant.label
        if variant.sort is Sort.LAWFUL:
            assert found[0] == "kept", (variant.label, variant.text)
        else:
            assert found[0] in ("missed", "asked"), (variant.label, variant.text)


def test_the_check_says_so_of_the_whole_text() -> None:
    """Whatever else a change does, a lawful one breaks nothing, and a violating one is never met or proved."""
    judged = read()[::WHOLE]
    assert len(judged) > 5
    for variant in judged:
        _the_check_says_so(variant)


def _the_check_says_so(variant: Variant) -> None:
    found = told(variant.text)
    citation = variant.asked.requirement.citation
    if variant.sort is Sort.LAWFUL:
        assert citation not in found.failing
    else:
        (ruling,) = (
            each
            for each in found.verdict(citation).rulings
            if each.asked == " ".join(variant.asked.stated.origin.span.text.split())
        )
        assert ruling.kind.value in ("not met", "needs a person")
        assert found.kind(citation) not in ("met", "proved")


def test_no_sentence_that_is_advised_makes_a_system_fail() -> None:
    """Where all that is missed is advised, nothing fails; a contradiction beside the advice does."""
    for variant in read()[:: EVERY * 4]:
        if variant.sort is Sort.VIOLATING and isinstance(variant.asked.stated.sentence, ShouldState):
            kinds = {type(each.sentence) for each in variant.asked.requirement.sentences}
            if not kinds & {MustState, MustNotState, MustNotContradict}:
                assert variant.asked.requirement.citation not in told(variant.text).failing
