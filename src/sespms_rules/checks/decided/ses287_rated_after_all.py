"""Whom a line leaves not rated, and a line that makes the rating a level rates all the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.decided.coming import coming
from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.checks.decided.telling import in_words, whose
from sespms_rules.checks.decided.variants import RAISED, alone, bare
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity, warning
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program.ir import HitPolicy, Program, Row, ToNotRated
from sespms_rules.program.rating import Appraisal, Outcome

FINDING = warning("SES287", "rated-after-all")


def check(system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find lines that end in `not rated` where an override gives a level, each with an appraisal that shows it.

    A line that overrides keep from ever holding is told of already. A note where the system is outside the Senior
    Executive Service.
    """
    for decision in decisions:
        dead = [row for row, _ in decision.dead]
        wanted = [row for row in decision.program.summary.rows if isinstance(row.outcome, ToNotRated)]
        for row in wanted:
            shown = None if row in dead else _shown(decision.program, row)
            if shown is not None:
                found = _finding(decision, row, *shown)
                yield replace(found, severity=Severity.NOTE) if is_outside_service(system) else found


def _shown(program: Program, row: Row) -> tuple[Appraisal, Row, int] | None:
    """An appraisal of which a line says `not rated`, the override that rates it, and the level."""
    if not program.summary.overrides:
        return None
    lines, fits = bare(program), alone(program, row)
    for appraisal in chain.from_iterable(coming(program).in_two_goes()):
        if rate(fits, appraisal, trace=False).level != RAISED:
            continue
        level = rate(program, appraisal, trace=False).level
        if level is None or rate(lines, appraisal, trace=False).outcome is not Outcome.NOT_RATED:
            continue
        for each in program.summary.overrides:
            if rate(alone(program, each), appraisal, trace=False).level == RAISED:
                return appraisal, each, level
    return None


def _finding(decision: Decision, row: Row, shown: Appraisal, override: Row, level: int) -> Diagnostic:
    said = override.origin.span.text
    first = (
        "" if decision.program.summary.hit_policy is HitPolicy.FIRST else ", and say `take the first line that fits`"
    )
    return FINDING.at(
        row.origin.span,
        f"whom this line leaves not rated may be rated all the same: {in_words(decision, shown)} makes "
        f"{whose(decision)} level {level}",
        help=f"what makes the rating a level is read before it; to leave them not rated, write `{said}` as "
        f'`level {level} when …` below this line{first}; if it is meant, say why, as in `accepts SES287 because "…"`',
        labels=(Label(override.origin.span, "this line rates them"),),
    )
