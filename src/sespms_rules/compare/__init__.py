"""Two systems compared by what they do: same, stricter, looser or neither, who moves, and which sentences cause it."""

from __future__ import annotations

from sespms_rules.compare.comparing import TIME_LIMIT, compare
from sespms_rules.compare.data import as_data
from sespms_rules.compare.mapping import BadMappingError
from sespms_rules.compare.result import Comparison, Judgement, PlansJudgement, Subject
from sespms_rules.compare.text import as_text
from sespms_rules.compare.witnesses import DisagreementError
from sespms_rules.proofs.solver.joint_shapes import DifferentElementsError, NotComparableError

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
