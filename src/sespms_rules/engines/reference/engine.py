"""ir.Program and rating.Appraisal -> rating.Rating: what a Program means.

Plain Python over exact fractions, deterministic, with every step told. Other engines are right when they agree
with this one.

The order, in every stage: the stages of its members; its definitions as the policy orders them; its overrides, of
which the lowest level holds; its rows, only where no override fits; the values that ask for the level; last, once
nothing refuses the appraisal, the questions for the reviewer. Where a member's stage ends in "not rated", the member is
not rated, and the rule on missing ratings holds.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.derivation import Derivation, derive
from sespms_rules.engines.reference.questions import asked
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Definition, Program
from sespms_rules.program.rating import Appraisal, Outcome, Rating, Refusal, Value

NAME = "reference"


def rate(
    program: Program, appraisal: Appraisal, *, trace: bool = True, admitted: Case | tuple[Refusal, ...] | None = None
) -> Rating:
    """Rate one appraisal.

    Returns a Rating whose outcome is RATED, NOT_RATED, or REFUSED with every reason; `trace=False` leaves the
    derivation untold, which is several times faster. `admitted` is what `admit` gave for it, where that is known.
    Never raises for a fault of the appraisal.
    """
    case = admit(program, appraisal) if admitted is None else admitted
    if not isinstance(case, Case):
        rating = Rating(appraisal.id, Outcome.REFUSED, None, None, None, case, (), (), None, NAME)
    else:
        derivation = derive(case, {table.name: table for table in program.tables})
        rating = _rating(program, appraisal, derivation)
    if not trace:
        return rating
    from sespms_rules.engines.reference.trace import trace_of, trace_of_refusals  # only who wants it told waits for it

    told = trace_of(program, derivation, rating) if isinstance(case, Case) else trace_of_refusals(program, case)
    return replace(rating, trace=told)


def _rating(program: Program, appraisal: Appraisal, derivation: Derivation) -> Rating:
    """Gather what the summary stage found, without the trace."""
    evaluation = derivation.evaluation
    score = None if evaluation.score is None else Fraction(evaluation.score)
    values = tuple(
        (definition.name, _value(evaluation.values[definition.name]))
        for definition in program.summary.definitions
        if isinstance(definition, Definition) and definition.name in evaluation.values
    )
    if derivation.refused:
        refused = tuple(derivation.refusals)
        return Rating(appraisal.id, Outcome.REFUSED, score, None, None, refused, values, (), None, NAME)
    found = dict(values)
    reported = tuple((name, found[name]) for name in program.summary.reported if name in found)
    level = evaluation.level
    term = None if level is None else dict(program.terms).get(level)
    questions = asked(program, derivation) if program.questions else ()
    return Rating(appraisal.id, derivation.outcome, score, level, term, (), values, reported, None, NAME, questions)


def _value(value: Fraction | int | str) -> Value:
    return value if isinstance(value, str) else Fraction(value)
