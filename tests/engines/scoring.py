"""What the tests of the reference engine share: stages that only work out a score, and the code of a refusal."""

from __future__ import annotations

from programs import ELEMENTS, RATED, otherwise, program, score, stage, when
from sespms_rules.engines.reference.engine import rate
from sespms_rules.program.ir import Expression, NumberThat
from sespms_rules.program.rating import Appraisal, Outcome, Rating

PLAN = (10, 10, 10, 10, 60)
"""Weights of the five elements of `programs.five`."""

ANY_LEVEL = (otherwise(3),)
"""Lines that give a level whatever the score, for programs tried for their score."""

FEW_RATED = when(NumberThat(ELEMENTS, RATED, None, 1), None)
"""The line by which an appraisal with at most one rated element is not rated."""


def scored(expression: Expression, appraisal: Appraisal, **options: object) -> Rating:
    """Rate with a stage that only works out a score."""
    return rate(program(stage(score(expression), rows=ANY_LEVEL, first=True, **options)), appraisal)  # type: ignore[arg-type]


def code(rating: Rating) -> str:
    """The code of the one reason for which an appraisal is refused."""
    assert rating.outcome is Outcome.REFUSED
    assert rating.level is None
    assert len(rating.refused) == 1, rating.refused
    return rating.refused[0].code
