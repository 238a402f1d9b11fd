"""What can be varied in a policy: cuts, points, limits on weights, roundings; and a program with one of them changed.

A figure is found in the lowered program, so every policy says the same figures in the same words, however it is
written. A cut is where a line for a level begins; the line below it, which ends there, moves with it by the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from sespms_rules.foundation.origin import NO_ORIGIN, Origin, exact
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program import ir
from sespms_rules.program.traversal import apart, formulas_of, rewrite, walk

Setting = Fraction | str
"""A value of a figure: a number, or the words of a way to round."""


class CutEnd(Frozen):
    """A number in a line that moves with a cut: the line, the part of its condition, and how far off the cut it is."""

    row: int
    part: int
    shift: Fraction


class Cut(Frozen):
    """Where the line for a level begins; the first of `ends` is that line's own."""

    ends: tuple[CutEnd, ...]


class Points(Frozen):
    """The points of a level."""

    level: int


class WeightLimit(Frozen):
    """The least (`low`) or the greatest weight in one of the limits on plans."""

    limit: int
    low: bool


class RoundingTie(Frozen):
    """How every rounding of the summary settles what does not fit."""


class RoundingDecimals(Frozen):
    """To how many decimals every rounding of the summary is."""


class FactThreshold(Frozen):
    """A number that lines and choices compare a fact about the executive or the unit with."""

    fact: str
    number: Fraction


Part = Cut | Points | WeightLimit | RoundingTie | RoundingDecimals | FactThreshold


class Figure(Frozen):
    """Something that can be varied: its name, which part of the program it is, and its value now.

    `origins` are the sentences that say it. `step` is the smallest change that keeps the lines joined, where a cut
    stands a little above the end of the line below.
    """

    name: str
    part: Part
    now: Setting
    origins: tuple[Origin, ...] = field(compare=False, default=())
    step: Fraction | None = field(default=None)


def setting_text(value: Setting) -> str:
    """A value as it is shown."""
    return value if isinstance(value, str) else exact(value)


def figures_of(program: ir.Program) -> tuple[Figure, ...]:
    """Everything that can be varied in a program, best level first."""
    stage = program.summary
    return (*_cuts(stage), *_points(stage), *_limits(stage), *_roundings(stage), *_thresholds(stage))


def changed(program: ir.Program, figure: Figure, value: Setting) -> ir.Program:
    """The program with one figure at another value."""
    stage = program.summary
    part = figure.part
    if isinstance(part, Points) and isinstance(value, Fraction):
        points = tuple((level, value if level == part.level else old) for level, old in stage.points)
        return replace(program, summary=replace(stage, points=points))
    if isinstance(part, Cut) and isinstance(value, Fraction):
        rows = list(stage.rows)
        for end in part.ends:
            rows[end.row] = _with_end(rows[end.row], end.part, value + end.shift)
        return replace(program, summary=replace(stage, rows=tuple(rows)))
    if isinstance(part, WeightLimit) and isinstance(value, Fraction):
        limits = list(stage.limits)
        limits[part.limit] = replace(limits[part.limit], **{"low" if part.low else "high": value})
        return replace(program, summary=replace(stage, limits=tuple(limits)))
    if isinstance(part, RoundingTie) and isinstance(value, str):
        return replace(program, summary=_rerounded(stage, lambda each: replace(each, tie=ir.Tie(value))))
    if isinstance(part, RoundingDecimals) and isinstance(value, Fraction):
        return replace(program, summary=_rerounded(stage, lambda each: replace(each, per_one=10 ** int(value))))
    if isinstance(part, FactThreshold) and isinstance(value, Fraction):
        return replace(program, summary=_with_threshold(stage, part, value))
    raise TypeError(f"`{figure.name}` cannot be set to `{value}`")


# ---- cuts ----------------------------------------------------------------------------------------


class _End(Frozen):
    """A comparison of a line with a fixed number: what is compared, how, and with what."""

    row: int
    part: int
    left: ir.Expression
    relation: ir.Relation
    number: Fraction


def _ends(stage: ir.Stage) -> list[_End]:
    return [
        _End(number, place, part.left, part.relation, part.right.value)
        for number, row in enumerate(stage.rows)
        for place, part in enumerate(apart(row.condition))
        if isinstance(part, ir.Compare)
        and isinstance(part.right, ir.Constant)
        and not isinstance(part.left, ir.TheFact)
    ]


def _cuts(stage: ir.Stage) -> Iterator[Figure]:
    ends = _ends(stage)
    levels = {row.outcome.level for row in stage.rows if isinstance(row.outcome, ir.ToLevel)}
    for level in sorted(levels, reverse=True):
        mine = {number for number, row in enumerate(stage.rows) if row.outcome == ir.ToLevel(level)}
        starts = [end for end in ends if end.row in mine and end.relation in (ir.Relation.AT_LEAST, ir.Relation.MORE)]
        if len(starts) != 1:
            continue  # no cut, or several, of which none is the cut
        start = starts[0]
        below = _below(start, ends)
        moved = [CutEnd(start.row, start.part, Fraction(0))]
        if below is not None:
            moved.append(CutEnd(below.row, below.part, below.number - start.number))
        gap = start.number - below.number if below is not None else Fraction(0)
        origins = tuple(stage.rows[each.row].origin for each in moved)
        yield Figure(f"cut of level {level}", Cut(tuple(moved)), start.number, origins, gap or None)


def _below(start: _End, ends: list[_End]) -> _End | None:
    """The end of the line below a cut: the nearest one under it, unless another line begins between."""
    uppers = [
        end
        for end in ends
        if end.relation in (ir.Relation.AT_MOST, ir.Relation.LESS)
        and end.row != start.row
        and end.left == start.left
        and end.number <= start.number
    ]
    best = max(uppers, key=lambda end: end.number, default=None)
    if best is None:
        return None
    between = any(
        best.number < end.number < start.number and end.left == start.left
        for end in ends
        if end.relation in (ir.Relation.AT_LEAST, ir.Relation.MORE)
    )
    return None if between else best


def _with_end(row: ir.Row, place: int, number: Fraction) -> ir.Row:
    return replace(row, condition=_moved(row.condition, place, number))


def _moved(condition: ir.Condition, place: int, number: Fraction) -> ir.Condition:
    """A condition with another number in one of the comparisons that it comes to; a range stays a range."""
    if isinstance(condition, ir.All):
        parts = list(condition.parts)
        for spot, part in enumerate(parts):
            held = len(apart(part))
            if 0 <= place < held:
                parts[spot] = _moved(part, place, number)
            place -= held
        return ir.All(tuple(parts))
    if isinstance(condition, ir.Within):
        lower = condition.ends[place].relation in (ir.Relation.AT_LEAST, ir.Relation.MORE)
        ends = ("low", "high") if condition.range.only is not None else ("low",) if lower else ("high",)
        return replace(condition, range=replace(condition.range, **dict.fromkeys(ends, number)))
    assert isinstance(condition, ir.Compare)  # noqa: S101 - an end was found there
    return replace(condition, right=ir.Constant(number))


# ---- points and limits ---------------------------------------------------------------------------


def _points(stage: ir.Stage) -> Iterator[Figure]:
    for level, value in sorted(stage.points, reverse=True):
        yield Figure(f"points of level {level}", Points(level), value, (NO_ORIGIN,))


def _limits(stage: ir.Stage) -> Iterator[Figure]:
    for number, limit in enumerate(stage.limits):
        if isinstance(limit, ir.WeightRange):
            whose = _whose(limit)
            if limit.low is not None:
                yield Figure(f"least weight of {whose}", WeightLimit(number, True), limit.low, (limit.origin,))
            if limit.high is not None:
                yield Figure(f"most weight of {whose}", WeightLimit(number, False), limit.high, (limit.origin,))


def _whose(limit: ir.WeightRange) -> str:
    if limit.names is None:
        return "all others" if limit.save else "every element"
    return ", ".join(limit.names[:-1]) + " and " + limit.names[-1] if len(limit.names) > 1 else limit.names[0]


# ---- facts ---------------------------------------------------------------------------------------


def _thresholds(stage: ir.Stage) -> Iterator[Figure]:
    found: dict[tuple[str, Fraction], list[Origin]] = {}
    for line in formulas_of(stage):
        for node in walk(line):
            match node:
                case ir.Compare(ir.TheFact(name, ()), _, ir.Constant(number)):
                    found.setdefault((name, number), []).append(line.origin)
    for (name, number), origins in found.items():
        alone = sum(other == name for other, _ in found) == 1
        said = f"threshold of {name}" if alone else f"threshold {exact(number)} of {name}"
        yield Figure(said, FactThreshold(name, number), number, tuple(dict.fromkeys(origins)))


def _with_threshold(stage: ir.Stage, part: FactThreshold, value: Fraction) -> ir.Stage:
    """The stage with a fact compared with another number, wherever it is compared with this one."""

    def moved(node: Frozen) -> Frozen:
        match node:
            case ir.Compare(ir.TheFact(name, ()), _, ir.Constant(number)) if (name, number) == (part.fact, part.number):
                return replace(node, right=ir.Constant(value))
        return node

    definitions, overrides, rows, caps = rewrite((stage.definitions, stage.overrides, stage.rows, stage.caps), moved)
    return replace(stage, definitions=definitions, overrides=overrides, rows=rows, caps=caps)


# ---- roundings -----------------------------------------------------------------------------------


def _roundings(stage: ir.Stage) -> Iterator[Figure]:
    """The roundings of the summary, where all of them agree; otherwise there is no one figure to vary."""
    found: list[ir.Rounded] = []

    def noted(each: ir.Rounded) -> ir.Rounded:
        found.append(each)
        return each

    _rerounded(stage, noted)
    if found and len({each.tie for each in found}) == 1:
        yield Figure("rounding", RoundingTie(), found[0].tie.value, ())
    decimals = {each.decimals for each in found}
    if len(decimals) == 1 and None not in decimals:  # halves are no number of decimals
        yield Figure("decimals of rounding", RoundingDecimals(), Fraction(found[0].decimals or 0), ())


def _rerounded(stage: ir.Stage, change: Callable[[ir.Rounded], ir.Rounded]) -> ir.Stage:
    """The stage with each of its roundings changed; the stages of its members are left as they are."""

    def changed(node: Frozen) -> Frozen:
        return change(node) if isinstance(node, ir.Rounded) else node

    definitions, overrides, rows, caps = rewrite((stage.definitions, stage.overrides, stage.rows, stage.caps), changed)
    return replace(stage, definitions=definitions, overrides=overrides, rows=rows, caps=caps)
