"""Populations in columns, from a thousand to ten million appraisals, beside the tools people use for such tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import peers
from figures import Figure, medians
from inputs import Population, population

from sespms_rules.engines.columnar.engine import ColumnarEngine
from systems import program_of

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
PEERS: tuple[tuple[str, Callable[[Population], Callable[[], Any]], str], ...] = (
    ("polars", peers.polars_levels, "1.3"),
    ("DuckDB, by hand", peers.duckdb_levels, "5"),
    ("OpenFisca", peers.openfisca_levels, "50"),
    ("a loop in C, one thread", peers.c_loop, "0.25"),
)
_GOALS_FROM = 1_000_000
_TIMES = 100


def kernel() -> list[Figure]:
    """Rating columns that were admitted before, which is what every peer does; weights in steps of 5 and of 1."""
    engine = ColumnarEngine(program_of("agencies/opm_basic.sespms"))
    found = []
    for rows in SIZES:
        for step in (5, 1) if rows == _GOALS_FROM else (5,):
            people = population(rows, step)
            ours = engine.prepare(engine.columns(*people.by_name))
            jobs = [ours.levels, *(make(people) for _, make, _ in PEERS)]
            _agree(jobs)
            own, *others = medians(jobs, 5 if rows > _GOALS_FROM else 15)
            job = f"{rows:,} admitted appraisals, weights in steps of {step}"
            for (name, _, goal), other in zip(PEERS, others, strict=True):
                told = f"{goal} times as fast" if rows >= _GOALS_FROM else ""
                found.append(Figure(job, own, name, other, told, faster=True))
    return found


def _agree(jobs: list[Callable[[], Any]]) -> None:
    """All must say the same, or the comparison says nothing."""
    answers = [np.asarray(job()) for job in jobs]
    if any(not np.array_equal(answers[0], each) for each in answers[1:]):
        raise SystemExit("the engines disagree about a population")


def admitted_and_rated() -> list[Figure]:
    """What a roster in arrays takes from the beginning: every limit of the policy checked, scores and levels kept."""
    engine = ColumnarEngine(program_of("agencies/opm_basic.sespms"))
    people = population(1_000_000, 1)
    columns = engine.columns(*people.by_name)
    small = population(8_000, 1)
    few, few_in_polars = engine.prepare(engine.columns(*small.by_name)), peers.polars_levels(small)
    jobs: list[Callable[[], Any]] = [
        lambda: engine.rate_columns(columns).level,
        lambda: engine.prepare(columns),
        peers.polars_levels(people),
        lambda: [few.levels() for _ in range(_TIMES)],
        lambda: [few_in_polars() for _ in range(_TIMES)],
    ]
    rated, prepared, polars, eight, polars_eight = medians(jobs, 11)
    unchecked = "polars, which checks nothing"
    return [
        Figure("1,000,000 appraisals, admitted, scored and rated", rated, unchecked, polars),
        Figure("1,000,000 appraisals, admitted once for many ratings", prepared, unchecked, polars),
        Figure(
            f"8,000 admitted appraisals, {_TIMES} times over",
            eight,
            "polars",
            polars_eight,
            f"at most {_TIMES // 10} ms",
            faster=True,
        ),
    ]
