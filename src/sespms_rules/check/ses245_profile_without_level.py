"""Ratings whose score lies in a band, while the band's own condition keeps them out and no other line takes them."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.check.reading_lines import Derivation, derivations
from sespms_rules.check.reading_sentences import number
from sespms_rules.check.searching_gaps import Gap, example, gaps, refusing_band
from sespms_rules.diagnostic import Diagnostic, Label, error
from sespms_rules.model import System
from sespms_rules.syntax.derivation import Band

FINDING = error("SES245", "profile-without-level", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find ratings that the condition of a band shuts out, each with a plan; decided as band-gap is."""
    for derivation in derivations(system):
        if not any(isinstance(line, Band) and line.floor is not None for line in derivation.lines):
            continue
        for gap in gaps(system, derivation):
            yield from _findings(derivation, gap)


def _findings(derivation: Derivation, gap: Gap) -> Iterator[Diagnostic]:
    band = refusing_band(derivation, gap)
    if band is None or band.floor is None:
        return
    scores = band.score_range.span
    yield FINDING.at(
        band.floor.span,
        f"a score of `{number(gap.score)}` lies in `{scores.text}`, but the condition of that line does not hold and "
        "no other line takes the score",
        help=f"{example(gap)} reaches it; say which level such ratings get",
        labels=(Label(scores, "the band"),),
    )
