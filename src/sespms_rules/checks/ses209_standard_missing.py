"""A level without a performance standard."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import has_system_standards
from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, level_number
from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import Standard
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES209", "standard-missing", "5 CFR 430.305(a)(3)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find the summary levels that `standards` leaves out."""
    part = system.part(PartKind.STANDARDS)
    if part is None or not has_system_standards(system):
        return
    stated = {level_number(standard.level) for standard in under(system, PartKind.STANDARDS, Standard)}
    missing = [str(number) for number in FEDERAL_LEVELS if number not in stated]
    if missing:
        words = f"level {missing[0]} has" if len(missing) == 1 else f"levels {listed(missing)} have"
        yield FINDING.at(
            part.origin.span,
            f"{words} no performance standard; each of the five summary levels needs one",
            help=f'say what the level means, for instance `level {missing[0]} means "…"`',
        )
