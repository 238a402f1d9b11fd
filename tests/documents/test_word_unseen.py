"""Words that nobody sees on the page, and paragraphs that Word shows as one, are told and taken over nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from documents.test_marked import Copy
from documents.test_word_looks import KINDS, LINE, made, marked, read, style, styled
from sespms_rules.documents.word_colors import UNSEEN
from sespms_rules.documents.word_looks import RUN_TOGETHER, STRUCK_BY_HAND

__all__ = ["made"]

TAKEN = "score 475 to 500 is level 5"
WHITE, NEARLY, NAVY, BLACK = "FFFFFF", "F2FDFE", "1F3864", "000000"


def colored(made: Document, color: str) -> Run:
    run = made.add_paragraph().add_run(LINE)
    run.font.color.rgb = RGBColor.from_string(color)
    return run


def shade(fill: str, kind: str = "clear", color: str = "auto") -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="{kind}" w:color="{color}" w:fill="{fill}"/>')


@pytest.mark.parametrize("color", [WHITE, NEARLY, "ffffff"])
def test_white_words_on_white_paper_are_told(made: Document, color: str) -> None:
    colored(made, color)
    assert read(made) == ([], [(LINE, UNSEEN)])


@pytest.mark.parametrize("color", [NAVY, BLACK, "C00000", "808080"])
def test_words_in_a_color_are_read(made: Document, color: str) -> None:
    colored(made, color)
    assert read(made) == ([TAKEN], [])


@pytest.mark.parametrize("kind", KINDS)
def test_white_by_a_style_is_told_and_a_run_that_says_otherwise_is_read(made: Document, kind: WD_STYLE_TYPE) -> None:
    base = style(made, kind, ("w:color", WHITE))
    name = style(made, kind, base=base)
    styled(made, name)
    marked(styled(made, name, "A score of 400 to 474 is level 4.")._r, "w:color", "auto")
    assert read(made) == (["score 400 to 474 is level 4"], [(LINE, UNSEEN)])


def test_what_the_document_makes_white_is_told(made: Document) -> None:
    made.add_paragraph(LINE)
    marked(made.styles["Normal"].element, "w:color", WHITE)
    assert (LINE, UNSEEN) in read(made)[1]


@pytest.mark.parametrize("size", [Pt(1), Pt(2)])
def test_letters_that_nobody_can_read_are_told(made: Document, size: Pt) -> None:
    made.add_paragraph().add_run(LINE).font.size = size
    assert read(made) == ([], [(LINE, UNSEEN)])


def test_a_few_unseen_words_within_a_sentence_keep_it_from_being_taken(made: Document) -> None:
    paragraph = made.add_paragraph("A score of 475 to 500 is ")
    paragraph.add_run("not ").font.color.rgb = RGBColor.from_string(WHITE)
    paragraph.add_run("level 5.")
    assert [why for _, why in read(made)[1]] == [UNSEEN]


def test_a_white_blank_is_no_word(made: Document) -> None:
    paragraph = made.add_paragraph("A score of 475 to 500")
    paragraph.add_run(" ").font.color.rgb = RGBColor.from_string(WHITE)
    paragraph.add_run("is level 5.")
    assert read(made) == ([TAKEN], [])


@pytest.mark.parametrize("place", ["run", "paragraph", "style of the paragraph", "mark of a pen", "pattern"])
def test_white_words_on_a_dark_ground_are_read(made: Document, place: str) -> None:
    run = colored(made, WHITE)
    paragraph: Any = run._parent
    look = run._r.get_or_add_rPr()
    match place:
        case "run":
            look.append(shade(NAVY))
        case "paragraph":
            paragraph._p.get_or_add_pPr().append(shade("auto", "solid", NAVY))
        case "style of the paragraph":
            name = style(made, WD_STYLE_TYPE.PARAGRAPH)
            made.styles[name].element.get_or_add_pPr().append(shade(NAVY))
            paragraph.style = name
        case "mark of a pen":
            run.font.highlight_color = WD_COLOR_INDEX.DARK_BLUE
        case _:
            look.append(shade(WHITE, "pct50"))
    assert read(made) == ([TAKEN], [])


@pytest.mark.parametrize(("ground", "is_seen"), [(NAVY, False), (WHITE, True), ("auto", True)])
def test_words_in_the_color_of_their_own_ground_are_told(made: Document, ground: str, is_seen: bool) -> None:
    run = colored(made, NAVY)
    run._r.get_or_add_rPr().append(shade(ground))
    assert read(made) == (([TAKEN], []) if is_seen else ([], [(LINE, UNSEEN)]))


def levels(made: Document) -> list[list[Run]]:
    """A table of levels; the runs of its rows."""
    made.add_heading("Levels", 1)
    table = made.add_table(2, 3)
    found = []
    for row, texts in zip(table.rows, (("Level", "Term", "Points"), ("5", "Best", "5")), strict=True):
        found.append([cell.paragraphs[0].add_run(text) for cell, text in zip(row.cells, texts, strict=True)])
    return found


@pytest.mark.parametrize("ground", ["none", "cells", "first row of the style", "style"])
def test_the_white_heading_of_a_table_is_read_where_it_stands_on_a_dark_ground(made: Document, ground: str) -> None:
    head, _ = levels(made)
    for run in head:
        run.font.color.rgb = RGBColor.from_string(WHITE)
        cell: Any = run._parent._parent  # type: ignore[attr-defined]
        if ground == "cells":
            cell._tc.get_or_add_tcPr().append(shade(NAVY))
    if "style" in ground:
        name = style(made, WD_STYLE_TYPE.TABLE)
        cells = OxmlElement("w:tcPr")
        cells.append(shade(NAVY))
        within = made.styles[name].element
        if ground == "first row of the style":
            part = OxmlElement("w:tblStylePr")
            part.set(qn("w:type"), "firstRow")
            within.append(part)
            within = part
        within.append(cells)
        made.tables[0].style = name
    lines, unknown = read(made)
    assert (lines, {why for _, why in unknown}) == (
        ([], {UNSEEN}) if ground == "none" else (['level 5 "Best" 5 points'], set())
    )


def end_of(paragraph: Paragraph) -> Any:
    """What says how the mark at the end of a paragraph looks."""
    look = OxmlElement("w:rPr")
    paragraph._p.get_or_add_pPr().append(look)
    return look


def hide_end(made: Document, paragraph: Paragraph, how: str) -> None:
    look = end_of(paragraph)
    if how == "style":
        name = style(made, WD_STYLE_TYPE.CHARACTER, ("w:vanish", None))
        mark = OxmlElement("w:rStyle")
        mark.set(qn("w:val"), made.styles[name].style_id)
        look.append(mark)
    else:
        look.append(OxmlElement(how))


@pytest.mark.parametrize("how", ["w:vanish", "w:specVanish", "style"])
def test_paragraphs_that_word_shows_as_one_are_told(made: Document, how: str) -> None:
    hide_end(made, made.add_paragraph(LINE), how)
    hide_end(made, made.add_paragraph(), how)
    made.add_paragraph("This holds for nobody in his first year.")
    made.add_paragraph("A score of 400 to 474 is level 4.")
    lines, unknown = read(made)
    assert lines == ["score 400 to 474 is level 4"]
    assert unknown == [(LINE, RUN_TOGETHER), ("This holds for nobody in his first year.", RUN_TOGETHER)]


def test_an_empty_line_that_is_hidden_and_an_end_that_is_shown_again_join_nothing(made: Document) -> None:
    hide_end(made, made.add_paragraph(), "w:vanish")
    shown = OxmlElement("w:vanish")
    shown.set(qn("w:val"), "0")
    end_of(made.add_paragraph(LINE)).append(shown)
    assert read(made) == ([TAKEN], [])


def test_a_hidden_paragraph_joins_nothing_but_one_whose_words_are_shown_again_does(made: Document) -> None:
    name = style(made, WD_STYLE_TYPE.PARAGRAPH, ("w:vanish", None))
    styled(made, name, "Nobody sees this.")
    made.add_paragraph(LINE)
    assert read(made) == ([TAKEN], [("Nobody sees this.", STRUCK_BY_HAND)])
    marked(styled(made, name, "A score of 400 to 474 is level 4.")._r, "w:vanish", "0")
    made.add_paragraph("A score of 300 to 399 is level 3.")
    assert read(made)[0] == [TAKEN]
    assert [why for _, why in read(made)[1]] == [STRUCK_BY_HAND, RUN_TOGETHER, RUN_TOGETHER]


@pytest.mark.parametrize("what", ["white", "small", "end"])
def test_a_marked_copy_tells_what_nobody_sees_and_what_is_shown_as_one(tmp_path: Path, what: str) -> None:
    copy = Copy(tmp_path)
    paragraph = copy.paragraph("A score of 450")
    if what == "end":
        hide_end(copy.read, paragraph, "w:vanish")
    for run in paragraph.runs if what != "end" else ():
        marked(run._r, *(("w:color", WHITE) if what == "white" else ("w:sz", "2")))
    told, code = copy.told()
    whys = {each["why"] for each in told["changes"]}
    assert (code, whys, told["amendment"]) == (1, {RUN_TOGETHER if what == "end" else UNSEEN}, None)
    assert len(told["changes"]) == (2 if what == "end" else 1)


def test_what_the_program_writes_itself_is_seen(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    told, code = copy.told()
    assert (code, told["changes"]) == (0, [])
