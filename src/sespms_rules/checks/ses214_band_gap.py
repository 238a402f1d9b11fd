"""A score that a plan the policy allows can reach and no line takes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.decision_rows import Derivation, derivations
from sespms_rules.checks.analysis.gap_search import Gap, example, gaps, refusing_band
from sespms_rules.checks.analysis.intervals import Interval, is_within_a_step, of_range
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band

FINDING = error("SES214", "band-gap", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find reachable scores that fall in no band, each with a plan that reaches it.

    Decided by search for scores that are sums of points, with or without weights; silent about any other formula.
    """
    for derivation in derivations(system):
        for gap in gaps(system, derivation):
            if refusing_band(derivation, gap) is None:
                yield _finding(derivation, gap)


def _finding(derivation: Derivation, gap: Gap) -> Diagnostic:
    bands = [line for line in derivation.lines if isinstance(line, Band)]
    below = _nearest(bands, gap.scores.low, "high")
    above = _nearest(bands, gap.scores.high, "low")
    said = f"a score of `{number(gap.score)}` falls in no band"
    if below is not None and above is not None:
        said += f": it lies between `{below.score_range.span.text}` and `{above.score_range.span.text}`"
    elif above is not None:
        said += f": the lowest begins with `{above.score_range.span.text}`"
    elif below is not None:
        said += f": the highest ends with `{below.score_range.span.text}`"
    at = below or above
    labels = (Label(above.score_range.span, "the band above"),) if below is not None and above is not None else ()
    span: Span = at.score_range.span if at else derivation.part.origin.span
    meeting = _meeting(below, above)
    cure = f"let the bands meet, as in `score {meeting}`" if meeting else "let a band take such scores"
    fixes = (instead(span, meeting),) if below and above and meeting and _is_between_neighbors(below, above) else ()
    return FINDING.at(span, said, help=f"{example(gap)} reaches it; {cure}", labels=labels, fixes=fixes)


def _is_between_neighbors(below: Band, above: Band) -> bool:
    high, low = of_range(below.score_range).high, of_range(above.score_range).low
    return is_within_a_step(Interval(high, False, low, False))


def _meeting(below: Band | None, above: Band | None) -> str:
    """The range of the lower of two bands if it went on to where the upper begins; empty where that cannot be said."""
    if below is None or above is None:
        return ""
    low, high = of_range(below.score_range).low, of_range(above.score_range).low
    return f"at least {number(low)} and below {number(high)}" if low is not None and high is not None else ""


def _nearest(bands: list[Band], end: Fraction | None, which: str) -> Band | None:
    """The band that ends, or begins, where a gap does."""
    return next((band for band in bands if end is not None and getattr(of_range(band.score_range), which) == end), None)
