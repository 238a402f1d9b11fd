"""Two programs -> is a plan allowed under one and not under the other: the limits on weights, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import z3

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, by_plans
from sespms_rules.program.ir import NoneAbove, Program, WeightTotal
from sespms_rules.program.plans import Shape, weight_ends
from sespms_rules.program.rating import Rated
from sespms_rules.proofs.solver.inputs import whole_weights
from sespms_rules.proofs.solver.joint_shapes import Joints, joint_shapes
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, Term, all_of, negated
from sespms_rules.proofs.solver.solver_session import Asking, TimeIsUpError, time_limit
from sespms_rules.proofs.solver.solving import Status
from sespms_rules.proofs.solver.values import constant
from sespms_rules.proofs.solver.witness import Search

_GRIDS = (Fraction(10), Fraction(5), Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))
_Weights = dict[tuple[str, ...], Term]


class PlansVerdict(Frozen):
    """Whether the allowed plans are the same: PROVED, or REFUTED by a plan that is allowed under one of the two.

    `only_old` and `only_new` are such plans, elements without ratings; None where there is none on that side. `facts`
    are those of an executive who may have the one that is told first.
    """

    status: Status
    why: str
    only_old: tuple[Rated, ...] | None = field(default=None)
    only_new: tuple[Rated, ...] | None = field(default=None)
    facts: GivenFacts = field(default=())
    milliseconds: int = field(default=0, compare=False)


def plans_differ(old: Program, new: Program, *, seconds: int = 20) -> PlansVerdict:
    """Decide whether a plan is allowed under one program and not under the other.

    Raises NotComparableError where the two do not rate the same elements.
    """
    asking = Asking(seconds)
    found: dict[bool, tuple[Rated, ...]] = {}
    of: dict[bool, GivenFacts] = {}
    left = ""
    try:
        for case in by_plans(old, new):
            shapes = joint_shapes(*case.programs)
            left = left or shapes.left
            _look_at(shapes, asking, found)
            for side in found:
                of.setdefault(side, case.classes[0].given)
    except TooManyFactsError as fault:
        return PlansVerdict(Status.UNDECIDED, str(fault), milliseconds=asking.milliseconds)
    except TimeIsUpError:
        return PlansVerdict(Status.UNDECIDED, time_limit(seconds), milliseconds=asking.milliseconds)
    except NotEncodable as reason:
        return PlansVerdict(Status.UNDECIDED, str(reason), milliseconds=asking.milliseconds)
    return replace(_verdict(found, left, asking), facts=of.get(True, of.get(False, ())))


def _look_at(shapes: Joints, asking: Asking, found: dict[bool, tuple[Rated, ...]]) -> None:
    """Look for a plan that is allowed under one of the two alone, where none was found yet."""
    for of_old, lonely in ((True, shapes.only_old), (False, shapes.only_new)):
        for shape in lonely:
            _keep(found, of_old, _plan_of(asking, shape, None))
    for joint in shapes.joints:
        _keep(found, True, _plan_of(asking, joint.old, joint.new) if True not in found else None)
        _keep(found, False, _plan_of(asking, joint.new, joint.old) if False not in found else None)


def _keep(found: dict[bool, tuple[Rated, ...]], of_old: bool, plan: tuple[Rated, ...] | None) -> None:
    if plan is not None:
        found.setdefault(of_old, plan)


def _verdict(found: dict[bool, tuple[Rated, ...]], left: str, asking: Asking) -> PlansVerdict:
    taken = asking.milliseconds
    if found:
        why = "a plan is allowed under one of the two systems alone"
        return PlansVerdict(Status.REFUTED, why, found.get(True), found.get(False), milliseconds=taken)
    if left:
        why = f"the same plans are allowed among those looked at; not looked at: {left}"
        return PlansVerdict(Status.UNDECIDED, why, milliseconds=taken)
    return PlansVerdict(Status.PROVED, "the same plans are allowed under both systems", milliseconds=taken)


def _plan_of(asking: Asking, legal: Shape, illegal: Shape | None) -> tuple[Rated, ...] | None:
    """The roundest plan that keeps the limits of one shape and breaks one of the other's; None where there is none."""
    weights: _Weights = {}
    granted = _limits(legal, (), weights)
    if illegal is not None:
        granted.append(negated(all_of(_limits(illegal, (), weights, among=legal))))
    search = asking.model(granted)
    if search is None:
        return None
    for grid in _GRIDS:
        if search.keep(all_of(z3.IsInt(term / constant(grid)) for term in weights.values())):
            break
    return _told(search, legal, (), weights)


def _limits(shape: Shape, path: tuple[str, ...], weights: _Weights, among: Shape | None = None) -> list[Formula]:
    """The limits on the weights of a shape and of what lies in it; what another shape does not weigh is left out."""
    made: list[Formula] = []
    stage = shape.stage
    inner_of = {each.name: each.inner for each in among.members} if among is not None else {}
    if stage.weighted and (among is None or among.stage.weighted):
        here = {
            each.name: weights.setdefault((*path, each.name), _weight((*path, each.name))) for each in shape.members
        }
        made += _of_stage(shape, here)
    for each in shape.members:
        if each.inner is not None:
            made += _limits(each.inner, (*path, each.name), weights, inner_of.get(each.name))
    return made


def _weight(path: tuple[str, ...]) -> Term:
    return z3.Real(f"weight of {' / '.join(path)}")


def _of_stage(shape: Shape, here: dict[str, Term]) -> list[Formula]:
    stage = shape.stage
    made: list[Formula] = [term > 0 for term in here.values()]
    for name, term in here.items():
        low, high = weight_ends(stage.limits, name)
        made += [term >= constant(low)] if low is not None else []
        made += [term <= constant(high)] if high is not None else []
        made += [z3.IsInt(term)] if whole_weights(stage) else []
    for limit in stage.limits:
        if isinstance(limit, WeightTotal):
            made.append(z3.Sum(*here.values()) == constant(limit.total))
        elif isinstance(limit, NoneAbove) and limit.name in here:
            made += [term <= here[limit.name] for name, term in here.items() if name != limit.name]
    return made


def _told(search: Search, shape: Shape, path: tuple[str, ...], weights: _Weights) -> tuple[Rated, ...]:
    made = []
    for each in shape.members:
        term = weights.get((*path, each.name))
        inner = () if each.inner is None else _told(search, each.inner, (*path, each.name), weights)
        weight = None if term is None else _number(search, term)
        made.append(Rated(each.name, None, weight, requirements=inner, critical=each.critical))
    return tuple(made)


def _number(search: Search, term: Term) -> Fraction:
    found = search.model.eval(term, model_completion=True)
    return Fraction(found.numerator_as_long(), found.denominator_as_long())
