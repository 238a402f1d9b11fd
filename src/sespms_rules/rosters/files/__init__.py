"""Rosters: files of plans and element ratings in, ratings out.

`read_roster` takes a CSV, Excel, JSON or Parquet file to appraisals, with a refusal in place of each row that cannot
be one; `open_roster` does so row by row. Only `records` imports pydantic, when a JSON roster is read, and only
`workbook` imports openpyxl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.rosters.files.reading import open_roster, read_roster
from sespms_rules.rosters.files.rows import OpenRoster, Roster, RosterRow

if TYPE_CHECKING:
    from sespms_rules.rosters.files.blanks import tidy, trimmed
    from sespms_rules.rosters.files.block_reader import FaultyCells, RosterBlock, WrittenKeys
    from sespms_rules.rosters.files.breakdowns import refuse_names
    from sespms_rules.rosters.files.cells import number_cell, safe_cell
    from sespms_rules.rosters.files.executives import (
        DIGITS_LOST,
        TYPE_IT_AGAIN,
        compared,
        is_shortened,
        read_appointment,
    )
    from sespms_rules.rosters.files.facts import read_fact
    from sespms_rules.rosters.files.forms import (
        OF_TOTALS,
        OF_WORDS,
        TOTALS_SHEET,
        WORDS_SHEET,
        FormField,
        fields_of_plans,
        form_fields,
        may_be_brought,
        row_of_form,
        stage_of_plans,
    )
    from sespms_rules.rosters.files.numbers import FORMULA, NumberFault, read_number
    from sespms_rules.rosters.files.plain import ENDINGS, PlainRow, PlainTable, plain_tables
    from sespms_rules.rosters.files.rows import (
        APPOINTMENTS,
        CELL_NOT_AS_SHOWN,
        CHANGED_BY_A_RULE,
        HIDDEN_CELLS,
        ID_IN_SEVERAL_WAYS,
        ID_NOT_AS_SHOWN,
        NOBODY_NOT_COUNTED,
        STRUCK_THROUGH,
        UNKNOWN_COLUMN,
        not_among,
        of_nobody,
    )
    from sespms_rules.rosters.files.tables_in_sql import (
        HandedBack,
        TableForSql,
        members_of_plans,
        table_for_sql,
    )
else:
    __getattr__ = face(
        __name__,
        {
            "APPOINTMENTS": "rows",
            "CELL_NOT_AS_SHOWN": "rows",
            "CHANGED_BY_A_RULE": "rows",
            "HIDDEN_CELLS": "rows",
            "ID_IN_SEVERAL_WAYS": "rows",
            "ID_NOT_AS_SHOWN": "rows",
            "ENDINGS": "plain",
            "NOBODY_NOT_COUNTED": "rows",
            "FaultyCells": "block_reader",
            "FormField": "forms",
            "OF_TOTALS": "forms",
            "OF_WORDS": "forms",
            "STRUCK_THROUGH": "rows",
            "TOTALS_SHEET": "forms",
            "WORDS_SHEET": "forms",
            "HandedBack": "tables_in_sql",
            "FORMULA": "numbers",
            "NumberFault": "numbers",
            "PlainRow": "plain",
            "PlainTable": "plain",
            "RosterBlock": "block_reader",
            "TableForSql": "tables_in_sql",
            "WrittenKeys": "block_reader",
            "UNKNOWN_COLUMN": "rows",
            "DIGITS_LOST": "executives",
            "TYPE_IT_AGAIN": "executives",
            "compared": "executives",
            "members_of_plans": "tables_in_sql",
            "fields_of_plans": "forms",
            "may_be_brought": "forms",
            "form_fields": "forms",
            "is_shortened": "executives",
            "not_among": "rows",
            "of_nobody": "rows",
            "number_cell": "cells",
            "plain_tables": "plain",
            "read_appointment": "executives",
            "read_fact": "facts",
            "read_number": "numbers",
            "refuse_names": "breakdowns",
            "row_of_form": "forms",
            "stage_of_plans": "forms",
            "safe_cell": "cells",
            "table_for_sql": "tables_in_sql",
            "tidy": "blanks",
            "trimmed": "blanks",
        },
    )

__all__ = [
    "APPOINTMENTS",
    "CELL_NOT_AS_SHOWN",
    "CHANGED_BY_A_RULE",
    "DIGITS_LOST",
    "ENDINGS",
    "FORMULA",
    "HIDDEN_CELLS",
    "ID_IN_SEVERAL_WAYS",
    "ID_NOT_AS_SHOWN",
    "NOBODY_NOT_COUNTED",
    "OF_TOTALS",
    "OF_WORDS",
    "STRUCK_THROUGH",
    "TOTALS_SHEET",
    "TYPE_IT_AGAIN",
    "UNKNOWN_COLUMN",
    "WORDS_SHEET",
    "FaultyCells",
    "FormField",
    "HandedBack",
    "NumberFault",
    "OpenRoster",
    "PlainRow",
    "PlainTable",
    "Roster",
    "RosterBlock",
    "RosterRow",
    "TableForSql",
    "WrittenKeys",
    "compared",
    "fields_of_plans",
    "form_fields",
    "is_shortened",
    "may_be_brought",
    "members_of_plans",
    "not_among",
    "number_cell",
    "of_nobody",
    "open_roster",
    "plain_tables",
    "read_appointment",
    "read_fact",
    "read_number",
    "read_roster",
    "refuse_names",
    "row_of_form",
    "safe_cell",
    "stage_of_plans",
    "table_for_sql",
    "tidy",
    "trimmed",
]
