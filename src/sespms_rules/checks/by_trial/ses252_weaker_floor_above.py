"""A higher level that asks less of the weakest element than a lower level does."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.checks.by_trial.one_low import one_low
from sespms_rules.checks.by_trial.trial_plans import Plan, Seat, plans, told
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.program.ir import All, Condition, Group, Kind, NumberThat, Program, Row, TestKind, ToLevel
from sespms_rules.program.rating import Appraisal

FINDING = warning("SES252", "weaker-floor-above", "5 CFR 430.305(a)(5)")

_MOST_PLANS = 8


def check(system: System, program: Program) -> Iterator[Diagnostic]:
    """Find a line for a level that lets an element be lower than a line for a lower level does, where one can be.

    An appraisal must show it: a weaker floor that no score can come down to does no harm.
    """
    shown: dict[tuple[int, int, int], tuple[Plan, Seat, Appraisal] | None] = {}
    for high, low in weaker_above(program):
        asked = (_level(high), floor_of(high), floor_of(low))  # all that the appraisals to be tried depend on
        if asked not in shown:
            shown[asked] = _shown(system, program, high, low)
        found = shown[asked]
        if found is not None:
            yield _finding(high, low, *found)


def weaker_above(program: Program) -> Iterator[tuple[Row, Row]]:
    """Each line with a floor below that of a line for a lower level, and the strictest of these."""
    rows = [(row, _level(row), floor_of(row)) for row in program.summary.rows if isinstance(row.outcome, ToLevel)]
    strictest: dict[int, tuple[Row, int]] = {}  # of each level the first line that asks most, and what it asks
    for row, level, floor in rows:
        if level not in strictest or floor > strictest[level][1]:
            strictest[level] = (row, floor)
    for high, given, asked in rows:
        below = [each for level, each in strictest.items() if level < given and each[1] > asked]
        if below:
            yield high, max(below, key=itemgetter(1))[0]


def _level(row: Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else 0


def floor_of(row: Row) -> int:
    """Below which level no element may be for a line to hold; 0 where it asks for none."""
    return max([0, *_floors(row.condition)])


def _floors(condition: Condition) -> Iterator[int]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _floors(part)
    elif (
        isinstance(condition, NumberThat)
        and condition.high == 0
        and condition.test.kind is TestKind.BELOW
        and condition.members in (Group(Kind.ELEMENT), Group(Kind.CRITICAL), Group(Kind.REQUIREMENT))
    ):
        yield condition.test.level or 0


def _shown(system: System, program: Program, high: Row, low: Row) -> tuple[Plan, Seat, Appraisal] | None:
    """An appraisal with an element below the floor of the lower level that gets the higher one."""
    for level in range(max(floor_of(high), 1), floor_of(low)):
        for place, plan in enumerate(plans(system, program)):
            if place > _MOST_PLANS:
                break
            for seat, appraisal in one_low(plan, level):
                if rate(program, appraisal, trace=False).level == _level(high):
                    return plan, seat, appraisal
    return None


def _finding(high: Row, low: Row, plan: Plan, seat: Seat, appraisal: Appraisal) -> Diagnostic:
    rated = next(each.rating for each in appraisal.elements if each.name == seat.name)
    who = f"`{seat.name}`" if seat.named else "a critical element"
    asks = f"as low as level {floor_of(high)}" if floor_of(high) else "at any level"
    return FINDING.at(
        high.origin.span,
        f"level {_level(high)} lets an element be {asks}, which "
        f"level {_level(low)} does not: with {who} rated `{exact(rated or 0)}` the rating can be level {_level(high)}",
        help=f"{told(plan, appraisal)} shows it; ask at least as much of level {_level(high)}: `with no element below "
        f"level {floor_of(low)}`",
        labels=(Label(low.origin.span, f"level {_level(low)} asks for no element below level {floor_of(low)}"),),
        fixes=words_instead(f"below level {floor_of(high)}", f"below level {floor_of(low)}", high.origin.span),
    )
