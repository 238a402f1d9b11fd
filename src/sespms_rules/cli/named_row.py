"""The row of one executive, by the id that a user names: one way to look for it, and one way to say what is wrong."""

from __future__ import annotations

import click

from sespms_rules.foundation.spelling import did_you_mean, listed, nearest_name
from sespms_rules.rosters.files import OpenRoster, RosterRow, compared, trimmed

_NAMES_TO_OFFER = 1_000
_ROWS_TO_NAME = 10


def row_named(opened: OpenRoster, key: str, roster: str) -> RosterRow:
    """The row with an id; `roster` is what a message calls the roster.

    Raises a usage error where there is none, or where several rows have it.
    """
    ids: list[str] = []
    found: list[RosterRow] = []
    wanted = compared(trimmed(key))
    for row in opened.rows:
        if compared(row.id) == wanted:
            found.append(row)
        if len(ids) < _NAMES_TO_OFFER:
            ids.append(row.id)
    if len(found) == 1:
        return found[0]
    if found:
        more = [f"{len(found) - _ROWS_TO_NAME:,} more"] if len(found) > _ROWS_TO_NAME else []
        numbers = listed([*(str(row.number) for row in found[:_ROWS_TO_NAME]), *more])
        says = f"the id `{key}` stands in several rows of {roster} ({numbers}), so that it names no one executive"
        raise click.UsageError(f"{says}; give each executive an id that no other has")
    help = did_you_mean(nearest_name(key, ids), "ids are compared as they look, and capitals do not count")
    raise click.UsageError(f"there is no id `{key}` in {roster}; {help}")
