"""Requirements that are rated and lead to no rating of their element."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import ScoreIs
from sespms_rules.language.syntax.elements import RequirementsRated

FINDING = error("SES234", "requirements-without-lines")


def check(system: System) -> Iterator[Diagnostic]:
    """Find elements whose requirements are rated and whose block has neither a score nor a line."""
    for derivation in derivations(system):
        stated = derivation.part.sentences
        if derivation.element is None or derivation.lines or any(isinstance(each.sentence, ScoreIs) for each in stated):
            continue
        rated = chosen(stated, RequirementsRated)
        yield FINDING.at(
            rated[0].span if rated else derivation.part.origin.span,
            f"the requirements of `{derivation.element.name}` are rated, but no line says how they rate the element",
            help="add lines to its block, for instance `level 3 when every requirement is at level 3 or better`",
        )
