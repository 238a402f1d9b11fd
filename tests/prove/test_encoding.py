"""The encoding says of single appraisals what the reference engine says: programs of every kind, drawn at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import z3

from programs import five, weighted_sum_program
from random_programs import Draw
from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import Program, Relation
from sespms_rules.program.plans import ShapeMember, shapes_of
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.solver.encoding import derived
from sespms_rules.proofs.solver.inputs import Input, asked_of
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, negated
from sespms_rules.proofs.solver.values import Fixed, Linear, compared, constant

PLAN_REFUSALS = {f"SES{number}" for number in (*range(601, 608), 609, 610, 611, 614, 615, 616, 617)}


def pinned(members: tuple[Input, ...], given: tuple[Rated, ...]) -> Iterator[Formula]:
    """What fixes all unknowns to one appraisal."""
    for one, rated in zip(members, given, strict=True):
        if isinstance(one.weight, Linear) and rated.weight is not None:
            yield one.weight.term == constant(rated.weight)
        for name, value in one.further:
            if name in dict(rated.further):
                yield compared(value, Relation.EQUAL, Fixed(dict(rated.further)[name]))
        if one.inner:
            yield from pinned(one.inner, rated.requirements)
        elif rated.rating is None:
            yield one.none
        elif one.number is not None:
            yield one.number == constant(rated.rating)
            yield negated(one.none)
        else:
            yield dict(one.at)[int(rated.rating)]


def said(program: Program, appraisal: Appraisal) -> tuple[Outcome, int | None] | None:
    """How the encoding says an appraisal ends, of which there must be one way; None where it is not admitted."""
    shape = next(each for each in shapes_of(program).shapes if _fits(each.members, appraisal.elements))
    asked = asked_of(shape)
    result = derived(program, asked.members)
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.add(*asked.admitted, *result.side, *pinned(asked.members, appraisal.elements))
    if solver.check() == z3.unsat:
        return None
    ends: list[tuple[Outcome, int | None, Formula]] = [(Outcome.RATED, level, at) for level, at in result.levels]
    ends += [(Outcome.NOT_RATED, None, result.not_rated), (Outcome.REFUSED, None, result.refused)]
    model = solver.model()
    true = [(kind, level, at) for kind, level, at in ends if at is True or _holds(model, at)]
    assert len(true) == 1
    ((kind, level, at),) = true
    if at is not True:
        solver.add(negated(at))
        assert solver.check() == z3.unsat
    return kind, level


def _holds(model: z3.ModelRef, formula: Formula) -> bool:
    return not isinstance(formula, bool) and z3.is_true(model.eval(formula, model_completion=True))


def _fits(members: tuple[ShapeMember, ...], given: tuple[Rated, ...]) -> bool:
    return len(members) == len(given) and all(
        each.inner is None or _fits(each.inner.members, rated.requirements)
        for each, rated in zip(members, given, strict=True)
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_encoding_agrees_with_the_reference_engine(seed: int) -> None:
    draw = Draw(seed)
    seen: Counter[str] = Counter()
    for _ in range(15):
        program = draw.program()
        for _ in range(3):
            appraisal = draw.appraisal(program)
            rating = rate(program, appraisal, trace=False)
            codes = {refusal.code for refusal in rating.refused}
            if "SES615" in codes:
                continue  # it lacks an additional rating, of which the encoding always has one
            try:
                found = said(program, appraisal)
            except NotEncodable:
                seen["not encodable"] += 1
                continue
            if found is None:
                assert codes & (PLAN_REFUSALS | {"SES608"}), (program, appraisal, rating)
                seen["not admitted"] += 1
                continue
            assert found == (rating.outcome, rating.level), (program, appraisal, rating)
            seen[rating.outcome.value] += 1
    assert seen["rated"] >= 3
    assert seen["refused"] >= 3


def test_a_legal_appraisal_is_admitted_and_an_illegal_one_is_not() -> None:
    program = weighted_sum_program()
    assert said(program, five((4, 5, 3, 4, 4), (10, 10, 10, 10, 60))) == (Outcome.RATED, 4)
    assert said(program, five((4, 5, 3, 4, 1), (10, 10, 10, 10, 60))) == (Outcome.RATED, 1)
    assert said(program, five((4, 5, 3, 4, 4), (10, 10, 10, 10, 61))) is None
    assert said(program, five((4, 5, 3, 4, 4), (4, 16, 10, 10, 60))) is None
    assert said(program, five((4, 5, 3, 4, 4), (30, 20, 15, 15, 20))) is None
