"""A document -> Word's format (.docx): headings, lists, tables with headings that repeat, pictures with their words.

The same document gives the same bytes: the package is written anew with every part dated as the format's first day.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Pt, RGBColor, Twips
from docx.table import Table as WordTable
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as WordParagraph

from sespms_rules.documents.letterheads import Letterhead, put_on
from sespms_rules.documents.model import (
    TO_FILL_IN,
    Bullets,
    Document,
    Figure,
    Form,
    Heading,
    PageDrawing,
    Paragraph,
    Part,
    Table,
    Verbatim,
)
from sespms_rules.documents.typesetting import dots_of, leads, shares, stays_whole
from sespms_rules.reports.findings import printable

_FONT = "Calibri"
_OF_ONE_WIDTH = "Consolas"
_IN_TABLES = Twips(190)
_BELOW_TABLES = Pt(12)
_IN_CELLS, _OF_HEADINGS = "50", "EEF0F3"
"""The room above and below the text of a cell, in twentieths of a point, and the color of headings, as in a PDF."""

_LINE_TO_FILL_IN = 280
"""How high a line to fill in is, in twentieths of a point."""

_MOST_OF_A_PROPERTY = 255
_NO_DAY = datetime.date(1980, 1, 1)
_NO_XML = str.maketrans(dict.fromkeys("\ufffe\uffff", "\N{REPLACEMENT CHARACTER}"))
_BREAKS, _AS_BREAK = re.compile("([\n\t])"), {"": "", "\n": "<w:br/>", "\t": "<w:tab/>"}
"""Where a text within a cell is broken, and what says so in Word's format."""

_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def as_docx(document: Document, letterhead: Letterhead | None = None) -> bytes:
    """The document as a Word file, on a letterhead where one is given. Raises RequestError for one that is unfit."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Twips(12240), Twips(15840)
    section.left_margin = section.right_margin = Twips(1440)
    font = put_on(made, letterhead) if letterhead is not None else None
    _set_up(made, document, font or _FONT)
    _paragraph(made, document.title, "Title")
    if document.subtitle:
        _paragraph(made, document.subtitle, "Subtitle")
    for part, below in zip_longest(document.parts, document.parts[1:]):
        before = len(made.paragraphs) if leads(part, below) else None
        _add(made, part)
        for each in made.paragraphs[before:] if before is not None else ():
            each.paragraph_format.keep_with_next = True
    _leave_room_below_tables(made)
    return _dated_alike(made)


def _set_up(made: WordDocument, document: Document, font: str) -> None:
    """One font, English, the title and the day; the template's author is taken out."""
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        style = made.styles[name]
        style.font.name = font
        style.font.color.rgb = RGBColor(0x1B, 0x1D, 0x21)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [each for each in fonts.attrib if "Theme" in each]:
            del fonts.attrib[theme]
        fonts.set(qn("w:eastAsia"), font)
    for border in list(made.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)  # a converter draws it outside what a screen reader is told of
    made.styles["Normal"].font.size = Twips(210)
    made.styles["Caption"].font.size = Pt(10)
    caption = made.styles["Caption"].paragraph_format
    caption.keep_with_next, caption.space_before, caption.space_after = True, Pt(6), Pt(3)
    for level in (1, 2, 3):
        made.styles[f"Heading {level}"].paragraph_format.space_after = Pt(4)
    made.styles["Normal"].element.get_or_add_rPr().append(_with("w:lang", val="en-US"))
    day = datetime.datetime.combine(document.day or _NO_DAY, datetime.time(), datetime.UTC)
    about = made.core_properties
    title = _seen(document.title)
    about.title = title if len(title) <= _MOST_OF_A_PROPERTY else title[: _MOST_OF_A_PROPERTY - 1] + "…"
    about.author, about.last_modified_by, about.comments = "sespms", "sespms", ""
    about.language, about.created, about.modified, about.revision = "en-US", day, day, 1
    _number_pages(made)


def _text_width(made: WordDocument) -> int:
    section = made.sections[0]
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _number_pages(made: WordDocument) -> None:
    """Number the pages, unless the letterhead has a footer of its own."""
    if not made.sections[0].footer.is_linked_to_previous:
        return
    footer = made.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(words)
        footer._p.append(_with("w:fldSimple", instr=field))


def _add(made: WordDocument, part: Part) -> None:
    match part:
        case Heading():
            _paragraph(made, part.text, f"Heading {part.level}")
        case Paragraph():
            made.add_paragraph().add_run(_seen(part.text)).bold = part.marked or None
        case Bullets():
            _add_list(made, part)
        case Verbatim():
            _add_verbatim(made, part)
        case Table():
            _add_table(made, part)
        case Figure() | PageDrawing():
            _add_figure(made, part)
        case Form():
            _add_form(made, part)


def _paragraph(made: WordDocument, text: str, style: str) -> WordParagraph:
    """Add a paragraph of a style."""
    added = made.add_paragraph(_seen(text))
    added._p.style = _identities()[style]
    return added


@cache
def _identities() -> dict[str, str]:
    """The identities of the styles by their names: given a name, the library goes through all styles each time."""
    return {each.name: each.style_id for each in docx.Document().styles if each.name is not None}


def _add_list(made: WordDocument, part: Bullets) -> None:
    """A list; what stands more than two deep is set as the third level, which is the last that the styles have."""
    number = _new_numbers(made) if part.numbered else None
    for text, depth in zip(part.items, part.depths or (0,) * len(part.items), strict=True):
        style = "List Number" if number is not None and not depth else "List Bullet"
        item = _paragraph(made, text, f"{style} {min(depth, 2) + 1}" if depth else style)
        if number is not None and not depth:
            item._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def _new_numbers(made: WordDocument) -> int:
    """The identity of numbers that begin with 1 again; those of the style go on from list to list."""
    style: Any = made.styles["List Number"].element
    numbers: Any = made.part.numbering_part.element
    of_style = numbers.num_having_numId(style.pPr.numPr.numId.val)
    number: Any = numbers.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _add_verbatim(made: WordDocument, part: Verbatim) -> None:
    """Lines as they are, in letters of one width."""
    run = made.add_paragraph().add_run()
    run.font.name, run.font.size = _OF_ONE_WIDTH, _IN_TABLES
    for number, text in enumerate(part.text.split("\n")):
        if number:
            run.add_break()
        run.add_text(_seen(text))


def _add_table(made: WordDocument, part: Table) -> None:
    _paragraph(made, part.caption, "Caption")
    table = _table(made, part.headings, part.caption)
    whole = stays_whole(part)
    widths = _finish(made, table, shares(part), whole=False)
    if whole and part.rows:
        _keep_with_next(table.rows[0])
    table._tbl.extend(_rows(part.rows, widths, whole=whole))


def _rows(rows: tuple[tuple[str, ...], ...], widths: Sequence[Length], *, whole: bool) -> Iterable[BaseOxmlElement]:
    """Rows of texts, read as one piece of Word's own format.

    The library puts each element at its place among all that may follow it, which takes three times as long as all
    else that is done for a document.
    """
    written = []
    for below, row in zip(reversed(range(len(rows))), rows, strict=True):
        kept = "<w:pPr><w:keepNext/></w:pPr>" if whole and below else ""
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width.twips}"/></w:tcPr>'
            f"<w:p>{'' if place else kept}{_run_in_table(text)}</w:p></w:tc>"
            for place, (width, text) in enumerate(zip(widths, row, strict=True))
        )
        written.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return list(parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(written)}</w:tbl>"))


def _run_in_table(text: str) -> str:
    """A text in the letters of a table, as the library would write it."""
    parts = []
    for each in _BREAKS.split(_seen(text)):
        if each in _AS_BREAK:
            parts.append(_AS_BREAK[each])
        else:
            blanks = ' xml:space="preserve"' if each != each.strip() else ""
            parts.append(f"<w:t{blanks}>{escape(each)}</w:t>")
    return f'<w:r><w:rPr><w:sz w:val="{_IN_TABLES.twips // 10}"/></w:rPr>{"".join(parts)}</w:r>'


def _table(made: WordDocument, headings: tuple[str, ...], caption: str) -> WordTable:
    """An empty table whose first row is its heading on every page, and that says what it is."""
    table: WordTable = made.add_table(rows=1, cols=len(headings))
    table._tbl.tblStyle_val = _identities()["Table Grid"]
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        run = cell.paragraphs[0].add_run(_seen(text))
        run.bold, run.font.size = True, _IN_TABLES
        cell._tc.get_or_add_tcPr().append(_with("w:shd", val="clear", color="auto", fill=_OF_HEADINGS))
    repeats = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)
    room = OxmlElement("w:tblCellMar")
    room.extend([_with("w:top", w=_IN_CELLS, type="dxa"), _with("w:bottom", w=_IN_CELLS, type="dxa")])
    table._tbl.tblPr.insert_element_before(room, "w:tblLook", "w:tblCaption")
    table._tbl.tblPr.append(_with("w:tblCaption", val=_seen(caption)))
    return table


def _with(name: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's with attributes of its namespace."""
    made = OxmlElement(name)
    for each, value in attributes.items():
        made.set(qn(f"w:{each}"), value)
    return made


def _row(table: WordTable) -> Row:
    made: Row = table.add_row()  # type: ignore[no-untyped-call] # the library declares no types for this one
    return made


def _finish(made: WordDocument, table: WordTable, shares: list[int], *, whole: bool) -> Sequence[Length]:
    """Columns as wide as their texts ask, rows that are not broken over pages, and a short table that is not either.

    Out: how wide each column is.
    """
    room, parts = _text_width(made), sum(shares)
    widths = [Emu(room * share // parts) for share in shares]
    for width, column in zip(widths, table.columns, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for row in list(table.rows)[:-1] if whole else ():
        _keep_with_next(row)
    return widths


def _keep_with_next(row: Row) -> None:
    row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True


def _leave_room_below_tables(made: WordDocument) -> None:
    """Room above what follows a table; an empty paragraph instead would be read out as one that says nothing.

    At the end of a document one stands all the same, since Word puts it there; so low that it fills no page alone.
    """
    parts = list(made.iter_inner_content())
    for one, other in pairwise(parts):
        if isinstance(one, WordTable) and isinstance(other, WordParagraph) and not _is_heading(other):
            other.paragraph_format.space_before = _BELOW_TABLES
    if parts and isinstance(parts[-1], WordTable):
        last = made.add_paragraph()
        look = last.paragraph_format
        look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), Pt(1)
        look.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        mark = OxmlElement("w:rPr")
        mark.append(_with("w:sz", val="2"))
        last._p.get_or_add_pPr().append(mark)


def _is_heading(paragraph: WordParagraph) -> bool:
    return any(paragraph._p.style == of for name, of in _identities().items() if name.startswith("Heading"))


def _add_figure(made: WordDocument, part: Figure | PageDrawing) -> None:
    told = made.add_paragraph()
    told.add_run(_seen(f"{part.title}. ")).bold = True
    told.add_run(_seen(part.says))
    told.paragraph_format.keep_with_next = True
    made.add_picture(io.BytesIO(dots_of(part)), width=_text_width(made))
    for each in made.element.body.iter(qn("wp:docPr")):
        if not each.get("descr"):
            each.set("descr", _seen(part.says))
            each.set("name", _seen(part.title))
    _add_table(made, part.table)


def _add_form(made: WordDocument, part: Form) -> None:
    _paragraph(made, part.caption, "Caption")
    table = _table(made, TO_FILL_IN, part.caption)
    for each in part.blanks:
        row = _row(table)
        row.height, row.height_rule = Twips(_LINE_TO_FILL_IN * max(1, each.lines)), WD_ROW_HEIGHT_RULE.AT_LEAST
        label, blank = row.cells
        label.paragraphs[0].add_run(_seen(each.label)).font.size = _IN_TABLES
        blank._tc.append(_control(each.label))
        blank._tc.remove(blank.paragraphs[0]._p)
    _finish(made, table, [1, 2], whole=stays_whole(part))


def _control(label: str) -> object:
    """A place to fill in that Word shows as one and that says its name."""
    control, about, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    for name, value in (("w:alias", label), ("w:tag", label)):
        about.append(_with(name, val=_seen(value)[:64]))
    control.append(about)
    control.append(content)
    content.append(OxmlElement("w:p"))
    return control


def _seen(text: str) -> str:
    """What Word can hold, and what reverses no line: a sign stands in for any other, so that nothing is lost unseen."""
    return printable(text).translate(_NO_XML)


def _dated_alike(made: WordDocument) -> bytes:
    written, package = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _FIRST_OF_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return package.getvalue()
