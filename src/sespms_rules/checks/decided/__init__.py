"""model.System x ir.Program -> findings about what can come of it at all: gaps, dead lines, levels never given.

One decision procedure stands behind them (`deciding.py`), judged over the appraisals that can really come, and it is
handed the solver that `prove` asks. So `check` claims nothing that `count` or `prove` refutes, and knows no less.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sespms_rules.checks import LAST, accepted, with_law_in_force
from sespms_rules.checks.decided import (
    floors_inside,
    gaps,
    lines,
    ses251_cut_without_effect,
    ses265_override_raises,
    ses266_left_out_counts_against,
    ses273_not_settled,
    ses274_value_not_worked_out,
    ses282_lines_do_not_meet,
    ses286_unrated_given_a_level,
    ses287_rated_after_all,
)
from sespms_rules.checks.decided.deciding import Answer, Decision, Question, Solve, decide
from sespms_rules.checks.decided.score_ranges import Range, range_of_score
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program


class Deciding(Protocol):
    """A module that tells what decisions come to."""

    def check(
        self, system: System, decisions: tuple[Decision, ...], before: tuple[Diagnostic, ...], /
    ) -> Iterator[Diagnostic]:
        """Tell it of a system; `before` was found in it already."""


DECIDED: tuple[Deciding, ...] = (
    floors_inside,
    gaps,
    lines,
    ses265_override_raises,
    ses266_left_out_counts_against,
    ses286_unrated_given_a_level,
    ses287_rated_after_all,
    ses273_not_settled,
    ses274_value_not_worked_out,
)

CODES = frozenset(
    each.FINDING.code
    for each in (
        ses251_cut_without_effect,
        ses265_override_raises,
        ses266_left_out_counts_against,
        ses286_unrated_given_a_level,
        ses287_rated_after_all,
        ses273_not_settled,
        ses274_value_not_worked_out,
        ses282_lines_do_not_meet,
    )
)


def decided(
    system: System, program: Program, solve: Solve, before: tuple[Diagnostic, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return what can come of a system without errors, or cannot; accepted warnings as notes.

    `before` was found in it already, and is not told again.
    """
    decisions = decide(program, solve)
    found = [
        with_law_in_force(system, finding) for each in DECIDED for finding in each.check(system, decisions, before)
    ]
    cuts = ses251_cut_without_effect.check(system, decisions, solve)
    cracks = ses282_lines_do_not_meet.check(system, program, solve)
    found += [with_law_in_force(system, finding) for finding in (*cuts, *cracks)]
    found += LAST.check(system, tuple(found), CODES)
    return accepted(system, found)


__all__ = ["CODES", "DECIDED", "Answer", "Deciding", "Question", "Range", "Solve", "decided", "range_of_score"]
