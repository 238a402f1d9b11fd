"""Exact numbers as the whole numbers that durable-rules can hold, and which rows exclude each other."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.engines.durable.comparisons import exclude_each_other
from sespms_rules.engines.durable.stage import embedded
from sespms_rules.program import ir

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
