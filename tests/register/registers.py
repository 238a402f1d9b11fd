"""Registers for tests: an empty one in SQLite and in PostgreSQL, drafts for it, and both changed behind its back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

from sespms_rules.register import Draft, Place, Register, created, made_keys, place_of

Make = Callable[[], Register]


def drafts(count: int, series: str = "2026") -> list[Draft]:
    """Sealed entries about a few executives, each with words of its own."""
    return [
        Draft("O-1", "record", {"row": number, "note": f"é “{number}”\n"}, series, f"E-{number % 7 + 101}", sealed=True)
        for number in range(1, count + 1)
    ]


def made(place: Place, folder: Path) -> Register:
    """A new register whose keys stand in the file `key` of a folder."""
    return created(place, made_keys(folder / "key"), "O-1")


def changed(place: Place, statements: Iterable[str]) -> None:
    """Change a register as its database's owner could, all guards taken away."""
    if place.is_file:
        with sqlite3.connect(place.url, isolation_level=None) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                database.execute(statement)
        database.close()
        return
    with psycopg.connect(place.url.replace("+psycopg", ""), autocommit=True) as connection:
        for table in ("entries", "keys", "head"):
            connection.execute(f"ALTER TABLE register_{table} DISABLE TRIGGER ALL".encode())
        for statement in statements:
            connection.execute(statement.encode())


def refused(place: Place, statement: str) -> str:
    """What the database says of a statement that its guards refuse; empty where it did not refuse."""
    try:
        if place.is_file:
            with sqlite3.connect(place.url, isolation_level=None) as database:
                database.execute(statement)
        else:
            with psycopg.connect(place.url.replace("+psycopg", ""), autocommit=True) as connection:
                connection.execute(statement.encode())
    except (sqlite3.Error, psycopg.Error) as fault:
        return str(fault)
    return ""


__all__ = ["Make", "changed", "drafts", "made", "place_of", "refused"]
