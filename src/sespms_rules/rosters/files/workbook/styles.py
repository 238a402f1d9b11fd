"""The styles of cells of a workbook, as far as they change what a cell says: how numbers are shown, and the strike."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from sespms_rules.foundation.values import Frozen
from sespms_rules.rosters.files.workbook.parts import Book, local, told

GENERAL: Final = "General"
_STYLES: Final = "xl/styles.xml"


class Style(Frozen):
    """The format of numbers of a style, and whether what stands in it is struck through."""

    shown_as: str
    struck: bool


class Styles(Frozen):
    """The styles of a book in the order of their numbers.

    `of_rules` says of each look that a rule of a sheet may give whether it strikes what stands there through, or shows
    a number in another way.
    """

    of_cells: tuple[Style, ...]
    of_rules: tuple[bool, ...]


def styles_of(book: Book) -> Styles:
    """The styles of a book; none where it has no part of styles.

    Fonts and formats stand among those of cells and within looks of rules, where the same number may mean another
    format, so that each counts only with what holds it.
    """
    codes: dict[int, str] = {0: GENERAL}
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    rules: list[bool] = []
    marks = Marks()
    if not book.has(_STYLES):
        return Styles((), ())
    with told():
        for element in book.elements(_STYLES, whole="cellXfs"):
            match local(element):
                case "numFmts":
                    codes.update(marks.formats)
                    marks.forget()
                case "fonts":
                    fonts = marks.fonts
                    marks.forget()
                case "dxf":
                    rules.append(marks.changes)
                    marks.forget()
                case "cellXfs":
                    styles = [(int(each.get("numFmtId", "0")), int(each.get("fontId", "0"))) for each in element]
                case _:
                    marks.take(element)
    crossed = {number for number, each in enumerate(fonts) if each}
    found = [Style(codes[code] if code in codes else _builtin(code), font in crossed) for code, font in styles]
    return Styles(tuple(found), tuple(rules))


class Marks:
    """The fonts and the formats of numbers that were met in one part of a list of styles, or in one rule."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.fonts: list[bool] = []
        self.formats: dict[int, str] = {}
        self._struck = False

    def take(self, element: Element) -> None:
        """Take note of an element, if it is one of these."""
        match local(element):
            case "strike":
                self._struck = is_on(element)
            case "font":
                self.fonts.append(self._struck)
                self._struck = False
            case "numFmt":
                self.formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")

    @property
    def changes(self) -> bool:
        """Whether a look that has these strikes through, or shows a number in another way."""
        return any(self.fonts) or any(code != GENERAL for code in self.formats.values())


def is_on(element: Element) -> bool:
    """Whether a mark of a font is set: it stands there and does not say that it is not."""
    return element.get("val", "1") not in ("0", "false")


def _builtin(number: int) -> str:
    """The format of numbers that a style names by a number and the file does not spell out."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # most books have none, and need not wait for it

    return BUILTIN_FORMATS.get(number, GENERAL)
