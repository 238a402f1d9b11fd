"""model.Scenario x ir.Program -> ScenarioResult: the worked examples of a policy, run on its own program.

Out differs from in: the sentences have become an appraisal, the appraisal a rating, and each expectation is met or
has a finding that says what came instead. Everything is compared exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity, error, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Scenario, Stated, System
from sespms_rules.language.syntax.formula import NotRated
from sespms_rules.language.syntax.limits import Level, signed_value
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.proof import (
    ExpectOutcome,
    ExpectRefused,
    ExpectScore,
    ExpectValue,
    FactGiven,
    Mark,
    Marked,
    RatedElement,
    RatedNoncritical,
    RatedRequirement,
    WeighedElement,
    WeightGiven,
)
from sespms_rules.program.ir import Definition, Program, Row, ToLevel
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating, Refusal, StepKind

SCENARIO_FAILS = error("SES501", "scenario-fails")
EXPECTS_NOTHING = warning("SES502", "scenario-expects-nothing")
CANNOT_RUN = error("SES503", "scenario-cannot-run")
UNKNOWN_VALUE = error("SES504", "scenario-names-unknown-value")

_NOT_RUN = "no rating, because it could not be run"

Amended = Callable[[str], Program | None]
"""Gives the program of the system under the amendment of this name; None where there is none that can be run."""

_DECIDE = (StepKind.LINE, StepKind.OVERRIDE, StepKind.CAP)
_Expectation = ExpectScore | ExpectValue | ExpectOutcome | ExpectRefused


class ScenarioResult(Frozen):
    """What a scenario came to; `expected` and `got` are in words, `rating` is None where it could not be run."""

    name: str
    passed: bool
    expected: str
    got: str
    diagnostics: tuple[Diagnostic, ...]
    rating: Rating | None = field(default=None)


def run_scenarios(
    system: System, program: Program | None, amended: Amended = lambda _name: None
) -> tuple[ScenarioResult, ...]:
    """Run the scenarios of a system, in order; those that name an amendment run on the program `amended` gives."""
    return tuple(run_scenario(scenario, program, amended) for scenario in system.scenarios)


def run_scenario(scenario: Scenario, program: Program | None, amended: Amended = lambda _name: None) -> ScenarioResult:
    """Run one scenario. It passes when every expectation is met, and never when it could not be run."""
    expectations = [stated for stated in scenario.sentences if isinstance(stated.sentence, _Expectation)]
    expected = listed(_words(stated.sentence) for stated in expectations) or "nothing"
    if scenario.amendment is not None:
        program = amended(scenario.amendment)
    if program is None:
        finding = _cannot_run(scenario)
        return ScenarioResult(scenario.name, False, expected, _NOT_RUN, (finding,))
    if unclear := _neither_rated_nor_derived(scenario, program):
        return ScenarioResult(scenario.name, False, expected, _NOT_RUN, (unclear,))
    appraisal = appraisal_of(scenario)
    rating = rate(program, appraisal, trace=False)
    found = _findings(expectations, rating, program)
    if found or not expectations:
        rating = rate(program, appraisal)  # told only where something is said about it, which is rare
        found = _findings(expectations, rating, program) if expectations else [_expects_nothing(scenario, rating)]
    passed = not any(finding.severity is Severity.ERROR for finding in found)
    return ScenarioResult(scenario.name, passed, expected, _got(expectations, rating), tuple(found), rating)


def _findings(expectations: Iterable[Stated], rating: Rating, program: Program) -> list[Diagnostic]:
    """Return what is not met; a refusal that spoils several expectations is told once."""
    found: list[Diagnostic] = []
    for stated in expectations:
        finding = _check(stated, rating, program)
        told = rating.outcome is Outcome.REFUSED and any(each.code == SCENARIO_FAILS.code for each in found)
        if finding is not None and not (told and finding.code == SCENARIO_FAILS.code):
            found.append(finding)
    return found


# ---- from sentences to an appraisal --------------------------------------------------------------


def appraisal_of(scenario: Scenario) -> Appraisal:
    """Make the appraisal that a scenario describes; its id is the scenario's name.

    An element of which only requirements are given has neither weight nor rating of its own; one with a weight alone
    has no rating. What is given twice is
    twice in the appraisal, so that the engine refuses it.
    """
    elements: list[RatedElement | RatedNoncritical | WeighedElement | str] = []
    requirements: dict[str, list[Rated]] = {}
    named: set[str] = set()
    for stated in scenario.sentences:
        sentence = stated.sentence
        if isinstance(sentence, RatedElement | RatedNoncritical | WeighedElement):
            elements.append(sentence)
            named.add(sentence.name.text)
        elif isinstance(sentence, RatedRequirement):
            rated = _rated(sentence.name.text, sentence.weight, sentence.mark, ())
            requirements.setdefault(sentence.element.text, []).append(rated)
    elements += [name for name in requirements if name not in named]
    made: list[Rated] = []
    for element in elements:
        name = element if isinstance(element, str) else element.name.text
        inner = tuple(requirements.pop(name, ()))
        if isinstance(element, str):
            made.append(Rated(name, requirements=inner))
        else:
            mark = None if isinstance(element, WeighedElement) else element.mark
            rated = _rated(name, element.weight, mark, inner)
            made.append(replace(rated, critical=False) if isinstance(element, RatedNoncritical) else rated)
    return Appraisal(scenario.name, tuple(made), facts=tuple(_facts(scenario)))


def _facts(scenario: Scenario) -> Iterator[tuple[str, Fraction | str]]:
    for stated in scenario.sentences:
        if isinstance(stated.sentence, FactGiven):
            value = stated.sentence.value
            yield stated.sentence.name.text, value.text if isinstance(value, Quoted) else signed_value(value)


def _rated(name: str, weight: WeightGiven | None, mark: Mark | None, requirements: tuple[Rated, ...]) -> Rated:
    rating: Fraction | None = None
    further: tuple[tuple[str, Fraction], ...] = ()
    if isinstance(mark, Marked):
        rating = mark.rating.value
        if mark.further is not None:
            further = tuple((each.name.text, signed_value(each.value)) for each in mark.further.ratings)
    return Rated(name, rating, None if weight is None else weight.number.value, further, requirements)


# ---- expectations --------------------------------------------------------------------------------


def _words(sentence: object) -> str:
    """What an expectation asks for, in words."""
    match sentence:
        case ExpectScore(value):
            return f"score {exact(signed_value(value))}"
        case ExpectValue(name, value):
            return f'"{name.text}" {exact(signed_value(value))}'
        case ExpectOutcome(Level(number)):
            return f"level {exact(number.value)}"
        case ExpectOutcome(NotRated()):
            return "not rated"
        case ExpectOutcome():
            return "any level"
        case ExpectRefused(code):
            return "refused" if code is None else f"refused {code.text}"
        case _:
            raise TypeError(f"{type(sentence).__name__} expects nothing")


def _got(expectations: Iterable[Stated], rating: Rating) -> str:
    """What the rating gives for each expectation, in the same words and order."""
    if rating.outcome is Outcome.REFUSED:
        return _refused(rating)
    asked = [stated.sentence for stated in expectations]
    score = "no score" if rating.score is None else f"score {exact(rating.score)}"
    parts = [score] if any(isinstance(each, ExpectScore) for each in asked) or not asked else []
    values = dict(rating.values)
    names = [each.name.text for each in asked if isinstance(each, ExpectValue) and each.name.text in values]
    parts += [f'"{name}" {_shown(values[name])}' for name in names]
    return listed([*parts, _outcome(rating)])


def _outcome(rating: Rating) -> str:
    match rating.outcome:
        case Outcome.RATED:
            return f"level {rating.level}" if rating.level is not None else "no level"
        case Outcome.NOT_RATED:
            return "not rated"
        case Outcome.REFUSED:
            return _refused(rating)
    assert_never(rating.outcome)


def _refused(rating: Rating) -> str:
    return f"refused {listed(dict.fromkeys(refusal.code for refusal in rating.refused))}"


def _shown(value: Fraction | str) -> str:
    return value if isinstance(value, str) else exact(value)


def _check(stated: Stated, rating: Rating, program: Program) -> Diagnostic | None:
    """Check one expectation against the rating; return the finding where it is not met."""
    sentence, span = stated.sentence, stated.sentence.span
    refused = rating.outcome is Outcome.REFUSED
    match sentence:
        case ExpectRefused(code):
            met = any(code is None or refusal.code == code.text for refusal in rating.refused)
            return None if met else _fails(span, _words(sentence), rating)
        case ExpectOutcome(Level(number)):
            met = rating.level is not None and rating.level == number.value
            return None if met else _fails(span, _words(sentence), rating)
        case ExpectOutcome(NotRated()):
            return None if rating.outcome is Outcome.NOT_RATED else _fails(span, "not rated", rating)
        case ExpectOutcome():
            return None if rating.level is not None else _fails(span, "any level", rating)
        case ExpectScore(value):
            met = not refused and rating.score == signed_value(value)
            got = "no score" if rating.score is None else f"score {exact(rating.score)}"
            return None if met else _fails(span, _words(sentence), rating, got)
        case ExpectValue():
            return _check_value(sentence, rating, program)
        case _:
            raise TypeError(f"{type(sentence).__name__} expects nothing")


def _check_value(sentence: ExpectValue, rating: Rating, program: Program) -> Diagnostic | None:
    name = sentence.name.text
    single = [each for each in program.summary.definitions if isinstance(each, Definition) and each.each is None]
    defined = [each.name for each in single]
    if name not in defined:
        near = nearest_name(name, defined)
        known = (
            f"the summary rating defines {backticked(defined)}"
            if defined
            else "the summary rating defines no value by name; expect the score or the level instead"
        )
        message = f"the scenario expects a value `{name}`, which the summary rating does not define"
        return UNKNOWN_VALUE.at(sentence.name.span, message, help=did_you_mean(near, known))
    values = dict(rating.values)
    if rating.outcome is not Outcome.REFUSED and values.get(name) == signed_value(sentence.value):
        return None
    got = f'"{name}" {_shown(values[name])}' if name in values else f'no "{name}"'
    return _fails(sentence.span, _words(sentence), rating, got)


# ---- findings ------------------------------------------------------------------------------------


def _fails(span: Span, expected: str, rating: Rating, got: str | None = None) -> Diagnostic:
    """Say that an expectation is not met, what came instead, and why."""
    if rating.outcome is Outcome.REFUSED:
        first, *more = rating.refused
        message = f"the scenario expects {expected}, and its appraisal is refused: {first.code} {first.message}"
        help = "; ".join(each for each in (first.help, *_further(first, more)) if each)
        return SCENARIO_FAILS.at(span, message, help=help)
    given = got or _outcome(rating)
    message = f"the scenario expects {expected}, and the policy gives {given}"
    help = "" if given.startswith("no ") else f"write `expect {given}` if that is what the policy means"
    return SCENARIO_FAILS.at(span, message, help=help, labels=_deciding(rating, span, score=got is not None))


def _further(first: Refusal, more: Iterable[Refusal]) -> Iterator[str]:
    """For which other elements the same is to be done, and what else refuses the appraisal, each code once."""
    of_code: dict[str, list[str]] = {}
    for each in more:
        of_code.setdefault(each.code, []).extend([each.about] if each.about else [])
    for code, about in of_code.items():
        of_whom = backticked(dict.fromkeys(about))
        if code == first.code and about:
            yield f"do the same for {of_whom}"
        elif code != first.code:
            yield f"`{code}` refuses it too{f', for {of_whom}' if about else ''}"


def _deciding(rating: Rating, span: Span, *, score: bool) -> tuple[Label, ...]:
    """Point at the line that decided, with what it did: that of the score, or the one that gave the level."""
    steps = rating.trace.steps if rating.trace is not None else ()
    if score:
        step = next((step for step in steps if step.kind is StepKind.SCORE), None)
    else:
        step = next((step for step in steps if step.kind in _DECIDE and _gives(step.row, rating)), None)
    if step is None or step.origin is None or step.origin.span.source is not span.source:
        return ()
    return (Label(step.origin.span, step.says),)


def _gives(row: Row | None, rating: Rating) -> bool:
    """Whether a row gives the outcome that a rating ended with."""
    if row is None:
        return False
    level = row.outcome.level if isinstance(row.outcome, ToLevel) else None
    return level == rating.level


def _expects_nothing(scenario: Scenario, rating: Rating) -> Diagnostic:
    got = _got((), rating)
    expect = "refused" if rating.outcome is Outcome.REFUSED else _outcome(rating)
    message = f"scenario `{scenario.name}` expects nothing, so it can never fail; it gives {got}"
    return EXPECTS_NOTHING.at(scenario.origin.span, message, help=f"add what it should give, such as `expect {expect}`")


def _neither_rated_nor_derived(scenario: Scenario, program: Program) -> Diagnostic | None:
    """Refuse a weight alone for an element that is rated as a whole: what it was rated is not known."""
    derived = {each.name for each in program.summary.members if each.stage is not None}
    for stated in scenario.sentences:
        sentence = stated.sentence
        if isinstance(sentence, WeighedElement) and sentence.name.text not in derived:
            name = sentence.name.text
            message = f"scenario `{scenario.name}` cannot be run: it gives `{name}` a weight and no rating"
            help = f"say what it was rated, as in `{sentence.span.text} rated 4`, or `{sentence.span.text} not rated`"
            return CANNOT_RUN.at(sentence.span, message, help=help)
    return None


def _cannot_run(scenario: Scenario) -> Diagnostic:
    if scenario.amendment is None:
        message = f"scenario `{scenario.name}` cannot be run, because the policy has errors"
        help = "fix the errors of the policy first"
    else:
        message = f"scenario `{scenario.name}` cannot be run with amendment `{scenario.amendment}`"
        help = "the amendment must be there, amend this system, and leave it without errors"
    return CANNOT_RUN.at(scenario.origin.span, message, help=help)
