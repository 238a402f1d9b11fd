"""Columns, SQL on DuckDB and the reference over the whole domain of every shipped system, refusals included.

Columns and DuckDB rate every row. The reference rates every row in the nightly profile, and by day rows from all over
each table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import duckdb
import numpy as np
import pytest

from engines.sql_answers import query_for, rate_in_duckdb, unlike_columns, unlike_reference
from engines.sql_domains import PLANS, appraisal, programs, stages, tables
from engines.sql_tables import opm_arrays
from nights import NIGHTLY, at_depth
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir

BY_DAY = at_depth(200, 600)
"""How many rows of each system the reference rates where it does not rate all."""

DHS = "agencies/dhs_ses_2011.sespms: DHS SES Performance Agreement, Form 351"
DPMAP = "beyond-ses/dod_dpmap.sespms: DoD Performance Management and Appraisal Program"
MARITIME = "examples/maritime_commission.sespms: Example Maritime Commission SES System"
OPM = "agencies/opm_basic.sespms: Basic SES Appraisal System"

Change = Callable[[ir.Program], ir.Program]


# ---- every shipped system --------------------------------------------------------------------------


@pytest.mark.differential
@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", programs())
def test_the_whole_domain_agrees(name: str) -> None:
    found = tables(name)
    rows = sum(table.rows for table in found)
    every = 1 if NIGHTLY else max(1, rows // BY_DAY)
    engine = ColumnarEngine(programs()[name])
    with duckdb.connect(config={"threads": 1}) as connection:
        for table in found:
            rate_in_duckdb(connection, table, query_for(table))
            assert unlike_columns(connection, table, engine) == 0
            assert unlike_reference(connection, table, every) == []


def test_the_domains_are_whole() -> None:
    """Every system is there, with every combination of levels, under `PLANS` plans where it has weights to choose."""
    whole = {name: [table for table in tables(name) if table.whole] for name in programs()}
    assert len(whole) > 50
    for name, program in programs().items():
        plans = sum(table.plans for table in whole[name])
        weighted = any(stage.weighted for stage in stages(program.summary))
        assert plans >= (PLANS if weighted else 1), (name, plans)


def test_the_faults_are_of_every_kind() -> None:
    codes: Counter[str] = Counter()
    for name in programs():
        table = tables(name)[-1]
        for row in range(table.sound, table.rows, max(1, (table.rows - table.sound) // 60)):
            refused = reference.rate(table.program, appraisal(table, row), trace=False).refused
            codes.update(each.code for each in refused)
    met = {f"SES6{code:02}" for code in (2, 3, 4, 5, 7, 8, 9, 15, 17)}
    assert set(codes) >= met, codes


@pytest.mark.differential
@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_million_random_appraisals_agree() -> None:
    (opm,) = tables(OPM, 1)
    table = replace(opm, arrays={name: column.astype(np.int16) for name, column in opm_arrays(1_000_000).items()})
    with duckdb.connect(config={"threads": 1}) as connection:
        rate_in_duckdb(connection, table, query_for(table))
        assert unlike_columns(connection, table, ColumnarEngine(table.program)) == 0
        assert unlike_reference(connection, table, 1 if NIGHTLY else 500) == []
        ((share,),) = connection.execute(
            "SELECT avg(CASE WHEN outcome = 'refused' THEN 100 ELSE 0 END) FROM answers"
        ).fetchall()
    assert 20 < share < 90


# ---- planted differences ---------------------------------------------------------------------------


def other_level(program: ir.Program) -> ir.Program:
    """One line gives the next level."""
    stage = program.summary
    place = next(
        n for n, row in enumerate(stage.rows) if isinstance(row.outcome, ir.ToLevel) and row.outcome.level == 3
    )
    rows = [*stage.rows]
    rows[place] = replace(rows[place], outcome=ir.ToLevel(4))
    return replace(program, summary=replace(stage, rows=tuple(rows)))


def one_level_less(program: ir.Program) -> ir.Program:
    """The scale of the first member has a level less, so that fewer rows are admitted."""
    stage = program.summary
    first, *rest = stage.members
    scale = first.scale
    less: ir.LevelScale | ir.NumberScale
    less = (
        ir.LevelScale(scale.levels[:-1])
        if isinstance(scale, ir.LevelScale)
        else ir.NumberScale(scale.low, scale.high - 1)
    )
    return replace(program, summary=replace(stage, members=(replace(first, scale=less), *rest)))


PLANTED = [
    pytest.param(name, change, id=f"{change.__name__} of {name.split('.')[0]}")
    for name, change in (
        (OPM, other_level),
        (OPM, one_level_less),
        (MARITIME, other_level),
        (MARITIME, one_level_less),
        (DHS, other_level),
        (DHS, one_level_less),
        (DPMAP, other_level),
    )
]


@pytest.mark.parametrize(("name", "change"), PLANTED)
def test_a_difference_in_one_engine_is_caught(name: str, change: Change) -> None:
    table = tables(name, 2)[-1]
    other = change(table.program)
    with duckdb.connect(config={"threads": 1}) as connection:
        rate_in_duckdb(connection, table, query_for(table))
        assert unlike_columns(connection, table, ColumnarEngine(table.program)) == 0
        assert unlike_columns(connection, table, ColumnarEngine(other)) > 0
        every = table.rows // 500 + 1
        assert unlike_reference(connection, table, every) == []
        assert unlike_reference(connection, table, every, other) != []
        rate_in_duckdb(connection, table, query_for(replace(table, program=other)))
        assert unlike_columns(connection, table, ColumnarEngine(table.program)) > 0
        assert unlike_reference(connection, table, every) != []
