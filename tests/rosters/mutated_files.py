"""Files of rosters made for tests, and what becomes of them when bytes go astray."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import duckdb

from workbooks import workbook

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
    """The content with some of its bytes changed; of a workbook mostly within one of its packed parts."""
    if ending != ".xlsx" or draw.random() < 0.3:
        return _changed(draw, content)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        chosen = draw.choice([each for each in given.namelist() if "theme" not in each and "docProps" not in each])
        for name in given.namelist():
            part = given.read(name)
            packed.writestr(name, _changed(draw, part) if name == chosen else part)
    return made.getvalue()


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
