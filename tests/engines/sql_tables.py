"""Tables in memory, rated by the text of a warehouse query and by columns."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import duckdb
import numpy as np

from engines.test_columnar import DrawFor
from sespms_rules import ir
from sespms_rules.data_files import policy_names, policy_path
from sespms_rules.engines.admission import admit
from sespms_rules.engines.cases import Case
from sespms_rules.engines.columnar import ColumnarEngine
from sespms_rules.pipeline import compile_source
from sespms_rules.rating import Appraisal
from sespms_rules.resolve import FolderLibrary
from sespms_rules.source import Source
from systems import program_of

RATING = [
    name for folder in ("agencies", "beyond-ses", "examples", "lessons", "what-if") for name in policy_names(folder)
]
Arrays = dict[str, np.ndarray[Any, Any]]


def shipped(name: str) -> list[ir.Program]:
    """The programs of a shipped policy."""
    compilation = compile_source(Source(name, policy_path(name).read_text(encoding="utf-8")), FolderLibrary())
    return list(compilation.programs.values())


def rated_in(connection: duckdb.DuckDBPyConnection, query: str, arrays: Arrays) -> Arrays:
    """Run a query over a table of these columns; its result by columns, in the order of the rows."""
    rows = len(next(iter(arrays.values())))
    connection.register("given_columns", {"id": np.arange(rows), **arrays})
    connection.execute("CREATE OR REPLACE TABLE roster AS SELECT * FROM given_columns")
    found = connection.execute(f"SELECT * FROM ({query}) ORDER BY id").fetchnumpy()
    return {name: np.ma.asarray(column) for name, column in found.items()}


def rated_by_columns(program: ir.Program, arrays: Arrays) -> tuple[list[int], list[bool]]:
    """The levels (0: none) and which rows are refused, by the columnar engine."""
    ratings = {key.removesuffix(" level"): each for key, each in arrays.items() if key.endswith(" level")}
    weights = {key.removesuffix(" weight"): each for key, each in arrays.items() if key.endswith(" weight")}
    engine = ColumnarEngine(program)
    result = engine.rate_columns(engine.columns(ratings, weights or None))
    return result.level.tolist(), (result.outcome == 0).tolist()


def all_vectors(program: ir.Program, count: int) -> Arrays | None:
    """Every combination of levels under `count` legal plans; None where a plan may bring more than levels."""
    stage = program.summary
    scales = [member.scale for member in stage.members]
    plain = [scale.levels for scale in scales if isinstance(scale, ir.LevelScale)]
    if stage.open or stage.further or len(plain) < len(scales) or any(member.stage for member in stage.members):
        return None
    vectors = np.array(list(itertools.product(*plain)), dtype=np.int8)
    plans = legal_plans(program, count) if stage.weighted else [()]
    names = [member.name for member in stage.members]
    arrays = {f"{name} level": np.tile(column, len(plans)) for name, column in zip(names, vectors.T, strict=True)}
    for place, name in enumerate(names if stage.weighted else ()):
        arrays[f"{name} weight"] = np.repeat(np.array([int(plan[place]) for plan in plans]), len(vectors))
    return arrays


def legal_plans(program: ir.Program, count: int) -> list[tuple[Fraction, ...]]:
    """Plans of whole weights that the policy admits, drawn at random, always the same ones."""
    draw = DrawFor(count)
    found: dict[tuple[Fraction, ...], None] = {}
    for _ in range(20_000):
        case = Appraisal("one", draw.members_of(program.summary))
        weights = tuple(each.weight for each in case.elements if each.weight is not None)
        if all(weight.denominator == 1 for weight in weights) and isinstance(admit(program, case), Case):
            found.setdefault(weights)
        if len(found) == count:
            break
    assert found, f"no legal plan was drawn for {program.name}"
    return list(found)


def opm_arrays(rows: int) -> Arrays:
    """Random plans and levels for OPM's system of 2012, some of them faulty."""
    draw = np.random.default_rng(2012)
    light = draw.integers(4, 23, (4, rows)).astype(np.int16)
    weights = [*light, 100 - light.sum(axis=0, dtype=np.int16)]
    names = [member.name for member in program_of("agencies/opm_basic.sespms").summary.members]
    arrays: Arrays = {f"{name} level": draw.integers(1, 6, rows).astype(np.int8) for name in names}
    arrays["Results Driven level"] = draw.integers(1, 7, rows).astype(np.int8)
    return arrays | {f"{name} weight": column for name, column in zip(names, weights, strict=True)}
