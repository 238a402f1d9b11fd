"""Equivalence is stated, or the term is the regulation's own name (5 CFR 430.305(a)(7))."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import resolve
from sespms_rules.law.inspecting import inspect
from sespms_rules.law.verdict import VerdictKind

LEVELS = (
    (5, "Outstanding"),
    (4, "Exceeds Fully Successful"),
    (3, "Fully Successful"),
    (2, "Minimally Satisfactory"),
    (1, "Unsatisfactory"),
)
ASKED = ("each federal level has exactly 1 level", "each level has exactly 1 federal level")


def verdict(sentence: str, **terms: str) -> tuple[VerdictKind, str]:
    lines = [f'  level {number} "{terms.get(f"level{number}", term)}" {number} points' for number, term in LEVELS]
    text = 'system "Invented agency"\n\nlevels\n' + "\n".join(lines) + f"\n\nguarantees\n  {sentence}\n"
    document, _ = parse(Source("invented", text))
    policy, _ = resolve(document)
    (system,) = policy.systems
    (guarantee,) = system.parts[-1].sentences
    found = inspect(system, (), guarantee.sentence)
    assert found is not None
    return found.kind, found.why


@pytest.mark.parametrize("sentence", ASKED)
def test_the_regulation_s_own_names_need_no_statement(sentence: str) -> None:
    assert verdict(sentence)[0] is VerdictKind.PROVED


def test_another_name_needs_one() -> None:
    kind, why = verdict(ASKED[0], level5="Distinguished")
    assert kind is VerdictKind.REFUTED
    assert why == "no level of the system is equivalent to outstanding"
    kind, why = verdict(ASKED[1], level1="Unacceptable")
    assert kind is VerdictKind.REFUTED
    assert why == "level 1 is said to be equivalent to no federal level"
