"""Files of rosters made for tests, and what becomes of them when bytes go astray."""

from __future__ import annotations

import io
import json
import random
import tempfile
import zipfile
from pathlib import Path

import duckdb

from workbooks import workbook

_DATABASE = duckdb.connect()

HEADINGS = (
    "id",
    "unit",
    "Leading People weight",
    "Leading People level",
    "Results Driven weight",
    "Results Driven level",
)
ROWS = [(f"e-{number}", "Ports", 40, number % 5 + 1, 60, 4) for number in range(12)]
RECORDS = (
    '[{"id": "e-1", "unit": "Ports", "appointment": "career", "elements": {"Leading People": {"level": 4,'
    ' "weight": "40"},'
    ' "Results Driven": {"level": "Exceeds", "weight": 60.0}}},\n {"id": "e-2", "elements": {"Leading People": 5,'
    ' "Results Driven": {"requirements": {"Ports": {"level": 3, "weight": 1e2}}}}}]'
)
_PIECES = (
    b"\x00",
    b"\xff\xff\xff\x7f",
    b"<",
    b'"',
    b"\\ud800",
    b"[" * 40,
    b"99999999999",
    b"A1",
    b"</c>",
    b"e308",
    b"-",
)


def seeds(folder: Path) -> dict[str, bytes]:
    """A good file of each kind that is read, by its ending."""
    table = ", ".join(f"({', '.join(repr(cell) for cell in row)})" for row in ROWS)
    names = ", ".join(f'"{each}"' for each in HEADINGS)
    parquet = folder / "seed.parquet"
    duckdb.execute(f"COPY (SELECT * FROM (VALUES {table}) AS given({names})) TO '{parquet}' (FORMAT parquet)")
    lines = [",".join(map(str, row)) for row in (HEADINGS, *ROWS)]
    return {
        ".xlsx": workbook(folder / "seed.xlsx", HEADINGS, *ROWS).read_bytes(),
        ".parquet": parquet.read_bytes(),
        ".json": RECORDS.encode(),
        ".csv": "\r\n".join(lines).replace("Ports", '"Ports, South"').encode(),
    }


def mutated(draw: random.Random, ending: str, content: bytes) -> bytes:
    """The content with some of its bytes changed; of a workbook mostly within one of its packed parts.

    Half of the JSON files stay JSON, with values in which no reader would believe; half of the Parquet files are
    sound ones whose columns have types, names and values of all kinds.
    """
    if ending == ".json" and draw.random() < 0.5:
        return json.dumps(_with_odd_values(draw, json.loads(content))).encode("utf-8", "surrogatepass")
    if ending == ".parquet" and draw.random() < 0.5:
        return _odd_columns(draw)
    if ending != ".xlsx" or draw.random() < 0.3:
        return _changed(draw, content)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        chosen = draw.choice([each for each in given.namelist() if "theme" not in each and "docProps" not in each])
        for name in given.namelist():
            part = given.read(name)
            packed.writestr(name, _changed(draw, part) if name == chosen else part)
    return made.getvalue()


_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 5, 10**30, 2**63, 0.1, 1e300, -0.0, float("inf"), float("nan"), "", " ", "5", "not rated",
    "not in plan", "\u2028", "\ud800", "=1+1", [], {}, [[]], [5], {"level": 5}, {"level": 4, "weight": 40}, "e-1",
    "x" * 5000,
)  # fmt: skip
_TYPES = (
    "({})::VARCHAR", "({})::TINYINT", "({})::HUGEINT", "({})::DOUBLE / 3", "({})::FLOAT", "({})::DECIMAL(38, 10)",
    "({})::DECIMAL(4, 1)", "({}) > 2", "[{}]", "{{'level': {}}}", "MAP {{'a': {}}}", "'\\x00\\xFF'::BLOB",
    "DATE '2026-01-01' + ({})::INTEGER", "TIMESTAMP '9999-12-31 23:59:59'", "INTERVAL 1 DAY", "NULL", "NULL::DOUBLE",
    "'nan'::DOUBLE", "'inf'::DOUBLE", "({})::UBIGINT + 18446744073709551610", "uuid()", "TIME '12:00'", "'101'::BIT",
    "(({}) % 3)::VARCHAR::ENUM ('0', '1', '2')", "TIMESTAMPTZ '2026-01-01 00:00:00+00'",
    "repeat('9', ({})::INTEGER * 40)",
)  # fmt: skip


def _with_odd_values(draw: random.Random, given: object) -> object:
    """What a JSON file holds with some of its values in the place of others, left out, or of a kind of their own."""
    if draw.random() < 0.06:
        return draw.choice(_VALUES)
    if isinstance(given, dict):
        keys = [key for key in given if draw.random() > 0.03]
        made = {key: _with_odd_values(draw, given[key]) for key in keys}
        if draw.random() < 0.05:
            made[draw.choice(("", "id", "level", "weight", "facts", "elements", "Other", "\ud800"))] = draw.choice(
                _VALUES
            )
        return made
    if isinstance(given, list):
        return [_with_odd_values(draw, each) for each in given for _ in range(draw.choice((1, 1, 1, 1, 2)))]
    return given


def _odd_columns(draw: random.Random) -> bytes:
    """A sound Parquet file some of whose columns have types and names that nobody would expect there."""
    columns = []
    for heading, value in zip(HEADINGS, ("n", "n % 3", "40", "n % 5 + 1", "60", "4"), strict=True):
        kind = draw.choice(_TYPES) if draw.random() < 0.25 else "{}"
        other = draw.choice((heading.upper(), f" {heading} ", "", "id", "Other level"))
        columns.append(f'{kind.format(value)} AS "{other if draw.random() < 0.05 else heading}"')
    draw.shuffle(columns)
    packed = draw.choice(("snappy", "zstd", "gzip", "uncompressed"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.parquet"
        made = f"SELECT {', '.join(columns)} FROM range(6) AS t(n)"
        try:
            _DATABASE.execute(f"COPY ({made}) TO '{path}' (FORMAT parquet, COMPRESSION {packed})")
        except duckdb.Error:  # such a file cannot be
            return b""
        return path.read_bytes()


def _changed(draw: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        at = draw.randrange(len(made) + 1)
        match draw.randrange(5):
            case 0 if at < len(made):
                made[at] ^= 1 << draw.randrange(8)
            case 1 if at < len(made):
                made[at] = draw.randrange(256)
            case 2:
                made[at:at] = draw.choice(_PIECES)
            case 3:
                del made[at : at + draw.randint(1, 30)]
            case _:
                made[at:at] = made[draw.randrange(len(made) + 1) :][: draw.randint(1, 60)]
    return bytes(made)
