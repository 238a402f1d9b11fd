"""Parquet files as rows of text, by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from sespms_rules.engines.sql.files import OtherFileError
from sespms_rules.engines.sql.text import OFFLINE

__all__ = ["OtherFileError", "columns_and_rows", "text_rows"]

_BATCH = 10_000


def _connected() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config=OFFLINE)


def columns_and_rows(path: Path) -> tuple[tuple[str, ...], int]:
    """The names of the columns of a Parquet file and how many rows it has; raise OtherFileError where it is none."""
    with _connected() as connection:
        try:
            found = connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)])
            names = tuple(each[0] for each in found.description or ())
            counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        except duckdb.Error as fault:
            raise OtherFileError(str(fault).splitlines()[0].strip()) from None
        return names, 0 if counted is None else int(counted[0])


def text_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a Parquet file in order, each cell as text; a null is an empty cell."""
    names, _ = columns_and_rows(path)
    quoted = ('"' + name.replace('"', '""') + '"' for name in names)
    cells = ", ".join(f"coalesce(CAST({name} AS VARCHAR), '')" for name in quoted)
    with _connected() as connection:
        found = connection.execute(f"SELECT {cells} FROM read_parquet(?)", [str(path)])
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                yield list(row)
