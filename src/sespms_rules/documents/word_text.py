"""A Word document -> its text in order, with the place of each piece and what cannot be read of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field

_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_STRUCK = ("w:strike", "w:dstrike", "w:vanish")
STRUCK_BY_HAND = (
    "it has words that are struck through or hidden by hand, so that nobody can tell whether they count; take them out"
    " in Word, or show them as the others"
)
"""Why words are not taken that Word shows as gone and does not track as such."""

_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|title)(?: ?(\d))?", re.IGNORECASE)
MOST_PIECES = 5_000
"""How many paragraphs and tables of one document are read."""


class Piece(Frozen):
    """A paragraph of the text: its number in the document, from 1, and the level of a heading, 0 for none.

    `unread` says why its words cannot be taken, such as that changes in it are neither accepted nor rejected.
    """

    place: str
    text: str
    heading: int = field(default=0)
    unread: str = field(default="")


class Grid(Frozen):
    """A table: the texts of its cells, row by row; `unread` says why it cannot be taken."""

    place: str
    rows: tuple[tuple[str, ...], ...]
    unread: str = field(default="")


def pieces_of(name: str, data: bytes) -> tuple[Piece | Grid, ...]:
    """The text of a document that is safe to read. Raises RequestError for one that has none, or is damaged."""
    try:
        read = docx.Document(io.BytesIO(data))
        found = tuple(_pieces(read))
        pictures = any(True for _ in read.element.body.iter(qn("w:drawing"), qn("w:pict")))
    except (KeyError, ValueError, AttributeError, SyntaxError, IndexError, TypeError, OpcError):
        raise RequestError(f"`{name}` is damaged; open it in Word and save it anew") from None
    if not any(_has_text(each) for each in found):
        why = "pictures and no text: a scanned page cannot be read" if pictures else "no text"
        raise RequestError(f"`{name}` holds {why}; give a document with its text")
    if len(found) > MOST_PIECES:
        raise RequestError(f"`{name}` has more than {MOST_PIECES:,} paragraphs; give its parts one by one")
    return found


def is_struck(run: Any) -> bool:
    """Whether the words of a run (`w:r`) are struck through or hidden by hand: nobody can tell whether they count."""
    shown = run.find(qn("w:rPr")) if run.tag == qn("w:r") else None
    marks = () if shown is None else shown.iterchildren(*map(qn, _STRUCK))
    return any(each.get(qn("w:val"), "true") not in _OFF for each in marks)


def _why_unread(element: Any) -> str:
    """Why the words of a paragraph or a table cannot be taken as they stand; empty where they can."""
    if any(True for _ in element.iter(*map(qn, _TRACKED))):
        return "it has tracked changes; accept or reject them in Word"
    if any(is_struck(each) for each in element.iter(qn("w:r"))):
        return STRUCK_BY_HAND
    return ""


def _has_text(each: Piece | Grid) -> bool:
    return bool(each.text or each.unread) if isinstance(each, Piece) else bool(each.rows)


def _pieces(read: docx.document.Document) -> Iterator[Piece | Grid]:
    paragraphs = tables = 0
    for each in read.iter_inner_content():
        if isinstance(each, WordParagraph):
            paragraphs += 1
            yield _paragraph(each, f"paragraph {paragraphs}")
        elif isinstance(each, WordTable):
            tables += 1
            yield _grid(each, f"table {tables}")


def _paragraph(each: WordParagraph, place: str) -> Piece:
    style = (each.style.name or "") if each.style is not None else ""
    level = _HEADING.match(style)
    text = " ".join("".join(node.text or "" for node in each._p.iter(qn("w:t"), qn("w:delText"))).split())
    return Piece(place, text, int(level[1] or 1) if level else 0, _why_unread(each._p))


def _grid(each: WordTable, place: str) -> Grid:
    merged = any(True for _ in each._tbl.iter(qn("w:vMerge"), qn("w:gridSpan"), qn("w:hMerge")))
    nested = any(True for cell in each._tbl.iter(qn("w:tc")) for _ in cell.iter(qn("w:tbl")))
    rows = tuple(tuple(" ".join(cell.text.split()) for cell in row.cells) for row in each.rows)
    if merged:
        return Grid(
            place, rows, "it has merged cells, so that it is not clear what belongs to what; split them in Word"
        )
    why = "it has a table within a table; take it out in Word" if nested else ""
    return Grid(place, rows, _why_unread(each._tbl) or why)
