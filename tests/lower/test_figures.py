"""Known figures: invented policies lowered and rated in plain Python give what a person works out by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated

Make = Callable[[str], Program]


def rated(**ratings: int | str) -> Appraisal:
    elements = tuple(Rated(name, Fraction(rating)) for name, rating in ratings.items())
    return Appraisal("x", elements)


SCALE = """system "Invented scale"
critical element "Care"
  rated on a scale of 0 to 100
critical element "Cost"
  rated on a scale of 0 to 100
summary rating
  score is 40% of the points of "Care" + 60% of the points of "Cost"
  score at least 91 is level 5
  score at least 81 and below 91 is level 4
  score below 81 is level 3
"""

HALF_DOWN = """system "Invented half"
summary rating
  score is the average of points rounded half down to whole numbers
  score exactly 5 is level 5
  score exactly 4 is level 4
  score exactly 3 is level 3
"""

COLUMNS = """system "Invented columns"
critical element "A"
critical element "B"
noncritical element "C"
summary rating
  "high" is 2 * the number of critical elements at level 5 + the number of noncritical elements at level 5
  "even" is 2 * the number of critical elements at level 3 + the number of noncritical elements at level 3
  take the first line that fits
  level 1 when any critical element is at level 1
  level 5 when every element is at level 5
  level 4 when "high" is more than "even"
  level 3 otherwise
"""


@pytest.mark.parametrize(
    ("text", "ratings", "score", "level"),
    [
        (SCALE, {"Care": 95, "Cost": 88}, "90.8", 4),
        (SCALE, {"Care": 100, "Cost": 85}, "91", 5),
        (SCALE, {"Care": "80.5", "Cost": "81"}, "80.8", 3),
        (HALF_DOWN, {"A": 4, "B": 3}, "3", 3),
        (HALF_DOWN, {"A": 4, "B": 5, "C": 5}, "5", 5),
        (COLUMNS, {"A": 5, "B": 3, "C": 5}, None, 4),
        (COLUMNS, {"A": 5, "B": 3, "C": 3}, None, 3),
        (COLUMNS, {"A": 5, "B": 5, "C": 5}, None, 5),
        (COLUMNS, {"A": 5, "B": 1, "C": 5}, None, 1),
    ],
)
def test_a_figure(program: Make, text: str, ratings: dict[str, int | str], score: str | None, level: int) -> None:
    rating = rate(program(text), rated(**ratings))
    assert rating.refused == ()
    assert rating.score == (None if score is None else Fraction(score))
    assert rating.level == level


def test_requirements_with_a_second_rating_rate_an_element(program: Make) -> None:
    made = program(
        """system "Invented nesting"
critical element "Tasks"
  requirements are rated
  requirement weights total 10
  each requirement is also rated "reach" from 0 to 1
  "adjusted" of each requirement is points + 0.5 * "reach" but no more than 5
  score is the sum of "adjusted" times weight / 10 rounded half up to 1 decimal
  score at least 4.5 is level 5
  score below 4.5 is level 3
critical element "People"
summary rating
  "tasks" is the score of "Tasks"
  score is 50% of "tasks" + 50% of the points of "People"
  score at least 4 is level 4
  score below 4 is level 3
  "credit" is the "Credit" for level
  also report "credit"
table "Credit"
  level 4 gives 7.5%
  otherwise gives 0
"""
    )
    requirements = (
        Rated("One", Fraction(5), Fraction(6), (("reach", Fraction(1)),)),
        Rated("Two", Fraction(4), Fraction(4), (("reach", Fraction(1, 2)),)),
    )
    appraisal = Appraisal("x", (Rated("Tasks", requirements=requirements), Rated("People", Fraction(4))))
    rating = rate(made, appraisal)
    assert rating.refused == ()
    assert rating.values == (("tasks", Fraction(47, 10)), ("credit", Fraction(3, 40)))
    assert (rating.score, rating.level) == (Fraction("4.35"), 4)
    assert rating.reported == (("credit", Fraction(3, 40)),)
