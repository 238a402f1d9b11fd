"""Ratings whose score lies in a band, while the band's own condition keeps them out and no other line takes them."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import Derivation, derivations
from sespms_rules.checks.analysis.gap_search import Gap, example, gaps, refusing_band
from sespms_rules.checks.analysis.profile_counts import Tally, tallies
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band

FINDING = error("SES245", "profile-without-level", "5 CFR 430.305(a)(5)")

_MOST_SIZES = 4


def check(system: System) -> Iterator[Diagnostic]:
    """Find ratings that the condition of a band shuts out, each with a plan; decided as band-gap is.

    The first of a derivation, which has the smallest plan, also says how many sets of ratings get no level.
    """
    for derivation in derivations(system):
        if not any(isinstance(line, Band) and line.floor is not None for line in derivation.lines):
            continue
        refused = [(gap, refusing_band(derivation, gap)) for gap in gaps(system, derivation)]
        counted = _counts(derivation, tallies(system, derivation)) if any(band for _, band in refused) else ""
        for gap, band in refused:
            if band is not None and band.floor is not None:
                yield _finding(gap, band, counted)
                counted = ""


def _finding(gap: Gap, band: Band, counted: str) -> Diagnostic:
    scores = band.score_range.span
    return FINDING.at(
        band.floor.span if band.floor else band.span,
        f"a score of `{number(gap.score)}` lies in `{scores.text}`, but the condition of that line does not hold and "
        f"no other line takes the score{counted}",
        help=f"{example(gap)} reaches it; say which level such ratings get",
        labels=(Label(scores, "the band"),),
    )


def _counts(derivation: Derivation, found: tuple[Tally, ...]) -> str:
    """How many sets of ratings get no level, for a few sizes of a plan."""
    told = [tally for tally in found if tally.without][:_MOST_SIZES]
    if not told:
        return ""
    kind = "element" if derivation.element is None else "requirement"
    override = " that no override takes" if derivation.overrides else ""
    counts = [f"`{tally.without}` of `{tally.possible}`" for tally in told]
    sizes = [f"{tally.members} {kind}{'' if tally.members == 1 else 's'}" for tally in told]
    first, *others = zip(counts, sizes, strict=True)
    said = [f"{first[0]} sets of ratings{override} get no level in a plan with {first[1]}"]
    said += [f"{count} with {size}" for count, size in others]
    return f"; {listed(said)}"
