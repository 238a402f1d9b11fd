"""Populations in columns: every limit of the policy checked, scored and rated, beside tools that check nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import peers
from figures import Figure, medians
from inputs import Population, population

from sespms_rules.engines.columnar.engine import ColumnarEngine
from systems import program_of

SIZES = (10_000, 100_000, 1_000_000)
PEERS: tuple[tuple[str, Callable[[Population], Callable[[], Any]]], ...] = (
    ("polars, which checks nothing", peers.polars_levels),
    ("DuckDB, by hand, which checks nothing", peers.duckdb_levels),
    ("OpenFisca, which checks nothing", peers.openfisca_levels),
    ("a loop in C, one thread, which checks nothing", peers.c_loop),
)


def rated() -> list[Figure]:
    """What commands do with a roster once it is in columns: each row admitted, its score and level worked out."""
    engine = ColumnarEngine(program_of("agencies/opm_basic.sespms"))
    found = []
    for rows in SIZES:
        people = population(rows, 1)
        columns = engine.columns(*people.by_name)
        jobs: list[Callable[[], Any]] = [lambda columns=columns: engine.rate_columns(columns).level]  # type: ignore[misc]
        jobs += [make(people) for _, make in PEERS]
        _agree(jobs)
        own, *others = medians(jobs, 11)
        job = f"{rows:,} appraisals, admitted, scored and rated"
        found += [Figure(job, own, name, other) for (name, _), other in zip(PEERS, others, strict=True)]
    return found


def _agree(jobs: list[Callable[[], Any]]) -> None:
    """All must say the same, or the comparison says nothing."""
    answers = [np.asarray(job()) for job in jobs]
    if any(not np.array_equal(answers[0], each) for each in answers[1:]):
        raise SystemExit("the engines disagree about a population")
