"""Every possible appraisal of a system: walked or counted, never sampled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.studies.exhaustive.findings import Noticed, noticed
    from sespms_rules.studies.exhaustive.tallying import Tally, tally
    from sespms_rules.studies.exhaustive.walk import NotWalkable
else:
    __getattr__ = face(
        __name__,
        {
            "NotWalkable": "walk",
            "Noticed": "findings",
            "Tally": "tallying",
            "noticed": "findings",
            "tally": "tallying",
        },
    )

__all__ = [
    "NotWalkable",
    "Noticed",
    "Tally",
    "noticed",
    "tally",
]
