"""PDF/UA-1 by veraPDF, the checker made for the standard, on every kind of PDF that is written.

Every rule of its profile must pass. What no machine can tell by the standard, such as a table without any heading, it
does not look for; `test_tagged.py` does.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import BooleanObject, NameObject

from documents.described import SHIPPED, described
from documents.every_document import document_kinds
from documents.test_files import HOSTILE, every_kind
from documents.test_tagged import KINDS, converted, elements, faults, needs_writer, written
from documents.verapdf import broken_rules, needs_verapdf, rules
from nights import NIGHTLY
from sespms_rules.documents import Document, as_docx, as_pdf, review_letter
from sespms_rules.documents.model import Figure

pytestmark = needs_verapdf

BY_DAY = ("examples/maritime_commission.sespms",)


def test_the_profile_is_whole() -> None:
    """As many rules as veraPDF's profile of PDF/UA-1 has had since 2020; those that we spoil below are among them."""
    assert len(rules()) == 106


@pytest.mark.parametrize("name", SHIPPED if NIGHTLY else BY_DAY)
def test_the_description_of_a_shipped_system_is_pdf_ua(name: str) -> None:
    for _, document in described(name):
        assert broken_rules(as_pdf(document)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_pdf_is_pdf_ua(tmp_path: Path, kind: str) -> None:
    assert broken_rules(written(tmp_path, kind, "pdf")) == []


@pytest.mark.slow
@pytest.mark.skipif(not NIGHTLY, reason="a night's work")
@pytest.mark.parametrize("name", SHIPPED)
def test_whatever_is_written_of_a_shipped_system_is_pdf_ua(tmp_path: Path, name: str) -> None:
    for made in document_kinds(tmp_path, name):
        assert broken_rules(made.read_bytes()) == [], made.name


LETTER = """The system is returned to its agency.

System: An invented system
By: R-1

Comments:
1. 5 CFR 430.305(a)(5): say how levels 3, 4 and 5 are told apart.
2. On “level 5 means best”: say best at what."""


def test_the_letter_of_a_review_is_pdf_ua() -> None:
    assert broken_rules(as_pdf(review_letter(LETTER, "An invented system", datetime.date(2026, 11, 3)))) == []


def test_whatever_stands_in_a_document_it_is_pdf_ua() -> None:
    assert broken_rules(as_pdf(every_kind(HOSTILE))) == []


@needs_writer
@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, "every part"] if NIGHTLY else ["agreement", "every part"])
def test_word_converts_into_pdf_ua(tmp_path: Path, kind: str) -> None:
    made = as_docx(every_kind(HOSTILE)) if kind == "every part" else written(tmp_path, kind, "docx")
    assert broken_rules(converted(tmp_path, made)) == []


@needs_writer
@pytest.mark.slow
@pytest.mark.skipif(not NIGHTLY, reason="a night's work")
@pytest.mark.parametrize("name", SHIPPED)
def test_the_word_description_of_a_shipped_system_converts_into_pdf_ua(tmp_path: Path, name: str) -> None:
    for _, document in described(name):
        made = converted(tmp_path, as_docx(document))
        assert [*broken_rules(made), *faults(made)] == []


@cache
def _small() -> bytes:
    """A PDF with every kind of element, the picture of a shipped description among them."""
    parts = described("examples/maritime_commission.sespms")[0][1].parts
    every = every_kind("Words")
    return as_pdf(Document(every.title, "", (*every.parts, *(each for each in parts if isinstance(each, Figure)))))


def _no_language(made: pypdf.PdfWriter) -> None:
    del made.root_object["/Lang"]


def _no_title(made: pypdf.PdfWriter) -> None:
    told: Any = made.root_object["/Metadata"].get_object()
    told.set_data(re.sub(rb"(?s)<dc:title>.*</dc:title>", b"", told.get_data()))


def _no_claim(made: pypdf.PdfWriter) -> None:
    told: Any = made.root_object["/Metadata"].get_object()
    told.set_data(told.get_data().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _title_hidden(made: pypdf.PdfWriter) -> None:
    held: Any = made.root_object["/ViewerPreferences"]
    held[NameObject("/DisplayDocTitle")] = BooleanObject(False)


def _no_structure(made: pypdf.PdfWriter) -> None:
    del made.root_object["/StructTreeRoot"]


def _content_unmarked(made: pypdf.PdfWriter) -> None:
    page: Any = made.pages[0]
    content = page.get_contents()
    held = content.operations
    begin = next(place for place, (named, what) in enumerate(held) if what == b"BDC" and named[0] != "/Artifact")
    end = next(place for place in range(begin, len(held)) if held[place][1] == b"EMC")
    content.operations = [each for place, each in enumerate(held) if place not in (begin, end)]
    page[NameObject("/Contents")] = content


def _no_scope(made: pypdf.PdfWriter) -> None:
    for kind in ("/TH", "/TD"):  # what cells say of their headings would do instead
        for each in _of_kind(made, kind):
            each.pop("/A", None)


def _no_words(made: pypdf.PdfWriter) -> None:
    for each in _of_kind(made, "/Figure"):
        del each["/Alt"]


def _renamed(old: str, new: str) -> Callable[[pypdf.PdfWriter], None]:
    def spoil(made: pypdf.PdfWriter) -> None:
        _of_kind(made, old)[-1][NameObject("/S")] = NameObject(new)

    return spoil


def _of_kind(made: pypdf.PdfWriter, kind: str) -> list[Any]:
    tree: Any = made.root_object["/StructTreeRoot"]
    return [each for found, each, _ in elements(tree["/K"], {}) if found == kind]


SPOILT: dict[str, tuple[Callable[[pypdf.PdfWriter], None], set[str]]] = {
    "no language": (_no_language, {"7.2-2", "7.2-34"}),
    "no title": (_no_title, {"7.1-9"}),
    "title not shown": (_title_hidden, {"7.1-10"}),
    "no claim": (_no_claim, {"5-1"}),
    "no structure": (_no_structure, {"7.1-3", "7.1-11"}),
    "content unmarked": (_content_unmarked, {"7.1-3"}),
    "headings of columns say not of what": (_no_scope, {"7.5-1"}),
    "a picture without words": (_no_words, {"7.3-1"}),
    "an item outside a list": (_renamed("/L", "/Sect"), {"7.2-17"}),
    "a row outside a table": (_renamed("/Table", "/Sect"), {"7.2-5", "7.2-6"}),
    "headings jump": (_renamed("/H2", "/H3"), {"7.4.2-1"}),
    "an unknown tag": (_renamed("/P", "/Words"), {"7.1-5"}),
}


_TOGETHER = [what for what in SPOILT if what != "no structure"]


@pytest.mark.parametrize(
    "taken", [[], _TOGETHER, ["no structure"], *([each] for each in _TOGETHER if NIGHTLY)], ids=len
)
def test_the_checker_sees_what_is_taken_out(taken: list[str]) -> None:
    """A checker that passes everything would pass ours too; one that passes nothing passes not even a mere copy."""
    made = pypdf.PdfWriter(clone_from=io.BytesIO(_small()))
    for each in taken:
        SPOILT[each][0](made)
    out = io.BytesIO()
    made.write(out)
    found = {each.partition(":")[0] for each in broken_rules(out.getvalue())}
    for each in taken:
        assert SPOILT[each][1] <= found, (each, found)
    assert taken or not found, found
