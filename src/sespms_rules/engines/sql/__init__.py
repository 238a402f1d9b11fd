"""The same rules as one query of whole numbers, for DuckDB and for other warehouses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.engines.sql.cells import TextMember, TextTable
    from sespms_rules.engines.sql.engine import NAME, refusals_of
    from sespms_rules.engines.sql.files import FileInSql, FileRow
    from sespms_rules.engines.sql.parquet import (
        NestedColumnError,
        OtherFileError,
        columns_and_rows,
        longest_and_all_text,
        text_rows,
    )
    from sespms_rules.engines.sql.query import NOT_RATED
    from sespms_rules.engines.sql.quoting import dialect_of
    from sespms_rules.engines.sql.table import OwnMember, WarehouseSql
    from sespms_rules.engines.sql.text import NotInSqlError
else:
    __getattr__ = face(
        __name__,
        {
            "FileInSql": "files",
            "FileRow": "files",
            "NAME": "engine",
            "NOT_RATED": "query",
            "NestedColumnError": "parquet",
            "NotInSqlError": "text",
            "OtherFileError": "parquet",
            "OwnMember": "table",
            "TextMember": "cells",
            "TextTable": "cells",
            "WarehouseSql": "table",
            "columns_and_rows": "parquet",
            "dialect_of": "quoting",
            "longest_and_all_text": "parquet",
            "refusals_of": "engine",
            "text_rows": "parquet",
        },
    )

__all__ = [
    "NAME",
    "NOT_RATED",
    "FileInSql",
    "FileRow",
    "NestedColumnError",
    "NotInSqlError",
    "OtherFileError",
    "OwnMember",
    "TextMember",
    "TextTable",
    "WarehouseSql",
    "columns_and_rows",
    "dialect_of",
    "longest_and_all_text",
    "refusals_of",
    "text_rows",
]
