"""ir.Stage -> what it reads of an appraisal: a few sums over the members, each member's share of them told by its own
level and weight.

Two appraisals for which all these sums are equal end alike, whatever the lines say. So it is enough to count how many
appraisals have which sums, and to rate one of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.members import is_meant, passes
from sespms_rules.program.traversal import parts, walk


class Unobservable(Exception):
    """A stage reads an appraisal in a way that is no sum over the members."""


Share = Callable[[int, Fraction], Fraction]
"""What a member adds to a sum: of its level and its weight (0 where plans have no weights)."""


class Observation(Frozen):
    """One sum: what each member adds to it, by name; members that are not named here add nothing.

    `told` says what is summed: of two observations that are told alike one is enough. Numbers above `most` are all the
    same to what reads them; None: each number counts.
    """

    told: object
    shares: tuple[tuple[str, Share], ...]
    most: int | None = field(default=None)

    def of(self, name: str) -> Share | None:
        """What the member of a name adds."""
        return dict(self.shares).get(name)


class Observed(Frozen):
    """A member as a stage sees it."""

    name: str
    critical: bool


def observations(stage: ir.Stage, members: tuple[Observed, ...]) -> Iterator[Observation]:
    """What a stage whose members are rated by levels reads of an appraisal. Raises Unobservable."""
    if stage.further or any(each.stage is not None for each in stage.members):
        raise Unobservable
    reader = _Reader(stage, members)
    for definition in stage.definitions:
        if isinstance(definition, ir.Definition) and definition.each is not None:
            reader.define(definition.name, definition.expression, definition.each)
        else:
            yield from reader.reads(definition.expression)
    for row in (*stage.overrides, *stage.rows, *stage.caps):
        yield from reader.reads(row.condition)


def together(found: Iterable[Observation]) -> list[Observation]:
    """The observations, each once, told apart as far as any of them is."""
    kept: dict[object, Observation] = {}
    for each in found:
        known = kept.get(each.told)
        if known is not None:
            most = None if known.most is None or each.most is None else max(known.most, each.most)
            each = replace(each, most=most)
        kept[each.told] = each
    return list(kept.values())


class _Reader:
    """Finds the sums that the parts of one stage are made of."""

    def __init__(self, stage: ir.Stage, members: tuple[Observed, ...]) -> None:
        self.stage = stage
        self.members = members
        self.points = dict(stage.points)
        self.own: dict[str, ir.Expression] = {}

    def define(self, name: str, expression: ir.Expression, members: ir.Members) -> None:
        """A value of each member; one that some members lack is left out, so that asking for it is Unobservable."""
        self._worth(expression)
        if len(self._meant(members)) == len(self.members):
            self.own[name] = expression

    def reads(self, node: Any) -> Iterator[Observation]:
        """The sums in an expression or a condition."""
        match node:
            case ir.Aggregate():
                yield from self._aggregate(node)
            case ir.CountOf(members, test) | ir.ShareOf(members, test):
                if test is not None:
                    yield self._counted(members, test)
            case ir.NumberThat(members, test, low, high):
                yield self._counted(members, test, max(low or 0, 0 if high is None else high + 1))
            case ir.EveryOne(members, test):
                yield self._counted(members, test, 1, failing=True)
            case ir.MajorityThat(members, test) | ir.ShareThat(members, test):
                yield self._counted(members, test)
            case ir.OfMember(take, name):
                yield self._observation(node, ((name, self._taken(take)),))
            case ir.Own() | ir.OwnFurther() | ir.OwnNamed():
                raise Unobservable
            case _:
                for each in parts(node):
                    yield from self.reads(each)

    # ---- sums ------------------------------------------------------------------------------------

    def _aggregate(self, node: ir.Aggregate) -> Iterator[Observation]:
        meant = self._meant(node.members)
        worth = self._worth(node.body)
        if node.aggregation in (ir.Aggregation.LOWEST, ir.Aggregation.HIGHEST):
            if _reads_weight(node.body, self.own):
                raise Unobservable
            for level, _ in self.stage.points:
                yield self._counted(node.members, ir.MemberTest(ir.TestKind.AT, level), 1)
        elif node.by_weight:
            weighed = tuple((each.name, lambda level, weight: worth(level, weight) * weight) for each in meant)
            yield self._observation(node, weighed)
            yield self._observation("weights", tuple((each.name, _weight) for each in meant))
        else:
            yield self._observation(node, tuple((each.name, worth) for each in meant))

    def _counted(
        self, members: ir.Members, test: ir.MemberTest, most: int | None = None, *, failing: bool = False
    ) -> Observation:
        """How many pass a test, or fail it; how many there are is the same in all plans of the same members."""

        def passing(level: int, weight: Fraction) -> Fraction:
            del weight
            return Fraction(passes(level, test) is not failing)

        shares = tuple((each.name, passing) for each in self._meant(members))
        return self._observation((test, failing), shares, most)

    def _observation(self, what: object, shares: tuple[tuple[str, Share], ...], most: int | None = None) -> Observation:
        names = tuple(name for name, _ in shares)
        return Observation((what, names, self.stage.points, tuple(self.own.items())), shares, most)

    def _meant(self, members: ir.Members) -> list[Observed]:
        return [each for each in self.members if is_meant(each, members, self.stage)]

    # ---- what one member is worth ----------------------------------------------------------------

    def _taken(self, take: ir.Take) -> Share:
        points = self.points

        def taken(level: int, weight: Fraction) -> Fraction:
            if take is ir.Take.WEIGHT:
                return weight
            if take is ir.Take.LEVEL:
                return Fraction(level)
            if level not in points:
                raise Unobservable
            return points[level]

        return taken

    def _worth(self, body: ir.Expression) -> Share:
        """The value of an expression about the member at hand."""
        match body:
            case ir.Constant(value):
                return lambda _level, _weight: value
            case ir.Own(take):
                return self._taken(take)
            case ir.OwnNamed(name) if name in self.own:
                return self._worth(self.own[name])
            case ir.Rounded(operand, tie, per_one):
                of = self._worth(operand)
                return lambda level, weight: Fraction(rounded(of(level, weight), tie, per_one=per_one))
            case ir.Largest(operands) | ir.Smallest(operands):
                each = [self._worth(operand) for operand in operands]
                pick = max if isinstance(body, ir.Largest) else min
                return lambda level, weight: pick(one(level, weight) for one in each)
            case ir.Sum(left, right) | ir.Difference(left, right) | ir.Product(left, right):
                one, other, join = self._worth(left), self._worth(right), _JOINS[type(body)]
                return lambda level, weight: join(one(level, weight), other(level, weight))
        raise Unobservable


_JOINS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ir.Sum: lambda left, right: left + right,
    ir.Difference: lambda left, right: left - right,
    ir.Product: lambda left, right: left * right,
}


def _weight(level: int, weight: Fraction) -> Fraction:
    del level
    return weight


def _reads_weight(body: ir.Expression, own: dict[str, ir.Expression]) -> bool:
    for each in walk(body):
        if isinstance(each, ir.Own) and each.take is ir.Take.WEIGHT:
            return True
        if isinstance(each, ir.OwnNamed) and (each.name not in own or _reads_weight(own[each.name], own)):
            return True
    return False
