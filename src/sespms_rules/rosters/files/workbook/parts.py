"""The parts of a workbook, read piece by piece within bounds: what no sheet a person made comes near is refused.

A workbook is a zip archive of XML files. A few kilobytes of it can stand for gigabytes, or for a table of seventeen
billion empty cells; so what is unpacked, how deep it is nested, how many elements it has and how many cells hold
something are all counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import basename, dirname, join, normpath
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from sespms_rules.foundation.packed_files import RAISED_BY_ZIPS, CountedStream, Unpacked
from sespms_rules.foundation.values import Frozen
from sespms_rules.rosters.files.limits import MOST_CELLS, MOST_ELEMENTS, MOST_PARTS, MOST_UNPACKED
from sespms_rules.rosters.files.workbook.plain_rows import PlainRows

BOOK: Final = "xl/workbook.xml"
_DEEPEST: Final = 100
_TOO_DEEP: Final = f"is nested more than {_DEEPEST} levels deep, or has too large a cell"
_PIECE: Final = 1 << 18
_LONGEST_TAG: Final = 1_000_000
"""Bytes from one `<` to the next: of one tag with what it says, or of a text with its signs written as numbers."""

_PLAINLY_SAID: Final = 32
"""Attributes that an element may have before each more is counted as an element; no element of a sheet has as many."""

_MOST_KEPT: Final = 100_000
"""How many elements one cell, text or list of styles may consist of."""

_BROKEN = (*RAISED_BY_ZIPS, AttributeError, DefusedXmlException, ParseError, TypeError)
"""What the libraries raise for archives and XML with parts that are missing, damaged or unlike what they should be."""


class BrokenWorkbookError(Exception):
    """The file cannot be read as a workbook."""


class TooLargeWorkbookError(Exception):
    """The workbook holds more than a roster does: `message` says of what, after the name of the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TwiceInWorkbookError(Exception):
    """The workbook holds something twice that may stand in it once: `message` says what, after the name of the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SheetPart(Frozen):
    """A sheet by its name, the part of the archive that holds it, and whether it can be seen."""

    name: str
    part: str
    visible: bool


def relations_of(part: str) -> str:
    """The part in which stands what belongs to a part."""
    return f"{dirname(part)}/_rels/{basename(part)}.rels"


class Book:
    """The parts of one workbook.

    Raises BrokenWorkbookError, TooLargeWorkbookError and TwiceInWorkbookError, and PackedFileError for its zip.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._parts = Unpacked(file, most_files=MOST_PARTS, most_bytes=MOST_UNPACKED, called="part")
        self._elements = self._depth = 0
        self.sheets: list[SheetPart] = []
        self.asks_to_compute = False
        self.since_1904 = False
        self._read_book()

    def _read_book(self) -> None:
        """The sheets in order; whether results of formulas are still to be computed; the first day of the calendar."""
        targets: dict[str, str] = {}
        for key, part in self._targets():
            if key in targets:
                raise TwiceInWorkbookError(f"has two sheets with the key `{key}`")
            targets[key] = part
        with told():
            for element in self.elements(BOOK):
                match local(element):
                    case "sheet":
                        key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
                        visible = element.get("state", "visible") == "visible"
                        if key in targets:
                            self.sheets.append(SheetPart(element.get("name", ""), targets[key], visible))
                    case "calcPr":
                        self.asks_to_compute = element.get("fullCalcOnLoad") in ("1", "true")
                    case "workbookPr":
                        self.since_1904 = element.get("date1904") in ("1", "true")

    def _targets(self) -> Iterator[tuple[str, str]]:
        """The parts that hold worksheets, by the keys that the book calls them by."""
        return self.related(BOOK, ("/worksheet",))

    def related(self, part: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The parts that a part says belong to it, of some kinds, by the keys that it calls them by."""
        folder = dirname(part)
        for element in self.elements(relations_of(part)):
            if local(element) == "Relationship" and element.get("Type", "").endswith(kinds):
                target = element.get("Target", "")
                yield element.get("Id", ""), normpath(join(folder, target)) if target[:1] != "/" else target[1:]

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return self._parts.named(part)

    def elements(
        self, part: str, *, whole: str = "", begun: str = "", rows: PlainRows | None = None
    ) -> Iterator[Element]:
        """Each element of a part once it is read, inner ones first, and those named `begun` also as they begin.

        Only within one named `whole` are inner elements kept until it is read; everything else is let go of. What
        `rows` cut out of the part is asked of them for each row that begins, and counted here by `count`.
        """
        with told(), self._parts.opened(part) as opened:
            above: list[Element] = []
            kept = inside = 0
            pieces = _WithoutPlainRows(opened, rows)
            for event, element in iterparse(pieces, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    above.append(element)
                    self._depth = len(above)
                    self.count(1 + max(0, len(element.attrib) - _PLAINLY_SAID))
                    inside += local(element) == whole
                    kept += inside > 0
                    if kept > _MOST_KEPT:
                        raise TooLargeWorkbookError(_TOO_DEEP)
                    if local(element) == begun:
                        yield element
                    continue
                above.pop()
                if not inside or local(element) == whole:
                    yield element
                inside -= local(element) == whole
                if not inside:
                    kept = 0
                    if above:
                        above[-1].remove(element)

    def count(self, elements: int, deeper: int = 0) -> None:
        """Count elements, so many levels below the one that was read last."""
        self._elements += elements
        if self._elements > MOST_ELEMENTS:
            raise TooLargeWorkbookError(f"has more than {MOST_ELEMENTS:,} elements, empty cells among them")
        if self._depth + deeper > _DEEPEST:
            raise TooLargeWorkbookError(_TOO_DEEP)


class _WithoutPlainRows:
    """A part being unpacked; `rows` take out of it what they can read by themselves, and no tag in it is endless."""

    def __init__(self, opened: CountedStream, rows: PlainRows | None) -> None:
        self._opened = opened
        self._rows = rows
        self._since = 0  # bytes since the last `<`

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raise TooLargeWorkbookError before the reader of XML holds a tag that is too long."""
        while True:
            piece = self._opened.read(size if self._rows is None else _PIECE)
            self._since = len(piece) - 1 - last if (last := piece.rfind(b"<")) >= 0 else self._since + len(piece)
            if self._since > _LONGEST_TAG:
                raise TooLargeWorkbookError(f"has a tag or a text of more than {_LONGEST_TAG:,} bytes")
            told = piece if self._rows is None else self._rows.fed(piece)
            if told or not piece:
                return told


class Counted:
    """Counts cells and texts of a workbook."""

    def __init__(self) -> None:
        self._found = 0

    def one_more(self) -> None:
        """Count one; raise TooLargeWorkbookError where it is one too many."""
        self._found += 1
        if self._found > MOST_CELLS:
            raise TooLargeWorkbookError(f"has more than {MOST_CELLS:,} cells")


def local(element: Element) -> str:
    """The name of an element without that of its vocabulary, of which there are two."""
    return element.tag.rpartition("}")[2]


@contextmanager
def told() -> Iterator[None]:
    """Turn what the libraries raise into BrokenWorkbookError."""
    try:
        yield
    except _BROKEN as fault:
        raise BrokenWorkbookError(str(fault)) from None
