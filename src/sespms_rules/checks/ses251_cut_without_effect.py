"""A cut score that no score meets, so that it could stand elsewhere and no rating would change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.decision_rows import Derivation, RatedMember, derivations, holds
from sespms_rules.checks.analysis.intervals import rounded
from sespms_rules.checks.analysis.linear_score import LinearScore, linear_score
from sespms_rules.checks.analysis.plans import PlanShape, Slot, plan_shapes, points_of
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.checks.analysis.weights import weight_rules
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band, Row
from sespms_rules.language.syntax.formula import ClauseOfScore, ClosedRange, FromRange, HalfOpenRange
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.words import Comparator

FINDING = note("SES251", "cut-without-effect")

_MOST_SCORES = 20_000
_BEST = 5
_MANY = 24


def check(system: System) -> Iterator[Diagnostic]:
    """Find least scores of a level that no allowed plan meets exactly, with the range in which they could stand.

    Only scores that are sums without weights are looked at, of plans with a stated number of members: these scores
    can all be listed. With weights every whole score can be met as a rule. A cut half-way between two scores is not
    spoken of: that is where one would put it.
    """
    for derivation in derivations(system):
        scores = _scores(system, derivation)
        for written in _cuts(derivation) if scores else ():
            place = bisect_left(scores, written.value)
            if not 0 < place < len(scores) or scores[place] == written.value:
                continue
            below, above = scores[place - 1], scores[place]
            if written.value * 2 == below + above:
                continue
            yield FINDING.at(
                written.span,
                f"the cut score `{number(written.value)}` can stand anywhere above `{number(below)}` and up to "
                f"`{number(above)}` without changing a rating",
                help=f"nothing needs to be changed; the lowest score that reaches it is `{number(above)}`",
            )


def _cuts(derivation: Derivation) -> Iterator[Number]:
    """The least scores of lines, as they are written."""
    for line in derivation.lines:
        match line:
            case Band(ClosedRange(low) | FromRange(low) | HalfOpenRange(low)):
                yield low
            case Row(_, conditions):
                for clause in conditions.parts:
                    if isinstance(clause, ClauseOfScore) and clause.comparison.comparator is Comparator.AT_LEAST:
                        operand = clause.comparison.operand
                        if isinstance(operand, Number):
                            yield operand


def _scores(system: System, derivation: Derivation) -> list[Fraction]:
    """Every score that ratings can have, lowest first; none where they cannot be listed."""
    read = linear_score(derivation.part)
    points = points_of(system)
    limited = derivation.element is None and weight_rules(system).most is not None
    if read is None or read[0].reads_weights or not points or not limited:
        return []
    score, rounding = read
    found: set[Fraction] = set()
    for shape in plan_shapes(system, derivation, score):
        made = _of_shape(derivation, shape, score, points)
        if made is None:
            return []
        found |= made
    return sorted({rounded(each, rounding) for each in found})


def _of_shape(
    derivation: Derivation, shape: PlanShape, score: LinearScore, points: dict[int, Fraction]
) -> set[Fraction] | None:
    """The scores of one shape of plan; None where a member is rated by a number or there are too many."""
    factors = dict(score.named)
    shared = score.total + score.mean / len(shape.slots) if shape.slots else Fraction(0)
    sums = {score.constant}
    for slot in shape.slots:
        if slot.scale is not None:
            return None
        factor = shared + factors.get(slot.name or "", Fraction(0))
        values = {level if True in score.by_levels else points[level] for level in _counting(derivation, slot)}
        sums = {each + factor * value for each in sums for value in values}
        if len(sums) > _MOST_SCORES:
            return None
    return sums


def _counting(derivation: Derivation, slot: Slot) -> Iterator[int]:
    """The levels of a member at which the score may still decide: no override takes all that have it there."""
    for level in slot.levels:
        member = RatedMember(slot.name, slot.critical, level)
        others = (RatedMember(slot.name, True, _BEST),) * _MANY
        profiles = ((member,), (member, *others), (member,) * _MANY)
        if not any(
            all(holds(override.phrases, profile) is True for profile in profiles) for override in derivation.overrides
        ):
            yield level
