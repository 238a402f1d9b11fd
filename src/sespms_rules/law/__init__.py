"""A system checked against the editions of rules that bind it: a verdict for each requirement.

Conformance is entailment: what the system says must be at least as strict as what an edition asks, by the order of
each family (`families.py`); a guarantee is inspected here or decided by what the caller gives; a duty on records
and a question for a reviewer are passed on, never passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.law.conforming import conformance, leave_undecided
    from sespms_rules.law.inspecting import Conclusion
    from sespms_rules.law.judging import Decide
else:
    __getattr__ = face(
        __name__,
        {
            "Conclusion": "inspecting",
            "Decide": "judging",
            "conformance": "conforming",
            "leave_undecided": "conforming",
        },
    )

__all__ = ["Conclusion", "Decide", "conformance", "leave_undecided"]
