"""What each shape comes to, said a third time: by hand, in plain arithmetic, without the language or an engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from sespms_rules.program.rating import Appraisal, Rated, Value


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rule expects; a score or a level of None where the shape has none."""

    level: int | Literal["not rated", "refused"] | None
    score: Fraction | None = None
    reported: tuple[tuple[str, Value], ...] = ()


Rule = Callable[[Appraisal], Expected]
Cuts = tuple[tuple[Fraction, int], ...]


def cuts(*pairs: tuple[str, int]) -> Cuts:
    """Lowest scores of levels, best first."""
    return tuple((Fraction(low), level) for low, level in pairs)


BY_HALVES = cuts(("4.5", 5), ("3.5", 4), ("2.5", 3), ("0", 2))
"""4.5, 3.5, 2.5, and level 2 below."""


def banded(score: Fraction, by: Cuts) -> int:
    """The level of the highest cut that a score reaches."""
    return next(level for low, level in by if score >= low)


def ratings(members: tuple[Rated, ...]) -> list[Fraction]:
    """The ratings of members, those without one left out."""
    return [each.rating for each in members if each.rating is not None]


def mean(numbers: list[Fraction]) -> Fraction:
    """The plain average."""
    return sum(numbers, Fraction(0)) / len(numbers)


def weighted_sum(members: tuple[Rated, ...]) -> Fraction:
    """Ratings times weights."""
    return sum((each.rating * each.weight for each in members if each.rating and each.weight), Fraction(0))


def half_up(number: Fraction, parts: int) -> Fraction:
    """Rounded to one part in so many, a half up."""
    return Fraction(floor(number * parts + Fraction(1, 2)), parts)


def half_down(number: Fraction) -> Fraction:
    """Rounded to a whole number, a half down."""
    return Fraction(ceil(number - Fraction(1, 2)))


def fails(members: tuple[Rated, ...]) -> bool:
    """Whether anything is at level 1."""
    return 1 in ratings(members)


# ---- rules that several shapes share ---------------------------------------------------------------


def summed(by: Cuts) -> Rule:
    """A weighted sum against cuts; a level 1 decides."""

    def rule(case: Appraisal) -> Expected:
        score = weighted_sum(case.elements)
        return Expected(1 if fails(case.elements) else banded(score, by), score)

    return rule


def averaged(by: Cuts, rounded: Callable[[Fraction], Fraction] = lambda number: number) -> Rule:
    """A plain average against cuts; a level 1 decides."""

    def rule(case: Appraisal) -> Expected:
        score = rounded(mean(ratings(case.elements)))
        return Expected(1 if fails(case.elements) else banded(score, by), score)

    return rule


# ---- rules of single shapes ------------------------------------------------------------------------


def fixed_factors(case: Appraisal) -> Expected:
    leadership, results = ratings(case.elements)
    score = (2 * leadership + 3 * results) / 5
    by = cuts(("91", 5), ("81", 4), ("71", 3), ("0", 2))
    return Expected(1 if min(leadership, results) < 61 else banded(score, by), score)


def band_and_floor(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    score, lowest = mean(levels), min(levels)
    if lowest == 1:
        return Expected(1, score)
    if lowest >= 4 and score >= Fraction("4.6"):
        return Expected(5, score)
    if lowest >= 3:
        return Expected(4 if score >= Fraction("3.6") else 3, score)
    return Expected(2, score)


def points_of_their_own(case: Appraisal) -> Expected:
    score = sum((Fraction({5: 10, 4: 7, 3: 5, 2: 2, 1: 0}[int(each)]) for each in ratings(case.elements)), Fraction(0))
    by = cuts(("36", 5), ("27", 4), ("18", 3), ("0", 2))
    return Expected(1 if fails(case.elements) else banded(score, by), score)


def threshold_by_counting(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    return Expected(1 if 1 in levels else 5 if levels.count(Fraction(5)) >= 2 else 3)


def majority(case: Appraisal) -> Expected:
    levels = sorted(ratings(case.elements))
    if levels[0] == 1:
        return Expected(1)
    if levels[0] == 2:
        return Expected(2)
    # More than half are at a level or better when the one in the middle, or the lower of two, is.
    middle = levels[(len(levels) - 1) // 2]
    return Expected(int(middle))


def nested(case: Appraisal) -> Expected:
    people, stewardship, results = case.elements
    inner = weighted_sum(results.requirements) / 100
    own = 1 if fails(results.requirements) else banded(inner, BY_HALVES)
    levels = sorted([*ratings((people, stewardship)), Fraction(own)])
    if levels[0] <= 2:
        return Expected(int(levels[0]))
    if levels[0] >= 4 and levels[1] == 5:
        return Expected(5)
    return Expected(4 if levels[1] >= 4 else 3)


def column_totals(case: Appraisal) -> Expected:
    units = [(2 if each.name in ("Casework", "Service") else 1, each.rating) for each in case.elements]
    if any(unit == 2 and level == 1 for unit, level in units):
        return Expected(1)
    if any(level == 1 for _, level in units):
        return Expected(2)
    exceeds, meets = (sum(unit for unit, level in units if level == wanted) for wanted in (5, 3))
    return Expected(5 if meets == 0 else 4 if exceeds > meets else 3)


def pattern(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    critical, other = levels[:2], levels[2:]
    if min(critical) < 3:
        return Expected(1)
    if min(other) < 3:
        return Expected(2)
    return Expected(5 if min(levels) == 5 else 4 if min(critical) == 5 else 3)


def two_blocks(case: Appraisal) -> Expected:
    goals, competencies = (mean(ratings(each.requirements)) for each in case.elements)
    share = Fraction(3, 5) * half_up(goals, 100) + Fraction(2, 5) * half_up(competencies, 100)
    score = half_up(share, 10)
    by = cuts(("4.6", 5), ("3.6", 4), ("2.6", 3), ("0", 2))
    return Expected(1 if min(goals, competencies) < Fraction("1.5") else banded(score, by), score)


def adjusted(case: Appraisal) -> Expected:
    people, objectives = case.elements
    points = [
        min(max((each.rating or Fraction(0)) + dict(each.further)["contributing factor"], Fraction(1)), Fraction(5))
        for each in objectives.requirements
    ]
    own = Fraction(1) if fails(objectives.requirements) else half_down(mean(points))
    score = (ratings((people,))[0] + 3 * own) / 4
    return Expected(1 if fails((people,)) or own == 1 else banded(score, BY_HALVES), score)


def left_out(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    if levels == [1]:
        return Expected(1)  # what makes the rating level 1 is read before the line that leaves it open
    return Expected("not rated") if len(levels) <= 1 else averaged(BY_HALVES)(case)


def stopping(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    return averaged(BY_HALVES)(case) if len(levels) == len(case.elements) else Expected("refused")


def counting_as_three(case: Appraisal) -> Expected:
    levels = [each.rating if each.rating is not None else Fraction(3) for each in case.elements]
    return Expected(1 if 1 in levels else banded(mean(levels), BY_HALVES), mean(levels))


def overrides(case: Appraisal) -> Expected:
    score, levels = weighted_sum(case.elements), ratings(case.elements)
    if 1 in levels:
        return Expected(1, score)
    if sum(level < 3 for level in levels) >= 2:
        return Expected(2, score)
    return Expected(banded(score, cuts(("450", 5), ("350", 4), ("250", 3), ("0", 2))), score)


def by_halves(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    count, score = len(levels), half_up(mean(levels), 2)
    level = banded(score, cuts(("3.5", 4), ("2.5", 3), ("0", 2)))
    if score >= Fraction(9, 2) and 2 * levels.count(Fraction(5)) >= count:
        level = 5
    weak = 2 * sum(each < 3 for each in levels) >= count
    return Expected(1 if fails(case.elements) else min(level, 2) if weak else level, score)


def with_facts(case: Appraisal) -> Expected:
    known = dict(case.facts)
    result, days = known["unit result"], known["days under plan"]
    assert isinstance(result, Fraction)
    assert isinstance(days, Fraction)
    own = mean(ratings(case.elements))
    score = own * 4 / 5 + result / 5 if known["position type"] == "general" else own
    if fails(case.elements):
        return Expected(1, score)
    return Expected("not rated", score) if days < 90 else Expected(banded(score, BY_HALVES), score)


def some_plans(case: Appraisal) -> Expected:
    critical = [each.rating for each in case.elements if each.critical and each.rating is not None]
    others = [each.rating for each in case.elements if not each.critical and each.rating is not None]
    score = half_up((4 * mean(critical) + mean(others or [mean(critical)])) / 5, 10)
    level = banded(score, cuts(("4.5", 5), ("3.5", 4), ("2.5", 3), ("1.5", 2), ("0", 1)))
    return Expected(1 if 1 in critical else level, score)


def in_steps(case: Appraisal) -> Expected:
    adjusted = [min((each.rating or 0) + dict(each.further)["difficulty"], Fraction(5)) for each in case.elements]
    score = mean(adjusted)
    return Expected(1 if fails(case.elements) else banded(score, BY_HALVES), score)


def without_level(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    credit = half_up(mean(levels), 10) if levels else Fraction(0)
    share = Fraction("0.045") if credit >= 4 else Fraction("0.02") if credit >= Fraction("2.5") else Fraction(0)
    return Expected(None, None, (("contribution", credit), ("payout share", share)))


def with_sets(case: Appraisal) -> Expected:
    score = weighted_sum(case.elements)
    by = cuts(("450", 5), ("350", 4), ("250", 3), ("0", 2))
    return Expected(1 if fails(case.elements) else banded(score, by), score)


def capped(case: Appraisal) -> Expected:
    score, levels = weighted_sum(case.elements), ratings(case.elements)
    level = 1 if 1 in levels else banded(score, cuts(("450", 5), ("350", 4), ("250", 3), ("0", 2)))
    most = 3 if min(levels) < 3 else 4 if min(levels) < 4 else 5
    return Expected(min(level, most), score)


def another_priority(case: Appraisal) -> Expected:
    score, levels = weighted_sum(case.elements), ratings(case.elements)
    if sum(level < 3 for level in levels) >= 2:
        return Expected(2, score)
    if 1 in levels:
        return Expected(1, score)
    return Expected(banded(score, cuts(("450", 5), ("350", 4), ("250", 3), ("0", 2))), score)


def limits_on_weights(case: Appraisal) -> Expected:
    score = weighted_sum(case.elements) / 100
    by = cuts(("4.75", 5), ("4", 4), ("3", 3), ("0", 2))
    return Expected(1 if fails(case.elements) else banded(score, by), score)


def tables(case: Appraisal) -> Expected:
    score = sum(ratings(case.elements), Fraction(0))
    level = 1 if fails(case.elements) else banded(score, cuts(("18", 5), ("15", 4), ("11", 3), ("0", 2)))
    payouts: tuple[tuple[int, str], ...] = ((18, "0.075"), (16, "0.05"), (15, "0.035"), (12, "0.02"), (0, "0"))
    payout = next(Fraction(share) for low, share in payouts if score >= low)
    credit = Fraction({5: 20, 4: 16, 3: 12}.get(level, 0))
    return Expected(level, score, (("payout", payout), ("credit", credit)))


def the_lowest(case: Appraisal) -> Expected:
    lowest = min(ratings(case.elements))
    return Expected(int(lowest), lowest)


def two_results(case: Appraisal) -> Expected:
    levels = ratings(case.elements)
    contribution = half_up(mean([dict(each.further)["contribution"] for each in case.elements]), 1)
    level = 1 if 1 in levels else banded(mean(levels), BY_HALVES)
    return Expected(level, mean(levels), (("contribution score", contribution),))


def pay_codes(case: Appraisal) -> Expected:
    expected = summed(cuts(("460", 5), ("380", 4), ("290", 3), ("0", 2)))(case)
    assert expected.score is not None
    codes: tuple[tuple[int, str], ...] = ((475, "A"), (460, "B"), (380, "C"), (290, "D"), (0, "E"))
    code = next(code for low, code in codes if expected.score >= low)
    return Expected(expected.level, expected.score, (("pay code", code),))


def commission(case: Appraisal) -> Expected:
    *three, results = case.elements
    leadership = half_up(mean(ratings(tuple(three))), 100)
    adjusted_sum = sum(
        (min((each.rating or 0) + Fraction(each.further[0][1], 2), Fraction(5)) * (each.weight or 0))
        for each in results.requirements
    )
    inner = half_up(Fraction(adjusted_sum) / 100, 100)
    own = 1 if fails(results.requirements) else banded(inner, (*BY_HALVES[:3], (Fraction(3, 2), 2), (Fraction(0), 1)))
    credit = Fraction(1, 5) if three[2].rating == 5 and inner >= 4 else Fraction(0)
    score = half_up(min(Fraction(2, 5) * leadership + Fraction(3, 5) * inner + credit, Fraction(5)), 100)
    lowest = min([*ratings(tuple(three)), Fraction(own)])
    if lowest == 1:
        return Expected(1, score)
    if score >= Fraction("4.6") and lowest >= 4:
        return Expected(5, score)
    if score >= Fraction("3.6") and lowest >= 3:
        return Expected(4, score)
    return Expected(3 if score >= Fraction("2.6") else 2, score)
