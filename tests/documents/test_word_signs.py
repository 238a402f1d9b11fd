"""What Word shows in other ways than as plain text: it is read as it is shown, or told with its place and why not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml

from cli.running import data, run
from documents.test_marked import Copy
from sespms_rules.documents import first_policy, pieces_of

_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }.items()
)
_BOX = "<w:txbxContent><w:p><w:r><w:t>The appraisal period lasts at least 90 days.</w:t></w:r></w:p></w:txbxContent>"
_NEW = f'<mc:Choice Requires="wps"><w:drawing>{_BOX}</w:drawing></mc:Choice>'
_OLD = f"<w:pict><v:textbox>{_BOX}</v:textbox></w:pict>"


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def made(heading: str, *inside: str) -> bytes:
    """A document of one part whose body holds this, as Word would write it."""
    document = docx.Document()
    document.add_heading(heading, 1)
    for each in inside:
        opened = each.replace(">", f" {_SPACES}>", 1) if not each.split(">", 1)[0].endswith("/") else None
        element = parse_xml(opened or each.replace("/>", f" {_SPACES}/>", 1))
        document.element.body.insert(len(document.element.body) - 1, element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.startswith("  ") and not each.lstrip().startswith("#")]


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        (p(t("A score of 450") + "<w:r><w:noBreakHyphen/></w:r>" + t("500 is level 5.")),
         "score 450 to 500 is level 5"),
        (p(t("A score of 4") + "<w:r><w:softHyphen/></w:r>" + t("50 is level 5.")), "score exactly 450 is level 5"),
        (p(t("A sco\u00adre of 450\u00a0to 500 is level\u00a05.")), "score 450 to 500 is level 5"),
        (p(t("A score of 450 to") + "<w:r><w:br/></w:r>" + t("500 is level 5.")), "score 450 to 500 is level 5"),
        (p(t("A score of 450") + "<w:r><w:tab/></w:r>" + t("to 500 is level 5.")), "score 450 to 500 is level 5"),
        (p(t("A score of ") + '<w:fldSimple w:instr="REF x">' + t("450") + "</w:fldSimple>" + t(" to 500 is level 5.")),
         "score 450 to 500 is level 5"),
        (f"<w:sdt><w:sdtContent>{p(t('A score of 450 to 500 is level 5.'))}</w:sdtContent></w:sdt>",
         "score 450 to 500 is level 5"),
        (p(t("A score of ") + f"<w:sdt><w:sdtContent>{t('450 to 500')}</w:sdtContent></w:sdt>" + t(" is level 5.")),
         "score 450 to 500 is level 5"),
    ],
)  # fmt: skip
def test_text_is_read_as_word_shows_it(inside: str, says: str) -> None:
    read = first_policy(pieces_of("d.docx", made("Summary rating", inside)), "d")
    assert lines(read.text) == [says]
    assert not read.unknown


@pytest.mark.parametrize(
    ("inside", "place", "why"),
    [
        (p(t("A score of 1") + '<w:r><w:sym w:font="Symbol" w:char="F02E"/></w:r>' + t("5 is level 5.")),
         "paragraph 2", "a sign of a symbol font"),
        (p(t("A score of 450") + "<m:oMath><m:r><m:t>+1</m:t></m:r></m:oMath>" + t(" is level 5.")),
         "paragraph 2", "an equation"),
        (p(t("A score of 450 is level 5") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), "paragraph 2", "a note"),
        (p(t("A score of 450 is level 5") + "<w:r><w:object/></w:r>"), "paragraph 2", "an embedded object"),
        ('<w:altChunk r:id="rId77"/>', "behind paragraph 1", "another document is put in here"),
        (p('<w:r><w:pict><v:shape><v:imagedata r:id="rId78"/></v:shape></w:pict></w:r>'), "paragraph 2", "a picture"),
        (p('<w:r><w:drawing><wp:docPr id="1" name="x" descr="A table of cuts"/></w:drawing></w:r>'),
         "paragraph 2", "a picture"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_told_with_its_place(inside: str, place: str, why: str) -> None:
    text = p(t("Any critical element at level 1 makes the rating level 1."))
    read = first_policy(pieces_of("d.docx", made("Summary rating", inside, text)), "d")
    (only,) = read.unknown
    assert (only.place, why in only.why) == (place, True)
    assert lines(read.text) == ["any critical element at level 1 makes the rating level 1"]


@pytest.mark.parametrize(
    "box",
    [
        f"<w:r><w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict></w:r>",
        f"<w:r><mc:AlternateContent>{_NEW}<mc:Fallback>{_OLD}</mc:Fallback></mc:AlternateContent></w:r>",
    ],
)
def test_a_box_of_text_is_read_once_and_apart_from_what_it_hangs_on(box: str) -> None:
    inside = p(t("The appraisal period runs October 1 to September 30.") + box)
    read = first_policy(pieces_of("d.docx", made("Appraisal period", inside)), "d")
    assert lines(read.text) == ["runs October 1 to September 30", "lasts at least 90 days"]
    assert [each.place for each in read.taken] == ["paragraph 2", "paragraph 2, text box"]


def test_what_stands_beside_the_text_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The appraisal period lasts at least 30 days."
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    document.add_heading("Appraisal period", 1)
    paragraph = document.add_paragraph("The appraisal period lasts at least 90 days.")
    document.add_comment(paragraph.runs, text="Make it 120.", author="B. Counsel", initials="B")
    document.save(str(tmp_path / "d.docx"))
    told, code = data("read", tmp_path / "d.docx")
    assert code == 1
    unknown = [each for each in told["sentences"] if each["status"] == "not understood"]
    assert [(each["place"], each["text"]) for each in unknown] == [
        ("head of a page", "The appraisal period lasts at least 30 days."),
        ("comment", "Make it 120."),
    ]


def test_a_table_of_one_row_is_told() -> None:
    row = f"<w:tbl><w:tr><w:tc>{p(t('A score of 450 to 500 is level 5.'))}</w:tc></w:tr></w:tbl>"
    text = p(t("Any critical element at level 1 makes the rating level 1."))
    read = first_policy(pieces_of("d.docx", made("Summary rating", row, text)), "d")
    assert [(each.place, each.text) for each in read.unknown] == [
        ("table 1, row 1", "A score of 450 to 500 is level 5.")
    ]


def test_the_rest_of_a_paragraph_whose_end_is_tracked_as_gone_is_not_read_alone() -> None:
    first = p('<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>' + t("The appraisal period does not"))
    read = first_policy(pieces_of("d.docx", made("Appraisal period", first, p(t("last at least 90 days.")))), "d")
    assert [each.place for each in read.unknown] == ["paragraph 2", "paragraph 3"]
    assert lines(read.text) == []


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "it has a note"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "it has an equation"),
        (f"<w:r><w:pict><v:textbox>{_BOX}</v:textbox></w:pict></w:r>", "a box of text hangs on it"),
    ],
)
def test_a_marked_copy_that_says_more_than_its_text_is_told(tmp_path: Path, inside: str, why: str) -> None:
    marked = Copy(tmp_path)
    paragraph = marked.paragraph("The appraisal period lasts")
    paragraph._p.append(next(iter(parse_xml(p(inside).replace("<w:p>", f"<w:p {_SPACES}>", 1)))))
    told, code = marked.told()
    (only,) = told["changes"]
    assert (code, only["status"], why in only["why"]) == (1, "not taken", True)
    assert told["amendment"] is None


_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "is a document with macros"),
        (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "is a document with macros"),
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "is a template"),
    ],
)
def test_a_file_of_word_that_is_no_document_is_called_what_it_is(tmp_path: Path, kind: bytes, says: str) -> None:
    path = tmp_path / "named.docx"
    with zipfile.ZipFile(io.BytesIO(made("System"))) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(_MAIN, kind))
    done = run("read", path)
    assert (done.exit_code, says in done.output) == (2, True), done.output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"{\\rtf1 The system}", "is in rich text format (.rtf)"),
        (b"%PDF-1.7", "is a PDF"),
        (b"<html>", "is a page or an XML text"),
        (b"The system", "is damaged or no Word document"),
    ],
)
def test_another_file_is_called_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "named.docx").write_bytes(content)
    done = run("read", tmp_path / "named.docx")
    assert (done.exit_code, says in done.output) == (2, True), done.output
