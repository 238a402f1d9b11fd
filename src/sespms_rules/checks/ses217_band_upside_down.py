"""A range of scores that ends below its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.intervals import of_range
from sespms_rules.checks.analysis.sentences import number, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band, TableRow
from sespms_rules.language.syntax.formula import ClosedRange, HalfOpenRange

FINDING = error("SES217", "band-upside-down")


def check(system: System) -> Iterator[Diagnostic]:
    """Find bands and rows of tables that hold no score at all."""
    for _, sentence in sentences_of(system):
        if not isinstance(sentence, Band | TableRow) or not of_range(sentence.score_range).is_empty:
            continue
        scores = sentence.score_range
        if isinstance(scores, ClosedRange | HalfOpenRange):
            low, high = number(scores.low.value), number(scores.high.value)
            turned = f"{high} to {low}" if isinstance(scores, ClosedRange) else f"at least {high} and below {low}"
            yield FINDING.at(
                scores.span,
                f"`{scores.span.text}` holds no score, because `{low}` is not below `{high}`",
                help="put the lower number first",
                fixes=(Fix(f"write `{turned}`", scores.span, turned, sure=False),) if low != high else (),
            )
