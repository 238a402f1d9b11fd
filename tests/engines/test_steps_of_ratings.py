"""Additional ratings in steps: what may be given, alike for every reading of a program."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

import duckdb
import pytest

from engines.test_columnar import answer
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.engines.sql.table import WarehouseSql
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.solver import Prover, Reached, Status

TEXT = """
system "Invented survey office"
  is outside the Senior Executive Service

critical element "Surveys"
  rated on levels 3 and 1

critical element "Maps"
  rated on levels 3 and 1

WEIGHTS
summary rating
  each element is also rated "reach" from -0.5 to 1 STEPS
  "plus" of each element is points + "reach"
  score is SCORE
  take the first line that fits
  level 5 when score is exactly 3.2
  score at least 2 is level 3
  level 1 otherwise
"""
STEPS = "in steps of 0.5"
WEIGHTS = 'weights\n  total 100\n  "Surveys" exactly 40\n  "Maps" exactly 60\n'
FREE = "weights\n  total 100\n  are whole numbers\n  all at least 40\n"


@cache
def compiled(steps: str = STEPS, score: str = 'the average of "plus"', weights: str = "") -> Compilation:
    text = TEXT.replace("STEPS", steps).replace("SCORE", score).replace("WEIGHTS\n", weights)
    return compile_source(Source("invented.sespms", text))


def program_of(compilation: Compilation) -> ir.Program:
    assert not compilation.has_errors, compilation.diagnostics
    (program,) = compilation.programs.values()
    return program


def appraisals(program: ir.Program, *values: str) -> list[Appraisal]:
    weights = (Fraction(40), Fraction(60)) if program.summary.weighted else (None, None)
    marks = [(Fraction(level), Fraction(value)) for level in (3, 1) for value in values]
    made = []
    for both in itertools.product(marks, repeat=2):
        rated = (
            Rated(name, level, weight, (("reach", value),))
            for name, weight, (level, value) in zip(("Surveys", "Maps"), weights, both, strict=True)
        )
        made.append(Appraisal("one", tuple(rated)))
    return made


def test_only_whole_steps_are_admitted_by_every_engine() -> None:
    program = program_of(compiled())
    cases = appraisals(program, "-1", "-0.5", "-0.25", "0", "0.3", "0.5", "2/3", "1", "1.5")
    found = [reference.rate(program, case) for case in cases]
    for case, rating in zip(cases, found, strict=True):
        sound = all(dict(each.further)["reach"] in (Fraction(-1, 2), 0, Fraction(1, 2), 1) for each in case.elements)
        assert (rating.outcome is Outcome.RATED) is sound
        assert sound or {each.code for each in rating.refused} == {"SES615"}
    wanted = [answer(each) for each in found]
    with DurableEngine(program) as durable:
        assert [answer(durable.rate(case)) for case in cases] == wanted
    assert [answer(each) for each in ColumnarEngine(program).rate(cases)] == wanted
    assert [answer(each) for each in SqlEngine(program).rate(cases)] == wanted


def test_a_refusal_names_the_steps() -> None:
    program = program_of(compiled())
    refused = reference.rate(program, appraisals(program, "0.3")[0]).refused
    assert refused[0].message == "`Surveys` has `reach` `0.3`, which is not `-0.5` to `1` in steps of `0.5`"
    assert refused[0].help == "give `reach` from `-0.5` to `1` in steps of `0.5`"


@pytest.mark.parametrize("steps", [STEPS, ""])
@pytest.mark.parametrize("weights", ["", WEIGHTS, FREE], ids=["plain", "fixed", "free"])
def test_what_no_step_comes_to_is_proved_never_to_be(steps: str, weights: str) -> None:
    """A score of 3.2 takes a rating between two steps, unless free weights part what whole steps add."""
    score = '0.01 * the sum of "plus" times weight' if weights else 'the average of "plus"'
    program = program_of(compiled(steps, score, weights))
    verdict = Prover(program).prove(Reached((5,)))
    listed = appraisals(program, "-0.5", "0", "0.5", "1")
    if weights == FREE:
        listed = [
            replace(case, elements=tuple(replace(one, weight=Fraction(weight)) for one, weight in pairs))
            for case in listed
            for pairs in (list(zip(case.elements, (first, 100 - first), strict=True)) for first in range(40, 61))
        ]
    reached = any(reference.rate(program, case, trace=False).level == 5 for case in listed)
    assert verdict.status is (Status.PROVED if reached or not steps else Status.REFUTED)


@pytest.mark.parametrize(("steps", "told"), [("in steps of 0.4", "0.4"), ("in steps of 0", "0")])
def test_steps_that_lead_nowhere_are_told(steps: str, told: str) -> None:
    (found,) = [each for each in compiled(steps).diagnostics if each.code == "SES136"]
    assert found.message == f"steps of `{told}` do not lead from `-0.5` to `1`"


def test_a_table_in_a_warehouse_holds_the_steps_that_the_policy_names() -> None:
    (program,) = compiled().programs.values()
    text = WarehouseSql(program, "roster", "duckdb").rating()
    connection = duckdb.connect()
    columns = ", ".join(f'"{each} level" INT, "{each} reach" DECIMAL(4, 2)' for each in ("Surveys", "Maps"))
    connection.execute(f"CREATE TABLE roster (id VARCHAR, {columns})")
    connection.execute("INSERT INTO roster VALUES ('a', 3, 0.5, 3, -0.5), ('b', 3, 1, 1, 0), ('c', 3, 0.25, 3, 0)")
    told = {row[0]: row[1:3] for row in connection.execute(f"SELECT * FROM ({text})").fetchall()}
    assert told == {"a": ("rated", 3), "b": ("rated", 3), "c": ("refused", None)}
