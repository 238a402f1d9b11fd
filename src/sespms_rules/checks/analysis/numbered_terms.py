"""Which level the number in a term would be taken for, where it is not the term's own."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import definitions, is_level, level_number, term
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition
from sespms_rules.program.numbered_terms import number_in_term


class NumberedTerm(Frozen):
    """The declaration of a level whose term holds the number of another; `other` is that level, declared or not.

    `alone` says that the term is that number and nothing else (`1`, `Level 1`), so that a cell of a roster that
    holds it can mean either.
    """

    definition: LevelDefinition
    level: int
    words: str
    other: int
    alone: bool


def numbered_terms(system: System) -> Iterator[NumberedTerm]:
    """The levels of a system whose terms hold the number of another level."""
    for definition in definitions(system):
        words, value = term(definition), level_number(definition.level)
        if words is None or value is None or not is_level(value):
            continue
        found = number_in_term(words)
        if found is not None and found.number != value:
            yield NumberedTerm(definition, int(value), words, found.number, found.alone)
