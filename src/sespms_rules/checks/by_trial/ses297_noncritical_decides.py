"""An element that is not critical and that can fail an executive all the same."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.checks.by_trial.one_low import best_mark, lightest
from sespms_rules.checks.by_trial.trial_plans import Plan, Seat, plans, told
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal

FINDING = warning("SES297", "noncritical-decides", "5 CFR 430.303")

_SATISFACTORY = 3
_MOST_PLANS = 8
_MOST_TRIED = 400


def check(system: System, program: Program) -> Iterator[Diagnostic]:
    """Find a noncritical element whose lowest level takes the rating below level 3, all else at its best; once each.

    The help says of how many ratings of the others at level 3 or better that is so, for the plan that is shown.
    """
    if not program.summary.rows or is_outside_service(system):
        return
    told_of: set[str] = set()
    for place, plan in enumerate(plans(system, program)):
        for at, seat in enumerate(plan.seats):
            if seat.critical or seat.name in told_of or not seat.levels or seat.levels[-1] >= _SATISFACTORY:
                continue
            found = _failing(plan, at, program)
            if found is not None:
                told_of.add(seat.name)
                yield _finding(system, plan, program, seat, found)
        if place >= _MOST_PLANS:
            return


def _failing(plan: Plan, at: int, program: Program) -> tuple[Appraisal, int, int] | None:
    """An appraisal that the element alone takes below level 3, and of how many of how many that is so."""
    best = [best_mark(seat) for seat in plan.seats]
    weights = lightest(plan, at)
    if any(mark is None for mark in best) or (plan.total is not None and weights is None):
        return None
    lowest = Fraction(plan.seats[at].levels[-1])
    marks = [mark for mark in (*best[:at], lowest, *best[at + 1 :]) if mark is not None]
    shown = plan.appraisal(marks, weights)
    if (rate(program, shown, trace=False).level or _SATISFACTORY) >= _SATISFACTORY:
        return None
    good = [
        [Fraction(level) for level in seat.levels if level >= _SATISFACTORY] if seat.levels and place != at else [mark]
        for place, (seat, mark) in enumerate(zip(plan.seats, marks, strict=True))
    ]
    failed = tried = 0
    for choice in product(*good):
        if tried >= _MOST_TRIED:
            break
        tried += 1
        level = rate(program, plan.appraisal(choice, weights), trace=False).level
        failed += level is not None and level < _SATISFACTORY
    return shown, failed, tried


def _finding(system: System, plan: Plan, program: Program, seat: Seat, found: tuple[Appraisal, int, int]) -> Diagnostic:
    shown, failed, tried = found
    level = rate(program, shown, trace=False).level
    element = next((each for each in system.elements if each.name == seat.name), None)
    span = element.origin.span if element is not None else program.summary.origin.span
    return FINDING.at(
        span,
        f"`{seat.name}` is not critical, and at level {seat.levels[-1]} it alone takes the rating to level {level}",
        help=f"{told(plan, shown)} shows it, and so do `{failed}` of the `{tried}` ratings tried with every other "
        "element at level 3 or better; `sespms count` counts all; make it a critical element, or let the rule read "
        "critical elements alone",
        fixes=words_instead("noncritical element", "critical element", span),
    )
