"""The texts that are open in an editor, and what is known of each, worked out once for each state of a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.workspace import TextDocument, Workspace

from sespms_rules.authoring.analysis import TextRead, read_text
from sespms_rules.authoring.assisting import Names
from sespms_rules.authoring.looking import MOST_LETTERS
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, heads_of
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.lsp.positions import Positions

_SHIPPED = "policies/"


class TooLargeError(Exception):
    """A text that is too large to be looked at at each pause of typing."""


class Page(Frozen):
    """One state of an open text: its address, what is known of it, and where its characters stand."""

    uri: str
    read: TextRead
    positions: Positions

    @property
    def text(self) -> str:
        """The text."""
        return self.read.compilation.source.text


class Desk:
    """What is open, and what was found out; `refresh` lets go of what the files beside the open texts said."""

    def __init__(self) -> None:
        self._law = FolderLibrary()
        self._kept: dict[str, tuple[int | None, int, Page]] = {}
        self._libraries: dict[str, FolderLibrary] = {}
        self._age = 0

    def refresh(self) -> None:
        """Look at the files beside the open texts anew: one was written, or another was opened or closed."""
        self._age += 1
        self._libraries.clear()

    def close(self, uri: str) -> None:
        """Forget a text."""
        self._kept.pop(uri, None)
        self.refresh()

    def page(self, workspace: Workspace, uri: str) -> Page:
        """What is known of an open text as it stands. Raises TooLargeError, and as `open_text` does."""
        document = open_text(workspace, uri)
        known = self._kept.get(uri)
        if known is not None and known[:2] == (document.version, self._age):
            return known[2]
        text = document.source
        if len(text) > MOST_LETTERS:
            raise TooLargeError
        source = Source(name_of(uri), text)
        page = Page(uri, read_text(source, self._library(workspace, uri), self._law), self.positions(document))
        self._kept[uri] = (document.version, self._age, page)
        return page

    def last(self, uri: str) -> Page | None:
        """What was known of a text when it was last looked at, of an earlier state perhaps."""
        known = self._kept.get(uri)
        return known[2] if known else None

    def positions(self, document: TextDocument) -> Positions:
        """Where the characters of a text stand."""
        return Positions(document.source, document.position_codec)

    def names(self, workspace: Workspace, uri: str) -> Names:
        """The names that the text may use, as they were when it was last looked at."""
        last = self.last(uri)
        if last is None:
            return Names()
        systems = last.read.analysis.systems
        library = self._library(workspace, uri)
        return Names(
            tuple(element.name for each in systems for element in each.elements),
            (*(each.name for each in systems), *library.names(PartKind.SYSTEM)),
            library.names(PartKind.BASELINE),
            tuple(dict.fromkeys((level.number, level.term) for each in systems for level in each.levels)),
            tuple(dict.fromkeys(each.citation for each in last.read.analysis.requirements)),
        )

    def _library(self, workspace: Workspace, uri: str) -> FolderLibrary:
        """Where a text looks for others: in those that are open, in its folder, among those of the program."""
        if uri not in self._libraries:
            folder = folder_of(uri)
            documents = [document for other, document in self._open(workspace, uri) if folder_of(other) == folder]
            self._libraries[uri] = FolderLibrary(documents, [folder] if folder else [])
        return self._libraries[uri]

    def _open(self, workspace: Workspace, uri: str) -> Iterator[tuple[str, Document]]:
        for document in workspace.text_documents.values():
            if document.uri != uri and len(document.source) <= MOST_LETTERS:
                yield document.uri, parse(Source(name_of(document.uri), document.source))[0]

    def beside(self, workspace: Workspace, uri: str, words: str) -> Iterator[Document]:
        """The other texts of the folder that hold some words: as they are open, else as they lie there."""
        folder = folder_of(uri)
        known = {name_of(uri)}
        for other, document in self._open(workspace, uri):
            known.add(name_of(other))
            if folder_of(other) == folder and words in document.source.text:
                yield document
        for source in self._library(workspace, uri).beside() if folder else ():
            if source.name not in known and words in source.text:
                yield parse(source)[0]

    def rests_on(self, workspace: Workspace, page: Page) -> tuple[Document, ...]:
        """The texts that a text is based on or amends, the nearest first."""
        policy = page.read.compilation.policy
        names = [base for each in policy.systems for base in each.bases] + [each.amends for each in policy.amendments]
        library = self._library(workspace, page.uri)
        return tuple(document for name in dict.fromkeys(names) for document in library.documents(PartKind.SYSTEM, name))

    def holding(self, workspace: Workspace, uri: str, kind: PartKind, name: str) -> tuple[Document, ...]:
        """The texts that hold a head of a kind and a name."""
        return self._library(workspace, uri).documents(kind, name)


def open_text(workspace: Workspace, uri: str) -> TextDocument:
    """A text that the editor has open; the library would read any other file, a pipe too, for whoever asks.

    Raises JsonRpcInvalidParams for one that is not open.
    """
    document = if_open(workspace, uri)
    if document is None:
        raise JsonRpcInvalidParams("this text is not open in the editor")
    return document


def if_open(workspace: Workspace, uri: str) -> TextDocument | None:
    """The same; None for a text that is not open. The library knows texts by their addresses as people read them."""
    found: TextDocument | None = workspace.text_documents.get(unquote(uri))
    return found


def related(document: Document, other: Document) -> bool:
    """Whether one of two texts rests on the other: a name in the one can then be a name in the other."""
    own, others = ({name for _, name in heads_of(each)} for each in (document, other))
    return any(name in _named(other) for name in own) or any(name in _named(document) for name in others)


def _named(document: Document) -> frozenset[str]:
    from sespms_rules.authoring.assisting import names_in

    return frozenset(each.text for each in names_in(document) if each.of in ("system", "amendment"))


def name_of(uri: str) -> str:
    """What findings call a text: its path, or its address where it lies in no file."""
    path = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return path or uri


def folder_of(uri: str) -> Path | None:
    """The folder that a text lies in; None for one that lies in no file."""
    return Path(name_of(uri)).parent if uri.startswith("file:") else None


def address_of(name: str) -> str:
    """The address of a text by what findings call it; one that comes with the program lies where it was installed."""
    if not name.startswith(_SHIPPED):
        return uris.from_fs_path(name) or name
    return policy_path(name.removeprefix(_SHIPPED)).as_uri()
