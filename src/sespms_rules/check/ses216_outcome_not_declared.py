"""A line that gives a level the system does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.check.reading_levels import declared, is_level, level_number
from sespms_rules.check.reading_lines import derivations, outcome_of
from sespms_rules.check.reading_sentences import listed, number
from sespms_rules.diagnostic import Diagnostic, error
from sespms_rules.model import System
from sespms_rules.syntax.formula import NotRated

FINDING = error("SES216", "outcome-not-declared")


def check(system: System) -> Iterator[Diagnostic]:
    """Find bands, rows and overrides whose level `levels` does not declare."""
    known = declared(system)
    if not known:
        return
    for derivation in derivations(system):
        for line in (*derivation.lines, *derivation.overrides):
            outcome = outcome_of(line)
            value = None if isinstance(outcome, NotRated) else level_number(outcome)
            if value is not None and not (is_level(value) and int(value) in known):
                yield FINDING.at(
                    outcome.span,
                    f"this line gives level {number(value)}, which the system does not have",
                    help=f"declared are the levels {listed(str(each) for each in known)}",
                )
