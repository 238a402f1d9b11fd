"""Levels that are not listed from 5 down to 1."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import definitions, level_number
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.line_edits import whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition

FINDING = warning("SES203", "levels-out-of-order")


def check(system: System) -> Iterator[Diagnostic]:
    """Find the first level that stands below a lower one; in a changed copy the order is not the author's."""
    if system.bases or system.amended_by:
        return
    known = [(level_number(each.level), each) for each in definitions(system)]
    for (above, upper), (below, lower) in itertools.pairwise(known):
        if above is not None and below is not None and below > above:
            yield FINDING.at(
                lower.level.span,
                f"level {number(below)} stands below level {number(above)}; readers expect the best level first",
                help="list the levels from 5 down to 1",
                labels=(Label(upper.level.span, "the lower level stands here"),),
                fixes=_in_order(tuple(each for _, each in known)),
            )
            return


def _in_order(stated: tuple[LevelDefinition, ...]) -> tuple[Fix, ...]:
    """The lines of the levels from the best down; none where anything else stands between them."""
    lines = sorted((whole_lines(each.span) for each in stated), key=lambda each: each.start)
    whole = Span(lines[0].source, lines[0].start, lines[-1].end)
    if "".join(each.text for each in lines) != whole.text or not whole.text.endswith("\n"):
        return ()
    ordered = sorted(stated, key=lambda each: -(level_number(each.level) or 0))
    text = "".join(whole_lines(each.span).text for each in ordered)
    return (Fix("list the levels from the best down", whole, text, sure=False),)
