"""One roster rated in every way there is: row by row by each engine, and as it lies in its file by SQL."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sespms_rules.api import rated_rows
from sespms_rules.cli import rating_in_sql
from sespms_rules.cli.rating_in_blocks import rated_in_blocks
from sespms_rules.engines.confirmed import ENGINES, Engine
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.reports.ratings import as_data
from sespms_rules.rosters.files import open_roster


@cache
def program_of(policy: str) -> Program:
    """The one program of a policy."""
    (program,) = compile_source(Source("policy.sespms", policy)).programs.values()
    return program


def by_engine(roster: Path, program: Program, engine: str) -> list[dict[str, Any]]:
    """The result of every row, by an engine that is given the rows as they were read."""
    opened = open_roster(roster, program)
    with Engine(program, engine, opened.lines) as rating:
        return [as_data(row) for row in rated_rows(opened, rating)]


def from_file(roster: Path, program: Program) -> list[dict[str, Any]] | None:
    """The result of every row by SQL from the file; None where the file has to be read row by row."""
    rating = rating_in_sql.rating_from_file(roster, program)
    if rating is None:
        return None
    with rating:
        return [as_data(row) for row in rating.rated()]


def in_blocks(roster: Path, program: Program) -> list[dict[str, Any]] | None:
    """The result of every row by columns, many rows at once; None where they can only be read one by one."""
    opened = open_roster(roster, program)
    if opened.blocks is None:
        return None
    with Engine(program, "columnar", 10**6) as rating:
        return [as_data(row) for block in rated_in_blocks(opened, program, rating) for row in block.rows()]


def in_every_way(roster: Path, program: Program) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each way in which a roster is rated, with the results; the first is the reference."""
    yield "reference", by_engine(roster, program, "reference")
    for engine in ENGINES:
        if engine != "reference":
            yield engine, by_engine(roster, program, engine)
    if (found := from_file(roster, program)) is not None:
        yield "sql from the file", found
    if (found := in_blocks(roster, program)) is not None:
        yield "columns in blocks", found


def difference(roster: Path, program: Program) -> str:
    """Where two ways of rating a roster differ, in a few words; empty where none do."""
    return compared(roster, program)[1]


def compared(roster: Path, program: Program) -> tuple[int, str]:
    """How many rows of a roster were compared, and where two ways of rating them differ."""
    (_, wanted), *others = in_every_way(roster, program)
    for way, found in others:
        if len(found) != len(wanted):
            return 0, f"{way}: {len(found)} rows, {len(wanted)} by the reference"
        for one, other in zip(wanted, found, strict=True):
            if one != other:
                return 0, f"{way} says {other}\nreference says {one}"
    return len(wanted), ""
