"""What is proved survives every appraisal there is, and what is refuted is rated alike by both engines.

Where the appraisals are finite in number, all of them are gone through; where there is no end of them, millions
are drawn. Neither way shares a formula with the proofs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pytest

from column_properties import Columns, broken, drawn, of_block
from nights import NIGHTLY, at_depth
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.language.model import System
from sespms_rules.program import ir
from sespms_rules.program.plans import covered
from sespms_rules.program.rating import Outcome
from sespms_rules.proofs.guarantees import guarantees_of
from sespms_rules.proofs.guarantees.reading import UnprovableError, property_of
from sespms_rules.proofs.solver import (
    Bounded,
    ExactlyOneLevel,
    Gives,
    Needs,
    NeverLowered,
    OrderOfEquals,
    Property,
    Prover,
    Reached,
    Shown,
    Status,
)
from sespms_rules.studies.exhaustive.walk import NotWalkable, walk
from systems import systems_of

MOST_ROWS = at_depth(800_000, 3_000_000, 200_000_000)
MILLION = 1_000_000
DRAWN = at_depth(2, 10) * MILLION
"""How many appraisals are drawn where there is no end of them."""

ONE_IN = at_depth(4, 1)
"""Of how many blocks of OPM's appraisals one is looked at; all are counted."""

SEED = 20_260_930


@cache
def systems() -> dict[str, tuple[System, ir.Program]]:
    """Every shipped system that derives a level, by its name."""
    found = {}
    for folder in ("agencies", "beyond-ses", "examples", "lessons", "shapes"):
        for name in policy_names(folder):
            for system, program in systems_of(name):
                if program.summary.rows or program.summary.overrides:
                    found[system.name] = system, program
    return found


def properties(system: System, program: ir.Program) -> Iterator[Property]:
    """What is asked of every system, and what it guarantees itself."""
    levels = tuple(sorted({level for level, _ in program.summary.points}, reverse=True))
    asked: list[Property] = [ExactlyOneLevel(), NeverLowered(), Bounded(), OrderOfEquals(), Reached(levels)]
    asked += [Gives(ir.EveryOne(ir.Group(ir.Kind.ELEMENT), ir.MemberTest(ir.TestKind.AT, 3)), 3)]
    asked += [Needs(5, ir.NumberThat(ir.Group(ir.Kind.ELEMENT), ir.MemberTest(ir.TestKind.BELOW, 4), None, 0))]
    for each in guarantees_of(system):
        try:
            asked.append(property_of(system, program, each.sentence))
        except UnprovableError:
            continue
    yield from dict.fromkeys(asked)


@cache
def decided(name: str) -> tuple[tuple[Property, Status, tuple[Shown, ...]], ...]:
    """Every property of a system, decided once."""
    system, program = systems()[name]
    prover = Prover(program)
    verdicts = ((wanted, prover.prove(wanted)) for wanted in properties(system, program))
    return tuple((wanted, verdict.status, verdict.shown) for wanted, verdict in verdicts)


def checkable(program: ir.Program, columns: Columns, wanted: Property) -> bool:
    """Whether numpy can look at a property: conditions and bounds speak of levels that elements are rated at."""
    if not isinstance(wanted, Bounded | Needs | Gives):
        return True
    levels = all(isinstance(each, ir.LevelScale) for each in columns.scales.values())
    stops = all(rule.what is ir.Unrated.STOP for rule in program.summary.unrated)
    return levels and stops and all(each.stage is None for each in program.summary.members)


def holds_in(
    program: ir.Program, proved: Sequence[Property], tables: Iterator[Columns], *, every_step: bool = True
) -> int:
    """Check proved properties against appraisals; return how many rows were looked at."""
    engine, draw, rows = ColumnarEngine(program), np.random.default_rng(SEED), 0
    missing = {each: set(each.levels) for each in proved if isinstance(each, Reached)}
    for columns in tables:
        rated = columns.rated(engine)
        level = rated[1]
        rows += len(level)
        for wanted in proved:
            if isinstance(wanted, Reached):
                missing[wanted] -= set(np.unique(level).tolist())
            elif checkable(program, columns, wanted):
                found = broken(engine, columns, wanted, draw, every_step=every_step, rated=rated)
                assert found == 0, (program.name, wanted)
    assert not any(missing.values()) or covered(program).appraisals is None
    return rows


def walked(program: ir.Program, limit: int) -> Iterator[Columns]:
    return (of_block(program, block) for block in walk(program, limit=limit))


def _proved(name: str) -> list[Property]:
    return [wanted for wanted, status, _ in decided(name) if status is Status.PROVED]


NAMES = sorted(systems())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_refuted_is_rated_alike_by_both_engines(name: str) -> None:
    program = systems()[name][1]
    engine = DurableEngine(program)
    for wanted, status, shown in decided(name):
        if status is not Status.REFUTED:
            continue
        for each in shown:
            told, again = rate(program, each.appraisal), engine.rate(each.appraisal)
            assert (told.outcome, told.level) == (each.outcome, each.level), (wanted, each)
            assert (again.outcome, again.level) == (each.outcome, each.level), (wanted, each)
            assert {one.code for one in told.refused} == {one.code for one in again.refused}
            if told.outcome is Outcome.RATED:
                assert told.score == again.score == each.score
    engine.close()


@pytest.mark.differential
@pytest.mark.parametrize("name", NAMES)
def test_what_is_proved_survives_every_appraisal_where_they_are_finite(name: str) -> None:
    program = systems()[name][1]
    try:
        tables = walked(program, MOST_ROWS)
    except NotWalkable:
        pytest.skip("there is no end of appraisals, or too many for this test")
    assert holds_in(program, _proved(name), tables) > 0


@pytest.mark.slow
@pytest.mark.differential
def test_what_opm_guarantees_survives_all_of_its_963_618_750_appraisals() -> None:
    name = "Basic SES Appraisal System"
    program = systems()[name][1]
    proved = _proved(name)
    assert {type(each) for each in proved} >= {ExactlyOneLevel, NeverLowered, Bounded, Gives, Reached, OrderOfEquals}
    assert covered(program).appraisals == 963_618_750
    counted = 0

    def tables() -> Iterator[Columns]:
        nonlocal counted
        for place, block in enumerate(walk(program)):
            counted += block.count(True)
            if place % ONE_IN == 0:
                yield of_block(program, block)

    holds_in(program, proved, tables())
    assert counted == 963_618_750


ENDLESS = [
    "DHS SES Performance Agreement, Form 351",
    "Shape 14, adjusted before averaging",
    "Example Maritime Commission SES System",
    "Lesson, a failure that decides",
    "Lesson, masked failure",
    "Shape 03, fixed factors",
    "Shape 22, two results",
    "Shape 24, after the change",
    "Shape 24, before the change",
]
BY_DAY = ENDLESS[:2]
"""At night all of them are drawn, and every finite domain is gone through whole."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS if NIGHTLY else BY_DAY)
def test_what_is_proved_survives_millions_of_appraisals_where_there_is_no_end_of_them(name: str) -> None:
    program = systems()[name][1]
    proved = _proved(name)
    assert proved
    draw = np.random.default_rng(SEED)
    rows = 0
    while rows < DRAWN:
        rows += holds_in(program, proved, drawn(program, MILLION, draw), every_step=False)


def test_drawn_appraisals_are_legal_and_many_are_near_a_limit() -> None:
    for name in ENDLESS[:3]:
        program = systems()[name][1]
        for columns in drawn(program, 1_000, np.random.default_rng(SEED)):
            outcome, level = columns.rated(ColumnarEngine(program))
            assert len(outcome) > 100
            assert set(np.unique(outcome).tolist()) == {1}
            assert len(set(np.unique(level).tolist())) > 1


def test_what_is_not_so_is_noticed() -> None:
    """The same comparison finds what breaks a property that does not hold."""
    name = "Basic SES Appraisal System"
    program = systems()[name][1]
    none_below_3 = ir.NumberThat(ir.Group(ir.Kind.ELEMENT), ir.MemberTest(ir.TestKind.BELOW, 3), None, 0)
    (columns,) = drawn(program, 400_000, np.random.default_rng(SEED))
    engine = ColumnarEngine(program)
    assert broken(engine, columns, Needs(5, none_below_3), np.random.default_rng(SEED)) > 0
