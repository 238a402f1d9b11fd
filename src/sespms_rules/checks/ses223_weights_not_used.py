"""Weights that no formula reads."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.plans import points_of
from sespms_rules.checks.analysis.sentences import chosen, within
from sespms_rules.checks.analysis.weights import weight_reader
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.line_edits import one_of_several, part_out
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import Part, System
from sespms_rules.language.syntax.derivation import Band, ScoreIs
from sespms_rules.language.syntax.nodes import Number
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
            help=f"use them, as in {_weighted(system, rating, scores)}, or take the part `weights` out",
            labels=tuple(Label(score.span, "no weight enters here") for score in scores),
            fixes=(
                *(_by_weight(scores[0].value.span) if len(scores) == 1 else ()),
                *part_out("take `weights` out, so that none count", weights.origin.span),
            ),
        )


def _weighted(system: System, rating: Part, scores: tuple[ScoreIs, ...]) -> str:
    """A formula that reads weights and whose scores are those that the lines speak of.

    Lines up to the points of a level read an average: beside them nearly every sum of points times weights, which goes
    up to hundreds, would get the best level. So it would beside the lines of a plain sum, which are to be set anew.
    """
    ends = [end.value for band in chosen(rating.sentences, Band) for end in within(band.score_range, Number)]
    if ends and max(ends) <= max(points_of(system).values(), default=0):
        return f"`score is {_AVERAGE} by weight`"
    anew = " with lines for such scores" if any("sum of points" in each.span.text for each in scores) else ""
    return f"`score is the sum of points times weight`{anew}"


def _by_weight(formula: Span) -> tuple[Fix, ...]:
    """Let the one average of a score be taken by weight; none where it takes several, or some other way."""
    if formula.text.count(_AVERAGE) != 1 or formula.text.count("average") != 1:
        return ()
    at = formula.start + formula.text.index(_AVERAGE)
    written = Span(formula.source, at, at + len(_AVERAGE))
    return (one_of_several(written, f"{_AVERAGE} by weight", "so that the weights count"),)
