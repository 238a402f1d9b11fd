"""Elements that only some plans have, and noncritical ones that a plan brings: alike for every reading of a program."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engines.test_columnar import answer
from random_programs import LEVELS, Draw
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.columnar.scope import why_not_in_columns
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import compile_source
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Rated

TEXT = """
system "Invented harbor office"
  is outside the Senior Executive Service
  has 2 to 4 critical elements
  has at most 1 noncritical element

critical element "Results"

critical element "Safety of the harbor"
  is in some plans only
  ask reviewer "Was the harbor inspected?"

critical element "Leading People"
  is in some plans only
  requirements are rated
  score is the average of points
  score at least 4 is level 5
  score below 4 is level 3
  ask reviewer "Were all staff heard?" when score is at least 4

summary rating
  each element is also rated "difficulty" from 0 to 1
  "safety" is the points of "Safety of the harbor" when "Safety of the harbor" is rated otherwise 3
  "adjusted" of each element is points + "difficulty"
  score is 50% of the average of "adjusted" + 50% of "safety"
  score at least 4 is level 5
  score below 4 is level 3
  any noncritical element at level 1 makes the rating no higher than level 3
"""
PEOPLE = Rated(
    "Leading People",
    further=(("difficulty", Fraction(0)),),
    requirements=(Rated("Listens", Fraction(5)), Rated("Decides", Fraction(4))),
)


def compile_text(text: str, *errors: str) -> ir.Program:
    """The program of a text that has these errors and no others."""
    compilation = compile_source(Source("invented.sespms", text))
    assert {each.code for each in compilation.diagnostics if each.severity is Severity.ERROR} == {*errors}
    (program,) = compilation.programs.values()
    return program


class InSomePlans(Draw):
    """Draws programs of which plans may lack some members and bring others, and appraisals of such plans."""

    def program(self) -> ir.Program:
        drawn = super().program()
        members = tuple(replace(each, optional=self.chance(0.5)) for each in drawn.summary.members)
        closed_to = self.random.choice((None, ir.Kind.CRITICAL, ir.Kind.NONCRITICAL))
        few = self.random.randint(1, 3)
        limits = [ir.MemberCount(ir.Kind.CRITICAL, few if self.chance(0.3) else None, few + 2)]
        limits += [ir.MemberCount(ir.Kind.NONCRITICAL, None, few)] if self.chance(0.6) else []
        own = self.chance(0.6)
        summary = replace(drawn.summary, members=members, open=own, closed_to=closed_to if own else None)
        about = [ir.Question("Is it so?", None, each.name) for each in members if each.optional]
        return replace(drawn, summary=replace(summary, limits=(*summary.limits, *limits), questions=tuple(about)))

    def appraisal(self, program: ir.Program) -> Appraisal:
        stage = program.summary
        there = [each for each in stage.members if not (each.optional and self.chance(0.5)) and not self.chance(0.02)]
        rated = [self.rated(each, stage) for each in there]
        for number in range(self.random.choice((0, 0, 1, 2))):
            own = ir.Member(f"own {number}", self.chance(0.5), ir.LevelScale(LEVELS), None)
            rated.append(replace(self.rated(own, stage), critical=own.critical))
        return Appraisal("drawn", tuple(rated))


@pytest.mark.differential
@pytest.mark.parametrize("seed", range(120))
def test_the_engines_agree_on_programs_and_plans_drawn_at_random(seed: int) -> None:
    draw = InSomePlans(seed)
    program = draw.program()
    cases = [draw.appraisal(program) for _ in range(20)]
    wanted = [answer(reference.rate(program, case, trace=False)) for case in cases]
    with DurableEngine(program) as durable:
        assert [answer(durable.rate(case)) for case in cases] == wanted
    if not why_not_in_columns(program):
        assert [answer(each) for each in ColumnarEngine(program).rate(cases)] == wanted
    if seed % 6 == 0:
        assert [answer(each) for each in SqlEngine(program).rate(cases)] == wanted


def test_the_drawn_plans_are_rated_and_refused_for_every_reason() -> None:
    found: dict[object, int] = {}
    for seed in range(120):
        draw = InSomePlans(seed)
        program = draw.program()
        for _ in range(10):
            case = draw.appraisal(program)
            rating = reference.rate(program, case)
            for key in (rating.outcome, *(each.code for each in rating.refused)):
                found[key] = found.get(key, 0) + 1
    assert min(found[key] for key in (Outcome.RATED, "SES601", "SES608", "SES610", "SES611")) > 20


def rated(*elements: Rated) -> Appraisal:
    return Appraisal("case", elements)


def one(name: str, level: int, *, critical: bool = True) -> Rated:
    return Rated(name, Fraction(level), None, (("difficulty", Fraction(0)),), critical=critical)


@pytest.mark.parametrize(
    ("appraisal", "ends"),
    [
        (rated(one("Results", 4), one("Audit", 4)), ("7/2", 3)),  # (4 + 3) / 2: without Safety that counts as 3
        (rated(one("Results", 4), one("Safety of the harbor", 5)), ("19/4", 5)),
        (rated(one("Results", 5), PEOPLE, one("Safety of the harbor", 5)), ("5", 5)),
        (
            rated(one("Results", 5), PEOPLE, one("Safety of the harbor", 5), one("Thrift", 1, critical=False)),
            ("9/2", 3),
        ),
        (rated(one("Results", 5), PEOPLE, one("Thrift", 2, critical=False), one("Tact", 2, critical=False)), "SES611"),
        (rated(one("Results", 5)), "SES611"),
        (rated(one("Safety of the harbor", 5), PEOPLE), "SES610"),
        (rated(one("Results", 5), one("Safety of the harbour", 5)), "SES601"),
    ],
)
def test_each_plan_is_rated_as_computed_by_hand(appraisal: Appraisal, ends: object) -> None:
    program = compile_text(TEXT)
    found = reference.rate(program, appraisal)
    told = [each.code for each in found.refused] or (str(found.score), found.level)
    assert told == ([ends] if isinstance(ends, str) else ends)
    with DurableEngine(program) as durable:
        assert answer(durable.rate(appraisal)) == answer(found)
    assert [answer(each) for each in ColumnarEngine(program).rate([appraisal])] == [answer(found)]
    assert [answer(each) for each in SqlEngine(program).rate([appraisal])] == [answer(found)]


def test_nobody_is_asked_about_an_element_that_is_not_in_the_plan() -> None:
    program = compile_text(TEXT)
    without = rated(one("Results", 4), one("Audit", 4))
    assert reference.rate(program, without).asked == ()
    asked = reference.rate(program, rated(one("Results", 4), one("Safety of the harbor", 5), PEOPLE)).asked
    assert {each.about for each in asked} == {"Safety of the harbor", "Leading People"}


def test_a_formula_that_needs_an_element_refuses_a_plan_without_it() -> None:
    program = compile_text(TEXT.replace(' when "Safety of the harbor" is rated otherwise 3', ""), "SES274")
    (refusal,) = reference.rate(program, rated(one("Results", 4), one("Audit", 4))).refused
    assert refusal.code == "SES608"
    assert refusal.message == "`Safety of the harbor` is not in the plan, and the policy reads its points"
    assert refusal.help.endswith('as in `… when "Safety of the harbor" is rated otherwise …`')


def test_a_trace_says_that_an_element_is_not_in_the_plan() -> None:
    program = compile_text(TEXT)
    trace = reference.rate(program, rated(one("Results", 4), one("Audit", 4))).trace
    assert trace is not None
    assert any('"Safety of the harbor" is not in the plan' in str(each) for each in trace.steps)
