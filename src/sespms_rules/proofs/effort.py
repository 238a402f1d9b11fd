"""How much is done to settle what must be guaranteed."""

from __future__ import annotations

from sespms_rules.foundation.values import Frozen, field

TIME_LIMIT = 20
"""Seconds that the proof of one guarantee may take where nothing else is said."""


class Effort(Frozen):
    """`thorough` gives each guarantee `seconds`; else all of a system share about a second of the solver's work.

    Without `asks_solver` what reading the system and rating appraisals leave open stays open. `keeps_questions` keeps
    what the solver is asked, as text for other solvers, and certificates.
    """

    thorough: bool = field(default=False)
    seconds: int = field(default=TIME_LIMIT)
    asks_solver: bool = field(default=True)
    keeps_questions: bool = field(default=False)


ABOUT_A_SECOND = Effort()
"""What a check does unless more is asked for."""

THOROUGH = Effort(thorough=True)
"""What a review does, and a check that is asked to prove."""

BY_TRIAL_ALONE = Effort(asks_solver=False)
"""What is done while a text is written: nothing that loads a solver."""

FOR_A_BAG = Effort(thorough=True, keeps_questions=True)
"""The same, with all that the solver was asked."""
