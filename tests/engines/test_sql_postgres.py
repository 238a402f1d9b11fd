"""The text that is printed for PostgreSQL, run by PostgreSQL itself, on a server that lives as long as this module.

It rates tables that DuckDB rates as well: by night those of every shipped system, by day rows from all over those of
the systems that differ most. Every shipped system's text is planned by day too: a planner that puts the steps into one
another takes all memory there is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from cli.running import SMALL, put, run
from engines.sql_answers import query_for, rate_in_duckdb
from engines.sql_domains import layouts, programs, tables
from engines.test_columnar import average_of_products
from engines.test_sql_quoting import HOSTILE, LONG, ONE_ELEMENT
from nights import NIGHTLY
from postgres import Postgres, server
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.quoting import Names, dialect_of
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.foundation.values import replace
from sespms_rules.program.rating import Appraisal, Rated

BY_DAY_ROWS = 2_000
BY_DAY = (
    "agencies/opm_basic.sespms: Basic SES Appraisal System",
    "beyond-ses/dod_acqdemo_quality_level.sespms: DoD AcqDemo performance appraisal quality level",
    "shapes/shape_15_missing_ratings.sespms: Shape 15, missing ratings are left out",
    "shapes/shape_19_tables.sespms: Shape 19, tables",
    "shapes/shape_22_two_results.sespms: Shape 22, two results",
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with server() as running:
        yield running


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def _load(postgres: Postgres, query: WarehouseSql, rows: str, kind: str = "int") -> None:
    """Make the table of a query, its names cut as the query cuts them."""
    postgres.load("roster", ["id text", *(f"{each} {kind}" for each in _columns(query))], rows)


def _columns(query: WarehouseSql) -> list[str]:
    names = Names(dialect_of("postgres"))
    return [names.written(each.name) for each in query.columns]


def _as_csv(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


@pytest.mark.case("queries that no planner ends")
def test_the_documented_example_is_planned_and_right(postgres: Postgres, tmp_path: Path) -> None:
    """Without `MATERIALIZED` the planner took 2.5 GB in half a minute, and did not end."""
    policy = put(tmp_path, "small.sespms", SMALL)
    columns = [f'"{name} {what}" int' for name in ("Leading People", "Results Driven") for what in ("weight", "level")]
    postgres.load("roster", ["id text", *columns], "a,40,4,60,5\nb,50,4,50,5\nc,60,4,41,5\nd,40,4,60,\n")
    text = run("sql", policy, "--dialect", "postgres").stdout
    check = run("sql", policy, "--dialect", "postgres", "--check").stdout
    assert postgres.run(text) == [
        ("a", "rated", "5", "460", "1", ""),
        ("b", "rated", "5", "450", "1", ""),
        ("c", "refused", None, None, None, "SES602"),
        ("d", "refused", None, None, None, "SES608"),
    ]
    assert postgres.run(check) == [("d", "Results Driven level", "not rated", "1")]


@pytest.mark.case("queries that no planner ends")
def test_a_limit_on_a_weight_is_planned_and_right(postgres: Postgres, tmp_path: Path) -> None:
    policy = put(
        tmp_path,
        "p.sespms",
        SMALL.replace("are whole numbers\n", 'are whole numbers\n  "Results Driven" at least 50\n'),
    )
    columns = [f'"{name} {what}" int' for name in ("Leading People", "Results Driven") for what in ("weight", "level")]
    postgres.load("roster", ["id text", *columns], "a,40,4,60,5\nb,50,4,50,5\nc,60,4,40,5\n")
    text = run("sql", policy, "--dialect", "postgres").stdout
    assert postgres.run(f"EXPLAIN {text}")
    assert [(row[0], row[2], row[-1]) for row in postgres.run(text)] == [
        ("a", "5", ""),
        ("b", "5", ""),
        ("c", None, "SES604"),
    ]


@pytest.mark.case("queries that no planner ends")
def test_each_step_of_the_text_is_kept_apart() -> None:
    """Of every shipped system; what reads a step once is put into it where nothing forbids it."""
    for name, program in programs().items():
        text = WarehouseSql(program, "roster", "postgres", next(iter(layouts(program)))).rating()
        steps = re.findall(r"^(\w+) AS (MATERIALIZED )?\($", text.replace("WITH ", ""), re.MULTILINE)
        assert len(steps) > 1, name
        assert all(kept for _, kept in steps), name


@pytest.mark.case("queries that no planner ends")
def test_the_planner_ends_for_every_shipped_system(postgres: Postgres) -> None:
    statements = []
    for number, program in enumerate(programs().values()):
        query = WarehouseSql(program, f"roster_{number}", "postgres", next(iter(layouts(program))))
        columns = ["id text", *(f"{each} int" for each in _columns(query))]
        statements += [
            f"CREATE TABLE roster_{number} ({', '.join(columns)})",
            f"EXPLAIN {query.rating()}",
            query.check(),
        ]
    assert len(statements) > 3 * 50
    assert all(len(row) == 1 for row in postgres.run(*statements))  # of plans alone: the checks find nothing


@pytest.mark.case("queries that no planner ends")
@pytest.mark.differential
@pytest.mark.parametrize("name", list(programs()) if NIGHTLY else BY_DAY)
def test_it_rates_as_duckdb_does(postgres: Postgres, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Refusals included: each table has rows with faults."""
    every = tables(name, 50 if NIGHTLY else 2)
    for table in every if NIGHTLY else every[-1:]:
        step = 1 if NIGHTLY else -(-table.rows // BY_DAY_ROWS)
        some = replace(table, arrays={column: cells[::step] for column, cells in table.arrays.items()})
        rate_in_duckdb(connection, some, query_for(some))
        query = WarehouseSql(some.program, "roster", "postgres", some.own, some.decimals)
        columns = ", ".join('"' + each.name.replace('"', '""') + '"' for each in query.columns)
        rows = connection.execute(f"SELECT id, {columns} FROM roster ORDER BY id").fetchall()
        _load(postgres, query, _as_csv(rows), "numeric" if some.decimals else "int")
        found = connection.execute("SELECT * FROM answers ORDER BY id").fetchall()
        wanted = [tuple(None if cell is None else str(cell) for cell in row) for row in found]
        assert postgres.run(f"SELECT * FROM (\n{query.rating()}\n) AS rated ORDER BY CAST(id AS int)") == wanted
        assert len(wanted) == some.rows


@pytest.mark.case("queries that no planner ends")
def test_numbers_beyond_64_bits_are_exact(postgres: Postgres) -> None:
    program = average_of_products(2)
    query = WarehouseSql(program, "roster", "postgres")
    large = 9 * 10**8 + 1
    _load(postgres, query, f"a,{large},{large}\n", "bigint")
    ((_, outcome, _, top, under, _),) = postgres.run(query.rating())
    rated = tuple(Rated(name, Fraction(large)) for name in "AB")
    assert outcome == "rated"
    assert Fraction(int(top or 0), int(under or 0)) == reference.rate(program, Appraisal("a", rated)).score


def test_hostile_names_and_words_stay_names_and_words(postgres: Postgres, tmp_path: Path) -> None:
    """Whatever the server takes a backslash for."""
    for place, text in enumerate(each for each in HOSTILE if '"' not in each):
        policy = ONE_ELEMENT.replace('element "A"', f'element "A {text}"').replace("WORD", text)
        made = run("sql", put(tmp_path, f"{place}.sespms", policy), "--dialect", "postgres").stdout
        name = ("A " + " ".join(text.split()) + " level").replace('"', '""')
        postgres.load("roster", ["id text", f'"{name}" int'], "a,5\nb,4\n")
        for setting in ("on", "off"):
            rows = postgres.run(f"SET standard_conforming_strings = {setting}", made)
            assert [(row[0], row[2], row[-1]) for row in rows] == [("a", "5", text), ("b", "4", "n")], text


def test_names_of_more_than_63_bytes_are_told_apart(postgres: Postgres, tmp_path: Path) -> None:
    """PostgreSQL cuts them itself where they are in nobody's way; for the others the text says what to call them."""
    other = f"{LONG}, abroad"
    policy = put(
        tmp_path, "p.sespms", SMALL.replace('"Leading People"', f'"{LONG}"').replace('"Results Driven"', f'"{other}"')
    )
    made = run("sql", policy, "--dialect", "postgres").stdout
    notes = dict(each.removeprefix("-- ").split(" stands for ") for each in made.splitlines() if each.startswith("-- "))
    assert list(notes.values()) == [f"{name} {what}" for name in (LONG, other) for what in ("level", "weight")]
    assert all(len(each.encode()) <= 63 for each in notes)
    columns = ["id text", *(f'"{each}" int' for each in notes)]
    postgres.load("roster", columns, "a,5,60,3,40\nb,4,50,5,50\n")
    assert [row[:4] for row in postgres.run(made)] == [("a", "rated", "4", "420"), ("b", "rated", "5", "450")]
    postgres.load("roster", columns, "a,5,60,,40\n")
    check = run("sql", policy, "--dialect", "postgres", "--check").stdout
    assert postgres.run(check) == [("a", f"{other} level", "not rated", "1")]
