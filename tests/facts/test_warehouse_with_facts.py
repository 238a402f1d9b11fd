"""The query for a warehouse rates a table with columns of facts as the reference rates its rows."""

from __future__ import annotations

import itertools
from fractions import Fraction

import duckdb
import pytest

from postgres import server
from sespms_rules.engines.reference import rate
from sespms_rules.engines.sql.quoting import Names, dialect_of
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from shapes import programs

COLUMNS = ("position type", "days under plan", "unit result", "Leading People level", "Mission Results level")
KINDS = ("general", "scientific professional", "General", "other", None)
DAYS = ("0", "89", "90", "366", "367", "-1", None)
RESULTS = ("0", "2.5", "5", "5.1", None)

Row = tuple[str, str | None, str | None, str | None, int, int]


def _rows() -> list[Row]:
    cases = itertools.product(KINDS, DAYS, RESULTS, ((5, 4), (3, 3), (5, 1)))
    return [(f"p-{n:04}", kind, days, result, *both) for n, (kind, days, result, both) in enumerate(cases)]


def _wanted(row: Row) -> tuple[str, str, str | None, str]:
    """Id, outcome, level and refusals as the reference says them."""
    program = programs()["Shape 27, facts"]
    key, kind, days, result, *both = row
    numbers = {"days under plan": days, "unit result": result}
    facts: list[tuple[str, Fraction | str]] = [] if kind is None else [("position type", kind)]
    facts += [(name, Fraction(value)) for name, value in numbers.items() if value is not None]
    rated = zip(("Leading People", "Mission Results"), both, strict=True)
    rating = rate(program, Appraisal(key, tuple(Rated(n, Fraction(r)) for n, r in rated), facts=tuple(facts)))
    outcome = {Outcome.RATED: "rated", Outcome.NOT_RATED: "not rated", Outcome.REFUSED: "refused"}[rating.outcome]
    level = None if rating.level is None else str(rating.level)
    return key, outcome, level, " ".join(dict.fromkeys(each.code for each in rating.refused))


def test_duckdb_rates_the_table_as_the_reference_does() -> None:
    query = WarehouseSql(programs()["Shape 27, facts"], "roster", "duckdb", decimals=1)
    with duckdb.connect() as database:
        kinds = ("VARCHAR", "INTEGER", "DECIMAL(5, 2)", "INTEGER", "INTEGER")
        names = ", ".join(f'"{name}" {kind}' for name, kind in zip(COLUMNS, kinds, strict=True))
        database.execute(f"CREATE TABLE roster (id VARCHAR, {names})")
        database.executemany("INSERT INTO roster VALUES (?, ?, ?, ?, ?, ?)", _rows())
        found = database.execute(f"SELECT id, outcome, level, refused FROM ({query.rating()}) ORDER BY id").fetchall()
        assert [(*row[:2], None if row[2] is None else str(row[2]), row[3]) for row in found] == list(
            map(_wanted, _rows())
        )
        database.execute("DELETE FROM roster WHERE id NOT IN ('p-0000')")
        assert database.execute(query.check()).fetchall() == []
        database.execute('UPDATE roster SET "position type" = \'other\', "days under plan" = 400, "unit result" = NULL')
        problems = {row[1:3] for row in database.execute(query.check()).fetchall()}
    assert problems == {
        ("position type", "none of the words of the policy"),
        ("days under plan", "not from 0 to 366"),
        ("unit result", "not said"),
    }


def test_a_number_of_days_with_decimals_is_never_read_as_whole() -> None:
    query = WarehouseSql(programs()["Shape 27, facts"], "roster", "duckdb")
    with duckdb.connect() as database:
        columns = '\'a\' AS id, \'general\' AS "position type", 90.5 AS "days under plan", 1 AS "unit result"'
        database.execute(f'CREATE TABLE roster AS SELECT {columns}, 5 AS "{COLUMNS[3]}", 5 AS "{COLUMNS[4]}"')
        assert database.execute(query.rating()).fetchall()[0][1:6] == (
            "refused",
            None,
            None,
            None,
            "too large or too fine",
        )


@pytest.mark.differential
def test_postgresql_rates_the_table_as_the_reference_does() -> None:
    query = WarehouseSql(programs()["Shape 27, facts"], "roster", "postgres", decimals=1)
    names = Names(dialect_of("postgres"))
    kinds = {"word": "text", "fact": "numeric"}
    with server() as running:
        columns = [f"{names.written(each.name)} {kinds.get(each.holds, 'int')}" for each in query.columns]
        order = [COLUMNS.index(each.name) for each in query.columns]
        lines = (
            ",".join(["" if each is None else str(each) for each in (row[0], *(row[1 + n] for n in order))])
            for row in _rows()
        )
        running.load("roster", ["id text", *columns], "\n".join(lines) + "\n")
        found = running.run(f"SELECT id, outcome, level, refused FROM (\n{query.rating()}\n) AS rated ORDER BY id")
    assert found == [tuple(each) for each in map(_wanted, _rows())]
