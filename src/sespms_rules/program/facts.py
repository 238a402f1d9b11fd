"""What is known of an executive or a unit beside ratings, as far as a program tells it apart.

Facts are few things with many values: a position type of five, up to 366 days. What a program does is the same for all
values that its lines do not tell apart, so that a study looks at one of each class and knows how many it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final, TypeVar

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import (
    All,
    Choice,
    Compare,
    Condition,
    Constant,
    Fact,
    Limit,
    LimitWhen,
    LookUp,
    Program,
    Relation,
    TheFact,
    Within,
)
from sespms_rules.program.traversal import rewrite, walk

GivenFacts = tuple[tuple[str, Fraction | str], ...]
"""What an appraisal says of facts, by their names."""

MOST_CLASSES: Final = 1_000
"""So many different combinations of facts are looked at one by one."""

NEVER: Final = Compare(Constant(Fraction(0)), Relation.EQUAL, Constant(Fraction(1)))
"""A condition that no appraisal meets."""

_T = TypeVar("_T")
_Test = Callable[[Fraction], bool]


class TooManyFactsError(Exception):
    """There are more combinations of facts that are told apart than are looked at: `str()` says so."""


class FactClass(Frozen):
    """Facts that no line tells apart: what they are in one case, and how many cases there are."""

    given: GivenFacts
    cases: int


NO_FACTS: Final = (FactClass((), 1),)


def fact_classes(*programs: Program) -> tuple[FactClass, ...]:
    """The classes of facts that appraisals of all these programs can have; one, without facts, where none reads any.

    A fact that several declare can be what all of them let it be. Raises TooManyFactsError.
    """
    if not any(program.facts for program in programs):
        return NO_FACTS
    names = dict.fromkeys(fact.name for program in programs for fact in program.facts)
    apart = [_of_one(name, programs) for name in names]
    if prod(map(len, apart)) > MOST_CLASSES:
        raise TooManyFactsError(
            f"the facts that are told apart have {prod(map(len, apart)):,} combinations, more than {MOST_CLASSES:,}"
        )
    return tuple(
        FactClass(
            tuple((name, value) for name, (value, _) in zip(names, chosen, strict=True)), prod(n for _, n in chosen)
        )
        for chosen in product(*apart)
    )


def combinations(*programs: Program) -> int:
    """How many different combinations of facts appraisals of all these programs can have."""
    names = dict.fromkeys(fact.name for program in programs for fact in program.facts)
    return prod(sum(n for _, n in _cells(_declared(name, programs), [], whole=False)) for name in names)


def _declared(name: str, programs: tuple[Program, ...]) -> tuple[Fact, ...]:
    return tuple(fact for program in programs for fact in program.facts if fact.name == name)


def _of_one(name: str, programs: tuple[Program, ...]) -> list[tuple[Fraction | str, int]]:
    """One value of each class of a fact, and how many values the class has."""
    declared = _declared(name, programs)
    tests: list[tuple[Fact, list[Fraction], _Test]] = []
    whole = False
    for program in programs:
        for fact in (each for each in program.facts if each.name == name):
            found, all_told = _tests(fact, program)
            tests += ((fact, *each) for each in found)
            whole = whole or not all_told
    cells = _cells(declared, sorted({end for _, ends, _ in tests for end in ends}), whole=whole)
    many = sum(cases for _, cases in _cells(declared, [], whole=False))
    if whole and many > MOST_CLASSES:
        raise TooManyFactsError(
            f"`{name}` is reckoned with and can be {many:,} different numbers, more than {MOST_CLASSES:,}"
        )
    merged: dict[object, tuple[Fraction | str, int]] = {}
    for value, cases in cells:
        numbers = {fact: fact.number(value) for fact, *_ in tests}
        key: object = value if whole else tuple(test(numbers[fact] or Fraction(0)) for fact, _, test in tests)
        first, before = merged.get(key, (value, 0))
        merged[key] = (first, before + cases)
    return list(merged.values())


def _tests(fact: Fact, program: Program) -> tuple[list[tuple[list[Fraction], _Test]], bool]:
    """Where a program compares a fact with fixed numbers; and whether that is all it does with it."""
    tables = {table.name: table for table in program.tables}
    found: list[tuple[list[Fraction], _Test]] = []
    compared = read = 0
    for node in walk(program.summary):
        match node:
            case TheFact(name):
                read += name == fact.name
            case Compare(TheFact(name), relation, Constant(end)) if name == fact.name:
                found.append(([end], _comparing(relation, end)))
                compared += 1
            case Compare(Constant(end), relation, TheFact(name)) if name == fact.name:
                found.append(([end], _comparing(_TURNED[relation], end)))
                compared += 1
            case Within(TheFact(name), reach) if name == fact.name:
                found.append(([end for end in (reach.low, reach.high) if end is not None], reach.holds))
                compared += 1
            case LookUp(table, TheFact(name)) if name == fact.name:
                reaches = (row.keys for row in tables[table].rows)
                found += (([end for end in (each.low, each.high) if end is not None], each.holds) for each in reaches)
                compared += 1
    return found, read == compared


_TURNED: Final = {
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.MORE: Relation.LESS,
    Relation.LESS: Relation.MORE,
    Relation.EQUAL: Relation.EQUAL,
}


def _comparing(relation: Relation, end: Fraction) -> _Test:
    return lambda number: holds(number, relation, end)


def holds(left: Fraction, relation: Relation, right: Fraction) -> bool:
    """Whether one number stands so to another."""
    return {
        Relation.AT_LEAST: left >= right,
        Relation.AT_MOST: left <= right,
        Relation.MORE: left > right,
        Relation.LESS: left < right,
        Relation.EQUAL: left == right,
    }[relation]


def _cells(declared: tuple[Fact, ...], ends: list[Fraction], *, whole: bool) -> list[tuple[Fraction | str, int]]:
    """What a fact can be by all declarations: each word, or for numbers each run between two `ends`, and its size."""
    first = declared[0]
    if first.words:
        return [(word, 1) for word in first.words if all(word in each.words for each in declared)]
    if any(each.words for each in declared):
        return []
    # Steps of powers of ten: a number that fits the coarsest fits all.
    step = Fraction(1, min(each.per_one for each in declared))
    low = -(-max(each.low for each in declared) // step)
    high = min(each.high for each in declared) // step
    if whole:
        return [(number * step, 1) for number in range(low, min(high, low + MOST_CLASSES) + 1)]
    found: list[tuple[Fraction | str, int]] = []
    start = low
    for end in ends:
        place = end / step
        if place < start or place > high:
            continue
        below = -(-place // 1) - 1  # the last step before the end
        if below >= start:
            found.append((start * step, below - start + 1))
        if place.denominator == 1:
            found.append((end, 1))
        start = place // 1 + 1
    if start <= high:
        found.append((start * step, high - start + 1))
    return found


class PlanCase(Frozen):
    """Programs as they are for some classes of facts, all of which allow the same plans.

    `programs` are for the first of `classes`: what they say of plans holds for all of these, what their lines say does
    not.
    """

    programs: tuple[Program, ...]
    classes: tuple[FactClass, ...]


def by_plans(*programs: Program) -> tuple[PlanCase, ...]:
    """The classes of facts put together by the plans that the programs allow. Raises TooManyFactsError."""
    found: dict[object, tuple[tuple[Program, ...], list[FactClass]]] = {}
    for each in fact_classes(*programs):
        made = tuple(settled(program, each.given) for program in programs)
        limits = tuple(
            (stage.weighted, stage.limits)
            for program in made
            for stage in (program.summary, *(member.stage for member in program.summary.members if member.stage))
        )
        found.setdefault(limits, (made, []))[1].append(each)
    return tuple(PlanCase(made, tuple(classes)) for made, classes in found.values())


# ---- one case ----------------------------------------------------------------------------------------


def own_facts(program: Program, given: GivenFacts) -> GivenFacts:
    """What is given of the facts that a program declares, in its order."""
    known = dict(given)
    return tuple((fact.name, known[fact.name]) for fact in program.facts if fact.name in known)


def settled(program: Program, given: GivenFacts) -> Program:
    """The program for those of whom the facts are these: it reads none any more.

    What a fact decides is decided: a condition holds always or never, a choice is made.
    """
    if not program.facts:
        return program
    known = dict(given)
    numbers = {fact.name: fact.number(known[fact.name]) or Fraction(0) for fact in program.facts}

    summary = with_numbers(program.summary, numbers)
    return replace(program, summary=replace(summary, limits=limits_that_hold(summary.limits)), facts=())


def with_numbers(node: _T, numbers: Mapping[str, Fraction]) -> _T:
    """A part of a program with these numbers in the place of facts, and what they decide decided."""

    def change(each: object) -> object:
        return Constant(numbers[each.name]) if isinstance(each, TheFact) else decided(each)

    return rewrite(node, change)


def limits_that_hold(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """The limits on plans without those that hold of others; every condition on facts is decided."""
    known = (
        (each.limit if each.condition == All(()) else None) if isinstance(each, LimitWhen) else each for each in limits
    )
    return tuple(each for each in known if each is not None)


def decided(node: object) -> object:
    """The same node, simpler where it compares fixed numbers only or rests on what does."""
    match node:
        case Compare(Constant(left), relation, Constant(right)):
            return All(()) if holds(left, relation, right) else NEVER
        case Within(Constant(value), reach):
            return All(()) if reach.holds(value) else NEVER
        case All(parts):
            flat = tuple(_flat(parts))
            if NEVER in flat:
                return NEVER
            return flat[0] if len(flat) == 1 else All(flat)
        case Choice(All(()), then, _):
            return then
        case Choice(condition, _, otherwise) if condition == NEVER:
            return otherwise
    return node


def _flat(parts: tuple[Condition, ...]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, All):
            yield from part.parts
        else:
            yield part
