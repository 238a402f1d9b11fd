"""The two databases behind one face: how each is opened, locked for a writer, and what its faults mean in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from sespms_rules.foundation.files_read import note_read
from sespms_rules.register.places import APPLICATION, Place, RegisterError, is_register
from sespms_rules.register.tables import POSTGRES_GUARDS, SQLITE_GUARDS, body_of, guard_of_sqlite

_LOCK: Final = 0x5345_5352
"""The number of PostgreSQL's advisory lock by which writers of a register wait for each other."""

_PATIENCE_MS: Final = 60_000
_WRITES: Final = "sespms_writes"
_SAFE_TO_OPEN: Final = (
    "PRAGMA trusted_schema = OFF",  # a file from elsewhere may bring code of its own
    "PRAGMA cell_size_check = ON",
    f"PRAGMA busy_timeout = {_PATIENCE_MS}",
    "PRAGMA synchronous = FULL",  # what is acknowledged is on the disk, and not on its way there
    "PRAGMA secure_delete = ON",  # a key that goes leaves no trace in the file
)


def engine_of(place: Place, *, make: bool = False) -> Engine:
    """An engine for a place; nothing is connected yet but a file is looked at.

    Raises RegisterError for a file that is not there or is no register, with `make` for one that is there.
    """
    if not place.is_file:
        return _postgres(place)
    path = Path(place.url)
    if make and (path.exists() or path.is_symlink()):
        raise RegisterError(f"`{place.name}` is there already; a register is made once, in a new file")
    if not make:
        if not path.exists():
            raise RegisterError(f"there is no register `{place.name}`; make one with `sespms register create`")
        if not is_register(place.url):
            raise RegisterError(f"`{place.name}` is no register; name the file that `sespms register create` made")
        note_read(path)
    target = f"{path.absolute().as_uri()}?mode=rw"
    if make:
        with said(place):
            _mark(path)
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _connected(target), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _mark(path: Path) -> None:
    """Make the file and mark it as a register, before anything is in it: the mark must not wait in the log (WAL)."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # names and times are nobody else's either
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        for statement in (
            f"PRAGMA application_id = {APPLICATION}",
            "PRAGMA user_version = 1",
            "PRAGMA journal_mode = WAL",
        ):
            connection.execute(statement)
    finally:
        connection.close()


def _connected(target: str) -> sqlite3.Connection:
    """A connection that begins no transaction by itself: who writes waits for its turn before it reads."""
    connection = sqlite3.connect(target, uri=True, isolation_level=None, timeout=_PATIENCE_MS // 1000)
    for statement in _SAFE_TO_OPEN:
        connection.execute(statement)
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(place: Place) -> Engine:
    try:
        return create_engine(make_url(place.url))
    except (ModuleNotFoundError, NoSuchModuleError):
        raise RegisterError(
            "a register in PostgreSQL needs a package that is not there; install `sespms-rules[postgres]`"
        ) from None
    except (ArgumentError, ValueError):
        raise RegisterError(f"`{place.name}` is no URL; write it like `postgresql://HOST/DATABASE`") from None


@contextmanager
def reading(engine: Engine, place: Place) -> Iterator[Connection]:
    """A transaction that reads one state, whoever writes meanwhile.

    Raises RegisterError with what the database says of a fault.
    """
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with said(place), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, place: Place) -> Iterator[Connection]:
    """A transaction that writes, begun when no other writer is in one; kept when the block ends without a fault."""
    with said(place), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


@contextmanager
def said(place: Place) -> Iterator[None]:
    """Turn a fault of the database into one plain sentence."""
    try:
        yield
    except OSError as fault:
        raise RegisterError(
            f"`{place.name}` cannot be made or used: {(fault.strerror or str(fault)).lower()}"
        ) from None
    except DBAPIError as fault:
        raise RegisterError(_in_words(place, fault.orig)) from None
    except (SQLAlchemyError, sqlite3.Error) as fault:
        raise RegisterError(_in_words(place, fault)) from None
    except UnicodeError:  # so damaged that the database cannot even say what is wrong
        raise RegisterError(_in_words(place, ValueError("malformed"))) from None


def _in_words(place: Place, fault: BaseException | None) -> str:
    told = " ".join(str(fault).split()).lower()
    if "locked" in told:
        return f"another program has kept the register `{place.name}` locked for a minute; try again when it has ended"
    if "no such table" in told or 'relation "register_' in told:
        remove = "remove the file, and " if place.is_file else ""
        return f"no register was made at `{place.name}`; {remove}make one with `sespms register create`"
    if "only added to" in told or "destruction is entered" in told:
        return f"the register `{place.name}` refused a change: entries are only ever added"
    if "malformed" in told or "not a database" in told:
        return f"the file `{place.name}` is damaged; restore it from a backup, and `sespms register verify` that"
    if "readonly" in told or "read-only" in told:
        return f"the register `{place.name}` may not be written to here; ask whoever keeps it for the right to"
    return f"the register `{place.name}` cannot be used: {told.rstrip('.')}"


_TRIGGERS: Final = (
    "SELECT tgname, proname FROM pg_trigger"
    " JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"
)
_FUNCTIONS: Final = (
    "SELECT proname, prosrc FROM pg_proc WHERE pg_function_is_visible(oid) AND proname LIKE 'register_%'"
)


def missing_guards(connection: Connection) -> list[str]:
    """The guards of the register that are not there, or not as they were made."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        there: dict[str, str] = {str(row[0]): str(row[1]) for row in rows}
        return [name for name in SQLITE_GUARDS if there.get(name) != guard_of_sqlite(name)]
    enabled = {str(row[0]): str(row[1]) for row in connection.execute(text(_TRIGGERS))}
    bodies = {str(row[0]): str(row[1]) for row in connection.execute(text(_FUNCTIONS))}
    return [
        name
        for name, guard in POSTGRES_GUARDS.items()
        if not guard.endswith(f" {(does := enabled.get(name, ''))}()") or bodies.get(does) != body_of(does)
    ]


def damage(connection: Connection) -> list[str]:
    """What SQLite says is damaged in its own structure; PostgreSQL checks its pages itself."""
    if connection.dialect.name != "sqlite":
        return []
    told = [str(each) for each in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()]
    return [] if told == ["ok"] else told
