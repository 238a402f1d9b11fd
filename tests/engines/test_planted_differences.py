"""A difference planted in one reading of a policy is noticed by the others.

What a policy means is said by the reference, by the lifted evaluator (whose columns and SQL are two algebras of one
text, and from which durable has its values) and by the solver. Here an error is planted in the second or the first, and
the answers to the same appraisals must part; `test_three_readings.py` plants errors in all three. `test_columnar.py`,
`test_sql_domains.py`, `test_random_programs.py` and `test_shapes_agree.py` beside this file compare all but the solver
on far more appraisals; `tests/prove/` and `tests/guarantees/test_against_every_appraisal.py` compare the solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from engines.test_agreement import appraisal
from engines.test_columnar import OPM, answer, drawn_programs
from sespms_rules.engines.columnar import values as in_columns
from sespms_rules.engines.columnar.algebra import ColumnAlgebra
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.algebra import LineAlgebra
from sespms_rules.engines.durable.engine import DurableEngine, why_unavailable
from sespms_rules.engines.lifted import derivation
from sespms_rules.engines.lifted.admission import Admission
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.reference import evaluation
from sespms_rules.engines.reference.evaluation import Present
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal
from systems import program_of

Plant = Callable[[pytest.MonkeyPatch], None]
Engine = type[ColumnarEngine] | type[SqlEngine]
Answer = tuple[object, ...]
LIFTED: tuple[Engine, ...] = (ColumnarEngine, SqlEngine)


@cache
def posed() -> tuple[tuple[ir.Program, list[Appraisal]], ...]:
    """Programs drawn at random with sound and faulty appraisals, and OPM's with plans at and beyond its limits.

    In a variant of OPM's system two lines take the same scores.
    """
    plans = ((20, 20, 20, 20, 20), (4, 20, 20, 20, 36), (21, 20, 20, 20, 19), (20, 20, 20, 20, 21))
    levels = ((5, 5, 5, 5, 5), (5, 4, 4, 4, 3), (3, 3, 3, 3, 1), (2, 3, 3, 3, 3))
    opm = [appraisal(weights, each) for weights in plans for each in levels]
    program = program_of(OPM)
    first = program.summary.rows[0]
    twice = replace(program.summary, rows=(*program.summary.rows, replace(first, outcome=ir.ToLevel(2))))
    return (program, opm), (replace(program, summary=twice), opm), *drawn_programs(range(14))


def by_reference() -> Iterator[list[Answer]]:
    """What the reference answers to each program's appraisals."""
    return ([answer(reference.rate(program, each, trace=False)) for each in cases] for program, cases in posed())


@cache
def without_error() -> tuple[list[Answer], ...]:
    return tuple(by_reference())


def parted(engine: Engine, wanted: Iterable[list[Answer]] | None = None) -> bool:
    """Whether the engine answers some appraisal otherwise than `wanted`, or than the reference without an error."""
    for (program, cases), answers in zip(posed(), wanted or without_error(), strict=True):
        made = engine(program)
        got = [answer(each) for each in made.rate(cases)]
        made.close()
        if got != answers:
            return True
    return False


def lowest_is_highest(patch: pytest.MonkeyPatch) -> None:
    real = Formulas._extreme
    other = {ir.Aggregation.LOWEST: ir.Aggregation.HIGHEST, ir.Aggregation.HIGHEST: ir.Aggregation.LOWEST}
    patch.setattr(Formulas, "_extreme", lambda self, kind, *rest: real(self, other[kind], *rest))


def those_left_out_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Formulas, "counted", Formulas.members_of)


def or_better_is_better(patch: pytest.MonkeyPatch) -> None:
    def passes(self: Member[Any, Any, Any], test: ir.MemberTest) -> Any:
        if test.kind is ir.TestKind.AT_OR_BETTER:
            return self.at(ir.Relation.MORE, test.level or 0)
        return real(self, test)

    real = Member.passes
    patch.setattr(Member, "passes", passes)


def two_lines_are_told_as_none(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derivation, "_TWO_LINES_FIT", RefusalKind.NO_LINE_FITS.number)


def least_weights_are_not_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Admission, "_range", lambda *_: None)


def members_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Admission, "_count", lambda *_: None)


def totals_are_not_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Admission, "_total", lambda *_: None)


IN_LIFTED: tuple[Plant, ...] = (
    lowest_is_highest,
    those_left_out_count,
    or_better_is_better,
    two_lines_are_told_as_none,
    least_weights_are_not_asked,
    members_are_not_counted,
    totals_are_not_asked,
)


@pytest.fixture(autouse=True)
def answered_before() -> None:
    """Have the reference answer before an error is planted anywhere."""
    without_error()


@pytest.mark.parametrize("engine", LIFTED)
def test_nothing_parts_without_an_error(engine: Engine) -> None:
    assert not parted(engine)


@pytest.mark.parametrize("engine", LIFTED)
@pytest.mark.parametrize("plant", IN_LIFTED)
def test_an_error_in_the_lifted_meaning_is_in_columns_and_in_sql(
    plant: Plant, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert parted(engine)


@pytest.mark.parametrize("engine", LIFTED)
def test_an_error_in_the_reference_is_noticed_by_both(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def passes(member: Present, test: ir.MemberTest) -> bool:
        worse = ir.MemberTest(ir.TestKind.AT, test.level) if test.kind is ir.TestKind.AT_OR_BETTER else test
        return real(member, worse)

    real = evaluation.passes
    monkeypatch.setattr(evaluation, "passes", passes)
    assert parted(engine, by_reference())


def test_an_error_in_one_algebra_is_in_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ColumnAlgebra, "plus", staticmethod(in_columns.difference_of))
    assert parted(ColumnarEngine)
    assert not parted(SqlEngine)


@pytest.mark.skipif(why_unavailable() is not None, reason="durable-rules cannot run here")
@pytest.mark.parametrize("planted", [False, True])
def test_an_error_in_the_lines_of_durable_is_noticed_and_is_in_no_column(
    planted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if planted:
        monkeypatch.setattr(LineAlgebra, "plus", LineAlgebra.minus)
    program, cases = posed()[0]
    with DurableEngine(program) as made:
        got = [answer(made.rate(each)) for each in cases]
    assert (got != [answer(reference.rate(program, each, trace=False)) for each in cases]) is planted
    assert not parted(ColumnarEngine)
