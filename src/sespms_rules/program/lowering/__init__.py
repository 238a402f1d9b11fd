"""model.System -> ir.Program: the stage that knows what the words of a formula compute."""

from __future__ import annotations

from sespms_rules.program.lowering.conditions import quantified
from sespms_rules.program.lowering.lowering import lower
from sespms_rules.program.lowering.ranges import interval_of

__all__ = ["interval_of", "lower", "quantified"]
