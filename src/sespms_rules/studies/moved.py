"""Two programs -> Moves: how many possible appraisals end otherwise, counted within a budget of work or not at all."""

from __future__ import annotations

from functools import lru_cache

from sespms_rules.foundation.diagnostic import Moves
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program

_MOST_WALKED = 500_000
"""Rows that are rated one by one at most, where a policy reads more than sums."""

_REMEMBERED = 64
"""A text that is being written is looked at at each pause, and most pauses change nothing that is computed."""


def what_is_computed(program: Program) -> Program:
    """A program without the words that change nobody's level: two that are then equal rate alike."""
    return replace(program, name="", terms=())


@lru_cache(_REMEMBERED)
def moved(old: Program, new: Program) -> Moves:
    """Count the appraisals that both programs allow and end otherwise; what takes too long is said not to be counted.

    The budget is work and not time, so that the answer is the same on every machine.
    """
    from sespms_rules.studies.comparison.counting import Counting, NotTalliedError, same_plans

    try:
        found = Counting(_MOST_WALKED, soon=True).counted(old, new)
    except NotTalliedError as reason:
        return Moves(why_not=str(reason))
    moves = found.moves
    changed = moves.up + moves.down + moves.only_old + moves.only_new
    return Moves(changed, found.domain.appraisals, plans=not same_plans(old, new))
