"""The entries of a series of records -> its rows, each as it stands now: the last that was entered of each."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.records.findings import INCOMPLETE, NOT_UNDERSTOOD, RecordFinding, RecordPlace, of_record
from sespms_rules.records.reading import (
    IDS,
    MISSED,
    NEEDED_TABLES,
    TABLES,
    ReadRow,
    ReadTables,
    RecordFile,
    UnreadRow,
    spelled_alike,
)
from sespms_rules.records.vocabulary import act_of
from sespms_rules.register import Register, RegisterError, Which

RECORD: Final = "record"
"""The kind of the entries that hold a row of records."""

_ADD_ITS_ROWS: Final = "add its rows to the register"
_OR_JUDGE_THE_FOLDER: Final = "; where nothing was done yet, judge the folder, whose empty table says so"
_IDENTITY: Final = {
    "executives": ("id",),
    "plans": ("executive", "period end", "element", "requirement"),
    "sessions": ("session", "member"),
    "facts": ("executive", "fact"),
}


class Row(Frozen, often=True):
    """A row in a register: the entry that holds it, its table, and its cells as text, those that are not empty."""

    number: int
    table: str
    cells: dict[str, str]


class Held(Frozen):
    """What a series holds: its rows by what identifies them, up to which entry that is, how many were destroyed.

    `digest` is that of the entry reached, which stands for all before it; empty where there is none. `gone` are those
    of whom entries were destroyed, empty for one that concerned everyone, each with the last entry of them.
    """

    series: str
    rows: dict[tuple[str, ...], Row]
    reached: int
    destroyed: int
    digest: str
    gone: dict[str, int] = field(default={})

    def numbers_of(self, executive: str) -> list[int]:
        """The entries that hold the rows of an executive, in order."""
        return sorted(
            each.number
            for each in self.rows.values()
            if as_one_id(subject_of(each.table, each.cells)) == as_one_id(executive)
        )


def identity(table: str, cells: dict[str, str]) -> tuple[str, ...]:
    """What makes a row the same row: an act is known by its number, one without a number by all it says."""
    if table == "acts":
        number = cells.get("number")
        parts = (
            (as_one_id(number),) if number else ("", *(f"{key}={text}" for key, text in sorted(folded(cells).items())))
        )
    else:
        known = folded({label: cells.get(label, "") for label in _IDENTITY[table]})
        parts = tuple(known.values())
    return (table, *(part.casefold() for part in parts))


def folded(cells: dict[str, str]) -> dict[str, str]:
    """Cells by which two rows are compared: of ids those that look the same are the same."""
    return {label: as_one_id(text) if label in IDS else text for label, text in cells.items()}


def subject_of(table: str, cells: dict[str, str]) -> str:
    """Whom or what a row is about: the executive, of a sitting its session; empty for an act that concerns all."""
    label = {"executives": "id", "sessions": "session"}.get(table, "executive")
    return cells.get(label, "")


def kept_series(register: Register) -> list[str]:
    """The series of records in a register, in the order in which they were begun."""
    return list(dict.fromkeys(each.entry.series for each in register.entries(Which(kind=RECORD))))


def held_in(register: Register, series: str) -> Held:
    """The rows of a series. Raises RegisterError without keys, and for an entry that is gone or does not open."""
    register.refuse_incomplete()
    rows: dict[tuple[str, ...], Row] = {}
    reached = destroyed = 0
    digest = ""
    gone: dict[str, int] = {}
    for stored in register.entries(Which(series=series)):
        reached, digest = stored.entry.number, stored.entry.digest
        if stored.entry.kind != RECORD:
            continue
        body = register.body(stored)
        if body is None:
            destroyed += 1
            gone[as_one_id(stored.entry.subject)] = reached
            continue
        row = _row(reached, body)
        rows[identity(row.table, row.cells)] = row
    return Held(series, rows, reached, destroyed, digest, gone)


def _row(number: int, body: Any) -> Row:
    table, cells = body.get("table"), body.get("cells")
    if table not in TABLES or not isinstance(cells, dict):
        raise RegisterError(f"entry {number} holds no row of records")
    return Row(number, table, cells)


def held_records(register: Register, series: str) -> tuple[Held, ReadTables]:
    """What a series holds, and the same as tables that a year is read from; each row is known by its entry."""
    held = held_in(register, series)
    return held, as_tables(held, register.place.name)


def as_tables(held: Held, name: str) -> ReadTables:
    """The rows of a series as tables."""
    rows: dict[str, list[ReadRow]] = {table: [] for table in TABLES}
    found: list[RecordFinding] = []
    unread: list[UnreadRow] = []
    for each in sorted(held.rows.values(), key=_number):
        place = RecordPlace(name, "entry", each.number)
        try:
            rows[each.table].append(ReadRow(place, TABLES[each.table].model_validate(each.cells)))
        except ValidationError:  # an older version of the program may have read what this one does not
            help = "add the row again, as it is read now"
            found.append(of_record(NOT_UNDERSTOOD, place, f"the row of `{each.table}` is not read any more", help))
            unread.append(_unread(each, place))
    lost = _not_handed_over(held, RecordPlace(name, "entry"), found)
    read = (RecordFile(f"{name} up to entry {held.reached}", held.digest),) if held.digest else ()
    alike = spelled_alike(rows, found)
    refused = frozenset(each.executive for each in unread if each.table == "executives")
    if "" in held.gone:  # an act that concerned everyone, and nobody knows any more which
        unread.append(UnreadRow("acts", RecordPlace(name, "entry", held.gone[""]), for_all=True))
    told = (read, lost, refused, tuple(unread), frozenset(held.gone).difference(("",)))
    return ReadTables(alike, tuple(found), f"{name} {held.series}", *told)


def _unread(row: Row, place: RecordPlace) -> UnreadRow:
    subject, session = subject_of(row.table, row.cells), row.cells.get("session", "")
    executive = "" if row.table == "sessions" else subject
    act = act_of(row.cells.get("act", "")) or ""
    told = (act, "corrects" in row.cells, "amount" in row.cells)
    element = row.cells.get("element") or row.cells.get("about", "")
    return UnreadRow(row.table, place, executive, *told, session, element)


def _not_handed_over(held: Held, place: RecordPlace, found: list[RecordFinding]) -> frozenset[str]:
    """The tables of which a series holds no row, as a folder of records may lack them; what is needed is told.

    A series of which nothing is kept any more, or nothing yet, lacks no table.
    """
    lost = MISSED.difference(each.table for each in held.rows.values()) if held.rows else frozenset()
    for table in NEEDED_TABLES:
        if table in lost:
            help = _ADD_ITS_ROWS + (_OR_JUDGE_THE_FOLDER if table == "acts" else "")
            found.append(of_record(INCOMPLETE, place, f"the series `{held.series}` holds no row of `{table}`", help))
    return lost


def _number(row: Row) -> int:
    return row.number
