"""Levels that are not listed from 5 down to 1."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import definitions, level_number
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System

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
            )
            return
