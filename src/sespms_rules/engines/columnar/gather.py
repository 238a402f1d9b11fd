"""Appraisals -> columns, and plain arrays -> columns.

Appraisals of one policy mostly name the same elements in the same order; then their columns are taken out whole. Where
they do not, each is brought into the policy's order first, and what has to do with names is refused here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import attrgetter
from typing import Protocol

import numpy as np

from sespms_rules.engines.columnar.columns import ColumnarError, MemberColumns, StageColumns
from sespms_rules.engines.columnar.masks import Array, Codes, Truth, part, simple, with_bit
from sespms_rules.engines.columnar.values import Value, of_column, type_for
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.numbered import Numbered
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program import ir
from sespms_rules.program.plans import mistaken_for
from sespms_rules.program.rating import Appraisal, Rated

_UNKNOWN, _REPEATED = RefusalKind.UNKNOWN_ELEMENT.number, RefusalKind.ELEMENT_REPEATED.number
_FURTHER = RefusalKind.FURTHER_RATING.number
_FACT = RefusalKind.FACT.number
_ABSENT = Rated("")
_NAME, _RATING, _WEIGHT, _REQUIREMENTS = (attrgetter(each) for each in ("name", "rating", "weight", "requirements"))
_FURTHERS, _CRITICAL = attrgetter("further"), attrgetter("critical")


def of_appraisals(program: ir.Program, appraisals: Sequence[Appraisal]) -> StageColumns:
    """Make the columns of a program's summary from appraisals, with what they say of the executive or the unit."""
    columns = gathered(program.summary, [each.elements for each in appraisals])
    if not (program.facts or any(each.facts for each in appraisals)):
        return columns
    given = [dict(each.facts) for each in appraisals]
    known = {fact.name for fact in program.facts}
    broken = [
        len(made) != len(each.facts) or not made.keys() <= known for made, each in zip(given, appraisals, strict=True)
    ]
    found = with_bit(columns.found, _truth(broken), _FACT)
    return replace(columns, found=found, facts=tuple(_facts(program, given)))


def _facts(program: ir.Program, given: list[dict[str, Fraction | str]]) -> Iterator[tuple[str, Value, Truth]]:
    """A column for each fact; what it cannot be is a number below its range."""
    for fact in program.facts:
        made: dict[Fraction | str | None, Fraction | None] = {None: None}
        for each in {row.get(fact.name) for row in given} - {None}:
            number = None if each is None else fact.number(each)
            made[each] = fact.low - 1 if number is None else number
        value, where = numbers([made[row.get(fact.name)] for row in given])
        if value is not None:
            yield fact.name, value, where


def gathered(stage: ir.Stage, given: Sequence[tuple[Rated, ...]]) -> StageColumns:
    """Make the columns of a stage from the members each appraisal has for it."""
    names = [member.name for member in stage.members]
    found: Codes = 0
    columns: list[tuple[Rated, ...]]
    if set(map(len, given)) == {len(names)} and names:
        columns = list(zip(*given, strict=True))
        in_order = all(set(map(_NAME, column)) == {name} for column, name in zip(columns, names, strict=True))
    else:
        in_order = False
    if not in_order:
        columns, found = _in_order(stage, names, given)
    made: list[MemberColumns] = []
    for number, column in enumerate(columns):
        policy = stage.members[number] if number < len(names) else None
        member, faults = _shared(stage, policy, column)
        made.append(member)
        for truth, code in faults:
            found = with_bit(found, truth, code)
    return StageColumns(tuple(made[: len(names)]), tuple(made[len(names) :]), found)


def _in_order(
    stage: ir.Stage, names: list[str], given: Sequence[tuple[Rated, ...]]
) -> tuple[list[tuple[Rated, ...]], Codes]:
    """Bring each appraisal into the policy's order, others behind; fill what is not there with `_ABSENT`."""
    places = {name: number for number, name in enumerate(names)}
    rows: list[list[Rated]] = []
    unknown: list[bool] = []
    repeated: list[bool] = []
    for each in given:
        row = [_ABSENT] * len(names)
        others: dict[str, Rated] = {}
        twice = False
        for rated in each:
            place = places.get(rated.name)
            if place is None:
                twice = twice or rated.name in others
                others.setdefault(rated.name, rated)
            elif row[place] is _ABSENT:
                row[place] = rated
            else:
                twice = True
        rows.append(row + list(others.values()) if stage.open else row)
        there = {name for name, place in places.items() if row[place] is not _ABSENT} if others and stage.open else ()
        unknown.append(any(not stage.open or mistaken_for(stage, name, there) for name in others))
        repeated.append(twice)
    width = max(map(len, rows))
    padded = [row + [_ABSENT] * (width - len(row)) for row in rows]
    found = with_bit(with_bit(0, np.array(unknown), _UNKNOWN), np.array(repeated), _REPEATED)
    return list(zip(*padded, strict=True)) if width else [], found


class ReadMember(Protocol):
    """One element in many rows: what was read, None where it is not in the plan, and which of it each row has."""

    @property
    def name(self) -> str:
        """The element's name."""

    @property
    def distinct(self) -> Sequence[Rated | None]:
        """What was read; each is there once."""

    @property
    def codes(self) -> Numbered:
        """For each row the place of what it has."""


def gathered_from_distinct(stage: ir.Stage, given: Sequence[ReadMember], rows: int) -> StageColumns:
    """Make the columns of a stage from what was read for each element, looking at each distinct reading once."""
    by_name = {each.name: each for each in given}
    found: Codes = 0
    named: list[MemberColumns] = []
    others: list[MemberColumns] = []
    for policy in (*stage.members, *(None for name in by_name if name not in {each.name for each in stage.members})):
        each = by_name.pop(next(iter(by_name)) if policy is None else policy.name, None)
        column = (None,) if each is None else each.distinct
        codes = np.zeros(rows, dtype=np.int32) if each is None else np.asarray(each.codes, dtype=np.int32)
        if policy is None and not stage.open:
            found = with_bit(found, np.array([one is not None for one in column])[codes], _UNKNOWN)
            continue
        member, faults = _member(stage, policy, tuple(_ABSENT if one is None else one for one in column))
        (others if policy is None else named).append(member.at(codes))
        for truth, code in faults:
            found = with_bit(found, part(truth, codes), code)
    return StageColumns(tuple(named), tuple(others), found)


_SHARED = 4
"""Where each member stands in so many rows on average, each is looked at once and its columns are spread over them."""


def _shared(
    stage: ir.Stage, policy: ir.Member | None, column: tuple[Rated, ...]
) -> tuple[MemberColumns, list[tuple[Truth, int]]]:
    """What `_member` makes of a column; who makes many appraisals lets them share the few members that differ."""
    keys = list(map(id, column))
    met = dict(zip(keys, column, strict=True))
    if len(met) * _SHARED > len(column):
        return _member(stage, policy, column)
    places = {key: place for place, key in enumerate(met)}
    codes = np.fromiter(map(places.__getitem__, keys), dtype=np.int32, count=len(keys))
    member, faults = _member(stage, policy, tuple(met.values()))
    return member.at(codes), [(part(truth, codes), code) for truth, code in faults]


def _member(
    stage: ir.Stage, policy: ir.Member | None, column: tuple[Rated, ...]
) -> tuple[MemberColumns, list[tuple[Truth, int]]]:
    """The columns of one member, and the refusals that names and places alone tell."""
    faults: list[tuple[Truth, int]] = []
    present = _truth([each is not _ABSENT for each in column])
    rating, rated = numbers(list(map(_RATING, column)))
    weight, weighed = numbers(list(map(_WEIGHT, column)))
    requirements = list(map(_REQUIREMENTS, column))
    inner = None
    if policy is not None and policy.stage is not None:
        inner = gathered(policy.stage, requirements)
    elif any(requirements):
        faults.append((_truth([bool(each) for each in requirements]), _UNKNOWN))
    furthers = list(map(_FURTHERS, column))
    further: list[tuple[str, Value, Truth]] = []
    if stage.further or any(furthers):
        known = {each.name for each in stage.further}
        dicts = [dict(reversed(each)) for each in furthers]
        broken = [
            len(made) != len(each) or not made.keys() <= known for made, each in zip(dicts, furthers, strict=True)
        ]
        faults.append((_truth(broken), _FURTHER))
        for name in sorted(known):
            value, where = numbers([each.get(name) for each in dicts])
            if value is not None:
                further.append((name, value, where))
    critical = _truth(list(map(_CRITICAL, column))) if policy is None else policy.critical
    return MemberColumns(rating, rated, weight, weighed, tuple(further), present, critical, inner), faults


def _truth(answers: list[bool]) -> Truth:
    return True if all(answers) else simple(np.array(answers, dtype=np.bool_))


def numbers(given: list[Fraction | None]) -> tuple[Value | None, Truth]:
    """A column of numbers over their common denominator, and which rows have one.

    Each distinct object is looked at once: rosters share the few numbers that weights and levels are.
    """
    keys = list(map(id, given))
    met = dict(zip(keys, given, strict=True))
    missing = id(None) in met  # `None in given` would compare, which fractions make slow
    distinct = {key: value for key, value in met.items() if value is not None}
    if not distinct:
        return None, False
    shared = lcm(*(value.denominator for value in distinct.values()))
    scaled = {key: value.numerator * (shared // value.denominator) for key, value in distinct.items()}
    low, high = min(scaled.values()), max(scaled.values())
    type_for(shared)
    table: dict[int, int] = {id(None): low, **scaled}
    column = np.fromiter(map(table.__getitem__, keys), dtype=type_for(low, high), count=len(keys))
    where: Truth = np.array([each is not None for each in given], dtype=np.bool_) if missing else True
    return Value(column, shared, (low, high, shared)), where


# ---- plain arrays ----------------------------------------------------------------------------------


class Arrays(Frozen):
    """Arrays of whole numbers by name: ratings and additional ratings over one denominator, weights over another."""

    ratings: Mapping[str, Array]
    weights: Mapping[str, Array]
    further: Mapping[tuple[str, str], Array]
    denominator: int
    weight_denominator: int


def from_arrays(stage: ir.Stage, arrays: Arrays, lead: str = "") -> StageColumns:
    """Make the columns of a stage from arrays by name; `lead` is what stands before the names of requirements."""
    named = tuple(_from_arrays(member, arrays, lead) for member in stage.members)
    policy = {lead + member.name for member in stage.members}
    given = [*arrays.ratings, *arrays.weights, *(of for of, _ in arrays.further)]
    mine = (key for key in given if key.startswith(lead) and key not in policy)
    nests = tuple(f"{lead}{member.name} / " for member in stage.members if member.stage is not None)
    own = [key for key in dict.fromkeys(mine) if not key.startswith(nests)]
    if own and not stage.open:
        raise ColumnarError(
            f"there is an array for `{own[0]}`, which the policy does not rate", "leave it out, or correct its name"
        )
    levels = ir.LevelScale(tuple(level for level, _ in stage.points))
    others = (ir.Member(key.removeprefix(lead), True, levels, None) for key in own)
    return StageColumns(named, tuple(_from_arrays(member, arrays, lead) for member in others))


def _from_arrays(member: ir.Member, arrays: Arrays, lead: str) -> MemberColumns:
    """The columns of one member; 0 for one rated by a level is "not rated"."""
    key = lead + member.name
    weight = arrays.weights.get(key)
    inner = None
    rating: Value | None = None
    rated: Truth = False
    if member.stage is not None:
        inner = from_arrays(member.stage, arrays, f"{key} / ")
    elif key not in arrays.ratings and member.optional:
        return MemberColumns(None, False, None, False, present=False)
    elif key not in arrays.ratings:
        raise ColumnarError(f"there is no array of ratings for `{key}`", f"give one under the name `{key}`")
    if key in arrays.ratings:
        rating = of_column(arrays.ratings[key], arrays.denominator)
        scaled = isinstance(member.scale, ir.NumberScale)
        rated = True if scaled or rating.low > 0 else simple(np.not_equal(arrays.ratings[key], 0))
    further = ((name, array) for (of, name), array in arrays.further.items() if of == key)
    return MemberColumns(
        rating,
        rated,
        None if weight is None else of_column(weight, arrays.weight_denominator),
        weight is not None,
        tuple((name, of_column(array, arrays.denominator), True) for name, array in further),
        inner=inner,
    )
