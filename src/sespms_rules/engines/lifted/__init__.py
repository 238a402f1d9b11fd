"""What a program means, said once for many appraisals over an algebra; columns and SQL are two such algebras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.engines.lifted.members import rule_for
else:
    __getattr__ = face(
        __name__,
        {
            "rule_for": "members",
        },
    )

__all__ = [
    "rule_for",
]
