"""An error of meaning, planted in one of the three readings of a program, sets that reading apart from the others.

What a formula means is said three times: by the reference, by the lifted evaluator (through which durable, columns and
SQL rate) and by the solver. The reference has it in two texts: one interprets a program and tells why, one compiles it
and answers where nothing needs telling. So whoever changes a meaning changes three places, the reference in both its
texts, and this test says which are still behind.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from programs import ELEMENTS, LEFT_OUT, NOT_RATED, at_least, average, level, or_better, otherwise, rounded, stage, when
from programs import program as made
from programs import score as scored
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.engine import DurableEngine, why_unavailable
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.reference.evaluation import Evaluation
from sespms_rules.engines.reference.formula_text import FormulaText
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import Gives, Prover, Status
from sespms_rules.proofs.solver.expressions import Reader
from sespms_rules.proofs.solver.logic import Count
from small_programs import LEVELS, MEMBERS, NAMES, PLAIN_POINTS

Ratings = tuple[int | None, ...]
Answers = dict[Ratings, int | None]
Plant = Callable[[pytest.MonkeyPatch], None]

ENGINES_OF = {
    "reference": ("reference",),
    "compiled reference": ("compiled",),
    "lifted": ("durable", "columnar", "sql"),
    "solver": ("solver",),
}
"""The readings, the reference's two texts apart, and who answers by each."""


def three_elements(
    *rows: ir.Row, score: ir.Expression | None = None, unrated: tuple[ir.UnratedRule, ...] = ()
) -> ir.Program:
    """Three elements at three levels; the first line that fits holds."""
    definitions = () if score is None else (scored(score),)
    return made(stage(*definitions, rows=rows, members=MEMBERS, points=PLAIN_POINTS, unrated=unrated, first=True))


# ---- who answers what ----------------------------------------------------------------------------


def posed(program: ir.Program) -> list[Ratings]:
    """Every combination of ratings; without a rating where such an element is left out, but not all of them."""
    each: tuple[int | None, ...] = (*LEVELS, None) if program.summary.unrated else LEVELS
    return [given for given in itertools.product(each, repeat=3) if any(given)]


def appraised(ratings: Ratings) -> Appraisal:
    given = [None if rating is None else Fraction(rating) for rating in ratings]
    return Appraisal("x", tuple(Rated(name, rating, None) for name, rating in zip(NAMES, given, strict=True)))


def by_reference(program: ir.Program) -> Answers:
    return {each: reference.rate(program, appraised(each), trace=False).level for each in posed(program)}


def by_compiled(program: ir.Program) -> Answers:
    """The level by the compiled text alone: where it had to ask the interpreter, nothing is learnt of it."""
    engine = CompiledReference(program)
    answers = {each: engine.rate(appraised(each)).level for each in posed(program)}
    assert engine.asked_the_interpreter == 0
    return answers


def by_durable(program: ir.Program) -> Answers:
    with DurableEngine(program) as engine:
        return {each: engine.rate(appraised(each)).level for each in posed(program)}


def by_columns(program: ir.Program) -> Answers:
    found = ColumnarEngine(program).rate([appraised(each) for each in posed(program)])
    return {each: rating.level for each, rating in zip(posed(program), found, strict=True)}


def by_sql(program: ir.Program) -> Answers:
    engine = SqlEngine(program)
    found = [rating.level for rating in engine.rate([appraised(each) for each in posed(program)])]
    engine.close()
    return dict(zip(posed(program), found, strict=True))


def by_solver(program: ir.Program) -> Answers:
    """The level of which the solver proves that just these ratings give it."""
    prover = Prover(program)

    def proved(ratings: Ratings, to: int) -> bool:
        tests = [NOT_RATED if rating is None else level(rating) for rating in ratings]
        each = zip(NAMES, tests, strict=True)
        these = ir.All(tuple(ir.NumberThat(ir.Names((name,)), test, 1, None) for name, test in each))
        return prover.prove(Gives(these, to)).status is Status.PROVED

    return {each: next((to for to in LEVELS if proved(each, to)), None) for each in posed(program)}


ANSWER: dict[str, Callable[[ir.Program], Answers]] = {
    "reference": by_reference,
    "compiled": by_compiled,
    "columnar": by_columns,
    "sql": by_sql,
    "solver": by_solver,
}
if why_unavailable() is None:
    ANSWER["durable"] = by_durable


def unlike(program: ir.Program) -> set[frozenset[str]]:
    """The pairs of those who answer some appraisal differently."""
    answers = {name: answer(program) for name, answer in ANSWER.items()}
    pairs = itertools.combinations(sorted(answers), 2)
    return {frozenset(pair) for pair in pairs if answers[pair[0]] != answers[pair[1]]}


# ---- errors --------------------------------------------------------------------------------------


def misread(kind: type, method: str, error: Callable[[Any], Any]) -> Plant:
    """Let a reading take one formula or condition for another."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = getattr(kind, method)
        patch.setattr(kind, method, lambda self, node, *rest, **named: real(self, error(node), *rest, **named))

    return plant


def half_goes_down(node: ir.Expression) -> ir.Expression:
    return replace(node, tie=ir.Tie.HALF_DOWN) if isinstance(node, ir.Rounded) else node


def the_low_end_is_left_out(node: ir.Condition) -> ir.Condition:
    return replace(node, range=replace(node.range, low_in=False)) if isinstance(node, ir.Within) else node


def one_more_is_asked(node: ir.Condition) -> ir.Condition:
    return replace(node, low=(node.low or 0) + 1) if isinstance(node, ir.NumberThat) and node.low == 2 else node


def left_out_is_asked_by_reference(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Evaluation, "asked", lambda self, members, _: self.members_of(members))


def left_out_is_asked_by_compiled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FormulaText, "_asked", lambda self, members, _: str(len(self._shape.places(members))))


def left_out_is_asked_by_lifted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Formulas, "counted", Formulas.members_of)


def left_out_is_asked_by_solver(patch: pytest.MonkeyPatch) -> None:
    def passing(self: Reader, members: ir.Members, test: ir.MemberTest) -> tuple[Count, Count]:
        meant = self.members_of(members)
        return Count(each.passes(test) for each in meant), Count(True for _ in meant)

    patch.setattr(Reader, "_passing", passing)


def in_each(method: str, error: Callable[[Any], Any]) -> dict[str, Plant]:
    kinds = {"reference": Evaluation, "lifted": Formulas, "solver": Reader}
    plants = {reading: misread(kind, method, error) for reading, kind in kinds.items()}
    written = "condition" if method == "holds" else method
    return {**plants, "compiled reference": misread(FormulaText, written, error)}


HALF_THE_SUM = ir.Quotient(
    ir.Aggregate(ir.Aggregation.SUM, ir.Own(ir.Take.POINTS), False, ELEMENTS), ir.Constant(Fraction(2))
)
MEANINGS: dict[str, tuple[ir.Program, dict[str, Plant]]] = {
    "a rounding": (
        three_elements(at_least(4, 3), at_least(3, 2), otherwise(1), score=rounded(HALF_THE_SUM, ir.Tie.HALF_UP, 0)),
        in_each("value", half_goes_down),
    ),
    "a range": (
        three_elements(
            when(ir.Within(ir.TheScore(), Interval(Fraction(2), True, Fraction(3), True)), 3),
            otherwise(1),
            score=average(),
        ),
        in_each("holds", the_low_end_is_left_out),
    ),
    "a count": (
        three_elements(when(ir.NumberThat(ELEMENTS, or_better(2), 2, None), 3), otherwise(1)),
        in_each("holds", one_more_is_asked),
    ),
    "a share of those left out": (
        three_elements(
            when(ir.ShareThat(ELEMENTS, or_better(2), Fraction(60), None), 3), otherwise(1), unrated=(LEFT_OUT,)
        ),
        {
            "reference": left_out_is_asked_by_reference,
            "compiled reference": left_out_is_asked_by_compiled,
            "lifted": left_out_is_asked_by_lifted,
            "solver": left_out_is_asked_by_solver,
        },
    ),
}


@pytest.mark.parametrize("meaning", MEANINGS)
def test_without_an_error_all_answer_alike(meaning: str) -> None:
    program = MEANINGS[meaning][0]
    assert unlike(program) == set()
    assert len(set(by_reference(program).values())) > 1  # or no error could show


@pytest.mark.parametrize("reading", ENGINES_OF)
@pytest.mark.parametrize("meaning", MEANINGS)
def test_an_error_of_meaning_sets_its_reading_apart(
    meaning: str, reading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, plants = MEANINGS[meaning]
    plants[reading](monkeypatch)
    wrong = [name for name in ENGINES_OF[reading] if name in ANSWER]
    right = [name for name in ANSWER if name not in wrong]
    assert unlike(program) == {frozenset(pair) for pair in itertools.product(wrong, right)}
