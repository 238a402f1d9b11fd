"""Engines against each other on programs drawn at random."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_programs import Draw
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.program.rating import Outcome, Rating

SEEDS = st.integers(min_value=0, max_value=10**9)


def answer(rating: Rating) -> tuple[object, ...]:
    if rating.refused:
        return tuple(refusal.code for refusal in rating.refused)
    return (rating.outcome, rating.score, rating.level, rating.term, rating.values, rating.reported, rating.asked)


@pytest.mark.differential
@given(SEEDS)
def test_durable_and_reference_agree(seed: int) -> None:
    draw = Draw(seed, facts=True)
    program = draw.program()
    with DurableEngine(program) as engine:
        for _ in range(10):
            case = draw.appraisal(program)
            by_reference = reference.rate(program, case, trace=False)
            by_durable = engine.rate(case)
            assert answer(by_durable) == answer(by_reference)


@given(SEEDS)
def test_telling_a_derivation_changes_nothing(seed: int) -> None:
    draw = Draw(seed, facts=True)
    program = draw.program()
    case = draw.appraisal(program)
    told = reference.rate(program, case)
    assert told == reference.rate(program, case, trace=False)
    assert told.trace is not None


def test_the_drawn_programs_reach_every_outcome() -> None:
    outcomes = Counter[str]()
    codes = Counter[str]()
    for seed in range(600):
        draw = Draw(seed, facts=True)
        program = draw.program()
        rating = reference.rate(program, draw.appraisal(program), trace=False)
        outcomes[rating.outcome] += 1
        codes.update(refusal.code for refusal in rating.refused)
    assert outcomes[Outcome.RATED] > 60
    assert outcomes[Outcome.NOT_RATED] > 5
    assert {"SES608", "SES612", "SES613", "SES618", "SES619", "SES620"} <= set(codes)
