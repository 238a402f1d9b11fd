"""A rating far above an element: outstanding, or nearly so, with a critical element below fully successful."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.analysis.sentences import under
from sespms_rules.checks.by_trial.one_low import one_low
from sespms_rules.checks.by_trial.trial_plans import Plan, Seat, plans, told
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.language.syntax.system import Follows
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rating

FINDING = note("SES253", "weak-element-outweighed", "5 CFR 430.305(a)(5)")

_SATISFACTORY = 3
_APART = 2
_MOST_PLANS = 8


def check(system: System, program: Program) -> Iterator[Diagnostic]:
    """Find an appraisal two levels or more above a critical element that is below level 3; the widest is told.

    An element at the lowest level is a failure, of which `masked-failure` speaks. Silent where the system does not say
    which rules it follows: it is for those who review a system under them.
    """
    levels = sorted(level for level, _ in program.summary.points)
    if not program.summary.rows or is_outside_service(system) or not under(system, PartKind.SYSTEM, Follows):
        return
    for level in levels[1:]:
        if level >= _SATISFACTORY:
            return
        found = _widest(system, program, level)
        if found is not None:
            yield _finding(program, level, *found)
            return


def _widest(system: System, program: Program, level: int) -> tuple[Plan, Seat, Appraisal, Rating] | None:
    """The appraisal with an element at a level that is rated furthest above it."""
    widest: tuple[Plan, Seat, Appraisal, Rating] | None = None
    for place, plan in enumerate(plans(system, program)):
        if place > _MOST_PLANS:
            break
        for seat, appraisal in one_low(plan, level):
            rating = rate(program, appraisal, trace=False)
            reached = widest[3].level if widest and widest[3].level else level + _APART - 1
            if rating.level is not None and rating.level > reached:
                widest = (plan, seat, appraisal, rating)
    return widest


def _finding(program: Program, level: int, plan: Plan, seat: Seat, appraisal: Appraisal, rating: Rating) -> Diagnostic:
    who = f"`{seat.name}`" if seat.named else "a critical element"
    score = "" if rating.score is None else f", at a score of `{exact(rating.score)}`"
    return FINDING.at(
        program.summary.origin.span,
        f"with {who} rated `{level}` the rating can still be level {rating.level}{score}",
        help=f"{told(plan, appraisal)} shows it; if that is not meant, add a condition such as `with no critical "
        f"element below level {level + 1}`, else leave it; `sespms count` says how many appraisals there are",
    )
