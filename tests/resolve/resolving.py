"""What the tests of resolve share: a policy text in, the model and the findings out. All texts are invented."""

from __future__ import annotations

import textwrap

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Contents, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, Library, resolve
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind


def document_of(text: str, name: str = "policy.sespms") -> Document:
    """The document of a text that has no fault in it."""
    document, findings = parse(Source(name, textwrap.dedent(text).lstrip("\n")))
    assert findings == ()
    return document


def resolved(text: str, library: Library = EMPTY_LIBRARY) -> tuple[Contents, tuple[Diagnostic, ...]]:
    """The model of a text and its findings."""
    return resolve(document_of(text), library)


def told(text: str, library: Library = EMPTY_LIBRARY) -> list[tuple[str, str]]:
    """The findings of a text: what each is called, and the words it is about."""
    return [(each.name, " ".join(each.span.text.split())) for each in resolved(text, library)[1]]


def only(text: str, library: Library = EMPTY_LIBRARY) -> Diagnostic:
    """The one finding of a text."""
    (finding,) = resolved(text, library)[1]
    return finding


def system_of(text: str, name: str | None = None, library: Library = EMPTY_LIBRARY) -> System:
    """The system of a name (or the last) in a text without errors."""
    policy, findings = resolved(text, library)
    assert [each for each in findings if each.severity is Severity.ERROR] == []
    return next(each for each in reversed(policy.systems) if name in (None, each.name))


def words(system: System, kind: PartKind, name: str | None = None) -> list[str]:
    """What a part says, sentence by sentence."""
    part = system.head if kind is PartKind.SYSTEM else system.part(kind, name)
    return [] if part is None else [" ".join(each.origin.span.text.split()) for each in part.sentences]
