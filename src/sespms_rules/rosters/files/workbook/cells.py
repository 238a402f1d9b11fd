"""The cells of a sheet as the texts that stand for their values, as they would be typed into a CSV file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.rosters.files.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from sespms_rules.rosters.files.numbers import FORMULA, NEARLY
from sespms_rules.rosters.files.workbook.number_formats import instead_of_number, instead_of_text, shows_shares
from sespms_rules.rosters.files.workbook.parts import (
    Book,
    Counted,
    TooLargeWorkbookError,
    TwiceInWorkbookError,
    local,
    told,
)
from sespms_rules.rosters.files.workbook.places import Range, column_in, column_of, letters_of
from sespms_rules.rosters.files.workbook.plain_rows import PlainRow, PlainRows
from sespms_rules.rosters.files.workbook.rules import RulesMet
from sespms_rules.rosters.files.workbook.styles import GENERAL, Style, is_on, styles_of

_DIGITS: Final = 15
"""How many significant digits a spreadsheet keeps of a number that is typed into a cell."""

_WHOLE = late(r"\s*[0-9]{1,9}\s*", re.ASCII)
_ESCAPED = late("_x([0-9A-Fa-f]{4})_")
_AS_IT_IS = (GENERAL, "@", "")
_ZEROS = late("0+")
_NUMBER = late(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]{1,3})?", re.ASCII)
_MOST_DIGITS: Final = 400
_MOST_KNOWN: Final = 65_536
"""How many values are remembered with what they show."""
_MOST_NAMED: Final = 40
"""How many characters of a text a message shows."""
_BINARY_DIGITS: Final = 53
_LEAP_DAY_THAT_WAS_NONE: Final = 60
"""What spreadsheets show as February 29, 1900, a day there was not; days before it count from a day later."""
_FIRST_1900: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a sheet lies in no zone
_FIRST_1904: Final = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
_SECONDS: Final = 86_400
_STRINGS: Final = "xl/sharedStrings.xml"


class Shown(Frozen, often=True):
    """A cell: its text, what is wrong with it as an id (where a sheet does not show what the file holds), and its id.

    `id` is empty where that is the text. `otherwise` says what the cell holds and what its number format shows
    instead; it is empty where the sheet shows what the cell holds. `struck` says that a line goes through it.
    """

    text: str
    not_an_id: str = field(default="")
    id: str = field(default="")
    otherwise: str = field(default="")
    struck: bool = field(default=False)


class Cells(Frozen):
    """What stands on a sheet: by row and column, both counted from 1, and the ranges of merged cells.

    `hidden` are the rows that are not shown, `hidden_columns` the columns. `ruled` are the ranges in which rules of the
    sheet may strike through what stands there, or show numbers in another way.
    """

    rows: dict[int, dict[int, Shown]]
    merged: tuple[str, ...]
    hidden: frozenset[int]
    hidden_columns: frozenset[int]
    ruled: tuple[Range, ...] = field(default=())


class Reader:
    """Reads cells of the sheets of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._counted = Counted()
        self._struck_strings: set[int] = set()
        self._raised_strings: dict[int, str] = {}
        self._strings: list[str] = []
        self._read_strings()
        styles = styles_of(book)
        self._styles = styles.of_cells
        self._of_rules = styles.of_rules
        self._strikes = any(each.struck for each in self._styles)
        self._shown_before: dict[tuple[bytes, bytes, bytes], Shown] = {}

    def _read_strings(self) -> None:
        """Read the texts that cells share, and which of them a line goes through."""
        if not self._book.has(_STRINGS):
            return
        for element in self._book.elements(_STRINGS, whole="si"):
            if local(element) == "si":
                self._counted.one_more()
                if _is_struck(element):
                    self._struck_strings.add(len(self._strings))
                if raised := _raised(element):
                    self._raised_strings[len(self._strings)] = raised
                self._strings.append(_text_of(element))

    def cells(self, part: str) -> Cells:
        """What stands on the sheet that a part of the book holds."""
        rows: dict[int, dict[int, Shown]] = {}
        merged: list[str] = []
        hidden: set[int] = set()
        columns: set[int] = set()
        hiding = 0
        row = column = 0
        seen: set[int] = set()
        begun: Element | None = None
        plain, rules = PlainRows(), RulesMet(self._of_rules)
        with told():
            for element in self._book.elements(part, whole="c", begun="row", rows=plain):
                match local(element):
                    case "row" if element is not begun:
                        begun = element
                        row, column = _whole(element.get("r", f"{row + 1}")), 0
                        if row in seen:
                            raise TwiceInWorkbookError(f"holds row {row} of a sheet twice")
                        seen.add(row)
                        if _is_hidden(element, "ht"):
                            hidden.add(row)
                        if (cut := plain.of(element)) is not None:
                            self._plain_row(rows, row, cut)
                    case "col" if _is_hidden(element, "width"):
                        first, last = _whole(element.get("min", "")), _whole(element.get("max", ""))
                        hiding += last - first + 1 if first <= last else 1
                        if hiding > MOST_COLUMNS:
                            raise TooLargeWorkbookError(f"has more than {MOST_COLUMNS:,} columns")
                        columns.update(range(first, last + 1))
                    case "c":
                        column = column_in(row, element.get("r"), column + 1)
                        if (shown := self._shown(element)) is not None:
                            self._keep(rows, row, column, shown)
                    case "mergeCell":
                        self._counted.one_more()
                        merged.append(element.get("ref", ""))
                    case _:
                        rules.take(element)
        return Cells(rows, tuple(merged), frozenset(hidden & rows.keys()), frozenset(columns), rules.found())

    def _plain_row(self, rows: dict[int, dict[int, Shown]], row: int, cut: PlainRow) -> None:
        """Keep the cells of a row that was cut out of the sheet."""
        texts = any(each[5] for each in cut.cells)
        self._book.count(cut.elements, deeper=3 if texts else 2 if cut.elements > len(cut.cells) else 1)
        column, number = 0, str(row).encode()
        cells: dict[int, Shown] | None = None
        for letters, digits, style, kind, value, is_text, text in cut.cells:
            if letters and digits != number:
                raise ValueError(letters + digits)
            column = column_of(letters) if letters else column + 1
            if is_text:
                shown = self._text(style.decode() or "0", _bounded(_unescaped(text.decode())))
            elif value:
                shown = self._known(kind or b"n", style, value)
            else:
                continue
            if cells is None or column in cells or column > MOST_COLUMNS:
                self._keep(rows, row, column, shown)
                cells = rows[row]
            else:
                self._counted.one_more()
                cells[column] = shown

    def _known(self, kind: bytes, style: bytes, value: bytes) -> Shown:
        """What a value shows; the same few come again and again."""
        key = kind, style, value
        found = self._shown_before.get(key)
        if found is None:
            found = self._value(kind.decode(), style.decode() or "0", value.decode())
            if len(self._shown_before) < _MOST_KNOWN:
                self._shown_before[key] = found
        return found

    def _keep(self, rows: dict[int, dict[int, Shown]], row: int, column: int, shown: Shown) -> None:
        if not (0 < row <= MOST_ROWS and 0 < column <= MOST_COLUMNS):
            raise TooLargeWorkbookError(f"has more than {MOST_COLUMNS:,} columns")
        self._counted.one_more()
        if column in (cells := rows.setdefault(row, {})):
            raise TwiceInWorkbookError(f"holds the cell {letters_of(column)}{row} twice")
        cells[column] = shown

    # ---- values ------------------------------------------------------------------------------------

    def _shown(self, cell: Element) -> Shown | None:
        """What a cell shows; None where it holds nothing, whatever its style."""
        parts = {local(each): each for each in cell}
        if len(parts) < len(cell):
            raise TwiceInWorkbookError(
                f"holds the value of {f'the cell {place}' if (place := cell.get('r')) else 'a cell'} twice"
            )
        value = parts["v"].text if "v" in parts else None
        if "f" in parts and (self._book.asks_to_compute or value is None):
            formula = f"{FORMULA}{(parts['f'].text or '…').removeprefix(FORMULA)}"
            return Shown(formula, f"the id is the formula `{formula}`, whose result the file does not hold")
        kind, style = cell.get("t", "n"), cell.get("s", "0")
        if kind == "inlineStr":
            if "is" not in parts:
                return None
            inner = parts["is"]
            return self._text(style, _text_of(inner), struck=_is_struck(inner), raised=_raised(inner))
        return None if value is None else self._value(kind, style, value)

    def _value(self, kind: str, style: str, value: str) -> Shown:
        """What a value of a kind shows in a style. Raises ValueError for a kind that there is not."""
        shown = self._of_kind(kind, style, value)
        return replace(shown, struck=True) if self._strikes and self._style(style).struck else shown

    def _of_kind(self, kind: str, style: str, value: str) -> Shown:
        match kind:
            case "s":
                number = _whole(value)
                struck, raised = number in self._struck_strings, self._raised_strings.get(number, "")
                return self._text(style, self._strings[number], struck=struck, raised=raised)
            case "b":
                text = "TRUE" if value.strip() == "1" else "FALSE"
                return Shown(text, f"the id is the value `{text}`, which a spreadsheet makes of a word")
            case "d":
                return Shown(_bounded(value), _made_a_day(value))
            case "n":
                return self._number(value, self._style(style).shown_as)
            case "str":
                return self._text(style, _bounded(_unescaped(value)))
            case "e":
                return Shown(_bounded(_unescaped(value)))
        raise ValueError(kind)

    def _style(self, written: str) -> Style:
        number = _whole(written)
        return self._styles[number] if number or self._styles else Style(GENERAL, struck=False)

    def _text(self, style: str, text: str, *, struck: bool = False, raised: str = "") -> Shown:
        of = self._style(style)
        struck = struck or of.struck
        instead = f"shows `{raised}` of it above or below the line, as the mark of a note stands" if raised else ""
        if instead := instead or instead_of_text(text, of.shown_as):
            shortened = text if len(text) <= _MOST_NAMED else f"{text[:_MOST_NAMED]}…"
            says = f"holds `{shortened}` and {instead}"
            return Shown(text, f"the cell of the id {says}", otherwise=says, struck=struck)
        return Shown(text, struck=struck)

    def _number(self, text: str, shown_as: str) -> Shown:
        value = _decimal(text)
        if value is None:
            return Shown(_bounded(text))
        if shown_as not in _AS_IT_IS and _shows_a_day(shown_as):
            return Shown(day := self._day(value), _made_a_day(day))
        near = NEARLY if len(value.normalize().as_tuple().digits) > _DIGITS else ""
        # A cell that shows `30%` holds 0.3; what is shown was meant.
        is_share = shows_shares(shown_as)
        written = f"{value.scaleb(2) if is_share else value:f}"
        plain = written.rstrip("0").rstrip(".") if "." in written else written
        held = f"{plain}{'%' if is_share else ''}"
        # A number that stands only near the one that is meant is refused for that, however it is shown.
        instead = "" if near else instead_of_number(value, shown_as)
        says = f"holds `{held}` and {instead}" if instead else ""
        not_an_id, key = _as_id(plain, near, shown_as)
        return Shown(f"{near}{held}", not_an_id, key, says)

    def _day(self, value: Decimal) -> str:
        """The day, or the time, that a number shows as; the number itself where it stands for none."""
        first = _FIRST_1904 if self._book.since_1904 else _FIRST_1900
        if first is _FIRST_1900 and 1 <= value < _LEAP_DAY_THAT_WAS_NONE:
            first += datetime.timedelta(days=1)
        try:
            # To the second, which is what a spreadsheet shows; half a second more makes up for a binary number.
            found = first + datetime.timedelta(seconds=int(value * _SECONDS + Decimal("0.5")))
        except (OverflowError, InvalidOperation):
            return f"{value:f}"
        if 0 <= value < 1:
            return found.time().isoformat()
        return found.date().isoformat() if found.time() == datetime.time() else found.isoformat(" ")


def _made_a_day(shown: str) -> str:
    """That an id was made a day or a time of day, as `3-4` and `3:04` are where they are typed."""
    kind = "time" if ":" in shown[:3] else "date"
    return f"the id is the {kind} `{shown}`, which a spreadsheet may have made of it"


@lru_cache(maxsize=256)
def _shows_a_day(code: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return is_date_format(code)


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or a column is not shown, or has no height or width in which anything could be."""
    return element.get("hidden") in ("1", "true") or _decimal(element.get(size, "").strip()) == 0


def _decimal(text: str) -> Decimal | None:
    """The shortest decimal that a binary number in a file can mean; None where it is no number of that kind.

    Any of at most 15 digits that has the same binary number is the one that was typed; there is only one. A whole
    number stays as it is written: of a long one a binary number does not hold every digit.
    """
    if len(text) > _MOST_DIGITS or not _NUMBER.fullmatch(text):
        return None
    written = Decimal(text)
    if not written or abs(written.adjusted()) > _MOST_DIGITS:
        return written if not written else None
    if len(written.normalize().as_tuple().digits) <= _DIGITS or written == written.to_integral_value():
        return written
    typed = Context(prec=_DIGITS).plus(written)
    return typed if _binary(Fraction(typed)) == _binary(Fraction(written)) else written


def _binary(value: Fraction) -> Fraction:
    """The number with 53 binary digits that is nearest to a value other than 0."""
    scale = _BINARY_DIGITS - (abs(value.numerator).bit_length() - value.denominator.bit_length())
    unit = Fraction(1 << scale) if scale >= 0 else Fraction(1, 1 << -scale)
    if abs(value) * unit >= 1 << _BINARY_DIGITS:
        unit /= 2
    return round(value * unit) / unit


def _as_id(plain: str, near: str, shown_as: str) -> tuple[str, str]:
    """What is wrong with a number as an id that the sheet shows otherwise, and the id where it is not the number."""
    if near or len(plain.lstrip("-")) > _DIGITS:
        return f"the id is the number `{plain}`, too long for a spreadsheet to hold all its digits", ""
    if shown_as in _AS_IT_IS or (shown_as == "0" and plain.lstrip("-").isdecimal()):
        return "", ""
    if _ZEROS.fullmatch(shown_as) and plain.isdecimal():
        return "", plain.zfill(len(shown_as))
    return f"the id is the number `{plain}`, which the sheet shows in another way (`{shown_as}`)", ""


def _bounded(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise TooLargeWorkbookError(f"has a cell of more than {LONGEST_CELL:,} characters")
    return text


def _text_of(element: Element) -> str:
    """The text of a cell or string, its runs of different looks joined and notes on how to say it left out."""
    return _bounded("".join(_runs(element)))


def _is_struck(element: Element) -> bool:
    """Whether a line goes through letters of a text, all or some: of its runs of different looks."""
    for run in (each for each in element if local(each) == "r"):
        marks = (mark for each in run if local(each) == "rPr" for mark in each if local(mark) == "strike")
        if any(map(is_on, marks)) and "".join(_runs(run)).strip():
            return True
    return False


def _raised(element: Element) -> str:
    """What stands above or below the line beside the other letters of a text, if a figure is in it; else empty.

    A note's mark behind a level would be a figure of it: `4` with a raised 1 is no 41. A raised `th` changes nothing.
    """
    raised: list[str] = []
    level: list[str] = []
    for run in (each for each in element if local(each) == "r"):
        marks = (mark for each in run if local(each) == "rPr" for mark in each if local(mark) == "vertAlign")
        is_raised = any(mark.get("val") in ("superscript", "subscript") for mark in marks)
        (raised if is_raised else level).append("".join(_runs(run)))
    told = "".join(raised).strip()[:_MOST_NAMED]
    return told if any(map(str.isdigit, told)) and "".join(level).strip() else ""


def _unescaped(text: str) -> str:
    """A text as a spreadsheet shows it: what stands for a letter by its number, as in `_x0041_`, is that letter.

    What stands for a sign that no text may hold stays as it is written.
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(
        lambda found: sign if (sign := chr(int(found[1], 16))).isprintable() or sign in "\t\n\r" else found[0], text
    )


def _runs(element: Element) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name == "t":
            yield _unescaped(each.text or "")
        elif name == "r":
            yield from _runs(each)


def _whole(text: str) -> int:
    """A number of a row, a style or a string. Raises ValueError for what is written in another way."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)
