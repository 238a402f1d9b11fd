"""Where a name leads and what it is called: definitions, and a new name everywhere the old one is used."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.workspace import PositionCodec, Workspace

from sespms_rules.authoring.assisting import NamedAt, declared, name_at, names_in, occurrences, struck_from
from sespms_rules.foundation.source import Span
from sespms_rules.language.syntax.nodes import Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.lsp.desk import Desk, Page, address_of, related
from sespms_rules.lsp.positions import Positions

_RENAMED = ("name", "level", "system", "amendment", "table", "scenario")
_HELD_BY = {"system": PartKind.SYSTEM, "edition": PartKind.BASELINE, "amendment": PartKind.AMENDMENT}


def definition(desk: Desk, workspace: Workspace, page: Page, at: int) -> types.Location | None:
    """Where the name at a character is declared, through what the text rests on; of a struck line, what it strikes."""
    own, bases = page.read.document, desk.rests_on(workspace, page)
    name = name_at(own, at)
    found = None
    if name is not None:
        kind = _HELD_BY.get(name.of)
        elsewhere = desk.holding(workspace, page.uri, kind, name.text) if kind else ()
        found = declared(name, (own, *bases, *elsewhere))
    found = found or struck_from(own, at, bases)
    if found is None:
        return None
    return types.Location(_address(page, found), _positions(page, found).range(found.start, found.end))


def can_be_renamed(page: Page, at: int) -> types.PrepareRenamePlaceholder | None:
    """The name at a character that may get another, without its quotation marks."""
    name = name_at(page.read.document, at)
    if name is None or name.of not in _RENAMED:
        return None
    return types.PrepareRenamePlaceholder(page.positions.range(name.span.start + 1, name.span.end - 1), name.text)


def renamed(desk: Desk, workspace: Workspace, page: Page, at: int, new: str) -> types.WorkspaceEdit:
    """Give a name another wherever it is used: in the text, in those it rests on, and in those that rest on it.

    Raises JsonRpcInvalidParams, with a sentence, for a place without a name and for a name that cannot be.
    """
    name = name_at(page.read.document, at)
    if name is None or name.of not in _RENAMED:
        raise JsonRpcInvalidParams("there is no name here that could be changed")
    words = " ".join(new.strip().strip('"').split())
    beside = desk.beside(workspace, page.uri, name.text)
    documents = (page.read.document, *(each for each in beside if related(page.read.document, each)))
    _refuse(name, words, documents)
    changes = dict[str, list[types.TextEdit]]()
    for each in occurrences(name, documents):
        where = _positions(page, each.span).range(each.span.start, each.span.end)
        changes.setdefault(_address(page, each.span), []).append(types.TextEdit(where, f'"{words}"'))
    return types.WorkspaceEdit(changes=changes)


def _refuse(name: NamedAt, words: str, documents: tuple[Document, ...]) -> None:
    if not words or '"' in words:
        raise JsonRpcInvalidParams("a name has letters and no quotation mark")
    taken = {each.text.casefold() for document in documents for each in names_in(document) if each.of == name.of}
    if words.casefold() in taken - {name.text.casefold()}:
        raise JsonRpcInvalidParams(f"there is a `{words}` already; two of one name cannot be told apart")


def _address(page: Page, span: Span) -> str:
    return page.uri if span.source.name == page.read.analysis.name else address_of(span.source.name)


def _positions(page: Page, span: Span) -> Positions:
    """Where the characters of the text of a span stand; of a file that is not open, in UTF-16 as any editor counts."""
    own = span.source.name == page.read.analysis.name
    return page.positions if own else Positions(span.source.text, PositionCodec())
