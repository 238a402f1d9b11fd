"""An element that the policy names and that no formula of the score reads."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.program.ir import Group, Kind, Member, Program, ScoreDefinition
from sespms_rules.program.traversal import members_named, walk

FINDING = warning("SES268", "element-never-read", "5 CFR 430.305(a)(5)")


def check(_system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find named elements that neither a formula nor a line reads, where a score is derived.

    An override is not counted: it reads every element, and decides only where one is failed.
    """
    stage = program.summary
    score = next((each for each in stage.definitions if isinstance(each, ScoreDefinition)), None)
    if score is None or not stage.rows:
        return
    read = (stage.definitions, stage.rows)
    named = members_named(read)
    kinds = {each.kind for each in walk(read) if isinstance(each, Group)}
    unread = [member for member in stage.members if member.name not in named and not _in_group(member, kinds)]
    if len(unread) < len(stage.members):  # of a formula that reads none, another finding speaks
        for member in unread:
            yield FINDING.at(
                member.origin.span,
                f"`{member.name}` cannot move the score: no formula and no line reads it",
                help=f'read it, as in `the points of "{member.name}"` or `the average of points`, or take it out',
                labels=(Label(score.origin.span, "the score"),) if score.origin.span.text else (),
            )


def _in_group(member: Member, kinds: set[Kind]) -> bool:
    """Whether a group of one of these kinds holds an element."""
    return bool(kinds & {Kind.ELEMENT, Kind.CRITICAL if member.critical else Kind.NONCRITICAL})
