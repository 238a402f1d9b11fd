"""Word and PDF say what the page says, are the same bytes each time, and can be read by everyone."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from cli.running import OPM, SMALL, process, put, run
from documents.described import SHIPPED, described
from nights import at_depth
from sespms_rules.documents import Document, as_docx, as_pdf, texts
from sespms_rules.documents.model import Blank, Bullets, Figure, Form, Heading, Paragraph, Part, Table
from sespms_rules.foundation.request import RequestError

PAGE = "\N{SYMBOL FOR FORM FEED}"
HOSTILE = '#let x = 1 $a_b$ *bold* \\ " </w:t> & <b>@ref `raw` //no [x] {y} \u00a0 — “q”'


def in_word(made: bytes) -> list[str]:
    """The texts of a Word file in the order in which they are read."""
    return list(_in_word(docx.Document(io.BytesIO(made))))


def _in_word(read: Any) -> Iterator[str]:
    for each in read.iter_inner_content():
        if isinstance(each, WordTable):
            yield from (cell.text for row in each.rows for cell in row.cells if cell.text)
        elif each.text:
            yield each.text


def words(found: list[str]) -> list[str]:
    """Words, with what a line may be broken at taken as the end of one."""
    return [each for text in found for each in re.split(r"[\s\u200b-]+", text) if each]


def in_pdf(made: bytes) -> str:
    """The text of each page without marks of lists and the number at its foot; a sign ends each page."""
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    return "".join(re.sub(r"[\u2022\u200b]|Page \d+ of \d+\s*$", "", each) + PAGE for each in pages)


def headings_of(document: Document) -> Iterator[str]:
    for part in document.parts:
        table = part.table if isinstance(part, Figure) else part
        if isinstance(table, Table):
            yield from table.headings


def in_pictures(document: Document) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Figure):
            yield from part.lanes
            yield from (each.words for each in part.boxes)


# By day every policy in one of the two forms, at the gate in both.
@pytest.mark.parametrize("name", at_depth(SHIPPED[::2], SHIPPED))
def test_word_says_what_the_document_says(name: str) -> None:
    for _, document in described(name):
        assert in_word(as_docx(document)) == list(texts(document))


@pytest.mark.parametrize("name", at_depth(SHIPPED[1::2], SHIPPED))
def test_a_pdf_says_what_the_document_says(name: str) -> None:
    """Letter by letter in order; beside it only headings that a table repeats on a new page, and words of a picture."""
    for _, document in described(name):
        expected = "".join("".join(texts(document)).split())
        rest, place, extra = "".join(in_pdf(as_pdf(document)).split()), 0, ""
        for sign in expected:
            start, place = place, rest.find(sign, place) + 1
            assert place, (name, sign, expected[:80])
            extra += rest[start : place - 1]
        repeated = Counter("".join(headings_of(document)) * rest.count(PAGE) + "".join(in_pictures(document)))
        assert not Counter((extra + rest[place:]).replace(PAGE, "")) - repeated, (name, extra)


def every_kind(text: str) -> Document:
    parts: tuple[Part, ...] = (
        Heading(1, text),
        Paragraph(text, marked=True),
        Paragraph(text),
        Heading(2, text),
        Bullets((text, text)),
        Bullets((text,), numbered=True),
        Table(text, (text, text), ((text, text),)),
        Form(text, (Blank(text), Blank(text, 5))),
    )
    return Document(text, text, parts)


@pytest.mark.parametrize("text", [HOSTILE, '"', "\\", "#panic()", "a" * 300, "x\ny", "Ω é ž Ж"])
def test_no_text_means_anything_to_a_writer(text: str) -> None:
    document = every_kind(text)
    written = words(in_word(as_docx(document)))
    assert written[: len(words([text]))] == words([text])
    assert Counter(written) >= Counter(words([text] * 8))
    assert Counter("".join(in_pdf(as_pdf(document)).split())) >= Counter("".join((text * 8).split()))


@pytest.mark.parametrize("sign", ["漢", "ሀ", "\U0001f600"])
def test_a_sign_that_the_fonts_lack_is_refused_and_named(sign: str) -> None:
    with pytest.raises(RequestError, match=f"`{sign}` of “A {sign}”: its fonts have no such sign"):
        as_pdf(every_kind(f"A {sign}"))
    far = f"{'word ' * 40}{sign}{' word' * 40}"
    with pytest.raises(RequestError, match=f" of “….*word {sign} word.*…”: "):
        as_pdf(Document("T", "", (Paragraph("first"), Paragraph(far))))
    assert sign in "".join(in_word(as_docx(every_kind(f"A {sign}"))))


def test_a_sign_that_the_fonts_lack_is_told_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace('"Leading People"', '"Leading 漢 People"'))
    done = run("describe", policy, "--without-proofs", "--output", tmp_path / "d.pdf")
    assert done.exit_code == 2
    assert "a PDF or a PNG cannot show `漢` of “" in done.output
    assert "Leading 漢 People" in done.output.split("its fonts")[0]
    assert not (tmp_path / "d.pdf").exists()
    run("describe", policy, "--without-proofs", "--output", tmp_path / "d.docx")
    assert "Critical element “Leading 漢 People”" in in_word((tmp_path / "d.docx").read_bytes())


@pytest.mark.parametrize("text", ["a\x07b", "a\u202eb", "a\ufffeb"])
def test_what_word_cannot_hold_or_what_reverses_a_line_is_shown_as_replaced(text: str) -> None:
    assert "a\ufffdb" in in_word(as_docx(every_kind(text)))


@pytest.mark.parametrize("text", ["a\nb", "\n", "a\tb", " a ", "", "a\n\n b", '<b> & "c" ]]>', "a\u00a0"])
def test_a_cell_of_a_word_table_holds_its_text_whole(text: str) -> None:
    document = Document("T", "", (Table("c", ("one", "two"), ((text, "x"), ("y", text))),))
    (table,) = docx.Document(io.BytesIO(as_docx(document))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["one", "two"], [text, "x"], ["y", text]]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_policy_gives_the_same_bytes_whenever_it_is_written(tmp_path: Path, form: str) -> None:
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    assert process("describe", OPM, "--output", first, environment={"TZ": "UTC"}).returncode == 0
    assert process("describe", OPM, "--output", second, environment=elsewhere).returncode == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_pdf_is_tagged_has_a_title_and_a_language_and_brings_its_fonts() -> None:
    """What can be seen of PDF/UA-1 without its own checker; the typesetter refuses what it finds wrong itself."""
    (_, document), *_ = described("agencies/opm_basic.sespms")
    read = pypdf.PdfReader(io.BytesIO(as_pdf(document)))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert read.metadata is not None
    assert read.metadata.title == document.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "/JavaScript" not in root.get("/Names", {})
    tags = Counter(_tags(root["/StructTreeRoot"]))
    figures = [each for each in document.parts if isinstance(each, Figure)]
    tables = [each for each in document.parts if isinstance(each, Table | Figure)]
    heads = [each for each in document.parts if isinstance(each, Heading)]
    assert tags["/Table"] == len(tables)
    assert tags["/H1"] == sum(each.level == 1 for each in heads)
    assert tags["/H2"] == sum(each.level == 2 for each in heads)
    assert tags["/TH"] >= sum(1 for _ in headings_of(document))
    assert tags["/Figure"] == len(figures) == 1
    for page in read.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            described_by = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described_by)


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        if "/S" in node and node.get("/Type") != "/MCR":
            yield str(node["/S"])
            if node["/S"] == "/Figure":
                assert str(node.get("/Alt", "")).startswith("Steps from top to bottom")
        if "/K" in node and not isinstance(node["/K"], int):
            yield from _tags(node["/K"])


def test_word_has_real_headings_a_language_and_words_for_its_picture() -> None:
    (_, document), *_ = described("agencies/opm_basic.sespms")
    made = as_docx(document)
    read = docx.Document(io.BytesIO(made))
    styles = Counter(each.style.name for each in read.paragraphs if each.style is not None)
    assert styles["Title"] == 1
    assert styles["Heading 1"] == sum(isinstance(each, Heading) and each.level == 1 for each in document.parts)
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in read.tables)
    (picture,) = read.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr", "").startswith("Steps from top to bottom")
    assert read.core_properties.title == document.title
    assert str(read.core_properties.created).startswith(str(document.day))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("vbaProject" in name for name in package.namelist())


def test_a_place_to_fill_in_says_its_name() -> None:
    read = docx.Document(io.BytesIO(as_docx(every_kind("Name of the executive"))))
    controls = read.element.body.findall(f".//{qn('w:sdt')}")
    assert [each.find(f".//{qn('w:alias')}").get(qn("w:val")) for each in controls] == ["Name of the executive"] * 2
    rows = [next(each.iterancestors(qn("w:tr"))) for each in controls]
    heights = [each.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") for each in rows]
    assert [int(each.get(qn("w:val"))) for each in heights] == [280, 1400]
    assert [len(each.findall(f".//{qn('w:p')}")) for each in controls] == [1, 1]


def test_no_request_leaves_the_machine_and_no_font_of_it_is_read(tmp_path: Path) -> None:
    document = put(tmp_path, "p.sespms", SMALL)
    code = (
        "import sys, socket\n"
        "def no(*a, **k): raise AssertionError('a request')\n"
        "socket.socket.connect = no\n"
        "from sespms_rules.cli import sespms\n"
        f"sespms(['describe', {str(document)!r}, '--output', {str(tmp_path / 'd.pdf')!r}])\n"
    )
    done = process(code=code, environment={"FONTCONFIG_FILE": "/nonexistent"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_what_no_terminal_shows_is_written_to_a_file_alone(tmp_path: Path, form: str) -> None:
    done = run("describe", put(tmp_path, "p.sespms", SMALL), "--format", form)
    assert done.exit_code == 2
    assert f"give `--output FILE.{form}` too" in done.output


@pytest.mark.skipif(
    shutil.which("soffice") is None or not Path("/usr/lib/libreoffice/program/libswlo.so").exists(),
    reason="LibreOffice Writer is not installed here",
)
@pytest.mark.slow
def test_libreoffice_reads_the_word_file_and_says_the_same(tmp_path: Path) -> None:
    (_, document), *_ = described("agencies/opm_basic.sespms")
    (tmp_path / "d.docx").write_bytes(as_docx(document))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    made = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "d.docx"),
    ]
    subprocess.run(made, check=True, capture_output=True, timeout=240)
    shown = "".join(in_pdf((tmp_path / "d.pdf").read_bytes()).split())
    missing = [each for each in texts(document) if "".join(each.split()) not in shown]
    assert len(missing) < len(list(texts(document))) // 20, missing  # a page ends within some
