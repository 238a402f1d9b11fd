"""ir expressions and conditions -> the same, read a little otherwise: what can go wrong in a formula or a line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir
from sespms_rules.program.traversal import apart
from sespms_rules.program.wording import precision_words
from sespms_rules.studies.mutation.changes import Variant, at, instead, shifted, without

_C = TypeVar("_C", ir.NumberThat, ir.EveryOne, ir.MajorityThat, ir.ShareThat, ir.CountOf, ir.ShareOf)

_AGGREGATIONS = {
    ir.Aggregation.SUM: ("the sum", ir.Aggregation.AVERAGE),
    ir.Aggregation.AVERAGE: ("the average", ir.Aggregation.SUM),
    ir.Aggregation.LOWEST: ("the lowest", ir.Aggregation.HIGHEST),
    ir.Aggregation.HIGHEST: ("the highest", ir.Aggregation.LOWEST),
}
_TAKES = {ir.Take.POINTS: ir.Take.LEVEL, ir.Take.LEVEL: ir.Take.POINTS}


class Reading(Frozen):
    """What a line is read with: its words, the levels there are, the steps a score takes.

    `own_points` says that the points of some level are not its number.
    """

    text: str
    levels: tuple[int, ...]
    steps: tuple[Fraction, ...]
    own_points: bool


# ---- expressions ---------------------------------------------------------------------------------


def expressions(node: ir.Expression, reading: Reading) -> Iterator[Variant[ir.Expression]]:
    """An expression with one thing in it read otherwise."""
    match node:
        case ir.Constant(value):
            for moved in shifted(value, reading.text):
                yield Variant(moved.says, ir.Constant(moved.part))
        case ir.Own(take) | ir.OfMember(take) if take in _TAKES and reading.own_points:
            other = _TAKES[take]
            said = {ir.Take.LEVEL: "level numbers", ir.Take.POINTS: "points"}
            yield Variant(instead(said[other], said[take]), replace(node, take=other))
        case ir.Aggregate():
            yield from _aggregates(node, reading)
        case ir.CountOf(test=test) if test is not None:
            yield from _tested(node, test, reading)
        case ir.ShareOf(test=test):
            yield from _tested(node, test, reading)
        case ir.Sum(left, right):
            yield from _two(node, left, right, reading)
            yield Variant(instead("minus", "plus"), ir.Difference(left, right))
        case ir.Difference(left, right):
            yield from _two(node, left, right, reading)
            yield Variant(instead("plus", "minus"), ir.Sum(left, right))
        case ir.Product(left, right) | ir.Quotient(left, right):
            yield from _two(node, left, right, reading)
        case ir.Largest(operands) | ir.Smallest(operands):
            yield from _limited(node, operands, reading)
        case ir.Choice():
            yield from _choices(node, reading)
        case ir.Rounded():
            yield from _rounded(node, reading)
        case ir.LookUp(key=key):
            for each in expressions(key, reading):
                yield Variant(each.says, replace(node, key=each.part))


def _aggregates(node: ir.Aggregate, reading: Reading) -> Iterator[Variant[ir.Expression]]:
    says, other = _AGGREGATIONS[node.aggregation]
    if node.by_weight:
        yield Variant("the weights left out", replace(node, by_weight=False))
    else:
        yield Variant(instead(_AGGREGATIONS[other][0], says), replace(node, aggregation=other))
    for body in expressions(node.body, reading):
        yield Variant(body.says, replace(node, body=body.part))
    for some in _fewer(node.members):
        yield Variant(some.says, replace(node, members=some.part))


def _fewer(members: ir.Members) -> Iterator[Variant[ir.Members]]:
    """Members by name with one of them forgotten."""
    if isinstance(members, ir.Names) and len(members.names) > 1:
        for place, name in enumerate(members.names):
            yield Variant(f"`{name}` left out", ir.Names(without(members.names, place)))


def _two(
    node: ir.Sum | ir.Difference | ir.Product | ir.Quotient,
    left: ir.Expression,
    right: ir.Expression,
    reading: Reading,
) -> Iterator[Variant[ir.Expression]]:
    for one in expressions(left, reading):
        yield Variant(one.says, replace(node, left=one.part))
    for other in expressions(right, reading):
        if not (isinstance(node, ir.Quotient) and other.part == ir.Constant(Fraction(0))):
            yield Variant(other.says, replace(node, right=other.part))


def _limited(
    node: ir.Largest | ir.Smallest, operands: tuple[ir.Expression, ...], reading: Reading
) -> Iterator[Variant[ir.Expression]]:
    for place, operand in enumerate(operands):
        for each in expressions(operand, reading):
            yield Variant(each.says, replace(node, operands=at(operands, place, each.part)))
        if isinstance(operand, ir.Constant) and len(operands) == 2:
            limit = "no less than" if isinstance(node, ir.Largest) else "no more than"
            yield Variant(f"`{limit} {exact(operand.value)}` left out", operands[1 - place])
    if not any(isinstance(each, ir.Constant) for each in operands):
        words = ("the largest", "the smallest")
        new, old = words if isinstance(node, ir.Smallest) else words[::-1]
        kind = ir.Largest if isinstance(node, ir.Smallest) else ir.Smallest
        yield Variant(instead(new, old), kind(operands))


def _choices(node: ir.Choice, reading: Reading) -> Iterator[Variant[ir.Expression]]:
    for condition in conditions(node.condition, reading):
        yield Variant(condition.says, replace(node, condition=condition.part))
    for then in expressions(node.then, reading):
        yield Variant(then.says, replace(node, then=then.part))
    for otherwise in expressions(node.otherwise, reading):
        yield Variant(otherwise.says, replace(node, otherwise=otherwise.part))
    yield Variant("the condition taken to hold always", node.then)
    yield Variant("the condition taken to hold never", node.otherwise)


def _rounded(node: ir.Rounded, reading: Reading) -> Iterator[Variant[ir.Expression]]:
    yield Variant("not rounded", node.operand)
    for tie in ir.Tie:
        if tie is not node.tie:
            yield Variant(instead(f"rounded {tie.value}", f"rounded {node.tie.value}"), replace(node, tie=tie))
    for per_one in _precisions(node):
        other = replace(node, per_one=per_one)
        yield Variant(instead(precision_words(other), precision_words(node)), other)
    for operand in expressions(node.operand, reading):
        yield Variant(operand.says, replace(node, operand=operand.part))


def _precisions(node: ir.Rounded) -> tuple[int, ...]:
    """The steps next to those of a rounding: a decimal fewer and one more; beside halves, whole numbers and tenths."""
    if node.decimals is None:
        return (1, 10)
    return tuple(10**each for each in (node.decimals - 1, node.decimals + 1) if each >= 0)


# ---- conditions ----------------------------------------------------------------------------------


def conditions(node: ir.Condition, reading: Reading) -> Iterator[Variant[ir.Condition]]:
    """A condition with one thing in it read otherwise."""
    match node:
        case ir.Compare():
            yield from _compares(node, reading)
        case ir.NumberThat():
            yield from _numbers(node)
            yield from _tested(node, node.test, reading)
        case ir.EveryOne():
            yield Variant(instead("more than half", "every one"), ir.MajorityThat(node.members, node.test))
            yield from _tested(node, node.test, reading)
        case ir.MajorityThat():
            half = ir.ShareThat(node.members, node.test, ir.HALF, None)
            yield Variant(instead("half or more", "more than half"), half)
            yield Variant(instead("every one", "more than half"), ir.EveryOne(node.members, node.test))
            yield from _tested(node, node.test, reading)
        case ir.ShareThat(low=ir.HALF, high=None):
            yield Variant(instead("more than half", "half or more"), ir.MajorityThat(node.members, node.test))
            yield Variant(instead("every one", "half or more"), ir.EveryOne(node.members, node.test))
            yield from _tested(node, node.test, reading)
        case ir.ShareThat():
            yield from _shares(node, reading)
            yield from _tested(node, node.test, reading)
        case ir.Within(ends=(end,)):
            yield from _compares(end, reading)
        case ir.All() | ir.Within():
            parts = apart(node)
            for place, part in enumerate(parts):
                for each in conditions(part, reading):
                    yield Variant(each.says, ir.All(at(parts, place, each.part)))
            if len(parts) > 1 and not _is_range(parts):
                for place, part in enumerate(parts):
                    yield Variant(f"the condition on {_about(part)} left out", ir.All(without(parts, place)))


def _is_range(parts: tuple[ir.Condition, ...]) -> bool:
    """Whether the parts are the two ends of one range."""
    return (
        len(parts) == 2 and all(isinstance(each, ir.Compare) for each in parts) and len({_about(p) for p in parts}) == 1
    )


def _about(part: ir.Condition) -> str:
    match part:
        case ir.Compare(ir.TheScore()):
            return "the score"
        case ir.Compare(ir.Named(name) | ir.TheFact(name)):
            return f"`{name}`"
        case ir.Compare():
            return "a value"
        case ir.Within():
            return _about(part.ends[0])
        case ir.All(parts):
            return _about(parts[0]) if parts else "nothing"
    return f"{_members(part.members)} {_tells(part.test)}"


def _members(members: ir.Members) -> str:
    if isinstance(members, ir.Group):
        return f"{members.kind.value}s"
    return " and ".join(f"`{name}`" for name in members.names)


def _compares(node: ir.Compare, reading: Reading) -> Iterator[Variant[ir.Condition]]:
    if isinstance(node.left, ir.TheFact) and node.left.words and isinstance(node.right, ir.Constant):
        mine = int(node.right.value)
        for place, word in enumerate(node.left.words, start=1):
            if place != mine:
                says = instead(f"`{word}`", f"`{node.left.words[mine - 1]}`")
                yield Variant(says, replace(node, right=ir.Constant(Fraction(place))))
        return
    for left in expressions(node.left, reading):
        yield Variant(left.says, replace(node, left=left.part))
    number = node.right.value if isinstance(node.right, ir.Constant) else None
    if number is not None:
        steps = () if isinstance(node.left, ir.TheFact) else reading.steps
        for moved in shifted(number, reading.text, steps):
            yield Variant(moved.says, replace(node, right=ir.Constant(moved.part)))
    else:
        for right in expressions(node.right, reading):
            yield Variant(right.says, replace(node, right=right.part))
    told = "an equal value" if number is None else exact(number)
    match node.relation:
        case ir.Relation.AT_LEAST:
            yield Variant(f"{told} itself does not count", replace(node, relation=ir.Relation.MORE))
        case ir.Relation.AT_MOST:
            yield Variant(f"{told} itself does not count", replace(node, relation=ir.Relation.LESS))
        case ir.Relation.MORE:
            yield Variant(f"{told} itself counts too", replace(node, relation=ir.Relation.AT_LEAST))
        case ir.Relation.LESS:
            yield Variant(f"{told} itself counts too", replace(node, relation=ir.Relation.AT_MOST))
        case ir.Relation.EQUAL:
            yield Variant(f"{told} or more instead of just {told}", replace(node, relation=ir.Relation.AT_LEAST))
            yield Variant(f"{told} or less instead of just {told}", replace(node, relation=ir.Relation.AT_MOST))


def _numbers(node: ir.NumberThat) -> Iterator[Variant[ir.Condition]]:
    if isinstance(node.members, ir.Names) and len(node.members.names) == 1:
        return  # one member: there is nothing to count
    said = _quantity(node.low, node.high)
    ends: list[tuple[int | None, int | None]]
    if node.low is not None and node.low == node.high:
        ends = [(node.low - 1, node.low - 1), (node.low + 1, node.low + 1)]
    else:
        ends = [(low, node.high) for low in _beside(node.low, 1)]
        ends += [(node.low, high) for high in _beside(node.high, 0)]
    for low, high in ends:
        if low is None or high is None or low <= high:
            yield Variant(instead(_quantity(low, high), said), replace(node, low=low, high=high))


def _beside(number: int | None, least: int) -> tuple[int, ...]:
    return () if number is None else tuple(each for each in (number - 1, number + 1) if each >= least)


def _quantity(low: int | None, high: int | None) -> str:
    match (low, high):
        case (1, None):
            return "any"
        case (None, 0) | (0, 0):
            return "no"
        case (_, None):
            return f"at least {low}"
        case (None, _):
            return f"at most {high}"
    return f"exactly {low}" if low == high else f"{low} to {high}"


def _shares(node: ir.ShareThat, reading: Reading) -> Iterator[Variant[ir.Condition]]:
    for end in ("low", "high"):
        number: Fraction | None = getattr(node, end)
        if number is not None:
            for moved in shifted(number, reading.text):
                yield Variant(f"{moved.says} percent", replace(node, **{end: moved.part}))


# ---- tests of members ----------------------------------------------------------------------------


def _tested(node: _C, test: ir.MemberTest, reading: Reading) -> Iterator[Variant[_C]]:
    for changed in _tests(test, reading):
        yield Variant(instead(_tells(changed), _tells(test)), replace(node, test=changed))
    for some in _fewer(node.members):
        yield Variant(some.says, replace(node, members=some.part))


def _tests(test: ir.MemberTest, reading: Reading) -> Iterator[ir.MemberTest]:
    kinds = {ir.TestKind.AT: ir.TestKind.AT_OR_BETTER, ir.TestKind.AT_OR_BETTER: ir.TestKind.AT}
    kinds |= {ir.TestKind.RATED: ir.TestKind.NOT_RATED, ir.TestKind.NOT_RATED: ir.TestKind.RATED}
    if test.kind in kinds and test.level != max(reading.levels, default=0):
        yield replace(test, kind=kinds[test.kind])
    if test.level is None:
        return
    places = sorted(reading.levels)
    near = [each for each in places if each < test.level][-1:] + [each for each in places if each > test.level][:1]
    for level in near:
        yield replace(test, level=level)


def _tells(test: ir.MemberTest) -> str:
    match test.kind:
        case ir.TestKind.AT:
            return f"at level {test.level}"
        case ir.TestKind.AT_OR_BETTER:
            return f"at level {test.level} or better"
        case ir.TestKind.BELOW:
            return f"below level {test.level}"
    return test.kind.value
