"""One appraisal -> the smallest change of its ratings that gives another level, by the solver: exact, not searched.

The plan stays as it is. Size is the number of ratings changed, then the number of steps, all together: a step is to
the next level that the element can get, or one whole number on a scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import z3

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.facts import settled
from sespms_rules.program.ir import LevelScale, Program, Relation, Stage
from sespms_rules.program.plans import Shape, ShapeMember
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver.encoding import derived
from sespms_rules.proofs.solver.inputs import Input, Unknowns, asked_of
from sespms_rules.proofs.solver.logic import Count, Formula, NotEncodable, Term, any_of, negated
from sespms_rules.proofs.solver.question import Side
from sespms_rules.proofs.solver.solver_session import Asking, TimeIsUpError, time_limit
from sespms_rules.proofs.solver.values import Fixed, Linear, compared, constant
from sespms_rules.proofs.solver.witness import Search, Shown, shown_by


class Nearest(Frozen):
    """What is nearest; `shown` is None where nothing gives such a level.

    Where `why` is not empty, neither is proved.
    """

    shown: Shown | None
    why: str


def nearest(program: Program, appraisal: Appraisal, levels: tuple[int, ...], least: int, seconds: int) -> Nearest:
    """The smallest change of an appraisal that ends at one of `levels`, of at least `least` ratings."""
    asking = Asking(seconds)
    try:
        changing = _Changing(program, appraisal, levels)
        return Nearest(_smallest(changing, asking, least), "")
    except NotEncodable as reason:
        return Nearest(None, f"the derivation cannot be put to the solver: {reason}")
    except TimeIsUpError:
        return Nearest(None, time_limit(seconds))


def _smallest(changing: _Changing, asking: Asking, least: int) -> Shown | None:
    """Ever more changed ratings until it goes, then ever fewer steps until it no longer does."""
    if asking.model(changing.granted) is None:
        return None
    search: Search | None = None
    for count in range(least, changing.changed.most + 1):
        search = asking.model((*changing.granted, changing.changed.at_most(count)))
        if search is not None:
            break
    if search is None:
        return None
    best = search
    while True:
        steps = best.model.eval(changing.steps, model_completion=True)
        search = asking.model((*changing.granted, changing.changed.at_most(count), changing.steps < steps))
        if search is None:
            return shown_by(best, changing.side)
        best = search


class _Changing:
    """The unknowns of an appraisal whose plan is fixed and whose ratings are not: which change, and by how much."""

    def __init__(self, program: Program, appraisal: Appraisal, levels: tuple[int, ...]) -> None:
        known = settled(program, appraisal.facts)  # a change of ratings changes no fact
        asked: Unknowns = asked_of(_shape(known.summary, appraisal.elements))
        result = derived(known, asked.members)
        changed: list[Formula] = []
        steps: list[Term] = []
        fixed = list(_fixed(asked.members, appraisal.elements, changed, steps))
        wanted = any_of(result.level(level) for level in levels)
        self.side = Side(asked.members, result, appraisal.facts)
        self.granted = (*asked.admitted, *result.side, *fixed, wanted)
        self.changed = Count(changed)
        self.steps = z3.Sum(*steps, constant(Fraction(0)))


def _shape(stage: Stage, given: tuple[Rated, ...]) -> Shape:
    """The shape of one appraisal's plan."""
    named = {each.name: each for each in stage.members}
    members = []
    for one in given:
        member = named.get(one.name)
        inner = None if member is None or member.stage is None else _shape(member.stage, one.requirements)
        members.append(ShapeMember(one.name, one.critical if member is None else member.critical, member, inner))
    return Shape(stage, tuple(members))


def _fixed(
    members: tuple[Input, ...], given: tuple[Rated, ...], changed: list[Formula], steps: list[Term]
) -> Iterator[Formula]:
    """What keeps the plan, and what is not rated, as it is; `changed` and `steps` are filled with what may change."""
    for one, rated in zip(members, given, strict=True):
        if isinstance(one.weight, Linear) and rated.weight is not None:
            yield one.weight.term == constant(rated.weight)
        further = dict(rated.further)
        for name, value in one.further:
            if name in further:  # what is not rated has none, and 0 need not be within its range
                yield compared(value, Relation.EQUAL, Fixed(further[name]))
        if one.inner:
            yield from _fixed(one.inner, rated.requirements, changed, steps)
        elif rated.rating is None:
            yield one.none
        elif one.number is not None:
            step = z3.FreshInt("step")
            yield negated(one.none)
            yield one.number == constant(rated.rating) + step
            changed.append(step != 0)
            steps.append(z3.If(step < 0, -step, step))
        else:
            before = int(rated.rating)
            yield negated(one.none)
            changed.append(negated(dict(one.at)[before]))
            scale = LevelScale(tuple(level for level, _ in one.at))
            away = {level: int(scale.steps(Fraction(before), Fraction(level))) for level, _ in one.at}
            steps += [z3.If(at, away[level], 0) for level, at in one.at if level != before]
