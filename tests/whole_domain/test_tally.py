"""What a tally says of lines, refusals and weakest elements is what rating each appraisal says."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from programs import any_at, average, number, otherwise, program, score, stage, when
from sespms_rules.checks import CHECKS
from sespms_rules.checks.by_trial import TRIALS
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import (
    Compare,
    Definition,
    LevelScale,
    LookUp,
    Member,
    Program,
    Relation,
    Row,
    Table,
    TableRow,
    TheLevel,
    TheScore,
    ToLevel,
)
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.exhaustive.findings import NAMES, noticed
from sespms_rules.studies.exhaustive.tallying import tally
from sespms_rules.studies.exhaustive.walk import NotWalkable
from whole_domain.enumerating import every_appraisal
from whole_domain.weighed_programs import drawn

SHORT = LevelScale((3, 2, 1))
MEMBERS = tuple(Member(name, True, SHORT, None) for name in ("A", "B", "C"))


@pytest.mark.parametrize("seed", range(30))
def test_weakest_elements_and_refusals(seed: int) -> None:
    made = drawn(seed)
    weakest: Counter[tuple[int, int]] = Counter()
    refused: Counter[str] = Counter()
    for appraisal in every_appraisal(made, 7, missing=False):
        rating = rate(made, appraisal, trace=False)
        if rating.level is not None:
            weakest[rating.level, int(min(each.rating or 0 for each in appraisal.elements))] += 1
        refused.update(each.code for each in rating.refused)
    found = tally(made)
    assert {(each.level, each.weakest): each.cases for each in found.weakest} == weakest
    assert {each.code: each.cases for each in found.refusals} == refused
    for each in found.weakest:
        assert rate(made, each.example).level == each.level
        assert min(one.rating or 0 for one in each.example.elements) == each.weakest
    for refusal in found.refusals:
        assert refusal.code in {each.code for each in rate(made, refusal.example).refused}


def _with_lines(*rows: Row, overrides: tuple[Row, ...] = (), first: bool = True) -> Program:
    return program(stage(score(average()), members=MEMBERS, rows=rows, overrides=overrides, first=first))


def test_each_line_has_its_cases() -> None:
    """Two overrides and three lines, of which the lowest override and the first line that fits decide."""
    made = _with_lines(
        when(Compare(TheScore(), Relation.AT_LEAST, number("2.5")), 3),
        when(Compare(TheScore(), Relation.AT_LEAST, number(2)), 2),
        when(Compare(TheScore(), Relation.AT_LEAST, number(3)), 2),
        otherwise(1),
        overrides=(when(any_at(1), 2), when(any_at(2), 1)),
    )
    found = tally(made)
    lines = {(each.override, each.level, each.row.condition): each.cases for each in found.lines}
    rows, (one, two) = made.summary.rows, made.summary.overrides
    assert lines[True, 1, two.condition] == 27 - 8, "any at 2 takes those without 2 from the other override"
    assert lines[True, 2, one.condition] == 7
    assert [lines[False, each.outcome.level, each.condition] for each in rows] == [1, 0, 0, 0]  # type: ignore[union-attr]
    assert sum(each.cases for each in found.lines) == found.domain.appraisals == 27
    assert [each.level for each in found.lines][:2] == [1, 2], "overrides as they are read"
    dead = [each for each in noticed(found) if each.code == "SES220"]
    assert len(dead) == 3


def test_what_is_worked_out_behind_the_level_may_still_refuse() -> None:
    """A value looked up by the level has no row for level 2; its appraisals get no level, and no line has them."""
    made = _with_lines(when(Compare(TheScore(), Relation.AT_LEAST, number("2.5")), 3), otherwise(2))
    table = Table("T", (TableRow(Interval(Fraction(3), True, None, False), "yes"),), None)
    late = Definition("pay", LookUp("T", TheLevel()))
    made = replace(made, tables=(table,), summary=replace(made.summary, definitions=(*made.summary.definitions, late)))
    wanted = Counter(rate(made, each, trace=False).level or 0 for each in every_appraisal(made, 1, missing=False))
    found = tally(made)
    assert dict(found.levels)[3] == wanted[3] == 4
    assert dict(found.levels)[2] == wanted[2] == 0
    assert [(each.code, each.cases) for each in found.refusals] == [("SES620", wanted[0])]


def test_two_programs_are_held_against_each_other() -> None:
    made = _with_lines(when(Compare(TheScore(), Relation.AT_LEAST, number("2.5")), 3), otherwise(2))
    moved = _with_lines(when(Compare(TheScore(), Relation.AT_LEAST, number(2)), 3), otherwise(2))
    (change,) = tally(made, against=moved).changes
    assert (change.here, change.there) == (2, 3)
    assert rate(made, change.example).level == 2
    assert rate(moved, change.example).level == 3
    pairs = [(rate(made, each).level, rate(moved, each).level) for each in every_appraisal(made, 1, missing=False)]
    assert change.cases == pairs.count((2, 3))
    assert tally(made, against=made).changes == ()


def test_what_cannot_be_walked_cannot_be_counted() -> None:
    with pytest.raises(NotWalkable):
        tally(program(stage(score(average()), rows=(otherwise(3),))))
    unread = replace(_with_lines(otherwise(3)), summary=replace(_with_lines().summary, rows=()))
    assert dict(tally(unread).levels).get(3, 0) == 0
    assert ToLevel(3) not in {each.outcome for each in unread.summary.rows}


def test_what_is_noticed_goes_by_the_codes_of_check() -> None:
    """One can be followed to the other by its code and its name."""
    declared = {each.code: each.name for each in (*(one.FINDING for one in CHECKS), *(one.FINDING for one in TRIALS))}
    assert {code: declared.get(code) for code in NAMES} == NAMES


UNRATED = """
system "Invented Lagoon Office"
critical element "A"
critical element "B"
{kind} element "C"
levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point
summary rating
  {rule}
  score is the average of points
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("critical", "unrated elements are left out"),
        ("critical", "unrated elements count as level 3"),
        ("noncritical", "unrated elements are left out"),
        ("noncritical", "unrated noncritical elements are left out"),
        ("critical", "unrated elements are left out\n  any critical element at level 1 makes the rating level 2"),
    ],
)
def test_the_weakest_of_those_that_are_rated(kind: str, rule: str) -> None:
    """An appraisal with an element that is not rated counts with its weakest rated one, as in the totals."""
    (made,) = compile_source(Source("p.sespms", UNRATED.format(kind=kind, rule=rule))).programs.values()
    weakest: Counter[tuple[int, int]] = Counter()
    given = 0
    for levels in product((None, 1, 2, 3, 4, 5), repeat=3):
        ratings = [None if each is None else Fraction(each) for each in levels]
        critical = [*levels[:2], *([levels[2]] if kind == "critical" else [])]
        elements = tuple(
            Rated(name, rating, critical=name != "C" or kind == "critical")
            for name, rating in zip("ABC", ratings, strict=True)
        )
        rating = rate(made, Appraisal("x", elements), trace=False)
        rated = [each for each in critical if each is not None]
        if rating.level is not None:
            given += 1
            if rated:
                weakest[rating.level, min(rated)] += 1
    found = tally(made)
    assert {(each.level, each.weakest): each.cases for each in found.weakest} == weakest
    assert sum(cases for _, cases in found.levels) == given
    for each in found.weakest:
        assert rate(made, each.example).level == each.level
