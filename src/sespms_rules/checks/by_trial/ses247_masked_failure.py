"""A failure in a critical element that the other elements make up for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.by_trial.one_low import Mark, best_mark, lightest, requirement_levels
from sespms_rules.checks.by_trial.trial_plans import Plan, Seat, alike, plans, told
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated

FINDING = warning("SES247", "masked-failure", "5 CFR 430.303")

_SATISFACTORY = 3
_MOST_PLANS = 8


def check(system: System, program: Program) -> Iterator[Diagnostic]:
    """Find an appraisal that is rated level 3 or better though a critical element is at its lowest; one is told.

    Tried with every other element at its best and the failed one at its least weight. An element fails at the
    system's lowest level, where that is below level 3; on a scale, at a number that would give the lowest level if
    all elements had it. A note where the system is outside the Senior Executive Service.
    """
    if not program.summary.rows:
        return
    lowest = min((level for level, _ in program.summary.points), default=_SATISFACTORY)
    if lowest >= _SATISFACTORY:
        return
    for place, plan in enumerate(plans(system, program)):
        found = next(_masked(plan, program, lowest), None)
        if found is not None:
            outside = is_outside_service(system)
            finding = _finding(plan, program, lowest, *found)
            yield replace(finding, severity=Severity.NOTE) if outside else finding
            return
        if place >= _MOST_PLANS:
            return


def _masked(plan: Plan, program: Program, lowest: int) -> Iterator[tuple[Seat, Appraisal]]:
    best = tuple(best_mark(seat) for seat in plan.seats)
    tried: set[object] = set()
    for place, seat in enumerate(plan.seats):
        kind = (seat.name,) if seat.named else seat.box
        if not seat.critical or kind in tried:
            continue
        tried.add(kind)
        weights = lightest(plan, place)
        for failed in _failing(plan, seat, program, lowest):
            marks = (*best[:place], failed, *best[place + 1 :])
            if any(mark is None for mark in marks) or (plan.total is not None and weights is None):
                break
            appraisal = plan.appraisal([mark for mark in marks if mark is not None], weights)
            if (rate(program, appraisal, trace=False).level or 0) >= _SATISFACTORY:
                yield seat, appraisal


def _failing(plan: Plan, seat: Seat, program: Program, lowest: int) -> Iterator[Mark | None]:
    """The marks at which an element fails, lowest first; on a scale, round numbers before others."""
    if seat.stage is not None:
        yield alike(seat.stage, lowest) if lowest in requirement_levels(seat) else None
    elif seat.scale is None:
        yield Fraction(lowest) if lowest in seat.levels else None
    elif all(each.scale == seat.scale for each in plan.seats):
        low, high = seat.scale
        for parts in (10, 100):
            for number in (low + (high - low) * part / parts for part in range(parts + 1)):
                if _all_at(plan, number, program) != lowest:
                    break
                yield number
    else:
        yield seat.scale[0]


def _all_at(plan: Plan, number: Fraction, program: Program) -> int | None:
    """The level that follows where every element has this number."""
    return rate(program, plan.appraisal((number,) * len(plan.seats), plan.weights()), trace=False).level


def _finding(plan: Plan, program: Program, lowest: int, seat: Seat, appraisal: Appraisal) -> Diagnostic:
    rating = rate(program, appraisal, trace=False)
    rated = next(each for each in appraisal.elements if each.name == seat.name)
    who = f"`{seat.name}`" if seat.named else "a critical element"
    how = f"rated `{exact(rated.rating)}`" if rated.rating is not None else "at its lowest in every requirement"
    score = "" if rating.score is None else f", at a score of `{exact(rating.score)}`"
    if seat.scale is not None:
        cure = "let a line read the lowest of the elements before the score is read"
    elif seat.stage is None:
        cure = f"add the line `any critical element at level {exact(rated.rating or 1)} makes the rating level 1`"
    else:
        cure = _cure_inside(program, lowest, seat, seat.stage, rated)
    return FINDING.at(
        program.summary.origin.span,
        f"failing in a critical element can be made up for: with {who} {how} the rating can still be level "
        f"{rating.level}{score}",
        help=f"{told(plan, appraisal)} shows it; {cure}",
    )


def _cure_inside(program: Program, lowest: int, seat: Seat, stage: Stage, failed: Rated) -> str:
    """What to write for an element that is derived: its own lines first where they never give the lowest level."""
    derived = Program(seat.name, replace(stage, reported=(), questions=()), program.tables, (), facts=program.facts)
    line = f"any critical element at level {lowest} makes the rating level 1"
    there = any(each.origin.span.text == line for each in program.summary.overrides)
    if rate(derived, Appraisal("failed", failed.requirements), trace=False).level == lowest:
        return f"add the line `{line}`"
    own = f"every requirement at level {lowest} makes the rating level {lowest}"
    inside = f"let `{seat.name}` come to level {lowest}, as by `{own}` under its heading"
    return inside if there else f"{inside}, and add the line `{line}` under `summary rating`"
