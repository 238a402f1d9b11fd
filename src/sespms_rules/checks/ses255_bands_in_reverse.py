"""A band of higher scores that gives a lower level."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.intervals import Interval, low_end, of_range
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.line_edits import exchanged
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.formula import NotRated
from sespms_rules.language.syntax.limits import Phrases

# A warning: a score that is better when it is smaller is unusual, and no rule forbids it.
FINDING = warning("SES255", "bands-in-reverse", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find the first pair of bands under one condition, or none, where more points mean a lower level."""
    for derivation in derivations(system):
        bands = [_Read(line) for line in derivation.lines if isinstance(line, Band)]
        ends = _Ends(bands)
        for place, first in enumerate(bands):
            if not ends.reversed_with_another(first):
                continue
            # All before it stand in order with every band, so that the other one of the pair comes later.
            floor = first.band.floor
            pairs = (_in_reverse(first, second) for second in bands[place + 1 :] if second.band.floor == floor)
            pair = next((each for each in pairs if each is not None), None)
            if pair is not None:
                yield _finding(*pair, bands)
                break


class _Read:
    """A band with its scores and its level (0 for `not rated`), each worked out once."""

    __slots__ = ("band", "level", "scores")

    def __init__(self, band: Band) -> None:
        self.band = band
        self.scores = of_range(band.score_range)
        self.level = 0 if isinstance(band.outcome, NotRated) else int(level_number(band.outcome) or 0)


class _Ends:
    """For each condition and level the band that ends lowest and the one that begins highest."""

    def __init__(self, bands: list[_Read]) -> None:
        self._ending: dict[Phrases | None, dict[int, _Read]] = {}
        self._beginning: dict[Phrases | None, dict[int, _Read]] = {}
        for each in bands:
            level, scores = each.level, each.scores
            ending = self._ending.setdefault(each.band.floor, {})
            if scores.high is not None and (level not in ending or _high_end(each) < _high_end(ending[level])):
                ending[level] = each
            beginning = self._beginning.setdefault(each.band.floor, {})
            if level not in beginning or low_end(scores) > low_end(beginning[level].scores):
                beginning[level] = each

    def reversed_with_another(self, one: _Read) -> bool:
        """Whether some band of higher scores gives a lower level than this one, or one of lower scores a higher."""
        others = (*self._ending[one.band.floor].values(), *self._beginning[one.band.floor].values())
        return any(_in_reverse(one, other) is not None for other in others)


def _in_reverse(first: _Read, second: _Read) -> tuple[_Read, _Read] | None:
    """The band of the lower scores and that of the higher, where the lower scores give the better level."""
    if first.level == second.level or not first.level or not second.level:
        return None
    lower, higher = (first, second) if first.level > second.level else (second, first)
    return (lower, higher) if _lies_below(lower.scores, higher.scores) else None


def _finding(lower: _Read, higher: _Read, bands: list[_Read]) -> Diagnostic:
    return FINDING.at(
        higher.band.span,
        f"scores of `{higher.band.score_range.span.text}` give level {higher.level}, and lower scores give "
        f"the better level {lower.level}",
        help="let higher scores give the better levels, or write the formula so that better ratings give lower scores",
        labels=(Label(lower.band.span, f"lower scores, level {lower.level}"),),
        fixes=_exchanged(lower, higher, bands),
    )


def _exchanged(lower: _Read, higher: _Read, bands: list[_Read]) -> tuple[Fix, ...]:
    """Exchange the levels of two bands; none where that leaves bands under their condition in reverse."""
    under = [each for each in bands if each.band.floor == lower.band.floor and each not in (lower, higher)]
    placed = [(each.scores, each.level) for each in under]
    placed += [(lower.scores, higher.level), (higher.scores, lower.level)]
    if any(one > two and two and _lies_below(low, high) for low, one in placed for high, two in placed):
        return ()
    first, second = sorted((lower.band.outcome.span, higher.band.outcome.span), key=lambda span: span.start)
    return (Fix("exchange the levels of the two lines", *exchanged(first, second), sure=False),)


def _high_end(each: _Read) -> tuple[Fraction, bool]:
    return each.scores.high or Fraction(0), each.scores.high_in


def _lies_below(low: Interval, high: Interval) -> bool:
    """Whether all of some scores are smaller than others."""
    return low.high is not None and high.low is not None and low.high <= high.low and low.meet(high).is_empty
