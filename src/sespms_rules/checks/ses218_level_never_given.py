"""A level that no line gives."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations, outcome_of
from sespms_rules.checks.analysis.levels import declared, level_number, term
from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import GivesNoLevel, ScoreIs
from sespms_rules.language.syntax.formula import NotRated

FINDING = warning("SES218", "level-never-given", "5 CFR 430.305(a)(6)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find declared levels that neither a line, an override nor a cap of the summary rating gives."""
    for derivation in derivations(system):
        lines = (*derivation.lines, *derivation.overrides, *derivation.caps)
        if derivation.element is not None or not derivation.lines:
            continue
        if chosen(derivation.part.sentences, GivesNoLevel):
            continue
        has_score = bool(chosen(derivation.part.sentences, ScoreIs))
        outcomes = [outcome_of(line) for line in lines]
        given = {None if isinstance(outcome, NotRated) else level_number(outcome) for outcome in outcomes}
        for number, definition in declared(system).items():
            if number not in given:
                words = term(definition)
                yield FINDING.at(
                    definition.level.span,
                    f"no line of the summary rating gives level {number}" + (f", `{words}`" if words else ""),
                    help="add a line that gives it, such as "
                    + (f"`score … is level {number}`" if has_score else f"`level {number} when …`"),
                )
