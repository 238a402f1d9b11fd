"""Two systems compared by what they do: same, stricter, looser or neither, who moves, and which sentences cause it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.proofs.solver import (
    DifferentElementsError,
    NotComparableError,
)
from sespms_rules.studies.comparison.comparing import TIME_LIMIT, compare
from sespms_rules.studies.comparison.data import as_data, sheet_of
from sespms_rules.studies.comparison.mapping import BadMappingError
from sespms_rules.studies.comparison.result import Comparison, Judgement, PlansJudgement, Subject
from sespms_rules.studies.comparison.text import as_text

if TYPE_CHECKING:
    from sespms_rules.studies.comparison.apart import (
        CountedApart,
        counted_apart,
        data_of_apart,
        text_of_apart,
    )
    from sespms_rules.studies.comparison.subjects import as_amended, as_written, under
else:
    __getattr__ = face(
        __name__,
        {
            "CountedApart": "apart",
            "as_amended": "subjects",
            "as_written": "subjects",
            "counted_apart": "apart",
            "data_of_apart": "apart",
            "text_of_apart": "apart",
            "under": "subjects",
        },
    )

__all__ = [
    "TIME_LIMIT",
    "BadMappingError",
    "Comparison",
    "CountedApart",
    "DifferentElementsError",
    "Judgement",
    "NotComparableError",
    "PlansJudgement",
    "Subject",
    "as_amended",
    "as_data",
    "as_text",
    "as_written",
    "compare",
    "counted_apart",
    "data_of_apart",
    "sheet_of",
    "text_of_apart",
    "under",
]
