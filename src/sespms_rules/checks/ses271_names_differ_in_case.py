"""Two names that differ only in small and capital letters."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import folded
from sespms_rules.checks.analysis.sentences import everywhere, parts_of
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs
from sespms_rules.language.syntax.elements import AlsoRated
from sespms_rules.language.syntax.facts import FactSentence
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES271", "names-differ-in-case")

_ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)


def check(system: System) -> Iterator[Diagnostic]:
    """Find a name that another of its sort differs from in case or blanks alone: a reader takes them for one.

    A value may be called as the table that it is looked up in, or as the element that it is the score of.
    """
    known: dict[tuple[str, str], tuple[str, Span]] = {}
    for sort, name, span in _names(system):
        other, first = known.setdefault((sort, folded(name)), (name, span))
        if other != name:
            yield FINDING.at(
                span,
                f"`{name}` and `{other}` differ only in small and capital letters",
                help="write one of them as the other if one thing is meant, else choose names that differ",
                labels=(Label(first, "the other name"),),
            )


def _names(system: System) -> Iterator[tuple[str, str, Span]]:
    for part in parts_of(system):
        if part.kind in _ELEMENTS and part.name:
            yield "element", part.name, part.origin.span
        elif part.kind is PartKind.TABLE and part.name:
            yield "table", part.name, part.origin.span
    values: tuple[NamedIs | MemberIs, ...] = (*everywhere(system, NamedIs), *everywhere(system, MemberIs))
    yield from (("value", value.name.text, value.name.span) for value in values)
    facts = (each.sentence for each in system.sentences(PartKind.FACTS))
    yield from (("fact", each.name.text, each.name.span) for each in facts if isinstance(each, FactSentence))
    yield from (("rating", rating.name.text, rating.name.span) for rating in everywhere(system, AlsoRated))
