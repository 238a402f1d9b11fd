"""Weights that no formula reads."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.checks.analysis.weights import weight_reader
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import ScoreIs
from sespms_rules.language.syntax.words import PartKind

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
        )
