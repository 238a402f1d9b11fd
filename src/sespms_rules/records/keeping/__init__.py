"""Records in a register: `record_drafts` puts the rows of a year in, `read_kept` reads them out again.

Nothing is written over. A row that says something else than before stands beside it, an act is corrected by an act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.keeping.adding import Added, add_records
    from sespms_rules.records.keeping.bags import bagged
    from sespms_rules.records.keeping.held import RECORD, Held, held_records, kept_series
    from sespms_rules.records.keeping.retention import Retention, retained
    from sespms_rules.records.keeping.transfer import transferred
else:
    __getattr__ = face(
        __name__,
        {
            "Added": "adding",
            "Held": "held",
            "RECORD": "held",
            "Retention": "retention",
            "add_records": "adding",
            "bagged": "bags",
            "held_records": "held",
            "kept_series": "held",
            "retained": "retention",
            "transferred": "transfer",
        },
    )

__all__ = [
    "RECORD",
    "Added",
    "Held",
    "Retention",
    "add_records",
    "bagged",
    "held_records",
    "kept_series",
    "retained",
    "transferred",
]
