"""Databases of our own: held to their memory, reading the one file they are given, reaching for nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb

from sespms_rules.engines.sql.text import OFFLINE

MEMORY = "1GB"
"""How much memory a database may take; what it needs beyond it keeps on disk, where it has a folder."""


class OtherFileError(Exception):
    """The file is not laid out as these queries need it, or damaged; the reader of rosters must take it."""


def database_for(source: str, folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database that may read the file at the path `source`, in memory or in a folder."""
    settings = OFFLINE | {
        "memory_limit": MEMORY,
        "preserve_insertion_order": "true",
        "autoload_known_extensions": "false",
        "temp_directory": "" if folder is None else str(folder / "spilled"),
    }
    place = ":memory:" if folder is None else str(folder / "roster.duckdb")
    connection = duckdb.connect(place, config=settings)
    connection.execute(f"SET allowed_paths = [{literal(source)}]")
    connection.execute("SET enable_external_access = false")
    return connection


def literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"
