"""Levels that are equivalent to the wrong federal level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, declared, folded, term
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition
from sespms_rules.language.syntax.words import FederalLevel

FINDING = error("SES206", "equivalency-out-of-order", "5 CFR 430.305(a)(6)", "5 CFR 430.305(a)(7)")

_NUMBERS = {level: number for number, level in FEDERAL_LEVELS.items()}


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose number and federal meaning differ, be it stated or said by the regulation's own term."""
    wrong = [
        (number, federal, span)
        for number, definition in declared(system).items()
        for federal, span in _meanings(definition)
        if _NUMBERS[federal] != number
    ]
    turned = len({number for number, _, _ in wrong}) >= 4 and all(
        _NUMBERS[federal] == 6 - number for number, federal, _ in wrong
    )
    for number, federal, span in wrong[:1] if turned else wrong:
        right = _NUMBERS[federal]
        says_so = span.text.startswith("equivalent")
        so = "; the levels are numbered the wrong way round" if turned else ""
        yield FINDING.at(
            span,
            f"level {number} is said to be {federal.value}, but that is level {right}{so}",
            help="give 5 to the best level and 1 to the lowest" if turned else _cure(number, right),
            fixes=() if turned or not says_so else (instead(span, f"equivalent to {FEDERAL_LEVELS[number].value}"),),
        )


def _meanings(definition: LevelDefinition) -> Iterator[tuple[FederalLevel, Span]]:
    """The federal levels that a declaration names, each with the words that name it."""
    words = term(definition)
    by_term = next((level for level in FederalLevel if words is not None and folded(words) == level.value), None)
    if by_term is not None:
        yield by_term, definition.label.span
    if definition.federal is not None and definition.federal is not by_term:
        words_at = definition.span.start + definition.span.text.rfind("equivalent")
        yield definition.federal, Span(definition.span.source, words_at, definition.span.end)


def _cure(number: int, right: int) -> str:
    return f"level {number} is equivalent to {FEDERAL_LEVELS[number].value}; the words here belong to level {right}"
