"""Tables in memory, rated by the text of a warehouse query."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np

from sespms_rules.foundation.resources import policy_names
from sespms_rules.program import ir
from systems import program_of, systems_of

RATING = [
    name for folder in ("agencies", "beyond-ses", "examples", "lessons", "what-if") for name in policy_names(folder)
]
Arrays = dict[str, np.ndarray[Any, Any]]


def shipped(name: str) -> list[ir.Program]:
    """The programs of a shipped policy."""
    return [program for _, program in systems_of(name)]


def rated_in(connection: duckdb.DuckDBPyConnection, query: str, arrays: Arrays) -> Arrays:
    """Run a query over a table of these columns; its result by columns, in the order of the rows."""
    rows = len(next(iter(arrays.values())))
    connection.register("given_columns", {"id": np.arange(rows), **arrays})
    connection.execute("CREATE OR REPLACE TABLE roster AS SELECT * FROM given_columns")
    found = connection.execute(f"SELECT * FROM ({query}) ORDER BY id").fetchnumpy()
    return {name: np.ma.asarray(column) for name, column in found.items()}


def opm_arrays(rows: int) -> Arrays:
    """Random plans and levels for OPM's system of 2012, some of them faulty."""
    draw = np.random.default_rng(2012)
    light = draw.integers(4, 23, (4, rows)).astype(np.int16)
    weights = [*light, 100 - light.sum(axis=0, dtype=np.int16)]
    names = [member.name for member in program_of("agencies/opm_basic.sespms").summary.members]
    arrays: Arrays = {f"{name} level": draw.integers(1, 6, rows).astype(np.int8) for name in names}
    arrays["Results Driven level"] = draw.integers(1, 7, rows).astype(np.int8)
    return arrays | {f"{name} weight": column for name, column in zip(names, weights, strict=True)}
