"""Guarantees of policies: OPM's are proved; each kind is refuted where a policy breaks it, on both engines."""

from __future__ import annotations

import re
from functools import cache

import pytest

from cli.running import OPM as OPM_FILE
from cli.running import process
from sespms_rules.checks.scenarios import run_scenarios
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.language.syntax.nodes import Block, Sentence
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs import guarantees
from sespms_rules.proofs.guarantees import DisagreementError, Established, asked_by_user, establish, guarantees_of
from sespms_rules.proofs.guarantees.proving import _agree
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Shown, Status
from systems import program_of, system_of

OPM = "agencies/opm_basic.sespms"

POLICY = """system "Invented agency"
  has exactly 2 critical elements

critical element "People"

critical element "Results"

levels
  level 5 "Best"    5 points
  level 4 "Better"  4 points
  level 3 "Good"    {good} points
  level 2 "Poor"    2 points
  level 1 "Bad"     1 point

weights
  total 10
  {weights}
  "Results" at least 5

summary rating
  take the first line that fits
  score is the sum of points times weight
  score at least 45 is level {best}
  score at least 35 is level 4
  score at least 25 is level 3
  score at least 15 is level 2
  {last}
"""


def policy(
    good: int = 3, weights: str = "are whole numbers", best: int = 5, last: str = "score at least 10 is level 1"
) -> str:
    return POLICY.format(good=good, weights=weights, best=best, last=last)


@cache
def compiled(text: str) -> tuple[System, Program]:
    """A system and its program, whatever a check would say of it: the faults are planted on purpose."""
    document, syntax = parse(Source("invented.sespms", text))
    policy, meaning = resolve(document, EMPTY_LIBRARY)
    (system,) = policy.systems
    program, findings = lower(system)
    found = (*syntax, *meaning, *findings)
    assert program is not None
    assert not [each for each in found if each.severity is Severity.ERROR]
    return system, program


def sentence(text: str) -> Sentence:
    document, findings = parse(Source("asked", f'system "x"\nguarantees\n  {text}\n'))
    assert not findings
    block = document.blocks[-1]
    assert isinstance(block, Block)
    return block.lines[0].sentence


def asked_of(system: System, program: Program, text: str, seconds: int = 20) -> Established:
    (verdict,) = establish(system, program, [asked_by_user(sentence(text))], seconds=seconds)
    replay(program, verdict)
    return verdict


def replay(program: Program, verdict: Established) -> None:
    """Whatever is refuted in these tests, both engines rate alike."""
    engine = DurableEngine(program)
    for example in verdict.counterexamples:
        again = engine.rate(example.appraisal)
        assert (again.outcome, again.level) == (example.rating.outcome, example.rating.level)
        assert [each.code for each in again.refused] == [each.code for each in example.rating.refused]
        if again.outcome is Outcome.RATED:
            assert again.score == example.rating.score
    engine.close()


def run_as_scenarios(text: str, verdict: Established) -> list[str]:
    """Paste the counterexamples into the policy and run its scenarios; return what each gets."""
    scenarios = [each.scenario for each in verdict.counterexamples if each.scenario is not None]
    assert len(scenarios) == len(verdict.counterexamples) > 0
    results = run_scenarios(*compiled("\n\n".join((text, *scenarios)) + "\n"))
    assert len(results) == len(scenarios)
    assert all(each.passed for each in results), results
    return [each.got for each in results]


def test_what_opm_guarantees_is_proved() -> None:
    system, program = system_of(OPM), program_of(OPM)
    verdicts = establish(system, program, guarantees_of(system))
    assert [(each.asked.words, each.status) for each in verdicts] == [
        ("every appraisal gets exactly one level", Status.PROVED),
        ("every level can be reached", Status.PROVED),
        ("a better rating never lowers the result", Status.PROVED),
        ("the result depends on no other executive", Status.PROVED),
        ("every critical element at level 3 gives level 3", Status.PROVED),
    ]
    assert [each.inspected for each in verdicts] == [False, False, False, True, False]


def test_outstanding_does_not_need_every_element_at_level_3() -> None:
    system, program = system_of(OPM), program_of(OPM)
    verdict = asked_of(system, program, "level 5 needs no critical element below level 3")
    assert verdict.status is Status.REFUTED
    (example,) = verdict.counterexamples
    off = [each for each in example.appraisal.elements if each.rating != 5]
    assert [(each.rating, each.weight) for each in off] == [(2, 5)]
    assert (example.rating.score, example.rating.level) == (485, 5)
    # The same appraisal is shown each time the command is run; what a process asked before may lead to another.
    asked = ("prove", OPM_FILE, "--guarantee", "level 5 needs no critical element below level 3", "--format", "json")
    first, again = (re.sub(r'"seconds": [0-9.]+', "", process(*asked).stdout) for _ in range(2))
    assert '"refuted"' in first
    assert first == again
    proved = asked_of(system, program, "level 5 needs no critical element below level 2")
    assert proved.status is Status.PROVED


PLANTED = [
    (
        policy(weights="are whole numbers", last="score at least 12 is level 1"),
        "every appraisal gets exactly one level",
        "refused SES612",
    ),
    (policy(good=5), "a better rating never lowers the result", None),
    (policy(best=3), "the result lies between the lowest and the highest element", "level 3"),
    (policy(), "level 5 needs no critical element below level 5", "level 5"),
    (policy(), "any critical element at level 1 gives level 1", None),
    (policy(good=4), "every critical element at level 3 gives level 3", "level 4"),
    (policy(), "level 4 needs more than half of the critical elements at level 4 or better", "level 4"),
]


@pytest.mark.parametrize(("text", "asked", "got"), PLANTED, ids=[each[1] for each in PLANTED])
def test_a_broken_guarantee_is_refuted_on_both_engines(text: str, asked: str, got: str | None) -> None:
    system, program = compiled(text)
    verdict = asked_of(system, program, asked)
    assert verdict.status is Status.REFUTED
    assert len(verdict.counterexamples) == (2 if asked.startswith("a better") else 1)
    results = run_as_scenarios(text, verdict)
    if got is not None:
        assert results[0] == got or results[0].endswith(f"and {got}")
    if len(results) == 2:
        worse, better = (each.rating.level for each in verdict.counterexamples)
        assert worse is not None
        assert better is not None
        assert better < worse


def test_a_level_that_nothing_reaches_is_named() -> None:
    system, program = compiled(policy(best=4))
    verdict = asked_of(system, program, "every level can be reached")
    assert verdict.status is Status.REFUTED
    assert verdict.why == "no appraisal gets level 5"
    assert verdict.counterexamples == ()


def test_a_second_rating_is_multiplied_by_its_weight_and_proved_all_the_same() -> None:
    name = "examples/maritime_commission.sespms"
    verdicts = establish(system_of(name), program_of(name), guarantees_of(system_of(name)))
    assert [each.status for each in verdicts] == [Status.PROVED] * 5
    refuted = asked_of(system_of(name), program_of(name), "level 5 needs no critical element below level 5")
    assert refuted.status is Status.REFUTED


def test_nothing_is_proved_where_no_plan_is_legal() -> None:
    verdict = Prover(program_of("lessons/weights_cannot_total.sespms")).prove(ExactlyOneLevel())
    assert verdict.status is Status.UNDECIDED
    assert "no plan keeps the limits" in verdict.why


def test_weights_that_need_not_be_whole_have_a_gap() -> None:
    program = program_of("lessons/fractional_weights.sespms")
    (shown,) = Prover(program).prove(ExactlyOneLevel()).shown
    assert shown.outcome is Outcome.REFUSED
    assert {each.code for each in rate(program, shown.appraisal).refused} == {"SES612"}


def test_a_disagreement_with_the_reference_engine_is_an_error() -> None:
    program = program_of(OPM)
    (shown,) = Prover(program_of("lessons/fractional_weights.sespms")).prove(ExactlyOneLevel()).shown
    with pytest.raises(DisagreementError, match="the solver says `refused`"):
        _agree(shown, rate(program, shown.appraisal))
    bad = Shown(Appraisal("x", (Rated("A"),)), Outcome.RATED, 4, None)
    with pytest.raises(DisagreementError, match="neither can be trusted"):
        _agree(bad, rate(program, bad.appraisal))


def test_a_guarantee_asked_twice_is_proved_once() -> None:
    system = system_of(OPM)
    doubled = replace(system, parts=(*system.parts[:-1], replace(system.parts[-1])))
    assert guarantees_of(doubled) == guarantees_of(system)
    assert len({each.words for each in guarantees_of(system)}) == len(guarantees_of(system))
    assert guarantees.TIME_LIMIT == 20


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        ("level 6 needs no critical element below level 3", "6"),
        ("level 4.5 needs no critical element below level 3", "4.5"),
        ("any critical element at level 0 gives level 1", "0"),
        ("every critical element below level 9 gives level 5", "9"),
    ],
)
def test_nothing_is_proved_of_a_level_that_the_system_lacks(asked: str, level: str) -> None:
    verdict = asked_of(system_of(OPM), program_of(OPM), asked)
    assert verdict.status is Status.UNDECIDED
    assert verdict.why == f"the system has no level {level}: its levels are 5, 4, 3, 2 and 1"
