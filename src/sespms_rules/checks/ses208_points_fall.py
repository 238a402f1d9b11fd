"""A better level with fewer points."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import declared
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System

FINDING = error("SES208", "points-fall")


def check(system: System) -> Iterator[Diagnostic]:
    """Find neighbouring levels of which the better has fewer points."""
    ordered = sorted(declared(system).items())
    for (low, lower), (high, upper) in itertools.pairwise(ordered):
        if upper.points.value < lower.points.value:
            fewer, more = number(upper.points.value), number(lower.points.value)
            yield FINDING.at(
                upper.points.span,
                f"level {high} has `{fewer}` points, fewer than the `{more}` of level {low}",
                help="give a better level at least as many points, or a better rating would lower the score",
                labels=(Label(lower.points.span, f"the points of level {low}"),),
            )
