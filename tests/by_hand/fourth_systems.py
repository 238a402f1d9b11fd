"""Additional ratings, elements of some plans, noncritical ones, results without a level."""

from __future__ import annotations

from fractions import Fraction

from by_hand.plans import (
    NOT_RATED,
    REFUSED,
    Drawing,
    Part,
    Plan,
    Result,
    any_weights,
    banded,
    by_weight,
    half_even,
    half_up,
    mean,
    total_100,
    usual,
)
from by_hand.systems import TOTAL, USUAL, Invented, Named, text

F = Fraction
TENTH = F(1, 10)


def _adjusted(part: Part, low: Fraction, high: Fraction) -> Fraction:
    assert part.rating is not None
    return min(max(part.rating + part.more, low), high)


def _steps(plan: Plan) -> Result:
    score = mean([_adjusted(part, F(1), F(5)) for part in plan.elements.values()])
    return (1 if 1 in plan.rated() else usual(score)), score


def _steps_by_weight(plan: Plan) -> Result:
    total = sum((_adjusted(part, F(-9), F("5.5")) * part.weight for part in plan.elements.values()), F(0))
    return banded(total, ("450", 5), ("350", 4), ("250", 3), ("150", 2), lowest=1), total


def _steps_left_out(plan: Plan) -> Result:
    parts = [part for part in plan.elements.values() if part.rating is not None]
    if not parts:
        return REFUSED, None
    score = half_even(mean([_adjusted(part, F(0), F(6)) for part in parts]), TENTH)
    return usual(score), score


def _some_plans(plan: Plan) -> Result:
    score = by_weight([*plan.elements.values()])
    return (min(usual(score), 4) if min(plan.rated()) <= 3 else usual(score)), score


def _some_plans_share(plan: Plan) -> Result:
    main = mean(plan.rated("Leading", "Results"))
    if "People" in plan.elements:
        main = F(7, 10) * main + F(3, 10) * plan.of("People")
    return usual(half_up(main, TENTH)), half_up(main, TENTH)


def _noncritical(plan: Plan) -> Result:
    critical = [part.rating for part in plan.elements.values() if part.critical and part.rating is not None]
    others = [part.rating for part in plan.elements.values() if not part.critical and part.rating is not None]
    score = F(4, 5) * mean(critical) + F(1, 5) * mean(others) if others else mean(critical)
    return (1 if 1 in critical else min(usual(score), 4) if 1 in others else usual(score)), score


def _counted_apart(plan: Plan) -> Result:
    parts = plan.elements.values()
    critical = sum(part.rating == 5 for part in parts if part.critical)
    others = sum(part.rating == 5 for part in parts if not part.critical)
    if 2 * critical + others >= 5:
        return 5, None
    if 2 * sum(part.rating is not None and part.rating >= 4 for part in parts) > len(parts):
        return 4, None
    return (3 if all(part.rating != 1 for part in parts) else 2), None


def _no_level(plan: Plan) -> Result:
    return "no level", None


def _contribution(plan: Plan) -> Named:
    got = plan.rated()
    credit = half_up(mean(got), TENTH) if got else F(0)
    return {"credit": credit, "share": F("0.045") if credit >= 4 else F("0.02") if credit >= F("2.5") else F(0)}


def _lowest_of_critical(plan: Plan) -> Result:
    critical = [part.rating for part in plan.elements.values() if part.critical and part.rating is not None]
    score = (min(critical) + max(plan.rated())) / 2
    return usual(score), score


def _merits(plan: Plan) -> Named:
    level, score = _two_pays(plan)
    assert score is not None
    share = F(1, 2) if 2 * sum(each == 5 for each in plan.rated()) >= len(plan.rated()) else F(1, 4)
    return {"merit": max(share * score - F(int(level), 10), F(1))}


def _two_pays(plan: Plan) -> Result:
    got = plan.rated()
    score = mean(got)
    if sum(each < 3 for each in got) == 1 and sum(each == 5 for each in got) >= 2:
        return 3, score
    return usual(score), score


def _unrated_counts(plan: Plan) -> Result:
    unrated = sum(part.rating is None for part in plan.elements.values())
    if unrated >= 2:
        return NOT_RATED, None
    got = plan.rated()
    if len(got) < len(plan.elements) and min(got) >= 4:
        return 4, None
    return (5 if min(got) == 5 else 3 if min(got) >= 3 else 2), None


SUMS = """  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score at least 150 and below 250 is level 2
  score below 150 is level 1
"""
PLAIN = "  score is the average of points\n"
FOURTH = (
    Invented(
        "an additional rating in halves, limited",
        text(
            '  each element is also rated "effort" from -1 to 1 in steps of 0.5\n'
            '  "adjusted" of each element is points + "effort" but no less than 1 and no more than 5\n'
            '  score is the average of "adjusted"\n'
            + USUAL
            + "  any critical element at level 1 makes the rating level 1\n"
        ),
        Drawing(more=("effort", ("-1", "-0.5", "0", "0.5", "1"))),
        _steps,
    ),
    Invented(
        "an additional rating times weight",
        text(
            '  each element is also rated "effort" from -1 to 1 in steps of 0.5\n'
            '  "adjusted" of each element is points + "effort" but no more than 5.5\n'
            '  score is the sum of "adjusted" times weight\n' + SUMS,
            before=TOTAL,
        ),
        Drawing(more=("effort", ("-1", "-0.5", "0", "0.5", "1")), weights=total_100),
        _steps_by_weight,
    ),
    Invented(
        "an additional rating of what was rated alone, to tenths, halves to the even",
        text(
            "  unrated elements are left out\n"
            '  each element is also rated "effort" from 0 to 1 in steps of 0.5\n'
            '  "adjusted" of each element is points + "effort"\n'
            '  score is the average of "adjusted" rounded half even to 1 decimal\n' + USUAL
        ),
        Drawing(more=("effort", ("0", "0.5", "1")), unrated=0.3),
        _steps_left_out,
    ),
    Invented(
        "an element of some plans, by weight",
        text(
            "  score is the average of points by weight\n"
            + USUAL
            + "  at least 1 element below level 4 makes the rating no higher than level 4\n",
            inside={"Budget": "  is in some plans only\n"},
            before="\nweights\n  are whole numbers\n  all at least 1\n",
        ),
        Drawing(absent=("Budget",), weights=any_weights),
        _some_plans,
    ),
    Invented(
        "a share of an element of some plans",
        text(
            '  "main" is the average of points of "Leading" and "Results"\n'
            '  "with" is 70% of "main" + 30% of the points of "People" when "People" is rated otherwise "main"\n'
            '  score is "with" rounded half up to 1 decimal\n' + USUAL,
            elements=("Leading", "Results", "People"),
            inside={"People": "  is in some plans only\n"},
        ),
        Drawing(elements=("Leading", "Results", "People"), absent=("People",)),
        _some_plans_share,
    ),
    Invented(
        "noncritical elements that a plan brings",
        text(
            '  "main" is the average of points of critical elements\n'
            '  "other" is the average of points of noncritical elements when any noncritical element is rated '
            'otherwise "main"\n'
            '  score is 80% of "main" + 20% of "other"\n'
            + USUAL
            + "  any critical element at level 1 makes the rating level 1\n"
            "  any noncritical element at level 1 makes the rating no higher than level 4\n",
            elements=("Leading", "Results"),
            head="  has at most 2 noncritical elements\n",
        ),
        Drawing(elements=("Leading", "Results"), noncritical=("Mentoring", "Outreach")),
        _noncritical,
    ),
    Invented(
        "critical elements count twice",
        text(
            '  "fives" is 2 * the number of critical elements at level 5 + '
            "the number of noncritical elements at level 5\n"
            '  take the first line that fits\n  level 5 when "fives" is at least 5\n'
            "  level 4 when more than half of the elements are at level 4 or better\n"
            "  level 3 when no element is at level 1\n  level 2 otherwise\n",
            elements=("Leading", "Results"),
            head="  has at most 2 noncritical elements\n",
        ),
        Drawing(elements=("Leading", "Results"), noncritical=("Mentoring", "Outreach")),
        _counted_apart,
    ),
    Invented(
        "a result without a level",
        text(
            "  gives no level\n  unrated elements are left out\n"
            '  "credit" is the average of points rounded half up to 1 decimal\n  "share" is the "Share" for "credit"\n'
            '  when nothing is rated "credit" is 0\n  also report "credit"\n  also report "share"\n',
            after='\ntable "Share"\n  below 2.5 gives 0%\n  at least 2.5 and below 4 gives 2%\n'
            "  at least 4 gives 4.5%\n",
        ),
        Drawing(unrated=0.5),
        _no_level,
        _contribution,
    ),
    Invented(
        "the lowest critical element and the best of all",
        text(
            '  "low" is the lowest of points of critical elements\n  "high" is the highest of points\n'
            '  score is ("low" + "high") / 2\n' + USUAL,
            elements=("Leading", "Results"),
            head="  has at most 2 noncritical elements\n",
        ),
        Drawing(elements=("Leading", "Results"), noncritical=("Mentoring", "Outreach")),
        _lowest_of_critical,
    ),
    Invented(
        "a merit that reads the level, and an override of two conditions",
        text(
            PLAIN
            + USUAL
            + "  exactly 1 element below level 3 and at least 2 elements at level 5 make the rating level 3\n"
            '  "share" is 0.5 when at least half of the elements are at level 5 otherwise 0.25\n'
            '  "cut" is the "Cut" for level\n  "merit" is "share" * score - "cut" but no less than 1\n'
            '  also report "merit"\n',
            after='\ntable "Cut"\n' + "".join(f"  level {level} gives 0.{level}\n" for level in (5, 4, 3, 2, 1)),
        ),
        Drawing(),
        _two_pays,
        _merits,
    ),
    Invented(
        "what is not rated, counted in conditions",
        text(
            "  unrated elements are left out\n  take the first line that fits\n"
            "  not rated when at least 2 elements are not rated\n"
            "  level 4 when exactly 1 element is not rated and no element is below level 4\n"
            "  level 5 when every element is at level 5\n  level 3 when no element is below level 3\n"
            "  level 2 otherwise\n"
        ),
        Drawing(unrated=0.25),
        _unrated_counts,
    ),
)
