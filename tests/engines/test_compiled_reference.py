"""The compiled reference against the interpreting one, which defines what a policy means: in everything that is said.

A stage that is written down as text may leave an appraisal to the interpreter, and never answer otherwise. So each test
also says how many were left: a text that always gives up would agree with everything. Over the whole domain of each
shape both are held against each other in `test_shapes_agree.py`, which rates each appraisal there once.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.test_agreement import appraisals, inner_plans
from engines.test_shapes_agree import DOMAINS, everything
from nights import at_depth
from random_policies import RandomPolicy
from random_programs import Draw
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.reference import engine as interpreter
from sespms_rules.engines.reference.once_admitted import Admitted
from sespms_rules.engines.reference.stage_text import written
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated
from shapes import programs, spoiled
from systems import program_of
from test_random_policies import program_of as drawn_program

SEEDS = st.integers(min_value=0, max_value=10**9)
OPM = "agencies/opm_basic.sespms"


def held(program: ir.Program, cases: Iterable[Appraisal], *, trace: bool = False) -> tuple[int, int]:
    """Hold both against each other; return how many appraisals there were, and how many the interpreter was asked."""
    made, tried = CompiledReference(program), 0
    for case in cases:
        expected = interpreter.rate(program, case, trace=trace)
        assert everything(made.rate(case, trace=trace)) == everything(expected), case
        tried += 1
    return tried, made.asked_the_interpreter


@pytest.mark.parametrize("system", DOMAINS)
def test_both_refuse_in_the_same_words(system: str) -> None:
    program = programs()[system]
    held(program, spoiled(program, DOMAINS[system].cases, 100), trace=True)


@pytest.mark.differential
@pytest.mark.parametrize("system", DOMAINS)
def test_both_tell_the_same_steps_word_for_word(system: str) -> None:
    program = programs()[system]
    every = DOMAINS[system].count // at_depth(150, 400) + 1
    held(program, (case for place, case in enumerate(DOMAINS[system].cases(program)) if place % every == 0), trace=True)


@pytest.mark.differential
def test_both_agree_on_every_combination_of_levels_under_opms_system() -> None:
    program = program_of(OPM)
    cases = [case for plan in inner_plans(4) for _, case in appraisals(plan)]
    assert held(program, cases) == (4 * 3125, 0)
    assert held(program, cases[:3125], trace=True) == (3125, 0)


@pytest.mark.differential
@given(SEEDS)
def test_both_agree_on_programs_drawn_at_random(seed: int) -> None:
    draw = Draw(seed, facts=True)
    program = draw.program()
    cases = [draw.appraisal(program) for _ in range(8)]
    held(program, cases * 2, trace=seed % 2 == 0)


@pytest.mark.differential
@given(SEEDS)
def test_both_agree_on_policies_drawn_at_random(seed: int) -> None:
    drawn = RandomPolicy(seed)
    program = drawn_program(drawn)
    held(program, [drawn.appraisal() for _ in range(6)] * 2, trace=True)


def test_programs_drawn_at_random_are_written_down_and_not_always_left() -> None:
    answered = 0
    for seed in range(120):
        draw = Draw(seed, facts=True)
        program = draw.program()
        tried, asked = held(program, [draw.appraisal(program) for _ in range(8)])
        answered += tried - asked
    assert answered > 150


def test_what_was_read_once_is_not_taken_for_another() -> None:
    program = program_of(OPM)
    (case,) = [case for _, case in appraisals(inner_plans(1)[0])][-1:]
    first, *rest = case.elements
    others = [
        case,
        replace(case, elements=(replace(first, rating=Fraction(9, 2)), *rest)),
        replace(case, elements=(replace(first, rating=None), *rest)),
        replace(case, elements=(replace(first, weight=None), *rest)),
        replace(case, elements=(replace(first, weight=(first.weight or 0) + Fraction(1, 2)), *rest)),
        replace(case, elements=(replace(first, requirements=(first,)), *rest)),
        replace(case, elements=(replace(first, further=(("effort", Fraction(1)),)), *rest)),
        replace(case, elements=(replace(first, critical=False), *rest)),
        replace(case, elements=(*rest, first)),
        replace(case, elements=(first, first, *rest)),
        replace(case, elements=tuple(rest)),
        replace(case, elements=(replace(first, name="Leading Chance"), *rest)),
        replace(case, facts=(("days", Fraction(1)),)),
        replace(case, elements=()),
    ]
    tried, asked = held(program, [*others, *others], trace=True)
    assert (tried, asked) == (28, 14)


def test_elements_in_another_order_are_told_in_the_order_of_the_policy() -> None:
    program = program_of(OPM)
    cases = [replace(case, elements=case.elements[::-1]) for _, case in list(appraisals(inner_plans(1)[0]))[1000:1040]]
    assert held(program, cases, trace=True) == (40, 0)


def test_the_text_can_be_read_and_no_word_of_the_policy_is_in_it() -> None:
    program = program_of(OPM)
    made = CompiledReference(program)
    case = Appraisal("one", tuple(Rated(each.name, Fraction(4), Fraction(20)) for each in program.summary.members))
    admitted = made.admitted(case)
    assert isinstance(admitted, Admitted)
    text = made.text(admitted.cast.shape)
    assert "score = ((m0.points * m0.weight if m0.counts else 0) + (m1.points * m1.weight" in text
    assert "475 <= score <= 500" in text
    assert not any(word in text for word in ("Leading", "Outstanding", program.name))
    assert written(program, admitted.cast.shape).text == text
