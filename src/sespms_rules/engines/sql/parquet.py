"""Parquet files as rows of text, by DuckDB: the named file, its own columns, and nothing read out of its path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from sespms_rules.engines.sql.database import OtherFileError, database_for, literal
from sespms_rules.foundation.patterns import late

__all__ = [
    "NestedColumnError",
    "OtherFileError",
    "ParquetFile",
    "source_of",
    "text_of_columns",
]

_BATCH = 10_000
_COLUMNS_AT_ONCE = 20
_NEARLY = "\N{ALMOST EQUAL TO}"
_EXACT_DIGITS = {"DOUBLE": 15, "FLOAT": 6}
"""How many digits of a decimal a binary number keeps: one with more was computed and stands only near another."""

_WRITTEN_ONE_WAY = late(r"VARCHAR|UUID|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(\d+,0\)|ENUM\(.*\)")
_SHORT = late(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(\d+,\d+\)|DOUBLE|FLOAT|BOOLEAN|UUID|DATE|TIME.*")
_KINDS = {
    "DOUBLE": "binary numbers",
    "FLOAT": "binary numbers",
    "BOOLEAN": "yes and no",
    "BLOB": "bytes",
    "DATE": "dates",
}


class NestedColumnError(OtherFileError):
    """A column whose cells hold lists or records: `str()` is its name.

    It is known by the schema alone. DuckDB takes a gigabyte for the text of a long list, and has no end with the type
    of one that stands a hundred times in another.
    """


def source_of(path: str) -> str:
    """The file as a table in SQL, its columns named `c0`, `c1` and so on by `text_of_columns`."""
    return f"read_parquet({literal(path)}, hive_partitioning = false, filename = false, union_by_name = false)"


def text_of_columns(connection: duckdb.DuckDBPyConnection, path: str) -> tuple[list[str], str]:
    """SQL for each column's cells as text, a null as an empty one, and the table to take them from."""
    kinds, source = _columns(connection, path)
    return [_text(f"c{place}", kind) for place, kind in enumerate(kinds)], source


def _columns(connection: duckdb.DuckDBPyConnection, path: str) -> tuple[list[str], str]:
    """The type of each column, and the table in which they are called `c0`, `c1` and so on."""
    found = connection.execute(f"SELECT * FROM {source_of(path)} LIMIT 0").description or []
    names = ", ".join(f"c{place}" for place in range(len(found)))
    return [str(each[1]) for each in found], f"{source_of(path)} AS given({names})"


def _text(column: str, kind: str) -> str:
    text = f"CAST({column} AS VARCHAR)"
    if digits := _EXACT_DIGITS.get(kind):
        kept = f"length(trim(regexp_replace(regexp_replace({text}, 'e.*$', ''), '[^0-9]', '', 'g'), '0'))"
        text = f"CASE WHEN {kept} > {digits} THEN '{_NEARLY}' ELSE '' END || {text}"
    return f"coalesce({text}, '')"


class ParquetFile:
    """A Parquet file at a path, asked through one database, which is made when it is first needed and reads no other.

    To make a database takes as long as to read some thousands of rows, and a roster is asked four or five times.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._database: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def _asking(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own for one question, closed behind it; what the library has to say is OtherFileError."""
        try:
            if self._database is None:
                self._database = database_for(self._path)
            with self._database.cursor() as connection:
                yield connection
        except (duckdb.Error, RuntimeError, UnicodeDecodeError, MemoryError) as fault:
            raise OtherFileError(str(fault)) from None

    def columns_and_rows(self, most: int) -> tuple[list[tuple[str, str | None]], int]:
        """The columns of a Parquet file in order, and how many rows it has.

        Of each its name as the file has it, and a word for what it holds where no text can be told for that. Where
        there are more than `most` columns, one more than that is given. Raises OtherFileError for a file that is none,
        and NestedColumnError.
        """
        with self._asking() as connection:
            names = _names(connection, self._path, most + 1)
            if len(names) > most:
                return [(name, None) for name in names], 0
            kinds, _ = _columns(connection, self._path)
            counted = connection.execute(f"SELECT count(*) FROM {source_of(self._path)}").fetchone()
        if len(names) != len(kinds):
            raise OtherFileError("its schema names other columns than it has")
        return [(name, _kind(kind)) for name, kind in zip(names, kinds, strict=True)], _number(counted)

    def sizes_of_texts(self, most: int) -> dict[int, tuple[int, int]]:
        """By the place of a column, 0 for the first, how many bytes its longest text has, and all, in every row anew.

        A file says a text once and stands it in millions of rows: a few kilobytes can stand for gigabytes. Some columns
        are asked at a time, until they have more than `most` bytes together. Columns of which each value is short are
        read and not told. Raises OtherFileError where the data is damaged, a text is larger than the memory of a
        database, or holds a zero byte, which no table may.
        """
        found: dict[int, tuple[int, int]] = {}
        with self._asking() as connection:
            kinds, source = _columns(connection, self._path)
            for place in range(0, len(kinds), _COLUMNS_AT_ONCE):
                found |= _sizes(connection, source, dict(enumerate(kinds[place : place + _COLUMNS_AT_ONCE], place)))
                if sum(together for _, together in found.values()) > most:
                    break
        return found

    def record_batches(self, at_once: int) -> Iterator[Any]:
        """The rows in order, as many at a time, as record batches of Arrow, whose library must be there.

        Raises OtherFileError where its data is damaged.
        """
        with self._asking() as connection:
            _, source = _columns(connection, self._path)
            yield from connection.sql(f"SELECT * FROM {source}").to_arrow_reader(at_once)

    def text_rows(self) -> Iterator[list[str]]:
        """The rows of a Parquet file in order, each cell as text; raise OtherFileError where its data is damaged."""
        with self._asking() as connection:
            columns, source = text_of_columns(connection, self._path)
            found = connection.execute(f"SELECT {', '.join(columns)} FROM {source}")
            while rows := found.fetchmany(_BATCH):
                for row in rows:
                    if None in row:
                        raise OtherFileError("a null stands where the file says that there is none")
                    yield list(row)


def _sizes(connection: duckdb.DuckDBPyConnection, source: str, kinds: dict[int, str]) -> dict[int, tuple[int, int]]:
    """The sizes of the texts of some columns, by place and type; raise OtherFileError where one holds a zero byte."""
    cells = {place: f"CAST(c{place} AS VARCHAR)" for place, kind in kinds.items() if not _is_short(kind)}
    zeros = [f"coalesce(contains({each}, chr(0)), FALSE)" for each in cells.values()]
    lengths = (f"coalesce(max(strlen({each})), 0), coalesce(sum(strlen({each})), 0)" for each in cells.values())
    read = (f"count(c{place})" for place in kinds if place not in cells)
    asked = ", ".join([f"bool_or({' OR '.join(zeros) or 'FALSE'})", *lengths, *read])
    has_zeros, *counts = connection.execute(f"SELECT {asked} FROM {source}").fetchone() or (False,)
    if has_zeros:
        raise OtherFileError("a text holds zero bytes, as in a file whose lengths are damaged")
    told = map(int, counts[: 2 * len(cells)])
    return {place: (longest, next(told)) for place, longest in zip(cells, told, strict=False)}


def _is_short(type_name: str) -> bool:
    """Whether the text of a value of this type has some dozen signs at most."""
    return _SHORT.fullmatch(type_name) is not None


def _kind(type_name: str) -> str | None:
    if _WRITTEN_ONE_WAY.fullmatch(type_name):
        return None
    return _KINDS.get(type_name, "dates and times" if type_name.startswith("TIME") else "values of a kind of its own")


def _names(connection: duckdb.DuckDBPyConnection, path: str, most: int) -> list[str]:
    """The names of the columns as the file itself has them: DuckDB gives a second name to one that is there twice.

    Raises NestedColumnError for one that is no column of plain values.
    """
    asked = "SELECT name, type IS NULL OR repetition_type = 'REPEATED' FROM parquet_schema"
    schema = connection.execute(f"{asked}({literal(path)}) LIMIT {most + 1}").fetchall()
    names: list[str] = []
    for name, is_nested in schema[1:]:
        if is_nested:
            raise NestedColumnError(str(name))
        names.append(str(name))
    return names


def _number(row: tuple[Any, ...] | None) -> int:
    return 0 if row is None else int(row[0])
