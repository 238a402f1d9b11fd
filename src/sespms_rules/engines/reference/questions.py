"""Derivation -> rating.Asked: the questions for the reviewer, with why each is asked."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.engines.reference.derivation import Derivation
from sespms_rules.engines.reference.evaluation import Evaluation, LevelNotYetKnown
from sespms_rules.engines.refusals import Refused
from sespms_rules.program.ir import Program, Question
from sespms_rules.program.rating import Asked, Outcome


def asked(program: Program, derivation: Derivation) -> tuple[Asked, ...]:
    """The questions of a rating that is not refused, in the order of the program."""
    return tuple(
        Asked.of(question, reason)
        for question in program.questions
        if is_there(question, derivation)
        for reason in _reasons(question, derivation.nested.get(question.about or "", derivation))
    )


def is_there(question: Question, derivation: Derivation) -> bool:
    """Whether the plan has the element that a question is about."""
    return question.about is None or any(each.name == question.about for each in derivation.case.members)


def _reasons(question: Question, derivation: Derivation) -> Iterator[str]:
    """Why a question is asked; nothing where it is not."""
    try:
        if question.condition is None or derivation.evaluation.holds(question.condition):
            yield reason_for(question, derivation.evaluation)
    except (Refused, LevelNotYetKnown) as none:
        if derivation.outcome is Outcome.RATED:
            yield cannot_be_decided(none)


def reason_for(question: Question, evaluation: Evaluation) -> str:
    """Why a question is asked, or why it is not: what its condition asks for, with what was found."""
    from sespms_rules.engines.reference.narration import Telling  # only who is asked something waits for its words

    if question.condition is None:
        return Asked.of(question).reason
    return Telling(evaluation).reason(question.condition)[1]


def cannot_be_decided(fault: Refused | LevelNotYetKnown) -> str:
    """Why a question is asked whose condition has no answer."""
    why = f": {fault.refusal.message}" if isinstance(fault, Refused) else ""
    return f"what it depends on cannot be worked out{why}"
