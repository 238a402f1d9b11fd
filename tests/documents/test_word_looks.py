"""What Word strikes through, hides, or sets above or below the line, by hand or by a style, is told and no rule."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.run import Run

from documents.test_marked import Copy
from sespms_rules.documents import first_policy, pieces_of
from sespms_rules.documents.word_looks import LIFTED, STRUCK_BY_HAND

LINE = "A score of 475 to 500 is level 5."
STRUCK = ("w:strike", "w:dstrike", "w:vanish")
KINDS = (WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.PARAGRAPH)


def marked(look: object, tag: str, value: str | None = None) -> None:
    """Say a mark in the `w:rPr` of a run or a style."""
    mark = OxmlElement(tag)
    if value is not None:
        mark.set(qn("w:val"), value)
    look.get_or_add_rPr().append(mark)  # type: ignore[attr-defined]


def style(made: Document, kind: WD_STYLE_TYPE, *marks: tuple[str, str | None], base: str = "") -> str:
    """A new style with these marks; its name."""
    name = f"Look {len(made.styles)}"
    new = made.styles.add_style(name, kind)
    if base:
        new.base_style = made.styles[base]
    for tag, value in marks:
        marked(new.element, tag, value)
    return name


def styled(made: Document, name: str, text: str = LINE) -> Run:
    """A new paragraph with this text, or its one run, in a style; the run."""
    is_run = made.styles[name].type is WD_STYLE_TYPE.CHARACTER
    return made.add_paragraph(style=None if is_run else name).add_run(text, name if is_run else None)


def show_end(run: Run) -> None:
    """Show the mark at the end of a run's paragraph, which its style may hide."""
    at: Any = run._r.getparent().get_or_add_pPr()
    at.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:vanish w:val="0"/></w:rPr>'))


def read(made: Document) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines of the policy that is read, and what is not understood of the document, with why."""
    out = io.BytesIO()
    made.save(out)
    found = first_policy(pieces_of("d.docx", out.getvalue()), "d")
    lines = [each.strip() for each in found.text.splitlines() if each.startswith("  ")]
    return [each for each in lines if not each.startswith("#")], [(each.text, each.why) for each in found.unknown]


@pytest.fixture
def made() -> Document:
    """A document with a heading."""
    found = docx.Document()
    found.add_heading("Summary rating", 1)
    return found


def by_hand(tag: str, value: str) -> Callable[[Document, Run], None]:
    return lambda made, run: marked(run._r, tag, value)


def by_style(tag: str, value: str, kind: WD_STYLE_TYPE) -> Callable[[Document, Run], None]:
    def put(made: Document, run: Run) -> None:
        if kind is WD_STYLE_TYPE.CHARACTER:
            run.style = style(made, kind, (tag, value))
        else:
            run._parent.style = style(made, kind, (tag, value))  # type: ignore[attr-defined]

    return put


LIFTS = [("w:vertAlign", "superscript"), ("w:vertAlign", "subscript"), ("w:position", "6"), ("w:position", "-3pt")]


@pytest.mark.parametrize("lift", [by_hand(*each) for each in LIFTS] + [by_style(*each, KINDS[0]) for each in LIFTS])
@pytest.mark.parametrize(
    ("before", "mark", "behind", "shown"),
    [
        ("A score of 475 to 500", "1", " is level 5.", "A score of 475 to 500 1 is level 5."),
        ("A score of 4", "2", "5 to 500 is level 5.", "A score of 4 2 5 to 500 is level 5."),
        ("A score of 475 to 500 is level 5", "a", ".", "A score of 475 to 500 is level 5 a ."),
        ("A score of 475 to 500 is level 5.", " *", "", "A score of 475 to 500 is level 5. *"),
    ],
)
def test_a_sign_off_the_line_is_no_part_of_the_number_before_it(
    made: Document, lift: Callable[[Document, Run], None], before: str, mark: str, behind: str, shown: str
) -> None:
    paragraph = made.add_paragraph(before)
    lift(made, paragraph.add_run(mark))
    paragraph.add_run(behind)
    assert read(made) == ([], [(shown, LIFTED)])


@pytest.mark.parametrize(
    ("tag", "value", "text"),
    [
        ("w:vertAlign", "superscript", " "),
        ("w:vertAlign", "baseline", "0"),
        ("w:position", "0", "0"),
        ("w:smallCaps", None, "0"),
        ("w:caps", None, "0"),
    ],
)
def test_a_blank_off_the_line_and_signs_on_it_are_read(made: Document, tag: str, value: str | None, text: str) -> None:
    paragraph = made.add_paragraph("A score of 475 to 50")
    marked(paragraph.add_run(text)._r, tag, value)
    paragraph.add_run("0 is level 5." if text == " " else " is level 5.")
    lines, unknown = read(made)
    assert (lines, [each for each, _ in unknown]) == (
        ([], ["A score of 475 to 50 0 is level 5."]) if text == " " else (["score 475 to 500 is level 5"], [])
    )
    assert LIFTED not in [why for _, why in unknown]


def test_what_word_lifts_behind_a_figure_by_itself_stays_with_it(made: Document) -> None:
    paragraph = made.add_paragraph("The appraisal period begins on October 1")
    marked(paragraph.add_run("st")._r, "w:vertAlign", "superscript")
    ((text, why),) = read(made)[1]
    assert (text, why == LIFTED) == ("The appraisal period begins on October 1st", False)


def test_a_run_that_is_set_on_the_line_again_is_read(made: Document) -> None:
    run = styled(made, style(made, KINDS[1], ("w:vertAlign", "superscript")))
    assert read(made)[0] == []
    marked(run._r, "w:vertAlign", "baseline")
    assert read(made) == (["score 475 to 500 is level 5"], [])


@pytest.mark.parametrize("tag", STRUCK)
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_style_strikes_or_hides_is_told_and_not_read(made: Document, tag: str, kind: WD_STYLE_TYPE) -> None:
    base = style(made, kind, (tag, None))
    for name in (base, style(made, kind, base=base), style(made, kind, ("w:b", None), base=base)):
        styled(made, name)
    assert read(made) == ([], [(LINE, STRUCK_BY_HAND)] * 3)


@pytest.mark.parametrize("tag", STRUCK)
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_run_or_a_nearer_style_shows_again_is_read(made: Document, tag: str, kind: WD_STYLE_TYPE) -> None:
    base = style(made, kind, (tag, None))
    run = styled(made, base)
    marked(run._r, tag, "0")
    show_end(run)
    styled(made, style(made, kind, (tag, "false"), base=base), "A score of 400 to 474 is level 4.")
    assert read(made) == (["score 475 to 500 is level 5", "score 400 to 474 is level 4"], [])


def test_a_style_of_another_kind_and_one_that_rests_on_itself_do_no_harm(made: Document) -> None:
    name = style(made, KINDS[1], ("w:strike", None))
    made.styles[name].base_style = made.styles[name]
    run = made.add_paragraph().add_run(LINE)
    run._r.get_or_add_rPr()._add_rStyle().set(qn("w:val"), made.styles[name].style_id)
    assert read(made)[0] == ["score 475 to 500 is level 5"]
    styled(made, name)
    assert read(made)[1] == [(LINE, STRUCK_BY_HAND)]


def test_words_that_two_styles_strike_are_told(made: Document) -> None:
    around, inside = (style(made, kind, ("w:strike", None)) for kind in reversed(KINDS))
    made.add_paragraph(style=around).add_run(LINE, inside)
    assert read(made) == ([], [(LINE, STRUCK_BY_HAND)])


def test_what_the_usual_style_or_the_document_hides_is_told(made: Document) -> None:
    made.add_paragraph(LINE)
    look = made.styles["Normal"].element.get_or_add_rPr()
    look.append(hidden := OxmlElement("w:vanish"))
    assert (LINE, STRUCK_BY_HAND) in read(made)[1]
    look.remove(hidden)
    assert read(made)[1] == []
    (of_all,) = made.styles.element.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    of_all.append(OxmlElement("w:vanish"))
    assert (LINE, STRUCK_BY_HAND) in read(made)[1]


@pytest.mark.parametrize("is_part", [False, True])
@pytest.mark.parametrize(("tag", "value", "why"), [("w:strike", None, STRUCK_BY_HAND), (*LIFTS[0], LIFTED)])
def test_what_the_style_of_a_table_strikes_or_lifts_is_told(
    made: Document, tag: str, value: str | None, why: str, is_part: bool
) -> None:
    made.add_heading("Levels", 1)
    table = made.add_table(2, 3)
    for row, texts in zip(table.rows, (("Level", "Term", "Points"), ("5", "Best", "5")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    assert read(made) == (['level 5 "Best" 5 points'], [])
    name = style(made, WD_STYLE_TYPE.TABLE, *([] if is_part else [(tag, value)]))
    if is_part:
        first, look, mark = OxmlElement("w:tblStylePr"), OxmlElement("w:rPr"), OxmlElement(tag)
        first.set(qn("w:type"), "firstRow")
        mark.set(qn("w:val"), value or "1")
        made.styles[name].element.append(first)
        first.append(look)
        look.append(mark)
    table.style = name
    lines, unknown = read(made)
    assert (lines, {each for _, each in unknown}) == ([], {why})


def test_what_stands_below_a_heading_that_is_not_read_belongs_to_no_part_before_it() -> None:
    made = docx.Document()
    made.add_heading("Appraisal period", 1)
    made.add_paragraph("The appraisal period lasts at least 90 days.")
    marked(made.add_heading("Elements of the field", 1).add_run("1")._r, "w:vertAlign", "superscript")
    made.add_paragraph("lasts at least 120 days")
    lines, unknown = read(made)
    assert lines == ["lasts at least 90 days"]
    assert [text for text, _ in unknown] == ["Elements of the field 1", "lasts at least 120 days"]


def test_a_title_that_is_not_read_names_no_system() -> None:
    made = docx.Document()
    marked(made.add_heading("The system of the Lighthouses", 0).add_run("2")._r, "w:vertAlign", "superscript")
    made.add_heading("Summary rating", 1)
    made.add_paragraph(LINE)
    out = io.BytesIO()
    made.save(out)
    assert 'system "d"' in first_policy(pieces_of("d.docx", out.getvalue()), "d").text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tag", STRUCK)
def test_a_marked_copy_tells_what_a_style_strikes_or_hides(tmp_path: Path, tag: str, kind: WD_STYLE_TYPE) -> None:
    copy = Copy(tmp_path)
    paragraph = copy.paragraph("A score of 450")
    name = style(copy.read, kind, (tag, None))
    for each in paragraph.runs if kind is WD_STYLE_TYPE.CHARACTER else [paragraph]:
        each.style = name
    told, code = copy.told()
    (only,) = told["changes"]
    assert (code, only["status"], only["why"], told["amendment"]) == (1, "not taken", STRUCK_BY_HAND, None)


@pytest.mark.parametrize("lift", LIFTS)
def test_a_marked_copy_takes_no_number_with_the_mark_of_a_note(tmp_path: Path, lift: tuple[str, str]) -> None:
    copy = Copy(tmp_path)
    paragraph = copy.paragraph("A score of 450")
    for each in list(paragraph.runs):
        each._r.getparent().remove(each._r)
    paragraph.add_run("A score of 450 to 50")
    marked(paragraph.add_run("1")._r, *lift)
    paragraph.add_run(" is level 5.")
    told, code = copy.told()
    (only,) = told["changes"]
    assert (code, only["status"], only["why"], told["amendment"]) == (1, "not taken", LIFTED, None)
    assert "501" not in only["words"] if "words" in only else "501" not in str(only)
