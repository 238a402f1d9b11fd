"""The scores of a case as a histogram with the cuts of its policy."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.bands import split_band
from sespms_rules.program.ir import Program, ToLevel
from sespms_rules.reports.charts import (
    Cut,
    Picture,
    heights,
    histogram,
)
from sespms_rules.studies.impact.assessing import Case

_COLUMNS = 25
_MOST_COLUMNS = 100
_ROUND = (1, 2, 5)


class ScoreScale(Frozen):
    """The columns of pictures that stand beside each other, and how many executives the fullest of them all holds."""

    edges: tuple[Fraction, ...]
    most: int


def score_scale(cases: Iterable[Case]) -> ScoreScale | None:
    """One scale for the scores of all cases; None where fewer than two different scores are known.

    A column never stands on both sides of a cut of any of them. Columns have one width where that is not too many of
    them; else some are narrower, and their height says how close together people stand.
    """
    every = [(each.answers.score.counted(), cuts(each.variant.program)) for each in cases if each.variant.program]
    known = {score for scores, _ in every for score in scores}
    if len(known) < 2:
        return None
    at_cuts = {Fraction(each.score) for _, found in every for each in found}
    edges = _edges(min(known), max(known), at_cuts)
    inside = {each for each in at_cuts if edges[0] < each < edges[-1]}
    columns = tuple(sorted({*edges, *inside}))
    most = max(max(heights(columns, _counts(columns, scores))) for scores, _ in every)
    return ScoreScale(columns, ceil(most))


def score_picture(identity: str, title: str, case: Case, scale: ScoreScale | None, marked: str = "") -> Picture | None:
    """Everyone who has a score, by their scores; None where nobody's is known, or there is no scale."""
    program = case.variant.program
    if scale is None or program is None or not (scores := case.answers.score.counted()):
        return None
    counts = _counts(scale.edges, scores)
    return histogram(identity, title, scale.edges, counts, cuts(program), marked, scale.most)


def _counts(edges: Sequence[Fraction], scores: Mapping[Fraction, int]) -> list[int]:
    counts = [0] * (len(edges) - 1)
    for score, count in scores.items():
        counts[min(bisect_right(edges, score), len(counts)) - 1] += count
    return counts


def same_scores(before: Case, after: Case) -> bool:
    """Whether two cases would give the same picture."""
    first, second = before.variant.program, after.variant.program
    if first is None or second is None or cuts(first) != cuts(second):
        return False
    return before.answers.score.counted() == after.answers.score.counted()


def cuts(program: Program) -> tuple[Cut, ...]:
    """Where a band of scores begins, for each line that reads nothing but the score."""
    found = []
    for row in program.summary.rows:
        band, others = split_band(row.condition)
        if band is not None and band.low is not None and not others and isinstance(row.outcome, ToLevel):
            found.append(Cut(band.low, f"level {row.outcome.level}"))
    return tuple(found)


def _edges(low: Fraction, high: Fraction, cuts: Collection[Fraction]) -> list[Fraction]:
    """Edges at round numbers, a whole number of columns of one width, from the lowest score to the highest.

    The width is the largest at which every cut lies on an edge, if that gives no more columns than can be told apart.
    """
    least = (high - low) / _COLUMNS
    width = _width(least)
    narrower = (_width(least / part) for part in range(1, _MOST_COLUMNS // _COLUMNS + 1))
    within = [each for each in cuts if low < each < high]
    width = next((each for each in narrower if all((cut / each).denominator == 1 for cut in within)), width)
    first = low // width
    edges = [first * width]
    while edges[-1] < high:
        edges.append(edges[-1] + width)
    return [Fraction(each) for each in edges]


def _width(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5, 10, 20, 50, … tenths, hundredths and so on that is at least so wide."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while True:
        for factor in _ROUND:
            if factor * power >= least:
                return factor * power
        power *= 10
