"""Margins against the reference engine: every single step of every rating, one appraisal after another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

import pytest

from engines.test_shapes_agree import DOMAINS
from random_programs import Draw
from sespms_rules.engines.columnar.engine import ColumnarEngine, ColumnarError
from sespms_rules.engines.columnar.gather import of_appraisals
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import LevelScale, Member, Program, Stage
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.rosters.population.level_margins import margins
from shapes import programs
from systems import program_of


def stepped(stage: Stage, elements: tuple[Rated, ...]) -> Iterator[tuple[Rated, ...]]:
    """The elements with one rating one step higher or lower, told plainly."""
    levels = LevelScale(tuple(level for level, _ in stage.points))
    known = {member.name: member for member in stage.members}
    for place, rated in enumerate(elements):
        member = known.get(rated.name, Member(rated.name, rated.critical, levels, None))
        for other in moved(member, rated):
            yield (*elements[:place], other, *elements[place + 1 :])


def moved(member: Member, rated: Rated) -> Iterator[Rated]:
    if member.stage is not None:
        for inner in stepped(member.stage, rated.requirements):
            yield replace(rated, requirements=inner)
    elif rated.rating is None:
        return
    elif isinstance(member.scale, LevelScale):
        levels = sorted(member.scale.levels)
        if rated.rating in levels:
            at = levels.index(int(rated.rating))
            for level in (*levels[max(0, at - 1) : at], *levels[at + 1 : at + 2]):
                yield replace(rated, rating=Fraction(level))
    else:
        for number in (rated.rating - 1, rated.rating + 1):
            if member.scale.low <= number <= member.scale.high:
                yield replace(rated, rating=number)


def by_reference(program: Program, appraisal: Appraisal) -> tuple[int, ...]:
    own = reference.rate(program, appraisal, trace=False)
    if own.outcome is not Outcome.RATED:
        return ()
    others = (replace(appraisal, elements=each) for each in stepped(program.summary, appraisal.elements))
    found = (reference.rate(program, each, trace=False).level for each in others)
    return tuple(sorted({level for level in (own.level, *found) if level is not None}))


def by_columns(program: Program, appraisals: list[Appraisal]) -> list[tuple[int, ...]]:
    engine = ColumnarEngine(program)
    columns = of_appraisals(program, appraisals)
    found = margins(engine, columns, engine.rate_columns(columns))
    return [found.levels(row) for row in range(len(appraisals))]


@pytest.mark.parametrize("name", sorted(DOMAINS))
def test_every_shape_has_the_margins_that_single_steps_give(name: str) -> None:
    program = programs()[name]
    cases = list(islice(DOMAINS[name].cases(program), 0, 6_000, 151))
    assert by_columns(program, cases) == [by_reference(program, each) for each in cases]


def test_programs_drawn_at_random() -> None:
    compared = 0
    for seed in range(60):
        draw = Draw(seed, facts=True)
        program = draw.program()
        cases = [draw.appraisal(program) for _ in range(12)]
        try:
            found = by_columns(program, cases)
        except ColumnarError:
            continue
        assert found == [by_reference(program, each) for each in cases], seed
        compared += 1
    assert compared > 30


def test_a_missing_rating_is_not_stepped_and_a_refused_row_has_no_levels() -> None:
    program = program_of("agencies/opm_basic.sespms")
    names = [member.name for member in program.summary.members]
    sound = Appraisal("A", tuple(Rated(name, Fraction(4), Fraction(20)) for name in names))
    missing = Appraisal("B", (Rated(names[0], None, Fraction(20)), *sound.elements[1:]))
    assert by_columns(program, [sound, missing]) == [(3, 4), ()]
