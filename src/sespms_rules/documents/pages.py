"""A report as a page -> the same as a document, so that Word and PDF say what the page says, in its words.

Only pages of this program are read: what `reports` puts on one. What is only there for a window is left out: the list
of contents, the link that skips it, and the marks before words. A text stands in quotation marks where the page shows
it in letters of one width within a sentence, or as a quotation.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby

from sespms_rules.documents.model import Bullets, Document, Heading, PageDrawing, Paragraph, Part, Table, Verbatim
from sespms_rules.documents.page_drawings import drawing
from sespms_rules.documents.page_tags import Tag, found, tag_of

_BLOCKS = frozenset(("p", "ul", "ol", "dl", "div", "table", "figure", "pre", "section", "article", "h2", "h3", "h4"))
_FOR_A_WINDOW = ("nav", "style", "svg", "script")
_QUOTES = {"code": "“{}”", "q": "“{}”"}


def document_of(page: str, day: datetime.date | None = None) -> Document:
    """The document that says what a page of this program says; `day` is the one that its reader named."""
    body = next(found(tag_of(page), "body"))
    title = _words(next(found(body, "h1")))
    return Document(title, "", tuple(_parts(body.content)), day)


# ---- texts ---------------------------------------------------------------------------------------


def _words(tag: Tag) -> str:
    """The text of an element; one that holds nothing but letters of one width is taken as it is."""
    alone = len(tag.content) == 1 and isinstance(tag.content[0], Tag)
    return " ".join(_text(tag.content, alone=alone).split())


def _text(content: Sequence[Tag | str], *, alone: bool = False) -> str:
    return "".join(each if isinstance(each, str) else _text_of(each, alone=alone) for each in content)


def _text_of(tag: Tag, *, alone: bool) -> str:
    if tag.name in _FOR_A_WINDOW or "skip" in tag.attributes.get("class", "").split():
        return ""
    if tag.name == "br":
        return " "
    inner = _text(tag.content)
    if tag.name in _QUOTES and not (alone and tag.name == "code"):
        return _QUOTES[tag.name].format(inner)
    return f"{inner}; " if tag.name in ("div", "li", "dd") else f"{inner}: " if tag.name == "dt" else inner


def _cell(tag: Tag) -> str:
    return _words(tag).removesuffix(";")


# ---- parts ---------------------------------------------------------------------------------------


def _parts(content: Sequence[Tag | str]) -> Iterator[Part]:
    """What stands in an element: its blocks, and each run of text between them as a paragraph."""
    for is_block, run in groupby(content, _is_block):
        pieces = list(run)
        if is_block:
            for each in pieces:
                assert isinstance(each, Tag)  # noqa: S101 - no text is a block
                yield from _block(each)
        elif words := _words(Tag("", {}, pieces)):
            yield Paragraph(words)


def _is_block(each: Tag | str) -> bool:
    return isinstance(each, Tag) and (each.name in (*_BLOCKS, "header", "main", "nav", "h1") or _holds_blocks(each))


def _holds_blocks(tag: Tag) -> bool:
    return any(isinstance(each, Tag) and (each.name in _BLOCKS or _holds_blocks(each)) for each in tag.content)


def _block(tag: Tag) -> Iterator[Part]:
    match tag.name:
        case "nav" | "h1":
            return
        case "h2" | "h3" | "h4":
            yield Heading(int(tag.name[1]) - 1, _words(tag))
        case "p":
            yield Paragraph(_words(tag), marked="notice" in tag.attributes.get("class", "").split())
        case "ul" | "ol" | "dl":
            items = tuple(_items(tag, 0))
            yield Bullets(tuple(text for text, _ in items), tag.name == "ol", tuple(depth for _, depth in items))
        case "table":
            yield _table(tag)
        case "figure":
            yield _figure(tag)
        case "pre":
            yield Verbatim(_text(tag.content, alone=True).strip("\n"))
        case _:
            yield from _parts(tag.content)


def _items(tag: Tag, depth: int) -> Iterator[tuple[str, int]]:
    """The items of a list with how deep each stands; the first of what is listed in an item leads the others."""
    if tag.name == "dl":
        for pair in _pairs(tag):
            yield from _led(_words(pair[0]) + ": ", pair[1], depth)
        return
    for each in tag.content:
        if isinstance(each, Tag) and each.name == "li":
            yield from _led("", each, depth)


def _pairs(tag: Tag) -> Iterator[tuple[Tag, Tag]]:
    """The names of a list of descriptions, each with its value."""
    for group in found(tag, "div"):
        inside = [each for each in group.content if isinstance(each, Tag)]
        if [each.name for each in inside] == ["dt", "dd"]:
            yield inside[0], inside[1]


def _led(lead: str, tag: Tag, depth: int) -> Iterator[tuple[str, int]]:
    """What stands in an item: its words, then what is listed below them."""
    words = " ".join(_text([each for each in tag.content if not _is_block(each)], alone=True).split())
    inner = [each for each in tag.content if isinstance(each, Tag) and _is_block(each)]
    blocks = [one for each in inner for one in ([each] if each.name in ("ul", "ol", "dl") else each.content)]
    below = [item for each in blocks if isinstance(each, Tag) for item in _items(each, depth + 1)]
    if not (lead or words) and below:
        (first, _), *below = below
        words = first
    if lead or words:
        yield f"{lead}{words}".strip(), depth
    yield from below


def _table(tag: Tag) -> Table:
    rows = [tuple(_cell(each) for each in row.content if isinstance(each, Tag)) for row in found(tag, "tr")]
    caption = next((_words(each) for each in found(tag, "caption")), "")
    return Table(caption, rows[0], tuple(rows[1:]))


def _figure(tag: Tag) -> PageDrawing:
    said = _words(next(found(tag, "figcaption")))
    title = _words(next(found(tag, "strong")))
    svg, width, height = drawing(next(found(tag, "svg")))
    says = said.removeprefix(title).removeprefix(".").strip()
    return PageDrawing(title, says, svg, width, height, _table(next(found(tag, "table"))))
