"""Sweeps: 8,000 executives under 1,000 variants of points and cuts, beside polars and DuckDB."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from figures import Figure, medians
from from_files import VARIED
from goals import Goal, reached
from inputs import Population, population

from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.studies.sweep import read_varied, sweep_columns
from systems import program_of

EXECUTIVES = 8_000
_PEER_VARIANTS = 100


Variant = tuple[int, int, int]


def variants() -> list[Variant]:
    """Points of level 3, cut of level 5, cut of level 4, in the order of the sweep."""
    return list(itertools.product(range(2, 6), range(475, 500), range(400, 410)))


def sweeps() -> list[Figure]:
    """The same distributions by each, in processor time of all threads.

    A peer is handed the weights at each level, the better part of the work, and checks no limit of the plans; who does
    the whole of it from a file is measured in from_files.py.
    """
    people = population(EXECUTIVES, 1)
    engine = ColumnarEngine(program_of("agencies/opm_basic.sespms"))
    columns = engine.columns(*people.by_name)
    varied = [read_varied(engine.program, words) for words in VARIED]
    some = variants()[:_PEER_VARIANTS]
    histogram = _histogram(people)
    polars, duckdb = _polars(people, some), _duckdb(people, some)
    ours = sweep_columns(engine, columns, EXECUTIVES, varied)
    counts = ours.counts[:_PEER_VARIANTS, :5].tolist()
    if counts != polars() or counts != duckdb() or ours.counts[:, :5].tolist() != histogram():
        raise SystemExit("the tools disagree about a sweep")
    jobs = [lambda: sweep_columns(engine, columns, EXECUTIVES, varied), histogram, polars, duckdb]
    own, by_histogram, by_polars, by_duckdb = medians(jobs, 15, time.process_time)
    reached(Goal("sweep of 8,000 under 1,000 variants, to a polars histogram", own / by_histogram, "×", most=1))
    times = len(ours) / _PEER_VARIANTS
    job = f"{EXECUTIVES:,} executives under {len(ours):,} variants"
    said = f"{_PEER_VARIANTS} variants in one query, times {times:.0f}"
    return [
        Figure(job, own, "polars, a histogram of scores and running totals, no checks", by_histogram, faster=True),
        Figure(job, own, f"polars, {said}", by_polars * times, faster=True),
        Figure(job, own, f"DuckDB, {said}", by_duckdb * times, faster=True),
    ]


def _at_levels(people: Population) -> dict[str, Any]:
    """For each executive the weight at each level, and whether any element is at the lowest."""
    pairs = list(zip(people.levels, people.weights, strict=True))
    found = {
        f"at_{level}": sum(np.where(levels == level, weights, 0).astype(np.int32) for levels, weights in pairs)
        for level in (5, 4, 3, 2)
    }
    return found | {"lowest": np.minimum.reduce(people.levels)}


def _histogram(people: Population) -> Callable[[], list[list[int]]]:
    """What a polars user does who thinks of it: one query for the scores, counted, and running totals of the counts."""
    import polars as pl

    points = range(2, 6)
    worth = pl.col("at_5") * 5 + pl.col("at_4") * 4 + pl.col("at_2") * 2
    frame = pl.DataFrame(_at_levels(people)).lazy().filter(pl.col("lowest") > 1)
    query = frame.select([(worth + pl.col("at_3") * three).alias(str(three)) for three in points])
    wanted = np.array([[three - 2, edge] for three, *edges in variants() for edge in (*edges, 300, 200)])

    def run() -> list[list[int]]:
        found = query.collect()
        counted = np.stack([np.bincount(found[str(three)].to_numpy(), minlength=502) for three in points])
        passing = counted[:, ::-1].cumsum(axis=1)[:, ::-1][wanted[:, 0], wanted[:, 1]].reshape(-1, 4)
        five, four, three, two = passing.T
        made: Any = np.stack([five, four - five, three - four, two - three, people.rows - two], axis=1)
        return list(made.tolist())

    return run


def _polars(people: Population, some: list[Variant]) -> Callable[[], list[list[int]]]:
    import polars as pl

    frame = pl.DataFrame(_at_levels(people)).lazy()
    wanted = []
    for place, (points, five, four) in enumerate(some):
        score = pl.col("at_5") * 5 + pl.col("at_4") * 4 + pl.col("at_3") * points + pl.col("at_2") * 2
        rated = pl.col("lowest") > 1
        wanted += [((score >= edge) & rated).sum().alias(f"{place}_{edge}") for edge in (five, four, 300, 200)]
    query = frame.select(wanted)

    def run() -> list[list[int]]:
        row = query.collect().row(0)
        return [_between(list(row[start : start + 4]), people.rows) for start in range(0, len(row), 4)]

    return run


def _duckdb(people: Population, some: list[Variant]) -> Callable[[], list[list[int]]]:
    import duckdb

    connection = duckdb.connect()
    connection.register("people", _at_levels(people))
    connection.execute("CREATE TABLE roster AS SELECT * FROM people")
    wanted = []
    for points, five, four in some:
        score = f"at_5 * 5 + at_4 * 4 + at_3 * {points} + at_2 * 2"
        wanted += [f"count(*) FILTER (lowest > 1 AND {score} >= {edge})" for edge in (five, four, 300, 200)]
    query = f"SELECT {', '.join(wanted)} FROM roster"

    def run() -> list[list[int]]:
        row = connection.execute(query).fetchone() or ()
        return [_between(list(row[start : start + 4]), people.rows) for start in range(0, len(row), 4)]

    return run


def _between(passing: list[int], rows: int) -> list[int]:
    """How many stand at each level, from how many pass each cut."""
    five, four, three, two = passing
    return [five, four - five, three - four, two - three, rows - two]
