"""Limits on plans and ranges of ratings -> the same, moved or taken away."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.studies.mutation.changes import Variant, instead, last_place, shifted
from sespms_rules.studies.mutation.of_formulas import Reading, conditions

_WHOLE = Fraction(1)


def limits(limit: ir.Limit) -> Iterator[Variant[ir.Limit | None]]:
    """A limit read otherwise; None in place of one that is taken away."""
    match limit:
        case ir.WeightTotal(total):
            for moved in shifted(total, ""):
                yield Variant(moved.says, replace(limit, total=moved.part))
            yield Variant("the line left out", None)
        case ir.WholeWeights() | ir.NoneAbove():
            yield Variant("the line left out", None)
        case ir.WeightRange():
            yield from _ranges(limit)
        case ir.MemberCount():
            yield from _counts(limit)
        case ir.LimitWhen(condition, inner):
            for read in limits(inner):
                part = read.part
                kept = replace(limit, limit=part) if isinstance(part, ir.WeightRange | ir.NoneAbove) else None
                yield Variant(read.says, kept)
            for where in conditions(condition, Reading("", (), (), own_points=False)):
                yield Variant(where.says, replace(limit, condition=where.part))
            yield Variant("it holds of everyone", inner)


def _ranges(limit: ir.WeightRange) -> Iterator[Variant[ir.Limit | None]]:
    low, high = limit.low, limit.high
    if low is not None and low == high:
        for moved in shifted(low, ""):
            yield Variant(moved.says, replace(limit, low=moved.part, high=moved.part))
    else:
        for each in _moved(low):
            yield Variant(each.says, replace(limit, low=each.part))
        for each in _moved(high):
            yield Variant(each.says, replace(limit, high=each.part))
        if low is not None and high is not None:
            yield Variant(f"the least weight {exact(low)} left out", replace(limit, low=None))
            yield Variant(f"the largest weight {exact(high)} left out", replace(limit, high=None))
    yield Variant("the line left out", None)


def _moved(end: Fraction | None) -> Iterator[Variant[Fraction]]:
    if end is not None:
        yield from (each for each in shifted(end, "") if each.part >= 0)


def _counts(limit: ir.MemberCount) -> Iterator[Variant[ir.Limit | None]]:
    low, high = limit.low, limit.high
    if low is not None and low == high:
        for count in (low - 1, low + 1):
            if count > 0:
                yield Variant(instead(str(count), str(low)), replace(limit, low=count, high=count))
    else:
        for count in () if low is None else (low - 1, low + 1):
            if count >= 0:
                yield Variant(instead(str(count), str(low)), replace(limit, low=count))
        for count in () if high is None else (high - 1, high + 1):
            if count > 0:
                yield Variant(instead(str(count), str(high)), replace(limit, high=count))


# ---- what ratings may be -------------------------------------------------------------------------


def scales(scale: ir.LevelScale | ir.NumberScale) -> Iterator[Variant[ir.LevelScale | ir.NumberScale]]:
    """The ratings that a member may get, a little fewer or more."""
    if isinstance(scale, ir.LevelScale):
        for level in scale.levels:
            rest = tuple(each for each in scale.levels if each != level)
            if rest:
                yield Variant(f"level {level} left out", ir.LevelScale(rest))
        return
    for low, high, says in _ends(scale.low, scale.high):
        if low >= 0:  # a rating below 0 cannot be written
            yield Variant(says, ir.NumberScale(low, high))


def further(rating: ir.Further) -> Iterator[Variant[ir.Further]]:
    """The range of an additional rating, a little narrower or wider."""
    for low, high, says in _ends(rating.low, rating.high):
        if rating.step is None or (high - low) % rating.step == 0:
            yield Variant(says, replace(rating, low=low, high=high))
    if rating.step is not None:
        yield Variant("the steps left out", replace(rating, step=None))


def _ends(low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction, str]]:
    for moved in shifted(low, "", (min(last_place(low), _WHOLE),)):
        if moved.part <= high:
            yield moved.part, high, moved.says
    for moved in shifted(high, ""):
        if moved.part >= low:
            yield low, moved.part, moved.says


def unrated(rule: ir.UnratedRule, levels: tuple[int, ...]) -> Iterator[Variant[ir.UnratedRule]]:
    """What a missing rating does, read otherwise."""
    told = {ir.Unrated.STOP: "they stop the rating", ir.Unrated.LEFT_OUT: "they are left out"}
    mine = told.get(rule.what, f"they count as level {rule.level}")
    for what, words in told.items():
        if what is not rule.what:
            yield Variant(f"{words}, and not: {mine}", replace(rule, what=what, level=None))
    if rule.level is not None:
        for level in (rule.level - 1, rule.level + 1):
            if level in levels:
                yield Variant(instead(f"level {level}", f"level {rule.level}"), replace(rule, level=level))
