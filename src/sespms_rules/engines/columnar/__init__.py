"""Populations in columns of exact whole numbers: many appraisals of one plan at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.engines.columnar.answers import Answers
    from sespms_rules.engines.columnar.columns import (
        NOT_RATED,
        RATED,
        REFUSED,
        ColumnResult,
        ColumnsTooLargeError,
        MemberColumns,
        StageColumns,
        exact_numbers,
    )
    from sespms_rules.engines.columnar.distinct import DistinctRows, spread, spread_one
    from sespms_rules.engines.columnar.engine import ColumnarEngine, ColumnarError, NotInColumnsError
    from sespms_rules.engines.columnar.gather import of_appraisals
    from sespms_rules.engines.columnar.masks import Array, Truth
    from sespms_rules.engines.columnar.values import Numbers, TooLargeError, Value, constant, of_column, type_for
else:
    __getattr__ = face(
        __name__,
        {
            "Answers": "answers",
            "Array": "masks",
            "ColumnResult": "columns",
            "ColumnarEngine": "engine",
            "ColumnarError": "engine",
            "ColumnsTooLargeError": "columns",
            "DistinctRows": "distinct",
            "MemberColumns": "columns",
            "NOT_RATED": "columns",
            "NotInColumnsError": "engine",
            "Numbers": "values",
            "RATED": "columns",
            "REFUSED": "columns",
            "StageColumns": "columns",
            "TooLargeError": "values",
            "Truth": "masks",
            "Value": "values",
            "constant": "values",
            "exact_numbers": "columns",
            "of_appraisals": "gather",
            "of_column": "values",
            "spread": "distinct",
            "spread_one": "distinct",
            "type_for": "values",
        },
    )

__all__ = [
    "NOT_RATED",
    "RATED",
    "REFUSED",
    "Answers",
    "Array",
    "ColumnResult",
    "ColumnarEngine",
    "ColumnarError",
    "ColumnsTooLargeError",
    "DistinctRows",
    "MemberColumns",
    "NotInColumnsError",
    "Numbers",
    "StageColumns",
    "TooLargeError",
    "Truth",
    "Value",
    "constant",
    "exact_numbers",
    "of_appraisals",
    "of_column",
    "spread",
    "spread_one",
    "type_for",
]
