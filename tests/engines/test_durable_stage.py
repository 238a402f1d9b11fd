"""Exact numbers as the whole numbers that durable-rules can hold, and which rows exclude each other."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import REQUIREMENTS, at_least, average, member, number, otherwise, program, score, stage
from sespms_rules.engines.confirmed import Engine
from sespms_rules.engines.durable import comparisons
from sespms_rules.engines.durable.algebra import LineAlgebra, Truth, Value
from sespms_rules.engines.durable.comparisons import Quantities
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.durable.listing import Line
from sespms_rules.engines.durable.member_values import MOST_OTHERS
from sespms_rules.engines.durable.stage import embedded
from sespms_rules.engines.reference import engine as reference
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.rating import Appraisal, Rated, Rating
from systems import program_of

FRACTIONS = st.fractions(min_value=-50, max_value=50, max_denominator=60)
RELATIONS = (operator.lt, operator.le, operator.eq, operator.ge, operator.gt)


@given(FRACTIONS, FRACTIONS, st.integers(min_value=1, max_value=12))
def test_every_comparison_has_the_same_answer(value: Fraction, edge: Fraction, more: int) -> None:
    scale = edge.denominator * more
    for relation in RELATIONS:
        assert relation(embedded(value, scale), 2 * (edge * scale).numerator) == relation(value, edge)


@pytest.mark.parametrize("value", [Fraction(9, 2), Fraction(13, 3), Fraction(-1, 3), Fraction(4)])
def test_between_whole_numbers_is_odd(value: Fraction) -> None:
    assert embedded(value, 1) % 2 == (value.denominator != 1)


STAGE = program_of("agencies/opm_basic.sespms").summary


def exclude_each_other(*conditions: ir.Condition) -> bool:
    """Whether two conditions, as tests of the engine, are known never to hold together."""
    quantities = Quantities(LineAlgebra(), STAGE)
    first, second = (comparisons.comparisons(quantities.algebra, quantities.holds(each)[0]) for each in conditions)
    assert first is not None
    assert second is not None
    return comparisons.exclude_each_other(first, second)


def between(low: int, high: int, *, below: bool) -> ir.Condition:
    upper = ir.Relation.LESS if below else ir.Relation.AT_MOST
    return ir.All(
        (
            ir.Compare(ir.TheScore(), ir.Relation.AT_LEAST, ir.Constant(Fraction(low))),
            ir.Compare(ir.TheScore(), upper, ir.Constant(Fraction(high))),
        )
    )


def test_ranges_that_only_touch_exclude_each_other_where_the_edge_is_left_out() -> None:
    assert exclude_each_other(between(3, 4, below=True), between(4, 5, below=False))
    assert not exclude_each_other(between(3, 4, below=False), between(4, 5, below=False))
    assert exclude_each_other(between(400, 474, below=False), between(475, 500, below=False))


def test_different_quantities_never_exclude_each_other() -> None:
    five = ir.NumberThat(ir.Group(ir.Kind.ELEMENT), ir.MemberTest(ir.TestKind.AT, 5), 1, None)
    assert not exclude_each_other(between(1, 2, below=False), five)


@given(FRACTIONS, FRACTIONS, st.sampled_from(ir.Relation), FRACTIONS, st.sampled_from(ir.Relation))
def test_what_is_said_to_exclude_never_holds_together(
    value: Fraction, a: Fraction, first: ir.Relation, b: Fraction, second: ir.Relation
) -> None:
    conditions = [
        ir.Compare(ir.TheScore(), relation, ir.Constant(edge)) for relation, edge in ((first, a), (second, b))
    ]
    signs = dict(zip(("<", "<=", "==", ">=", ">"), RELATIONS, strict=True))
    if exclude_each_other(*conditions):
        assert not (signs[first](value, a) and signs[second](value, b))


def test_a_truth_is_taken_apart_where_and_joins_it() -> None:
    algebra = LineAlgebra()
    score, failed = algebra.given("score"), algebra.given("failed")
    high = algebra.listing.line("{} >= {}", score, 475)
    sound = algebra.negated(algebra.listing.line("{} != 0", failed))
    either = algebra.either(high, algebra.listing.line("{} == {}", score, 0))

    def asked(truth: Truth) -> list[tuple[str, str, Fraction]] | None:
        found = comparisons.comparisons(algebra, truth)
        return None if found is None else [(each.fact.template, each.relation, each.edge) for each in found]

    assert asked(True) == []
    assert asked(False) is None
    assert asked(algebra.both(algebra.both(high, sound), either)) == [("score", ">=", 475), ("{} or {}", "==", 1)]


def rated_by_durable(program: ir.Program, *elements: Rated) -> Rating:
    with DurableEngine(program) as engine:
        return engine.rate(Appraisal("x", elements))


def test_each_element_that_refuses_is_told_for_its_own_reason() -> None:
    zero = ir.Quotient(number(1), ir.Difference(ir.OfMember(ir.Take.POINTS, "one"), number(3)))
    divides = stage(score(zero), rows=(otherwise(3),), members=(member("one"),), kind=ir.Kind.REQUIREMENT)
    no_line = stage(
        score(average(REQUIREMENTS)), rows=(at_least(5, 5),), members=(member("one"),), kind=ir.Kind.REQUIREMENT
    )
    nested = program(
        stage(rows=(otherwise(3),), members=(member("A", stage=divides), member("B"), member("C", stage=no_line)))
    )
    inner = (Rated("one", Fraction(3), None),)
    given = (Rated("A", None, None, (), inner), Rated("B", Fraction(4), None), Rated("C", None, None, (), inner))
    found = rated_by_durable(nested, *given)
    assert [each.code for each in found.refused] == ["SES619", "SES612"]
    told = reference.rate(nested, Appraisal("x", given)).refused
    assert [each.code for each in told] == ["SES619", "SES612"]


@pytest.mark.parametrize("elements", [MOST_OTHERS, MOST_OTHERS + 1])
def test_plans_of_very_many_elements_are_left_to_the_reference(elements: int) -> None:
    system = program(stage(score(average()), rows=(at_least(3, 3), otherwise(1)), first=True))
    given = tuple(Rated(f"element {each}", Fraction(each % 5 + 1), None) for each in range(elements))
    few = elements <= MOST_OTHERS
    with Engine(system, "durable") as engine:
        rating = engine.rate(Appraisal("x", given))
        assert rating.engine == ("durable" if few else "reference")
        assert rating.level == (3 if few else 1)  # the one element more is at level 1
        assert engine.alone == (0 if few else 1)


def numbers() -> Iterator[Fraction]:
    yield from (Fraction(5, 2), Fraction(-5, 2), Fraction(7, 3), Fraction(0), Fraction(3))


@pytest.mark.parametrize("tie", ir.Tie)
def test_what_is_known_beforehand_is_rounded_as_what_comes_later(tie: ir.Tie) -> None:
    algebra = LineAlgebra()
    for each in numbers():
        known = algebra.rounded(algebra.constant(each), tie, 2).number
        later = algebra.rounded(Value(algebra.given("number")), tie, 2).number
        assert not isinstance(known, Line)
        assert algebra.listing.function("number", [later])(each) == (known,) == (rounded(each, tie, per_one=2),)
