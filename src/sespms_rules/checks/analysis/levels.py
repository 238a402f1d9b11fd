"""The levels that a system declares, as their sentences say it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition
from sespms_rules.language.syntax.limits import Level, LevelWord
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.words import FederalLevel, PartKind

FEDERAL_LEVELS: dict[int, FederalLevel] = {5 - place: level for place, level in enumerate(FederalLevel)}
"""The five summary levels by number (5 CFR 430.305(a)(6)); 5 the best."""


def definitions(system: System) -> tuple[LevelDefinition, ...]:
    """The sentences that declare levels, in the order of the text."""
    return under(system, PartKind.LEVELS, LevelDefinition)


def level_number(word: LevelWord) -> Fraction | None:
    """The number of a level as written, which need not be one of the five; None for `any level`."""
    return word.number.value if isinstance(word, Level) else None


def is_level(value: Fraction | None) -> bool:
    """Whether a number is one of the five levels."""
    return value is not None and value.denominator == 1 and 1 <= value <= 5


def declared(system: System) -> Mapping[int, LevelDefinition]:
    """The first declaration of each level from 1 to 5."""
    return _firsts(definitions(system))


def known_levels(system: System) -> tuple[int, ...]:
    """The levels of a system, the best first: those it declares, else the five of the regulation."""
    return tuple(sorted(declared(system) or FEDERAL_LEVELS, reverse=True))


@cache_by_identity(256)
def _firsts(definitions: tuple[LevelDefinition, ...]) -> Mapping[int, LevelDefinition]:
    found: dict[int, LevelDefinition] = {}
    for definition in definitions:
        value = level_number(definition.level)
        if value is not None and is_level(value):
            found.setdefault(int(value), definition)
    return found


def term(definition: LevelDefinition) -> str | None:
    """The agency's word for a level; None where it is a hole."""
    return definition.label.text if isinstance(definition.label, Quoted) else None


def folded(text: str) -> str:
    """A text as it is compared: blanks and the size of letters do not count."""
    return " ".join(text.casefold().split())
