"""A roster file -> rows, each with an appraisal or the reasons why it holds none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final

from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.parsing import NOT_UTF_8
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.coverage import of_those_covered
from sespms_rules.rosters.files.opening import RosterFile, examine, refuse_other_kinds
from sespms_rules.rosters.files.parquet import is_parquet, open_parquet
from sespms_rules.rosters.files.rows import OpenRoster, Roster
from sespms_rules.rosters.files.table import open_table
from sespms_rules.rosters.files.workbook import is_workbook, open_workbook

LOOKED_AHEAD: Final = 2_000
"""How many rows are read before any is given, so that what concerns the roster as a whole is told above them."""


def open_roster(path: Path, program: Program, by: Sequence[str] = ()) -> OpenRoster:
    """Open a CSV, Excel, JSON or Parquet roster; its rows are read as they are asked for.

    Only the columns of `program` are read, and those that `by` names by their headings (in JSON: keys), for the
    `groups` of each row. Raises UnreadableFileError, with a plain sentence, for a file that is missing, empty, no
    text, of another kind, too large, or changed while it is read; RequestError for a column that there is not.
    """
    refuse_other_kinds(path)
    file = RosterFile(path)
    opened, kind = _opened(file, program, tuple(by))
    rows = of_those_covered(opened.rows, program, kind)
    first = list(islice(rows, LOOKED_AHEAD))
    told = opened.told()
    findings = (*told, *opened.findings)
    return replace(opened, rows=chain(first, rows), findings=findings, file=file)


def _opened(file: RosterFile, program: Program, by: tuple[str, ...]) -> tuple[OpenRoster, str]:
    """The rows as they are read, and what one of them is called."""
    if is_parquet(file):
        return open_parquet(file, program, by), "row"
    if is_workbook(file):
        return open_workbook(file, program, by), "row"
    text = examine(file)
    if text.is_json:
        from sespms_rules.rosters.files.records import open_records

        opened = open_records(text, program, by)
    else:
        opened = open_table(text, program, by)
    kind = "record" if text.is_json else "row"
    if text.encoding != "cp1252":
        return opened, kind
    says = f"`{file.name}` is not written in UTF-8; it was read as Windows-1252"
    note = NOT_UTF_8.at(
        Span(Source(file.name, ""), 0, 0), says, help="see that letters with accents are right, or save it as CSV UTF-8"
    )
    return replace(opened, findings=(note, *opened.findings)), kind


def read_roster(path: Path, program: Program, by: Sequence[str] = ()) -> Roster:
    """Read a whole roster into memory; as `open_roster` otherwise."""
    opened = open_roster(path, program, by)
    rows = tuple(opened.rows)
    return Roster(rows, (*opened.told_later(), *opened.findings), opened.file, opened.apart)
