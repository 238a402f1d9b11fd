"""Elements that are worked out from requirements."""

from __future__ import annotations

from fractions import Fraction

from by_hand.plans import (
    REFUSED,
    Drawing,
    Part,
    Plan,
    Result,
    banded,
    by_weight,
    half_up,
    mean,
    total_100,
    usual,
)
from by_hand.systems import TOTAL, USUAL, Invented, text

F = Fraction
GOALS = ("Leading", "Goals")
RATED = "  has 1 to 3 requirements\n  requirements are rated\n"


def _under(plan: Plan, name: str = "Goals") -> list[Part]:
    return [*plan.requirements[name].values()]


def _rated(parts: list[Part]) -> list[Fraction]:
    return [part.rating for part in parts if part.rating is not None]


def _nested(plan: Plan) -> Result:
    goals = usual(by_weight(_under(plan)))
    if 1 in _rated(_under(plan)):
        goals = 1
    both = [plan.of("Leading"), F(goals)]
    score = mean(both)
    return (1 if 1 in both else usual(score)), score


def _nested_cap(plan: Plan) -> Result:
    got = _rated(_under(plan))
    if not got:  # nothing of the goals is rated, and no line says what then
        return REFUSED, None
    goals = min(usual(mean(got)), 3) if min(got) < 3 else usual(mean(got))
    both = [each for each in (plan.elements["Leading"].rating, F(goals)) if each is not None]
    score = mean(both)
    return (min(usual(score), 3) if min(both) < 3 else usual(score)), score


def _nested_left_out(plan: Plan) -> Result:
    """The same where the goals say that they are not rated when none of them is: then they are left out above."""
    got = _rated(_under(plan))
    both = [] if plan.elements["Leading"].rating is None else [plan.of("Leading")]
    both += [F(usual(mean(got)))] if got else []
    return (usual(mean(both)), mean(both)) if both else (REFUSED, None)


def _score_of(plan: Plan) -> Result:
    """The unrounded score of the requirements, not the level that they give."""
    score = F(1, 4) * plan.of("Leading") + F(3, 4) * mean(_rated(_under(plan)))
    return usual(score), score


def _adjusted(part: Part, low: Fraction, high: Fraction) -> Fraction:
    assert part.rating is not None
    return min(max(part.rating + part.more, low), high)


def _parts_adjusted(plan: Plan) -> Result:
    goals = half_up(by_weight([Part(_adjusted(part, F(1), F(5)), part.weight) for part in _under(plan)]))
    score = mean([plan.of("Leading"), goals])
    return usual(score), score


def _two_nested(plan: Plan) -> Result:
    scores = [mean(_rated(_under(plan, name))) for name in ("Goals", "Tasks")]
    levels = [usual(each) for each in scores]
    score = F(3, 5) * scores[0] + F(2, 5) * levels[1]
    return (min(usual(score), max(levels)) if usual(score) == 5 and min(levels) < 4 else usual(score)), score


def _weights_of_both(plan: Plan) -> Result:
    goals = usual(by_weight(_under(plan)))
    weights = {name: part.weight for name, part in plan.elements.items()}
    score = plan.of("Leading") * weights["Leading"] + goals * weights["Goals"]
    return banded(score, ("450", 5), ("350", 4), ("250", 3), ("150", 2), lowest=1), score


def _parts(own: str) -> dict[str, str]:
    return {"Goals": RATED + own}


SUMS = """  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score at least 150 and below 250 is level 2
  score below 150 is level 1
"""
WEIGHTS_OF_PARTS = "  requirement weights total 100\n  requirement weights are whole numbers\n"
PLAIN = "  score is the average of points\n"
THIRD = (
    Invented(
        "requirements by weight, one that fails them",
        text(
            PLAIN + USUAL + "  any critical element at level 1 makes the rating level 1\n",
            elements=GOALS,
            inside=_parts(
                WEIGHTS_OF_PARTS
                + "  score is the average of points by weight\n"
                + USUAL
                + "  any requirement at level 1 makes the rating level 1\n"
            ),
        ),
        Drawing(elements=GOALS, parts={"Goals": (1, 3)}, weights_of_parts=True),
        _nested,
    ),
    Invented(
        "a cap within an element and one above, with what nobody rated left out of both",
        text(
            "  unrated elements are left out\n"
            + PLAIN
            + USUAL
            + "  any element below level 3 makes the rating no higher than level 3\n",
            elements=GOALS,
            inside=_parts(
                own="  unrated requirements are left out\n"
                + PLAIN
                + USUAL
                + "  any requirement below level 3 makes the rating no higher than level 3\n"
            ),
        ),
        Drawing(elements=GOALS, parts={"Goals": (1, 3)}, unrated=0.3, unrated_parts=0.4),
        _nested_cap,
    ),
    Invented(
        "an element of which nobody rated anything is left out, where it says so",
        text(
            "  unrated elements are left out\n" + PLAIN + USUAL,
            elements=GOALS,
            inside=_parts(
                own="  unrated requirements are left out\n  not rated when no requirement is rated\n" + PLAIN + USUAL
            ),
        ),
        Drawing(elements=GOALS, parts={"Goals": (1, 3)}, unrated=0.3, unrated_parts=0.4),
        _nested_left_out,
    ),
    Invented(
        "the score of an element, not its level",
        text(
            '  score is 25% of the points of "Leading" + 75% of the score of "Goals"\n' + USUAL,
            elements=GOALS,
            inside=_parts(PLAIN + USUAL),
        ),
        Drawing(elements=GOALS, parts={"Goals": (1, 3)}),
        _score_of,
    ),
    Invented(
        "requirements adjusted, by weight, rounded to a level",
        text(
            PLAIN + USUAL,
            elements=GOALS,
            inside=_parts(
                WEIGHTS_OF_PARTS + '  each requirement is also rated "factor" from -1 to 1\n'
                '  "adjusted" of each requirement is points + "factor" but no less than 1 and no more than 5\n'
                '  score is the average of "adjusted" by weight rounded half up to whole numbers\n'
                + "".join(f"  score exactly {level} is level {level}\n" for level in (5, 4, 3, 2, 1))
            ),
        ),
        Drawing(
            elements=GOALS, parts={"Goals": (1, 3)}, weights_of_parts=True, more_of_parts=("factor", ("-1", "0", "1"))
        ),
        _parts_adjusted,
    ),
    Invented(
        "two elements of requirements, the score of one and the level of the other",
        text(
            '  score is 60% of the score of "Goals" + 40% of the level of "Tasks"\n  take the first line that fits\n'
            "  level 5 when score is at least 4.5 and no element is below level 4\n"
            "  level 4 when score is at least 4.5 and any element is at level 4 or better\n"
            "  level 3 when score is at least 4.5\n"
            "  score at least 3.5 is level 4\n  score at least 2.5 is level 3\n  score at least 1.5 is level 2\n"
            "  level 1 otherwise\n",
            elements=("Goals", "Tasks"),
            inside=dict.fromkeys(("Goals", "Tasks"), RATED + PLAIN + USUAL),
        ),
        Drawing(elements=("Goals", "Tasks"), parts={"Goals": (1, 3), "Tasks": (1, 3)}),
        _two_nested,
    ),
    Invented(
        "weights of requirements and of elements",
        text(
            "  score is the sum of points times weight\n" + SUMS,
            elements=GOALS,
            inside=_parts(WEIGHTS_OF_PARTS + "  score is the average of points by weight\n" + USUAL),
            before=TOTAL,
        ),
        Drawing(elements=GOALS, parts={"Goals": (1, 3)}, weights_of_parts=True, weights=total_100),
        _weights_of_both,
    ),
)
