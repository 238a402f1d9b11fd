"""What PDF/UA-1 asks and can be read off a file, of every kind of PDF: structure, words for pictures, headings, tables.

The typesetter refuses what it finds wrong itself; this looks at what came out, by another library, and for two faults
that veraPDF lets pass: a table without headings, and content that no element of the structure holds. veraPDF looks for
the rest of the standard in `test_pdf_checker.py`.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from cli.running import HEADINGS, OPM, ROOT, SMALL, put, run
from documents.test_files import HOSTILE, every_kind
from nights import NIGHTLY
from sespms_rules.documents import as_docx, as_pdf

ROWS = [f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n" for n in range(40)]
KINDS: dict[str, tuple[str, ...]] = {
    "description": ("describe", "POLICY"),
    "agreement": ("form", "POLICY"),
    "letter": ("explain", "POLICY", "ROSTER", "--id", "e1"),
    "filled agreement": ("form", "POLICY", "ROSTER", "--id", "e1"),
    "board book": ("form", "POLICY", "FEW", "--kind", "board"),
    "check": ("check", "POLICY"),
    "impact": ("impact", "POLICY", "ROSTER"),
    "sweep": ("sweep", "POLICY", "ROSTER", "--vary", "cut of level 5 from 440 to 460 by 5"),
    "comparison": ("compare", "POLICY", "OTHER"),
    "year": ("cycle", OPM, str(ROOT / "examples" / "year_2026"), "--as-of", "2026-11-29"),
}


def elements(node: Any, roles: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """Each element below a node of a structure with its kind and those above it, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from elements(each, roles, above)
    elif isinstance(node, dict) and "/S" in node:
        kind = str(roles.get(node["/S"], node["/S"]))
        yield kind, node, above
        if "/K" in node and not isinstance(node["/K"], int):
            yield from elements(node["/K"], roles, (*above, kind))


class Tagged:
    """A PDF's structure, and what is drawn outside it."""

    def __init__(self, data: bytes) -> None:
        self.read = pypdf.PdfReader(io.BytesIO(data))
        trailer: Any = self.read.trailer
        self.root: Any = trailer["/Root"]
        self.tree: Any = self.root["/StructTreeRoot"]
        self.roles: Any = self.tree.get("/RoleMap", {})

    def elements(self) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
        """Each element with its kind and those above it, in the order of reading."""
        return elements(self.tree["/K"], self.roles)

    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.elements()]

    def untagged(self) -> list[str]:
        """What a page draws that is neither content of an element nor marked as an artifact."""
        found = []
        for page in self.read.pages:
            depth = 0
            content = page.get_contents()
            for operands, operator in content.operations if content is not None else ():
                if operator in (b"BDC", b"BMC"):
                    depth += 1
                elif operator == b"EMC":
                    depth -= 1
                elif not depth and operator in (b"Tj", b"TJ", b"Do", b"f", b"S", b"B", b"f*"):
                    found.append(f"{operator!r} {operands!r}"[:60])
        return found

    def unheld(self) -> list[str]:
        """Content of pages that is marked with a number, and that no element holds by this number."""
        held = {each for _, node, _ in self.elements() for each in _content_of(node)}
        marked = [
            (page.indirect_reference.idnum, int(operands[1]["/MCID"]))
            for page in self.read.pages
            if page.indirect_reference is not None and (content := page.get_contents()) is not None
            for operands, operator in content.operations
            if operator == b"BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]
        ]
        return [f"{number} of page {page}" for page, number in marked if (page, number) not in held]


def _content_of(node: Any) -> Iterator[tuple[int, int]]:
    """The content that an element holds itself: the object that is its page, and its number there."""
    inside: Any = node.get("/K", [])
    for each in inside if isinstance(inside, list) else [inside]:
        found = each.get_object()
        if isinstance(found, int):
            yield node.raw_get("/Pg").idnum, found
        elif isinstance(found, dict) and "/MCID" in found:
            on: Any = found if "/Pg" in found else node
            yield on.raw_get("/Pg").idnum, found["/MCID"]


def faults(data: bytes) -> Iterator[str]:
    """What of PDF/UA-1 is not kept, a sentence each."""
    tagged = Tagged(data)
    root, kinds = tagged.root, tagged.kinds()
    if not _is_true(root["/MarkInfo"], "/Marked") or _is_true(root["/MarkInfo"], "/Suspects"):
        yield "it is not marked as tagged"
    if not re.fullmatch(r"en(-US)?", str(root.get("/Lang", ""))):
        yield "it has no language"
    if not _is_true(root["/ViewerPreferences"], "/DisplayDocTitle"):
        yield "its title is not shown"
    told = root["/Metadata"].get_data()
    if not re.search(rb"pdfuaid:part(>|=.)1", told) or b"dc:title" not in told:
        yield "its metadata name no title, or not PDF/UA-1"
    if "/JavaScript" in root.get("/Names", {}) or ("/OpenAction" in root and "/JS" in str(root["/OpenAction"])):
        yield "it holds a script"
    yield from _of_elements(tagged, kinds)
    if tagged.untagged():
        yield f"it draws outside the structure: {tagged.untagged()[:3]}"
    if tagged.unheld():
        yield f"it draws what no element holds: {tagged.unheld()[:3]}"
    for number, page in enumerate(tagged.read.pages, 1):
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number} has links whose order is not that of reading"
        if "/StructParents" not in page:
            yield f"page {number} has no way back to the structure"
    yield from _of_fonts(tagged)


def _is_true(held: Any, name: str) -> bool:
    """Whether a name stands for true; to Python every object of the library is, `false` too."""
    value = held.get(name)
    return value is not None and value.get_object().value is True


_STANDS_IN = {
    "/TR": ("/Table", "/THead", "/TBody"),
    "/TD": ("/TR",),
    "/TH": ("/TR",),
    "/LI": ("/L",),
}


def _of_elements(tagged: Tagged, kinds: list[str]) -> Iterator[str]:
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    jumps = [(one, two) for one, two in zip([0, *levels], levels, strict=False) if two > one + 1]
    if jumps:
        yield f"its headings jump from {jumps[0][0]} to {jumps[0][1]}"
    for kind, node, above in tagged.elements():
        if kind == "/Figure" and not str(node.get("/Alt", "")).strip():
            yield "a picture has no words"
        if kind == "/TH":
            attributes = node.get("/A", [])
            listed = attributes if isinstance(attributes, list) else [attributes]
            if not any("/Scope" in each.get_object() for each in listed):
                yield "the heading of a column or row does not say of what"
        if kind in _STANDS_IN and above[-1] not in _STANDS_IN[kind]:
            yield f"{kind} stands in {above[-1]}"
        if kind == "/Table" and not any(inner == "/TH" for inner, _, _ in elements(node["/K"], tagged.roles)):
            yield "a table has no headings"


def _of_fonts(tagged: Tagged) -> Iterator[str]:
    for page in tagged.read.pages:
        resources: Any = page["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            made = font.get_object()
            inner = made["/DescendantFonts"][0].get_object() if "/DescendantFonts" in made else made
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]):
                yield f"the font {name} is not embedded"
            if "/ToUnicode" not in made:
                yield f"the letters of the font {name} cannot be read out"


def written(folder: Path, kind: str, form: str) -> bytes:
    given = {
        "POLICY": put(folder, "p.sespms", SMALL),
        "OTHER": put(folder, "o.sespms", SMALL.replace("450 to 500", "440 to 500").replace("350 to 449", "350 to 439")),
        "ROSTER": put(folder, "r.csv", HEADINGS + "".join(ROWS)),
        "FEW": put(folder, "f.csv", HEADINGS + "".join(ROWS[:6])),
    }
    more = ("--without-proofs",) if kind == "description" else ()
    done = run(*(given.get(each, each) for each in KINDS[kind]), *more, "--output", folder / f"made.{form}")
    assert done.exit_code in (0, 1), done.output
    return (folder / f"made.{form}").read_bytes()


@pytest.mark.parametrize("kind", KINDS if NIGHTLY else [each for each in KINDS if each != "year"])
def test_every_kind_of_pdf_is_tagged_as_the_standard_asks(tmp_path: Path, kind: str) -> None:
    assert list(faults(written(tmp_path, kind, "pdf"))) == []


def test_whatever_stands_in_a_document_it_is_tagged() -> None:
    assert list(faults(as_pdf(every_kind(HOSTILE)))) == []


def test_what_is_not_kept_is_seen() -> None:
    """The check itself: a file without its structure, title or language is found out."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(as_pdf(every_kind("x"))))
    root: Any = writer.root_object
    root[pypdf.generic.NameObject("/Lang")] = pypdf.generic.TextStringObject("")
    root["/MarkInfo"][pypdf.generic.NameObject("/Marked")] = pypdf.generic.BooleanObject(False)
    root["/ViewerPreferences"][pypdf.generic.NameObject("/DisplayDocTitle")] = pypdf.generic.BooleanObject(False)
    assert {"it is not marked as tagged", "it has no language", "its title is not shown"} <= set(faults(_told(writer)))


def test_a_table_without_headings_and_content_without_an_element_are_seen() -> None:
    """What veraPDF lets pass: no machine knows of a table that it has headings, and it looks no further than a page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(as_pdf(every_kind("x"))))
    tree: Any = writer.root_object["/StructTreeRoot"]
    found = list(elements(tree["/K"], {}))
    for kind, node, _ in found:
        if kind == "/TH":
            node[pypdf.generic.NameObject("/S")] = pypdf.generic.NameObject("/TD")
    (paragraph, *_) = (node for kind, node, _ in found if kind == "/P")
    del paragraph["/K"]
    told = list(faults(_told(writer)))
    assert told.count("a table has no headings") == 2
    assert [each for each in told if each.startswith("it draws what no element holds: ")]


def _told(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


needs_writer = pytest.mark.skipif(
    shutil.which("soffice") is None or not Path("/usr/lib/libreoffice/program/libswlo.so").exists(),
    reason="LibreOffice Writer is not installed here",
)


def converted(folder: Path, made: bytes) -> bytes:
    """The PDF that LibreOffice makes of a Word file when it is asked for PDF/UA."""
    (folder / "d.docx").write_bytes(made)
    asked = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", asked]
    command += ["--outdir", str(folder), str(folder / "d.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / "d.pdf").read_bytes()


@needs_writer
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["description", "impact", "every part"])
def test_word_converts_into_a_pdf_that_is_tagged_as_the_standard_asks(tmp_path: Path, kind: str) -> None:
    made = as_docx(every_kind(HOSTILE)) if kind == "every part" else written(tmp_path, kind, "docx")
    assert list(faults(converted(tmp_path, made))) == []
