"""One rating, one step better, all else the same: the questions that it takes to prove that no level falls.

An element whose requirements are rated is proved in two halves, which together are far quicker than the whole: no
better requirement lowers the level or the score of the element, and no better level and score of an element, whatever
these are, lowers the result. Where a half fails, the whole is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import z3

from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import NumberScale, Relation
from sespms_rules.proofs.solver.encoding import Derived, derived_of_member
from sespms_rules.proofs.solver.inputs import Input, Path, Settled, at_path, fixed_at, put
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, all_of, any_of, both, exactly_one, negated
from sespms_rules.proofs.solver.question import Question, Shortcut, Subject
from sespms_rules.proofs.solver.rounding import in_order
from sespms_rules.proofs.solver.symmetry import one_of_each
from sespms_rules.proofs.solver.values import Linear, compared, constant


def each_step(about: Subject) -> Iterator[Question | Shortcut]:
    """Every step of every member by itself, once for members that nothing in the program tells apart."""
    nested = any(each.inner for each in about.asked.members)
    paths: dict[int, list[Path]] = {}
    for path in one_of_each(about):
        paths.setdefault(path[0], []).append(path)
    for place, group in paths.items():
        if nested:
            yield Shortcut(partial(_halves, about, place, group), partial(_whole, about, group))
        else:
            yield from _whole(about, group)


def _whole(about: Subject, paths: list[Path]) -> Iterator[Question]:
    """The steps in some places, asked of whole appraisals."""
    members = about.asked.members
    for path in paths:
        for worse, better, extra in _steps(at_path(members, path)):
            before, after = (about.side_of(put(members, path, each)) for each in (worse, better))
            yield about.question(both(extra, _falls(before.derived, after.derived)), before, after)


def _falls(before: Derived, after: Derived) -> Formula:
    """The level falls; that roundings keep the order of what they round is granted."""
    return both(all_of(in_order(before.roundings, after.roundings)), lower(before, after))


def lower(before: Derived, after: Derived) -> Formula:
    """Both give a level, and the second a lower one."""
    return any_of(
        both(given, any_of(other for level, other in after.levels if level < high)) for high, given in before.levels
    )


# ---- in two halves ---------------------------------------------------------------------------------


def _halves(about: Subject, place: int, paths: list[Path]) -> Iterator[Question]:
    """The steps of one element, with the other elements that have requirements at any level and score at all."""
    free = about.asked.members
    granted: list[Formula] = list(about.asked.admitted)
    for spot, each in enumerate(free):
        if each.inner and spot != place:
            settled = _settled(about, each)
            granted.append(exactly_one([at for _, at in settled.at]) if settled.at else True)
            free = put(free, (spot,), replace(each, settled=settled))
    freed = Subject(about.program, replace(about.asked, members=free, admitted=tuple(granted)))
    if not free[place].inner:
        yield from _whole(freed, paths)
        return
    yield from _inner_half(about, place, paths)
    yield _outer_half(freed, place)


def _inner_half(about: Subject, place: int, paths: list[Path]) -> Iterator[Question]:
    """It must not happen that a better requirement gives its element a lower level or score."""
    for path in paths:
        for worse, better, extra in _steps(at_path(about.asked.members, path)):
            moved = (put(about.asked.members, path, each)[place] for each in (worse, better))
            before, after = (_ended(about, each) for each in moved)
            fallen = [lower(before, after)]
            if before.score is not None and after.score is not None:
                fallen.append(compared(after.score, Relation.LESS, before.score))
            ended = both(negated(before.refused), negated(after.refused))
            order = all_of(in_order(before.roundings, after.roundings))
            granted = (*about.asked.admitted, *before.side, *after.side)
            yield Question((), granted, both(extra, ended, order, any_of(fallen)))


def _outer_half(freed: Subject, place: int) -> Question:
    """It must not happen that a level and a score of an element that are no lower give a lower result."""
    one = freed.asked.members[place]
    worse, better = _settled(freed, one), _settled(freed, one)
    granted: list[Formula] = []
    if worse.at:
        granted += [exactly_one([at for _, at in each.at]) for each in (worse, better)]
        granted += [negated(both(at, other)) for high, at in worse.at for level, other in better.at if level < high]
    if worse.score is not None and better.score is not None:
        granted.append(compared(worse.score, Relation.AT_MOST, better.score))
    before, after = (
        freed.side_of(put(freed.asked.members, (place,), replace(one, settled=each))) for each in (worse, better)
    )
    return freed.question(both(all_of(granted), _falls(before.derived, after.derived)), before, after)


def _settled(about: Subject, one: Input) -> Settled:
    """Any level that an element can end at, with any score."""
    inner = _ended(about, one)
    at = tuple((level, z3.FreshBool("at")) for level, _ in inner.levels)
    return Settled(at, None if inner.score is None else Linear(z3.FreshReal("score")))


def _ended(about: Subject, one: Input) -> Derived:
    """The derivation of an element by itself. Raises NotEncodable where it may end without a rating."""
    inner = derived_of_member(about.program, one)
    if inner.not_rated is not False:
        raise NotEncodable(f"`{one.name}` may end without a rating")
    return inner


# ---- their parts -----------------------------------------------------------------------------------


def _steps(one: Input) -> Iterator[tuple[Input, Input, Formula]]:
    """A member as it is rated, rated better by one step, and what is to hold of the two."""
    if one.number is not None:
        better = z3.FreshReal("better number")
        scale = one.of.member.scale if one.of.member else None
        within = better <= constant(scale.high) if isinstance(scale, NumberScale) else True
        extra = both(better > one.number, within)
        yield replace(one, none=False), replace(one, number=better, none=False), extra
        return
    levels = sorted(level for level, _ in one.at)
    for worse, better_level in pairwise(levels):
        yield fixed_at(one, worse), fixed_at(one, better_level), True
