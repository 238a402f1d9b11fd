"""Caps: a level that the rating may not exceed, read after the lines, alike for every reading of a program."""

from __future__ import annotations

from fractions import Fraction

from programs import ELEMENTS, any_at, at_least, average, band, otherwise, program, ratings, score, stage, when
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import (
    Compare,
    Constant,
    CountOf,
    Difference,
    Program,
    Quotient,
    Relation,
    Row,
    ToLevel,
    ToNotRated,
)
from sespms_rules.program.rating import Outcome

ROWS = (at_least(4, 5), band("2.5", "3.99", 3), band(1, "2.49", 2))


def told(made: Program, *levels: int) -> str:
    """The steps of a derivation, as one text."""
    trace = rate(made, ratings(*levels)).trace
    assert trace is not None
    return "\n".join(each.says for each in trace.steps)


def test_the_lowest_cap_that_holds_lowers_the_level_and_none_raises_it() -> None:
    made = program(stage(score(average()), rows=ROWS, caps=(when(any_at(1), 2), when(any_at(2), 3))))
    by_hand = {(5, 5, 5): 5, (5, 5, 2): 3, (5, 5, 5, 1): 2, (2, 2): 2, (1, 2): 2, (3, 3): 3}
    with DurableEngine(made) as engine:
        for levels, level in by_hand.items():
            assert rate(made, ratings(*levels)).level == level
            assert engine.rate(ratings(*levels)).level == level


def test_a_cap_is_told_where_it_lowers_and_where_it_does_not() -> None:
    made = program(stage(score(average()), rows=ROWS, caps=(when(any_at(2), 3),)))
    assert "which makes the rating no higher than level 3: level 3" in told(made, 5, 5, 2)
    assert "which makes the rating no higher than level 3; level 2 or a lower cap holds" in told(made, 2, 2)
    assert "so this does not apply" in told(made, 5, 5, 5)


def test_a_cap_is_read_only_where_a_level_is_given() -> None:
    """What a cap asks for may have no value; where the rating is `not rated` nobody asks."""
    nothing = Quotient(Constant(Fraction(1)), Difference(CountOf(ELEMENTS, None), CountOf(ELEMENTS, None)))
    cap = Row(Compare(nothing, Relation.AT_LEAST, Constant(Fraction(1))), ToLevel(3))
    rows = (Row(any_at(1), ToNotRated()), otherwise(4))
    made = program(stage(score(average()), rows=rows, first=True, caps=(cap,)))
    assert rate(made, ratings(1, 5)).outcome is Outcome.NOT_RATED
    assert [each.code for each in rate(made, ratings(5, 5)).refused] == ["SES619"]
