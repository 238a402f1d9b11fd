"""Elements derived from requirements, seen from outside: a rounded score and what their lines ask beside it.

The summary rating sees such an element by its level and its score alone. Where the score is rounded, there are few
of them, so all can be tried in place of the endlessly many requirements and weights behind them. Every real appraisal
is among those tried, and perhaps some that no requirements make: what changes nothing among these changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir
from sespms_rules.program.members import passes
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.mutation.appraisals import Appraisals

MOST = 300_000
"""So many combinations are tried one and all."""

_SCORE = "score"
_YES, _NO = 2, 1
Interval = tuple[Fraction, Fraction]


class Seen(Frozen):
    """Two programs with their inner derivations seen from outside, and all appraisals of them."""

    old: ir.Program
    new: ir.Program
    appraisals: Appraisals


def seen_from_outside(old: ir.Program, new: ir.Program) -> Seen | None:
    """Two programs that differ in lines alone; None where they cannot be seen so, or there is too much to try."""
    if old.facts or new.facts:
        return None  # what is asked of a fact is no question about requirements
    if not any(member.stage for member in old.summary.members) or not _simple(old.summary) or not _simple(new.summary):
        return None
    olds, news, options = [], [], []
    for one, other in zip(old.summary.members, new.summary.members, strict=True):
        made = _member(one, other)
        if made is None:
            return None
        olds.append(made[0])
        news.append(made[1])
        options.append(made[2])
    if prod(map(len, options)) > MOST:
        return None
    appraisals = tuple(Appraisal("seen from outside", each) for each in product(*options))
    return Seen(_with(old, olds), _with(new, news), Appraisals(appraisals, True))


def _simple(stage: ir.Stage) -> bool:
    some = any(each.optional for each in stage.members)
    return not (some or stage.open or stage.weighted or stage.further or stage.unrated)


def _with(program: ir.Program, members: Sequence[ir.Member]) -> ir.Program:
    return replace(program, summary=replace(program.summary, members=tuple(members)))


def _member(old: ir.Member, new: ir.Member) -> tuple[ir.Member, ir.Member, list[Rated]] | None:
    """A member as both programs see it, and all the ways in which it can be rated."""
    if old.stage is None or new.stage is None:
        same = isinstance(old.scale, ir.LevelScale) and old.scale == new.scale and old.stage is new.stage
        levels = old.scale.levels if isinstance(old.scale, ir.LevelScale) else ()
        return (old, new, [Rated(old.name, Fraction(level)) for level in levels]) if same else None
    kept = ("definitions", "limits", "points", "unrated", "further", "members")
    if any(getattr(old.stage, name) != getattr(new.stage, name) for name in kept) or old.stage.unrated:
        return None
    ends = _scores(old.stage, old.stage.points)
    asked: dict[ir.Condition, str] = {}
    if ends is None:
        return None
    one, other = (_outside(stage, asked, ends) for stage in (old.stage, new.stage))
    if one is None or other is None:
        return None
    full = tuple(ir.Member(name, True, ir.LevelScale((_YES, _NO)), None) for name in asked.values())
    ways = [Rated(old.name, requirements=each) for each in _ways(old.stage, asked)]
    stages = (replace(each, members=(*each.members, *full)) for each in (one, other))
    first, second = (replace(member, stage=stage) for member, stage in zip((old, new), stages, strict=True))
    return first, second, ways


def _ways(stage: ir.Stage, asked: dict[ir.Condition, str]) -> Iterator[tuple[Rated, ...]]:
    """Every score with every answer that goes with it.

    Where no requirement is at some level, the scores are those that the other levels can give.
    """
    for answer in product((_YES, _NO), repeat=len(asked)):
        points = stage.points
        for condition, said in zip(asked, answer, strict=True):
            if said == _NO:
                points = tuple((level, each) for level, each in points if not _meets(condition, level))
        told = tuple(Rated(name, Fraction(said)) for name, said in zip(asked.values(), answer, strict=True))
        for score in (_scores(stage, points) or ()) if points else ():
            yield (Rated(_SCORE, score), *told)


def _meets(condition: ir.Condition, level: int) -> bool:
    """Whether one requirement at a level makes a condition hold, whatever the others are rated."""
    match condition:
        case ir.NumberThat(ir.Group(ir.Kind.REQUIREMENT), test, 1, None) if test.level is not None:
            return passes(level, test)
    return False


def _outside(stage: ir.Stage, asked: dict[ir.Condition, str], scores: Sequence[Fraction]) -> ir.Stage | None:
    """A stage whose score is given, and whose lines ask yes or no for all but the score; `asked` grows."""
    lines = (*stage.rows, *stage.overrides, *stage.caps)
    if any(isinstance(line.outcome, ir.ToNotRated) for line in lines):
        return None
    member = ir.Member(_SCORE, True, ir.NumberScale(min(scores), max(scores)), None)
    return replace(
        stage,
        members=(member,),
        open=False,
        weighted=False,
        limits=(),
        further=(),
        definitions=(ir.ScoreDefinition(ir.OfMember(ir.Take.POINTS, _SCORE)),),
        overrides=tuple(replace(line, condition=_asked(line.condition, asked)) for line in stage.overrides),
        rows=tuple(replace(line, condition=_asked(line.condition, asked)) for line in stage.rows),
        caps=tuple(replace(line, condition=_asked(line.condition, asked)) for line in stage.caps),
        reported=(),
        questions=(),
    )


def _asked(condition: ir.Condition, asked: dict[ir.Condition, str]) -> ir.Condition:
    match condition:
        case ir.Compare(ir.TheScore(), _, ir.Constant()) | ir.Within(ir.TheScore()):
            return condition
        case ir.All(parts):
            return ir.All(tuple(_asked(part, asked) for part in parts))
    name = asked.setdefault(condition, f"question {len(asked) + 1}")
    return ir.NumberThat(ir.Names((name,)), ir.MemberTest(ir.TestKind.AT, _YES), 1, None)


# ---- which scores there can be -------------------------------------------------------------------


def _scores(stage: ir.Stage, points: tuple[tuple[int, Fraction], ...]) -> list[Fraction] | None:
    """All scores of a stage that rounds them, with requirements at these levels; None where no bounds are known."""
    score = next((each for each in stage.definitions if isinstance(each, ir.ScoreDefinition)), None)
    if score is None or not isinstance(score.expression, ir.Rounded):
        return None
    bounds = _Bounds(stage, points).of(score.expression)
    if bounds is None:
        return None
    unit = Fraction(1, score.expression.per_one)
    steps = range(floor(bounds[0] / unit), ceil(bounds[1] / unit) + 1)
    return [unit * step for step in steps] if len(steps) <= MOST else None


class _Bounds:
    """The least and the largest that expressions of a stage can be, or None where that is not known."""

    def __init__(self, stage: ir.Stage, points: tuple[tuple[int, Fraction], ...]) -> None:
        self.points = (min(each for _, each in points), max(each for _, each in points))
        levels = [Fraction(level) for level, _ in points]
        self.levels = (min(levels), max(levels))
        self.further = {each.name: (each.low, each.high) for each in stage.further}
        self.total = next((each.total for each in stage.limits if isinstance(each, ir.WeightTotal)), None)
        self.named = {each.name: each.expression for each in stage.definitions if isinstance(each, ir.Definition)}

    def of(self, node: ir.Expression) -> Interval | None:
        """The bounds of an expression."""
        match node:
            case ir.Constant(value):
                return value, value
            case ir.Own(ir.Take.POINTS | ir.Take.SCORE):
                return self.points
            case ir.Own(ir.Take.LEVEL):
                return self.levels
            case ir.OwnFurther(name):
                return self.further.get(name)
            case ir.OwnNamed(name) | ir.Named(name):
                return self.of(self.named[name])
            case ir.Rounded(operand, _, per_one):
                inner, unit = self.of(operand), Fraction(1, per_one)
                return None if inner is None else (floor(inner[0] / unit) * unit, ceil(inner[1] / unit) * unit)
            case ir.Aggregate():
                return self._aggregate(node)
        return self._joined(node)

    def _aggregate(self, node: ir.Aggregate) -> Interval | None:
        if node.aggregation is not ir.Aggregation.SUM:
            return self.of(node.body)
        match node.body:
            case ir.Product(body, ir.Own(ir.Take.WEIGHT)) | ir.Product(ir.Own(ir.Take.WEIGHT), body):
                inner = self.of(body)
                if inner is not None and self.total is not None and isinstance(node.members, ir.Group):
                    return inner[0] * self.total, inner[1] * self.total
        return None

    def _joined(self, node: ir.Expression) -> Interval | None:
        """Bounds of what joins two or more expressions."""
        match node:
            case ir.Sum(left, right) | ir.Difference(left, right) | ir.Product(left, right):
                parts = [self.of(left), self.of(right)]
            case ir.Quotient(left, ir.Constant(value)):
                parts = [self.of(left), (1 / value, 1 / value)] if value else [None]
            case ir.Largest(operands) | ir.Smallest(operands):
                parts = [self.of(each) for each in operands]
            case _:
                return None
        known = [each for each in parts if each is not None]
        if len(known) < len(parts):
            return None
        ends = list(_ends(node, known))
        return min(ends), max(ends)


def _ends(node: ir.Expression, parts: Sequence[Interval]) -> Iterator[Fraction]:
    """What the ends of operands come to; between them lies all that the operands come to."""
    for ends in product(*parts):
        match node:
            case ir.Sum():
                yield ends[0] + ends[1]
            case ir.Difference():
                yield ends[0] - ends[1]
            case ir.Largest():
                yield max(ends)
            case ir.Smallest():
                yield min(ends)
            case _:
                yield ends[0] * ends[1]
