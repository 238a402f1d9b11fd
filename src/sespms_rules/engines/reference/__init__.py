"""What a Program means, said slowly and step by step: the engine that all others are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.engines.reference.admission import admit
    from sespms_rules.engines.reference.admitted_appraisal import Case
    from sespms_rules.engines.reference.compiled import CompiledReference
    from sespms_rules.engines.reference.derivation import derive
    from sespms_rules.engines.reference.engine import rate
else:
    __getattr__ = face(
        __name__,
        {
            "Case": "admitted_appraisal",
            "CompiledReference": "compiled",
            "admit": "admission",
            "derive": "derivation",
            "rate": "engine",
        },
    )

__all__ = [
    "Case",
    "CompiledReference",
    "admit",
    "derive",
    "rate",
]
