"""Long tables in columns, which are looked up: the same as the reference, which goes through them row by row."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from programs import ELEMENTS, program, ratings, stage
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.columnar.searching import searched
from sespms_rules.engines.columnar.values import constant, of_column
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.reference import engine as reference
from sespms_rules.foundation.interval import Interval
from sespms_rules.program import ir

RESULTS: tuple[tuple[Fraction | str, ...], ...] = (
    (Fraction(1), Fraction(1, 3), Fraction(-7, 2), Fraction(0)),
    ("A", "B", "C", "A"),
    ("A", Fraction(2), "B", Fraction(5, 2)),
)


def drawn(seed: int, otherwise: Fraction | str | None) -> ir.Program:
    """A program that reports what a sum of points is worth, in a table of ranges that overlap and leave gaps."""
    draw = random.Random(seed)
    results = RESULTS[seed % len(RESULTS)]

    def end() -> Fraction | None:
        return None if draw.random() < 0.05 else Fraction(draw.randint(0, 60), draw.choice((1, 2, 3)))

    rows = []
    for _ in range(draw.choice((9, 20, 40))):
        low, high = end(), end()
        if low is not None and high is not None and low > high:
            low, high = high, low
        rows.append(ir.TableRow(Interval(low, draw.random() < 0.5, high, draw.random() < 0.5), draw.choice(results)))
    table = ir.Table("Worth", tuple(rows), otherwise)
    total = ir.Aggregate(ir.Aggregation.SUM, ir.Own(ir.Take.POINTS), False, ELEMENTS)
    key = ir.Quotient(total, ir.Constant(Fraction(draw.choice((1, 2, 3)))))
    worth = ir.Definition("worth", ir.LookUp("Worth", key))
    line = ir.Row(ir.All(()), ir.ToLevel(3))
    return program(stage(worth, rows=(line,), reported=("worth",)), table)


@pytest.mark.parametrize("seed", range(60))
def test_columns_and_both_references_agree_on_long_tables(seed: int) -> None:
    otherwise: tuple[Fraction | str | None, ...] = (None, RESULTS[seed % 3][0])
    given = drawn(seed, otherwise[seed % 2])
    draw = random.Random(seed)
    cases = [ratings(*(draw.randint(1, 5) for _ in range(8))) for _ in range(80)]
    columnar, compiled = ColumnarEngine(given), CompiledReference(given)
    for case, by_columns in zip(cases, columnar.rate(cases), strict=True):
        expected = reference.rate(given, case, trace=False)
        assert compiled.rate(case) == expected
        codes = [[each.code for each in rating.refused] for rating in (by_columns, expected)]
        assert codes[0] == codes[1]
        assert expected.refused or by_columns.reported == expected.reported


def test_short_tables_and_keys_far_apart_are_chosen_row_by_row() -> None:
    import numpy as np

    key = of_column(np.array([1, 2, 3]))
    reach = Interval(Fraction(0), True, Fraction(2), True)
    assert searched(key, [reach] * 8, [constant(1)] * 8, constant(0)) is None
    far = of_column(np.array([0, 1 << 40]))
    assert searched(far, [reach] * 9, [constant(1)] * 9, constant(0)) is None
    found = searched(key, [reach] * 9, [constant(1)] * 9, constant(0))
    assert found is not None
    assert found.numerator.tolist() == [1, 1, 0]  # type: ignore[union-attr]
