"""A document on an agency's own letterhead: what is taken over, what is refused, and that the texts stay the same."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches

from cli.running import HEADINGS, OPM, SMALL, put, run
from documents.described import described
from documents.test_files import in_word
from sespms_rules.documents import Letterhead, as_docx, texts

ADDRESS = "Invented Agency for Lighthouses, 1 Harbor Road"


def picture() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30"))
        + chunk(b"IEND", b"")
    )


def letterhead(*, footer: str = "") -> Any:
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Inches(8), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    seal = made.styles.add_style("Seal", WD_STYLE_TYPE.PARAGRAPH)
    seal.font.italic = True
    section.header.paragraphs[0].text = ADDRESS
    section.header.paragraphs[0].style = seal
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(picture()))
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Office of the Keeper"
    if footer:
        section.footer.paragraphs[0].text = footer
    made.styles["Normal"].font.name = "Georgia"
    made.add_paragraph("A body that nobody asked for.")
    return made


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_header_page_and_font_are_taken_over_and_the_texts_stay() -> None:
    ((_, document),) = described("agencies/opm_basic.sespms")
    on = Letterhead("own.docx", saved(letterhead()))
    made = as_docx(document, on)
    assert as_docx(document, on) == made
    assert in_word(made) == list(texts(document))
    read = docx.Document(io.BytesIO(made))
    section = read.sections[0]
    assert ADDRESS in section.header.paragraphs[0].text
    assert section.header.paragraphs[0].style is not None
    assert section.header.paragraphs[0].style.name == "Seal"
    assert section.first_page_header.paragraphs[0].text == "Office of the Keeper"
    assert (section.page_width, section.different_first_page_header_footer) == (Inches(8), True)
    assert "Page" in section.footer.paragraphs[0].text
    assert read.styles["Normal"].font.name == "Georgia"
    assert sum(column.width or 0 for column in read.tables[0].columns) <= Inches(6) + 2_000  # to the next point
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.testzip() is None
        assert len(package.namelist()) == len(set(package.namelist()))
        assert picture() in [package.read(each) for each in package.namelist() if "media" in each]


def test_a_footer_of_its_own_is_kept_as_it_is() -> None:
    ((_, document),) = described("agencies/opm_basic.sespms")
    made = as_docx(document, Letterhead("own.docx", saved(letterhead(footer="For official use"))))
    footer = docx.Document(io.BytesIO(made)).sections[0].footer
    assert [each.text for each in footer.paragraphs] == ["For official use"]


@pytest.mark.parametrize("command", ["describe", "form", "explain"])
def test_descriptions_forms_and_letters_are_written_on_it(tmp_path: Path, command: str) -> None:
    (tmp_path / "own.docx").write_bytes(saved(letterhead()))
    policy = put(tmp_path, "p.sespms", SMALL)
    roster = put(tmp_path, "r.csv", HEADINGS + "e1,50,3,50,3\n")
    more: dict[str, list[str | Path]] = {
        "describe": ["--without-proofs"],
        "explain": [roster, "--id", "e1"],
        "form": [],
    }
    asked = more[command]
    done = run(command, policy, *asked, "--letterhead", tmp_path / "own.docx", "--output", tmp_path / "d.docx")
    assert (tmp_path / "d.docx").exists(), done.output
    read = docx.Document(str(tmp_path / "d.docx"))
    assert ADDRESS in read.sections[0].header.paragraphs[0].text
    assert "nobody asked for" not in " ".join(in_word((tmp_path / "d.docx").read_bytes()))


@pytest.mark.parametrize("more", [("--output", "d.pdf"), ("--output", "d.html"), ("--format", "pdf", "--output", "d")])
def test_nothing_but_word_is_written_on_it(tmp_path: Path, more: tuple[str, ...]) -> None:
    (tmp_path / "own.docx").write_bytes(saved(letterhead()))
    given = [str(tmp_path / each) if each.startswith("d") else each for each in more]
    done = run("describe", OPM, "--without-proofs", "--letterhead", tmp_path / "own.docx", *given)
    assert done.exit_code == 2
    assert "only a Word document can be written on it" in done.output


def _tracked(made: Any) -> None:
    made.sections[0].header.paragraphs[0]._p.append(OxmlElement("w:ins"))


def _elsewhere(made: Any) -> None:
    part = made.sections[0].header.part
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    part.relate_to("https://example.org/track.png", image, is_external=True)


def _narrow(made: Any) -> None:
    made.sections[0].left_margin = made.sections[0].right_margin = Inches(3)


def _lost(made: Any) -> None:
    for each in made.sections[0].header._element.iter(qn("a:blip")):
        each.set(qn("r:embed"), "rId99")


def _field(*parts: str, nested: bool = False) -> Any:
    """A header with a field whose instruction stands in several pieces, perhaps with another field before them."""

    def spoil(made: Any) -> None:
        paragraph = made.sections[0].header.paragraphs[0]._p
        for part in (("begin",), *([("begin",), ("", "PAGE"), ("end",)] if nested else [])):
            paragraph.append(_run(*part))
        for each in parts:
            paragraph.append(_run("", each))
        paragraph.append(_run("separate"))
        paragraph.append(_run("end"))

    return spoil


def _run(kind: str, words: str = "") -> Any:
    run = OxmlElement("w:r")
    made = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        made.set(qn("w:fldCharType"), kind)
    made.text = words or None
    run.append(made)
    return run


def _simple_field(instruction: str) -> Any:
    def spoil(made: Any) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), instruction)
        made.sections[0].first_page_header.paragraphs[0]._p.append(field)

    return spoil


def _old_drawing(made: Any) -> None:
    drawing = parse_xml('<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="https://example.org/track.png"/>')
    made.sections[0].header.paragraphs[0]._p.append(drawing)


def _no_picture(made: Any) -> None:
    part = made.sections[0].header.part
    other = Part(PackURI("/word/media/start.exe"), "application/octet-stream", b"MZ", part.package)
    part.relate_to(other, RELATIONSHIP_TYPE.IMAGE)


_MAY_START = "by which Word may fetch or start something"


@pytest.mark.attack("letterheads")
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_field('DDEAUTO c:\\\\windows "a"'), f"holds the field `DDEAUTO`, {_MAY_START}"),
        (_field(" DD", "EAU", 'TO c:\\\\windows "a"'), f"holds the field `DDEAUTO`, {_MAY_START}"),
        (_field('INCLUDEPICTURE "https://example.org/track.png"'), "holds the field `INCLUDEPICTURE`"),
        (_field(' "a"', nested=True), f"holds a field without a name, {_MAY_START}"),
        (_simple_field("includetext c:\\a.docx"), "holds the field `includetext`"),
        (_simple_field(""), "holds a field without a name"),
        (_old_drawing, "holds more than text and pictures of its own"),
        (_no_picture, "holds more than text and pictures of its own"),
    ],
)
def test_what_may_fetch_or_start_something_is_refused(tmp_path: Path, spoil: Any, says: str) -> None:
    test_what_cannot_be_taken_over_is_refused(tmp_path, spoil, says)


@pytest.mark.parametrize("field", ["PAGE", " numpages \\* MERGEFORMAT", "= 2 + 3", 'STYLEREF "Heading 1"'])
def test_fields_that_say_something_of_the_document_are_taken_over(field: str) -> None:
    ((_, document),) = described("agencies/opm_basic.sespms")
    own = letterhead()
    _field(field)(own)
    _simple_field(field)(own)
    made = docx.Document(io.BytesIO(as_docx(document, Letterhead("own.docx", saved(own)))))
    header = made.sections[0].header._element
    assert [each.text for each in header.iter(qn("w:instrText"))] == [field]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_tracked, "has tracked changes; accept or reject them"),
        (_elsewhere, "holds more than text and pictures of its own"),
        (_narrow, "leaves less than three inches for text"),
        (_lost, "is damaged; open it in Word"),
    ],
)
def test_what_cannot_be_taken_over_is_refused(tmp_path: Path, spoil: Any, says: str) -> None:
    made = letterhead()
    spoil(made)
    (tmp_path / "own.docx").write_bytes(saved(made))
    output = tmp_path / "d.docx"
    done = run("form", OPM, "--letterhead", tmp_path / "own.docx", "--output", output)
    assert done.exit_code == 2
    assert says in done.output
    assert not output.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_what_is_no_word_document_is_no_letterhead(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "own.docx").write_bytes(data)
    done = run("form", OPM, "--letterhead", tmp_path / "own.docx", "--output", tmp_path / "d.docx")
    assert done.exit_code == 2
    assert "own.docx` is" in done.output
