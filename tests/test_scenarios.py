"""Scenarios: what they describe, what they expect, and what is said when the policy gives something else."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from sespms_rules.checks.scenarios import ScenarioResult, appraisal_of, run_scenario, run_scenarios
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Outcome, Rated

POLICY = """\
system "Invented Harbor Office"
  has 2 to 3 critical elements

critical element "Leading People"

critical element "Harbor Safety"

levels
  level 5 "Outstanding"     5 points
  level 4 "Commended"       4 points
  level 3 "Successful"      3 points
  level 2 "Minimal"         2 points
  level 1 "Unsatisfactory"  0 points

weights
  total 100
  none above "Harbor Safety"

summary rating
  "mean" is the average of points
  score is the sum of points times weight
  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score below 250 is level 2
  any critical element at level 1 makes the rating level 1

"""
NESTED = """\
system "Invented Survey"

critical element "Surveys"
  requirements are rated
  each requirement is also rated "difficulty" from -1 to 1
  "adjusted" of each requirement is points + "difficulty"
  score is the average of "adjusted" of requirements
  score at least 4 is level 5
  score below 4 is level 3

critical element "People"

levels
  level 5 "Outstanding"  5 points
  level 3 "Successful"   3 points
  level 1 "Failed"       1 point

summary rating
  score is the average of points
  take the first line that fits
  level 5 when score is at least 4.5
  level 3 otherwise

"""
PLAN = '  "Leading People" weight 40 rated 4\n  "Harbor Safety" weight 60 rated 4\n'


@cache
def compiled(text: str) -> tuple[System, Program]:
    document, syntax = parse(Source("policy.sespms", text))
    policy, meaning = resolve(document, EMPTY_LIBRARY)
    (system,) = policy.systems
    program, findings = lower(system)
    assert not [each for each in (*syntax, *meaning, *findings) if each.severity is Severity.ERROR]
    assert program is not None
    return system, program


def run(lines: str, policy: str = POLICY) -> ScenarioResult:
    """The only scenario of a policy, with these lines."""
    (result,) = run_scenarios(*compiled(f'{policy}scenario "Tried"\n{lines}'))
    return result


def finding(result: ScenarioResult) -> Diagnostic:
    assert len(result.diagnostics) == 1, result.diagnostics
    return result.diagnostics[0]


# ---- what a scenario describes -------------------------------------------------------------------


def test_a_scenario_becomes_an_appraisal() -> None:
    lines = '  "Leading People" weight 12.5 rated 4\n  "Harbor Safety" not rated\n  expect refused\n'
    system, _ = compiled(f'{POLICY}scenario "Tried"\n{lines}')
    appraisal = appraisal_of(system.scenarios[0])
    assert appraisal.id == "Tried"
    assert appraisal.elements == (Rated("Leading People", Fraction(4), Fraction("12.5")), Rated("Harbor Safety"))


def test_requirements_gather_under_their_element_with_their_further_ratings() -> None:
    lines = (
        '  requirement "Port" of "Surveys" rated 5 with "difficulty" -1\n'
        '  "People" rated 3\n'
        '  requirement "Coast" of "Surveys" rated 3 with "difficulty" 1\n'
        "  expect score 4\n"
    )
    system, program = compiled(f'{NESTED}scenario "Tried"\n{lines}')
    appraisal = appraisal_of(system.scenarios[0])
    surveys = next(each for each in appraisal.elements if each.name == "Surveys")
    assert surveys == Rated(
        "Surveys",
        requirements=(
            Rated("Port", Fraction(5), further=(("difficulty", Fraction(-1)),)),
            Rated("Coast", Fraction(3), further=(("difficulty", Fraction(1)),)),
        ),
    )
    assert run_scenario(system.scenarios[0], program).passed


# ---- what it expects -----------------------------------------------------------------------------


def test_a_scenario_whose_expectations_are_met_passes() -> None:
    result = run(f'{PLAN}  expect "mean" 4\n  expect score 400\n  expect level 4\n')
    assert result.passed
    assert result.diagnostics == ()
    assert result.expected == '"mean" 4, score 400 and level 4'
    assert result.got == 'score 400, "mean" 4 and level 4'
    assert result.rating is not None
    assert result.rating.outcome is Outcome.RATED


def test_501_another_level_underlines_the_line_and_says_which_line_decided() -> None:
    result = run(f"{PLAN}  expect score 400\n  expect level 5\n")
    found = finding(result)
    assert not result.passed
    assert (found.code, found.span.text) == ("SES501", "expect level 5")
    assert found.message == "the scenario expects level 5, and the policy gives level 4"
    assert found.help == "write `expect level 4` if that is what the policy means"
    assert [(label.span.text, label.message) for label in found.labels] == [
        ("score at least 350 and below 450 is level 4", "score 400 is at least 350 and below 450: level 4")
    ]
    assert (result.expected, result.got) == ("score 400 and level 5", "score 400 and level 4")


def test_501_another_score_is_compared_exactly() -> None:
    found = finding(run(f"{PLAN}  expect score 400.0001\n"))
    assert found.span.text == "expect score 400.0001"
    assert found.message == "the scenario expects score 400.0001, and the policy gives score 400"
    assert "160 + 240 = 400" in found.labels[0].message
    assert run(f"{PLAN}  expect score 400.000\n").passed


def test_501_another_value() -> None:
    found = finding(run(f'{PLAN}  expect "mean" 3.5\n'))
    assert (found.code, found.message) == ("SES501", 'the scenario expects "mean" 3.5, and the policy gives "mean" 4')


def test_501_a_refusal_that_was_not_expected_is_told_once_with_its_reason() -> None:
    lines = '  "Leading People" weight 60 rated 4\n  "Harbor Safety" weight 40 rated 4\n'
    result = run(f"{lines}  expect score 400\n  expect level 4\n")
    found = finding(result)
    assert found.span.text == "expect score 400"
    assert "is refused: SES603 `Leading People` weighs `60`" in found.message
    assert result.got == "refused SES603"
    assert not result.passed


def test_501_a_refusal_that_does_not_come() -> None:
    result = run(f"{PLAN}  expect refused\n")
    assert finding(result).message == "the scenario expects refused, and the policy gives level 4"
    assert not result.passed


def test_a_refusal_is_expected_by_its_code_among_all_of_them_or_by_none() -> None:
    both = '  "Leading People" weight 70 rated 4\n  "Harbor Safety" weight 40 rated 4\n'
    assert run(f"{both}  expect refused\n").passed
    assert run(f"{both}  expect refused SES602\n").passed
    assert run(f"{both}  expect refused SES603\n").passed
    other = run(f"{both}  expect refused SES608\n")
    assert not other.passed
    assert other.got == "refused SES602 and SES603"
    assert finding(other).help.endswith("; `SES603` refuses it too, for `Leading People`")


def test_what_refuses_an_appraisal_is_told_once_with_all_whom_it_is_about() -> None:
    lines = '  "Leading People" rated 4\n  "Harbor Safety" rated 4\n'
    told = finding(run(f"{lines}  expect level 4\n")).help
    assert told == "give `Leading People` its weight in the plan; do the same for `Harbor Safety`"


def test_not_rated_is_an_expectation_like_a_level() -> None:
    added = "  unrated elements are left out\n  not rated when at most 1 element is rated\n"
    policy = POLICY.replace("  score at least 450", f"{added}  score at least 450")
    lines = '  "Leading People" weight 40 not rated\n  "Harbor Safety" weight 60 rated 4\n'
    assert run(f"{lines}  expect not rated\n", policy).passed
    result = run(f"{lines}  expect level 3\n", policy)
    assert finding(result).message == "the scenario expects level 3, and the policy gives not rated"
    assert not run(f"{PLAN}  expect not rated\n", policy).passed


BY_WEIGHT = NESTED.replace("score is the average of points\n  take", "score is the average of points by weight\n  take")
WEIGHED = BY_WEIGHT.replace("summary rating", "weights\n  total 100\n\nsummary rating")
INNER = '  requirement "Reefs" of "Surveys" rated 5 with "difficulty" 0\n'


@pytest.mark.case("weights of derived elements")
def test_a_derived_element_has_a_weight_and_no_rating() -> None:
    """60 of 100 times 5 points and 40 times 3 are 4.2; the same weight on both would be 4."""
    lines = f'  "Surveys" weight 60\n{INNER}  "People" weight 40 rated 3\n  expect score 4.2\n'
    assert run(lines, WEIGHED).passed
    result = run(lines.replace("4.2", "4"), WEIGHED)
    assert finding(result).message == "the scenario expects score 4, and the policy gives score 4.2"


@pytest.mark.case("weights of derived elements")
def test_503_a_weight_alone_of_an_element_that_is_rated_as_a_whole() -> None:
    result = run(f'  "Surveys" weight 60\n{INNER}  "People" weight 40\n  expect refused\n', WEIGHED)
    found = finding(result)
    assert (result.passed, result.rating, found.code) == (False, None, "SES503")
    assert found.span.text == '"People" weight 40'
    assert found.message == "scenario `Tried` cannot be run: it gives `People` a weight and no rating"
    assert '`"People" weight 40 rated 4`' in found.help
    other = finding(run('  "Others" weight 40\n  expect refused\n', WEIGHED))
    assert other.code == "SES503", "also of an element that the policy does not name"


@pytest.mark.case("weights of derived elements")
def test_a_derived_element_without_requirements_is_refused_and_not_passed_over() -> None:
    result = run('  "Surveys" weight 60\n  "People" weight 40 rated 3\n  expect level 3\n', WEIGHED)
    assert "SES611" in finding(result).message


@pytest.mark.case("weights of derived elements")
def test_an_element_is_weighed_or_rated_once() -> None:
    lines = f'  "Surveys" weight 60\n  "Surveys" weight 60 not rated\n{INNER}  "People" weight 40 rated 3\n'
    _, found = resolve(
        parse(Source("policy.sespms", f'{WEIGHED}scenario "Tried"\n{lines}  expect level 3\n'))[0], EMPTY_LIBRARY
    )
    assert [each.code for each in found] == ["SES106"]


def test_502_a_scenario_that_expects_nothing_passes_with_a_warning() -> None:
    result = run(PLAN)
    found = finding(result)
    assert result.passed
    assert (found.code, found.severity) == ("SES502", Severity.WARNING)
    assert found.help == "add what it should give, such as `expect level 4`"
    assert found.message.endswith("it gives score 400 and level 4")


def test_503_a_scenario_without_a_program_never_passes() -> None:
    system, _ = compiled(f'{POLICY}scenario "Tried"\n{PLAN}  expect refused\n')
    (result,) = run_scenarios(system, None)
    assert (result.passed, finding(result).code, result.rating) == (False, "SES503", None)


def test_504_a_value_the_policy_does_not_define() -> None:
    result = run(f'{PLAN}  expect "meen" 4\n')
    found = finding(result)
    assert (found.code, found.span.text) == ("SES504", '"meen"')
    assert found.help == "did you mean `mean`?"
    assert not result.passed


# ---- under an amendment --------------------------------------------------------------------------


def test_a_scenario_with_an_amendment_is_run_on_the_amended_program() -> None:
    plain, program = compiled(f'{POLICY}scenario "Tried"\n{PLAN}  expect score 400\n  expect level 3\n')
    scenario = replace(plain.scenarios[0], amendment="Stricter")
    system = replace(plain, scenarios=(scenario,))
    stricter = POLICY.replace("350", "410")
    _, amended = compiled(stricter)
    asked: list[str] = []

    def under(name: str) -> Program | None:
        asked.append(name)
        return amended

    (result,) = run_scenarios(system, program, under)
    assert result.passed
    assert asked == ["Stricter"]
    (without,) = run_scenarios(system, program)
    assert finding(without).code == "SES503"
    assert "with amendment `Stricter`" in finding(without).message
