"""How many appraisals a proof covers: plans times ratings, counted exactly and without listing them."""

from __future__ import annotations

from collections import Counter
from math import comb

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.facts import TooManyFactsError, by_plans
from sespms_rules.program.ir import LevelScale, Program, Stage, Unrated
from sespms_rules.program.plans.shapes import Shape, ShapeMember, shapes_of
from sespms_rules.program.plans.weights import allowed_weights
from sespms_rules.program.unrated_rules import rule_for

_MOST_RUNNING = 100_000
"""Up to this total every running total is kept."""

_MOST_STEPS = 10_000


class Covered(Frozen):
    """Legal plans, and full appraisals under them all together; None where there is no end of them or no counting."""

    plans: int | None
    appraisals: int | None


def covered(program: Program) -> Covered:
    """Count the plans and appraisals of a program."""
    plans: int | None = 0
    appraisals: int | None = 0
    try:
        cases = by_plans(program)
    except TooManyFactsError:
        return Covered(None, None)
    for case in cases:
        shapes = shapes_of(case.programs[0])
        if shapes.left:
            return Covered(None, None)
        facts = sum(each.cases for each in case.classes)
        for shape in shapes.shapes:
            found, vectors = _plans(shape), _vectors(shape)
            plans = None if plans is None or found is None else plans + found
            if found == 0 or vectors == 0:
                continue
            known = appraisals is not None and found is not None and vectors is not None
            appraisals = (appraisals or 0) + facts * (found or 0) * (vectors or 0) if known else None
    return Covered(plans, appraisals)


# ---- ratings ---------------------------------------------------------------------------------------


def _vectors(shape: Shape) -> int | None:
    """In how many ways the members of a plan can be rated."""
    if shape.stage.further:
        return None
    ways = 1
    for each in shape.members:
        one = _ways(shape.stage, each)
        if one is None:
            return None
        ways *= one
    return ways


def _ways(stage: Stage, member: ShapeMember) -> int | None:
    if member.inner is not None:
        return _vectors(member.inner)
    scale = member.member.scale if member.member else LevelScale(tuple(level for level, _ in stage.points))
    if not isinstance(scale, LevelScale):
        return None
    rule = rule_for(stage, member.critical)
    missing = rule is not None and rule.what is not Unrated.STOP
    return len(scale.levels) + missing


# ---- plans -----------------------------------------------------------------------------------------


def _plans(shape: Shape) -> int | None:
    """How many sets of weights keep the limits, those of requirements included."""
    plans = _weights(shape)
    for each in shape.members:
        if each.inner is not None:
            inner = _plans(each.inner)
            if inner == 0 or plans == 0:
                return 0
            plans = None if plans is None or inner is None else plans * inner
    return plans


def _weights(shape: Shape) -> int | None:
    if not shape.stage.weighted:
        return 1
    names = tuple(each.name for each in shape.members)
    allowed = allowed_weights(shape.stage.limits, names)
    if not allowed.whole:
        # Weights that need not be whole are countable only where each is fixed.
        return None if allowed.fixed is None else int(allowed.keep(allowed.fixed))
    if allowed.has_no_whole_total:
        return 0
    ranges = {
        name: (low, high) for name, (low, high) in zip(names, allowed.whole_ranges, strict=True) if high is not None
    }
    if len(ranges) != len(names):
        return None
    return _counted(ranges, int(allowed.totals[0]) if allowed.totals else None, [names[top] for top in allowed.tops])


def _counted(ranges: dict[str, tuple[int, int]], total: int | None, tops: list[str]) -> int | None:
    """Whole weights in their ranges with a total, where those in `tops` are as large as any."""
    if not tops:
        return _sums(list(ranges.values()), total)
    rest = [each for name, each in ranges.items() if name not in tops]
    least, most = max(ranges[name][0] for name in tops), min(ranges[name][1] for name in tops)
    if most - least > _MOST_STEPS:
        return None
    plans = 0
    for weight in range(least, most + 1):
        capped = [(low, min(high, weight)) for low, high in rest]
        found = _sums(capped, None if total is None else total - weight * len(tops))
        if found is None:
            return None
        plans += found
    return plans


def _sums(ranges: list[tuple[int, int]], total: int | None) -> int | None:
    """In how many ways numbers from ranges make a total (None: any); None where that is too much work.

    By the running totals of ever more of them; where the total is so large that these would fill the memory, by taking
    from all ways those in which some numbers are too large, which takes as many terms as there are sets of ranges.
    """
    if any(low > high for low, high in ranges):
        return 0
    if total is None:
        ways = 1
        for low, high in ranges:
            ways *= high - low + 1
        return ways
    if total < 0:
        return 0
    if total > _MOST_RUNNING:
        return _by_excess([high - low + 1 for low, high in ranges], total - sum(low for low, _ in ranges))
    found = [1, *[0] * total]
    for low, high in ranges:
        running = [0]
        for ways in found:
            running.append(running[-1] + ways)
        found = [running[max(0, at - low + 1)] - running[max(0, at - high)] for at in range(total + 1)]
    return found[total]


def _by_excess(lengths: list[int], rest: int) -> int | None:
    """In how many ways numbers from 0, each below its length, make `rest`; None where it would take too many terms."""
    terms = Counter(
        {0: 1}
    )  # what sets of numbers that are too large take from the total, and how often with which sign
    for length in lengths:
        for taken, sign in list(terms.items()):
            if taken + length <= rest:
                terms[taken + length] -= sign
        if len(terms) > _MOST_STEPS:
            return None
    free = len(lengths) - 1
    if free < 0:
        return int(rest == 0)
    return sum(sign * comb(rest - taken + free, free) for taken, sign in terms.items() if taken <= rest)
