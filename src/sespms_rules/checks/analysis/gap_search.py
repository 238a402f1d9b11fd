"""Scores that a plan the policy allows can reach and no line of a derivation takes: a search over levels and weights.

What is found is a plan with its levels, so a gap that is reported is a gap. What is not found proves nothing:
formulas that are not sums, and searches that would take long, are left to the prover.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, lcm

from sespms_rules.checks.analysis.decision_rows import Derivation, Profile, covered
from sespms_rules.checks.analysis.intervals import Interval, before_rounding, of_range, rounded, sharing, uncovered
from sespms_rules.checks.analysis.linear_score import LinearScore, linear_score
from sespms_rules.checks.analysis.plans import PlanShape, Slot, plan_shapes, points_of
from sespms_rules.checks.analysis.rating_profiles import Listed, listed_profiles
from sespms_rules.checks.analysis.score_search import GRIDS, SearchEffort, weights_reaching
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.formula import Precision
from sespms_rules.program.plans import fit

_EFFORT = 40_000
_MOST_MOVES = 60


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
    rounding: Precision | None


class _Case(Frozen):
    """A plan with its levels, and on which grids its weights are looked for."""

    shape: PlanShape
    slots: tuple[Slot, ...]
    profile: Profile
    grids: tuple[int, ...]


def gaps(system: System, derivation: Derivation) -> Iterator[Gap]:
    """The gaps of a derivation, each with one example; none where it is no sum that can be searched."""
    read = linear_score(derivation.part)
    points = points_of(system)
    if read is None or not points or not derivation.lines:
        return
    question = _Question(derivation, points, *read)
    shapes = tuple(plan_shapes(system, derivation, question.score))
    left_open = _OpenScores(question, _step(shapes, question))
    effort = SearchEffort(_EFFORT)
    reported: list[Interval] = []
    for shape, grids in _searches(shapes, question):
        slots, every = listed_profiles(shape, derivation, question.score)
        for each in every:
            if effort.spent(len(slots)):
                return
            open_scores = () if each.is_taken else left_open.of(shape, each)
            if open_scores:
                for gap in _gaps_of(
                    question, _Case(shape, slots, each.profile, grids), open_scores, (reported, effort)
                ):
                    reported.append(gap.scores)
                    yield gap


def refusing_band(derivation: Derivation, gap: Gap) -> Band | None:
    """The band that a gap's score lies in and whose condition its levels do not meet; None between the bands."""
    bands = (line for line in derivation.lines if isinstance(line, Band))
    return next((band for band in bands if of_range(band.score_range).holds(gap.score)), None)


def example(gap: Gap) -> str:
    """A plan in words; members that only the plan names are told by their ratings alone."""
    ratings = [number(rating) for rating in gap.ratings]
    weights = [f" weight {number(weight)}" for weight in gap.weights] or [""] * len(ratings)
    kind = "requirement" if None in gap.names else "element"
    if not any(gap.names) and not gap.weights:
        count = f"{len(ratings)} {kind}s" if len(ratings) > 1 else f"1 {kind}"
        return f"a plan with {count} rated {listed(ratings)}"
    names = [f"`{name}`" if name else f"one {kind}" for name in gap.names]
    parts = zip(names, weights, ratings, strict=True)
    return f"a plan with {listed(f'{name}{weight} rated {rating}' for name, weight, rating in parts)}"


def _searches(shapes: tuple[PlanShape, ...], question: _Question) -> Iterator[tuple[PlanShape, tuple[int, ...]]]:
    """Every shape of a plan with grids of weights: first those that are short to write, then finer ones."""
    weighted = question.score.reads_weights
    if weighted and any(shape.total is None for shape in shapes):
        return
    # Whole weights lie on the first grid alone, and a score without weights needs no grid.
    coarse_only = not weighted or any(shape.whole for shape in shapes)
    for grids in [(1,)] if coarse_only else GRIDS:
        for shape in shapes:
            yield shape, grids


def _gaps_of(
    question: _Question,
    case: _Case,
    left_open: tuple[tuple[Interval, Interval], ...],
    search: tuple[list[Interval], SearchEffort],
) -> Iterator[Gap]:
    reported, effort = search
    for scores, raw in left_open:
        if any(not scores.meet(other).is_empty for other in reported):
            continue
        by_numbers = any(slot.scale for slot in case.slots)
        found = _by_numbers(question.score, case.slots, raw) if by_numbers else _by_levels(question, case, raw, effort)
        if found is not None:
            score, ratings, weights = found
            names = tuple(slot.name for slot in case.slots)
            yield Gap(scores, rounded(score, question.rounding), names, ratings, weights, case.profile)


class _OpenScores:
    """The scores that no line takes, with the unrounded scores that become them; worked out once for equal cases."""

    def __init__(self, question: _Question, step: Fraction | None) -> None:
        self._step = step
        self._first = question.score.constant
        self._score = question.score
        self._points = question.points
        self._lines = question.derivation.lines
        self._of_bands_alone = all(isinstance(line, Band) for line in self._lines)
        worth = [question.points[level] for level in sorted(question.points)]
        self._by_order = worth == sorted(worth)  # then the lowest level has the fewest points, the highest the most
        self._reached: dict[tuple[int, ...], Interval] = {}
        self._rounding = question.rounding
        self._within: dict[tuple[int, int], tuple[tuple[Interval, Interval], ...]] = {}
        self._known: dict[tuple[bool, ...], tuple[tuple[Interval, Interval], ...]] = {}

    def of(self, shape: PlanShape, listed: Listed) -> tuple[tuple[Interval, Interval], ...]:
        """Band by band where a condition fails for these levels, then between the bands."""
        found = self._of_lines(listed)
        reach = self._reach(shape, listed) if found else None
        if reach is None or not found:
            return found
        key = (id(found), id(reach))  # both are kept here, so that neither number is given to another
        if key not in self._within:
            self._within[key] = tuple(each for each in found if not each[1].meet(reach).is_empty)
        return self._within[key]

    def _reach(self, shape: PlanShape, listed: Listed) -> Interval | None:
        """The scores that these levels can make under any weights at all; None where weights are not all there is."""
        if self._step is None or shape.total is None:
            return None
        levels = listed.levels
        if levels is None or not self._points.keys() >= set(levels):
            return None
        # Where points rise with the levels, the lowest and the highest level tell the reach; else every level counts.
        ends = (levels[0], levels[-1]) if self._by_order else levels
        if ends not in self._reached:
            self._reached[ends] = self._between(ends, shape.total)
        return self._reached[ends]

    def _between(self, levels: tuple[int, ...], total: Fraction) -> Interval:
        score = self._score
        points = [Fraction(level) if True in score.by_levels else self._points[level] for level in levels]
        factor = score.weighted * total + score.weighted_mean
        low, high = sorted((factor * min(points), factor * max(points)))
        return Interval(score.constant + low, True, score.constant + high, True)

    def _of_lines(self, listed: Listed) -> tuple[tuple[Interval, Interval], ...]:
        if self._of_bands_alone and listed.floors in self._known:
            return self._known[listed.floors]
        taking = [covered(line, listed.profile) for line in self._lines]
        fitting = listed.floors if self._of_bands_alone else tuple(each is not None for each in taking)
        if fitting not in self._known:
            found = ((scores, before_rounding(scores, self._rounding)) for scores in self._left(taking))
            self._known[fitting] = tuple((scores, raw) for scores, raw in found if raw is not None and self._met(raw))
        return self._known[fitting]

    def _met(self, raw: Interval) -> bool:
        """Whether an allowed plan may have such a score, as far as the step from one score to the next tells."""
        return self._step is None or not _is_between(raw, self._step, self._first)

    def _left(self, taking: list[Interval | None]) -> Iterator[Interval]:
        bands = [
            (of_range(line.score_range), takes)
            for line, takes in zip(self._lines, taking, strict=True)
            if isinstance(line, Band)
        ]
        cells = [scores for scores, takes in bands if takes is None]
        cells += uncovered(scores for scores, _ in bands)
        pieces = uncovered(each for each in taking if each is not None)
        kinds = ["piece"] * len(pieces) + ["cell"] * len(cells)
        for piece, cell in sorted(sharing([*pieces, *cells], kinds)):
            yield pieces[piece].meet(cells[cell - len(pieces)])


_Found = tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]


def _by_levels(question: _Question, case: _Case, raw: Interval, effort: SearchEffort) -> _Found | None:
    """A plan with these levels whose unrounded score lies in `raw`."""
    score, shape, slots, profile = question.score, case.shape, case.slots, case.profile
    levels = tuple(Fraction(member.level or 0) for member in profile)
    points = levels if True in score.by_levels else tuple(question.points[int(level)] for level in levels)
    fixed = unweighted(score, slots, points)
    boxes = tuple(slot.box for slot in slots)
    if not score.reads_weights:
        weights = fit(shape.total, shape.whole, boxes) if shape.total is not None else ()
        return (fixed, levels, weights) if weights is not None and raw.holds(fixed) else None
    factor = score.weighted + score.weighted_mean / shape.total if shape.total else Fraction(0)
    if shape.total is None or not factor:
        return None
    target = raw.stretched(factor, fixed)
    weights = weights_reaching(points, boxes, shape.total, target, (case.grids, effort))
    if weights is None:
        return None
    summed = sum((point * weight for point, weight in zip(points, weights, strict=True)), Fraction(0))
    return fixed + factor * summed, levels, weights


def _step(shapes: tuple[PlanShape, ...], question: _Question) -> Fraction | None:
    """By what every score of an allowed plan is a multiple of, beyond the fixed part; None where that is not known."""
    score = question.score
    totals = {shape.total for shape in shapes if shape.whole}
    if not score.weights_alone or len(totals) != 1 or not all(shape.whole for shape in shapes):
        return None
    (total,) = totals
    factor = score.weighted + score.weighted_mean / total if total else Fraction(0)
    return abs(factor) / lcm(*(points.denominator for points in question.points.values())) or None


def _is_between(raw: Interval, step: Fraction, first: Fraction) -> bool:
    """Whether an interval lies wholly between two neighbours of the scores `first`, `first` and `step`, and so on."""
    if raw.low is None or raw.high is None:
        return False
    low, high = (raw.low - first) / step, (raw.high - first) / step
    lowest = ceil(low) if raw.low_in or ceil(low) != low else int(low) + 1
    highest = floor(high) if raw.high_in or floor(high) != high else int(high) - 1
    return lowest > highest


def unweighted(score: LinearScore, slots: tuple[Slot, ...], points: tuple[Fraction, ...]) -> Fraction:
    """The part of a score that does not depend on weights."""
    summed = score.constant
    if score.named:
        factors = dict(score.named)
        summed += sum(
            factors.get(slot.name or "", Fraction(0)) * each for slot, each in zip(slots, points, strict=True)
        )
    if score.total or score.mean:
        summed += (score.total + score.mean / len(points)) * sum(points)
    return summed


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
    """Numbers that end after a few decimals and, each times its share, add up to `wanted`.

    All but one stand at an end of their scale. Where that one comes out with endless decimals, the first is
    moved by whole numbers until it does not.
    """
    for step in range(_MOST_MOVES):
        low, high = scales[0]
        moved = (low, high - step) if shares[0] >= 0 else (low + step, high)
        if moved[0] > moved[1]:
            return None
        ratings = _filled(wanted, shares, [moved, *scales[1:]])
        if ratings is not None and all((rating * 10**6).denominator == 1 for rating in ratings):
            return ratings
    return None


def _filled(
    wanted: Fraction, shares: list[Fraction], scales: list[tuple[Fraction, Fraction]]
) -> tuple[Fraction, ...] | None:
    """Numbers that are worth `wanted` together, one after the other taken as far as it goes."""
    ratings = [low if share >= 0 else high for share, (low, high) in zip(shares, scales, strict=True)]
    left = wanted - sum(share * rating for share, rating in zip(shares, ratings, strict=True))
    for place, share in enumerate(shares):
        if share and left > 0:
            low, high = scales[place]
            step = min(left, abs(share) * (high - low)) / share
            ratings[place] += step
            left -= share * step
    return tuple(ratings) if left == 0 else None
