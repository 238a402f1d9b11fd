"""Appraisals of one policy -> the same for executives of whom different things are known.

A fact is tried at each of its words; at the ends of its range and next to every number that a line compares it with, so
that a cut that is misread by one step shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from sespms_rules.foundation.values import replace
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, by_plans, settled
from sespms_rules.program.ir import Compare, Constant, Fact, LimitWhen, LookUp, Program, TheFact, Within
from sespms_rules.program.rating import Appraisal
from sespms_rules.program.traversal import walk
from sespms_rules.studies.mutation.appraisals import Appraisals, appraisals_of

_MOST = 60_000
"""So many appraisals are tried at most."""

_ALL_FACTS = 200
"""For so many appraisals all combinations of facts are tried; of the others each has one, in turn."""


def tried_on(program: Program) -> Appraisals:
    """The appraisals that a program is tried on, with all that is known of the executives."""
    if not program.facts:
        return appraisals_of(program.summary)
    usual = tuple((fact.name, fact.shown(fact.low)) for fact in program.facts)
    made = _of_all_plans(program) or appraisals_of(settled(program, usual).summary)
    values = [_values(fact, program) for fact in program.facts]
    known = [_given(program, each) for each in product(*values)]
    whole = all(len(each) == fact.count for each, fact in zip(values, program.facts, strict=True))
    if len(made.made) * len(known) <= _MOST:
        every = tuple(replace(each, facts=given) for each in made.made for given in known)
        return Appraisals(every, made.complete and whole)
    return Appraisals(tuple(_in_turn(made.made, known)), complete=False)


def _of_all_plans(program: Program) -> Appraisals | None:
    """Appraisals of the plans that some executive may have, where the limits on these hang on facts."""
    if not any(isinstance(limit, LimitWhen) for limit in program.summary.limits):
        return None
    try:
        cases = by_plans(program)
    except TooManyFactsError:
        return None
    made = [appraisals_of(case.programs[0].summary) for case in cases]
    longest = max(len(each.made) for each in made)
    found = (each.made[place] for place in range(longest) for each in made if place < len(each.made))
    return Appraisals(tuple(dict.fromkeys(islice(found, _MOST // 2))), complete=False)


def _in_turn(made: tuple[Appraisal, ...], known: list[GivenFacts]) -> Iterator[Appraisal]:
    for place, each in enumerate(made):
        few = known[: max(1, _MOST // _ALL_FACTS)] if place < _ALL_FACTS else [known[place % len(known)]]
        yield from (replace(each, facts=given) for given in few)


def _given(program: Program, numbers: tuple[Fraction, ...]) -> GivenFacts:
    return tuple((fact.name, fact.shown(number)) for fact, number in zip(program.facts, numbers, strict=True))


def _values(fact: Fact, program: Program) -> list[Fraction]:
    """The numbers at which a fact is tried."""
    step = Fraction(1, fact.per_one)
    if fact.words or fact.count <= len(fact.words) + 12:
        return [fact.low + step * place for place in range(fact.count)]
    near = {fact.low, (fact.low + fact.high) // (2 * step) * step, fact.high}
    for end in _compared(fact, program):
        below = end // step * step
        near.update((below - step, below, below + step, below + 2 * step))
    return sorted(each for each in near if fact.low <= each <= fact.high)


def _compared(fact: Fact, program: Program) -> Iterator[Fraction]:
    """The numbers that lines and tables compare a fact with."""
    tables = {table.name: table for table in program.tables}
    for node in walk(program.summary):
        match node:
            case Compare(TheFact(name), _, Constant(end)) | Compare(Constant(end), _, TheFact(name)):
                yield from [end] if name == fact.name else []
            case Within(TheFact(name), reach) if name == fact.name:
                yield from (end for end in (reach.low, reach.high) if end is not None)
            case LookUp(table, TheFact(name)) if name == fact.name:
                for keys in (row.keys for row in tables[table].rows):
                    yield from (end for end in (keys.low, keys.high) if end is not None)
