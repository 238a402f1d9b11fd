"""A band of higher scores that gives a lower level."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.intervals import Interval, low_end, of_range
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.formula import NotRated
from sespms_rules.language.syntax.limits import Phrases

# A warning: a score that is better when it is smaller is unusual, and no rule forbids it.
FINDING = warning("SES255", "bands-in-reverse", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find the first pair of bands under one condition, or none, where more points mean a lower level."""
    for derivation in derivations(system):
        bands = [line for line in derivation.lines if isinstance(line, Band)]
        ends = _Ends(bands)
        for place, first in enumerate(bands):
            if not ends.reversed_with_another(first):
                continue
            # All before it stand in order with every band, so that the other one of the pair comes later.
            pairs = (_in_reverse(first, second) for second in bands[place + 1 :] if second.floor == first.floor)
            pair = next((each for each in pairs if each is not None), None)
            if pair is not None:
                yield _finding(*pair)
                break


class _Ends:
    """For each condition and level the band that ends lowest and the one that begins highest."""

    def __init__(self, bands: list[Band]) -> None:
        self._ending: dict[Phrases | None, dict[int, Band]] = {}
        self._beginning: dict[Phrases | None, dict[int, Band]] = {}
        for band in bands:
            level, scores = _level(band), of_range(band.score_range)
            ending = self._ending.setdefault(band.floor, {})
            if scores.high is not None and (level not in ending or _high_end(band) < _high_end(ending[level])):
                ending[level] = band
            beginning = self._beginning.setdefault(band.floor, {})
            if level not in beginning or low_end(scores) > low_end(of_range(beginning[level].score_range)):
                beginning[level] = band

    def reversed_with_another(self, band: Band) -> bool:
        """Whether some band of higher scores gives a lower level than this one, or one of lower scores a higher."""
        others = (*self._ending[band.floor].values(), *self._beginning[band.floor].values())
        return any(_in_reverse(band, other) is not None for other in others)


def _in_reverse(first: Band, second: Band) -> tuple[Band, Band] | None:
    """The band of the lower scores and that of the higher, where the lower scores give the better level."""
    lower, higher = (first, second) if _lies_below(first, second) else (second, first)
    return (lower, higher) if _lies_below(lower, higher) and _level(lower) > _level(higher) > 0 else None


def _finding(lower: Band, higher: Band) -> Diagnostic:
    return FINDING.at(
        higher.span,
        f"scores of `{higher.score_range.span.text}` give level {_level(higher)}, and lower scores give "
        f"the better level {_level(lower)}",
        help="let higher scores give higher levels, or turn the formula round",
        labels=(Label(lower.span, f"lower scores, level {_level(lower)}"),),
    )


def _high_end(band: Band) -> tuple[Fraction, bool]:
    scores = of_range(band.score_range)
    return scores.high or Fraction(0), scores.high_in


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
