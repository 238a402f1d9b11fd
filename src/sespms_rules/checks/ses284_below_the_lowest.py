"""A sentence outside the derivation that speaks of executives below the lowest level."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import known_levels, level_number
from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import line_out_of_several, one_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import BelowLevel
from sespms_rules.language.syntax.uses import WhenBelow
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES284", "below-the-lowest")

_DERIVED = (PartKind.RATING, PartKind.TABLE, PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
"""Parts whose lines the decision procedure looks at: that a line is never read is said there (SES220)."""


def check(system: System) -> Iterator[Diagnostic]:
    """Find consequences, limits and guarantees of those below the lowest level, whom there cannot be."""
    lowest = known_levels(system)[-1]
    for part, sentence in sentences_of(system):
        if part.kind in _DERIVED:
            continue
        below: tuple[BelowLevel | WhenBelow, ...] = (*within(sentence, BelowLevel), *within(sentence, WhenBelow))
        for place in below:
            if level_number(place.level) == lowest:
                yield FINDING.at(
                    place.span,
                    f"level {lowest} is the lowest of the system, so nobody is below it",
                    help=f"say `level {lowest}` if those at it are meant, or take the sentence out",
                    fixes=(
                        *(_those_at_it(place) if isinstance(place, WhenBelow) else ()),
                        line_out_of_several("take the sentence out", sentence.span),
                    ),
                )


def _those_at_it(place: WhenBelow) -> tuple[Fix, ...]:
    """Say it of those at the level."""
    words = place.span.text.removeprefix("below ")
    return (one_of_several(place.span, words, "so that it holds of those at the level"),)
