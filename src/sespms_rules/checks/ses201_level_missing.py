"""A system without all five summary levels."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import has_system_standards
from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, declared
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import line_below
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES201", "level-missing", "5 CFR 430.305(a)(6)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels from 1 to 5 that `levels` leaves out; a system without that part has the five of the regulation."""
    part = system.part(PartKind.LEVELS)
    if part is None or not has_system_standards(system):
        return
    missing = [number for number in FEDERAL_LEVELS if number not in declared(system)]
    if not missing:
        return
    words = f"level {missing[0]} is" if len(missing) == 1 else f"levels {listed(map(str, missing))} are"
    number = missing[0]
    example = f'level {number} "{FEDERAL_LEVELS[number].value.title()}" {number} points'
    yield FINDING.at(
        part.origin.span,
        f"{words} missing; a system for senior executives has exactly five summary levels",
        help=f"declare each under `levels`, for instance `{example}`",
        fixes=(line_below(_above(system, number) or part.origin.span, example),),
    )


def _above(system: System, missing: int) -> Span | None:
    """The declaration of the next better level, below which a missing one belongs."""
    better = {number: each.span for number, each in declared(system).items() if number > missing}
    return better[min(better)] if better else None
