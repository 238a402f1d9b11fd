"""Rows that were read, and their ids spelled in one way: capitals do not count, and each other spelling is told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.records.findings import RecordFinding, RecordPlace, of_record
from sespms_rules.records.reading.border import TABLES
from sespms_rules.records.reading.rows import ReadRow
from sespms_rules.rosters.files import ID_IN_SEVERAL_WAYS

IDS: Final = ("id", "executive", "person", "member", "session", "number", "corrects")
"""The columns that hold an opaque id, whose capitals do not count."""


def spelled_alike(rows: dict[str, list[ReadRow]], found: list[RecordFinding]) -> dict[str, list[ReadRow]]:
    """Rows with each id spelled as where it stands first, executives before all; capitals do not count.

    Each other spelling is told once, with both rows: two people whose ids differ in no more would be read as one.
    """
    spellings = _Spellings(found)
    of_ids = {name: tuple(each for each in IDS if each in TABLES[name].model_fields) for name in rows}
    return {name: [spellings.alike(read, of_ids[name]) for read in each] for name, each in rows.items()}


class _Spellings:
    """How each id is spelled where it stands first."""

    def __init__(self, found: list[RecordFinding]) -> None:
        self._found = found
        self._first: dict[str, tuple[str, RecordPlace]] = {}
        self._known: dict[str, str] = {}

    def alike(self, read: ReadRow, fields: tuple[str, ...]) -> ReadRow:
        """A row with its ids as they were spelled first."""
        changed = {}
        for name in fields:
            written = getattr(read.values, name)
            known = self._known.get(written)
            if known is None:
                known = self._known[written] = self._met(written, read.place, name)
            if known != written:
                changed[name] = known
        return ReadRow(read.place, read.values.model_copy(update=changed)) if changed else read

    def _met(self, written: str, at: RecordPlace, column: str) -> str:
        """The first spelling of an id that was not spelled so before; where it is another, it is told."""
        known, place = self._first.setdefault(as_one_id(written), (written, at))
        if known != written:
            where = f"{place.unit} {place.number} of `{place.sheet or Path(place.file).name}`"
            says = f"`{written}` is written `{known}` in {where}"
            help = "write it in one way, or give them ids that differ in more than capitals"
            self._found.append(of_record(ID_IN_SEVERAL_WAYS, at, f"{says}; they are read as one", help, column=column))
        return known
