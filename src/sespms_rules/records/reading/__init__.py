"""Records out of files: `read_year` takes a folder, a workbook or a JSON file to the years of executives.

Only `border` and `tables` import pydantic. What is wrong with a row is told, and the other rows are still read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.reading.acts import PlaceAnd
    from sespms_rules.records.reading.border import (
        TABLES,
        ActRow,
        UnreadCellError,
        columns_of,
        needed_columns,
        opaque,
        record_columns,
        records_schema,
    )
    from sespms_rules.records.reading.missing import NotCounted
    from sespms_rules.records.reading.parts import OF_ELEMENTS, part_of
    from sespms_rules.records.reading.rows import ReadRow, UnreadRow
    from sespms_rules.records.reading.set_aside import SetAside
    from sespms_rules.records.reading.spellings import IDS, spelled_alike
    from sespms_rules.records.reading.tables import (
        MISSED,
        NEEDED_TABLES,
        WORDS_TABLE,
        ReadTables,
        RecordFile,
        read_tables,
    )
    from sespms_rules.records.reading.year import FOR_WANT_OF_A_PERIOD, read_year
    from sespms_rules.records.reading.years import ExecutiveYear, Year
else:
    __getattr__ = face(
        __name__,
        {
            "ActRow": "border",
            "ExecutiveYear": "years",
            "FOR_WANT_OF_A_PERIOD": "year",
            "IDS": "spellings",
            "MISSED": "tables",
            "NEEDED_TABLES": "tables",
            "NotCounted": "missing",
            "OF_ELEMENTS": "parts",
            "PlaceAnd": "acts",
            "ReadRow": "rows",
            "ReadTables": "tables",
            "RecordFile": "tables",
            "SetAside": "set_aside",
            "TABLES": "border",
            "UnreadCellError": "border",
            "UnreadRow": "rows",
            "WORDS_TABLE": "tables",
            "Year": "years",
            "columns_of": "border",
            "needed_columns": "border",
            "opaque": "border",
            "part_of": "parts",
            "read_tables": "tables",
            "read_year": "year",
            "record_columns": "border",
            "records_schema": "border",
            "spelled_alike": "spellings",
        },
    )

__all__ = [
    "FOR_WANT_OF_A_PERIOD",
    "IDS",
    "MISSED",
    "NEEDED_TABLES",
    "OF_ELEMENTS",
    "TABLES",
    "WORDS_TABLE",
    "ActRow",
    "ExecutiveYear",
    "NotCounted",
    "PlaceAnd",
    "ReadRow",
    "ReadTables",
    "RecordFile",
    "SetAside",
    "UnreadCellError",
    "UnreadRow",
    "Year",
    "columns_of",
    "needed_columns",
    "opaque",
    "part_of",
    "read_tables",
    "read_year",
    "record_columns",
    "records_schema",
    "spelled_alike",
]
