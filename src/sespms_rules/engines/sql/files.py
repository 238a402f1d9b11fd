"""Tables in files (CSV, Parquet) rated by SQL: every cell read as text, and little of the file in memory.

The file is copied as text into a database of its own in a folder that is removed afterwards. A row all of whose cells
are plain numbers, empty or words known here is rated by the query; any other is handed over as text, with its number,
for the reader of rosters to say what is wrong with it. So no row is lost, and none is guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import duckdb

from sespms_rules.engines.sql.cells import TextMember, TextTable, cells_of, fact_columns, number_columns
from sespms_rules.engines.sql.database import OtherFileError, database_for, literal
from sespms_rules.engines.sql.parquet import text_of_columns
from sespms_rules.engines.sql.query import Query, query_of
from sespms_rules.foundation.files_written import NotWrittenError
from sespms_rules.foundation.private_folder import PrivateFolder
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir

_BATCH = 10_000
_NO_DELIMITER = "\x1f"
_LONGEST_LINE = 4_000_000
_MOST_DECIMALS = 6
_MOST_ODD = 200_000
"""How many rows at most may be other than plain in their layout or id; a file with more is read row by row."""

_PLAIN_ID = "[!-~]([ -~]*[!-~])?"
_AS_COMPARED = "CASE WHEN odd THEN id ELSE lower(id) END"
"""An id as ids are compared: the reader of rosters said so of one that is not plain, and of others capitals alone."""

KeyOf = Callable[[list[str] | None, str | None], str]
"""Gives the id of a row, from its cells or its line, as the reader of rosters compares ids."""


class FileRow(Frozen, often=True):
    """What became of a row: its number in the file, its id, the columns of the query, and its text where asked for.

    `bits` are the refusals; `plain` is False for a row that was not rated, because some cell of it is not plain.
    `cells` is its text where it was refused, not plain, or picked to be confirmed; `line` where it could not be split.
    `asked` says of each question of the query whether it is asked.
    """

    number: int
    id: str
    outcome: int
    level: int
    top: int
    under: int
    bits: int
    plain: bool
    cells: list[str] | None
    line: str | None
    asked: tuple[bool, ...]
    values: tuple[int, ...]


class FileInSql:
    """A file and a program, ready to be rated; open until the end of its `with` block.

    Raises OtherFileError where the file must be read in another way, NotInSqlError where the program cannot be rated
    by SQL with as many decimals as the file has. `key_of` says what the id of a row is that is not plain.
    """

    def __init__(
        self, program: ir.Program, table: TextTable, key_of: KeyOf, *, every: int = 1000, folder: str | None = None
    ) -> None:
        self._table = table
        self._key_of = key_of
        self._program = program
        self._every = every
        self._folder = PrivateFolder(folder)
        self._connection = database_for(table.path, self._folder.path)
        self.query: Query
        self._given = ""
        try:
            self._stage()
            self._mark_repeated()
            self._prepare()
        except duckdb.Error as fault:
            self.close()
            raise OtherFileError(str(fault)) from None
        except BaseException:
            self.close()
            raise

    # ---- the copy --------------------------------------------------------------------------------

    def _stage(self) -> None:
        table = self._table
        self._connection.execute(
            f"CREATE TABLE staged AS {_from_csv(table) if table.delimiter else self._from_parquet()}"
        )
        if table.delimiter is None:
            self._refuse_nulls()
            return
        found = self._connection.execute(
            # An empty line has no cells at all; those at the end of a file are of no account.
            "SELECT coalesce(max(rowid) FILTER (WHERE filled), -1) + 1, count(*) FILTER (WHERE unquoted),"
            " count(*) FILTER (WHERE contains(line, chr(13))) FROM staged"
        ).fetchone()
        assert found is not None  # noqa: S101 - an aggregate always has a row
        rows, broken, returns = found
        if broken or returns or rows != table.lines:
            raise OtherFileError("its quotation marks or line ends are not those of one row a line")

    def _refuse_nulls(self) -> None:
        """Raise OtherFileError where a null was read: the file is damaged, and says that it has none there."""
        nulls = " OR ".join(f"k{each} IS NULL" for each in self._table.read)
        if self._connection.execute(f"SELECT 1 FROM staged WHERE {nulls} LIMIT 1").fetchone():
            raise OtherFileError("a null stands where the file says that there is none")

    def _from_parquet(self) -> str:
        """Read the columns of a Parquet file as text; a null is an empty cell."""
        table = self._table
        texts, source = text_of_columns(self._connection, table.path)
        read = [each for each in table.read if each != table.id]
        too_long = (f"length(k{each}) > {table.longest_cell}" for each in table.read)
        odd = " OR ".join([*_odd_id(f"k{table.id}", table), *too_long])
        cells = ", ".join(f"trim({texts[each]}) AS k{each}" for each in (table.id, *read))
        return (
            f"SELECT *, CAST(NULL AS VARCHAR) AS line, k{table.id} AS id, coalesce({odd}, TRUE) AS odd,"
            f" FALSE AS unquoted, FALSE AS twice FROM (SELECT {cells} FROM {source})"
        )

    def _mark_repeated(self) -> None:
        """Note the rows whose id stood before, and where; ids that are not plain are read by the reader of rosters."""
        kept = ", ".join(f"k{each}" for each in self._table.read)
        odd = self._connection.execute(f"SELECT rowid, [{kept}], line FROM staged WHERE odd").fetchmany(_MOST_ODD + 1)
        if len(odd) > _MOST_ODD:
            raise OtherFileError(f"more than {_MOST_ODD:,} of its rows are not plain")
        if odd:
            self._read_ids(odd)
        self._connection.execute(
            f"CREATE TABLE repeated AS SELECT {_AS_COMPARED} AS id, min(rowid) AS first FROM staged WHERE id <> ''"
            " GROUP BY ALL HAVING count(*) > 1"
        )
        self._connection.execute(f"UPDATE staged SET twice = TRUE WHERE {_AS_COMPARED} IN (SELECT id FROM repeated)")

    def _read_ids(self, rows: Sequence[tuple[int, list[str], str | None]]) -> None:
        """Have the reader of rosters read the ids of these rows: their numbers, cells and lines."""
        table = self._table
        keys = [
            self._key_of(None, line or "")
            if table.delimiter
            else self._key_of(_spread(cells, table.read, table.width), None)
            for _, cells, line in rows
        ]
        self._connection.execute(
            "UPDATE staged SET id = found.key FROM"
            " (SELECT unnest($1::BIGINT[]) AS number, unnest($2::VARCHAR[]) AS key) AS found"
            " WHERE staged.rowid = found.number",
            [[number for number, *_ in rows], keys],
        )

    @property
    def units(self) -> list[str]:
        """The units in the order in which they stand first, where the program leaves some out; else none."""
        if self._table.unit is None or not self._table.units_left_out:
            return []
        unit = f"k{self._table.unit}"
        rows = self._connection.execute(
            f"SELECT {unit} FROM staged WHERE {unit} <> '' GROUP BY {unit} ORDER BY min(rowid)"
        )
        return [str(row[0]) for row in rows.fetchall()]

    @property
    def repeated(self) -> dict[str, int]:
        """The ids that stand in several rows, and the number of the first of these."""
        rows = self._connection.execute("SELECT id, first FROM repeated").fetchall()
        return {key: first + self._table.first_row for key, first in rows}

    @property
    def rows(self) -> int:
        """How many rows there are."""
        found = self._connection.execute("SELECT count(*) FROM staged").fetchone()
        return 0 if found is None else int(found[0])

    def _prepare(self) -> None:
        columns = [*number_columns(self._table.members), *fact_columns(self._program, self._table)]
        decimals = dict.fromkeys(columns, 0)
        if columns:
            # Only what is a number with decimals counts; anything else is told of row by row.
            asked = ", ".join(
                f"max(length(split_part(k{each}, '.', 2))) FILTER (WHERE contains(k{each}, '.') AND"
                f" regexp_full_match(k{each}, '-?[0-9]{{1,12}}\\.[0-9]{{1,{_MOST_DECIMALS}}}'))"
                for each in columns
            )
            found = self._connection.execute(f"SELECT {asked} FROM staged").fetchone()
            decimals = {each: number or 0 for each, number in zip(columns, found or (), strict=True)}
        given = cells_of(self._program, self._table, decimals)
        self.query = query_of(self._program, given.cells)
        plain = " AND ".join(("NOT odd", "NOT twice", "id <> ''", *given.plain))
        kept = ", ".join(f"k{each}" for each in self._table.read)
        self._given = "SELECT rowid AS row_number, id AS row_id, line AS row_line,\n  " + ",\n  ".join(
            (f"[{kept}] AS row_cells", f"CASE WHEN {plain} THEN 1 ELSE 0 END AS row_plain", *given.selects)
        )
        self._given += "\nFROM staged"

    # ---- the rows --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[FileRow]:
        """The rows of the file, in order."""
        result = self.query.result
        # Why a question is asked of this row and not of others the reference says.
        telling = "".join(f" OR {text} = 1" for question, text in result.asked if question.condition is not None)
        handed = f"(row_plain = 0 OR {result.bits} <> 0 OR row_number % {self._every} = 0{telling})"
        columns = ["row_number", "row_id", result.outcome, result.level, result.top, result.under, result.bits]
        columns += ["row_plain", f"CASE WHEN {handed} THEN row_cells END", "row_line"]
        shown = [each for each in result.values if each[0] in self._program.summary.reported]
        columns += [text for _, text in result.asked]
        columns += [text for _, *texts in shown for text in texts]
        questions = len(result.asked)
        first, width, expected = self._table.first_row, self._table.width, 0
        # A join, which some policies need, gives the rows of a long table as its threads come to them.
        for rows in self._batches(f"{self.query.text(self._given, columns)}\nORDER BY row_number"):
            for number, key, outcome, level, top, under, bits, plain, cells, line, *values in rows:
                if number != expected:
                    raise AssertionError(f"the rows of the file came out of order: {number} for {expected}")
                expected += 1
                text = None if cells is None else _spread(cells, self._table.read, width)
                asked = tuple(each == 1 for each in values[:questions])
                shown_values = tuple(values[questions:])
                yield FileRow(
                    number + first, key, outcome, level, top, under, bits, plain == 1, text, line, asked, shown_values
                )

    def _batches(self, query: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query, some thousands at a time."""
        try:
            cursor = self._connection.execute(query)
            while rows := cursor.fetchmany(_BATCH):
                yield rows
        except duckdb.Error as fault:
            raise NotWrittenError(
                f"the copy of the roster that is rated could not be finished: {str(fault).splitlines()[0]}",
                "make room in the folder for temporary files, or name another with the variable `TMPDIR`",
            ) from None

    def close(self) -> None:
        """Remove the copy."""
        self._connection.close()
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _spread(cells: Sequence[str], read: Sequence[int], width: int) -> list[str]:
    """The cells of a row under all headings, those that are not read empty."""
    row = [""] * width
    for index, cell in zip(read, cells, strict=True):
        row[index] = cell
    return row


def _from_csv(table: TextTable) -> str:
    """Read the lines of a file and split them; one with quotation marks is split with care."""
    delimiter = literal(table.delimiter or ",")
    source = (
        f"read_csv({literal(table.path)}, columns={{'line': 'VARCHAR'}}, header=false, auto_detect=false,"
        f" delim={literal(_NO_DELIMITER)}, quote='', escape='', skip={table.first_row - 1},"
        f" max_line_size={_LONGEST_LINE}, hive_partitioning=false, filename=false, compression='none')"
    )
    mark = "\\t" if table.delimiter == "\t" else table.delimiter
    cell = f'("(?:[^"]|"")*"|[^"{mark}]*)'
    quoted = (
        f"list_transform(regexp_extract_all(line || {delimiter}, '{cell}{mark}', 1), lambda each:"
        " CASE WHEN starts_with(each, '\"') THEN replace(each[2:-2], '\"\"', '\"') ELSE each END)"
    )
    split = f"CASE WHEN contains(line, '\"') THEN {quoted} ELSE string_split(line, {delimiter}) END"
    key = f"trim(cells[{table.id + 1}])"
    strays = " OR ".join(
        [
            f"len(cells) <> {table.width}",
            *(f"trim(cells[{each + 1}]) <> ''" for each in table.unnamed),
            f"length(line) > {table.longest_cell}",
            *_odd_id(key, table),
        ]
    )
    wrong = f"contains(line, '\"') AND NOT regexp_full_match(line, '{cell}({mark}{cell})*')"
    columns = ", ".join(f"trim(cells[{each + 1}]) AS k{each}" for each in table.read)
    return (
        f"SELECT CASE WHEN odd OR unquoted THEN line END AS line, {key} AS id, {columns},"
        " odd, unquoted, cells IS NOT NULL AS filled, FALSE AS twice FROM ("
        f"SELECT *, coalesce({strays}, TRUE) AS odd, coalesce({wrong}, FALSE) AS unquoted FROM ("
        f"SELECT line, {split} AS cells FROM {source}))"
    )


def _odd_id(key: str, table: TextTable) -> list[str]:
    """What keeps an id from being taken as it stands: signs beyond plain ones, or what is no id of anyone."""
    patterns = (f"regexp_full_match(lower({key}), {literal(each)})" for each in table.odd_ids)
    return [f"NOT regexp_full_match({key}, '{_PLAIN_ID}')", *patterns]


__all__ = ["FileInSql", "FileRow", "OtherFileError", "TextMember", "TextTable"]
