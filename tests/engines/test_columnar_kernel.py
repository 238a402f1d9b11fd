"""The loop for policies that are a sum gives the levels that the engine gives, on whatever is drawn."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest

import programs as build
from sespms_rules.engines.columnar import kernel as columnar_kernel
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.columnar.sums import sums_of
from sespms_rules.foundation.resources import policy_names, policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.pipeline import compile_source
from sespms_rules.program import ir
from systems import program_of

OPM = "agencies/opm_basic.sespms"
NAMES = ("A", "B", "C")
TAKES = (ir.Take.POINTS, ir.Take.LEVEL, ir.Take.SCORE)


def drawn_sum(draw: random.Random) -> ir.Program:
    """A policy that is a sum, of any kind that there is."""
    take, weight = ir.Own(draw.choice(TAKES)), ir.Own(ir.Take.WEIGHT)
    product = draw.choice([ir.Product(take, weight), ir.Product(weight, take)])
    kind = draw.choice([build.ELEMENTS, build.CRITICAL])
    expression = draw.choice(
        [
            ir.Aggregate(ir.Aggregation.SUM, product, False, kind),
            ir.Aggregate(ir.Aggregation.SUM, take, False, kind),
            ir.Aggregate(ir.Aggregation.AVERAGE, take, False, kind),
            ir.Aggregate(ir.Aggregation.AVERAGE, take, True, kind),
        ]
    )
    weighted = expression.by_weight or isinstance(expression.body, ir.Product)
    if draw.random() < 0.4:
        expression = ir.Quotient(expression, ir.Constant(Fraction(draw.choice([2, 3, 100]))))
    if draw.random() < 0.3:
        expression = ir.Product(ir.Constant(Fraction(draw.choice([7, 10]), 3)), expression)
    if draw.random() < 0.5:
        expression = ir.Rounded(expression, draw.choice(list(ir.Tie)), draw.randint(0, 2))
    points = tuple((level, Fraction(draw.randint(-4, 12), draw.choice([1, 1, 2]))) for level in (5, 4, 3, 2, 1))
    return build.program(
        build.stage(
            build.score(expression),
            members=tuple(build.member(name) for name in NAMES),
            points=points,
            weighted=weighted,
            limits=(ir.WeightTotal(Fraction(20)),) if weighted else (),
            overrides=tuple(drawn_override(draw) for _ in range(draw.randint(0, 3))),
            rows=drawn_rows(draw),
            first=draw.random() < 0.7,
        )
    )


def drawn_override(draw: random.Random) -> ir.Row:
    test = ir.MemberTest(draw.choice([ir.TestKind.AT, ir.TestKind.BELOW, ir.TestKind.AT_OR_BETTER]), draw.randint(1, 5))
    return ir.Row(ir.NumberThat(build.ELEMENTS, test, 1, None), ir.ToLevel(draw.randint(1, 5)))


def drawn_rows(draw: random.Random) -> tuple[ir.Row, ...]:
    edges = sorted(Fraction(draw.randint(-20, 120), draw.choice([1, 2, 10])) for _ in range(4))
    relations = (ir.Relation.AT_LEAST, ir.Relation.MORE)
    rows = [
        ir.Row(ir.Compare(ir.TheScore(), draw.choice(relations), ir.Constant(edge)), ir.ToLevel(place + 2))
        for place, edge in enumerate(edges)
    ]
    below = ir.Compare(ir.TheScore(), draw.choice([ir.Relation.LESS, ir.Relation.AT_MOST]), ir.Constant(edges[0]))
    exact = ir.Compare(ir.TheScore(), ir.Relation.EQUAL, ir.Constant(edges[1]))
    rows = [*reversed(rows), ir.Row(below, ir.ToLevel(1)), ir.Row(exact, ir.ToLevel(draw.randint(1, 5)))]
    draw.shuffle(rows)
    return tuple(rows)


def drawn_columns(
    draw: random.Random, program: ir.Program, rows: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Levels and weights, some of which the policy refuses."""
    noise = np.random.default_rng(draw.randrange(1 << 30))
    levels = {name: noise.integers(0 if draw.random() < 0.3 else 1, 6, rows, dtype=np.int8) for name in NAMES}
    if not program.summary.weighted:
        return levels, {}
    light = [noise.integers(1, 10, rows) for _ in NAMES[1:]]
    weights = [*light, 20 - sum(light) + (noise.random(rows) < 0.1)]
    return levels, {name: each.astype(np.int16) for name, each in zip(NAMES, weights, strict=True)}


@pytest.mark.parametrize("seed", range(150))
def test_any_sum_gets_the_levels_of_the_engine(seed: int) -> None:
    draw = random.Random(seed)
    program = drawn_sum(draw)
    engine = ColumnarEngine(program)
    columns = engine.columns(*drawn_columns(draw, program, 700))
    result = engine.rate_columns(columns)
    population = engine.prepare(columns)
    assert population._kernel is not None or not np.any(result.level), "this is a sum, and the loop did not take it"
    assert population.levels().tolist() == result.level.tolist()


def test_blocks_meet_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar_kernel, "BLOCK", 64)
    monkeypatch.setattr(columnar_kernel, "_HANDS", 3)
    engine = ColumnarEngine(program_of(OPM))
    vectors = np.array(list(itertools.product(range(1, 6), repeat=5)), dtype=np.int8).T
    names = [member.name for member in engine.program.summary.members]
    weights = {name: np.full(3125, weight) for name, weight in zip(names, (5, 15, 20, 7, 53), strict=True)}
    columns = engine.columns(dict(zip(names, vectors, strict=True)), weights)
    assert engine.prepare(columns).levels().tolist() == engine.rate_columns(columns).level.tolist()


@pytest.mark.parametrize("weight", [1, 200, 1 << 12, 1 << 28, 1 << 40])
def test_numbers_of_any_size_are_summed_exactly(weight: int) -> None:
    total = Fraction(3 * weight)
    worth = ir.Product(ir.Own(ir.Take.POINTS), ir.Own(ir.Take.WEIGHT))
    program = build.program(
        build.stage(
            build.score(ir.Aggregate(ir.Aggregation.SUM, worth, False, build.ELEMENTS)),
            members=tuple(build.member(name) for name in NAMES),
            weighted=True,
            limits=(ir.WeightTotal(total),),
            rows=(build.at_least(int(4 * total), 5), build.at_least(int(3 * total), 4), build.otherwise(1)),
            first=True,
        )
    )
    engine = ColumnarEngine(program)
    levels = {name: np.array([5, 4, 3, 2, 1, place + 1]) for place, name in enumerate(NAMES)}
    uneven = np.array([0, 0, 0, 0, 0, 1 if weight > 1 else 0])
    weights = {name: weight + (place - 1) * uneven for place, name in enumerate(NAMES)}
    columns = engine.columns(levels, weights)
    assert engine.prepare(columns).levels().tolist() == engine.rate_columns(columns).level.tolist()


def test_most_shipped_weighted_systems_are_sums() -> None:
    found = []
    for name in policy_names():
        compilation = compile_source(Source(name, policy_path(name).read_text(encoding="utf-8")), FolderLibrary())
        found += [name for program in compilation.programs.values() if sums_of(program.summary) is not None]
    assert OPM in found
    assert len(found) >= 8, found
