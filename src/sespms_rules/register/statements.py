"""What is said to the database for every entry, written out once: to write it anew takes longer than the entry.

Each statement is made by SQLAlchemy from the tables, and kept as the text and the order of values that a driver takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Dialect, bindparam, insert, select, update
from sqlalchemy.sql.elements import ClauseElement

from sespms_rules.foundation.values import Frozen
from sespms_rules.register.database import driver_of
from sespms_rules.register.tables import ENTRIES, HEAD, KEYS

Values = Mapping[str, Any]

_HEAD_COLUMNS: Final = ("register", "number", "digest", "signature")
_STATEMENTS: Final[dict[str, ClauseElement]] = {
    "head": select(*(HEAD.c[name] for name in _HEAD_COLUMNS)),
    "entry": insert(ENTRIES),
    "key": insert(KEYS),
    "reach": update(HEAD).where(HEAD.c.one == 1).values({name: bindparam(f"new_{name}") for name in _HEAD_COLUMNS}),
}


class _Written(Frozen):
    """A statement as a driver takes it; `order` names its values where they stand by place, else it is empty."""

    text: str
    order: tuple[str, ...]
    fixed: Values


def head_row(connection: Connection) -> Values | None:
    """What stands in the database of how far the register reaches."""
    found = _run(connection, "head", ())
    return None if found is None else dict(zip(_HEAD_COLUMNS, found, strict=True))


def put_entries(connection: Connection, rows: Sequence[Values]) -> None:
    """Put rows of entries in."""
    _run(connection, "entry", rows)


def put_keys(connection: Connection, rows: Sequence[Values]) -> None:
    """Put sealed keys in."""
    _run(connection, "key", rows)


def reach(connection: Connection, head: Values) -> None:
    """Say how far the register reaches now."""
    _run(connection, "reach", [{f"new_{name}": head[name] for name in _HEAD_COLUMNS}])


def _run(connection: Connection, name: str, rows: Sequence[Values]) -> Sequence[Any] | None:
    """Carry a statement out, once for each row; return the first row that comes back, None where none does.

    SQLite is spoken to by its own driver.
    """
    written = _of_dialect(name, connection.dialect)
    given = [{**written.fixed, **row} for row in rows] if written.fixed else rows
    placed: list[Any] = [tuple(row[each] for each in written.order) for row in given] if written.order else [*given]
    driver = driver_of(connection)
    if driver is not None:
        if len(placed) > 1:
            driver.executemany(written.text, placed)
            return None
        found: Sequence[Any] | None = driver.execute(written.text, *placed).fetchone()
        return found
    done = connection.exec_driver_sql(written.text, placed[0] if len(placed) == 1 else placed or None)
    return done.first() if done.returns_rows else None


_KNOWN: Final[dict[tuple[str, str], _Written]] = {}


def _of_dialect(name: str, dialect: Dialect) -> _Written:
    key = name, dialect.name
    if key not in _KNOWN:
        compiled = _STATEMENTS[name].compile(dialect=dialect)
        given = {each: value for each, value in compiled.params.items() if value is not None}
        _KNOWN[key] = _Written(str(compiled), tuple(getattr(compiled, "positiontup", None) or ()), given)
    return _KNOWN[key]
