"""model.System x ir.Program -> findings that show only in what is computed, most of them when appraisals are rated.

A program is tried on plans that its system allows. What is found is an appraisal with its rating, so that every
finding can be repeated by hand; what is not found within a bounded effort is not spoken of. Each finding stands in
a file of its own, `sesNNN_the_defect.py`, with its page beside it; to add one, write both and name it in `TRIALS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from sespms_rules.checks import LAST, accepted, with_law_in_force
from sespms_rules.checks.by_trial import (
    ses246_rounding_changes_a_level,
    ses247_masked_failure,
    ses252_weaker_floor_above,
    ses253_weak_element_outweighed,
    ses267_shares_do_not_total,
    ses268_element_never_read,
    ses280_in_every_plan,
    ses281_in_no_plan,
    ses297_noncritical_decides,
)
from sespms_rules.checks.by_trial.by_facts import by_facts
from sespms_rules.foundation.diagnostic import Diagnostic, Finding
from sespms_rules.foundation.faces import face
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program


class Trial(Protocol):
    """A module that looks for one defect by rating appraisals."""

    FINDING: Finding

    def check(self, system: System, program: Program, /) -> Iterator[Diagnostic]:
        """Find the defect in a system and its program."""


TRIALS: tuple[Trial, ...] = (
    ses246_rounding_changes_a_level,
    ses247_masked_failure,
    ses252_weaker_floor_above,
    ses253_weak_element_outweighed,
    ses267_shares_do_not_total,
    ses268_element_never_read,
    ses280_in_every_plan,
    ses281_in_no_plan,
    ses297_noncritical_decides,
)

CODES = frozenset(each.FINDING.code for each in TRIALS)


def try_out(system: System, program: Program) -> tuple[Diagnostic, ...]:
    """Return what shows when the program of a system without errors rates appraisals; accepted warnings as notes."""
    of_all = (ses268_element_never_read, ses280_in_every_plan, ses281_in_no_plan)
    always = frozenset(each.FINDING.code for each in of_all)
    found = [
        with_law_in_force(system, finding)
        for each in TRIALS
        for finding in by_facts(system, program, each.check, always)
    ]
    found += LAST.check(system, tuple(found), CODES)
    return accepted(system, found)


if TYPE_CHECKING:
    from sespms_rules.checks.by_trial.comparing import without_rounding
    from sespms_rules.checks.by_trial.trial_plans import (
        Plan,
        Seat,
        fewest_requirements,
        plans,
        requirement_weights,
        requirements,
    )
else:
    __getattr__ = face(
        __name__,
        {
            "Plan": "trial_plans",
            "Seat": "trial_plans",
            "fewest_requirements": "trial_plans",
            "plans": "trial_plans",
            "requirement_weights": "trial_plans",
            "requirements": "trial_plans",
            "without_rounding": "comparing",
        },
    )

__all__ = [
    "CODES",
    "TRIALS",
    "Plan",
    "Seat",
    "Trial",
    "fewest_requirements",
    "plans",
    "requirement_weights",
    "requirements",
    "try_out",
    "without_rounding",
]
