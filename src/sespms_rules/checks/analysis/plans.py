"""The shapes that an allowed plan may have: how many members, the ratings each can get, the limits of its weight."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.decision_rows import Derivation
from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, declared, definitions
from sespms_rules.checks.analysis.linear_score import LinearScore
from sespms_rules.checks.analysis.sentences import chosen, within
from sespms_rules.checks.analysis.weights import WeightLimits, weight_rules
from sespms_rules.checks.analysis.weights_by_facts import weight_cases
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Element, System
from sespms_rules.language.syntax.elements import RequirementCount, RequirementTotal, RequirementWhole
from sespms_rules.language.syntax.formula import ClauseOfPlace
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.program.ir import Kind
from sespms_rules.program.plans import WeightBox

_MOST_MEMBERS = 24
_MOST_UNLIMITED = 8
_ANY_WEIGHT = WeightBox(Fraction(0), None)


class Slot(Frozen):
    """A member of a plan: its name (empty where only the plan names it, None for a requirement), what it can get."""

    name: str | None
    critical: bool
    levels: tuple[int, ...]
    scale: tuple[Fraction, Fraction] | None
    box: WeightBox


class PlanShape(Frozen):
    """The members of a plan and the total of their weights; `total` None where none is stated."""

    slots: tuple[Slot, ...]
    total: Fraction | None = field(default=None)
    whole: bool = field(default=False)


def points_of(system: System) -> dict[int, Fraction]:
    """The points of each level; a system that declares no levels has the five, counted by their numbers."""
    points = {number: definition.points.value for number, definition in declared(system).items()}
    return points if definitions(system) else {number: Fraction(number) for number in FEDERAL_LEVELS}


def named_apart(derivation: Derivation, score: LinearScore) -> frozenset[str]:
    """Members that a formula or a condition calls by name, so that they cannot change places."""
    called = {name for name, _ in score.named}
    called |= {clause.name.text for line in derivation.lines for clause in within(line, ClauseOfPlace)}
    return frozenset(called)


def plan_shapes(system: System, derivation: Derivation, score: LinearScore) -> Iterator[PlanShape]:
    """Shapes of plans, the smallest first; where the system sets no limit, only small ones are tried."""
    if derivation.element is not None:
        yield from _of_requirements(system, derivation, score)
    elif not any(element.requirements_rated for element in system.elements):
        for _, case in weight_cases(system):
            yield from _of_elements(case, score)


def _of_elements(system: System, score: LinearScore) -> Iterator[PlanShape]:
    """Plans of elements; nothing where the formula leaves some kind of element out."""
    rules = weight_rules(system)
    numbers = tuple(points_of(system))
    known = {element.name: element for element in system.elements}
    meant = {Kind.ELEMENT, Kind.CRITICAL} if all(each.critical for each in known.values()) else {Kind.ELEMENT}
    if score.kinds - meant or any(name not in known for name, _ in score.named):
        return
    total = rules.total.total.value if rules.total else None
    last = rules.most if rules.most is not None else rules.fewest + _MOST_UNLIMITED - 1
    for count in range(rules.fewest, min(last, _MOST_MEMBERS) + 1):
        for plan in rules.plans(count):
            if len(plan) > _MOST_MEMBERS:
                return
            slots = tuple(_slot(limits, known.get(limits.name or ""), numbers) for limits in plan)
            yield PlanShape(slots, total, rules.whole)


def _slot(limits: WeightLimits, element: Element | None, numbers: tuple[int, ...]) -> Slot:
    levels = tuple(level for level in element.levels if level in numbers) if element else numbers
    scale = element.scale if element else None
    # A member rated by a number has one empty level, so that it takes part in the list of profiles.
    return Slot(limits.name or "", limits.critical, (0,) if scale else levels, scale, limits.box)


def _of_requirements(system: System, derivation: Derivation, score: LinearScore) -> Iterator[PlanShape]:
    """Plans of one element's requirements, which only the plan names."""
    stated = derivation.part.sentences
    if score.kinds - {Kind.REQUIREMENT} or score.named:
        return
    counts = chosen(stated, RequirementCount)
    low, high = limit_ends(counts[0].limit) if counts else (None, None)
    first = int(low) if low is not None else 1
    last = int(high) if high is not None else first + _MOST_UNLIMITED - 1
    totals = chosen(stated, RequirementTotal)
    total = totals[0].total.value if totals else None
    slot = Slot(None, True, tuple(points_of(system)), None, _ANY_WEIGHT)
    for count in range(max(first, 1), min(last, _MOST_MEMBERS) + 1):
        yield PlanShape((slot,) * count, total, bool(chosen(stated, RequirementWhole)))
