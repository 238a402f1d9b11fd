"""A derivation without a word on what its levels are called and how many points they have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES258", "levels-not-declared")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a system that derives ratings and has no `levels`."""
    if system.part(PartKind.LEVELS) is not None:
        return
    for derivation in derivations(system):
        if derivation.element is None and derivation.lines:
            yield FINDING.at(
                derivation.part.origin.span,
                "the system does not declare its levels; the regulation's terms, with 5, 4, 3, 2 and 1 points, "
                "are taken",
                help='add a block `levels` with a line for each, such as `level 5 "Outstanding" 5 points`',
                fixes=(_block(derivation.part.origin.span),),
            )


def _block(heading: Span) -> Fix:
    """The levels that are taken, written out above a heading."""
    points = {number: f"{number} point{'' if number == 1 else 's'}" for number in FEDERAL_LEVELS}
    lines = (f'  level {number} "{each.value.title()}" {points[number]}\n' for number, each in FEDERAL_LEVELS.items())
    at = whole_lines(heading).start
    return Fix("add the block `levels`", Span(heading.source, at, at), f"levels\n{''.join(lines)}\n", sure=False)
