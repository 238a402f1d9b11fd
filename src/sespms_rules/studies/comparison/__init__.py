"""Two systems compared by what they do: same, stricter, looser or neither, who moves, and which sentences cause it."""

from __future__ import annotations

from sespms_rules.proofs.solver.joint_shapes import DifferentElementsError, NotComparableError
from sespms_rules.studies.comparison.comparing import TIME_LIMIT, compare
from sespms_rules.studies.comparison.data import as_data
from sespms_rules.studies.comparison.mapping import BadMappingError
from sespms_rules.studies.comparison.result import Comparison, Judgement, PlansJudgement, Subject
from sespms_rules.studies.comparison.text import as_text
from sespms_rules.studies.comparison.witnesses import DisagreementError

__all__ = [
    "TIME_LIMIT",
    "BadMappingError",
    "Comparison",
    "DifferentElementsError",
    "DisagreementError",
    "Judgement",
    "NotComparableError",
    "PlansJudgement",
    "Subject",
    "as_data",
    "as_text",
    "compare",
]
