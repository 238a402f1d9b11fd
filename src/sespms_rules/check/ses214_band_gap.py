"""A score that a legal plan can reach and no line takes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.check.reading_lines import Derivation, covered, derivations
from sespms_rules.check.reading_sentences import listed, number
from sespms_rules.check.score_intervals import of_range
from sespms_rules.check.searching_gaps import Gap, gaps
from sespms_rules.diagnostic import Diagnostic, Label, error
from sespms_rules.model import System
from sespms_rules.source import Span
from sespms_rules.syntax.derivation import Band

FINDING = error("SES214", "band-gap", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find reachable scores that fall in no band, each with a plan that reaches it.

    Decided by search for scores that are sums of points, with or without weights; silent about any other formula.
    """
    for derivation in derivations(system):
        for gap in gaps(system, derivation):
            yield _finding(derivation, gap)


def _finding(derivation: Derivation, gap: Gap) -> Diagnostic:
    bands = [line for line in derivation.lines if isinstance(line, Band)]
    refused = [band for band in bands if of_range(band.score_range).holds(gap.score)]
    missed = [band for band in refused if covered(band, gap.profile) is None]
    if missed:
        return _condition_missed(missed[0], gap)
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
    return FINDING.at(span, said, help=f"{_example(gap)} reaches it; let the bands meet", labels=labels)


def _condition_missed(band: Band, gap: Gap) -> Diagnostic:
    return FINDING.at(
        band.floor.span if band.floor else band.span,
        f"a score of `{number(gap.score)}` lies in `{band.score_range.span.text}`, but the condition of that line "
        "does not hold and no other line takes the score",
        help=f"{_example(gap)} reaches it; say what such an executive gets",
        labels=(Label(band.score_range.span, "the band"),),
    )


def _nearest(bands: list[Band], end: Fraction | None, which: str) -> Band | None:
    """The band that ends, or begins, where a gap does."""
    return next((band for band in bands if end is not None and getattr(of_range(band.score_range), which) == end), None)


def _example(gap: Gap) -> str:
    """A plan in words; members that only the plan names are told by their ratings alone."""
    ratings = [number(rating) for rating in gap.ratings]
    weights = [number(weight) for weight in gap.weights]
    kind = "requirement" if None in gap.names else "element"
    if all(gap.names):
        parts = [f"`{name}`" for name in gap.names]
    else:
        parts = [f"`{name}`" if name else f"one {kind}" for name in gap.names]
        if not any(gap.names) and not weights:
            count = f"{len(ratings)} {kind}s" if len(ratings) > 1 else f"1 {kind}"
            return f"a plan with {count} rated {listed(ratings)}"
    if weights:
        parts = [f"{part} weight {weight}" for part, weight in zip(parts, weights, strict=True)]
    rated = [f"{part} rated {rating}" for part, rating in zip(parts, ratings, strict=True)]
    return f"a plan with {listed(rated)}"
