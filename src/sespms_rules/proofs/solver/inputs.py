"""What an appraisal is to the solver: an unknown level, number and weight for each member, and the plan's limits."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import (
    Aggregate,
    Further,
    Kind,
    LevelScale,
    NoneAbove,
    NumberScale,
    Own,
    Product,
    Relation,
    Stage,
    Take,
    Unrated,
    UnratedRule,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.plans import Shape, ShapeMember, weight_ends
from sespms_rules.program.traversal import formulas_of, walk
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term, exactly_one
from sespms_rules.proofs.solver.values import Fixed, Linear, Ratio, Value, compared, constant, total

_SPECIFIC_FIRST = (Kind.CRITICAL, Kind.NONCRITICAL, Kind.REQUIREMENT, Kind.ELEMENT)

_MOST_STEPS = 100
"""So many steps of an additional rating are told apart where it is multiplied by a weight."""


class Settled(Frozen):
    """How a member whose requirements are rated ended, whatever these were: at which level, with which score."""

    at: tuple[tuple[int, Formula], ...]
    score: Value | None


class Input(Frozen):
    """One member: at which level it is rated (`at`), that it is not rated (`none`), or its `number`.

    `rule` is what a missing rating of it does. `inner` are its requirements, where these are rated; `settled` says how
    these ended where a question does not care for how they came to it.
    """

    of: ShapeMember
    rule: UnratedRule | None
    at: tuple[tuple[int, Formula], ...]
    none: Formula
    number: Term | None
    further: tuple[tuple[str, Value], ...]
    weight: Value | None
    inner: tuple[Input, ...]
    settled: Settled | None = field(default=None)

    @property
    def name(self) -> str:
        """Its name in the plan."""
        return self.of.name


class Unknowns(Frozen):
    """All unknowns of one appraisal, and what makes it one that is admitted."""

    shape: Shape
    members: tuple[Input, ...]
    admitted: tuple[Formula, ...]


def asked_of(shape: Shape) -> Unknowns:
    """Fresh unknowns for a shape."""
    admitted: list[Formula] = []
    return Unknowns(shape, _inputs(shape, "", admitted), tuple(admitted))


def _inputs(shape: Shape, prefix: str, admitted: list[Formula]) -> tuple[Input, ...]:
    stage = shape.stage
    weights = _weights(shape, prefix, admitted)
    return tuple(
        _input(stage, each, f"{prefix}{place}", weights[each.name], admitted)
        for place, each in enumerate(shape.members)
    )


def _input(stage: Stage, of: ShapeMember, key: str, weight: Value | None, admitted: list[Formula]) -> Input:
    rule = rule_for(stage, of.critical)
    scale = of.member.scale if of.member else LevelScale(tuple(level for level, _ in stage.points))
    further = tuple((each.name, _second(stage, each, f"{key} {each.name}", weight, admitted)) for each in stage.further)
    at: tuple[tuple[int, Formula], ...] = ()
    number: Term | None = None
    none: Formula = False
    inner: tuple[Input, ...] = ()
    if of.inner is not None:
        inner = _inputs(of.inner, f"{key}/", admitted)
    else:
        may_miss = rule is not None and (
            rule.what is Unrated.LEFT_OUT or (rule.what is Unrated.COUNT_AS and isinstance(scale, LevelScale))
        )
        none = z3.Bool(f"{key} not rated") if may_miss else False
        if isinstance(scale, NumberScale):
            number = z3.Real(f"{key} number")
            admitted += [number >= constant(scale.low), number <= constant(scale.high)]
        else:
            at = tuple((level, z3.Bool(f"{key} at {level}")) for level in scale.levels)
            admitted.append(exactly_one([*(each for _, each in at), none]))
    return Input(of, rule, at, none, number, further, weight, inner)


def _second(stage: Stage, of: Further, key: str, weight: Value | None, admitted: list[Formula]) -> Value:
    """An additional rating of a member, within its range.

    Where a stage multiplies by weights that are unknown, the unknown is the additional rating times the weight: the
    product is then linear, and because weights are more than 0, each additional rating is still met exactly once.
    """
    unknown = z3.Real(key)
    if isinstance(weight, Linear) and _multiplies_by_weight(stage):
        admitted += [unknown >= constant(of.low) * weight.term, unknown <= constant(of.high) * weight.term]
        if of.step is not None:
            if (of.steps or 0) > _MOST_STEPS:
                raise NotEncodable(f"`{of.name}` has more than {_MOST_STEPS} steps, and is multiplied by weights")
            values = [of.low + number * of.step for number in range((of.steps or 0) + 1)]
            admitted.append(z3.Or(*(unknown == constant(value) * weight.term for value in values)))
        return Ratio(Linear(unknown), weight)
    admitted += [unknown >= constant(of.low), unknown <= constant(of.high)]
    if of.step is not None:
        admitted.append(unknown == constant(of.low) + constant(of.step) * z3.ToReal(z3.Int(f"{key} steps")))
    return Linear(unknown)


def _multiplies_by_weight(stage: Stage) -> bool:
    """Whether a stage multiplies by the weight of a member, or averages by weight; its members' stages apart."""
    for each in walk(formulas_of(stage)):
        if isinstance(each, Aggregate) and each.by_weight:
            return True
        if isinstance(each, Product) and Own(Take.WEIGHT) in (each.left, each.right):
            return True
    return False


def rule_for(stage: Stage, critical: bool) -> UnratedRule | None:
    """What the policy says of a missing rating; what it says of critical ones goes before the rest."""
    mine = (Kind.CRITICAL if critical else Kind.NONCRITICAL, stage.kind)
    fitting = (rule for rule in stage.unrated if rule.kind in mine)
    return min(fitting, key=lambda rule: _SPECIFIC_FIRST.index(rule.kind), default=None)


# ---- weights -------------------------------------------------------------------------------------


def whole_weights(stage: Stage) -> bool:
    """Whether every weight of a stage is a whole number."""
    return any(isinstance(limit, WholeWeights) for limit in stage.limits)


def _weights(shape: Shape, prefix: str, admitted: list[Formula]) -> dict[str, Value | None]:
    stage = shape.stage
    if not stage.weighted:
        return {each.name: None for each in shape.members}
    made: dict[str, Value] = {}
    whole = whole_weights(stage)
    for place, each in enumerate(shape.members):
        low, high = weight_ends(stage.limits, each.name)
        if low is not None and low == high and (not whole or low.denominator == 1):
            made[each.name] = Fixed(low)
            admitted.append(low > 0)
            continue
        term = (z3.Int if whole else z3.Real)(f"{prefix}{place} weight")
        made[each.name] = Linear(term)
        admitted.append(term > 0)
        admitted += [term >= constant(low)] if low is not None else []
        admitted += [term <= constant(high)] if high is not None else []
    for limit in stage.limits:
        if isinstance(limit, WeightTotal):
            admitted.append(compared(total(list(made.values())), Relation.EQUAL, Fixed(limit.total)))
        elif isinstance(limit, NoneAbove) and limit.name in made:
            top = made[limit.name]
            admitted += [compared(made[name], Relation.AT_MOST, top) for name in made if name != limit.name]
    return dict(made)


# ---- places in an appraisal ------------------------------------------------------------------------

Path = tuple[int, ...]


def rated_places(members: tuple[Input, ...], before: Path = ()) -> Iterator[tuple[Path, Input]]:
    """Every member that is rated itself, with the way to it."""
    for place, each in enumerate(members):
        if each.of.inner is None:
            yield (*before, place), each
        else:
            yield from rated_places(each.inner, (*before, place))


def at_path(members: tuple[Input, ...], path: Path) -> Input:
    """The member in one place."""
    place, *rest = path
    return at_path(members[place].inner, tuple(rest)) if rest else members[place]


def put(members: tuple[Input, ...], path: Path, changed: Input) -> tuple[Input, ...]:
    """The members with another one in one place."""
    place, *rest = path
    if rest:
        outer = members[place]
        changed = replace(outer, inner=put(outer.inner, tuple(rest), changed))
    return (*members[:place], changed, *members[place + 1 :])


def fixed_at(one: Input, level: int) -> Input:
    """A member rated at one level, for certain."""
    return replace(one, at=((level, True),), none=False)
