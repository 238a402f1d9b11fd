"""A policy -> an Excel workbook in which a year is put on record, with the policy's words to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from sespms_rules.pipeline import Compilation
from sespms_rules.records.template import WORDS_TABLE, FormColumn, FormTable, form_of
from sespms_rules.reports.workbook import Choice, Guide, Sheet, write_workbook
from sespms_rules.studies.cycle import system_named


def write_template(compilation: Compilation, file: BinaryIO, *, system: str | None = None) -> None:
    """Write the empty workbook for a system; raise RequestError for one that the policy does not hold.

    The words to choose from stand on a sheet of their own, because a drop-down holds no more than 255 characters.
    """
    form = form_of(system_named(compilation, system))
    lists: dict[str, tuple[str, ...]] = {}
    for table in form:
        lists |= {column.heading: column.words for column in table.columns if column.words}
    sheets = [_sheet(table, list(lists)) for table in form]
    longest = max(map(len, lists.values()))
    rows = [[words[place] if place < len(words) else None for words in lists.values()] for place in range(longest)]
    write_workbook([*sheets, Sheet(WORDS_TABLE, tuple(lists), rows)], file)


def _sheet(table: FormTable, lists: Sequence[str]) -> Sheet:
    headings = [column.heading for column in table.columns]
    return Sheet(table.name, headings, (), tuple(_guide(column, lists) for column in table.columns))


def _guide(column: FormColumn, lists: Sequence[str]) -> Guide:
    if not column.words:
        return Guide(column.note, None, column.width)
    choice = Choice(WORDS_TABLE, lists.index(column.heading), len(column.words), column.only)
    return Guide(column.note, choice, column.width)
