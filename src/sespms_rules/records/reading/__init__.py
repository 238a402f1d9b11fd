"""Records out of files: `read_year` takes a folder, a workbook or a JSON file to the years of executives.

Only `border` and `tables` import pydantic. What is wrong with a row is told, and the other rows are still read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.reading.acts import PlaceAnd
    from sespms_rules.records.reading.border import needed_columns, record_columns, records_schema
    from sespms_rules.records.reading.tables import WORDS_TABLE
    from sespms_rules.records.reading.year import ExecutiveYear, Year, read_year
else:
    __getattr__ = face(
        __name__,
        {
            "ExecutiveYear": "year",
            "PlaceAnd": "acts",
            "WORDS_TABLE": "tables",
            "Year": "year",
            "needed_columns": "border",
            "read_year": "year",
            "record_columns": "border",
            "records_schema": "border",
        },
    )

__all__ = [
    "WORDS_TABLE",
    "ExecutiveYear",
    "PlaceAnd",
    "Year",
    "needed_columns",
    "read_year",
    "record_columns",
    "records_schema",
]
