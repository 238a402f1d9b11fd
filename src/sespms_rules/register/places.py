"""Where a register is: a file of SQLite, or a database of PostgreSQL by its URL. Nothing is opened here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from sespms_rules.foundation.files_read import opened_regular
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen

APPLICATION: Final = 0x53455352
"""What stands in the head of a SQLite file that is a register (`SESR`), so that no other file is taken for one."""

_SQLITE: Final = b"SQLite format 3\x00"
_HEAD_OF_FILE, _WHERE_APPLICATION = 100, slice(68, 72)
_POSTGRES: Final = re.compile(r"(postgresql|postgres)(\+psycopg)?://", re.IGNORECASE)
_HARMLESS: Final = ("host=", "port=", "dbname=", "user=", "sslmode=", "options=")
"""What may be shown of the question behind a URL; a database takes a password there too."""
_ANY_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class RegisterError(RequestError):
    """A register cannot do what was asked: one plain sentence that says why, and what to do."""


class Place(Frozen):
    """A register's place. `url` is for the database alone; `name` may be shown, for no password stands in it."""

    name: str
    url: str
    is_file: bool


def place_of(text: str) -> Place:
    """The place that a user names. Raises RegisterError for a URL of another kind of database."""
    if found := _POSTGRES.match(text):
        return Place(
            found[0] + _shown(text[found.end() :]), f"postgresql+psycopg://{text[found.end() :]}", is_file=False
        )
    if found := _ANY_URL.match(text):
        raise RegisterError(
            f"`{found[0]}…` is no place for a register; name a file, or a database as `postgresql://HOST/DATABASE`"
        )
    return Place(text, text, is_file=True)


def _shown(rest: str) -> str:
    """What may be shown of a URL behind its scheme: no password, also where it holds the signs that part a URL."""
    whom, at, where = rest.rpartition("@")
    user = whom.partition(":")[0]
    user = user if user.replace("-", "").replace("_", "").isalnum() else ""
    place, _, asked = where.partition("?")
    kept = "&".join(each for each in asked.split("&") if each.startswith(_HARMLESS))
    return (f"{user}@" if at and user else "") + place + (f"?{kept}" if kept else "")


def is_register(text: str) -> bool:
    """Whether a user names a register rather than a folder, a workbook or another file: by its URL or first bytes."""
    if _POSTGRES.match(text):
        return True
    try:
        with opened_regular(Path(text)) as file:
            head = file.read(_HEAD_OF_FILE)
    except (OSError, ValueError):
        return False
    return head.startswith(_SQLITE) and int.from_bytes(head[_WHERE_APPLICATION], "big") == APPLICATION
