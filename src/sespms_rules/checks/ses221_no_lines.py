"""A score that becomes no level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.levels import declared
from sespms_rules.checks.analysis.sentences import chosen, is_named
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import GivesNoLevel, ScoreIs

FINDING = error("SES221", "no-lines", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a score with no band or line that turns it into a level."""
    for derivation in derivations(system):
        scores = chosen(derivation.part.sentences, ScoreIs)
        if scores and not derivation.lines and not chosen(derivation.part.sentences, GivesNoLevel):
            highest = max(declared(system), default=5)
            yield FINDING.at(
                scores[0].span,
                f"the {is_named(derivation.part)} has a score, but no line says which level a score gives",
                help=f"add a line for each level, such as `score at least … is level {highest}`",
            )
