"""Questions for the reviewer: when each engine asks them, why it says so, and that they change no rating."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from cli.running import run
from programs import ELEMENTS, any_at, average, band, otherwise, program, ratings, score, stage, when
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.confirmed import answer
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import (
    Compare,
    Condition,
    Constant,
    CountOf,
    Difference,
    HitPolicy,
    Program,
    Question,
    Quotient,
    Relation,
    Row,
    TheLevel,
    TheScore,
    ToNotRated,
)
from sespms_rules.program.rating import Appraisal, Outcome, Rating

POLICY = """\
system "An invented system that asks"
  agency "An invented agency"

critical element "Leading People"
  each element is also rated "contribution" from 0 to 100
  ask reviewer "Is the climate survey in the file?"

critical element "Mission Results"
  requirements are rated
  score is the average of points
  score at least 4.5 is level 5
  score at least 2.5 and below 4.5 is level 4
  score below 2.5 is level 2
  ask reviewer "Why is a requirement at level 1?" when any requirement is at level 1

levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point

summary rating
  score is the average of points
  "contribution score" is the average of "contribution" rounded half up to whole numbers
  "gap" is "contribution score" - 20 * score
  "award" is the "Award" for level
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score below 2.5 is level 2
  also report "contribution score"
  also report "award"
  ask reviewer "Do both tell the same story?" when "gap" is less than -15
  ask reviewer "Is the award in the budget?" when "award" is more than 7

table "Award"
  level 5 gives 10
  level 4 gives 7
  otherwise gives 0
"""
ROSTER = """\
id,Leading People level,Leading People contribution,Mission Results / Ports level,Mission Results contribution
A,5,10,5,90
B,4,80,1,80
C,4,80,4,80
D,9,80,4,80
"""
SURVEY, SAME, BUDGET, WHY = (
    "Is the climate survey in the file?",
    "Do both tell the same story?",
    "Is the award in the budget?",
    "Why is a requirement at level 1?",
)
ASKED = {"A": [SAME, BUDGET, SURVEY], "B": [SURVEY, WHY], "C": [SURVEY], "D": []}
"""By hand: A has a gap of 50 - 100, and an award of 10; B's Ports are at level 1; D is refused."""

NOTHING = Quotient(Constant(Fraction(1)), Difference(CountOf(ELEMENTS, None), CountOf(ELEMENTS, None)))
"""A number that nobody can work out."""


def asking(condition: Condition | None, *, rows: tuple[Row, ...] = ()) -> Program:
    made = stage(score(average()), rows=rows or (band(1, 5, 3),))
    return program(replace(made, questions=(Question("Is this so?", condition),)))


def by_every_engine(made: Program, appraisal: Appraisal) -> Rating:
    """The rating of the reference, once every engine has been seen to say the same."""
    expected = rate(made, appraisal)
    with DurableEngine(made) as durable:
        assert answer(durable.rate(appraisal)) == answer(expected)
    sql = SqlEngine(made)
    assert answer(ColumnarEngine(made).rate([appraisal])[0]) == answer(expected) == answer(sql.rate([appraisal])[0])
    sql.close()
    return expected


def test_a_question_is_asked_where_its_condition_holds() -> None:
    made = asking(Compare(TheScore(), Relation.LESS, Constant(Fraction(3))))
    assert [each.reason for each in by_every_engine(made, ratings(2, 3)).asked] == ["score 2.5 is less than 3"]
    assert by_every_engine(made, ratings(3, 3)).asked == ()


def test_a_question_may_ask_for_the_level_where_no_value_waits_for_it() -> None:
    made = asking(Compare(TheLevel(), Relation.AT_LEAST, Constant(Fraction(5))), rows=(band(4, 5, 5), band(1, 3, 2)))
    assert len(by_every_engine(made, ratings(4, 5)).asked) == 1
    assert by_every_engine(made, ratings(3, 3)).asked == ()


def test_a_question_that_cannot_be_decided_is_asked_of_who_has_a_level() -> None:
    """It refuses nobody: a question changes no rating."""
    open_ = Compare(NOTHING, Relation.AT_LEAST, Constant(Fraction(1)))
    rated = by_every_engine(asking(open_), ratings(3, 3))
    assert (rated.level, len(rated.asked)) == (3, 1)
    assert rated.asked[0].reason.startswith("what it depends on cannot be worked out: ")
    rows = (when(any_at(1), 2), otherwise(4))
    made = asking(open_, rows=(replace(rows[0], outcome=ToNotRated()), rows[1]))
    made = replace(made, summary=replace(made.summary, hit_policy=HitPolicy.FIRST))
    not_rated = by_every_engine(made, ratings(1, 5))
    assert (not_rated.outcome, not_rated.asked) == (Outcome.NOT_RATED, ())


def test_nobody_is_asked_about_who_is_refused() -> None:
    made = asking(None)
    assert by_every_engine(made, ratings(7, 3)).asked == ()
    assert [each.always for each in by_every_engine(made, ratings(3, 3)).asked] == [True]


# ---- as a user sees it -----------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "p.sespms").write_text(POLICY)
    (tmp_path / "r.csv").write_text(ROSTER)
    return str(tmp_path / "p.sespms"), str(tmp_path / "r.csv")


@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_every_engine_asks_the_same_for_the_same_reasons(files: tuple[str, str], engine: str) -> None:
    found = json.loads(run("rate", *files, "--engine", engine, "--format", "json").stdout)["ratings"]
    assert {each["id"]: [one["question"] for one in each["questions"]] for each in found} == ASKED
    reasons = {one["question"]: one["because"] for each in found for one in each["questions"]}
    assert reasons == {
        SAME: '"gap" -50 is less than -15',
        BUDGET: '"award" 10 is more than 7',
        SURVEY: "it is asked about everyone",
        WHY: "the 1 requirement is at level 1",
    }
    abouts = {one["question"]: one["about"] for each in found for one in each["questions"]}
    assert abouts == {SAME: None, BUDGET: None, SURVEY: "Leading People", WHY: "Mission Results"}


def test_text_says_what_is_asked_and_why_and_once_what_is_asked_about_everyone(files: tuple[str, str]) -> None:
    shown = run("rate", *files).stdout
    assert f'`A`: {SAME}\n  asked because "gap" -50 is less than -15' in shown
    assert f"`B`, `Mission Results`: {WHY}\n" in shown
    assert shown.count(SURVEY) == 1
    assert "about everyone who is not refused\n  `Leading People`: " + SURVEY in shown
    assert "contribution score  award" in shown


def test_csv_has_a_column_for_questions_where_the_policy_asks(files: tuple[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("rate", *files, "--format", "csv").stdout)))
    assert SAME in rows[0]["questions"]
    assert '(because "gap" -50 is less than -15)' in rows[0]["questions"]
    assert rows[3]["questions"] == ""
    assert [each["award"] for each in rows] == ["10", "0", "7", ""]


def test_explain_ends_with_the_questions_and_tells_those_that_are_not_asked(files: tuple[str, str]) -> None:
    shown = run("explain", *files, "--id", "A").stdout
    assert f"Question for the reviewer: {SAME}" in shown
    assert "Question for the reviewer: `Leading People`: " + SURVEY in shown
    assert f'the reviewer is not asked "{WHY}", because the 1 requirement is not at level 1' in " ".join(shown.split())


def test_impact_counts_whom_the_reviewer_is_asked_about(files: tuple[str, str]) -> None:
    shown = run("impact", *files, "--details").stdout
    assert f'- "{SAME}": 1 executive\n  - row 2, `A`: "gap" -50 is less than -15' in shown
    found = json.loads(run("impact", *files, "--format", "json").stdout)["before"]["questions"]
    assert {each["question"]: each["count"] for each in found} == {SAME: 1, BUDGET: 1, SURVEY: 3, WHY: 1}


def test_sql_has_a_column_for_each_question(files: tuple[str, str]) -> None:
    text = run("sql", files[0], "--like", files[1]).stdout
    assert f'AS "question 1: {SAME}"' in text
    assert f'AS "question 4: Mission Results: {WHY}"' in text
