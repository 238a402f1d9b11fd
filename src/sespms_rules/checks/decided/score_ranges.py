"""ir.Stage -> between which ends a value lies, and on which grid: what proves that no score falls between two lines.

Every value that can come lies within the range; a range may hold values that no appraisal gives. So what no value of
the range breaks, no appraisal breaks, and nothing is said the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, gcd, lcm

from sespms_rules.checks.analysis.intervals import Interval, sharing, uncovered
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.bands import split_band
from sespms_rules.program.members import is_everyone, is_meant
from sespms_rules.program.plans import PlanSize, plan_sizes, weight_ends
from sespms_rules.program.unrated_rules import rule_for

_MOST_MEMBERS = 12

_ANY_NUMBER = 10**9
"""Taken for the number of members where plans may have more than are looked at."""


class Range(Frozen):
    """Values from `low` to `high` that are whole multiples of `grid` (0: nothing but zero; None: any number)."""

    low: Fraction
    high: Fraction
    grid: Fraction | None

    def meets(self, scores: Interval) -> bool:
        """Whether a value may lie in an interval."""
        both = scores.meet(Interval(self.low, True, self.high, True))
        if both.is_empty:
            return False
        if not self.grid or both.low is None or both.high is None:
            return self.grid is None or both.holds(Fraction(0))
        low, high = both.low / self.grid, both.high / self.grid
        first = ceil(low) if both.low_in or ceil(low) != low else int(low) + 1
        last = floor(high) if both.high_in or floor(high) != high else int(high) - 1
        return first <= last


class Unknown(Exception):
    """The range of a value is not known, or it may be that there is none."""


class Sure(Frozen):
    """What is sure of all appraisals: that each value has a number, that some line fits, which rows may both fit."""

    values: bool
    taken: bool
    both: tuple[tuple[ir.Row, ir.Row], ...]


def what_is_sure(program: ir.Program) -> Sure:
    """What the ranges of values show; what they leave open is not sure, and may be so all the same."""
    stage = program.summary
    rows = [row for row in stage.rows if isinstance(row.outcome, ir.ToLevel)]
    ranges = Ranges(program)
    values = True
    for definition in stage.definitions:
        try:
            ranges.define(definition)
        except Unknown:
            values = False
    both = () if stage.hit_policy is ir.HitPolicy.FIRST else tuple(_meeting(rows, ranges.score))
    return Sure(values, _some_line_fits(rows, ranges.score), both)


def range_of_score(program: ir.Program) -> Range | None:
    """Between which ends the score lies, and on which grid; None where that is not known."""
    return range_of(program, ir.TheScore())


def range_of(program: ir.Program, expression: ir.Expression) -> Range | None:
    """Between which ends a value of the whole lies, and on which grid; None where that is not known."""
    ranges = Ranges(program)
    for definition in program.summary.definitions:
        try:
            ranges.define(definition)
        except Unknown:
            continue
    try:
        return ranges.of(expression, None)
    except Unknown:
        return None


def _some_line_fits(rows: Sequence[ir.Row], score: Range | None) -> bool:
    """Whether lines that ask for nothing but a score take every score, or one asks for nothing at all."""
    taking = []
    for row in rows:
        scores, others = split_band(row.condition)
        if not others and scores is None:
            return True
        if scores is not None and not others:
            taking.append(scores)
    return score is not None and not any(score.meets(each) for each in uncovered(taking))


def _meeting(rows: Sequence[ir.Row], score: Range | None) -> Iterator[tuple[ir.Row, ir.Row]]:
    """Every two rows whose scores may meet where a score can be, in the order of the rows.

    Rows that ask for a score are swept by where they begin, so that thousands of bands are no matter; one that asks for
    none may meet any other.
    """
    bands = [split_band(row.condition)[0] for row in rows]
    banded = [place for place, band in enumerate(bands) if band is not None]
    known = [band for band in bands if band is not None]
    pairs = [(banded[one], banded[other]) for one, other in sharing(known, range(len(known)))]
    pairs = [
        (one, other)
        for one, other in pairs
        if score is None or ((first := bands[one]) and (second := bands[other]) and score.meets(first.meet(second)))
    ]
    loose = [place for place, band in enumerate(bands) if band is None]
    pairs += {(min(one, other), max(one, other)) for one in loose for other in range(len(rows)) if one != other}
    yield from ((rows[one], rows[other]) for one, other in sorted(pairs))


class Ranges:
    """Ranges of the values of one stage; raises Unknown where one is not known."""

    def __init__(self, program: ir.Program) -> None:
        self.stage = program.summary
        self.tables = {table.name: table for table in program.tables}
        self.program = program
        self.score: Range | None = None
        self.values: dict[str, Range | None] = {}
        sizes = plan_sizes(self.stage)
        more = [PlanSize(frozenset(), _ANY_NUMBER, _ANY_NUMBER)] if sizes.left else []
        self.sizes = [*sizes.sizes, *more]
        self.total = next((each.total for each in self.stage.limits if isinstance(each, ir.WeightTotal)), None)
        self.whole = any(isinstance(each, ir.WholeWeights) for each in self.stage.limits)
        self.taken = _taken_by_overrides(self.stage)

    def define(self, definition: ir.Definition | ir.ScoreDefinition) -> None:
        """Take over a definition."""
        if isinstance(definition, ir.ScoreDefinition):
            self.score = self.of(definition.expression, None)
            return
        expression = definition.expression
        if isinstance(expression, ir.LookUp) and isinstance(expression.key, ir.TheLevel):
            self.values[definition.name] = None  # by level: another finding speaks of tables without a level
            return
        self.values[definition.name] = self.of(expression, definition.each)

    def of(self, node: ir.Expression, members: ir.Members | None) -> Range:
        """The range of an expression, taken of each of `members` where it is about one at hand."""
        match node:
            case ir.Constant(value):
                return Range(value, value, abs(value))
            case ir.Named(name) | ir.OwnNamed(name):
                return _known(self.values.get(name))
            case ir.TheScore():
                return _known(self.score)
            case ir.Own(take):
                return self._taken(take, self._members(members or ir.Group(ir.Kind.ELEMENT)), members)
            case ir.OfMember(take, name):
                mine = [each for each in self.stage.members if each.name == name]
                if not mine or self._may_be_missing(mine[0]):
                    raise Unknown
                return self._taken(take, mine, ir.Names((name,)))
            case ir.TheFact(name):
                return next(
                    Range(each.low, each.high, Fraction(1, each.per_one))
                    for each in self.program.facts
                    if each.name == name
                )
            case ir.OwnFurther(name):
                return next(Range(each.low, each.high, None) for each in self.stage.further if each.name == name)
            case ir.Rounded(operand, tie, per_one):
                inner = self.of(operand, members)
                low, high = (Fraction(rounded(end, tie, per_one=per_one)) for end in (inner.low, inner.high))
                return Range(low, high, Fraction(1, per_one))
            case ir.Aggregate():
                return self._aggregate(node)
        return self._joined(node, members)

    def _joined(self, node: ir.Expression, members: ir.Members | None) -> Range:
        match node:
            case ir.CountOf(group, test):
                fewest, most = self._size(group)
                return Range(Fraction(fewest if test is None else 0), Fraction(most), Fraction(1))
            case ir.ShareOf(group, _):
                if not self._size(group)[0]:
                    raise Unknown
                return Range(Fraction(0), Fraction(1), None)
            case ir.Sum(left, right) | ir.Difference(left, right) | ir.Product(left, right):
                return _of_two(node, self.of(left, members), self.of(right, members))
            case ir.Quotient(left, ir.Constant(value)) if value:
                divisor = Range(1 / value, 1 / value, abs(1 / value))
                return _of_two(ir.Product(left, left), self.of(left, members), divisor)
            case ir.Largest(operands) | ir.Smallest(operands):
                parts = [self.of(each, members) for each in operands]
                pick = max if isinstance(node, ir.Largest) else min
                return Range(pick(each.low for each in parts), pick(each.high for each in parts), _common(parts))
            case ir.Choice(_, then, otherwise):
                return _hull([self.of(then, members), self.of(otherwise, members)])
            case ir.LookUp(table, key):
                return self._looked_up(self.tables[table], self.of(key, members))
        raise Unknown

    def _looked_up(self, table: ir.Table, key: Range) -> Range:
        keys = [row.keys for row in table.rows]
        if table.otherwise is None and any(key.meets(each) for each in uncovered(keys)):
            raise Unknown
        found = [row.result for row in table.rows] + ([] if table.otherwise is None else [table.otherwise])
        numbers = [each for each in found if isinstance(each, Fraction)]
        if not numbers:
            return Range(Fraction(0), Fraction(0), None)  # codes: there is one, and no line can compare it
        return _hull([Range(each, each, abs(each)) for each in numbers])

    # ---- members -------------------------------------------------------------------------------------

    def _aggregate(self, node: ir.Aggregate) -> Range:
        fewest, most = self._size(node.members)
        if node.aggregation is ir.Aggregation.SUM:
            return self._sum(node, fewest, most)
        if not fewest and not is_everyone(node.members, self.stage):
            raise Unknown  # there may be nobody to take it of; that nobody at all is rated is no gap
        body = self.of(node.body, node.members)
        if node.aggregation is not ir.Aggregation.AVERAGE or body.grid is None:
            return body
        if node.by_weight:
            fixed = self.whole and self.total and is_everyone(node.members, self.stage) and not self._left_out()
            return Range(body.low, body.high, body.grid / self.total if fixed and self.total else None)
        sizes = range(max(1, fewest), most + 1)
        return Range(body.low, body.high, body.grid / lcm(*sizes) if most <= _MOST_MEMBERS else None)

    def _sum(self, node: ir.Aggregate, fewest: int, most: int) -> Range:
        weighed = isinstance(node.body, ir.Product) and ir.Own(ir.Take.WEIGHT) in (node.body.left, node.body.right)
        if weighed and self.total is not None and is_everyone(node.members, self.stage):
            assert isinstance(node.body, ir.Product)  # noqa: S101 - asked above
            other = node.body.left if node.body.right == ir.Own(ir.Take.WEIGHT) else node.body.right
            body = self.of(other, node.members)
            ends = [body.low * self.total, body.high * self.total, *([Fraction(0)] if self._left_out() else [])]
            return Range(min(ends), max(ends), body.grid if self.whole else None)
        body = self.of(node.body, node.members)
        ends = [end * size for end in (body.low, body.high) for size in (fewest, most)]
        return Range(min(ends), max(ends), body.grid)

    def _taken(self, take: ir.Take, named: Sequence[ir.Member], members: ir.Members | None) -> Range:
        """What is taken of one of several members."""
        if take is ir.Take.WEIGHT:
            ends = [weight_ends(self.stage.limits, each.name) for each in named]
            lows, highs = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
            if not ends or self._own(members) or not len(lows) == len(highs) == len(ends):
                raise Unknown
            grid = Fraction(1) if self.whole else None
            return Range(min(lows), max(highs), grid)
        parts = [self._of_member(take, each) for each in named]
        levels = [level for level, _ in self.stage.points]
        parts += [self._of_levels(take, levels, critical=critical) for critical in self._own(members)]
        if not parts:
            raise Unknown
        return _hull(parts)

    def _of_member(self, take: ir.Take, member: ir.Member) -> Range:
        rule = rule_for(self.stage, member.critical)
        as_level = [rule.level] if rule is not None and rule.level is not None else []
        if member.stage is None:
            if isinstance(member.scale, ir.NumberScale):
                return Range(member.scale.low, member.scale.high, None)
            return self._of_levels(take, [*member.scale.levels, *as_level], critical=member.critical)
        if take is ir.Take.SCORE:
            inside = Ranges(ir.Program(member.name, member.stage, self.program.tables, (), facts=self.program.facts))
            for definition in member.stage.definitions:
                inside.define(definition)
            found = [_known(inside.score)]
            return _hull([*found, *([self._of_levels(take, as_level, critical=False)] if as_level else [])])
        lines = (*member.stage.rows, *member.stage.overrides, *member.stage.caps)
        levels = [row.outcome.level for row in lines if isinstance(row.outcome, ir.ToLevel)]
        return self._of_levels(take, [*levels, *as_level], critical=member.critical)

    def _of_levels(self, take: ir.Take, levels: Iterable[int], *, critical: bool) -> Range:
        """What is taken of a member at one of these levels, save those at which an override decides."""
        levels = [level for level in levels if not (critical and level in self.taken)]
        points = dict(self.stage.points)
        found = [Fraction(level) if take is ir.Take.LEVEL else points.get(level) for level in dict.fromkeys(levels)]
        if not found or None in found:
            raise Unknown
        return _hull([Range(each, each, abs(each)) for each in found if each is not None])

    def _members(self, members: ir.Members) -> list[ir.Member]:
        return [each for each in self.stage.members if is_meant(each, members, self.stage)]

    def _own(self, members: ir.Members | None) -> tuple[bool, ...]:
        """Of which sorts (critical or not) members that a plan brings are among these."""
        if isinstance(members, ir.Names):
            return ()
        sorts = [critical for critical in (True, False) if any(_brought(each, critical) for each in self.sizes)]
        kind = ir.Kind.ELEMENT if members is None else members.kind
        wanted = {ir.Kind.CRITICAL: (True,), ir.Kind.NONCRITICAL: (False,)}.get(kind, (True, False))
        return tuple(critical for critical in sorts if critical in wanted)

    def _size(self, members: ir.Members) -> tuple[int, int]:
        """How many members of a group are counted, at least and at most."""
        ends = [self._size_in(each, members) for each in self.sizes]
        return min((low for low, _ in ends), default=0), max((high for _, high in ends), default=0)

    def _size_in(self, size: PlanSize, members: ir.Members) -> tuple[int, int]:
        """The same in plans of one size."""
        named = [each for each in self._members(members) if each.name not in size.absent]
        own = {critical: _brought(size, critical) for critical in self._own(members)}
        rules = {critical: rule_for(self.stage, critical) for critical in own}
        sure = [many for critical, many in own.items() if not _leaves_out(rules[critical])]
        counted = sum(not self._may_be_left_out(each) for each in named)
        return counted + sum(sure), len(named) + sum(own.values())

    def _may_be_missing(self, member: ir.Member) -> bool:
        """Whether there may be nothing to take of a member."""
        return member.optional or self._may_be_left_out(member)

    def _may_be_left_out(self, member: ir.Member) -> bool:
        """Whether a member that a plan has may not be counted."""
        rule = rule_for(self.stage, member.critical)
        what = ir.Unrated.STOP if rule is None else rule.what
        return what is ir.Unrated.LEFT_OUT or (what is ir.Unrated.COUNT_AS and isinstance(member.scale, ir.NumberScale))

    def _left_out(self) -> bool:
        return any(rule.what is ir.Unrated.LEFT_OUT for rule in self.stage.unrated)


def _brought(size: PlanSize, critical: bool) -> int:
    return size.critical if critical else size.noncritical


def _leaves_out(rule: ir.UnratedRule | None) -> bool:
    return rule is not None and rule.what is ir.Unrated.LEFT_OUT


def _taken_by_overrides(stage: ir.Stage) -> frozenset[int]:
    """The levels at which a single critical member makes an override decide, whatever the others are rated."""
    points = [level for level, _ in stage.points]
    found: set[int] = set()
    for row in stage.overrides:
        match row.condition:
            case ir.NumberThat(ir.Group(kind), ir.MemberTest(test, int(level)), 0 | 1 | None as low, None) if low:
                if kind is not ir.Kind.NONCRITICAL and test is ir.TestKind.AT:
                    found.add(level)
                elif kind is not ir.Kind.NONCRITICAL and test is ir.TestKind.BELOW:
                    found.update(each for each in points if each < level)
    return frozenset(found)


# ---- several ranges --------------------------------------------------------------------------------


def _known(found: Range | None) -> Range:
    if found is None:
        raise Unknown
    return found


def _common(parts: Sequence[Range]) -> Fraction | None:
    """The widest grid on which all values of several ranges lie."""
    grids = [each.grid for each in parts]
    if None in grids:
        return None
    known = [each for each in grids if each is not None]
    bottom = lcm(*(each.denominator for each in known))
    return Fraction(gcd(*(int(each * bottom) for each in known)), bottom)


def _hull(parts: Sequence[Range]) -> Range:
    return Range(min(each.low for each in parts), max(each.high for each in parts), _common(parts))


def _of_two(node: ir.Expression, one: Range, other: Range) -> Range:
    ends = list(product((one.low, one.high), (other.low, other.high)))
    match node:
        case ir.Sum():
            found = [left + right for left, right in ends]
        case ir.Difference():
            found = [left - right for left, right in ends]
        case _:
            found = [left * right for left, right in ends]
            grid = None if one.grid is None or other.grid is None else one.grid * other.grid
            return Range(min(found), max(found), grid)
    return Range(min(found), max(found), _common([one, other]))
