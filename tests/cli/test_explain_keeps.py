"""`explain` says what it did not change, and which values a table has no line for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL, put, run

SUM = "score is the sum of points times weight"
HARD = """each element is also rated "difficulty" from 0 to 2
  "hard" of each element is points + "difficulty" but no more than 5
  score is the sum of "hard" times weight"""
LAST = "any critical element at level 1 makes the rating level 1\n"
BONUS = f"""{LAST}  "bonus" is the "Bonus" for score
  also report "bonus"
"""
TABLE = """table "Bonus"
  475 to 500 gives 8%
  400 to 474 gives 5%
  otherwise gives 0

"""
MEETING = re.sub(
    r"score (\d+) to (\d49)", lambda found: f"score at least {found[1]} and below {int(found[2]) + 1}", SMALL
).split("scenario")[0]
"""The small system with bands that meet, so that a score between whole numbers has a level."""

DIFFICULT = MEETING.replace(SUM, HARD)
MORE = HEADINGS.rstrip("\n") + ",Leading People difficulty,Results Driven difficulty"


def told(folder: Path, policy: str, roster: str) -> str:
    files = put(folder, "p.sespms", policy), put(folder, "r.csv", roster)
    return " ".join(run("explain", *files, "--id", "A").stdout.split())


def test_additional_ratings_are_said_to_stay_as_they_are(tmp_path: Path) -> None:
    said = told(tmp_path, DIFFICULT, MORE + "\nA,50,3,50,4,1,0\n")
    assert "proved smallest" in said
    assert said.endswith("Only ratings were changed: the additional ratings `difficulty` stay as they are.")


def test_where_a_rating_hangs_on_nothing_else_nothing_is_said(tmp_path: Path) -> None:
    assert "Only ratings were changed" not in told(tmp_path, SMALL, HEADINGS + "A,50,3,50,4\n")


def test_facts_and_additional_ratings_are_said_in_one_sentence(tmp_path: Path) -> None:
    policy = DIFFICULT.replace("\nsummary rating\n", '\nfacts\n  "acting" is one of "yes" or "no"\n\nsummary rating\n')
    said = told(tmp_path, policy, MORE + ",acting\nA,50,3,50,4,1,0,yes\n")
    kept = "the facts about the executive and the additional ratings `difficulty`"
    assert f"Only ratings were changed: {kept} stay as they are." in said


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("51,5,49,4", 'table "Bonus": 451 gives 0.05'),
        ("50,3,50,3", 'table "Bonus": 300 is in none of its lines, so `otherwise` gives 0'),
    ],
    ids=["a line", "no line"],
)
def test_a_value_that_no_line_of_a_table_holds_is_said_to_be_none(tmp_path: Path, levels: str, expected: str) -> None:
    policy = SMALL.replace("summary rating\n", f"{TABLE}summary rating\n").replace(LAST, BONUS).split("scenario")[0]
    assert expected in told(tmp_path, policy, f"{HEADINGS}A,{levels}\n")


def test_a_value_between_two_lines_of_a_table_is_none_of_them(tmp_path: Path) -> None:
    policy = MEETING.replace("summary rating\n", f"{TABLE}summary rating\n").replace(LAST, BONUS)
    policy = policy.replace("  are whole numbers\n", "")
    said = told(tmp_path, policy, HEADINGS + "A,74.5,5,25.5,4\n")
    assert 'table "Bonus": 474.5 is in none of its lines, so `otherwise` gives 0' in said
