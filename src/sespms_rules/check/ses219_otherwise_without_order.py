"""`otherwise` where lines are not read in order."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.check.reading_lines import derivations
from sespms_rules.diagnostic import Diagnostic, error
from sespms_rules.model import System
from sespms_rules.syntax.derivation import RowOtherwise

FINDING = error("SES219", "otherwise-without-order")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a last line that would fit beside every other, because no line says that the first one holds."""
    for derivation in derivations(system):
        for line in derivation.lines:
            if isinstance(line, RowOtherwise) and not derivation.in_order:
                yield FINDING.at(
                    line.span,
                    f"`{line.span.text}` speaks of the lines above it, but the lines are not read in order",
                    help="add `take the first line that fits` above the lines",
                )
