"""Finding texts: the chapters of one document and of a library, by the kind and the name of their heads."""

from __future__ import annotations

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.resolution.chapters import Chapter, chapters
from sespms_rules.language.resolution.findings import FOLDER_TOO_LARGE, NAME_IN_SEVERAL_FILES
from sespms_rules.language.resolution.library import MOST_BESIDE, Library
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind

Findings = tuple[Diagnostic, ...]

RULES = (PartKind.BASELINE, PartKind.OVERLAY)
"""The kinds of text that systems are held to."""


_chapters_of = cache_by_identity(64)(chapters)
"""The chapters of a document; many files that rest on the same one look into it one after another, and all systems are
held against the editions that come with the program."""


class Text(Frozen):
    """A chapter and the document it stands in, which is where its own base is looked for first."""

    chapter: Chapter
    home: Document


class Texts:
    """All texts that one document and a library hold; each document is grouped and each text found once."""

    __slots__ = ("_chapters", "_found", "_library", "document")

    def __init__(self, document: Document, library: Library) -> None:
        self.document = document
        self._library = library
        self._chapters: dict[int, tuple[Document, tuple[Chapter, ...], Findings]] = {}
        self._found: dict[tuple[PartKind, str, int], tuple[Document | None, tuple[Text, ...]]] = {}

    def chapters(self, document: Document) -> tuple[tuple[Chapter, ...], Findings]:
        """The chapters of a document, and the findings that belong to none of them."""
        if id(document) not in self._chapters:
            self._chapters[id(document)] = (document, *_chapters_of(document))
        _, made, stray = self._chapters[id(document)]
        return made, stray

    def here(self, *kinds: PartKind) -> tuple[Text, ...]:
        """The texts of some kinds in this document, in its order."""
        made, _ = self.chapters(self.document)
        return tuple(Text(chapter, self.document) for chapter in made if chapter.kind in kinds)

    def find(self, kind: PartKind, name: str, home: Document | None = None) -> tuple[Text, ...]:
        """The texts of a kind and name: those of the document that asks first, then this one's, then the library's."""
        key = (kind, name, id(home))  # a home is held below, so that its number stands for nothing else
        if key not in self._found:
            self._found[key] = (home, self._sought(kind, name, home))
        return self._found[key][1]

    def _sought(self, kind: PartKind, name: str, home: Document | None) -> tuple[Text, ...]:
        found: dict[int, Text] = {}
        for document in (home or self.document, self.document, *self._library.documents(kind, name)):
            for chapter in self.chapters(document)[0]:
                if chapter.kind is kind and chapter.name == name:
                    found.setdefault(id(chapter), Text(chapter, document))
        return tuple(found.values())

    def rivals(self, kind: PartKind, name: str, place: Span, home: Document | None = None) -> Diagnostic | None:
        """The finding for a text that several files hold, each otherwise, where neither document has one of its own."""
        for document in (home or self.document, self.document):
            if any(each.kind is kind and each.name == name for each in self.chapters(document)[0]):
                return None
        if folder := self._library.not_read():
            return FOLDER_TOO_LARGE.at(
                place,
                f"the folder `{folder}` holds more than {MOST_BESIDE // 1_000_000} million characters of policies,"
                f" so it cannot be known which hold the {kind.value} `{name}`",
                help="keep in the folder only the policies that belong together",
            )
        files = self._library.rivals(kind, name)
        if not files:
            return None
        return NAME_IN_SEVERAL_FILES.at(
            place,
            f"the {kind.value} `{name}` is in {listed([f'`{each}`' for each in files])}, and they differ",
            help="leave one of them there; give each other text a name of its own, or move it to another folder",
        )

    def names(self, kind: PartKind) -> tuple[str, ...]:
        """The names of all texts of a kind, this document's first."""
        here = [text.chapter.name for text in self.here(kind)]
        return tuple(dict.fromkeys((*here, *self._library.names(kind))))

    def nearest(self, kinds: tuple[PartKind, ...], name: str, besides: str = "") -> str | None:
        """The name of a text most like one that was not found; none where a file that cannot be read holds it."""
        if any(self._library.broken(kind, name) for kind in kinds):
            return None
        return nearest_name(name, (each for kind in kinds for each in self.names(kind) if each != besides))

    def advice(self, kinds: tuple[PartKind, ...], name: str, nearest: str | None) -> str:
        """What to do about a text that was not found: fix its file, spell it so, or put its file here."""
        broken = [file for kind in kinds for file in self._library.broken(kind, name)]
        if broken:
            return f"{backticked(broken)} holds it, but has errors of its own; fix them first"
        return did_you_mean(nearest, f"put the file that holds it beside this one; {self._library.where()}")
