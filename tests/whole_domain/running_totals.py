"""The other way to count every appraisal: by running totals of weight and score, without listing any.

For programs whose score is read from the sum of points times weight, with whole weights of a fixed total, and whose
lines ask for the score and for levels that some, no or every element is at. Elements are taken on one after another;
what is kept is how many ways lead to each total weight, total score and set of answers about levels. It shares no
arithmetic with the walk, so that the two confirm each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.plans import weight_ends
from sespms_rules.studies.exhaustive.joint import JointStage, NotWalkable, joint_stages

Array = NDArray[Any]

_LARGEST = 1 << 62
"""Counts stay below this, so that whole numbers of 64 bits hold them and their sums."""

_RELATIONS: dict[ir.Relation, Callable[[Fraction, Fraction], bool]] = {
    ir.Relation.AT_LEAST: lambda left, right: left >= right,
    ir.Relation.AT_MOST: lambda left, right: left <= right,
    ir.Relation.MORE: lambda left, right: left > right,
    ir.Relation.LESS: lambda left, right: left < right,
    ir.Relation.EQUAL: lambda left, right: left == right,
}
_SUM = ir.Product(ir.Own(ir.Take.POINTS), ir.Own(ir.Take.WEIGHT))


class Counted(Frozen):
    """Exact counts: plans, appraisals, appraisals at each level (0: none), and at each score."""

    plans: int
    appraisals: int
    levels: tuple[tuple[int, int], ...]
    scores: tuple[tuple[Fraction, int], ...]


class _Shape(Frozen):
    """What is counted: for each element its whole weights, with the levels it may get; points are whole here."""

    ranges: tuple[tuple[int, int], ...]
    levels: tuple[tuple[int, ...], ...]
    top: int | None
    total: int
    points: tuple[tuple[int, int], ...]
    scale: int


def counted(program: ir.Program) -> Counted | None:
    """Count by running totals; None where the program is of another kind."""
    stage = program.summary
    shape, expression = _shape(program), _score(stage)
    if shape is None or expression is None or not _readable(stage):
        return None
    tests = sorted({test for row in (*stage.overrides, *stage.rows, *stage.caps) for test in _asked(row.condition)})
    if len(tests) > 4:  # each test doubles what has to be kept
        return None
    found = _totals(shape, tests)
    levels: Counter[int] = Counter()
    scores: Counter[Fraction] = Counter()
    for (flags, points), times in found.items():
        score = _worked_out(expression, Fraction(points, shape.scale), Fraction(shape.total))
        scores[score] += times
        levels[_level(stage, score, {test for place, test in enumerate(tests) if flags >> place & 1})] += times
    appraisals = sum(found.values())
    plans = appraisals // prod(map(len, shape.levels))
    return Counted(plans, appraisals, tuple(sorted(levels.items())), tuple(sorted(scores.items())))


# ---- which programs ------------------------------------------------------------------------------


def _shape(program: ir.Program) -> _Shape | None:
    stage = program.summary
    totals = {each.total for each in stage.limits if isinstance(each, ir.WeightTotal)}
    tops = [each.name for each in stage.limits if isinstance(each, ir.NoneAbove)]
    whole = any(isinstance(each, ir.WholeWeights) for each in stage.limits)
    if not stage.weighted or not whole or len(totals) != 1 or len(tops) > 1:
        return None
    try:
        joint = joint_stages((program,))
    except NotWalkable:
        return None
    total = totals.pop()
    if len(joint) != 1 or total.denominator != 1 or any(each.inner or 0 in each.levels for each in joint[0].members):
        return None
    return _made(stage, joint[0], int(total), joint[0].names.index(tops[0]) if tops else None)


def _made(stage: ir.Stage, joint: JointStage, total: int, top: int | None) -> _Shape | None:
    ranges = []
    for name in joint.names:
        least, largest = weight_ends(stage.limits, name)
        low, high = least or Fraction(1), total if largest is None else largest
        ranges.append((max(1, -(-low.numerator // low.denominator)), min(total, int(high))))
    points = dict(stage.points)
    if any(level not in points for each in joint.members for level in each.levels):
        return None
    scale = lcm(*(value.denominator for value in points.values()))
    whole = tuple((level, int(value * scale)) for level, value in points.items())
    levels = tuple(each.levels for each in joint.members)
    size = prod(map(len, levels)) * prod(max(high - low + 1, 1) for low, high in ranges)
    return _Shape(tuple(ranges), levels, top, total, whole, scale) if size < _LARGEST else None


def _score(stage: ir.Stage) -> ir.Expression | None:
    """The formula of the score, where the sum of points times weight is all it reads."""
    if len(stage.definitions) != 1 or not isinstance(stage.definitions[0], ir.ScoreDefinition):
        return None
    expression = stage.definitions[0].expression
    return expression if _is_of_the_sum(expression, _everyone(stage)) else None


def _everyone(stage: ir.Stage) -> tuple[ir.Members, ...]:
    """The groups that all members belong to."""
    critical = all(each.critical for each in stage.members)
    return (ir.Group(ir.Kind.ELEMENT), ir.Group(ir.Kind.CRITICAL)) if critical else (ir.Group(ir.Kind.ELEMENT),)


def _is_of_the_sum(expression: ir.Expression, everyone: tuple[ir.Members, ...]) -> bool:
    match expression:
        case ir.Aggregate(ir.Aggregation.SUM, body, False, members):
            return body == _SUM and members in everyone
        case ir.Aggregate(ir.Aggregation.AVERAGE, ir.Own(ir.Take.POINTS), True, members):
            return members in everyone
        case ir.Rounded(operand):
            return _is_of_the_sum(operand, everyone)
        case ir.Quotient(left, ir.Constant(value)):
            return value != 0 and _is_of_the_sum(left, everyone)
        case ir.Product(left, ir.Constant()) | ir.Sum(left, ir.Constant()) | ir.Difference(left, ir.Constant()):
            return _is_of_the_sum(left, everyone)
    return False


def _worked_out(expression: ir.Expression, points: Fraction, total: Fraction) -> Fraction:
    match expression:
        case ir.Aggregate(aggregation):
            return points if aggregation is ir.Aggregation.SUM else points / total
        case ir.Rounded(operand, tie, per_one):
            return Fraction(rounded(_worked_out(operand, points, total), tie, per_one=per_one))
        case ir.Quotient(left, ir.Constant(value)):
            return _worked_out(left, points, total) / value
        case ir.Product(left, ir.Constant(value)):
            return _worked_out(left, points, total) * value
        case ir.Sum(left, ir.Constant(value)):
            return _worked_out(left, points, total) + value
        case ir.Difference(left, ir.Constant(value)):
            return _worked_out(left, points, total) - value
    raise AssertionError("a formula that was not looked at before")


# ---- lines ---------------------------------------------------------------------------------------

_Test = tuple[str, int]
"""`some` element at a level (`at`) or at a level below another (`below`)."""


def _readable(stage: ir.Stage) -> bool:
    lines = (*stage.overrides, *stage.rows, *stage.caps)
    return bool(stage.rows) and all(
        isinstance(row.outcome, ir.ToLevel) and _can_read(row.condition, _everyone(stage)) for row in lines
    )


def _can_read(condition: ir.Condition, everyone: tuple[ir.Members, ...]) -> bool:
    match condition:
        case ir.All(parts):
            return all(_can_read(part, everyone) for part in parts)
        case ir.Compare(ir.TheScore(), _, ir.Constant()) | ir.Within(ir.TheScore()):
            return True
        case ir.NumberThat(members, ir.MemberTest(ir.TestKind.AT | ir.TestKind.BELOW), low, high):
            return members in everyone and (low or 0, high) in ((1, None), (0, 0))
    return False


def _asked(condition: ir.Condition) -> Iterator[_Test]:
    match condition:
        case ir.All(parts):
            for part in parts:
                yield from _asked(part)
        case ir.NumberThat(test=ir.MemberTest(kind, int(level))):
            yield kind.value, level


def _level(stage: ir.Stage, score: Fraction, true: set[_Test]) -> int:
    """The level that follows, no higher than a cap that holds; 0 where no line fits, or several where one may."""
    caps = [row.outcome.level for row in stage.caps if _holds(row, score, true)]  # type: ignore[union-attr]
    return min([_by_line(stage, score, true), *caps])


def _by_line(stage: ir.Stage, score: Fraction, true: set[_Test]) -> int:
    outcomes = [row.outcome.level for row in stage.overrides if _holds(row, score, true)]  # type: ignore[union-attr]
    if outcomes:
        return min(outcomes)
    fitting = [row.outcome.level for row in stage.rows if _holds(row, score, true)]  # type: ignore[union-attr]
    if stage.hit_policy is ir.HitPolicy.FIRST:
        return fitting[0] if fitting else 0
    return fitting[0] if len(fitting) == 1 else 0


def _holds(row: ir.Row, score: Fraction, true: set[_Test]) -> bool:
    return _true(row.condition, score, true)


def _true(condition: ir.Condition, score: Fraction, true: set[_Test]) -> bool:
    match condition:
        case ir.All(parts):
            return all(_true(part, score, true) for part in parts)
        case ir.Within(_, asked):
            return asked.holds(score)
        case ir.Compare(_, relation, ir.Constant(value)):
            return _RELATIONS[relation](score, value)
        case ir.NumberThat(test=ir.MemberTest(kind, int(level)), high=high):
            return ((kind.value, level) in true) is (high is None)
    raise AssertionError("a condition that was not looked at before")


# ---- running totals ------------------------------------------------------------------------------


def _totals(shape: _Shape, tests: list[_Test]) -> Counter[tuple[int, int]]:
    """How many appraisals have each set of true tests (a bit each) and each sum of points times weight."""
    found: Counter[tuple[int, int]] = Counter()
    lowest = min(points for _, points in shape.points)
    if shape.top is None:
        _add(
            found,
            _ways(shape, tests, range(len(shape.ranges)), shape.total, shape.total),
            lowest * shape.total,
            {0: {0: 1}},
        )
        return found
    rest = [place for place in range(len(shape.ranges)) if place != shape.top]
    low, high = shape.ranges[shape.top]
    for weight in range(low, high + 1):  # no other element weighs more than this one
        ways = _ways(shape, tests, rest, shape.total - weight, weight)
        mine: dict[int, dict[int, int]] = {}
        for level in shape.levels[shape.top]:
            by_points = mine.setdefault(_flags(level, tests), {})
            points = weight * (dict(shape.points)[level] - lowest)
            by_points[points] = by_points.get(points, 0) + 1
        _add(found, ways, lowest * shape.total, mine)
    return found


def _add(found: Counter[tuple[int, int]], ways: Array | None, offset: int, mine: dict[int, dict[int, int]]) -> None:
    """Join the ways of the other elements with those of one more."""
    if ways is None:
        return
    for flags, row in enumerate(ways):
        for place in np.flatnonzero(row).tolist():
            times = int(row[place])
            for own, by_points in mine.items():
                for points, number in by_points.items():
                    found[flags | own, place + points + offset] += times * number


def _ways(shape: _Shape, tests: list[_Test], places: Any, total: int, most: int) -> Array | None:
    """Ways for some elements to weigh `total` together, none more than `most`: by true tests, and by points.

    Points are counted from the lowest a level has, so that none is below 0.
    """
    if total < 0:
        return None
    points = dict(shape.points)
    lowest = min(points.values())
    reach = (max(points.values()) - lowest) * total
    ways = np.zeros((1 << len(tests), total + 1, reach + 1), dtype=np.int64)
    ways[0, 0, 0] = 1
    for place in places:
        low, high = shape.ranges[place]
        found = np.zeros_like(ways)
        for weight in range(low, min(high, most, total) + 1):
            for level in shape.levels[place]:
                shift, flags = weight * (points[level] - lowest), _flags(level, tests)
                for before in range(len(ways)):
                    found[before | flags, weight:, shift:] += ways[before, : total + 1 - weight, : reach + 1 - shift]
        ways = found
    last: Array = ways[:, total, :]
    return last


def _flags(level: int, tests: list[_Test]) -> int:
    holds = (level == asked if kind == ir.TestKind.AT.value else level < asked for kind, asked in tests)
    return sum(1 << place for place, true in enumerate(holds) if true)
