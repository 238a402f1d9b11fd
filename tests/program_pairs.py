"""Small invented programs drawn in pairs, as a policy and a change of it, and every appraisal rated by both."""

from __future__ import annotations

import random

from programs import CRITICAL, WEIGHTED_SUM, any_at, average, below, none_below
from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import All, NumberThat, Program, Row, ToLevel
from sespms_rules.program.rating import Rating
from small_programs import (
    TOTAL,
    Case,
    closed_bands,
    drawn_halves,
    drawn_limits,
    every_appraisal,
    lines_at,
    perhaps_rounded,
    put_together,
)

_OF_PLANS = {"SES602", "SES603", "SES604", "SES605", "SES606", "SES609"}


def pair(seed: int) -> tuple[Program, Program]:
    """Two programs over three elements that both use weights or neither does."""
    draw = random.Random(seed)
    weighted = draw.random() < 0.7
    old = _drawn(draw, weighted)
    return old, _drawn(draw, weighted)


def _drawn(draw: random.Random, weighted: bool) -> Program:
    limits = drawn_limits(draw, top=0.3, ceiling=0.3, most=3)
    unit = TOTAL if weighted else 1
    formula = perhaps_rounded(draw, WEIGHTED_SUM if weighted else average(), 0.3)
    high, low = drawn_halves(draw, 3 * unit, 5 * unit)
    rows = lines_at(high, low)
    first = draw.random() < 0.7
    if not first:
        rows = closed_bands(draw, int(high), int(low), unit)
    elif draw.random() < 0.4:
        rows = (Row(All((rows[0].condition, none_below(2))), ToLevel(3)), *rows[1:])
    overrides = [Row(any_at(1), ToLevel(1))] if draw.random() < 0.3 else []
    overrides += [Row(NumberThat(CRITICAL, below(3), 2, None), ToLevel(2))] if draw.random() < 0.2 else []
    caps = [Row(any_at(2), ToLevel(draw.choice((1, 2))))] if draw.random() < 0.3 else []
    return put_together(formula, rows, limits, overrides, first=first, weighted=weighted, caps=caps)


def legal(rating: Rating) -> bool:
    """Whether the plan keeps the limits."""
    return not any(refusal.code in _OF_PLANS for refusal in rating.refused)


def rated_by_both(old: Program, new: Program) -> dict[Case, tuple[Rating, Rating]]:
    """Every appraisal that is allowed under both, rated by both."""
    found = {}
    for case, appraisal in every_appraisal(old.summary.weighted):
        ratings = rate(old, appraisal, trace=False), rate(new, appraisal, trace=False)
        if all(map(legal, ratings)):
            found[case] = ratings
    return found
