"""The two databases behind one face: how each is opened, locked for a writer, and what its faults mean in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from sespms_rules.foundation.files_read import note_read
from sespms_rules.register.places import APPLICATION, Place, RegisterError, is_register
from sespms_rules.register.tables import METADATA, POSTGRES_GUARDS, SQLITE_GUARDS, body_of, guard_of_sqlite

_LOCK: Final = 0x5345_5352
"""The number of PostgreSQL's advisory lock by which writers of a register wait for each other."""

_PATIENCE_MS: Final = 60_000
_WRITES: Final = "sespms_writes"
_FORMATS: Final = slice(18, 20)
_WITH_A_LOG: Final = b"\x02\x02"
"""What stands in the head of a file of SQLite whose changes go into a log first (WAL): how it is written and read."""

_SAFE_TO_OPEN: Final = (
    "PRAGMA trusted_schema = OFF",  # a file from elsewhere may bring code of its own
    "PRAGMA cell_size_check = ON",
    f"PRAGMA busy_timeout = {_PATIENCE_MS}",
    "PRAGMA synchronous = FULL",  # what is acknowledged is on the disk, and not on its way there
    "PRAGMA secure_delete = ON",  # a key that goes leaves no trace in the file
)


def engine_of(place: Place) -> Engine:
    """An engine for a place; of a file it is seen that it is a register and that its tables are tables.

    Raises RegisterError for a file that is not there or is no register.
    """
    if not place.is_file:
        return _postgres(place)
    path = Path(place.url)
    if not path.exists():
        raise RegisterError(f"there is no register `{place.name}`; make one with `sespms register create`")
    if not is_register(place.url):
        raise RegisterError(f"`{place.name}` is no register; name the file that `sespms register create` made")
    note_read(path)
    target = f"{path.absolute().as_uri()}?mode=rw"
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _connected(target), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    try:
        with reading(engine, place) as connection:
            _refuse_what_is_no_table(connection, place)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _refuse_what_is_no_table(connection: Connection, place: Place) -> None:
    """A view in the place of a table can go on for ever, or make up what is read."""
    rows = connection.exec_driver_sql("SELECT name, type FROM sqlite_master").all()
    kinds = {str(name): str(kind) for name, kind in rows}
    for each in METADATA.tables.values():
        if (kind := kinds.get(each.name, "table")) != "table":
            raise RegisterError(
                f"`{place.name}` is no register: `{each.name}` in it is a {kind}, and should be a table"
            )
        columns = connection.exec_driver_sql(f"PRAGMA table_xinfo({each.name})").all()
        if columns and [(name, hidden) for _, name, _, _, _, _, hidden in columns] != [(one.name, 0) for one in each.c]:
            raise RegisterError(f"`{place.name}` is no register: `{each.name}` in it has other columns than a register")


@contextmanager
def unplaced() -> Iterator[tuple[Engine, Callable[[], bytes]]]:
    """A database that stands nowhere yet, marked as a register, and what a file of it holds."""
    engine = create_engine("sqlite+pysqlite://", creator=lambda: _connected(":memory:"), poolclass=StaticPool)
    event.listen(engine, "begin", _begin)

    def content() -> bytes:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the engine above makes no other
            made = bytearray(driver.serialize())
        made[_FORMATS] = _WITH_A_LOG
        return bytes(made)

    try:
        with engine.connect().execution_options(**{_WRITES: True}) as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql("PRAGMA user_version = 1")
            connection.commit()
        yield engine, content
    finally:
        engine.dispose()


def _connected(target: str) -> sqlite3.Connection:
    """A connection that begins no transaction by itself: who writes waits for its turn before it reads."""
    connection = sqlite3.connect(target, uri=True, isolation_level=None, timeout=_PATIENCE_MS // 1000)
    for statement in _SAFE_TO_OPEN:
        connection.execute(statement)
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    statement = "BEGIN IMMEDIATE" if writes else "BEGIN"
    driver = driver_of(connection)
    if driver is None:
        connection.exec_driver_sql(statement)
    else:
        driver.execute(statement)


def driver_of(connection: Connection) -> sqlite3.Connection | None:
    """The connection of SQLite's own driver; None in another database.

    What is said for every entry is said to it: between two entries each layer counts.
    """
    driver = connection.connection.driver_connection
    return driver if isinstance(driver, sqlite3.Connection) else None


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
        elif strange := strange_triggers(connection):
            raise RegisterError(
                f"the register `{place.name}` has a trigger `{strange[0]}`, which no register has, and nothing is"
                " entered where it would be carried out; ask who changed the database"
            )
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
    if "disk i/o error" in told or "is full" in told or "no space left" in told:
        return (
            f"nothing was entered: the disk of the register `{place.name}` is full, or refused to read or write; make"
            " room on it and try again"
        )
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


def strange_triggers(connection: Connection) -> list[str]:
    """The triggers of SQLite that are none of the guards: whatever they do is done with each entry."""
    driver = driver_of(connection)
    if driver is None:
        return []
    rows = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    return [name for (name,) in rows if name not in SQLITE_GUARDS]


def damage(connection: Connection) -> list[str]:
    """What SQLite says is damaged in its own structure; PostgreSQL checks its pages itself."""
    if connection.dialect.name != "sqlite":
        return []
    told = [str(each) for each in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()]
    return [] if told == ["ok"] else told
