"""A result without a level, and what it is when nothing is rated: alike for every reading of a program."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

import pytest

from engines.test_columnar import answer
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.source import Source
from sespms_rules.language.syntax.proof import Monotone
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.guarantees import asked_by_user, establish
from sespms_rules.proofs.solver import Status
from sespms_rules.studies.exhaustive.tallying import tally

TEXT = """
system "Invented bonus office"
  is outside the Senior Executive Service

noncritical element "Quality"

noncritical element "Delivery"

summary rating
  gives no level
  unrated elements are left out
  "credit" is the average of points
  "share" is 10% of "credit" when "credit" is at least 3 otherwise 0
  also report "credit"
  also report "share"
"""
STATED = '  when nothing is rated "credit" is 0.5\n'
SILENT = "  not rated when no element is rated\n"


@cache
def compiled(text: str) -> Compilation:
    return compile_source(Source("invented.sespms", text))


def program_of(text: str) -> ir.Program:
    compilation = compiled(text)
    assert not compilation.has_errors, compilation.diagnostics
    (program,) = compilation.programs.values()
    return program


def every_appraisal() -> list[Appraisal]:
    marks = (None, *map(Fraction, (5, 4, 3, 2, 1)))
    return [
        Appraisal("one", tuple(map(Rated, ("Quality", "Delivery"), each)))
        for each in itertools.product(marks, repeat=2)
    ]


@pytest.mark.parametrize(
    ("more", "ends"), [("", Outcome.REFUSED), (STATED, Outcome.RATED), (SILENT, Outcome.NOT_RATED)]
)
def test_every_engine_gives_the_values_and_no_level(more: str, ends: Outcome) -> None:
    program = program_of(TEXT + more)
    cases = every_appraisal()
    found = [reference.rate(program, case) for case in cases]
    for case, rating in zip(cases, found, strict=True):
        given = [each.rating for each in case.elements if each.rating is not None]
        assert rating.level is None
        assert rating.outcome is (Outcome.RATED if given else ends)
        credit = sum(given, Fraction(0)) / len(given) if given else Fraction(1, 2)
        if given or ends is Outcome.RATED:
            share = credit / 10 if credit >= 3 else Fraction(0)
            assert rating.reported == (("credit", credit), ("share", share))
    wanted = [answer(each) for each in found]
    with DurableEngine(program) as durable:
        assert [answer(durable.rate(case)) for case in cases] == wanted
    assert [answer(each) for each in ColumnarEngine(program).rate(cases)] == wanted
    assert [answer(each) for each in SqlEngine(program).rate(cases)] == wanted
    counted = tally(program)
    assert counted.domain.appraisals == len(cases)
    assert sum(each.cases for each in counted.refusals) == sum(each.outcome is Outcome.REFUSED for each in found)
    assert counted.not_rated == sum(each.outcome is Outcome.NOT_RATED for each in found)


def test_nothing_is_proved_of_levels_that_there_are_not() -> None:
    text = TEXT + STATED
    compilation = compiled(text)
    (verdict,) = establish(compilation.policy.systems[0], program_of(text), [asked_by_user(Monotone())])
    assert verdict.status is Status.REFUTED
    assert verdict.why == "the system derives no level at all"


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            TEXT + '  level 3 when "credit" is at least 3\n',
            "the summary rating says that it gives no level, and this line gives one",
            "take the line out, or the line `gives no level`",
        ),
        (
            TEXT.replace('  also report "credit"\n  also report "share"\n', ""),
            "the summary rating gives no level, and nothing else comes of it",
            'work something out and report it: `"credit" is …` and `also report "credit"`',
        ),
        (
            TEXT.replace("10% of", "0.1 *") + '  when nothing is rated "credits" is 0\n',
            "the summary rating defines no value `credits`",
            "did you mean `credit`?",
        ),
        (
            TEXT + '  "other" is the sum of points\n  also report "other"\n' + STATED,
            "it is stated what some results are when nothing is rated, and not what `other` is",
            'add a line such as `when nothing is rated "other" is 0`',
        ),
        (
            TEXT + '  "paid" is the "Pay" for level\n  also report "paid"\n\ntable "Pay"\n  otherwise gives 1\n',
            "the summary rating gives no level, so there is none to read",
            "read the score, or a value with a name",
        ),
    ],
)
def test_what_contradicts_the_line_is_told(text: str, message: str, help: str) -> None:
    found = [(each.message, each.help) for each in compiled(text).diagnostics]
    assert (message, help) in found
