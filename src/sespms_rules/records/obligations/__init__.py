"""What must happen in a case: the intermediate form, its plain meaning, and durable-rules beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.obligations.agreement import Evaluator, EvaluatorsDisagreeError
    from sespms_rules.records.obligations.form import Barred, Case, Chain, Event, Ground, Obligation, Standing, State
    from sespms_rules.records.obligations.reference import judge
    from sespms_rules.records.obligations.tested import differs_from_formula
else:
    __getattr__ = face(
        __name__,
        {
            "Barred": "form",
            "Case": "form",
            "Chain": "form",
            "Evaluator": "agreement",
            "EvaluatorsDisagreeError": "agreement",
            "Event": "form",
            "Ground": "form",
            "Obligation": "form",
            "Standing": "form",
            "State": "form",
            "differs_from_formula": "tested",
            "judge": "reference",
        },
    )

__all__ = [
    "Barred",
    "Case",
    "Chain",
    "Evaluator",
    "EvaluatorsDisagreeError",
    "Event",
    "Ground",
    "Obligation",
    "Standing",
    "State",
    "differs_from_formula",
    "judge",
]
