"""Going through a program: all that stands in a part of it, and which members its formulas call by name."""

from __future__ import annotations

from sespms_rules.foundation.traversal import parts, rewrite, walk
from sespms_rules.program.ir import All, Condition, Definition, Names, OfMember, Row, ScoreDefinition, Stage, Within

__all__ = ["apart", "formulas_of", "members_named", "parts", "rewrite", "walk"]


def formulas_of(stage: Stage) -> tuple[Definition | ScoreDefinition | Row, ...]:
    """The definitions and lines of a stage, in the order in which they are read; not those of its members' stages."""
    return (*stage.definitions, *stage.overrides, *stage.rows, *stage.caps)


def apart(condition: Condition) -> tuple[Condition, ...]:
    """What a condition asks, one thing beside the other: of a range its ends."""
    if isinstance(condition, Within):
        return condition.ends
    if isinstance(condition, All):
        return tuple(each for part in condition.parts for each in apart(part))
    return (condition,)


def members_named(node: object) -> frozenset[str]:
    """The members that a part of a program, or a tuple of parts, calls by name; limits on plans name none here."""
    found: set[str] = set()
    for each in walk(node):
        if isinstance(each, Names):
            found.update(each.names)
        elif isinstance(each, OfMember):
            found.add(each.name)
    return frozenset(found)
