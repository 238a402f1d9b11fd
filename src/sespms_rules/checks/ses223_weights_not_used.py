"""Weights that no formula reads."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.checks.analysis.weights import weight_reader
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.line_edits import one_of_several, part_out
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import ScoreIs
from sespms_rules.language.syntax.words import PartKind

_AVERAGE = "the average of points"

FINDING = warning("SES223", "weights-not-used")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a part `weights` beside a summary rating whose formulas read none."""
    weights, rating = system.part(PartKind.WEIGHTS), system.part(PartKind.RATING)
    if weights is None or rating is None or not weights.sentences or not rating.sentences:
        return
    if weight_reader(system) is None:
        scores = chosen(rating.sentences, ScoreIs)
        yield FINDING.at(
            weights.origin.span,
            "the plan sets weights, but the summary rating does not use them",
            help="use them, as in `score is the sum of points times weight`, or take the part `weights` out",
            labels=tuple(Label(score.span, "no weight enters here") for score in scores),
            fixes=(
                *(_by_weight(scores[0].value.span) if len(scores) == 1 else ()),
                *part_out("take `weights` out, so that none count", weights.origin.span),
            ),
        )


def _by_weight(formula: Span) -> tuple[Fix, ...]:
    """Let the one average of a score be taken by weight; none where it takes several, or some other way."""
    if formula.text.count(_AVERAGE) != 1 or formula.text.count("average") != 1:
        return ()
    at = formula.start + formula.text.index(_AVERAGE)
    written = Span(formula.source, at, at + len(_AVERAGE))
    return (one_of_several(written, f"{_AVERAGE} by weight", "so that the weights count"),)
