"""The rules engine durable-rules decides rows and overrides; every value is worked out before, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.engines.durable.host import DurableError
    from sespms_rules.engines.durable.tables import DurableTables, FactRefusedError, Row, Table, Test
else:
    __getattr__ = face(
        __name__,
        {
            "DurableError": "host",
            "DurableTables": "tables",
            "FactRefusedError": "tables",
            "Row": "tables",
            "Table": "tables",
            "Test": "tables",
        },
    )

__all__ = ["DurableError", "DurableTables", "FactRefusedError", "Row", "Table", "Test"]
