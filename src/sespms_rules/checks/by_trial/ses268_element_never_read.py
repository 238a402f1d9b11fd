"""An element that the policy names and from which neither the score nor a line is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.program.ir import (
    Definition,
    Group,
    Kind,
    Member,
    Named,
    OwnNamed,
    Program,
    Row,
    ScoreDefinition,
    Stage,
)
from sespms_rules.program.traversal import members_named, walk

FINDING = warning("SES268", "element-never-read", "5 CFR 430.305(a)(5)")


def check(_system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find named elements from which neither the score nor a line is made, where a score is derived.

    An override or a cap is not counted: it reads every element, and decides only where one is failed, say. Nor is a
    value of which neither the score nor a line is made, such as one that is only reported.
    """
    stage = program.summary
    score = next((each for each in stage.definitions if isinstance(each, ScoreDefinition)), None)
    if score is None or not stage.rows:
        return
    read = (score, *stage.rows, *_made_of(stage, (score, *stage.rows)))
    unread = [member for member in stage.members if not _reads(member, read)]
    if len(unread) < len(stage.members):  # of a formula that reads none, another finding speaks
        for member in unread:
            yield FINDING.at(
                member.origin.span,
                f"`{member.name}` cannot move the score: {_who_reads(stage, member)}",
                help=f'read it, as in `the points of "{member.name}"` or `the average of points`, or take it out',
                labels=(Label(score.origin.span, "the score"),) if score.origin.span.text else (),
            )


def _made_of(stage: Stage, nodes: Sequence[Definition | ScoreDefinition | Row]) -> Sequence[Definition]:
    """The values that formulas and lines are made of, and those that these are made of."""
    values = {each.name: each for each in stage.definitions if isinstance(each, Definition)}
    found: dict[str, Definition] = {}
    waiting = list(nodes)
    while waiting:
        for each in walk(waiting.pop()):
            if isinstance(each, Named | OwnNamed) and each.name in values and each.name not in found:
                found[each.name] = values[each.name]
                waiting.append(values[each.name])
    return tuple(found.values())


def _who_reads(stage: Stage, member: Member) -> str:
    """What else reads a member, so that nobody looks for a line that is there."""
    readers = [
        f"`{each.origin.span.text}`" if each.origin.span.text else "a line that makes the rating a level"
        for each in (*stage.overrides, *stage.caps)
        if _reads(member, (each,))
    ]
    values = (each for each in stage.definitions if isinstance(each, Definition) and _reads(member, (each,)))
    readers += [f"the value `{each.name}`" for each in values]
    if not readers:
        return "no formula and no line reads it"
    return f"only {listed(readers)} {'reads' if len(readers) == 1 else 'read'} it"


def _reads(member: Member, nodes: tuple[object, ...]) -> bool:
    """Whether one of them names a member, or a group that holds it."""
    kinds = {Kind.ELEMENT, Kind.CRITICAL if member.critical else Kind.NONCRITICAL}
    return member.name in members_named(nodes) or any(
        isinstance(each, Group) and each.kind in kinds for each in walk(nodes)
    )
