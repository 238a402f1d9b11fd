"""Reports as Word and PDF say what the page or the text says, in its words, and are the same bytes each time."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from cli.running import HEADINGS, OPM, ROOT, SMALL, put, run
from documents.test_files import in_pdf, in_word
from sespms_rules.documents import Bullets, as_docx, as_html, as_pdf, document_of, texts
from sespms_rules.documents.model import Document, Heading, PageDrawing, Paragraph, Table, Verbatim, nested
from sespms_rules.foundation.resources import policy_path

YEAR = ROOT / "examples" / "year_2026"
WHAT_IF = policy_path("what-if/raise_the_bar.sespms")
ROWS = HEADINGS + "".join(f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n" for n in range(60))
REPORTS: dict[str, tuple[str | Path, ...]] = {
    "check": ("check", "SMALL"),
    "check with proofs": ("check", "SMALL", "--prove"),
    "impact": ("impact", "SMALL", "ROSTER", "--with", "BAR"),
    "impact shared": ("impact", "SMALL", "ROSTER", "--with", "BAR", "--share"),
    "impact over years": ("impact", "SMALL", "ROSTER", "--against", "ROSTER"),
    "sweep": ("sweep", "SMALL", "ROSTER", "--vary", "cut of level 5 from 440 to 460 by 5"),
}
BAR = """amendment "Higher bar"
  amends "Invented agency"

summary rating
  strike score 450 to 500 is level 5
  strike score 350 to 449 is level 4
  insert score 460 to 500 is level 5
  insert score 350 to 459 is level 4
"""


def report(folder: Path, name: str, form: str) -> bytes:
    """A report in a form; its command ends with 0 or 1."""
    given = {
        "SMALL": put(folder, "p.sespms", SMALL),
        "ROSTER": put(folder, "r.csv", ROWS),
        "BAR": put(folder, "bar.sespms", BAR),
    }
    made = folder / f"made.{form}"
    done = run(*(given.get(str(each), each) for each in REPORTS[name]), "--output", made)
    assert done.exit_code in (0, 1), done.output
    return made.read_bytes()


def words(found: list[str]) -> Counter[str]:
    """Letters and numbers alone: quotation marks and colons stand for what a page shows by its look."""
    return Counter(each for text in found for each in re.findall(r"\w+", text))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_as_a_document_has_the_words_of_its_page(tmp_path: Path, name: str) -> None:
    page = report(tmp_path, name, "html").decode()
    made = report(tmp_path, name, "docx")
    shown = re.sub(r"(?s)<(head|nav|svg)\b.*?</\1>|<a [^>]*class=.skip.*?</a>", " ", page)
    asked = words([html.unescape(re.sub(r"<[^>]*>", " ", shown))])
    got = words(in_word(made))
    assert not asked - got, asked - got
    assert not got - asked, got - asked


@pytest.mark.parametrize("name", ["check", "impact", "sweep"])
def test_a_report_is_the_same_bytes_each_time_and_each_picture_has_its_words_and_table(
    tmp_path: Path, name: str
) -> None:
    for form in ("docx", "pdf"):
        assert report(tmp_path, name, form) == report(tmp_path, name, form)
    read = docx.Document(io.BytesIO(report(tmp_path, name, "docx")))
    pictures = list(read.element.body.iter(qn("wp:docPr")))
    assert all(each.get("descr") for each in pictures)
    document = document_of(report(tmp_path, name, "html").decode())
    drawings = [each for each in document.parts if isinstance(each, PageDrawing)]
    assert len(drawings) == len(pictures)
    assert bool(drawings) == (name != "check")
    assert all(each.says and each.table.rows for each in drawings)
    for each in drawings:
        look, drawn = each.svg.split("</style>")
        classes = {word for found in re.findall(r'class="([^"]*)"', drawn) for word in found.split()}
        assert [word for word in classes if f".{word}" not in look] == [], "a drawing brings its look along"
        assert "var(" not in each.svg


def test_what_a_page_withholds_a_document_withholds(tmp_path: Path) -> None:
    shared = " ".join(in_word(report(tmp_path, "impact shared", "docx")))
    assert not re.search(r"\be\d+\b", shared)
    assert "r.csv" not in shared.split("What this report rests on")[1]


def test_a_comparison_says_its_verdict_shows_an_appraisal_and_names_the_sentences(tmp_path: Path) -> None:
    policy, bar = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "bar.sespms", BAR)
    told = run("compare", policy, "--with", bar).output.replace(str(tmp_path), "")
    for form in ("docx", "pdf", "html"):
        assert run("compare", policy, "--with", bar, "--output", tmp_path / f"c.{form}").exit_code == 0
    found = in_word((tmp_path / "c.docx").read_bytes())
    text = " ".join(found)
    assert "The new system is stricter: " in text
    numbers = set(re.findall(r"\d[\d,]*", told.split("what causes it")[0]))
    assert numbers <= set(re.findall(r"\d[\d,]*", text))
    assert "bar.sespms:6 score 460 to 500 is level 5" not in text
    assert "score 460 to 500 is level 5" in text
    assert str(tmp_path) not in text
    assert any(each.startswith("scenario ") and "\n" in each for each in found)
    shown = "".join(in_pdf((tmp_path / "c.pdf").read_bytes()).split())
    assert "Thenewsystemisstricter:" in shown


def test_a_comparison_holds_its_sentences_in_full_and_those_that_cite_another_authority(tmp_path: Path) -> None:
    purpose = "Holds every executive of an invented agency to account for results, for people and for money. " * 2
    cited = SMALL.replace("  total 100\n", '  total 100 under "An invented rule"\n').replace(
        "has exactly 2 critical elements\n", f'has exactly 2 critical elements\n  purpose "{purpose.strip()}"\n'
    )
    old, new = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "q.sespms", cited)
    assert run("compare", old, new, "--output", tmp_path / "c.docx").exit_code == 0
    found = in_word((tmp_path / "c.docx").read_bytes())
    assert f"purpose “{purpose.strip()}” (line 3)" in found
    heading = found.index("The same words on another authority")
    assert found[heading + 5 : heading + 8] == [
        "weights",
        "total 100 (line 16)",
        "total 100 under “An invented rule” (line 17)",
    ]
    assert not [each for each in found if "No sentence differs" in each]
    assert run("compare", old, old, "--output", tmp_path / "d.docx").exit_code == 0
    same = in_word((tmp_path / "d.docx").read_bytes())
    assert "No sentence differs either." in same
    assert not [each for each in (*found, *same) if re.match(r"Plans: ", each) and not each.endswith(".")]


def test_systems_of_different_elements_are_told_apart_in_a_document(tmp_path: Path) -> None:
    fewer = SMALL.replace("exactly 2", "exactly 1").replace('critical element "Leading People"\n', "")
    fewer = "\n".join(line for line in fewer.splitlines() if '"Leading People"' not in line)
    old, new = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "q.sespms", fewer)
    done = run("compare", old, new, "--output", tmp_path / "c.docx")
    assert (tmp_path / "c.docx").exists(), done.output
    text = " ".join(in_word((tmp_path / "c.docx").read_bytes()))
    assert "Not compared appraisal by appraisal" in text
    assert "of all old" in text


def test_a_year_as_a_document_names_each_duty_and_finding_of_its_text(tmp_path: Path) -> None:
    asked = ("cycle", OPM, YEAR, "--as-of", "2026-11-29")
    told = run(*asked)
    assert run(*asked, "--output", tmp_path / "y.docx").exit_code == told.exit_code == 1
    text = " ".join(" ".join(in_word((tmp_path / "y.docx").read_bytes())).split())
    findings = re.findall(r"^\S*?([\w.]+:\d+): error (SES\d+) (\S+)$", told.output, re.MULTILINE)
    assert len(findings) > 10
    for place, code, name in findings:
        assert f"{place}: error {code} {name}" in text
    for executive in re.findall(r"^  (E-\d+): ", told.output, re.MULTILINE):
        assert executive in text
    assert "year_2026/" not in text
    first = (tmp_path / "y.docx").read_bytes()
    assert run(*asked, "--output", tmp_path / "y.docx").exit_code == 1
    assert first == (tmp_path / "y.docx").read_bytes()


def test_lists_stand_below_each_other_in_every_form_and_numbers_begin_anew() -> None:
    deep = Bullets(("a", "b", "c", "d"), depths=(0, 1, 2, 0))
    (first, last) = nested(deep)
    assert (first.text, first.below[0].text, first.below[0].below[0].text, last.text) == ("a", "b", "c", "d")
    numbered = Bullets(("x", "y"), numbered=True)
    document = Document("T", "", (Heading(1, "H"), deep, numbered, Paragraph("p"), numbered, Verbatim("s\n  t")))
    assert list(texts(document)) == ["T", "H", "a", "b", "c", "d", "x", "y", "p", "x", "y", "s\n  t"]
    assert "<li>a<ul><li>b<ul><li>c</li></ul></li></ul></li>" in as_html(document)
    assert "  t</code></pre>" in as_html(document)
    shown = pypdf.PdfReader(io.BytesIO(as_pdf(document))).pages[0].extract_text()
    assert shown.count("1.") == 2
    read = docx.Document(io.BytesIO(as_docx(document)))
    numbers = [each.get(qn("w:val")) for each in read.element.body.iter(qn("w:numId"))]
    assert len(set(numbers)) == 2
    assert [each.style.name for each in read.paragraphs if each.style and each.text in "abc"] == [
        "List Bullet",
        "List Bullet 2",
        "List Bullet 3",
    ]
    assert isinstance(document.parts[-1], Verbatim | Table)
