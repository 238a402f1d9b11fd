"""Tables -> CSV, or an Excel workbook: exact numbers, ids as text, and nothing that a spreadsheet would run or change.

A number that a spreadsheet holds exactly is a number cell; any other (`13/3`, more than 15 digits) is text, so that it
is never rounded. Every text is an inline string with the format of text, so that `=1+1` is no formula and `3-4` no day,
also where someone edits the cell. The parts are written by hand, piece by piece into the one file (ECMA-376, part 1):
openpyxl keeps each sheet in a temporary file, and a run that is stopped would leave a copy of the ratings there.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, TextIO

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.rosters.files import number_cell, safe_cell

if TYPE_CHECKING:
    import zipfile

MOST_ROWS = 1_048_576
"""How many rows a sheet of a workbook has, the headings among them."""

MOST_SIGNS = 32_767
"""How many characters a cell holds."""

MOST_SIGNS_OF_A_NOTE = 255
"""How many characters the note on a cell holds, and a heading that names it at most 32."""


class Reckoned(Frozen):
    """A formula of our own, without its `=`; no word that anyone gave may stand in it."""

    formula: str


Cell = str | int | Fraction | Reckoned | None

_EXACT_DIGITS = 15
_MOST_SIGNS_OF_A_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_LOOKS_ESCAPED = late(r"_(?=x[0-9A-Fa-f]{4}_)")
_STANDS_IN = "\ufffd"
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")
_TEXT, _HEADING = 1, 2
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>\
</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>\
<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" quotePrefix="1" applyNumberFormat="1" applyFont="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Choice(Frozen):
    """What a drop-down offers: the first `words` cells under the heading of a column (0 the first) of another sheet.

    `only` refuses anything else; without it the spreadsheet asks whether another value is meant.
    """

    sheet: str
    column: int
    words: int
    only: bool


class Between(Frozen):
    """The least and the greatest number of a cell, exactly; no end where `high` is None. Anything else is refused."""

    low: str
    high: str | None


class Guide(Frozen):
    """What helps whoever fills in a column: a note, shown at its heading and its cells, and what may stand there.

    `width` is how many signs of a cell are seen.
    """

    note: str
    choice: Choice | Between | None
    width: int = field(default=21)


class Sheet(Frozen):
    """A table of a workbook: its name, its headings, and its rows as they come.

    `guides` make it a form to fill in: one for each heading; every cell is then text from the start, so that a
    spreadsheet turns nothing typed into another value.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    guides: Sequence[Guide] = field(default=())


def write_table(sheet: Sheet, file: TextIO) -> None:
    """Write a table as CSV of which a spreadsheet runs nothing: numbers as they are, exactly, and safe texts."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(safe_cell, sheet.headings))
    for row in sheet.rows:
        writer.writerow([value if type(value) is int else _in_csv(value) for value in row])


def _in_csv(value: Cell) -> str:
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, Reckoned):
        raise TypeError("a formula belongs into a workbook")
    if isinstance(value, int):
        return str(value)
    if value is None:
        return ""
    return str(value.numerator) if value.denominator == 1 else number_cell(exact(value))


def write_workbook(sheets: Sequence[Sheet], file: BinaryIO) -> None:
    """Write tables as the sheets of one workbook, row by row; the same tables give the same bytes.

    Raises RequestError for a table with more rows than a sheet has, and for a text longer than a cell holds.
    """
    names = list(_names(each.name for each in sheets))
    is_form = any(each.guides for each in sheets)
    import zipfile  # tables written as CSV need none

    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(names, is_form=is_form):
            _write(package, name, [text])
        for number, each in enumerate(sheets, 1):
            _write(package, f"xl/worksheets/sheet{number}.xml", _sheet(each, is_form=is_form))


def _write(package: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    import zipfile

    part = zipfile.ZipInfo(name)  # dated 1980, the first day of this format: the bytes tell no time
    part.compress_type = zipfile.ZIP_DEFLATED
    with package.open(part, "w", force_zip64=True) as stream:
        for piece in pieces:
            stream.write(piece.encode("utf-8"))


def _parts(names: Sequence[str], *, is_form: bool) -> Iterator[tuple[str, str]]:
    """Every part of the package but the sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KINDS}.worksheet+xml"/>'
        for number in numbers
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        f'<Default Extension="rels" ContentType="{relations}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/>{sheets}'
    )
    yield "[Content_Types].xml", f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    listed = "".join(
        f'<sheet name={_quoted(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    titles = _titles(names) if is_form else ""
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}</sheets>{titles}</workbook>'
    yield "xl/workbook.xml", f"{_HEAD}{book}"
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _titles(names: Sequence[str]) -> str:
    """The headings of each sheet, printed on each of its pages."""
    kind = 'name="_xlnm.Print_Titles"'
    named = (
        f'<definedName {kind} localSheetId="{place}">{_escaped(_in_formula(name))}!$1:$1</definedName>'
        for place, name in enumerate(names)
    )
    return f"<definedNames>{''.join(named)}</definedNames>"


def _in_formula(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _columns(sheet: Sheet) -> str:
    """The columns of a form or of its words, each as wide as what is known to stand in it."""
    if sheet.guides:
        widths = [max(each.width, len(name) + 2) for name, each in zip(sheet.headings, sheet.guides, strict=True)]
        filled = (f'<col min="{at}" max="{at}" width="{most}" style="{_TEXT}"/>' for at, most in enumerate(widths, 1))
        return f"<cols>{''.join(filled)}</cols>"
    if not isinstance(sheet.rows, Sequence):
        return ""  # they are read once, and that is when they are written
    longest = [len(each) for each in sheet.headings]
    for row in sheet.rows:
        longest = [max(known, len(str(cell or ""))) for known, cell in zip(longest, row, strict=True)]
    made = (f'<col min="{at}" max="{at}" width="{most + 2}"/>' for at, most in enumerate(longest, 1))
    return f"<cols>{''.join(made)}</cols>"


_ON_PAPER = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    "<headerFooter><oddHeader>&amp;L&amp;A</oddHeader><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
)
"""How the sheets of a form are printed: across, all columns on one page, with the name of the sheet and the page."""


def _sheet(sheet: Sheet, *, is_form: bool) -> Iterator[str]:
    view = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    fitted = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if is_form else ""
    form = _columns(sheet) if is_form else ""
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{fitted}<sheetViews>{view}</sheetViews>{form}<sheetData>'
    yield _row(1, [_text(heading, _HEADING) for heading in sheet.headings])
    for number, row in enumerate(sheet.rows, 2):
        if number > MOST_ROWS:
            raise RequestError(
                f"the table `{sheet.name}` has more than {MOST_ROWS - 1:,} rows, and a sheet of a workbook holds no"
                " more; write it with `--format csv`"
            )
        yield _row(number, [_cell(value) for value in row])
    yield f"</sheetData>{_guided(sheet)}{_ON_PAPER if is_form else ''}</worksheet>"


def _guided(sheet: Sheet) -> str:
    """The notes and drop-downs of a form; a note of a heading stands apart, for a heading is not chosen."""
    if not sheet.guides:
        return ""
    found = []
    for place, (heading, guide) in enumerate(zip(sheet.headings, sheet.guides, strict=True)):
        if len(guide.note) > MOST_SIGNS_OF_A_NOTE:
            raise ValueError(f"a note holds {MOST_SIGNS_OF_A_NOTE} characters, and that on `{heading}` has more")
        column = column_letters(place)
        told = f' showInputMessage="1" promptTitle={_quoted(heading)} prompt={_quoted(guide.note)}'
        cells = f' sqref="{column}2:{column}{MOST_ROWS}"'
        found.append(f'<dataValidation allowBlank="1"{told} sqref="{column}1"/>')
        found.append(_validation(guide.choice, place, f"{told}{cells}"))
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>'


def _validation(choice: Choice | Between | None, place: int, about: str) -> str:
    match choice:
        case Choice():
            return _drop_down(choice, about)
        case Between(low=low, high=high):
            number = f"VALUE({column_letters(place)}2)"  # the cells of a form are text
            ends = f"{number}>={low}" + ("" if high is None else f",{number}<={high}")
            error = f"a number of at least {low}" + ("" if high is None else f" and at most {high}") + " belongs here"
            kind = f'<dataValidation type="custom" allowBlank="1" showErrorMessage="1" error={_quoted(error)}{about}>'
            return f"{kind}<formula1>{_escaped(f'AND({ends})')}</formula1></dataValidation>"
        case None:
            return f"<dataValidation{about}/>"


def _drop_down(choice: Choice, about: str) -> str:
    asks = "" if choice.only else ' errorStyle="warning"'
    error = (
        "choose one of the words that the list offers" if choice.only else "the list does not offer this; is it meant?"
    )
    column = column_letters(choice.column)
    source = f"'{choice.sheet}'!${column}$2:${column}${choice.words + 1}"
    return (
        f'<dataValidation type="list"{asks} allowBlank="1" showErrorMessage="1" error={_quoted(error)}{about}>'
        f"<formula1>{_escaped(source)}</formula1></dataValidation>"
    )


def _row(number: int, cells: Sequence[str]) -> str:
    placed = (
        each.replace("<c", f'<c r="{column_letters(place)}{number}"', 1) for place, each in enumerate(cells) if each
    )
    return f'<row r="{number}">{"".join(placed)}</row>'


def column_letters(place: int) -> str:
    """How a spreadsheet names the column at a place: `A` for 0, `AA` for 26."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Reckoned):
        return f"<c><f>{_escaped(value.formula)}</f></c>"
    number = exact(Fraction(value))
    whole = "/" not in number and len(number.replace(".", "").removeprefix("-").lstrip("0")) <= _EXACT_DIGITS
    return f"<c><v>{number}</v></c>" if whole else _text(number)


def _text(text: str, style: int = _TEXT) -> str:
    shown = text if text.isprintable() else "".join(map(_seen, text))
    if len(shown) > MOST_SIGNS:
        raise RequestError(
            f"a cell of a workbook holds {MOST_SIGNS:,} characters, and one text has {len(shown):,}; write it with"
            " `--format csv` or `--format json`"
        )
    inside = _escaped(_LOOKS_ESCAPED.sub("_x005F_", shown))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _seen(sign: str) -> str:
    """A sign, or what stands in for one that XML forbids or nobody sees."""
    if sign in "\ufffe\uffff":
        return _STANDS_IN
    return _STANDS_IN if sign not in "\n\t" and unicodedata.category(sign) in _UNSEEN else sign


def _names(names: Iterable[str]) -> Iterator[str]:
    """Names that sheets can have, each other than the ones before it."""
    taken: set[str] = set()
    for name in names:
        plain = "".join(map(_seen, name)).translate(_NOT_IN_A_NAME).strip() or "Sheet"
        number, end = 1, ""
        while (found := plain[: _MOST_SIGNS_OF_A_NAME - len(end)].strip() + end).casefold() in taken:
            number += 1
            end = f" {number}"
        taken.add(found.casefold())
        yield found


def _escaped(text: str) -> str:
    """Text as XML holds it."""
    from xml.sax.saxutils import escape  # it brings half of what speaks to networks, for which only a workbook waits

    return escape(text)


def _quoted(text: str) -> str:
    """Text as the value of an attribute, its quotation marks around it."""
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)
