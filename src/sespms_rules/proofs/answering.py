"""Question -> Answer: appraisals that end so, or that none can, by the solver that proves guarantees."""

from __future__ import annotations

from functools import lru_cache

from sespms_rules.checks.decided import (
    Answer,
    Question,
)
from sespms_rules.program.rating import Appraisal
from sespms_rules.proofs.solver.endings import Endings

_SECONDS = 3
"""Seconds of the solver's work that all that is asked of one derivation may take."""


@lru_cache(maxsize=128)
def answered(question: Question) -> Answer:
    """Ask the solver; what it does not settle in time, or cannot be asked, is left open and says why."""
    endings = Endings(question.program, _SECONDS)
    reached: dict[int, Appraisal] = {}
    never: set[int] = set()
    for level in question.levels:
        found = endings.at_level(level)
        if found is None:
            never.add(level)
        elif isinstance(found, Appraisal):
            reached[level] = found
    silent = endings.not_rated() if question.silent else None
    refused = endings.refused() if question.refused else None
    return Answer(
        reached,
        frozenset(never),
        silent if isinstance(silent, Appraisal) else None,
        silent is None,
        refused if isinstance(refused, Appraisal) else None,
        refused is None,
        endings.why,
    )
