"""The tables of a register and what guards them, in the two databases.

The database itself refuses to change or delete an entry, to change a key, and to delete a key of which no destruction
is entered; a superuser can take the guards away, and then `verify` says so, and the chain shows what was done.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

_NUMBER = Integer().with_variant(BigInteger(), "postgresql")
METADATA: Final = MetaData()

ENTRIES: Final = Table(
    "register_entries",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("time", String(27), nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("about", _NUMBER, nullable=False),
    Column("sealed", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
Index("register_entries_of", ENTRIES.c.series, ENTRIES.c.subject, ENTRIES.c.number)
Index("register_entries_about", ENTRIES.c.about, sqlite_where=ENTRIES.c.about > 0, postgresql_where=ENTRIES.c.about > 0)

KEYS: Final = Table(
    "register_keys",
    METADATA,
    Column("entry", _NUMBER, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),
)

HEAD: Final = Table(
    "register_head",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("register", String(64), nullable=False),
    Column("number", _NUMBER, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("signature", Text, nullable=False),
)

_DESTROYED = "SELECT 1 FROM register_entries WHERE about = OLD.entry AND kind = 'destruction'"

# Of SQLite the guard of inserts is one against `INSERT OR REPLACE` too, which deletes without asking a trigger.
SQLITE_GUARDS: Final = {
    "register_entries_added": "BEFORE INSERT ON register_entries WHEN NEW.number IS NOT"
    " (SELECT coalesce(max(number), 0) + 1 FROM register_entries)",
    "register_entries_kept": "BEFORE UPDATE ON register_entries",
    "register_entries_held": "BEFORE DELETE ON register_entries",
    "register_keys_added": "BEFORE INSERT ON register_keys WHEN EXISTS"
    " (SELECT 1 FROM register_keys WHERE entry = NEW.entry)",
    "register_keys_kept": "BEFORE UPDATE ON register_keys",
    "register_keys_held": f"BEFORE DELETE ON register_keys WHEN NOT EXISTS ({_DESTROYED})",
    "register_head_added": "BEFORE INSERT ON register_head WHEN EXISTS (SELECT 1 FROM register_head)",
    "register_head_kept": "BEFORE UPDATE ON register_head WHEN NEW.number <= OLD.number",
    "register_head_held": "BEFORE DELETE ON register_head",
}

_EACH_ROW = "FOR EACH ROW"
_REFUSE = "EXECUTE FUNCTION register_refuses()"
_SINCE_DESTROYED = "EXECUTE FUNCTION register_refuses_unless_destroyed()"
POSTGRES_GUARDS: Final = {
    "register_entries_kept": f"BEFORE UPDATE OR DELETE ON register_entries {_EACH_ROW} {_REFUSE}",
    "register_entries_whole": f"BEFORE TRUNCATE ON register_entries FOR EACH STATEMENT {_REFUSE}",
    "register_keys_kept": f"BEFORE UPDATE ON register_keys {_EACH_ROW} {_REFUSE}",
    "register_keys_held": f"BEFORE DELETE ON register_keys {_EACH_ROW} {_SINCE_DESTROYED}",
    "register_keys_whole": f"BEFORE TRUNCATE ON register_keys FOR EACH STATEMENT {_REFUSE}",
    "register_head_kept": f"BEFORE UPDATE ON register_head {_EACH_ROW} WHEN (NEW.number <= OLD.number) {_REFUSE}",
    "register_head_held": f"BEFORE DELETE ON register_head {_EACH_ROW} {_REFUSE}",
    "register_head_whole": f"BEFORE TRUNCATE ON register_head FOR EACH STATEMENT {_REFUSE}",
}
_BODIES: Final = {
    "register_refuses": " BEGIN RAISE EXCEPTION 'a register is only added to'; END ",
    "register_refuses_unless_destroyed": f" BEGIN IF NOT EXISTS ({_DESTROYED}) THEN RAISE EXCEPTION"
    " 'a key goes only when its destruction is entered'; END IF; RETURN OLD; END ",
}


def guard_of_sqlite(name: str) -> str:
    """The statement that makes a guard in SQLite; the database keeps it word for word."""
    return f"CREATE TRIGGER {name} {SQLITE_GUARDS[name]} BEGIN SELECT RAISE(ABORT, 'a register is only added to'); END"


def body_of(function: str) -> str | None:
    """What a function of the guards does in PostgreSQL, word for word; None for another function."""
    return _BODIES.get(function)


def guards_of(engine: Engine) -> tuple[str, ...]:
    """The statements that make the guards."""
    if engine.dialect.name == "sqlite":
        return tuple(guard_of_sqlite(name) for name in SQLITE_GUARDS)
    functions = (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${_BODIES[name]}$$" for name in _BODIES
    )
    return (*functions, *(f"CREATE TRIGGER {name} {when}" for name, when in POSTGRES_GUARDS.items()))
