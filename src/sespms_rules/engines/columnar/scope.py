"""What columns cannot hold, found in a program before it is run."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.program import ir
from sespms_rules.program.traversal import formulas_of, members_named


def why_not_in_columns(program: ir.Program) -> str:
    """Say in plain words why a program cannot be rated in columns; empty where it can."""
    return next(_reasons(program.summary), "")


def _reasons(stage: ir.Stage) -> Iterator[str]:
    levels = {level for level, _ in stage.points}
    for member in stage.members:
        if isinstance(member.scale, ir.LevelScale):
            levels.update(member.scale.levels)
    lines = (*stage.overrides, *stage.rows, *stage.caps)
    levels.update(row.outcome.level for row in lines if isinstance(row.outcome, ir.ToLevel))
    levels.update(rule.level for rule in stage.unrated if rule.level is not None)
    for level in sorted(levels):
        if not 1 <= level <= 100:
            yield f"`{stage.name}` has level `{level}`, and columns hold levels from `1` to `100`"
    if stage.open:
        # Members that only some plans have stand in columns without names.
        own = {member.name for member in stage.members}
        for name in sorted(set(_names(stage)) - own):
            yield f"`{stage.name}` speaks of `{name}`, which it leaves to each plan; columns know only names of its own"
    for member in stage.members:
        if member.stage is not None:
            yield from _reasons(member.stage)


def _names(stage: ir.Stage) -> Iterator[str]:
    """The members that a stage names, the stages of its members apart."""
    yield from members_named((*formulas_of(stage), *stage.questions))
    for limit in (each.limit if isinstance(each, ir.LimitWhen) else each for each in stage.limits):
        if isinstance(limit, ir.NoneAbove):
            yield limit.name
        elif isinstance(limit, ir.WeightRange):
            yield from (*(limit.names or ()), *limit.save)
