"""One term for two levels."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import definitions, folded, level_number, term
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition

FINDING = error("SES205", "term-repeated")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose term is already that of another; capital letters and blanks do not tell terms apart."""
    first: dict[str, LevelDefinition] = {}
    for definition in definitions(system):
        words, value = term(definition), level_number(definition.level)
        if words is None or value is None:
            continue
        earlier = first.setdefault(folded(words), definition)
        other = level_number(earlier.level)
        if other is not None and other != value:
            yield FINDING.at(
                definition.label.span,
                f"level {number(value)} has the same term as level {number(other)}, `{words}`",
                help="give each level a term of its own; a rating that is only told by its term must say which it is",
                labels=(Label(earlier.label.span, f"the term of level {number(other)}"),),
            )
