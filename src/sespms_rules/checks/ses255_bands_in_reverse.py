"""A band of higher scores that gives a lower level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.intervals import Interval, of_range
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.formula import NotRated

# A warning: a score that is better when it is smaller is unusual, and no rule forbids it.
FINDING = warning("SES255", "bands-in-reverse", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find pairs of bands under one condition, or none, where more points mean a lower level."""
    for derivation in derivations(system):
        bands = [line for line in derivation.lines if isinstance(line, Band)]
        for first, second in combinations(bands, 2):
            if first.floor != second.floor:
                continue
            lower, higher = (first, second) if _lies_below(first, second) else (second, first)
            if _lies_below(lower, higher) and _level(lower) > _level(higher) > 0:
                yield FINDING.at(
                    higher.span,
                    f"scores of `{higher.score_range.span.text}` give level {_level(higher)}, and lower scores give "
                    f"the better level {_level(lower)}",
                    help="let higher scores give higher levels, or turn the formula round",
                    labels=(Label(lower.span, f"lower scores, level {_level(lower)}"),),
                )
                break


def _lies_below(first: Band, second: Band) -> bool:
    """Whether all scores of one band are smaller than those of another."""
    low, high = of_range(first.score_range), of_range(second.score_range)
    return _reaches(low, high) and low.meet(high).is_empty


def _reaches(low: Interval, high: Interval) -> bool:
    return low.high is not None and high.low is not None and low.high <= high.low


def _level(band: Band) -> int:
    """The level a band gives; 0 for `not rated`."""
    if isinstance(band.outcome, NotRated):
        return 0
    return int(level_number(band.outcome) or 0)
