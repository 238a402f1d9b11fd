"""A roster file -> rows, each with an appraisal or the reasons why it holds none."""

from __future__ import annotations

from pathlib import Path

from sespms_rules.foundation.files_read import note_read
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.parsing.findings import NOT_UTF_8
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.opening import examine
from sespms_rules.rosters.files.parquet import is_parquet, open_parquet
from sespms_rules.rosters.files.rows import OpenRoster, Roster
from sespms_rules.rosters.files.table import open_table
from sespms_rules.rosters.files.workbook import is_workbook, open_workbook


def open_roster(path: Path, program: Program) -> OpenRoster:
    """Open a CSV, Excel, JSON or Parquet roster; its rows are read as they are asked for.

    Only the columns of `program` are read. Raises UnreadableFileError, with a plain sentence, for a file that
    is missing, empty, no text, or of another kind.
    """
    note_read(path)
    if is_parquet(path):
        return open_parquet(path, program)
    if is_workbook(path):
        return open_workbook(path, program)
    file = examine(path)
    if file.is_json:
        from sespms_rules.rosters.files.records import open_records

        opened = open_records(file, program)
    else:
        opened = open_table(file, program)
    if file.encoding != "cp1252":
        return opened
    source = Source(file.name, "")
    says = f"`{file.name}` is not written in UTF-8; it was read as Windows-1252"
    note = NOT_UTF_8.at(
        Span(source, 0, 0), says, help="see that letters with accents are right, or save it as CSV UTF-8"
    )
    return replace(opened, findings=(note, *opened.findings))


def read_roster(path: Path, program: Program) -> Roster:
    """Read a whole roster into memory; as `open_roster` otherwise."""
    opened = open_roster(path, program)
    return Roster(tuple(opened.rows), opened.findings)
