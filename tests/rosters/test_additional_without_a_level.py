"""An additional rating beside no level: refused where it would be dropped with the element, by every engine alike."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from rosters.every_engine import in_every_way, program_of
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import nearest

RULES = """
system "Invented Survey Office"
  is outside the Senior Executive Service
critical element "Leading People"
critical element "Results"
critical element "Surveys"
  requirements are rated
  each requirement is also rated "reach" from 1 to 2
  unrated requirements are left out
  score is the average of points of requirements
  score at least 4 is level 5
  score below 4 is level 3
levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimal" 2 points
  level 1 "Unsatisfactory" 1 point
summary rating
  each element is also rated "difficulty" from 1 to 2
  "sum" of each element is points + "difficulty"
  score is the average of "sum"
  score at least 6 is level 5
  score at least 5 and below 6 is level 4
  score at least 4 and below 5 is level 3
  score below 4 is level 2
  UNRATED
"""
HEADINGS = (
    "id,Leading People level,Leading People difficulty,Results level,Results difficulty,"
    "Surveys difficulty,Surveys / Maps level,Surveys / Maps reach,Surveys / Tides level,Surveys / Tides reach\n"
)
ROWS = (
    "A-1,5,1,4,1.5,1,5,1,5,2\n"
    "A-2,5,1,,1.5,1,5,1,5,2\n"
    "A-3,5,1,,,1,5,1,5,2\n"
    "A-4,5,1,not rated,2,1,5,1,,1\n"
    "A-5,5,1,4,1.5,1,5,1,,\n"
    "A-6,5,1,,3,1,5,1,5,2\n"
    "A-7,5,1,7,1.5,1,5,1,5,2\n"
)
LEFT_OUT = [[], ["SES615"], [], ["SES615", "SES615"], [], ["SES615"], ["SES609"]]
STOPS = [[], ["SES608"], ["SES608"], ["SES608", "SES615"], [], ["SES608", "SES615"], ["SES609"]]
COUNTED = [[], [], ["SES615"], ["SES615"], [], ["SES615"], ["SES609"]]


@pytest.mark.parametrize(
    ("unrated", "wanted"),
    [
        ("unrated elements are left out", LEFT_OUT),
        ("unrated elements count as level 3", COUNTED),
        ("unrated elements stop the rating", STOPS),
    ],
)
def test_every_engine_refuses_what_would_be_dropped(tmp_path: Path, unrated: str, wanted: list[list[str]]) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text(HEADINGS + ROWS, encoding="utf-8")
    (_, found), *others = in_every_way(roster, program_of(RULES.replace("UNRATED", unrated)))
    assert [row["refused"] for row in found] == wanted
    for way, rows in others:
        assert rows == found, way


def test_the_refusal_names_what_to_do(tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text(HEADINGS + "A-4,5,1,,2,1,5,1,,1\n", encoding="utf-8")
    (_, [row]), *_ = in_every_way(roster, program_of(RULES.replace("UNRATED", "unrated elements are left out")))
    assert [(each["message"], each["help"]) for each in row["reasons"]] == [
        ("`Results` has `difficulty` `2` and is not rated", "rate `Results`, or leave `difficulty` out"),
        (
            "`Tides` of `Surveys` has `reach` `1` and is not rated",
            "rate `Tides` of `Surveys`, or leave `reach` out",
        ),
    ]


def test_the_nearest_change_is_proved_beside_an_element_without_one() -> None:
    """The additional rating of what is not rated is not 0, which its range need not have."""
    rules = RULES.replace("UNRATED", "unrated elements are left out")
    cut = rules.index('critical element "Surveys"')
    program = program_of(rules[:cut] + rules[rules.index("levels\n") :])
    reach = (("difficulty", Fraction(1)),)
    given = Appraisal("A", (Rated("Leading People", Fraction(3), further=reach), Rated("Results")))
    found = nearest(program, given, (4,), 1, 20)
    assert found.shown is not None, found.why
    assert [each.rating for each in found.shown.appraisal.elements] == [4, None]
