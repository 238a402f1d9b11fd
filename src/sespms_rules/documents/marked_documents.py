"""A marked-up Word document -> each paragraph and row as it was and as it would be, who changed it, and the comments.

What a tracked change adds is no part of what was, and what it takes out no part of what would be. Formatting is not
read; what would be lost on the way is said of the piece it stands in.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from sespms_rules.documents.word_asides import pictures_of
from sespms_rules.documents.word_files import TooMuchError
from sespms_rules.documents.word_looks import RUN_TOGETHER, Looks
from sespms_rules.documents.word_signs import is_no_text, sign_of, text_boxes, unsaid_in
from sespms_rules.documents.word_tables import ROW
from sespms_rules.documents.word_text import MOST_PIECES
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field

_ADDED, _TAKEN_OUT = (qn("w:ins"), qn("w:moveTo")), (qn("w:del"), qn("w:moveFrom"))
_BOX = "a box of text hangs on it, which is not read; write what it says into the text"
_MERGED = (qn("w:gridSpan"), qn("w:vMerge"), qn("w:hMerge"), qn("w:cellIns"), qn("w:cellDel"), qn("w:cellMerge"))


class MarkedPiece(Frozen):
    """A paragraph, or a row of a table with its cells: what it says as it was and as it would be.

    `heads` are the headings of the row's table. `by` are who changed it, empty where no change is tracked in it.
    `unread` says why it cannot be taken.
    """

    place: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    heads: tuple[str, ...] = field(default=())
    by: tuple[str, ...] = field(default=())
    unread: str = field(default="")

    @property
    def was(self) -> str:
        """What it said, the cells of a row with a mark between them."""
        return ROW.join(self.before) if any(self.before) else ""

    @property
    def would_be(self) -> str:
        """What it would say."""
        return ROW.join(self.after) if any(self.after) else ""


class WordComment(Frozen):
    """A comment: who wrote it on which day, what it says, the words it is on, and the piece where these begin."""

    by: str
    day: str
    text: str
    words: str
    place: str


class MarkedText(Frozen):
    """The pieces of a document in order, and its comments."""

    pieces: tuple[MarkedPiece, ...]
    comments: tuple[WordComment, ...]


def marked_text(name: str, data: bytes) -> MarkedText:
    """Read a document that is safe to read. Raises RequestError for one that is damaged, or too long."""
    try:
        read = docx.Document(io.BytesIO(data))
        reader = _Reader(Looks(read.styles.element))
        pieces = tuple(reader.pieces(read.element.body))
        comments = tuple(
            WordComment(
                each.author or "nobody named",
                each.timestamp.date().isoformat() if each.timestamp else "",
                " ".join(each.text.split()),
                " ".join("".join(reader.words.get(str(each.comment_id), [])).split()),
                reader.places.get(str(each.comment_id), "no place in the text"),
            )
            for each in read.comments
        )
    except TooMuchError as fault:
        raise RequestError(f"`{name}` {fault}") from None
    except (KeyError, ValueError, AttributeError, SyntaxError, IndexError, TypeError, OpcError):
        raise RequestError(f"`{name}` is damaged; open it in Word and save it anew") from None
    if len(pieces) > MOST_PIECES:
        raise RequestError(f"`{name}` has more than {MOST_PIECES:,} paragraphs and rows; give its parts one by one")
    return MarkedText(pieces, comments)


class _Reader:
    """Walks through a body in order; `words` and `places` are those of the comments by their identity."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.words: dict[str, list[str]] = {}
        self.places: dict[str, str] = {}
        self._open: set[str] = set()
        self._place = self._before = ""
        self._joins = False

    def pieces(self, body: Any) -> Iterator[MarkedPiece]:
        """Each paragraph and row that says something, or did."""
        paragraphs = tables = 0
        for each in _blocks(body):
            if each.tag == qn("w:p"):
                paragraphs += 1
                piece = self._paragraph(each, f"paragraph {paragraphs}")
                if piece.was or piece.would_be or piece.unread:
                    yield piece
                self._before = piece.was or self._before
            else:
                tables += 1
                yield from self._rows(each, f"table {tables}")

    def _paragraph(self, element: Any, place: str) -> MarkedPiece:
        self._place = place
        before, after, by = self._said(element)
        mark = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
        joins = mark is not None and bool(after)
        why = "its end is taken out, so that it would run into the next paragraph; change one of them" if joins else ""
        hidden = self._looks.end_is_hidden(element) and (self._joins or self._looks.shows_words(element))
        why = why or self._unsaid(element) or (RUN_TOGETHER if (before or after) and (hidden or self._joins) else "")
        self._joins = hidden
        return MarkedPiece(place, (before,), (after,), (), by, why)

    def _unsaid(self, element: Any) -> str:
        """Why it says more than its text; a picture whose words stand above it is one of the description itself."""
        why = self._looks.unclear_in(element) or unsaid_in(element)
        why = why or next((each.why for each in pictures_of(element, self._before)), "")
        return why or (_BOX if any(True for _ in text_boxes(element)) else "")

    def _rows(self, table: Any, place: str) -> Iterator[MarkedPiece]:
        heads: tuple[str, ...] = ()
        for number, row in enumerate(table.iter(qn("w:tr")), 1):
            self._place = f"{place}, row {number}"
            cells = [self._said(each) for each in row.findall(qn("w:tc"))]
            before, after = tuple(each[0] for each in cells), tuple(each[1] for each in cells)
            by = [one for each in cells for one in each[2]]
            for name, is_added in ((qn("w:ins"), True), (qn("w:del"), False)):
                mark = row.find(f"{qn('w:trPr')}/{name}")
                if mark is not None:
                    by.append(mark.get(qn("w:author"), ""))
                    before, after = (("",) * len(cells), after) if is_added else (before, ("",) * len(cells))
            merged = any(True for _ in row.iter(*_MERGED))
            why = "it has merged, added or removed cells; leave the cells as they were" if merged else ""
            why = why or self._unsaid(row)
            heads = heads or before
            if any(before) or any(after):
                yield MarkedPiece(self._place, before, after, heads, tuple(dict.fromkeys(by)), why)

    def _said(self, element: Any) -> tuple[str, str, tuple[str, ...]]:
        """What stands in an element as it was and as it would be, and who changed it."""
        before: list[str] = []
        after: list[str] = []
        by: list[str] = []
        self._walk(element, (before, after), by, added=False, taken_out=False)
        was, would_be = (" ".join("".join(each).split()) for each in (before, after))
        return was, would_be, tuple(dict.fromkeys(by))

    def _walk(
        self, element: Any, said: tuple[list[str], list[str]], by: list[str], *, added: bool, taken_out: bool
    ) -> None:
        for each in element:
            if is_no_text(each):
                continue
            sign = sign_of(each)
            if sign is not None:
                self._take(sign, said, added=added, taken_out=taken_out)
            elif each.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
                self._mark(each)
            else:
                struck = self._looks.is_struck(each)
                new, old = each.tag in _ADDED, struck or each.tag in _TAKEN_OUT
                if new or each.tag in _TAKEN_OUT:
                    by.append(each.get(qn("w:author"), ""))
                edge = " " if self._looks.is_lifted(each) else ""
                self._take(edge, said, added=added or new, taken_out=taken_out or old)
                self._walk(each, said, by, added=added or new, taken_out=taken_out or old)
                self._take(edge, said, added=added or new, taken_out=taken_out or old)
        if element.tag == qn("w:p"):
            said[0].append(" ")
            said[1].append(" ")

    def _take(self, text: str, said: tuple[list[str], list[str]], *, added: bool, taken_out: bool) -> None:
        if not added:
            said[0].append(text)
        if not taken_out:
            said[1].append(text)
        for each in self._open if not added else ():
            self.words[each].append(text)

    def _mark(self, element: Any) -> None:
        identity = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart"):
            self._open.add(identity)
            self.words[identity] = []
            self.places[identity] = self._place
        else:
            self._open.discard(identity)


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables of a body, those within controls and custom parts too."""
    for each in body:
        if each.tag in (qn("w:p"), qn("w:tbl")):
            yield each
        elif each.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), *_ADDED, *_TAKEN_OUT):
            yield from _blocks(each)
