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

from sespms_rules.documents.word_asides import asides_of, pictures_of
from sespms_rules.documents.word_files import TooMuchError
from sespms_rules.documents.word_looks import RUN_TOGETHER, Looks
from sespms_rules.documents.word_signs import said_in, text_boxes, unsaid_in
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field

_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_AROUND = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", *_TRACKED)))
"""What stands around paragraphs and is none itself."""

_HEADING = re.compile(r"(?:heading|title)(?: ?(\d))?", re.IGNORECASE)
_DELETED = "the paragraph above may run into it, as its end is tracked as taken out"
MOST_PIECES = 5_000
"""How many paragraphs and tables of one document are read."""

_MOST_CELLS = 100_000


class Piece(Frozen):
    """A paragraph of the text: its number in the document, from 1, and the level of a heading, 0 for none.

    `unread` says why its words cannot be taken, such as that changes in it are neither accepted nor rejected. `aside`
    is what is no text of the document, such as a picture or a note.
    """

    place: str
    text: str
    heading: int = field(default=0)
    unread: str = field(default="")
    aside: bool = field(default=False)


class Grid(Frozen):
    """A table: the texts of its cells, row by row; `unread` says why it cannot be taken.

    `over` is the text of a first row that is one cell over all columns; it is none of the rows then.
    """

    place: str
    rows: tuple[tuple[str, ...], ...]
    unread: str = field(default="")
    over: str = field(default="")


def pieces_of(name: str, data: bytes) -> tuple[Piece | Grid, ...]:
    """The text of a document that is safe to read. Raises RequestError for one that has none, or is damaged."""
    try:
        read = docx.Document(io.BytesIO(data))
        found = tuple(_pieces(read))
        pictures = any(True for _ in read.element.body.iter(qn("w:drawing"), qn("w:pict")))
    except TooMuchError as fault:
        raise RequestError(f"`{name}` {fault}") from None
    except (KeyError, ValueError, AttributeError, SyntaxError, IndexError, TypeError, OpcError):
        raise RequestError(f"`{name}` is damaged; open it in Word and save it anew") from None
    if not any(_has_text(each) for each in found):
        why = "pictures and no text: a scanned page cannot be read" if pictures else "no text"
        raise RequestError(f"`{name}` holds {why}; give a document with its text")
    if len(found) > MOST_PIECES:
        raise RequestError(f"`{name}` has more than {MOST_PIECES:,} paragraphs; give its parts one by one")
    return found


def _why_unread(element: Any, looks: Looks) -> str:
    """Why the words of a paragraph or a table cannot be taken as they stand; empty where they can."""
    if any(True for _ in element.iter(*map(qn, _TRACKED))):
        return "it has tracked changes; accept or reject them in Word"
    return looks.unclear_in(element) or unsaid_in(element)


def _has_text(each: Piece | Grid) -> bool:
    return not each.aside and bool(each.text or each.unread) if isinstance(each, Piece) else bool(each.rows)


def _pieces(read: docx.document.Document) -> Iterator[Piece | Grid]:
    yield from _Reader(read).pieces(read.element.body)
    yield from (Piece(each.place, each.text, unread=each.why, aside=True) for each in asides_of(read))


class _Reader:
    """Walks through a body in order, and counts its paragraphs and tables as Word shows them."""

    def __init__(self, read: docx.document.Document) -> None:
        self._read = read
        self._looks = Looks(read.styles.element)
        self._paragraphs = self._tables = 0
        self._before = ""
        self._joins = ""

    def pieces(self, body: Any) -> Iterator[Piece | Grid]:
        """Each paragraph and table, those within controls and boxes too, and what is there and cannot be read."""
        for each in body:
            if each.tag == qn("w:p"):
                self._paragraphs += 1
                yield from self._paragraph(each, f"paragraph {self._paragraphs}")
            elif each.tag == qn("w:tbl"):
                self._tables += 1
                yield _grid(WordTable(each, self._read), f"table {self._tables}", self._looks)
            elif each.tag in _AROUND:
                yield from self.pieces(each)
            elif each.tag == qn("w:altChunk"):
                why = "another document is put in here, which is not read; open it in Word and save it anew"
                yield Piece(f"behind paragraph {self._paragraphs}", "a document within the document", unread=why)

    def _paragraph(self, element: Any, place: str) -> Iterator[Piece | Grid]:
        made = WordParagraph(element, self._read)
        style = (made.style.name or "") if made.style is not None else ""
        level = _HEADING.match(style)
        text, unread = said_in(element, self._looks.is_lifted), _why_unread(element, self._looks)
        hidden = self._looks.end_is_hidden(element) and bool(self._joins or self._looks.shows_words(element))
        unread = unread or (self._joins or (RUN_TOGETHER if hidden else "") if text else "")
        deleted = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None
        self._joins = RUN_TOGETHER if hidden else _DELETED if deleted else ""
        yield Piece(place, text, int(level[1] or 1) if level else 0, unread)
        for picture in pictures_of(element, self._before):
            yield Piece(place, picture.text, unread=picture.why, aside=True)
        self._before = text or self._before
        for box in text_boxes(element):
            yield from self._box(box, f"{place}, text box")

    def _box(self, box: Any, place: str) -> Iterator[Piece | Grid]:
        for each in box:
            if each.tag == qn("w:p"):
                yield from self._paragraph(each, place)
            elif each.tag == qn("w:tbl"):
                yield _grid(WordTable(each, self._read), place, self._looks)
            elif each.tag in _AROUND:
                yield from self._box(each, place)


def _grid(each: WordTable, place: str, looks: Looks) -> Grid:
    merges = list(each._tbl.iter(qn("w:vMerge"), qn("w:gridSpan"), qn("w:hMerge")))
    nested = any(True for cell in each._tbl.iter(qn("w:tc")) for _ in cell.iter(qn("w:tbl")))
    rows = tuple(_rows(each, looks))
    over = ""
    if len(merges) == 1 and len(rows) > 1 and _is_over_all(each):
        over, rows, merges = rows[0][0], rows[1:], []
    if merges:
        return Grid(
            place, rows, "it has merged cells, so that it is not clear what belongs to what; split them in Word"
        )
    why = "it has a table within a table; take it out in Word" if nested else ""
    if any(each._tbl.iter(qn("w:sdt"))) and len(list(each._tbl.iter(qn("w:tc")))) != sum(map(len, rows)):
        rows = tuple(
            tuple(said_in(cell, looks.is_lifted) for cell in row.iter(qn("w:tc"))) for row in each._tbl.iter(qn("w:tr"))
        )
        why = why or "it has rows or cells within controls, which are not read; take the controls out in Word"
    return Grid(place, rows, _why_unread(each._tbl, looks) or why or _boxes_in(each._tbl), over)


def _rows(table: WordTable, looks: Looks) -> Iterator[tuple[str, ...]]:
    """The texts of each row, that of a merged cell for every column and row that it takes.

    The library looks for a cell merged with those above it by going up row by row, within itself.
    """
    above: dict[int, tuple[str, int]] = {}
    places = 0
    for row in table.rows:
        at, here, texts = row._tr.grid_before, dict[int, tuple[str, int]](), list[str]()
        for cell in row._tr.tc_lst:
            # One merged with a cell that is not there is damaged, as the library has it.
            found = above[at] if cell.vMerge == "continue" else (said_in(cell, looks.is_lifted), cell.grid_span)
            places += max(found[1], 0)
            if places > _MOST_CELLS:
                says = f"has a table of more than {_MOST_CELLS:,} cells, a merged one counted for each that it takes"
                raise TooMuchError(f"{says}; give its parts one by one")
            here[at] = found
            texts += [found[0]] * found[1]
            at += cell.grid_span
        above = here
        yield tuple(texts)


def _is_over_all(table: WordTable) -> bool:
    """Whether the first row is one cell over all columns of the table."""
    cells = list(table.rows[0]._tr.iterchildren(qn("w:tc")))
    return len(cells) == 1 and cells[0].grid_span == len(table.columns)


def _boxes_in(table: Any) -> str:
    there = any(True for each in (text_boxes(table), pictures_of(table, "")) for _ in each)
    return "it has a picture or a box of text in a cell, which is not read; take it out in Word" if there else ""
