"""A term of the agency's own, with no word on which federal level it is."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import has_system_standards
from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, declared, folded, term
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import FederalLevel

FINDING = error("SES207", "equivalency-missing", "5 CFR 430.305(a)(7)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose term is not the regulation's and that state no equivalent."""
    if not has_system_standards(system):
        return
    names = {level.value for level in FederalLevel}
    for number, definition in declared(system).items():
        words = term(definition)
        if definition.federal is not None or words is None or folded(words) in names:
            continue
        federal = FEDERAL_LEVELS[number].value
        end = definition.span.end
        yield FINDING.at(
            definition.label.span,
            f"`{words}` is the agency's own term, and level {number} does not say which federal level it is",
            help=f"add `equivalent to {federal}`",
            fixes=(
                Fix(
                    f"add `equivalent to {federal}`",
                    Span(definition.span.source, end, end),
                    f" equivalent to {federal}",
                    sure=False,
                ),
            ),
        )
