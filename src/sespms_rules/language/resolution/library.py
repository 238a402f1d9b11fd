"""The texts a policy may rest on: where a base, a baseline or an amendment is looked for by its name.

A library never fails on a broken neighbour: a file that cannot be read is left out, and said to be there only to
one who seeks what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from sespms_rules.foundation import resources as data_files
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.files_read import note_read
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.parsing import UnreadableFileError, parse_kept, read_source
from sespms_rules.language.parsing import parse as parse_text
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.language.syntax.words import HEADS, PartKind

Parse = Callable[[Source], tuple[Document, tuple[Diagnostic, ...]]]

MOST_BESIDE = 10_000_000
"""How many characters of the files in folders are read at most; a policy has some ten thousand."""

_MOST_RIVALS = 4
"""So many files of one folder that hold one system or amendment are parsed: two of them are an error already."""

_HEAD = late(rf'^({"|".join(sorted(HEADS))})[ \t]+"([^"\n]+)"', re.MULTILINE)


class Library(Protocol):
    """Where texts are looked for by the kind and the name of their head."""

    def documents(self, kind: PartKind, name: str) -> tuple[Document, ...]:
        """Return the readable documents that hold a head of that kind and name, the nearest first."""

    def names(self, kind: PartKind) -> tuple[str, ...]:
        """Return the names of all heads of that kind, in the order of `documents`, each once."""

    def broken(self, kind: PartKind, name: str) -> tuple[str, ...]:
        """Name the files that seem to hold such a head and cannot be read without errors."""

    def rivals(self, kind: PartKind, name: str) -> tuple[str, ...]:
        """Name the files that hold different texts of that kind and name, where nothing says which of them is meant."""

    def not_read(self) -> str | None:
        """Name the folder that holds more than is read, so that what it holds is not known; None: all was read."""

    def where(self) -> str:
        """Say in a few words where texts are looked for."""


class _EmptyLibrary:
    """A library that holds nothing."""

    __slots__ = ()

    def documents(self, kind: PartKind, name: str) -> tuple[Document, ...]:
        del kind, name
        return ()

    def names(self, kind: PartKind) -> tuple[str, ...]:
        del kind
        return ()

    def broken(self, kind: PartKind, name: str) -> tuple[str, ...]:
        del kind, name
        return ()

    def rivals(self, kind: PartKind, name: str) -> tuple[str, ...]:
        del kind, name
        return ()

    def not_read(self) -> str | None:
        return None

    def where(self) -> str:
        return "only this file was looked at"


EMPTY_LIBRARY: Library = _EmptyLibrary()
"""For a policy that rests on nothing but its own file."""


class _Shelf:
    """One text: the heads its lines begin with, found without parsing, and its document once it is asked for."""

    __slots__ = ("_document", "_parse", "_read", "heads", "is_shipped", "name", "source")

    def __init__(self, name: str, source: Source | None, parse: Parse, *, is_shipped: bool = False) -> None:
        self.name = name
        self.is_shipped = is_shipped
        self.source = source
        self.heads: tuple[tuple[PartKind, str], ...] = ()
        if source is not None:
            self.heads = tuple(dict.fromkeys((kind, head) for kind, head, _ in headings_in(source)))
        self._parse = parse
        self._read = False
        self._document: Document | None = None

    def document(self) -> Document | None:
        """The document, or None where the text has an error: half a text is no base for another."""
        if not self._read and self.source is not None:
            document, findings = self._parse(self.source)
            if all(finding.severity is not Severity.ERROR for finding in findings):
                self._document = document
            self._read = True  # last, because a shelf may be asked by several threads
        return self._document


@lru_cache(maxsize=400)
def _shipped_shelf(name: str, text: str) -> _Shelf:
    """A policy that comes with the program, one shelf for all libraries of a process while its text stays the same.

    These change only with the program, and every check reads several; a server or an editor checks over and over.
    """
    return _Shelf(f"policies/{name}", Source(f"policies/{name}", text), parse_kept, is_shipped=True)


class FolderLibrary:
    """Documents given, then the `*.sespms` files of folders, then the policies that come with the program.

    Nothing is read before it is asked for, no file is parsed unless a line of it begins with the head that is
    sought, and each is read once. `shipped=False` leaves out the policies that come with the program.
    """

    __slots__ = ("_documents", "_folders", "_given", "_kept", "_parse", "_shipped", "_too_much")

    def __init__(
        self,
        documents: Iterable[Document] = (),
        folders: Iterable[Path] = (),
        *,
        shipped: bool = True,
        parse: Parse = parse_text,
    ) -> None:
        self._documents = tuple(documents)
        self._folders = tuple(folders)
        self._shipped = shipped
        self._parse = parse
        self._kept: tuple[_Shelf, ...] | None = None
        self._given: dict[tuple[PartKind, str], tuple[Document, ...]] | None = None
        self._too_much: Path | None = None

    def documents(self, kind: PartKind, name: str) -> tuple[Document, ...]:
        """Return the readable documents that hold a head of that kind and name, the nearest first."""
        given = self._given_with(kind, name)
        read = [shelf.document() for shelf in self._holding(kind, name)]
        return (*given, *(each for each in read if each is not None))

    def _given_with(self, kind: PartKind, name: str) -> tuple[Document, ...]:
        """The documents given that hold a head: there may be thousands, each of which asks for others."""
        if self._given is None:
            found: dict[tuple[PartKind, str], dict[int, Document]] = {}
            for place, document in enumerate(self._documents):
                for head in heads_of(document):
                    found.setdefault(head, {})[place] = document
            self._given = {head: tuple(each.values()) for head, each in found.items()}
        return self._given.get((kind, name), ())

    def names(self, kind: PartKind) -> tuple[str, ...]:
        """Return the names of all heads of that kind, in the order of `documents`, each once."""
        given = [head for document in self._documents for head in heads_of(document)]
        read = [head for shelf in self._shelves() for head in shelf.heads]
        return tuple(dict.fromkeys(name for found, name in (*given, *read) if found is kind))

    def broken(self, kind: PartKind, name: str) -> tuple[str, ...]:
        """Name the files that seem to hold such a head and cannot be read without errors."""
        return tuple(each.name for each in self._holding(kind, name) if each.document() is None)

    def rivals(self, kind: PartKind, name: str) -> tuple[str, ...]:
        """Name the files that hold different texts of that kind and name, where nothing says which of them is meant.

        A document that was given was chosen by naming it, so that files of folders do not compete with it. Copies of
        one text are one. A file with errors competes too: to pass it over in silence would be to choose the other.
        """
        given = {each.source.text: each.source.name for each in self._given_with(kind, name)}
        if given:
            return tuple(given.values()) if len(given) > 1 else ()
        beside: dict[str, str] = {}
        for shelf in self._holding(kind, name):
            beside.setdefault(shelf.source.text if shelf.source else "", shelf.name)
        return tuple(beside.values()) if len(beside) > 1 else ()

    def _holding(self, kind: PartKind, name: str) -> Iterator[_Shelf]:
        """The files that hold a head or seem to; of a system or an amendment no more than show that they are too many.

        Of copies of one text the first alone is looked at.
        """
        known = set[str]()
        for shelf in self._shelves():
            if shelf.source is None or (kind, name) not in shelf.heads or shelf.source.text in known:
                continue
            document = shelf.document()
            if document is None or (kind, name) in heads_of(document):
                known.add(shelf.source.text)
                yield shelf
                if len(known) == _MOST_RIVALS and kind in (PartKind.SYSTEM, PartKind.AMENDMENT):
                    return

    def not_read(self) -> str | None:
        """Name the folder that holds more than is read, so that what it holds is not known; None: all was read."""
        self._shelves()
        return None if self._too_much is None else str(self._too_much)

    def holding(self, wanted: Callable[[str], bool]) -> FolderLibrary:
        """Return this library without the files whose text is not wanted; nothing is read twice for it."""
        narrowed = FolderLibrary(self._documents, self._folders, shipped=self._shipped, parse=self._parse)
        narrowed._kept = tuple(each for each in self._shelves() if each.source is None or wanted(each.source.text))
        return narrowed

    def source_texts(self) -> tuple[str, ...]:
        """The texts of all files, unparsed."""
        return tuple(each.source.text for each in self._shelves() if each.source is not None)

    def every_text(self) -> tuple[str, ...]:
        """The texts of all documents and files, unparsed."""
        return (*(each.source.text for each in self._documents), *self.source_texts())

    def beside(self) -> tuple[Source, ...]:
        """The files of the folders, without the policies that come with the program, unparsed."""
        return tuple(each.source for each in self._shelves() if each.source is not None and not each.is_shipped)

    def where(self) -> str:
        """Say in a few words where texts are looked for, and which files could not be opened."""
        places = ["this file"]
        if self._documents:
            places.append("the files given with it")
        places.extend(f"the folder `{folder}`" for folder in self._folders)
        if self._shipped:
            places.append("the policies that come with the program")
        unread = [f"`{each.name}`" for each in self._shelves() if each.source is None]
        return f"it was looked for in {listed(places)}" + (
            f"; {listed(unread)} could not be opened as text" if unread else ""
        )

    def _shelves(self) -> tuple[_Shelf, ...]:
        if self._kept is None:
            self._kept = tuple(self._found())
        return self._kept

    def _found(self) -> Iterator[_Shelf]:
        left = MOST_BESIDE
        for folder in self._folders:
            for path in sorted(folder.glob("*.sespms")):
                source = _source(path) if left >= 0 else None
                left -= 0 if source is None else len(source.text)
                self._too_much = self._too_much or (folder if left < 0 else None)
                yield _Shelf(str(path), source if left >= 0 else None, self._parse)
        if self._shipped:
            for name in _shipped_names():
                path = _shipped_path(name)
                note_read(path)
                text = path.read_text(encoding="utf-8")
                if self._parse is parse_text:
                    yield _shipped_shelf(name, text)
                else:
                    yield _Shelf(f"policies/{name}", Source(f"policies/{name}", text), self._parse, is_shipped=True)


def headings_in(source: Source) -> Iterator[tuple[PartKind, str, Span]]:
    """The kind and the name of each head in a text, and where its heading stands, found without parsing."""
    for found in _HEAD.finditer(source.text):
        yield PartKind(found[1]), " ".join(found[2].split()), Span(source, found.start(), found.end())


def heads_of(document: Document) -> tuple[tuple[PartKind, str], ...]:
    """The kinds and names of the heads in a document, in order."""
    return tuple(
        (block.heading.kind, block.heading.name.text)
        for block in document.blocks
        if isinstance(block, Block) and block.heading.opens_a_text and block.heading.name is not None
    )


def _source(path: Path) -> Source | None:
    """The text of a file; None where it cannot be opened or is no text."""
    try:
        return read_source(path, str(path), regular=True)[0]
    except UnreadableFileError:
        return None


@cache
def _shipped_path(name: str) -> Path:
    """Where a policy that comes with the program stands; to find that out takes as long as to read it."""
    return data_files.policy_path(name)


def _shipped_names() -> tuple[str, ...]:
    """The policies that come with the program; none where the installation has none."""
    try:
        return data_files.policy_names()
    except FileNotFoundError:
        return ()
