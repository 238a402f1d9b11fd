"""A register in each of the two databases; the tests that take one run on both."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from sespms_rules.register import Place, place_of

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="package")
def server() -> Iterator[postgres.Postgres]:
    """One server of PostgreSQL for the tests of the register; each test has a schema of its own."""
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place with no register at it."""
    if request.param == "sqlite":
        return place_of(str(tmp_path / "records.sqlite3"))
    return place_of(request.getfixturevalue("server").schema(f"register_{next(_NUMBERS)}"))
