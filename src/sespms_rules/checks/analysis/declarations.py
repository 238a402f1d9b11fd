"""What a system declares, set beside what stands in it: counts, consequences, the length of the period."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.checks.analysis.durations import length, shortest
from sespms_rules.checks.analysis.sentences import chosen, under
from sespms_rules.checks.analysis.wording import says_nothing
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Element, Stated, System
from sespms_rules.language.syntax.elements import RequirementCount, RequirementHas, RequirementsRated, RequiresText
from sespms_rules.language.syntax.limits import EachPeriod, EachYear, Limit, Repeat, limit_ends
from sespms_rules.language.syntax.planning import EachHas, Happens, Lasts, MonthDay, Runs
from sespms_rules.language.syntax.uses import AllOf, Allows, Bars, Requires, When, WhenLevel
from sespms_rules.language.syntax.words import Action, Month, PartKind, PlanItem, PlanPart

_YEARS = range(2023, 2029)
_LEVELS = frozenset({5, 4, 3, 2, 1})


class Lack(Frozen):
    """A place that has none of what a declaration says that each has; `name` is the element."""

    name: str
    span: Span


_ADDED = {
    PlanItem.STRATEGIC_GOAL: 'end the requirement with `toward "…"`, naming the goal',
    PlanItem.MEASURE: "end the requirement with `measured by …`, such as `measured by quality`",
    PlanItem.REQUIREMENT: 'put `requires "…"` under the element',
}


def how_to_add(item: object) -> str:
    """What to do in a place that has none of an item of a plan, as a part of a help."""
    return next((words for each, words in _ADDED.items() if each is item), "add what is missing")


# ---- counts ----------------------------------------------------------------------------------------


def lacks(system: System, declared: EachHas) -> tuple[Lack, ...]:
    """Where the system itself has none of what `each … has at least 1 …` says; a plan's own parts are not seen."""
    if (limit_ends(declared.limit)[0] or 0) < 1:
        return ()
    if declared.part is PlanPart.REQUIREMENT:
        return tuple(each for element in system.elements for each in _requirements_without(element, declared.item))
    if (declared.part, declared.item) == (PlanPart.CRITICAL_ELEMENT, PlanItem.REQUIREMENT):
        return tuple(
            Lack(each.name, each.origin.span)
            for each in system.elements
            if each.critical and not _has_requirement(each)
        )
    return ()


def lacks_in_element(element: Element, declared: RequirementHas) -> tuple[Lack, ...]:
    """The requirements of one element that have none of what the element says that each has."""
    if (limit_ends(declared.limit)[0] or 0) < 1:
        return ()
    return tuple(_requirements_without(element, declared.item))


def _has_requirement(element: Element) -> bool:
    """Whether an element states a requirement, or leaves a number of them to the plans."""
    if any(not says_nothing(each.text) for each in chosen(element.part.sentences, RequiresText)):
        return True
    counts = chosen(element.part.sentences, RequirementCount)
    rated = chosen(element.part.sentences, RequirementsRated)
    return bool(rated) or any((limit_ends(each.limit)[0] or 0) >= 1 for each in counts)


def _requirements_without(element: Element, item: PlanItem) -> Iterator[Lack]:
    for each in chosen(element.part.sentences, RequiresText):
        goal = each.toward is None or says_nothing(each.toward.goal)
        if (item is PlanItem.STRATEGIC_GOAL and goal) or (item is PlanItem.MEASURE and each.measured_by is None):
            yield Lack(element.name, each.span)


# ---- the period ------------------------------------------------------------------------------------


def period_beside(system: System) -> tuple[int, Span] | None:
    """The fewest days that an appraisal period can have, and the line that says so; None where none does."""
    for runs in under(system, PartKind.PERIOD, Runs):
        if isinstance(runs.first, MonthDay) and isinstance(runs.last, MonthDay):
            days = [found for year in _YEARS if (found := _days(year, runs.first, runs.last)) is not None]
            return (min(days), runs.span) if days else None
    for happens in under(system, PartKind.APPRAISAL, Happens):
        least = limit_ends(happens.frequency.limit)[0]
        if isinstance(happens.frequency, EachYear | EachPeriod) and least is not None and least >= 1:
            return (365, happens.span) if isinstance(happens.frequency, EachYear) else None
    return None


def _days(year: int, first: MonthDay, last: MonthDay) -> int | None:
    """The days from one day to the other, both included; None where there is no such day."""
    months = list(Month)
    start = (months.index(first.month) + 1, int(first.day.value))
    end = (months.index(last.month) + 1, int(last.day.value))
    try:
        begins = datetime.date(year, *start)
        return (datetime.date(year if end >= start else year + 1, *end) - begins).days + 1
    except ValueError:
        return None


def minimum_beyond_period(system: System) -> tuple[Lasts, int, Span] | None:
    """A minimum that no period is as long as, the days of the period and the line on the period; else None."""
    beside = period_beside(system)
    for lasts in under(system, PartKind.PERIOD, Lasts):
        least = limit_ends(lasts.limit)[0]
        if beside is None or least is None:
            continue
        days, months = length(least, lasts.unit)
        if days + shortest(months) > beside[0]:
            return lasts, beside[0], beside[1]
    return None


# ---- what follows a level --------------------------------------------------------------------------


class Contradiction(Frozen):
    """A line that requires or allows what `bar` bars at one level, or requires removal where `bar` lets one stay."""

    line: Stated
    bar: Stated
    level: int
    actions: tuple[Action, ...]


def levels_of(when: When) -> frozenset[int]:
    """The levels of `level 1` or `below level 3`; all of them for `any level`."""
    value = getattr(getattr(when.level, "number", None), "value", None)
    if value is None:
        return _LEVELS
    return (
        frozenset({int(value)}) if isinstance(when, WhenLevel) else frozenset(each for each in _LEVELS if each < value)
    )


def contradictions(system: System) -> Iterator[Contradiction]:
    """Each line on consequences that another line bars, told once at its lowest level."""
    lines = system.sentences(PartKind.USES)
    bars = [(each, each.sentence) for each in lines if isinstance(each.sentence, Bars)]
    for line in lines:
        said = line.sentence
        if not isinstance(said, Requires | Allows):
            continue
        for bar, barred in bars:
            shared = levels_of(said.when) & levels_of(barred.when)
            actions = _barred(said, barred)
            if shared and actions and _holds_when(barred.when.repeat, said.when.repeat):
                yield Contradiction(line, bar, min(shared), actions)
    yield from _stays(lines)


def _stays(lines: tuple[Stated, ...]) -> Iterator[Contradiction]:
    """Lines that leave nothing but removal, beside ones that let the executive stay each time they speak.

    That a first rating allows what a second no longer does is a rule with its exception, and none.
    """
    for line in lines:
        said = line.sentence
        if not isinstance(said, Requires) or not _removes(said):
            continue
        for kept in lines:
            allowed = kept.sentence
            if not isinstance(allowed, Requires | Allows) or Action.RETENTION not in allowed.actions.actions:
                continue
            shared = levels_of(said.when) & levels_of(allowed.when)
            if kept is not line and shared and _holds_when(said.when.repeat, allowed.when.repeat):
                yield Contradiction(line, kept, min(shared), (Action.REMOVAL,))


def _removes(said: Requires) -> bool:
    """Whether what is required cannot be met without removal."""
    actions = set(said.actions.actions)
    return Action.REMOVAL in actions and (isinstance(said.actions, AllOf) or len(actions) == 1)


def _barred(said: Requires | Allows, bar: Bars) -> tuple[Action, ...]:
    """The actions that are barred; of a choice too: whoever may choose `removal` cannot be barred from it."""
    out = set(bar.actions.actions) if isinstance(bar.actions, AllOf) else set()
    return tuple(each for each in said.actions.actions if each in out)


def _holds_when(bar: Repeat | None, said: Repeat | None) -> bool:
    """Whether a bar holds already when the other line speaks: at once, or after two ratings in as many years."""
    return bar is None or (said is not None and bar.years.value >= said.years.value)


def amount(limit: Limit) -> str:
    """A limit's least number in a message."""
    low = limit_ends(limit)[0]
    return exact(low) if low is not None else ""


__all__ = [
    "Contradiction", "Lack", "amount", "contradictions", "lacks", "lacks_in_element", "levels_of",
    "minimum_beyond_period", "period_beside",
]  # fmt: skip
