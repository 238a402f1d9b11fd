"""PDF/UA-1 by a checker of others (outloud), which its makers hold against veraPDF, on every PDF that is written.

Its rules are of two kinds. Those of the standard must all pass. Those about what a conforming file may still get wrong
are guesses; where one is wrong about our files it is named in `WRONG_HERE` with why, and every other must pass too.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from documents.described import SHIPPED, described
from documents.test_files import HOSTILE, every_kind
from documents.test_tagged import KINDS, converted, needs_writer, written
from nights import NIGHTLY
from sespms_rules.documents import as_docx, as_pdf, review_letter

outloud = pytest.importorskip("outloud")

RAN = {"ran", "not-applicable", "skipped"}
NOT_BUILT = {"HDG-004", "ORD-002"}
"""What outloud 0.2.1 lists and does not look at: headings deeper than six, which no document has, and a guess."""

WRONG_HERE = {
    "TBL-014": "it asks on which page a table begins, and the typesetter leaves that to the cells, as it may",
    "PAG-001": "rows of tables and points of lists that stand where a page begins or ends are taken for its footer",
    "TBL-012": "the table of a form to fill in is empty on purpose",
}
WRONG_IN_CONVERTED = WRONG_HERE | {
    "TAG-002": "a heading of a table that is repeated on a new page is no content, and is marked so",
    "TAG-020": "a place to fill in is an empty paragraph, and one stands below a table at the end of a document",
}
BY_DAY = ("agencies/opm_basic.sespms", "examples/maritime_commission.sespms")


def told(path: Path, wrong_here: dict[str, str]) -> list[str]:
    """What is found in a file; a rule that broke or was not run is told like a fault."""
    result = outloud.check(str(path))
    unrun = [f"{each.rule} was not run: {each.reason}" for each in result.runs if each.status not in RAN]
    found = [f"{each.rule} {each.message} {each.evidence}" for each in result.findings if each.rule not in wrong_here]
    return [*([result.error] if result.error else []), *(each for each in unrun if each[:7] not in NOT_BUILT), *found]


def put(folder: Path, data: bytes) -> Path:
    path = folder / "made.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", SHIPPED if NIGHTLY else BY_DAY)
def test_the_description_of_a_shipped_system_is_pdf_ua(tmp_path: Path, name: str) -> None:
    for _, document in described(name):
        assert told(put(tmp_path, as_pdf(document)), WRONG_HERE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_pdf_is_pdf_ua(tmp_path: Path, kind: str) -> None:
    assert told(put(tmp_path, written(tmp_path, kind, "pdf")), WRONG_HERE) == []


LETTER = """The system is returned to its agency.

System: An invented system
By: R-1

Comments:
1. 5 CFR 430.305(a)(5): say how levels 3, 4 and 5 are told apart.
2. On “level 5 means best”: say best at what."""


def test_the_letter_of_a_review_is_pdf_ua(tmp_path: Path) -> None:
    made = review_letter(LETTER, "An invented system", datetime.date(2026, 11, 3))
    assert told(put(tmp_path, as_pdf(made)), WRONG_HERE) == []


def test_whatever_stands_in_a_document_it_is_pdf_ua(tmp_path: Path) -> None:
    assert told(put(tmp_path, as_pdf(every_kind(HOSTILE))), WRONG_HERE) == []


@needs_writer
@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, "every part"] if NIGHTLY else ["agreement", "every part"])
def test_word_converts_into_pdf_ua(tmp_path: Path, kind: str) -> None:
    # Signs that XML escapes are left out: outloud does not read them back in a title, and calls it another.
    made = as_docx(every_kind("Ω é Ж — “q”")) if kind == "every part" else written(tmp_path, kind, "docx")
    assert told(put(tmp_path, converted(tmp_path, made)), WRONG_IN_CONVERTED) == []


@needs_writer
@pytest.mark.slow
@pytest.mark.skipif(not NIGHTLY, reason="a night's work")
@pytest.mark.parametrize("name", SHIPPED)
def test_the_word_description_of_a_shipped_system_converts_into_pdf_ua(tmp_path: Path, name: str) -> None:
    for _, document in described(name):
        assert told(put(tmp_path, converted(tmp_path, as_docx(document))), WRONG_IN_CONVERTED) == []


def _no_language(root: Any) -> None:
    del root["/Lang"]


def _no_claim(root: Any) -> None:
    told = root["/Metadata"].get_object()
    told.set_data(told.get_data().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _no_structure(root: Any) -> None:
    del root["/StructTreeRoot"]


def _no_scope(root: Any) -> None:
    for kind in ("/TH", "/TD"):  # what cells say of their headings would do instead
        for each in _elements(root["/StructTreeRoot"], kind):
            each.pop("/A", None)


def _no_words(root: Any) -> None:
    for each in _elements(root["/StructTreeRoot"], "/Figure"):
        del each["/Alt"]


def _elements(node: Any, kind: str) -> list[Any]:
    node = node.get_object()
    if isinstance(node, list):
        return [found for each in node for found in _elements(each, kind)]
    if not isinstance(node, dict):
        return []
    below = _elements(node["/K"], kind) if "/K" in node else []
    return [node, *below] if node.get("/S") == kind else below


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_no_language, "DOC-013"),
        (_no_claim, "DOC-012"),
        (_no_structure, "DOC-002"),
        (_no_scope, "TBL-002"),
        (_no_words, "FIG-001"),
    ],
)
def test_the_checker_sees_what_is_taken_out(tmp_path: Path, spoil: Callable[[Any], None], rule: str) -> None:
    """A checker that passes everything would pass ours too."""
    data = as_pdf(described("examples/maritime_commission.sespms")[0][1])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    spoil(writer.root_object)
    out = io.BytesIO()
    writer.write(out)
    found = told(put(tmp_path, out.getvalue()), WRONG_HERE)
    assert any(each.startswith(rule) for each in found), found
