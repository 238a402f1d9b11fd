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
        ParquetFile,
    )
    from sespms_rules.engines.sql.plan_columns import refuse_other_plans
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
            "ParquetFile": "parquet",
            "TextMember": "cells",
            "TextTable": "cells",
            "WarehouseSql": "table",
            "dialect_of": "quoting",
            "refuse_other_plans": "plan_columns",
            "refusals_of": "engine",
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
    "ParquetFile",
    "TextMember",
    "TextTable",
    "WarehouseSql",
    "dialect_of",
    "refusals_of",
    "refuse_other_plans",
]
