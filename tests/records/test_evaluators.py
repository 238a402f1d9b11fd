"""The plain evaluator and durable-rules, held against each other on cases at random; the edges of time by hand."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import find, given, settings

from nights import at_depth
from records.random_cases import SHAPES, cases, days, obligations_of
from sespms_rules.records.obligations import reference
from sespms_rules.records.obligations.durable import TABLES, DurableJudge
from sespms_rules.records.obligations.form import HELD, Case, Gap, Obligation, Shape, later
from sespms_rules.records.obligations.matter import has_matter

DRAWN = at_depth(150, 400, 20_000)


@pytest.fixture(scope="module")
def durable() -> Iterator[DurableJudge]:
    """durable-rules, opened once."""
    with DurableJudge() as opened:
        yield opened


@pytest.mark.differential
@pytest.mark.parametrize("place", range(len(SHAPES)))
def test_both_evaluators_agree_on_every_case(place: int, durable: DurableJudge) -> None:
    """Each shape has its share of the draws, so that none is left to luck."""
    met: Counter[str] = Counter()

    @settings(max_examples=DRAWN // len(SHAPES) + 1, deadline=None, database=None)
    @given(obligations_of(SHAPES[place]), cases, days)
    def agree(obligation: Obligation, case: Case, today: int) -> None:
        plain = reference.judge(obligation, case, today)
        other = durable(obligation, case, today)
        assert (plain is None) == (other is None)
        if plain is not None and other is not None:
            met[plain.state.value] += 1
            assert plain.answer == other.answer
            assert plain.asked == has_matter(obligation.shape, case)
            by_the_shape = reference.gravest(reference.standings(obligation.shape, case, today))
            assert plain.answer == by_the_shape.answer  # what has no matter is not looked at, and would be held
            assert plain.asked or by_the_shape == HELD

    agree()
    assert met


def test_every_shape_is_drawn() -> None:
    drawn = {find(shape, lambda _: True).__class__ for shape in SHAPES}
    assert drawn == set(Shape.__subclasses__())


def test_each_table_ends_in_a_row_that_always_fits() -> None:
    assert all(not table.rows[-1].tests for table in TABLES)


@pytest.mark.parametrize(
    ("day", "number", "unit", "expected"),
    [
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2028-01-31", 1, "month", "2028-02-29"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2025-12-31", 2, "month", "2026-02-28"),
        ("2025-10-15", 14, "month", "2026-12-15"),
        ("2025-01-20", 120, "day", "2025-05-20"),
    ],
)
def test_lengths_of_time_end_on_days_of_the_calendar(
    day: str, number: int, unit: Literal["day", "month", "year"], expected: str
) -> None:
    found = later(datetime.date.fromisoformat(day).toordinal(), Gap(number, unit))
    assert datetime.date.fromordinal(found).isoformat() == expected
