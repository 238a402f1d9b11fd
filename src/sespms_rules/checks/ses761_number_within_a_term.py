"""A term that holds the number of another level beside words."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.numbered_terms import numbered_terms
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System

FINDING = note("SES761", "number-within-a-term")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose term begins or ends with the number of another level: `level 5 "Tier 1"`."""
    for each in numbered_terms(system):
        if not each.alone:
            says = (
                f"the term of level {each.level}, `{each.words}`, holds the number {each.other}: "
                f"a `{each.other}` alone in a roster could be either, and is refused there"
            )
            help = f"see that rosters give the whole term, or `Level {each.other}`"
            yield FINDING.at(each.definition.label.span, says, help=help)
