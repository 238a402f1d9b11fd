"""Two programs -> Moves: how many possible appraisals end otherwise, counted within a budget of work or not at all."""

from __future__ import annotations

from functools import lru_cache

from sespms_rules.foundation.diagnostic import Moves
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import HitPolicy, Program

_MOST_WALKED = 500_000
"""Rows that are rated one by one at most, where a policy reads more than sums."""

_REMEMBERED = 64
"""A text that is being written is looked at at each pause, and most pauses change nothing that is computed."""


def what_is_computed(program: Program) -> Program:
    """A program without the words that change nobody's level: two that are then equal rate alike."""
    return replace(program, name="", terms=())


def _values(program: Program) -> Program | None:
    """What values beside the level follow from, of one who keeps that level; None where there are none.

    A table may serve an award alone, so a program with tables counts as one with such values.
    """
    stages = (program.summary, *(each.stage for each in program.summary.members if each.stage is not None))
    if not program.tables and not any(stage.reported for stage in stages):
        return None
    # What is left out here decides the level alone, or which plans there are; another level is in the count.
    lines: dict[str, tuple[()]] = dict.fromkeys(("limits", "unrated", "overrides", "rows", "caps", "questions"), ())
    summary = replace(program.summary, hit_policy=HitPolicy.UNIQUE, without_level=False, **lines)
    return replace(what_is_computed(program), summary=summary)


@lru_cache(_REMEMBERED)
def moved(old: Program, new: Program) -> Moves:
    """Count the appraisals that both programs allow and end otherwise; what takes too long is said not to be counted.

    What is counted is the level. Where a value beside it may change, such as an award, that is told and not counted.

    The budget is work and not time, so that the answer is the same on every machine.
    """
    from sespms_rules.studies.comparison.counting import Counting, NotTalliedError, same_plans

    try:
        found = Counting(_MOST_WALKED, soon=True).counted(old, new)
    except NotTalliedError as reason:
        return Moves(why_not=str(reason))
    moves = found.moves
    changed = moves.up + moves.down + moves.only_old + moves.only_new
    return Moves(
        changed,
        found.domain.appraisals,
        plans=not same_plans(old, new),
        rescored=found.rescored,
        beside=_values(old) != _values(new),
    )
