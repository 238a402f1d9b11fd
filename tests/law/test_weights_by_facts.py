"""A law on weights is met where the plans of every executive keep to it, whatever facts the limits hang on."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.syntax.elements import WeightOf
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.plans import keeps
from sespms_rules.pipeline import compile_source

_TEXT = """system "Invented"
  is outside the Senior Executive Service

critical element "Results Driven"
critical element "People"

facts
  "kind" is one of "general" or "special"

weights
  total 100
  "Results Driven" at least 40 when "kind" is "general"
  "Results Driven" at least {least} when "kind" is "special"
"""


def _asked(line: str) -> WeightOf:
    text = f'system "Asked"\n\ncritical element "Results Driven"\n\nweights\n  {line}\n'
    (system,) = compile_source(Source("asked.sespms", text)).policy.systems
    sentence = system.sentences(PartKind.WEIGHTS)[0].sentence
    assert isinstance(sentence, WeightOf)
    return sentence


@pytest.mark.parametrize(("least", "holds", "why"), [(20, True, ""), (19, False, "where `kind` is `special`")])
def test_each_case_must_keep_to_it(least: int, holds: bool, why: str) -> None:
    (system,) = compile_source(Source("policy.sespms", _TEXT.format(least=least))).policy.systems
    found = keeps(system, _asked('"Results Driven" at least 20'), frozenset())
    assert (found.holds, why in found.why) == (holds, True)


def test_what_is_asked_of_some_is_met_by_the_very_words_and_else_left_open() -> None:
    (system,) = compile_source(Source("policy.sespms", _TEXT.format(least=20))).policy.systems
    assert keeps(system, _asked('"Results Driven" at least 40 when "kind" is "general"'), frozenset()).holds is True
    assert keeps(system, _asked('"Results Driven" at least 30 when "kind" is "general"'), frozenset()).holds is None
