"""Scores that a legal plan can reach and no line of a derivation takes: a search over levels and weights.

What is found is a plan with its levels, so a gap that is reported is a gap. What is not found proves nothing:
formulas that are not sums, and searches that would take long, are left to the prover.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product

from sespms_rules.check.fitting_weights import fit
from sespms_rules.check.reaching_scores import Effort, weights_reaching
from sespms_rules.check.reading_lines import Derivation, Profile, RatedMember, covered, taken
from sespms_rules.check.reading_plans import PlanShape, Slot, named_apart, plan_shapes, points_of
from sespms_rules.check.reading_scores import LinearScore, linear_score
from sespms_rules.check.score_intervals import Interval, before_rounding, rounded, uncovered
from sespms_rules.frozen import Frozen
from sespms_rules.model import System
from sespms_rules.syntax.formula import Rounding

_EFFORT = 60_000


class Gap(Frozen):
    """Scores no line takes, one of them, and a plan with ratings that reaches it.

    `weights` is empty where the policy has none. `ratings` are levels, or numbers on a scale.
    """

    scores: Interval
    score: Fraction
    names: tuple[str | None, ...]
    ratings: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]
    profile: Profile


class _Question(Frozen):
    """What a search needs to know of a derivation."""

    derivation: Derivation
    points: dict[int, Fraction]
    score: LinearScore
    rounding: Rounding | None


def gaps(system: System, derivation: Derivation) -> Iterator[Gap]:
    """The gaps of a derivation, each with one example; none where it is no sum that can be searched."""
    read = linear_score(derivation.part)
    points = points_of(system)
    if read is None or not points or not derivation.lines:
        return
    question = _Question(derivation, points, *read)
    effort = Effort(_EFFORT)
    reported: list[Interval] = []
    for shape in plan_shapes(system, derivation, read[0]):
        if read[0].reads_weights and shape.total is None:
            return
        for profile, slots in _profiles(shape, question):
            if effort.spent():
                return
            if any(taken(override, profile) for override in derivation.overrides):
                continue
            for gap in _gaps_of(question, shape, slots, profile, effort):
                if all(gap.scores.meet(other).is_empty for other in reported):
                    reported.append(gap.scores)
                    yield gap


def _profiles(shape: PlanShape, question: _Question) -> Iterator[tuple[Profile, tuple[Slot, ...]]]:
    """Every set of levels, save those that only change places between members that are treated alike."""
    apart = named_apart(question.derivation, question.score)
    groups: dict[tuple[object, ...], list[Slot]] = {}
    for slot in shape.slots:
        key = (slot.critical, slot.levels, slot.scale, slot.box, slot.name if slot.name in apart else "")
        groups.setdefault(key, []).append(slot)
    slots = tuple(slot for group in groups.values() for slot in group)
    choices = [combinations_with_replacement(group[0].levels, len(group)) for group in groups.values()]
    for levels in product(*choices):
        flat = [level for some in levels for level in some]
        yield (
            tuple(
                RatedMember(slot.name, slot.critical, level if slot.scale is None else None)
                for slot, level in zip(slots, flat, strict=True)
            ),
            slots,
        )


def _gaps_of(
    question: _Question, shape: PlanShape, slots: tuple[Slot, ...], profile: Profile, effort: Effort
) -> Iterator[Gap]:
    lines = (covered(line, profile) for line in question.derivation.lines)
    for scores in uncovered(line for line in lines if line is not None):
        raw = before_rounding(scores, question.rounding)
        if raw is None:
            continue
        found = (
            _by_numbers(question.score, slots, raw)
            if any(slot.scale for slot in slots)
            else _by_levels(question, shape, slots, profile, raw, effort)
        )
        if found is not None:
            score, ratings, weights = found
            names = tuple(slot.name for slot in slots)
            yield Gap(scores, rounded(score, question.rounding), names, ratings, weights, profile)


_Found = tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]


def _by_levels(
    question: _Question, shape: PlanShape, slots: tuple[Slot, ...], profile: Profile, raw: Interval, effort: Effort
) -> _Found | None:
    """A plan with these levels whose unrounded score lies in `raw`."""
    score = question.score
    levels = tuple(Fraction(member.level or 0) for member in profile)
    points = levels if True in score.by_levels else tuple(question.points[int(level)] for level in levels)
    fixed = _unweighted(score, slots, points)
    boxes = tuple(slot.box for slot in slots)
    if not score.reads_weights:
        weights = fit(shape.total, shape.whole, boxes) if shape.total is not None else ()
        return (fixed, levels, weights) if weights is not None and raw.holds(fixed) else None
    factor = score.weighted + score.weighted_mean / shape.total if shape.total else Fraction(0)
    if shape.total is None or not factor:
        return None
    target = raw.stretched(factor, fixed)
    weights = weights_reaching(points, boxes, (shape.total, shape.whole), target, effort)
    if weights is None:
        return None
    summed = sum((point * weight for point, weight in zip(points, weights, strict=True)), Fraction(0))
    return fixed + factor * summed, levels, weights


def _unweighted(score: LinearScore, slots: tuple[Slot, ...], points: tuple[Fraction, ...]) -> Fraction:
    """The part of a score that does not depend on weights."""
    factors = dict(score.named)
    own = sum((factors.get(slot.name or "", Fraction(0)) * each for slot, each in zip(slots, points, strict=True)))
    summed = sum(points, Fraction(0))
    return score.constant + own + score.total * summed + score.mean * summed / len(points)


def _by_numbers(score: LinearScore, slots: tuple[Slot, ...], raw: Interval) -> _Found | None:
    """Numbers on the members' scales whose score lies in `raw`; all members must be rated by numbers."""
    if score.reads_weights or any(slot.scale is None for slot in slots):
        return None
    factors = dict(score.named)
    shares = [factors.get(slot.name or "", Fraction(0)) + score.total + score.mean / len(slots) for slot in slots]
    scales = [slot.scale for slot in slots if slot.scale is not None]
    for wanted in _short_numbers(raw):
        ratings = _reach(wanted - score.constant, shares, scales)
        if ratings is not None:
            return wanted, ratings, ()
    return None


def _short_numbers(raw: Interval) -> Iterator[Fraction]:
    """A few numbers of an interval that are short to write: whole, halves, then more decimals."""
    for step in (Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)):
        anchor = raw.low if raw.low is not None else raw.high
        if anchor is None:
            return
        first = anchor // step
        for offset in range(-2, 3):
            if raw.holds((first + offset) * step):
                yield (first + offset) * step


def _reach(
    wanted: Fraction, shares: list[Fraction], scales: list[tuple[Fraction, Fraction]]
) -> tuple[Fraction, ...] | None:
    """Numbers that end after a few decimals and, each times its share, add up to `wanted`."""
    ratings = [low if share >= 0 else high for share, (low, high) in zip(shares, scales, strict=True)]
    left = wanted - sum(share * rating for share, rating in zip(shares, ratings, strict=True))
    for place, share in enumerate(shares):
        if not share or left <= 0:
            continue
        low, high = scales[place]
        room = abs(share) * (high - low)
        step = min(left, room) / share
        ratings[place] += step
        left -= share * step
    exact = left == 0 and all((rating * 10**6).denominator == 1 for rating in ratings)
    return tuple(ratings) if exact else None
