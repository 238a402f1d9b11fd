"""A term that is the number of another level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.numbered_terms import numbered_terms
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System

FINDING = error("SES679", "term-of-another-number")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose term is the number of another level: `level 5 "1"`, `level 5 "Level 1"`."""
    for each in numbered_terms(system):
        if each.alone:
            says = (
                f"the term of level {each.level}, `{each.words}`, is the number of level {each.other}: "
                f"a rating of `{each.words}` could be either"
            )
            help = "level 5 is the best and level 1 the lowest, whatever their terms; give the level a term in words"
            yield FINDING.at(each.definition.label.span, says, help=help)
