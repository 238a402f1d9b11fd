"""A mean by weight inside a larger formula: alike in every engine, counted as rated, and proved where it can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated, Rating
from sespms_rules.proofs.solver import Prover, Reached, Status
from sespms_rules.studies.exhaustive.tallying import tally

HEAD = """system "Example Lock Office"
  is outside the Senior Executive Service
  has exactly 4 critical elements

critical element "Locks"

critical element "Banks"

critical element "Barges"

critical element "Gates"

levels
  level 3 "High"    3 points
  level 2 "Middle"  2 points
  level 1 "Low"     1 point

weights
  total 7
  are whole numbers

summary rating
"""
LINES = """  score at least 2.4 is level 3
  score at least 1.6 and below 2.4 is level 2
  score below 1.6 is level 1
"""
LEFT_OUT = "  unrated elements are left out\n"
ONE_MEAN = {
    "and a count": f"{LEFT_OUT}  score is 70% of the average of points by weight + 10% of the number of elements",
    "less a sum": f"{LEFT_OUT}  score is the average of points by weight - 5% of the sum of points + 0.5",
    "rounded, times a count": LEFT_OUT
    + '  "mean" is the average of points by weight rounded half up to 1 decimal\n'
    + '  score is "mean" * the share of elements at level 2 or better',
    "or another": LEFT_OUT
    + '  "mean" is the average of points by weight\n'
    + '  score is "mean" when no element is at level 1 otherwise the lowest of points',
    "of some": '  "mean" is the average of points by weight of "Locks" and "Banks"\n'
    '  score is 60% of "mean" + 40% of the points of "Gates"',
    "the smaller": LEFT_OUT
    + '  "mean" is the average of points by weight rounded half even to whole numbers\n'
    + '  "all" is the average of points\n'
    + '  score is the smaller of "mean" and "all"',
}
TWO_MEANS = (
    '  score is 70% of the average of points by weight of "Locks" and "Banks"'
    ' + 30% of the average of points by weight of "Barges" and "Gates"'
)
NAMES = ("Locks", "Banks", "Barges", "Gates")


@cache
def program_of(score: str) -> Program:
    (program,) = compile_source(Source("locks.sespms", HEAD + score + "\n" + LINES)).programs.values()
    return program


def appraisals(*, left_out: bool) -> Iterator[Appraisal]:
    """Every appraisal of every plan."""
    marks = [Fraction(level) for level in (1, 2, 3)]
    for weights in product(range(1, 5), repeat=4):
        for ratings in product([*marks, None] if left_out else marks, repeat=4) if sum(weights) == 7 else ():
            rated = zip(NAMES, ratings, weights, strict=True)
            yield Appraisal("listed", tuple(Rated(name, mark, Fraction(weight)) for name, mark, weight in rated))


def answer(rating: Rating) -> tuple[object, ...]:
    return rating.outcome, rating.level, rating.score, tuple(each.code for each in rating.refused)


@pytest.mark.parametrize("score", [*ONE_MEAN.values(), TWO_MEANS], ids=[*ONE_MEAN, "two means"])
def test_every_engine_and_the_count_say_the_same(score: str) -> None:
    program = program_of(score)
    listed = list(appraisals(left_out=LEFT_OUT in score))
    ratings = [reference.rate(program, each, trace=False) for each in listed]
    for engine in (ColumnarEngine(program), SqlEngine(program)):
        found = engine.rate(listed)
        assert [answer(each) for each in found] == [answer(each) for each in ratings]
    with DurableEngine(program) as durable:
        assert [answer(durable.rate(each)) for each in listed[::97]] == [answer(each) for each in ratings[::97]]
    counted = Counter(each.level for each in ratings)
    assert {level: cases for level, cases in tally(program).levels if cases} == {
        level: cases for level, cases in counted.items() if level
    }


@pytest.mark.parametrize("score", ONE_MEAN.values(), ids=ONE_MEAN)
def test_what_can_come_is_proved(score: str) -> None:
    program = program_of(score)
    levels = {reference.rate(program, each, trace=False).level for each in appraisals(left_out=LEFT_OUT in score)}
    found = Prover(program).prove(Reached((3, 2, 1)))
    assert set(found.missing) == {3, 2, 1} - levels
    assert (found.status is Status.PROVED) is ({3, 2, 1} <= levels)


def test_two_means_over_different_weights_leave_a_proof_open_and_say_why() -> None:
    found = Prover(program_of(TWO_MEANS)).prove(Reached((3, 2, 1)))
    assert found.status is Status.UNDECIDED
    assert "it joins a mean whose weights have no fixed total" in found.why


def test_check_finds_without_a_proof_what_two_means_hide() -> None:
    told = compile_source(Source("locks.sespms", HEAD + TWO_MEANS + "\n" + LINES)).diagnostics
    assert [each.code for each in told] == ["SES247"]
