"""An element that the policy names and from which neither the score nor a line is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen
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

_MOST_READERS = 4


def check(_system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find named elements from which neither the score nor a line is made, where a score is derived.

    An override or a cap is not counted: it reads every element, and decides only where one is failed, say. Nor is a
    value of which neither the score nor a line is made, such as one that is only reported.
    """
    stage = program.summary
    score = next((each for each in stage.definitions if isinstance(each, ScoreDefinition)), None)
    if score is None or not stage.rows:
        return
    read = _read_by(score, *stage.rows, *_made_of(stage, (score, *stage.rows)))
    unread = [member for member in stage.members if not read.holds(member)]
    others = _other_readers(stage) if unread else []
    if len(unread) < len(stage.members):  # of a formula that reads none, another finding speaks
        for member in unread:
            yield FINDING.at(
                member.origin.span,
                f"`{member.name}` cannot move the score: {_who_reads(member, others)}",
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


class _Read(Frozen):
    """What some parts of a program read of elements: those named, and the kinds of which all are read."""

    names: frozenset[str]
    kinds: frozenset[Kind]

    def holds(self, member: Member) -> bool:
        """Whether it is read by its name, or in a group."""
        kind = Kind.CRITICAL if member.critical else Kind.NONCRITICAL
        return member.name in self.names or not self.kinds.isdisjoint((Kind.ELEMENT, kind))


def _read_by(*nodes: Definition | ScoreDefinition | Row) -> _Read:
    return _Read(members_named(nodes), frozenset(each.kind for each in walk(nodes) if isinstance(each, Group)))


def _other_readers(stage: Stage) -> list[tuple[str, _Read]]:
    """What else reads elements, by the words for it."""
    found: list[tuple[str, Definition | Row]] = [
        (f"`{each.origin.span.text}`" if each.origin.span.text else "a line that makes the rating a level", each)
        for each in (*stage.overrides, *stage.caps)
    ]
    found += [(f"the value `{each.name}`", each) for each in stage.definitions if isinstance(each, Definition)]
    return [(words, _read_by(each)) for words, each in found]


def _who_reads(member: Member, others: Sequence[tuple[str, _Read]]) -> str:
    """What else reads a member, so that nobody looks for a line that is there."""
    readers = [words for words, read in others if read.holds(member)]
    if not readers:
        return "no formula and no line reads it"
    more = len(readers) - _MOST_READERS
    told = [*readers[:_MOST_READERS], f"{more} more"] if more > 0 else readers
    return f"only {listed(told)} {'reads' if len(readers) == 1 else 'read'} it"
