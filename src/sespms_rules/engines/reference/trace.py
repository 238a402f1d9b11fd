"""Derivation -> rating.Step: the derivation told step by step, each step with the line of the policy it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.engines.reference.derivation import Derivation
from sespms_rules.engines.reference.evaluation import LevelNotYetKnown, Present
from sespms_rules.engines.reference.narration import Telling, kind_of, label, rating_words, shown
from sespms_rules.engines.reference.questions import cannot_be_decided, is_there, reason_for
from sespms_rules.engines.refusals import Refused
from sespms_rules.foundation.origin import exact
from sespms_rules.program.ir import Aggregate, Definition, HitPolicy, Program, Question, Row, ScoreDefinition, ToLevel
from sespms_rules.program.rating import Outcome, Rating, Refusal, Step, StepKind


def trace_of(program: Program, derivation: Derivation, rating: Rating) -> Step:
    """Tell a whole rating; the root says the result and holds the steps in the order they were taken."""
    steps = (*fact_steps(program, derivation), *_stage_steps(derivation), *_refusal_steps(rating.refused))
    return root_of(program, rating, steps)


def root_of(program: Program, rating: Rating, steps: tuple[Step, ...]) -> Step:
    """The step that says the result and holds all others."""
    said, outcome = root_words(program, rating)
    return Step(said, outcome, None, program.summary.origin, steps, StepKind.RESULT)


def root_words(program: Program, rating: Rating) -> tuple[str, str]:
    """The result in words, and in short."""
    parts = [] if rating.score is None else [f"score {exact(rating.score)}"]
    parts.append(_outcome(rating))
    if rating.term is not None:
        parts.append(rating.term)
    return f"{program.name}: {', '.join(parts)}", _outcome(rating)


def trace_of_refusals(program: Program, refusals: tuple[Refusal, ...]) -> Step:
    """Tell why an appraisal was not admitted."""
    steps = tuple(_refusal_steps(refusals))
    return Step(f"{program.name}: refused", "refused", None, program.summary.origin, steps, StepKind.RESULT)


def _outcome(rating: Rating) -> str:
    if rating.outcome is Outcome.RATED:
        return f"level {rating.level}" if rating.level is not None else "no level"
    return str(rating.outcome)


def _refusal_steps(refusals: tuple[Refusal, ...]) -> Iterator[Step]:
    for refusal in refusals:
        said = f"refused: {refusal.message}"
        yield Step(said, refusal.code, None, refusal.origin, (), StepKind.REFUSAL, refusal.about)


def fact_steps(program: Program, derivation: Derivation) -> Iterator[Step]:
    """Tell what the appraisal says of the executive or the unit, with the line that asks for it."""
    numbers = derivation.evaluation.facts
    for fact in program.facts:
        given = fact.shown(Fraction(numbers[fact.name]))
        value = given if isinstance(given, str) else exact(given)
        said = f"{fact.name}: {value}, as the appraisal says"
        yield Step(said, value, None, fact.origin, (), StepKind.FACT, fact.name)


def _stage_steps(derivation: Derivation) -> Iterator[Step]:
    """Tell one stage: its nested stages, ratings, values, lines, and what asks for the level."""
    evaluation = derivation.evaluation
    telling = Telling(evaluation)
    for member in evaluation.members:
        inner = derivation.nested.get(member.name)
        if inner is not None:
            yield nested_step(telling, member.name, inner)
    if not derivation.defined:
        return
    if not _aggregates_all(derivation):
        yield from _rating_steps(telling, derivation)
    for definition in derivation.case.stage.definitions:
        if definition not in derivation.late:
            yield definition_step(telling, definition)
    if not derivation.refused or not evaluation.failed:
        yield from _line_steps(telling, derivation)
    if evaluation.level is not None and not derivation.refused:
        for definition in derivation.late:
            yield definition_step(telling, definition)
    if not derivation.refused:
        summary = derivation.case.place.element is None
        for question in derivation.case.stage.questions:
            if not summary or is_there(question, derivation):
                yield question_step(derivation, question)


def question_step(derivation: Derivation, question: Question) -> Step:
    """Tell whether the reviewer is asked a question, and why."""
    said, kind, value = f'the reviewer is asked "{question.text}"', StepKind.QUESTION, "asked"
    try:
        reason = reason_for(question, derivation.evaluation)
        holds = question.condition is None or derivation.evaluation.holds(question.condition)
    except (Refused, LevelNotYetKnown) as none:
        reason, holds = cannot_be_decided(none), derivation.outcome is Outcome.RATED
    if not holds:
        said, kind, value = f'the reviewer is not asked "{question.text}"', StepKind.QUESTION_PASSED, "no"
    return Step(f"{said}, because {reason}", value, None, question.origin, (), kind, question.about)


def nested_step(telling: Telling, name: str, inner: Derivation) -> Step:
    """Tell an element whose rating is itself derived, with the steps of its own stage."""
    found = [] if inner.evaluation.score is None else [f"score {exact(inner.evaluation.score)}"]
    if inner.evaluation.level is not None:
        found.append(f"level {inner.evaluation.level}")
    elif inner.outcome is not Outcome.RATED:
        found.append(str(inner.outcome))
    member = telling.evaluation.member(name)
    value = found[-1] if found else str(inner.outcome)
    steps = tuple(_stage_steps(inner))
    said = f"{name}: {', '.join(found)}"
    origin = None if member is None else telling.origin_of(member)
    return Step(said, value, None, origin, steps, StepKind.STAGE, name)


def _aggregates_all(derivation: Derivation) -> bool:
    """Whether some definition tells of every member anyway, so that the ratings need not be listed."""
    evaluation = derivation.evaluation
    for definition in derivation.case.stage.definitions:
        found: list[object] = [definition.expression]
        while found:
            part = found.pop()
            if isinstance(part, Aggregate) and len(evaluation.members_of(part.members)) == len(evaluation.members):
                return True
            found += [getattr(part, name) for name in ("left", "right", "operand") if hasattr(part, name)]
            found += getattr(part, "operands", ())
    return False


def _rating_steps(telling: Telling, derivation: Derivation) -> Iterator[Step]:
    for member in telling.evaluation.members:
        if member.name not in derivation.nested:
            yield rating_step(telling, member)


def rating_step(telling: Telling, member: Present) -> Step:
    """Tell a rating that was handed in."""
    words = rating_words(member).rstrip(",")
    words += "" if member.counts else ", so it is left out"
    value = "not rated" if not member.rated else words
    return Step(f"{member.name}: {words}", value, None, telling.origin_of(member), (), StepKind.RATED, member.name)


def definition_step(telling: Telling, definition: Definition | ScoreDefinition) -> Step:
    """Tell how a named value or the score was worked out, or why it has none."""
    name = None if isinstance(definition, ScoreDefinition) else definition.name
    failure = telling.evaluation.failed.get(name)
    if failure is not None:
        words = telling.wording.expression(definition.expression)
        said = f"{label(name)}: {words} has no value: {failure.message}"
        return Step(said, "none", None, definition.origin, (), kind_of(name), name)
    if isinstance(definition, Definition) and definition.each is not None:
        return telling.each_step(definition.name, definition.each, definition.expression, definition.origin)
    known = telling.evaluation.score if name is None else telling.evaluation.values.get(name)
    return telling.value_step(name, definition.expression, definition.origin, known)


# ---- lines ---------------------------------------------------------------------------------------


def _line_steps(telling: Telling, derivation: Derivation) -> Iterator[Step]:
    """Tell the line that gave the level, and the caps that were read after it."""
    yield from _steps_to_the_line(telling, derivation)
    given = derivation.line.outcome if derivation.line is not None else None
    if isinstance(given, ToLevel) and derivation.evaluation.level is not None:
        for row in derivation.case.stage.caps:
            yield cap_step(telling, row, given.level, lowers=row is derivation.capping)


def cap_step(telling: Telling, row: Row, given: int, *, lowers: bool) -> Step:
    """Tell a cap that was read after a line gave a level, and whether it lowers it."""
    holds, reason = telling.row_reason(row)
    most = _outcome_of(row)
    if not holds:
        said = f"{telling.wording.line(row)}: {reason}, so this does not apply"
        return Step(said, "no", None, row.origin, (), StepKind.CAP_PASSED, None, row)
    if lowers:
        said = f"{reason}, which makes the rating no higher than {most}: {most}"
        return Step(said, most, None, row.origin, (), StepKind.CAP, None, row)
    said = f"{reason}, which makes the rating no higher than {most}; level {given} or a lower cap holds"
    return Step(said, "no", None, row.origin, (), StepKind.CAP_PASSED, None, row)


def _steps_to_the_line(telling: Telling, derivation: Derivation) -> Iterator[Step]:
    """Tell the overrides, and the line that decided; where lines are read in order, also those above it."""
    stage = derivation.case.stage
    for row in stage.overrides:
        try:
            yield override_step(telling, row)
        except Refused:
            return  # its question has no answer, which is what the refusal says
    if len(derivation.fitting) > 1 and derivation.line is not None:
        yield lowest_step(derivation.line)
    if derivation.fitting:
        return
    for row in stage.rows:
        if row is derivation.line:
            yield line_step(telling, row)
            return
        if stage.hit_policy is HitPolicy.FIRST and derivation.line is not None:
            yield passed_step(telling, row)


def line_step(telling: Telling, row: Row) -> Step:
    """Tell the line that gives the outcome."""
    _, reason = telling.row_reason(row)
    reason = reason or "no line above it fits"
    said = f"{reason}: {_outcome_of(row)}"
    return Step(said, _outcome_of(row), None, row.origin, (), StepKind.LINE, None, row)


def passed_step(telling: Telling, row: Row) -> Step:
    """Tell a line above it that does not fit."""
    _, reason = telling.row_reason(row)
    said = f"{telling.wording.line(row)}: {reason}, so this line does not fit"
    return Step(said, "no", None, row.origin, (), StepKind.LINE_PASSED, None, row)


def lowest_step(row: Row) -> Step:
    """Tell which of several overrides that hold is taken."""
    outcome = _outcome_of(row)
    said = f"of the lines that apply, the one with the lower level holds: {outcome}"
    return Step(said, outcome, kind=StepKind.LOWEST)


def override_step(telling: Telling, row: Row) -> Step:
    """Tell an override, and why it applies or does not."""
    holds, reason = telling.row_reason(row)
    outcome = _outcome_of(row)
    if holds:
        whatever = "" if telling.evaluation.score is None else ", whatever the score"
        said = f"{reason}, which makes the rating {outcome}{whatever}"
        return Step(said, outcome, None, row.origin, (), StepKind.OVERRIDE, None, row)
    said = f"{telling.wording.line(row)}: {reason}, so this does not apply"
    return Step(said, "no", None, row.origin, (), StepKind.OVERRIDE_PASSED, None, row)


def _outcome_of(row: Row) -> str:
    return f"level {row.outcome.level}" if isinstance(row.outcome, ToLevel) else "not rated"


__all__ = ["shown", "trace_of", "trace_of_refusals"]
