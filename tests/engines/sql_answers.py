"""Tables of whole domains rated by SQL on DuckDB, and checked against the columnar engine and the reference."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import duckdb
import numpy as np

from engines.sql_domains import NONE, Table, appraisal, cells, columns_of
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.program import ir
from sespms_rules.program.rating import Asked, Outcome

Row = tuple[object, ...]


def put(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the table `roster`, with empty cells for what is not there."""
    made = []
    for number, cell in enumerate(cells(table.nodes)):
        scaled = f"CAST(c{number} AS DECIMAL(9, 0)) * 0.1" if cell.denominator > 1 else f"CAST(c{number} AS INTEGER)"
        made.append(f"""CASE WHEN c{number} <> {NONE} THEN {scaled} END AS "{cell.column}\"""")
    arrays = {f"c{number}": table.arrays[cell.column] for number, cell in enumerate(cells(table.nodes))}
    connection.register("given_columns", {"id": np.arange(table.rows), **arrays})
    connection.execute(f"CREATE OR REPLACE TABLE roster AS SELECT id, {', '.join(made)} FROM given_columns")


def query_for(table: Table, dialect: str = "duckdb") -> str:
    """The text that rates a table."""
    return WarehouseSql(table.program, "roster", dialect, table.own, table.decimals).rating()


def rate_in_duckdb(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    """Make the table `answers` of what the text says of each row."""
    put(connection, table)
    connection.execute(f"CREATE OR REPLACE TABLE answers AS {query}")


def unlike_columns(connection: duckdb.DuckDBPyConnection, table: Table, engine: ColumnarEngine) -> int:
    """How many rows the columnar engine answers otherwise than `answers`: outcome, level, score and refusals."""
    result = engine.rate_columns(columns_of(table.nodes, table.arrays))
    sets, which = np.unique(result.codes, return_inverse=True)
    words = np.array(
        [" ".join(f"SES6{code:02}" for code in range(1, 21) if bits >> code & 1) for bits in sets.tolist()]
    )
    under = np.broadcast_to(np.asarray(result.score_denominator, dtype=np.int64), (table.rows,)).copy()
    given = {
        "id": np.arange(table.rows),
        "outcome": result.outcome,
        "level": result.level,
        "top": result.score_numerator,
        "under": np.where(result.scored, under, 0),
        "refused": which.ravel(),
    }
    connection.register("by_columns", given)
    connection.register("said_by_columns", {"refused": np.arange(len(words)), "said": words.astype(object)})
    (same,) = connection.execute(
        "SELECT count(*) FROM answers a JOIN by_columns c USING (id)"
        " JOIN said_by_columns s ON s.refused = c.refused"
        " WHERE a.outcome = ['refused', 'rated', 'not rated'][c.outcome + 1] AND coalesce(a.level, 0) = c.level"
        " AND a.refused = s.said AND coalesce(a.score_denominator > 0, false) = (c.under > 0)"
        " AND coalesce(CAST(a.score_numerator AS HUGEINT) * c.under"
        " = CAST(c.top AS HUGEINT) * a.score_denominator, true)"
    ).fetchall()[0]
    return table.rows - int(same)


def by_reference(program: ir.Program, table: Table, row: int) -> Row:
    """What the reference says of a row, in the words of the query."""
    rating = reference.rate(program, appraisal(table, row), trace=False)
    if rating.outcome is Outcome.REFUSED:
        return ("refused", None, None, " ".join(sorted({each.code for each in rating.refused})), (), ())
    outcome = "rated" if rating.outcome is Outcome.RATED else "not rated"
    asked = (
        f"question {number}: {'' if each.about is None else f'{each.about}: '}{each.text}"
        for number, each in enumerate(program.questions, start=1)
        if Asked.of(each) in rating.asked
    )
    return (outcome, rating.level, rating.score, "", rating.reported, tuple(asked))


def by_answers(connection: duckdb.DuckDBPyConnection, every: int) -> Iterator[tuple[int, Row]]:
    """The rows of `answers`, one of so many, as the reference would say them."""
    found = connection.execute(f"SELECT * FROM answers WHERE CAST(id AS BIGINT) % {every} = 0 ORDER BY id")
    names = [each[0] for each in found.description or ()][6:]
    for row, outcome, level, top, under, refused, *more in found.fetchall():
        score = None if top is None else Fraction(int(top), int(under))
        given = dict(zip(names, more, strict=True))
        questions = [name for name in given if name.startswith("question ")]
        asked = tuple(name for name in questions if given.pop(name) == 1)
        yield row, (outcome, level, score, refused, tuple(_reported(given)), asked)


def _reported(given: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in given.items():
        if value is None or name.endswith(" denominator"):
            continue
        if name.endswith(" numerator"):
            short = name.removesuffix(" numerator")
            yield short, Fraction(int(str(value)), int(str(given[f"{short} denominator"])))
        else:
            yield name, value


def unlike_reference(
    connection: duckdb.DuckDBPyConnection, table: Table, every: int, program: ir.Program | None = None
) -> list[tuple[int, Row, Row]]:
    """The rows, of one in so many, that the reference answers otherwise than `answers`."""
    found = (
        (row, said, by_reference(program or table.program, table, row)) for row, said in by_answers(connection, every)
    )
    return [each for each in found if each[1] != each[2]]
