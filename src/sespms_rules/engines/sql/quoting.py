"""Words and names in the SQL of each dialect: whatever a policy says, it stays inside its quotation marks.

A word is closed by no sign that it holds, under no setting of the database: a backslash is a sign like any other in
PostgreSQL and DuckDB, an escape in Spark, BigQuery and MySQL, and which of the two may be a setting. So backslashes,
and in Spark quotation marks too, are written as the number of the sign (`chr(92)`), which has one meaning everywhere.
"""

from __future__ import annotations

import re

from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen, field


class Dialect(Frozen):
    """What the text must know of a dialect.

    `mark` stands around names, of at most `longest` bytes (None: of any number). `doubled` says that a quotation mark
    in a word is written twice. `materialized` says that each step must be told to be worked out once, because the
    planner would otherwise put all of them into one another. `as_it_is` is False for what sqlglot has to write, of
    PostgreSQL's text.
    `run` says that the tests run the text, and do not merely parse it.
    """

    name: str
    mark: str = field(default='"')
    longest: int | None = field(default=None)
    doubled: bool = field(default=True)
    materialized: bool = field(default=False)
    as_it_is: bool = field(default=True)
    run: bool = field(default=False)


_KNOWN = (
    Dialect("duckdb", run=True),
    Dialect("postgres", longest=63, materialized=True, run=True),
    Dialect("spark", mark="`", longest=255, doubled=False, run=True),
    Dialect("databricks", mark="`", longest=255, doubled=False),
    Dialect("bigquery", longest=300, as_it_is=False),
    Dialect("mysql", longest=64, as_it_is=False),
    Dialect("oracle", longest=128, as_it_is=False),
    Dialect("redshift", longest=127, as_it_is=False),
    Dialect("snowflake", longest=255, as_it_is=False),
    Dialect("sqlite", as_it_is=False),
    Dialect("trino", longest=128, as_it_is=False),
    Dialect("tsql", longest=128, as_it_is=False),
)
DIALECTS = {each.name: each for each in _KNOWN}
"""The dialects that are offered, those that are run first."""


def dialect_of(name: str) -> Dialect:
    """The dialect of a name; raises NotInSqlError for one that is not offered."""
    if name not in DIALECTS:
        raise NotInSqlError(f"there is no dialect `{name}`", f"take {listed([f'`{each}`' for each in DIALECTS], 'or')}")
    return DIALECTS[name]


def word_in_sql(text: str, dialect: Dialect) -> str:
    """A text as a value of SQL."""
    numbered = "\\" if dialect.doubled else "\\'"
    pieces = re.split(f"([{re.escape(numbered)}])", text)
    made = [f"chr({ord(piece)})" if place % 2 else _quoted(piece, "'") for place, piece in enumerate(pieces)]
    kept = [each for each in made if each != "''"] or ["''"]
    return kept[0] if len(kept) == 1 else f"({' || '.join(kept)})"


def _quoted(text: str, mark: str) -> str:
    return mark + text.replace(mark, mark * 2) + mark


class Names:
    """The names of columns in a dialect: as they are, or cut where the database would cut them, each of its own.

    `cut` are the names that were cut, with what each stands for.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._written: dict[str, str] = {}
        self.cut: list[tuple[str, str]] = []

    def written(self, name: str) -> str:
        """A name between its marks."""
        return _quoted(self.known_as(name), self._dialect.mark)

    def known_as(self, name: str) -> str:
        """The name as the database knows it."""
        if name not in self._written:
            made = self._made(name)
            self._written[name] = made
            if made != name:
                self.cut.append((made, name))
        return self._written[name]

    def _made(self, name: str) -> str:
        longest = self._dialect.longest
        if longest is None or len(name.encode()) <= longest:
            return name
        taken = {each.casefold() for each in self._written.values()}
        made, number = _first_bytes(name, longest), 1
        while made.casefold() in taken:
            number += 1
            end = f"~{number}"
            made = _first_bytes(name, longest - len(end)) + end
        return made


def _first_bytes(name: str, most: int) -> str:
    """As much of a name as a number of bytes hold, no letter cut in two."""
    return name.encode()[:most].decode(errors="ignore")


_PART = late(r'(?P<plain>[^\W\d]\w*)|"(?P<double>(?:[^"]|"")+)"|`(?P<back>(?:[^`]|``)+)`|\[(?P<square>[^\[\]]+)\]')


def table_name(given: str, dialect: Dialect) -> str:
    """The name of a table, with its schema, as text that is a name and nothing else. Raises NotInSqlError."""
    parts: list[str] = []
    place = 0
    while found := _PART.match(given, place):
        parts.append(_part(found, dialect))
        place = found.end()
        if place == len(given):
            return ".".join(parts)
        if given[place] != ".":
            break
        place += 1
    raise NotInSqlError(
        f"`{given}` is no name of a table",
        'write `table`, `schema.table` or, for a name with other signs, `schema."a name"`',
    )


def _part(found: re.Match[str], dialect: Dialect) -> str:
    if plain := found["plain"]:
        return plain
    name = (found["double"] or "").replace('""', '"') or (found["back"] or "").replace("``", "`") or found["square"]
    return _quoted(name, dialect.mark)
