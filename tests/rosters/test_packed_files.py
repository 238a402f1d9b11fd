"""Files of a few kilobytes that stand for gigabytes, and texts of workbooks that are shown otherwise than they lie."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from rosters.every_engine import difference, in_every_way, program_of
from rosters.office_rosters import WEIGHED
from sespms_rules.cli.rating_in_sql import rating_from_file
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files import plain_tables, read_roster
from sespms_rules.rosters.files.workbook import parts
from workbooks import workbook

PROGRAM = program_of(WEIGHED)
RATED = (
    '40 AS "Leading People weight", 5 AS "Leading People level", 60 AS "Results Driven weight",'
    ' 4 AS "Results Driven level"'
)
HEADINGS = ("id", "Leading People weight", "Leading People level", "Results Driven weight", "Results Driven level")
PACKED = {
    "rows of nothing": (f"SELECT NULL::VARCHAR AS id, {RATED} FROM range(3100000)", "3,100,000 rows in"),
    "one id": (f"SELECT 'e' AS id, {RATED} FROM range(3100000)", "3,100,000 rows in"),
    "one long id": (
        f"SELECT repeat('e', 32000) AS id, {RATED} FROM range(9000)",
        "unpack to more than 256,000,000 bytes",
    ),
    "a long note": (
        f"SELECT 'e' || n AS id, {RATED}, repeat('x', 32000) AS note FROM range(9000) AS t(n)",
        "unpack to more than 256,000,000 bytes",
    ),
    "one cell of millions": (
        f"SELECT repeat('e', 5000000) || n AS id, {RATED} FROM range(3) AS t(n)",
        "a cell of more than 32,767 characters",
    ),
}


def _parquet(folder: Path, query: str) -> Path:
    path = folder / "roster.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return path


@pytest.mark.attack("20 megabytes of one sign")
@pytest.mark.parametrize("kind", PACKED)
def test_a_small_parquet_file_that_stands_for_a_large_table_is_refused_unread(tmp_path: Path, kind: str) -> None:
    query, says = PACKED[kind]
    roster = _parquet(tmp_path, query)
    with pytest.raises(UnreadableFileError, match=says):
        read_roster(roster, PROGRAM)
    with pytest.raises(UnreadableFileError, match=says):
        plain_tables(roster, frozenset())


@pytest.mark.attack("lists in cells")
@pytest.mark.parametrize(
    "cell",
    ["range(30000)", "{'a': {'b': [1]}}", "MAP {'a': range(3)}", f"{'[' * 100}1{']' * 100}", "[]::VARCHAR[]"],
    ids=["a list", "a record", "a map", "a hundred times nested", "an empty list"],
)
def test_a_column_of_lists_or_records_is_refused_by_the_schema(tmp_path: Path, cell: str) -> None:
    """The text of a long list took over a gigabyte, and of one nested a hundred times had no end."""
    roster = _parquet(tmp_path, f"SELECT 'e' || n AS id, {RATED}, {cell} AS note FROM range(5) AS t(n)")
    with pytest.raises(UnreadableFileError, match=r"the column `note` of .* holds lists or records"):
        read_roster(roster, PROGRAM)
    with pytest.raises(UnreadableFileError, match=r"the column `note` of .* holds lists or records"):
        plain_tables(roster, frozenset())


def test_a_parquet_file_with_ids_of_its_own_is_rated(tmp_path: Path) -> None:
    roster = _parquet(tmp_path, f"SELECT 'e-' || n AS id, {RATED}, repeat('x', 300) AS note FROM range(2000) AS t(n)")
    assert len(read_roster(roster, PROGRAM).rows) == 2_000
    assert not difference(roster, PROGRAM)


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize(
    "query",
    [
        f"SELECT 'e-' || n || chr(0) AS id, {RATED} FROM range(3) AS t(n)",
        f"SELECT 'e-' || n AS id, {RATED}, 'a' || chr(0) || 'b' AS note FROM range(3) AS t(n)",
        f"SELECT 'e-' || n AS id, {RATED}, CASE WHEN n = 2 THEN chr(0) END AS note FROM range(3) AS t(n)",
    ],
    ids=["in an id", "in a note", "in one row alone"],
)
def test_a_zero_byte_in_a_text_is_refused_as_in_a_table(tmp_path: Path, query: str) -> None:
    """Where a damaged file says that a text is longer than it is, what lies behind it in memory is read with it."""
    roster = _parquet(tmp_path, query)
    with pytest.raises(UnreadableFileError, match="cannot be read as a Parquet file"):
        read_roster(roster, PROGRAM)
    with pytest.raises(UnreadableFileError, match="cannot be read as a Parquet file"):
        rating_from_file(roster, PROGRAM)


@pytest.mark.attack("empty cells")
@pytest.mark.parametrize("what", ["rows", "cells"])
def test_elements_of_a_workbook_that_hold_nothing_are_counted(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = workbook(tmp_path / "roster.xlsx", HEADINGS, ("a", 40, 5, 60, 4))
    assert len(read_roster(roster, PROGRAM).rows) == 1
    empty = ("<row/>" if what == "rows" else f"<row>{'<c/>' * 20}</row>") * 2_000
    packed = tmp_path / "packed.xlsx"
    _with_text(roster, packed, "</sheetData>", f"{empty}</sheetData>")
    monkeypatch.setattr(parts, "MOST_ELEMENTS", 2_000)
    with pytest.raises(UnreadableFileError, match="more than 2,000 elements, empty cells among them"):
        read_roster(packed, PROGRAM)


def test_a_value_twice_in_a_cell_without_a_place_is_told(tmp_path: Path) -> None:
    roster = workbook(tmp_path / "roster.xlsx", HEADINGS, ("a", 40, 5, 60, 4))
    packed = tmp_path / "packed.xlsx"
    _with_text(roster, packed, "</sheetData>", "<row><c><v>1</v><v>5</v></c></row></sheetData>")
    with pytest.raises(UnreadableFileError, match="holds the value of a cell twice"):
        read_roster(packed, PROGRAM)


def _with_text(given: Path, made: Path, old: str, new: str) -> None:
    import zipfile

    with zipfile.ZipFile(given) as read, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            text = read.read(name)
            written.writestr(name, text.replace(old.encode(), new.encode()) if "sheet1" in name else text)


def test_a_text_of_a_workbook_is_read_as_a_spreadsheet_shows_it(tmp_path: Path) -> None:
    """A letter may stand in a file by its number; two ids that are shown alike are one."""
    ids = ("_x0041_", "A", "b_x000D_", "_x005F_x0043_", "d_x0000_", "e_xD800_", "f_x1_")
    roster = workbook(tmp_path / "roster.xlsx", HEADINGS, *((each, 40, "_x0035_", 60, 4) for each in ids))
    way, rows = next(in_every_way(roster, PROGRAM))
    assert way == "reference"
    assert [row["id"] for row in rows] == ["A", "A", "b", "_x0043_", "d_x0000_", "e_xD800_", "f_x1_"]
    assert [row["refused"] or row["outcome"] for row in rows] == ["rated", ["SES635"], *["rated"] * 5]
    assert not difference(roster, PROGRAM)
