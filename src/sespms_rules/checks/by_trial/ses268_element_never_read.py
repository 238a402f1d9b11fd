"""An element that the policy names and that no formula of the score reads."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.language.model import System
from sespms_rules.program.ir import Group, Kind, Member, Program, ScoreDefinition, Stage
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
    unread = [member for member in stage.members if not _is_read(stage, member)]
    if len(unread) < len(stage.members):  # of a formula that reads none, another finding speaks
        for member in unread:
            yield FINDING.at(
                member.origin.span,
                f"`{member.name}` cannot move the score: no formula and no line reads it",
                help=f'read it, as in `the points of "{member.name}"` or `the average of points`, or take it out',
                labels=(Label(score.origin.span, "the score"),) if score.origin.span.text else (),
            )


def _is_read(stage: Stage, member: Member) -> bool:
    read = (stage.definitions, stage.rows)
    if member.name in members_named(read):
        return True
    groups = {each.kind for each in walk(read) if isinstance(each, Group)}
    mine = Kind.CRITICAL if member.critical else Kind.NONCRITICAL
    return bool(groups & {Kind.ELEMENT, mine})
