"""Roundings, averages of averages, shares, choices, tables, points of their own, facts and weight sets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from by_hand.plans import (
    NOT_RATED,
    REFUSED,
    Drawing,
    Plan,
    Result,
    banded,
    by_weight,
    downward,
    half_down,
    half_even,
    half_up,
    mean,
    total_100,
    upward,
    usual,
)
from by_hand.systems import FIVE, TOTAL, USUAL, Invented, Named, text

F = Fraction
TENTH, HUNDREDTH, HALF = F(1, 10), F(1, 100), F(1, 2)


def _twice(plan: Plan) -> Result:
    score = half_even(half_up(by_weight([*plan.elements.values()]), TENTH))
    return int(score), score


def _halves(plan: Plan) -> Result:
    score = half_down(mean(plan.rated()), HALF)
    return banded(score, ("4.5", 5), ("3.5", 4), ("2.5", 3), ("1.5", 2), lowest=1), score


def _two_means(plan: Plan) -> tuple[Fraction, Fraction]:
    return half_up(mean(plan.rated("Leading", "People")), TENTH), mean(plan.rated("Results", "Budget"))


def _means_of_means(plan: Plan) -> Result:
    leading, results = _two_means(plan)
    score = half_up((leading + results) / 2, HUNDREDTH)
    return usual(score), score


def _trimmed(plan: Plan) -> Result:
    got = plan.rated()
    score = (sum(got, F(0)) - max(got) - min(got)) / 2
    return usual(score), score


def _penalty(plan: Plan) -> Result:
    got = plan.rated()
    score = upward(mean(got) - HALF * sum(each < 3 for each in got))
    return banded(score, ("5", 5), ("4", 4), ("3", 3), ("2", 2), lowest=1), score


def _below_zero(plan: Plan) -> Result:
    """Differences from level 3, half of them below zero: a half goes to the smaller number."""
    score = half_down(mean([each - 3 for each in plan.rated()]))
    return banded(score, ("2", 5), ("1", 4), ("0", 3), ("-1", 2), lowest=1), score


def _shares(plan: Plan) -> Result:
    got = plan.rated()
    if not got:
        return REFUSED, None
    share = F(sum(each >= 4 for each in got), len(got))
    score = 4 * share + F(1, 10) * sum(each == 5 for each in got)
    return banded(score, ("4", 5), ("3", 4), ("2", 3), ("1", 2), lowest=1), score


def _chosen(plan: Plan) -> Result:
    leading, results = plan.of("Leading"), plan.of("Results")
    if results == 5:
        score = min(leading + 1, F(5))
    elif leading < 3:
        score = min(leading, results)
    else:
        score = mean(plan.rated())
    return usual(score), score


def _limited(plan: Plan) -> Result:
    score = half_up(min(max(mean(plan.rated()) * F(6, 5) - HALF, F(1)), F("4.6")), TENTH)
    return usual(score), score


def _own_points(plan: Plan) -> Result:
    points = {5: F(10), 4: F(7), 3: F(5), 2: F(2), 1: F(1)}
    score = sum((points[int(each)] for each in plan.rated()), F(0))
    return banded(score, ("36", 5), ("27", 4), ("18", 3), ("5", 2), lowest=1), score


def _scale(plan: Plan) -> Result:
    leading, results = plan.of("Leading"), plan.of("Results")
    score = F(2, 5) * leading + F(3, 5) * results
    if min(leading, results) < 61:
        return 1, score
    return banded(score, ("91", 5), ("81", 4), ("71", 3), lowest=2), score


def _paid(plan: Plan) -> Named:
    level, score = _capped_pay(plan)
    assert score is not None
    base = {5: F(10), 4: F(6), 3: F(3)}.get(int(level), F(0))
    extra = F(2) if score >= F("4.75") else F(1) if score >= 4 else F(0)
    return {"base": base, "extra": extra, "total": base + extra}


def _capped_pay(plan: Plan) -> Result:
    got = plan.rated()
    score = mean(got)
    return (min(usual(score), 3) if min(got) < 3 else usual(score)), score


def _chained(plan: Plan) -> Result:
    first = {5: F(50), 4: F(40)}.get(int(plan.of("Leading")), F(20))
    second = half_up(first / 4 + plan.of("Results"))
    score = F(5) if second >= 17 else F(4) if second >= 14 else F(3) if second >= 9 else F(2)
    return int(score), score


def _days(plan: Plan) -> Result:
    days, unit = F(plan.facts["days under plan"]), F(plan.facts["unit result"])
    own = mean(plan.rated())
    score = F(4, 5) * own + F(1, 5) * unit if plan.facts["kind"] == "general" else own
    if days < 90:
        return NOT_RATED, score
    return (min(usual(score), 4) if days < 180 else usual(score)), score


def _by_position(draw: random.Random, count: int) -> Sequence[Fraction]:
    first = draw.choice((40, 45, 50))
    assert count == 4
    parts = [F(15), F(15), F(100 - first - 30)]
    draw.shuffle(parts)
    return [parts[0], F(first), *parts[1:]]


def _weight_sets(plan: Plan) -> Result:
    heavy = plan.elements["Results"].weight
    if heavy < 50 if plan.facts["kind"] == "general" else heavy > 45:
        return REFUSED, None
    score = sum(((part.rating or F(0)) * part.weight for part in plan.elements.values()), F(0))
    return banded(score, ("450", 5), ("350", 4), ("250", 3), ("150", 2), lowest=1), score


def _weight_of(plan: Plan) -> Result:
    weight = plan.elements["Results"].weight
    score = by_weight([*plan.elements.values()]) + (HALF if weight >= 40 else F(0)) - weight / 100
    return usual(score), score


def _some_by_weight(plan: Plan) -> Result:
    some = by_weight([plan.elements["Leading"], plan.elements["Results"]])
    rest = plan.rated("People", "Budget")
    score = some if some > mean(rest) else mean([some, *rest])
    return usual(downward(score, TENTH)), downward(score, TENTH)


KIND = {"kind": ("general", "inspector")}
DAYS = KIND | {"days under plan": ("0", "89", "90", "179", "180", "366"), "unit result": ("0", "2.5", "4.9", "5")}
FACTS = """
facts
  "kind" is one of "general" or "inspector"
  "days under plan" is a whole number from 0 to 366
  "unit result" is a number from 0 to 5 with 1 decimal
"""
ONE_FACT = '\nfacts\n  "kind" is one of "general" or "inspector"\n'
WHOLE = "".join(f"  score exactly {level} is level {level}\n" for level in (5, 4, 3, 2, 1))
SUMS = """  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score at least 150 and below 250 is level 2
  score below 150 is level 1
"""
SECOND = (
    Invented(
        "rounded twice, in two ways",
        text(
            '  "raw" is the average of points by weight rounded half up to 1 decimal\n'
            '  score is "raw" rounded half even to whole numbers\n' + WHOLE,
            before=TOTAL,
        ),
        Drawing(weights=total_100),
        _twice,
    ),
    Invented(
        "to the nearest half, halves down",
        text("  score is the average of points rounded half down to the nearest half\n" + USUAL),
        Drawing(),
        _halves,
    ),
    Invented(
        "a mean of two means, one rounded",
        text(
            '  "leading" is the average of points of "Leading" and "People" rounded half up to 1 decimal\n'
            '  "results" is the average of points of "Results" and "Budget"\n'
            '  score is ("leading" + "results") / 2 rounded half up to 2 decimals\n'
            + USUAL
            + '  also report "leading"\n  also report "results"\n'
        ),
        Drawing(),
        _means_of_means,
        lambda plan: dict(zip(("leading", "results"), _two_means(plan), strict=True)),
    ),
    Invented(
        "the best and the worst taken out",
        text("  score is (the sum of points - the highest of points - the lowest of points) / 2\n" + USUAL),
        Drawing(),
        _trimmed,
    ),
    Invented(
        "half a point off for each weak element, rounded up",
        text(
            '  "off" is 0.5 * the number of elements below level 3\n'
            '  score is the average of points - "off" rounded up to whole numbers\n'
            "  score at least 5 is level 5\n  score at least 4 and below 5 is level 4\n"
            "  score at least 3 and below 4 is level 3\n  score at least 2 and below 3 is level 2\n"
            "  score below 2 is level 1\n"
        ),
        Drawing(),
        _penalty,
    ),
    Invented(
        "rounded below zero",
        text(
            "  score is the average of points - 3 rounded half down to whole numbers\n"
            "  take the first line that fits\n  level 5 when score is at least 2\n  level 4 when score is at least 1\n"
            "  level 3 when score is at least 0\n  level 2 when score is at least -1\n  level 1 otherwise\n"
        ),
        Drawing(),
        _below_zero,
    ),
    Invented(
        "a share of what was rated, and a tenth for each five",
        text(
            "  unrated elements are left out\n"
            "  score is 4 * the share of elements at level 4 or better + 10% of the number of elements at level 5\n"
            "  score at least 4 is level 5\n  score at least 3 and below 4 is level 4\n"
            "  score at least 2 and below 3 is level 3\n  score at least 1 and below 2 is level 2\n"
            "  score below 1 is level 1\n"
        ),
        Drawing(unrated=0.3),
        _shares,
    ),
    Invented(
        "a choice of three",
        text(
            '  "lift" is the points of "Leading" + 1\n  "up" is the smaller of "lift" and 5\n'
            '  "low" is the lowest of points of "Leading" and "Results"\n'
            '  score is "up" when "Results" is at level 5 otherwise "low" when "Leading" is below level 3 '
            "otherwise the average of points\n" + USUAL
        ),
        Drawing(),
        _chosen,
    ),
    Invented(
        "limits before rounding",
        text(
            "  score is the average of points * 1.2 - 0.5 but no less than 1 and no more than 4.6 "
            "rounded half up to 1 decimal\n" + USUAL
        ),
        Drawing(),
        _limited,
    ),
    Invented(
        "points of their own",
        text(
            "  score is the sum of points\n"
            "  score at least 36 is level 5\n  score at least 27 and below 36 is level 4\n"
            "  score at least 18 and below 27 is level 3\n  score at least 5 and below 18 is level 2\n"
            "  score below 5 is level 1\n",
            levels=FIVE.replace("5 points", "10 points")
            .replace("4 points", "7 points")
            .replace("3 points", "5 points"),
        ),
        Drawing(),
        _own_points,
    ),
    Invented(
        "a scale of a hundred",
        text(
            '  "weaker" is the lowest of points\n'
            '  score is 40% of the points of "Leading" + 60% of the points of "Results"\n'
            '  take the first line that fits\n  level 1 when "weaker" is less than 61\n  score at least 91 is level 5\n'
            "  score at least 81 and below 91 is level 4\n  score at least 71 and below 81 is level 3\n"
            "  score below 71 is level 2\n",
            elements=("Leading", "Results"),
            inside=dict.fromkeys(("Leading", "Results"), "  rated on a scale of 0 to 100\n"),
        ),
        Drawing(elements=("Leading", "Results"), levels=(0, 60, 61, 70, 71, 80, 81, 85, 90, 91, 100)),
        _scale,
    ),
    Invented(
        "tables by level and by score, after a cap",
        text(
            "  score is the average of points\n"
            + USUAL
            + "  any element below level 3 makes the rating no higher than level 3\n"
            '  "base" is the "Base" for level\n  "extra" is the "Extra" for score\n  "total" is "base" + "extra"\n'
            '  also report "base"\n  also report "extra"\n  also report "total"\n',
            after='\ntable "Base"\n  level 5 gives 10\n  level 4 gives 6\n  level 3 gives 3\n  otherwise gives 0\n'
            '\ntable "Extra"\n  at least 4.75 gives 2\n  at least 4 and below 4.75 gives 1\n  otherwise gives 0\n',
        ),
        Drawing(),
        _capped_pay,
        _paid,
    ),
    Invented(
        "a table of what a table gave",
        text(
            '  "lead" is the points of "Leading"\n  "first" is the "First" for "lead"\n'
            '  "second" is "first" / 4 + the points of "Results" rounded half up to whole numbers\n'
            '  score is the "Second" for "second"\n' + WHOLE,
            after='\ntable "First"\n  exactly 5 gives 50\n  exactly 4 gives 40\n  otherwise gives 20\n'
            '\ntable "Second"\n  at least 17 gives 5\n  14 to 16 gives 4\n  9 to 13 gives 3\n  below 9 gives 2\n',
        ),
        Drawing(),
        _chained,
    ),
    Invented(
        "days, a unit's result, and not rated below ninety",
        text(
            '  "own" is the average of points\n'
            '  score is 80% of "own" + 20% of "unit result" when "kind" is "general" otherwise "own"\n'
            '  take the first line that fits\n  not rated when "days under plan" is less than 90\n'
            '  level 4 when score is at least 4.5 and "days under plan" is less than 180\n'
            "  score at least 4.5 is level 5\n  score at least 3.5 is level 4\n  score at least 2.5 is level 3\n"
            "  score at least 1.5 is level 2\n  level 1 otherwise\n",
            before=FACTS,
        ),
        Drawing(facts=DAYS),
        _days,
    ),
    Invented(
        "weights that hang on the position",
        text(
            "  score is the sum of points times weight\n" + SUMS,
            before=ONE_FACT + TOTAL + '  "Results" at least 50 when "kind" is "general"\n'
            '  "Results" at most 45 when "kind" is "inspector"\n',
        ),
        Drawing(facts=KIND, weights=_by_position),
        _weight_sets,
    ),
    Invented(
        "a weight in the formula",
        text(
            '  "heavy" is the weight of "Results"\n  "extra" is 0.5 when "heavy" is at least 40 otherwise 0\n'
            '  score is the average of points by weight + "extra" - "heavy" / 100\n' + USUAL,
            before=TOTAL,
        ),
        Drawing(weights=total_100),
        _weight_of,
    ),
    Invented(
        "some by weight, the others plainly",
        text(
            '  "some" is the average of points by weight of "Leading" and "Results"\n'
            '  "rest" is the average of points of "People" and "Budget"\n'
            '  "all" is ("some" + the points of "People" + the points of "Budget") / 3\n'
            '  score is "some" when "some" is more than "rest" otherwise "all" rounded down to 1 decimal\n' + USUAL,
            before=TOTAL,
        ),
        Drawing(weights=total_100),
        _some_by_weight,
    ),
)
