"""The appraisals a program may meet: all of them where they are few, else some that are likely to tell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb

from sespms_rules.checks.analysis import WeightRules, weight_rules
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.program.ir import LevelScale, Program, Unrated
from sespms_rules.program.plans import fit
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.program.traversal import members_named

MOST_TRIED = 1_000
"""How many appraisals are tried at most for one system, so that a check stays quick."""

Vector = tuple[int, ...]
Weights = tuple[Fraction, ...]


class SamplePlan(Frozen):
    """The elements of a plan in order: their names, whether critical, the levels each can get, the weights or none."""

    names: tuple[str, ...]
    critical: tuple[bool, ...]
    levels: tuple[Vector, ...]
    weights: Weights | None

    def appraisal(self, ratings: Vector) -> Appraisal:
        """An appraisal of this plan with these ratings, element by element."""
        weights = self.weights or (None,) * len(self.names)
        rated = (
            Rated(name, Fraction(rating), weight, critical=critical)
            for name, critical, rating, weight in zip(self.names, self.critical, ratings, weights, strict=True)
        )
        return Appraisal("tried", tuple(rated))


class Sample(Frozen):
    """Plans and, for each, the ratings to try; `whole` where these are all there are, else `why` not."""

    cases: tuple[tuple[SamplePlan, tuple[Vector, ...]], ...]
    whole: bool
    why: str


def domain(system: System, program: Program) -> Sample:
    """The appraisals to try for a system."""
    stage = program.summary
    odd = [each.name for each in stage.members if each.stage is not None or not isinstance(each.scale, LevelScale)]
    if odd or stage.further:
        return Sample((), False, "the elements are not rated by levels alone, and their ratings were not all tried")
    plans, all_plans, why = _plans(system, program)
    if any(rule.what is not Unrated.STOP for rule in stage.unrated):
        all_plans, why = False, "ratings may be missing, and only full appraisals were tried"
    size = sum(_size(program, plan) for plan in plans)
    if not plans:
        return Sample((), False, why or "no plan keeps the limits that the system sets")
    if all_plans and size <= MOST_TRIED:
        return Sample(tuple((plan, tuple(_vectors(program, plan))) for plan in plans), True, "")
    why = why or f"there are more than `{MOST_TRIED}` different appraisals, and not all were tried"
    return Sample(tuple((plan, tuple(_telling(plan))) for plan in plans[:3]), False, why)


# ---- plans ---------------------------------------------------------------------------------------


def _plans(system: System, program: Program) -> tuple[tuple[SamplePlan, ...], bool, str]:
    """Plans, whether these are all, and why not."""
    rules = weight_rules(system)
    counts: list[int] = []
    for count in rules.counts():
        if len(counts) == 8:
            return _of_counts(rules, program, counts)[0], False, "plans may have any number of elements"
        counts.append(count)
    plans, fixed = _of_counts(rules, program, counts)
    if rules.most is None:
        return plans, False, "plans may have any number of elements"
    return plans, fixed, "" if fixed else "the weights may be chosen freely, and not all plans were tried"


def _of_counts(rules: WeightRules, program: Program, counts: list[int]) -> tuple[tuple[SamplePlan, ...], bool]:
    stage = program.summary
    levels = tuple(level for level, _ in stage.points)
    scales = {each.name: each.scale.levels for each in stage.members if isinstance(each.scale, LevelScale)}
    made, complete = [], rules.plans_are_all
    for plan in (plan for count in counts for plan in rules.plans(count)):
        brought = sum(each.name not in scales for each in plan)
        if not plan or (brought and not stage.open):
            continue
        named = [each for each in plan if each.name in scales]
        own = [each for each in plan if each.name not in scales]
        names = (
            *(each.name or "" for each in named),
            *(f"element {number} of the plan" for number in range(1, brought + 1)),
        )
        kinds = tuple(each.critical for each in (*named, *own))
        scale = tuple(scales.get(name, levels) for name in names)
        weights: Weights | None = None
        if stage.weighted:
            weights, fixed = _weights(rules, names)
            complete = complete and fixed
            if weights is None:
                continue
        made.append(SamplePlan(names, kinds, scale, weights))
    return tuple(made), complete


def _weights(rules: WeightRules, names: tuple[str, ...]) -> tuple[Weights | None, bool]:
    """Weights for the elements that keep all limits, and whether there are no others."""
    limits = {each.name: each for each in rules.members}
    boxes = [limits.get(name, rules.others).box for name in names]
    fixed = all(box.high is not None and box.low == box.high for box in boxes)
    if rules.total is None:
        return (tuple(box.low for box in boxes) if fixed else None), fixed
    return fit(rules.total.total.value, rules.whole, boxes), fixed


# ---- ratings -------------------------------------------------------------------------------------


def _alike(program: Program, plan: SamplePlan) -> bool:
    """Whether no element can be told from another, so that only how often each level occurs matters."""
    same = len(set(plan.levels)) == 1 and len(set(plan.critical)) == 1 and plan.weights is None
    return same and not members_named(program.summary)


def _size(program: Program, plan: SamplePlan) -> int:
    if _alike(program, plan):
        return comb(len(plan.levels[0]) + len(plan.names) - 1, len(plan.names))
    size = 1
    for levels in plan.levels:
        size *= len(levels)
    return size


def _vectors(program: Program, plan: SamplePlan) -> Iterator[Vector]:
    if _alike(program, plan):
        return combinations_with_replacement(plan.levels[0], len(plan.names))
    return product(*plan.levels)


def _telling(plan: SamplePlan) -> Iterator[Vector]:
    """All elements alike, and all alike but one."""
    shared = [level for level in plan.levels[0] if all(level in levels for levels in plan.levels)]
    for level in shared:
        yield (level,) * len(plan.levels)
    for level in shared:
        for place, levels in enumerate(plan.levels):
            for other in levels:
                if other != level:
                    yield (*(level,) * place, other, *(level,) * (len(plan.levels) - place - 1))
