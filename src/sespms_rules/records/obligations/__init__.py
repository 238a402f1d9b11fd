"""What must happen in a case: the intermediate form, its plain meaning, and durable-rules beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.obligations.agreement import Evaluator, EvaluatorsDisagreeError
    from sespms_rules.records.obligations.form import Case, Event, Obligation, Standing, State
    from sespms_rules.records.obligations.reference import has_matter, judge
    from sespms_rules.records.obligations.tested import differs_from_formula
else:
    __getattr__ = face(
        __name__,
        {
            "Case": "form",
            "Evaluator": "agreement",
            "EvaluatorsDisagreeError": "agreement",
            "Event": "form",
            "Obligation": "form",
            "Standing": "form",
            "State": "form",
            "differs_from_formula": "tested",
            "has_matter": "reference",
            "judge": "reference",
        },
    )

__all__ = [
    "Case",
    "Evaluator",
    "EvaluatorsDisagreeError",
    "Event",
    "Obligation",
    "Standing",
    "State",
    "differs_from_formula",
    "has_matter",
    "judge",
]
