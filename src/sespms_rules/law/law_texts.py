"""Whose text is law: what comes with the program, and the folders that the reader of a report names.

A submission never brings the law it is checked against. Its own baselines and overlays are told (SES305) and left
alone, wherever they stand. See docs/decisions/0053-whose-text-is-law.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sespms_rules.checks.analysis import looks
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Baseline
from sespms_rules.language.parsing import UnreadableFileError, parse, read_source
from sespms_rules.language.resolution import (
    EMPTY_LIBRARY,
    MOST_BESIDE,
    NOTHING_TO_AMEND,
    FolderLibrary,
    find_editions,
    headings_in,
    resolve,
)
from sespms_rules.language.syntax.baselines import Amends
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.periods import days_of
from sespms_rules.law.ses305_edition_not_used import beside_the_policy, differs_from_the_law, list_like_the_law

_KINDS = (PartKind.BASELINE, PartKind.OVERLAY)


class LawFolder(Frozen):
    """A folder whose texts a reader trusts; with `replace` its editions stand for shipped ones they differ from."""

    path: Path
    replace: bool = field(default=False)


class LawTexts(Frozen):
    """The texts a reader trusts, in a library that is asked for editions, and what is wrong with those of folders."""

    library: FolderLibrary
    findings: tuple[Diagnostic, ...] = field(default=())
    folders: tuple[Path, ...] = field(default=())


def law_texts(folders: Sequence[LawFolder] = ()) -> LawTexts:
    """Read the law of some folders on top of what comes with the program.

    A text in which an error is found is not used; nor is one that holds an edition named like a shipped one that
    differs, unless it has a later first day or its folder replaces. Raises UnreadableFileError for a file that is no
    text, or no regular file (a pipe would be waited for), and where all texts together are longer than policies in a
    folder may be: law is never passed over in silence.
    """
    if not folders:
        return LawTexts(FolderLibrary())
    shipped = FolderLibrary()
    read: list[tuple[Document, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]] = []
    letters = 0
    for folder in folders:
        for path in sorted(folder.path.glob("*.sespms")):
            source, notes = read_source(path, str(path), regular=True)
            letters += len(source.text)
            if letters > MOST_BESIDE:
                raise _too_much(path)
            document, syntax = parse(source)
            read.append((document, (*notes, *syntax), () if folder.replace else tuple(_differing(document, shipped))))
    # A text may rest on one of another file: an amendment on the edition that it changes.
    sound = [document for document, *found in read if not any(map(_any_error, found))]
    refused = [document for document, *found in read if any(map(_any_error, found))]
    not_used = _by_name(one for each in refused for one in find_editions(None, each, EMPTY_LIBRARY))
    library, of_one = FolderLibrary(sound), FolderLibrary()
    trusted: list[Document] = []
    findings: list[Diagnostic] = []
    for document, told, differing in read:
        resolved = resolve(document, of_one if sound == [document] else library)[1]
        resting = tuple(_resting_on(not_used, document))
        said = {(each.code, each.span) for each in resting}  # and not that there is no such text
        found = (*told, *resting, *(each for each in resolved if (each.code, each.span) not in said), *differing)
        findings += found
        if not _any_error(found):
            trusted.append(document)
    return LawTexts(FolderLibrary(trusted), tuple(findings), tuple(each.path for each in folders))


def _too_much(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"the folders of law hold more than {MOST_BESIDE // 1_000_000} million characters; `{path}` is past them",
        "keep in a folder of law only the editions that bind, and name only the folders that hold them",
    )


def _by_name(editions: Iterable[Baseline]) -> dict[str, list[Baseline]]:
    """Editions by their names as a reader sees them."""
    found: dict[str, list[Baseline]] = {}
    for each in editions:
        found.setdefault(looks(each.name), []).append(each)
    return found


def _resting_on(not_used: Mapping[str, Sequence[Baseline]], document: Document) -> Iterable[Diagnostic]:
    """The amendments of a document that change an edition of another file that is not used.

    One of the same name that comes with the program is not what they were written for.
    """
    blocks = (each for each in document.blocks if isinstance(each, Block))
    for amends in (line.sentence for block in blocks for line in block.lines if isinstance(line.sentence, Amends)):
        days = (None, amends.as_of.value) if amends.as_of else ()
        for edition in not_used.get(looks(amends.name.text), ()):
            source = edition.origin.span.source
            if source is not document.source and (not days or days_of(edition.head.sentences)[0] in days):
                says = f"`{edition.name}` in `{source.name}` is not used, so nothing can rest on it"
                yield NOTHING_TO_AMEND.at(amends.name.span, says, help=f"correct `{source.name}` first")
                break


def _any_error(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _differing(document: Document, shipped: FolderLibrary) -> Iterable[Diagnostic]:
    """The editions of a document that shipped ones of their name and day speak against."""
    for edition in find_editions(None, document, EMPTY_LIBRARY):
        rival = _rival(edition, shipped)
        if rival is not None and edition != rival:
            yield differs_from_the_law(edition.origin.span, edition.name, days_of(rival.head.sentences)[0])


def _rival(edition: Baseline, shipped: FolderLibrary) -> Baseline | None:
    """The shipped edition that one stands against: of its name, with no earlier first day; None where there is none.

    A name that a reader cannot tell from a shipped one (a letter of another script, another blank) is that name.
    """
    first = days_of(edition.head.sentences)[0]
    like = looks(edition.name)
    names = (name for name in _names_of_editions(shipped) if looks(name) == like)
    rivals = tuple(each for name in names for each in find_editions(name, Document(()), shipped))
    same = [each for each in rivals if days_of(each.head.sentences)[0] == first]
    later = [each for each in rivals if first is None or (days_of(each.head.sentences)[0] or first) > first]
    return next(iter([*same, *later]), None)


# ---- what a submission brings --------------------------------------------------------------------


def _names_of_editions(library: FolderLibrary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for kind in _KINDS for name in library.names(kind)))


def editions_brought(documents: Iterable[Document], library: FolderLibrary, law: LawTexts) -> tuple[Diagnostic, ...]:
    """Say of each baseline and overlay in the files of a submission, and beside them, that it is not used.

    One that is also among the texts the reader trusts is not told. In a file that was named, one that bears the name
    of a shipped edition and differs from it is an error; a neighbour's can change nothing and is a warning.
    """
    named = tuple(documents)
    texts = {each.source.text for each in named}
    trusted = frozenset(law.library.every_text())
    found = [each for document in named if document.source.text not in trusted for each in _in_file(document, law)]
    found += [each for document in named if document.source.text not in trusted for each in _lists(document, law)]
    for source in library.beside():
        if source.text not in texts and source.text not in trusted:
            found += [beside_the_policy(span, kind, name) for kind, name, span in _headings(source)]
    return tuple(found)


def _in_file(document: Document, law: LawTexts) -> Iterable[Diagnostic]:
    differing = {each.span: each for each in _differing(document, FolderLibrary())}
    own = {each.origin.span.start: each for each in find_editions(None, document, EMPTY_LIBRARY)}
    for block in document.blocks:
        if not isinstance(block, Block) or block.heading.kind not in _KINDS or block.heading.name is None:
            continue
        name = block.heading.name.text
        edition = own.get(block.heading.span.start)
        if edition is not None and edition in find_editions(name, Document(()), law.library):
            continue  # the reader trusts the very same edition
        told = beside_the_policy(block.heading.span, block.heading.kind, name)
        yield differing.get(block.heading.span, told)


def _lists(document: Document, law: LawTexts) -> Iterable[Diagnostic]:
    """The lists of a submission that bear the name of one in the law and hold other words."""
    brought = [each for each in document.blocks if isinstance(each, Block) and each.heading.kind is PartKind.LIST]
    if not brought:
        return
    of_law = [one for each in find_editions(None, Document(()), law.library) for one in each.lists]
    known = {looks(one.name): one.name for one in of_law if one.name}
    own = {one.origin.span.start: one for each in find_editions(None, document, EMPTY_LIBRARY) for one in each.lists}
    for block in brought:
        name = known.get(looks(block.heading.name.text)) if block.heading.name else None
        if name is not None and own.get(block.heading.span.start) not in of_law:
            yield list_like_the_law(block.heading.span, name)


def _headings(source: Source) -> Iterable[tuple[PartKind, str, Span]]:
    return (each for each in headings_in(source) if each[0] in _KINDS)
