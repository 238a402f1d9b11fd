"""Weights with no total."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.checks.analysis.weights import measures_weights, reads_weights, weight_rules
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.line_edits import line_below
from sespms_rules.language.model import System
from sespms_rules.language.syntax.formula import AttributeOf, ByWeight, MeasuredTimesWeight, OwnWeight
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES225", "total-missing")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a part `weights` that does not say what the weights of a plan add up to, where a score depends on it.

    An average by weight does not: it lies between the lowest and the highest rating, whatever the weights total.
    """
    part = system.part(PartKind.WEIGHTS)
    if part is None or not part.sentences or weight_rules(system).total is not None:
        return
    if _depends_on_the_total(system):
        yield FINDING.at(
            part.origin.span,
            "the weights have no total, so the same ratings can give any score",
            help="say what the weights of a plan add up to, for instance `total 100`",
            fixes=(line_below(part.origin.span, "total 100"),),
        )


def _depends_on_the_total(system: System) -> bool:
    """Whether a formula reads weights otherwise than in an average by weight, or none reads them at all."""
    read = [
        sentence for part, sentence in sentences_of(system) if part.kind is PartKind.RATING and reads_weights(sentence)
    ]
    averages = [each for each in read if any(True for _ in within(each, ByWeight))]
    others = (MeasuredTimesWeight, OwnWeight, AttributeOf)
    return not averages or any(
        measures_weights(each) or any(True for kind in others for _ in within(each, kind)) for each in read
    )
