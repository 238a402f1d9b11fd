"""Syntax to meaning: `based on`, `strike`, `insert` and `amends` carried out, every name looked up.

Out differs from in: blocks are grouped under their heads; a system has all its sentences, its own and those of the
texts it is based on; sentences of several blocks of one part stand together, each with where it stands and under
what authority; levels, elements and scenarios are gathered. Formulas are untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.faces import face
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import Amendment, Baseline, Contents, System
from sespms_rules.language.resolution import proposals
from sespms_rules.language.resolution.amending import amended, amended_edition, carried_out, led_on
from sespms_rules.language.resolution.assembling import edition_of
from sespms_rules.language.resolution.basing import alone
from sespms_rules.language.resolution.chapters import Chapter
from sespms_rules.language.resolution.finding_locations import each_once
from sespms_rules.language.resolution.in_force import behind_in, in_force_days, sets_by_day
from sespms_rules.language.resolution.library import EMPTY_LIBRARY, MOST_BESIDE, FolderLibrary, Library
from sespms_rules.language.resolution.systems import Systems, edition
from sespms_rules.language.resolution.texts import RULES, Text, Texts
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind

if TYPE_CHECKING:
    from sespms_rules.language.resolution.assembling import ELEMENT_KINDS, level_number, passages_of, system_of
    from sespms_rules.language.resolution.chapters import called
    from sespms_rules.language.resolution.findings import NO_SUCH_LEVEL, NOTHING_TO_AMEND, UNKNOWN_TABLE
    from sespms_rules.language.resolution.library import headings_in, heads_of
    from sespms_rules.language.resolution.nearest import respelled
    from sespms_rules.language.resolution.passages import Passage
else:
    __getattr__ = face(
        __name__,
        {
            "ELEMENT_KINDS": "assembling",
            "NOTHING_TO_AMEND": "findings",
            "NO_SUCH_LEVEL": "findings",
            "Passage": "passages",
            "UNKNOWN_TABLE": "findings",
            "called": "chapters",
            "headings_in": "library",
            "heads_of": "library",
            "level_number": "assembling",
            "passages_of": "assembling",
            "respelled": "nearest",
            "system_of": "assembling",
        },
    )

__all__ = [
    "ELEMENT_KINDS",
    "EMPTY_LIBRARY",
    "MOST_BESIDE",
    "NOTHING_TO_AMEND",
    "NO_SUCH_LEVEL",
    "UNKNOWN_TABLE",
    "FolderLibrary",
    "Library",
    "Passage",
    "amended",
    "amended_edition",
    "behind_in",
    "below_read_heads",
    "called",
    "carried_out",
    "find_amendment",
    "find_editions",
    "find_system",
    "headings_in",
    "heads_of",
    "in_force_days",
    "led_on",
    "level_number",
    "passages_of",
    "resolve",
    "respelled",
    "sets_by_day",
    "system_of",
]

Findings = tuple[Diagnostic, ...]


def resolve(document: Document, library: Library = EMPTY_LIBRARY) -> tuple[Contents, Findings]:
    """Make the model of all that a document holds.

    What a text rests on is looked for in the document itself and then in the library. The findings (SES101 to
    SES119) are about words of this document, in its order, each once. What could be understood is in the policy
    all the same; an amendment that does not say what it amends is not.
    """
    texts = Texts(document, library)
    systems = Systems(texts)
    here = texts.here(PartKind.SYSTEM)
    made_systems = [systems.system(text) for text in here]
    much = [
        systems.too_much(text.chapter.head.heading, made) for text, (made, _) in zip(here, made_systems, strict=True)
    ]
    made_editions = [edition(text) for text in texts.here(*RULES)]
    made_amendments = [proposals.amendment(systems, text) for text in texts.here(PartKind.AMENDMENT)]
    findings = [*texts.chapters(document)[1], *(each for found in much for each in found)]
    for _, found in (*made_systems, *made_editions, *made_amendments):
        findings.extend(found)
    policy = Contents(
        tuple(system for system, _ in made_systems),
        tuple(each for each, _ in made_editions),
        tuple(each for each, _ in made_amendments if each is not None),
    )
    return policy, each_once(findings)


def below_read_heads(document: Document, found: Findings, unread: Findings) -> Findings:
    """The findings of `resolve` without those on parts below a head that is among what could not be read."""
    if not unread:
        return found
    from sespms_rules.language.resolution.unread_heads import of_known_texts

    return tuple(of_known_texts(document, found, unread))


def find_system(name: str, document: Document, library: Library) -> tuple[System | None, Findings]:
    """The system of that name in the document or the library (None: there is none), and what is wrong with it."""
    texts = Texts(document, library)
    found = texts.find(PartKind.SYSTEM, name)
    if not found:
        return None, ()
    system, faults = Systems(texts).system(found[0])
    return system, (*_rivals(texts, PartKind.SYSTEM, name, found[0]), *faults)


def find_amendment(name: str, document: Document, library: Library) -> tuple[Amendment | None, Findings]:
    """The amendment of that name in the document or the library (None: there is none), and what is wrong with it."""
    texts = Texts(document, library)
    found = texts.find(PartKind.AMENDMENT, name)
    if not found:
        return None, ()
    amendment, faults = proposals.amendment(Systems(texts), found[0])
    return amendment, (*_rivals(texts, PartKind.AMENDMENT, name, found[0]), *faults)


def _rivals(texts: Texts, kind: PartKind, name: str, found: Text) -> Findings:
    """That several files hold a text that was asked for by its name alone, told at the first of them."""
    rivals = texts.rivals(kind, name, found.chapter.head.heading.span)
    return () if rivals is None else (rivals,)


def find_editions(name: str | None, document: Document, library: Library) -> tuple[Baseline, ...]:
    """Every readable edition of the baseline or overlay of that name; with no name, of all there are.

    Those of the document come first. An edition in the library that has errors of its own is among them: what
    could be understood of it.
    """
    texts = Texts(document, library)
    names = [(kind, each) for kind in RULES for each in texts.names(kind) if name in (None, each)]
    return tuple(_edition_of(text.chapter) for kind, each in names for text in texts.find(kind, each))


@cache_by_identity(64)
def _edition_of(chapter: Chapter) -> Baseline:
    """An edition; only what is understood is wanted here, and looking for its faults takes as long again."""
    return edition_of(chapter.head.heading, alone(chapter))
