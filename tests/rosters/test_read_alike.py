"""Two libraries read a Parquet file, and one that they do not read alike is refused; what is sound is read by both."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from rosters.every_engine import difference, program_of
from rosters.office_rosters import POLICIES
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files import read_roster, second_reading

PROGRAM = program_of(POLICIES["own elements"])
HEADINGS = ["id", "unit", "Leading People weight", "Leading People level", "Results Driven weight"]
HEADINGS += ["Results Driven level"]
TEXTS = [[f"e-{row}", "Ports", "40", str(row % 5 + 1), "60", ""] for row in range(10, 22)]


def table(**kinds: Any) -> pyarrow.Table:
    """Twelve rows of text, the last column empty; some columns in a type of their own."""
    columns = {name: pyarrow.array([row[place] for row in TEXTS]) for place, name in enumerate(HEADINGS)}
    for name, kind in kinds.items():
        columns[name] = kind(columns[name])
    return pyarrow.table(columns)


def one_longer(path: Path, text: bytes) -> None:
    """Make the last length before this text one larger than it is."""
    content = bytearray(path.read_bytes())
    place = content.rindex(len(text).to_bytes(4, "little") + text)
    content[place] += 1
    path.write_bytes(bytes(content))


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize(
    ("column", "text"),
    [("id", b"e-21"), ("unit", b"Ports"), ("Leading People level", b"2"), ("Results Driven level", b"")],
)
def test_a_text_that_goes_on_behind_its_page_is_refused(tmp_path: Path, column: str, text: bytes) -> None:
    """DuckDB took what lay behind it in memory: an id became another at each reading, and an empty cell a level."""
    roster = tmp_path / "r.parquet"
    parquet.write_table(
        table().select([column]), roster, use_dictionary=False, compression="none", write_statistics=False
    )
    one_longer(roster, text)
    with pytest.raises(UnreadableFileError, match=r"r.parquet` cannot be read as a Parquet file$"):
        read_roster(roster, PROGRAM)


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize("compression", ["none", "snappy", "zstd"])
def test_data_that_is_not_what_its_checksum_says_is_refused(tmp_path: Path, compression: str) -> None:
    roster = tmp_path / "r.parquet"
    parquet.write_table(
        table(), roster, compression=compression, use_dictionary=False, write_page_checksum=True, write_statistics=False
    )
    assert len(read_roster(roster, PROGRAM).rows) == len(TEXTS)
    content = bytearray(roster.read_bytes())
    content[content.index(b"e-10") + 3] ^= 3  # the id `e-13`, which there is
    roster.write_bytes(bytes(content))
    with pytest.raises(UnreadableFileError, match="cannot be read as a Parquet file"):
        read_roster(roster, PROGRAM)


def decimals(path: Path, value: str, digits: int, scale: int) -> None:
    """Levels of one value, as decimals of so many digits, so many of them behind the point."""
    kind = (pyarrow.decimal128 if digits <= 38 else pyarrow.decimal256)(digits, scale)
    made = table(**{"Leading People level": lambda each: pyarrow.array([Decimal(value)] * len(each), kind)})
    parquet.write_table(made, path, store_decimal_as_integer=digits <= 18, write_statistics=False, store_schema=False)


def declared_otherwise(path: Path, older: bytes) -> None:
    """Put other words into the older of the two declarations of the one decimal of a file, with one digit behind."""
    content = path.read_bytes()
    newer = b"\x2c\x5c\x15\x02\x15\x24"  # a decimal of 18 digits, one behind the point
    assert content.count(b"\x25\x0a\x15\x02\x15\x24" + newer) == 1
    path.write_bytes(content.replace(b"\x25\x0a\x15\x02\x15\x24" + newer, older + b"\x15\x24" + newer))


def all_null_by_its_summary(path: Path) -> None:
    """Levels that stand in a file whose summary of the column says that each of them is left out."""
    made = table(**{"Leading People level": lambda each: each.cast(pyarrow.int64())})
    parquet.write_table(made, path, use_dictionary=False, compression="none")
    most, least = (level.to_bytes(8, "little") for level in (5, 1))
    summary = b"\x18\x08" + most + b"\x18\x08" + least + b"\x16"
    content = path.read_bytes()
    assert content.count(summary + b"\x00") == 2  # of the page, and of all of its pages
    path.write_bytes(content.replace(summary + b"\x00", summary + bytes([2 * len(TEXTS)])))


def point_passed_over(path: Path, older: bytes) -> None:
    decimals(path, "0.3", 18, 1)
    declared_otherwise(path, older)


FOUND_OTHERWISE: dict[str, Callable[[Path], object]] = {
    "a summary that says that a column is empty": all_null_by_its_summary,
    "a decimal that is one by the newer declaration alone": lambda path: point_passed_over(path, b"\x25\x24\x15\x02"),
    "a decimal by two declarations that differ": lambda path: point_passed_over(path, b"\x25\x0a\x15\x00"),
    "more digits than a decimal has": lambda path: decimals(path, "3.00000000000000000001", 60, 20),
}


@pytest.mark.attack("two readings of one cell")
@pytest.mark.parametrize("way", FOUND_OTHERWISE)
def test_a_cell_that_two_libraries_find_otherwise_is_not_rated(tmp_path: Path, way: str) -> None:
    """The level 0.3 was rated as 3, and where a level stood none was read."""
    roster = tmp_path / "r.parquet"
    FOUND_OTHERWISE[way](roster)
    with pytest.raises(
        UnreadableFileError, match=r"two libraries find different cells in|cannot be read as a Parquet file"
    ):
        read_roster(roster, PROGRAM)


@pytest.mark.attack("memory before the refusal")
@pytest.mark.parametrize(
    ("rows", "columns", "says"),
    [
        (1, 2_001, r"has more than 2,000 columns$"),
        (1, 16_000, r"has more than 2,000 columns$"),
        (400_000, 200, r"has 400,000 rows of 200 columns in [\d,]+ bytes: more than 50,000,000 cells$"),
    ],
)
def test_columns_that_cost_a_file_nothing_are_bounded(tmp_path: Path, rows: int, columns: int, says: str) -> None:
    """A row of 16,000 columns took two gigabytes and minutes; a thousand columns of one number had no end."""
    roster = tmp_path / "r.parquet"
    many = pyarrow.array([7] * rows, pyarrow.int8())
    parquet.write_table(pyarrow.table({f"x{place}": many for place in range(columns)}), roster)
    with pytest.raises(UnreadableFileError, match=says):
        read_roster(roster, PROGRAM)


@pytest.mark.attack("memory before the refusal")
def test_texts_that_a_file_says_once_are_added_up_until_they_are_too_many(tmp_path: Path) -> None:
    roster = tmp_path / "r.parquet"
    rows = 20_000
    said_once = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, pyarrow.int32()), ["x" * 32_000])
    parquet.write_table(pyarrow.table({f"x{place}": said_once for place in range(1_000)}), roster)
    started = perf_counter()
    with pytest.raises(UnreadableFileError, match=r"unpack to more than"):
        read_roster(roster, PROGRAM)
    assert perf_counter() - started < 20  # seconds; of twenty columns the first alone is too much


def written_by_duckdb(path: Path) -> None:
    with duckdb.connect() as database:
        database.register("made", table())
        database.execute(f"COPY made TO '{path}' (FORMAT parquet)")
        database.unregister("made")


WRITTEN: dict[str, Callable[[Path], object]] = {
    "plain": lambda path: parquet.write_table(table(), path, use_dictionary=False),
    "with a dictionary": lambda path: parquet.write_table(table(), path),
    "format 1.0": lambda path: parquet.write_table(table(), path, version="1.0", data_page_version="1.0"),
    "pages of version 2": lambda path: parquet.write_table(table(), path, data_page_version="2.0"),
    "lengths by difference": lambda path: parquet.write_table(
        table(), path, use_dictionary=False, column_encoding="DELTA_LENGTH_BYTE_ARRAY"
    ),
    "beginnings by difference": lambda path: parquet.write_table(
        table(), path, use_dictionary=False, column_encoding="DELTA_BYTE_ARRAY"
    ),
    "four groups of rows": lambda path: parquet.write_table(table(), path, row_group_size=3),
    "categories": lambda path: parquet.write_table(table(unit=lambda each: each.dictionary_encode()), path),
    "large texts": lambda path: parquet.write_table(
        table(id=lambda each: each.cast(pyarrow.large_string())), path, compression="brotli"
    ),
    "views of texts": lambda path: parquet.write_table(table(id=lambda each: each.cast(pyarrow.string_view())), path),
    "nulls": lambda path: parquet.write_table(
        table(unit=lambda each: pyarrow.array(["Ports", None] * (len(each) // 2))), path
    ),
    "decimals": lambda path: parquet.write_table(
        table(**{"Leading People weight": lambda each: pyarrow.array([Decimal("40.0")] * len(each))}), path
    ),
    "small whole numbers": lambda path: parquet.write_table(
        table(**{"Leading People level": lambda each: each.cast(pyarrow.int8())}), path
    ),
    "bytes beside": lambda path: parquet.write_table(
        table().append_column("Scan", pyarrow.array([b"\x00\xff"] * len(TEXTS))), path
    ),
    "days beside": lambda path: parquet.write_table(
        table().append_column("Signed", pyarrow.array([0] * len(TEXTS), pyarrow.date32())), path
    ),
    "lengths of time beside": lambda path: parquet.write_table(
        table().append_column("Served", pyarrow.array([1_000] * len(TEXTS), pyarrow.duration("us"))), path
    ),
    "moments beside": lambda path: parquet.write_table(
        table().append_column("Signed", pyarrow.array([10**18] * len(TEXTS), pyarrow.timestamp("ns", "UTC"))), path
    ),
    "moments of the older kind beside": lambda path: parquet.write_table(
        table().append_column("Signed", pyarrow.array([10**18] * len(TEXTS), pyarrow.timestamp("ns"))),
        path,
        use_deprecated_int96_timestamps=True,
    ),
    "identifiers beside": lambda path: parquet.write_table(
        table().append_column("Key", pyarrow.array([bytes(range(16))] * len(TEXTS), pyarrow.uuid())), path
    ),
    "no value at all beside": lambda path: parquet.write_table(
        table().append_column("Note", pyarrow.nulls(len(TEXTS))), path
    ),
    "what is no number beside": lambda path: parquet.write_table(
        table().append_column("Index", pyarrow.array([float("nan"), float("inf"), -0.0] * (len(TEXTS) // 3))), path
    ),
    "halves of numbers beside": lambda path: parquet.write_table(
        table().append_column("Index", pyarrow.array([1.5] * len(TEXTS), pyarrow.float16())), path
    ),
    "decimals as whole numbers": lambda path: decimals(path, "3.0", 18, 1),
    "decimals of many digits": lambda path: decimals(path, "3.0", 38, 20),
    "unsigned numbers": lambda path: parquet.write_table(
        table(**{"Leading People level": lambda each: each.cast(pyarrow.uint64())}), path
    ),
    "by DuckDB": written_by_duckdb,
}


@pytest.mark.parametrize("way", WRITTEN)
def test_whoever_wrote_it_a_sound_file_is_read(tmp_path: Path, way: str) -> None:
    roster = tmp_path / "r.parquet"
    WRITTEN[way](roster)
    rows = read_roster(roster, PROGRAM).rows
    assert [row.id for row in rows] == [row[0] for row in TEXTS]
    assert not difference(roster, PROGRAM)


def test_long_texts_are_read_a_few_at_a_time(tmp_path: Path) -> None:
    """A file says a long text once for many rows, and Arrow takes each by itself."""
    roster = tmp_path / "r.parquet"
    rows = 2_000
    columns = {name: pyarrow.array([TEXTS[0][place]] * rows) for place, name in enumerate(HEADINGS)}
    columns |= {"id": pyarrow.array(map(str, range(rows))), "note": pyarrow.array(["x" * 30_000] * rows)}
    parquet.write_table(pyarrow.table(columns), roster)
    assert len(read_roster(roster, PROGRAM).rows) == rows


def test_without_the_second_library_a_parquet_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = tmp_path / "r.parquet"
    parquet.write_table(table(), roster)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(roster, PROGRAM)
    says = "r.parquet` is in Parquet, which two libraries must read alike, and `pyarrow` is not installed"
    assert fault.value.message.endswith(says)
    assert "pip install 'sespms-rules[parquet]'" in fault.value.help


def test_a_file_without_rows_is_read_alike(tmp_path: Path) -> None:
    roster = tmp_path / "r.parquet"
    parquet.write_table(table().slice(0, 0), roster)
    assert read_roster(roster, PROGRAM).rows == ()


def test_pieces_are_as_long_on_both_sides_whatever_comes_in() -> None:
    whole = table().to_batches()[0]
    nothing = whole.slice(0, 0)
    first = [nothing, whole.slice(0, 5), nothing, whole.slice(5)]
    pieces = list(second_reading._side_by_side(iter(first), iter([whole.slice(0, 7), whole.slice(7), nothing])))
    assert [(one.num_rows, other.num_rows) for one, other in pieces] == [(5, 5), (2, 2), (5, 5)]
    (_, rest), *_ = second_reading._side_by_side(iter([nothing]), iter([whole]))
    assert rest.num_rows == whole.num_rows
