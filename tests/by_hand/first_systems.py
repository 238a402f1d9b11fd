"""Caps, overrides that raise, orders of lines, patterns, counts, and what is left out."""

from __future__ import annotations

from fractions import Fraction

from by_hand.plans import (
    NOT_RATED,
    REFUSED,
    Drawing,
    Plan,
    Result,
    any_weights,
    banded,
    by_weight,
    half_up,
    mean,
    total_100,
    usual,
)
from by_hand.systems import TOTAL, USUAL, Invented, text


def _two_caps(plan: Plan) -> Result:
    got = plan.rated()
    score = mean(got)
    level = usual(score)
    if min(got) < 3:
        level = min(level, 3)
    if sum(each < 3 for each in got) >= 2:
        level = min(level, 2)
    return (1 if 1 in got else level), score


def _raised(plan: Plan) -> Result:
    """Three at level 5 lift the rating to 4 at least as the text says: they make it 4, even from 5."""
    got = plan.rated()
    score = mean(got)
    made = [4] if sum(each == 5 for each in got) >= 3 else []
    made += [2] if 1 in got else []
    return (min(made) if made else usual(score)), score


def _raised_and_capped(plan: Plan) -> Result:
    got = plan.rated()
    score = mean(got)
    level = 5 if sum(each == 5 for each in got) >= 2 else usual(score)
    return (min(level, 3) if min(got) < 3 else level), score


def _in_order(plan: Plan) -> Result:
    got = plan.rated()
    score = mean(got)
    if score >= Fraction("4.6") and min(got) >= 4:
        return 5, score
    if score >= Fraction("3.6") and min(got) >= 3:
        return 4, score
    if 2 * sum(each >= 3 for each in got) > len(got):
        return 3, score
    return (2 if max(got) >= 3 else 1), score


def _patterns(plan: Plan) -> Result:
    got = plan.rated()
    if not got:
        return REFUSED, None
    if all(each == 5 for each in got):
        return 5, None
    if 2 * sum(each >= 4 for each in got) >= len(got) and min(got) >= 3:
        return 4, None
    if sum(each < 3 for each in got) <= 1:
        return 3, None
    return (2 if sum(each == 1 for each in got) < 2 else 1), None


def _enough(plan: Plan) -> Result:
    got = plan.rated()
    if not got:
        return NOT_RATED, None
    if 1 in got:  # what fails decides before anything else
        return 1, mean(got)
    return (NOT_RATED if len(got) <= 2 else usual(mean(got))), mean(got)


def _as_three(plan: Plan) -> Result:
    got = [Fraction(3) if part.rating is None else part.rating for part in plan.elements.values()]
    if not plan.rated():
        return REFUSED, None
    score = mean(got)
    return (4 if usual(score) > 4 and 3 in got else usual(score)), score


def _left_out_of_a_sum(plan: Plan) -> Result:
    rated = [(part.rating, part.weight) for part in plan.elements.values() if part.rating is not None]
    if not rated:
        return REFUSED, None
    score = sum((rating * weight for rating, weight in rated), Fraction(0))
    return banded(score, ("450", 5), ("350", 4), ("250", 3), ("150", 2), lowest=1), score


def _anew(plan: Plan) -> Result:
    if not plan.rated():
        return REFUSED, None
    score = half_up(100 * by_weight([*plan.elements.values()]))
    return banded(score, ("450", 5), ("350", 4), ("250", 3), ("150", 2), lowest=1), score


def _no_total(plan: Plan) -> Result:
    if not plan.rated():
        return REFUSED, None
    score = by_weight([*plan.elements.values()])
    return (min(usual(score), 4) if min(plan.rated()) <= 2 else usual(score)), score


def _one_must_be_rated(plan: Plan) -> Result:
    if plan.elements["Results"].rating is None:
        return NOT_RATED, mean(plan.rated()) if plan.rated() else None
    return usual(mean(plan.rated())), mean(plan.rated())


def _exactly(plan: Plan) -> Result:
    got = plan.rated()
    if sum(each == 5 for each in got) == 2:
        return 4, None
    if sum(each == 5 for each in got) > 2:
        return 5, None
    return (3 if 2 <= sum(each == 3 for each in got) <= 3 else 2), None


FIRST = (
    Invented(
        "two caps and an override",
        text(
            "  score is the average of points\n"
            + USUAL
            + "  any critical element at level 1 makes the rating level 1\n"
            "  any critical element below level 3 makes the rating no higher than level 3\n"
            "  at least 2 elements below level 3 make the rating no higher than level 2\n"
        ),
        Drawing(),
        _two_caps,
    ),
    Invented(
        "an override that raises, and one that lowers",
        text(
            "  score is the average of points\n" + USUAL + "  at least 3 elements at level 5 make the rating level 4\n"
            "  any critical element at level 1 makes the rating level 2\n"
        ),
        Drawing(),
        _raised,
    ),
    Invented(
        "a cap over an override that raises",
        text(
            "  score is the average of points\n" + USUAL + "  at least 2 elements at level 5 make the rating level 5\n"
            "  any element below level 3 makes the rating no higher than level 3\n"
        ),
        Drawing(),
        _raised_and_capped,
    ),
    Invented(
        "lines in order with floors",
        text(
            "  score is the average of points\n  take the first line that fits\n"
            "  score at least 4.6 with no element below level 4 is level 5\n"
            "  score at least 3.6 with no element below level 3 is level 4\n"
            "  level 3 when more than half of the elements are at level 3 or better\n"
            "  level 2 when any element is at level 3 or better\n  level 1 otherwise\n"
        ),
        Drawing(),
        _in_order,
    ),
    Invented(
        "patterns over what was rated",
        text(
            "  unrated elements are left out\n  take the first line that fits\n"
            "  level 5 when every element is at level 5\n"
            "  level 4 when at least half of the elements are at level 4 or better and no element is below level 3\n"
            "  level 3 when at most 1 element is below level 3\n"
            "  level 2 when at most 1 element is at level 1\n  level 1 otherwise\n"
        ),
        Drawing(unrated=0.3),
        _patterns,
    ),
    Invented(
        "not rated when too little is rated",
        text(
            "  unrated elements are left out\n  not rated when at most 2 elements are rated\n"
            "  score is the average of points\n"
            + USUAL
            + "  any critical element at level 1 makes the rating level 1\n"
        ),
        Drawing(unrated=0.4),
        _enough,
    ),
    Invented(
        "what is not rated counts as level 3, in a cap too",
        text(
            "  unrated elements count as level 3\n  score is the average of points\n"
            + USUAL
            + "  any element at level 3 makes the rating no higher than level 4\n"
        ),
        Drawing(unrated=0.3),
        _as_three,
    ),
    Invented(
        "left out of a weighted sum",
        text(
            "  unrated elements are left out\n  score is the sum of points times weight\n"
            "  score at least 450 is level 5\n  score at least 350 and below 450 is level 4\n"
            "  score at least 250 and below 350 is level 3\n  score at least 150 and below 250 is level 2\n"
            "  score below 150 is level 1\n",
            before=TOTAL,
        ),
        Drawing(unrated=0.3, weights=total_100),
        _left_out_of_a_sum,
    ),
    Invented(
        "weights anew over what was rated",
        text(
            "  unrated elements are left out\n"
            "  score is 100 * the average of points by weight rounded half up to whole numbers\n"
            "  score at least 450 is level 5\n  score at least 350 and below 450 is level 4\n"
            "  score at least 250 and below 350 is level 3\n  score at least 150 and below 250 is level 2\n"
            "  score below 150 is level 1\n",
            before=TOTAL,
        ),
        Drawing(unrated=0.3, weights=total_100),
        _anew,
    ),
    Invented(
        "weights without a total",
        text(
            "  unrated elements are left out\n  score is the average of points by weight\n"
            + USUAL
            + "  any element below level 3 makes the rating no higher than level 4\n",
            before="\nweights\n  are whole numbers\n  all at least 1\n",
        ),
        Drawing(unrated=0.3, weights=any_weights),
        _no_total,
    ),
    Invented(
        "not rated when one element is not",
        text(
            '  unrated elements are left out\n  not rated when "Results" is not rated\n'
            "  score is the average of points\n" + USUAL
        ),
        Drawing(unrated=0.3),
        _one_must_be_rated,
    ),
    Invented(
        "exact counts",
        text(
            "  take the first line that fits\n  level 4 when exactly 2 elements are at level 5\n"
            "  level 5 when at least 3 elements are at level 5\n"
            "  level 3 when 2 to 3 elements are at level 3\n  level 2 otherwise\n"
        ),
        Drawing(),
        _exactly,
    ),
)
