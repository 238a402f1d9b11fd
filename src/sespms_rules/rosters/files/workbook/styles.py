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


def styles_of(book: Book) -> list[Style]:
    """The styles of a book in the order of their numbers; none where it has no part of styles."""
    codes: dict[int, str] = {0: GENERAL}
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    struck = in_fonts = False
    if not book.has(_STYLES):
        return []
    with told():
        for element in book.elements(_STYLES, whole="cellXfs", begun="fonts"):
            match local(element):
                case "numFmt":
                    codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
                case "fonts":
                    in_fonts = not in_fonts
                case "strike" if in_fonts:
                    struck = is_on(element)
                case "font" if in_fonts:
                    fonts.append(struck)
                    struck = False
                case "cellXfs":
                    styles = [(int(each.get("numFmtId", "0")), int(each.get("fontId", "0"))) for each in element]
    crossed = {number for number, each in enumerate(fonts) if each}
    return [Style(codes[code] if code in codes else _builtin(code), font in crossed) for code, font in styles]


def is_on(element: Element) -> bool:
    """Whether a mark of a font is set: it stands there and does not say that it is not."""
    return element.get("val", "1") not in ("0", "false")


def _builtin(number: int) -> str:
    """The format of numbers that a style names by a number and the file does not spell out."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # most books have none, and need not wait for it

    return BUILTIN_FORMATS.get(number, GENERAL)
