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
from sespms_rules.studies.comparison.ratings_text import ratings_lines
from sespms_rules.studies.comparison.result import Cause, Change, Comparison, Judgement, PlansJudgement, Subject
from sespms_rules.studies.comparison.text import (
    NOBODY,
    allowed_apart,
    as_text,
    how_known,
    idle_title,
    moves_table,
    plans_lines,
    reported_lines,
    subject_said,
    verdict,
    witness_lines,
)

if TYPE_CHECKING:
    from sespms_rules.studies.comparison.apart import (
        CountedApart,
        counted_apart,
        data_of_apart,
        ends_table,
        text_of_apart,
    )
    from sespms_rules.studies.comparison.causes_text import who, without
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
            "ends_table": "apart",
            "text_of_apart": "apart",
            "under": "subjects",
            "who": "causes_text",
            "without": "causes_text",
        },
    )

__all__ = [
    "NOBODY",
    "TIME_LIMIT",
    "BadMappingError",
    "Cause",
    "Change",
    "Comparison",
    "CountedApart",
    "DifferentElementsError",
    "Judgement",
    "NotComparableError",
    "PlansJudgement",
    "Subject",
    "allowed_apart",
    "as_amended",
    "as_data",
    "as_text",
    "as_written",
    "compare",
    "counted_apart",
    "data_of_apart",
    "ends_table",
    "how_known",
    "idle_title",
    "moves_table",
    "plans_lines",
    "ratings_lines",
    "reported_lines",
    "sheet_of",
    "subject_said",
    "text_of_apart",
    "under",
    "verdict",
    "who",
    "without",
    "witness_lines",
]
