"""A year's records -> entries of a register: what is new, what stands there already, and what may not be changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.records.findings import CHANGED_ON_RECORD, RecordFinding, of_record
from sespms_rules.records.keeping.held import RECORD, Held, Row, folded, held_in, identity, subject_of
from sespms_rules.records.reading import TABLES, ReadRow, ReadTables, columns_of
from sespms_rules.register import Draft, Head, Register, Unseen

_TRIES: Final = 20
"""How often the rows are looked at anew where another writer was quicker each time."""


class Added(Frozen):
    """What became of the rows: how many were entered, said something new, stood there already; and what is wrong.

    With an error among `findings` nothing was entered, and `head` is how far the register reached before.
    """

    entered: int
    changed: int
    there: int
    findings: tuple[RecordFinding, ...]
    head: Head


def add_records(register: Register, series: str, tables: ReadTables, by: str) -> Added:
    """Enter the rows of a year into a series, all or none; a row that stands there already is not entered twice.

    Raises RegisterError where the register cannot be written to, or another writer is quicker each time.
    """
    for attempt in range(1, _TRIES + 1):
        held = held_in(register, series)
        new = _New(held, by)
        drafts = [draft for name in TABLES for read in tables.rows[name] for draft in new.drafts(name, read)]
        findings = (*tables.findings, *new.findings)
        if any(each.severity is Severity.ERROR for each in findings):
            return Added(0, 0, new.there, findings, register.head())
        try:
            head = register.add(drafts, since=held.reached)
        except Unseen:
            if attempt == _TRIES:
                raise
            continue
        return Added(len(drafts), new.changed, new.there, findings, head)
    raise AssertionError  # each turn above returns, raises or is followed by another


class _New:
    """Tells rows that are new from those that a series holds."""

    def __init__(self, held: Held, by: str) -> None:
        self._series = held.series
        self._rows = dict(held.rows)
        self._by = by
        self.findings: list[RecordFinding] = []
        self.changed = self.there = 0

    def drafts(self, table: str, read: ReadRow) -> Iterator[Draft]:
        cells = cells_of(table, read.values)
        key = identity(table, cells)
        before = self._rows.get(key)
        if before is not None and folded(before.cells) == folded(cells):
            self.there += 1
            return
        if before is not None and table == "acts":
            which = f"entry {before.number}" if before.number else "a row above"
            says = f"the act `{cells['number']}` stands in the register, in {which}, and says something else there"
            help = "leave that act as it is, and add an act that names it in `corrects`"
            self.findings.append(
                of_record(
                    CHANGED_ON_RECORD, read.place, says, help, column="number", executive=cells.get("executive", "")
                )
            )
            return
        self.changed += before is not None
        self._rows[key] = Row(0, table, cells)
        about = before.number if before is not None else 0
        body = {"cells": cells, "table": table}
        yield Draft(self._by, RECORD, body, self._series, subject_of(table, cells), about, sealed=True)


def cells_of(table: str, values: Any) -> dict[str, str]:
    """The cells of a row that was read, each as the text from which the same is read again; empty ones left out."""
    found = ((label, _as_text(getattr(values, name))) for label, name in columns_of(table).items())
    return {label: text for label, text in found if text}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction | int):
        return exact(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
