"""Rows of plain cells, cut out of a sheet on their way to the parser of XML, which reads all the rest.

Nearly all rows of a roster are alike: cells with a place, a style and a kind, in each a number or a short text. What is
written in exactly that way says the same to a pattern as to a parser, many times faster; any other row goes on as it
is. In the place of a row that was cut stands the row without its cells, so that everything around it is judged as
before: a row where there can be none breaks the file as it did.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

_MARK: Final = "sespmsCut"
"""The attribute of a row that was cut. A file in which the word stands is read as it is from there on."""

_LETTERS = rb"[ -%'-;=?-~]*"
"""Plain letters of which no markup is made."""

_ATTRIBUTE = rb' [A-Za-z][A-Za-z0-9:]*="[ !#-%\'-;=?-~]*"'
_CELL = (
    rb'<c(?: r="([A-Z]{1,3})([1-9][0-9]{0,6})")?(?: s="([0-9]{1,9})")?'
    rb'(?:(?: t="(n|s|b|str)")?><v>(' + _LETTERS + rb")</v></c>"
    rb'|( t="inlineStr")><is><t(?: xml:space="preserve")?>(' + _LETTERS + rb")</t></is></c>|/>)"
)
_CELLS = re.compile(_CELL)
_ROWS = re.compile(rb"<row((?:%b)*)>((?:%b)+)</row>" % (_ATTRIBUTE, re.sub(rb"\((?!\?)", rb"(?:", _CELL)))
_END: Final = b"</row>"
_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml version=["']1\.0["']"""
    rb"""(?: encoding=["'](?:UTF|utf)-8["'])?(?: standalone=["'](?:yes|no)["'])?\s*\?>"""
)
"""How a part begins whose letters are those of this module."""

_MOST_WAITING: Final = 1 << 22
"""So many bytes without the end of a row are no table of a roster."""

Cut = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""The letters and the number of a place; style, kind and value; for a text in the cell itself, a mark and it."""


class PlainRow(NamedTuple):
    """The cells of a row that was cut, and how many elements of the sheet they are."""

    cells: Sequence[Cut]
    elements: int


class PlainRows:
    """What was cut out of one sheet, in order, until the parser has come to where it stood."""

    def __init__(self) -> None:
        self._found: deque[PlainRow] = deque()
        self._waiting = b""
        self._is_first = self._cuts = True

    def fed(self, piece: bytes) -> bytes:
        """What the parser is given once this piece was read, which may be nothing yet; an empty piece is the last."""
        text = self._waiting + piece
        self._waiting = b""
        if not self._cuts:
            return text
        end = text.rfind(_END) + len(_END) if _END in text else 0
        if not end and piece and len(text) <= _MOST_WAITING:
            self._waiting = text
            return b""
        if not end or not self._is_plain(text[:end]):
            self._cuts = False
            return text
        self._waiting = text[end:]
        return _ROWS.sub(self._cut, text[:end])

    def _is_plain(self, text: bytes) -> bool:
        """Whether a row in a text is a row: none stands in a comment, and nobody else set the mark."""
        declared = _DECLARED.match(text) if self._is_first else None
        self._is_first = False
        start = declared.end() if declared else 0
        return text.find(b"<!", start) < 0 and text.find(b"<?", start) < 0 and _MARK.encode() not in text

    def _cut(self, row: re.Match[bytes]) -> bytes:
        cells = row[2]
        elements = cells.count(b"<c") + cells.count(b"<v>") + 2 * cells.count(b"<is>")
        self._found.append(PlainRow(_CELLS.findall(cells), elements))
        return b'<row%b %b=""/>' % (row[1], _MARK.encode())

    def of(self, row: Element) -> PlainRow | None:
        """What was cut out of a row, asked of each as it begins; None where nothing was."""
        return self._found.popleft() if self._found and _MARK in row.attrib else None
