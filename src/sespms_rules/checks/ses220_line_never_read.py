"""A line that no appraisal can come to."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import Derivation, Line, derivations
from sespms_rules.checks.analysis.intervals import of_range
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band, Row, RowOtherwise

FINDING = error("SES220", "line-never-read")


def check(system: System) -> Iterator[Diagnostic]:
    """Find lines behind `otherwise`, and in an ordered list lines that an earlier one leaves nothing for."""
    for derivation in derivations(system):
        for place, line in enumerate(derivation.lines):
            earlier = _hides(derivation, derivation.lines[:place], line)
            if earlier is not None:
                yield FINDING.at(
                    line.span,
                    "this line is never read, because the line above it takes every appraisal it could",
                    help="move it up, or take one of the two lines out",
                    labels=(Label(earlier.span, "this line comes first"),),
                )


def _hides(derivation: Derivation, before: tuple[Line, ...], line: Line) -> Line | None:
    """The first line before `line` that takes all that it could."""
    for earlier in before:
        if isinstance(earlier, RowOtherwise):
            return earlier
        if derivation.in_order and _takes_all(earlier, line):
            return earlier
    return None


def _takes_all(earlier: Line, line: Line) -> bool:
    match earlier, line:
        case Band(wide, floor, _), Band(narrow, other, _):
            same = floor is None or floor == other
            return same and not of_range(narrow).is_empty and of_range(wide).covers(of_range(narrow))
        case Row(_, first), Row(_, second):
            return all(clause in second.parts for clause in first.parts)
    return False
