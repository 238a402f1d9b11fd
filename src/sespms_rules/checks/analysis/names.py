"""Names as a reader sees them: what capitals, blanks, composition and letters of other scripts do not tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sespms_rules.checks.analysis.sentences import parts_of, sentences_of
from sespms_rules.foundation.letters import as_read
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs
from sespms_rules.language.syntax.facts import FactSentence
from sespms_rules.language.syntax.words import PartKind

_NAMED = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT, PartKind.TABLE)


class DeclaredName(NamedTuple):
    """A name and where it is given."""

    text: str
    span: Span


def declared_names(system: System) -> Iterator[DeclaredName]:
    """The names that a system gives: to elements and tables in their headings, to values and to facts."""
    for part in parts_of(system):
        if part.kind in _NAMED and part.name is not None:
            yield DeclaredName(part.name, part.origin.span)
    for _, sentence in sentences_of(system):
        if isinstance(sentence, NamedIs | MemberIs | FactSentence):
            yield DeclaredName(sentence.name.text, sentence.name.span)


def looks(name: str) -> str:
    """What a reader sees of a name: two names with the same look are taken for one."""
    if name.isascii():
        return "".join(name.casefold().split())
    return "".join(as_read(name).casefold().split())
