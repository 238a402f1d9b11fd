"""No heading stands without a text below it, and the agreement says what the policy requires of an element."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest

from cli.running import HEADINGS, SMALL, put, run
from documents.described import SHIPPED, described
from documents.test_files import in_word
from sespms_rules.documents import as_docx
from sespms_rules.documents.model import Heading, Table

REQUIRES = """critical element "Leading People"
  requires "Keeps an invented team together." measured by quality toward "An invented goal"
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_no_heading_of_a_description_stands_without_a_text(name: str) -> None:
    for _, document in described(name):
        for one, other in pairwise((*document.parts, None)):
            if isinstance(one, Heading):
                assert other is not None
                assert not isinstance(other, Heading) or other.level > one.level, one


def test_an_element_of_which_the_policy_says_nothing_more_has_that_said(tmp_path: Path) -> None:
    assert run("describe", put(tmp_path, "p.sespms", SMALL), "--output", tmp_path / "d.docx").exit_code in (0, 1)
    found = in_word((tmp_path / "d.docx").read_bytes())
    assert found.count("Nothing more is stated of this element here.") == 2
    # Read back it is known for the program's own, and nothing is guessed from it.
    told = run("read", tmp_path / "d.docx")
    assert "Nothing more is stated" not in told.output


def test_the_agreement_says_what_the_policy_requires_of_an_element(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace('critical element "Leading People"\n', REQUIRES))
    assert run("form", policy, "--output", tmp_path / "f.docx").exit_code == 0
    found = in_word((tmp_path / "f.docx").read_bytes())
    heading = found.index("Critical element “Leading People”")
    said = "The element requires “Keeps an invented team together.” measured by quality toward “An invented goal”."
    assert found[heading + 1] == said
    assert found[found.index("Critical element “Results Driven”") + 1] == "Performance requirements of this executive"


OWN = SMALL.replace("has exactly 2 critical elements", "has 2 to 4 critical elements")
OWN = OWN[: OWN.index('critical element "Leading People"')] + OWN[OWN.index("levels\n") :]
OWN = OWN[: OWN.index("scenario ")]


def test_the_agreement_has_room_for_the_elements_of_a_plan(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", OWN)
    assert run("form", policy, "--output", tmp_path / "f.docx").exit_code == 0
    found = in_word((tmp_path / "f.docx").read_bytes())
    at = found.index("Part 5. Standards and requirements")
    assert found[at + 1] == "Performance requirements of this executive"
    assert "Elements, each with requirements, measures, goals" in found
    roster = put(tmp_path, "r.csv", HEADINGS + "e1,50,3,50,4\n")
    assert run("form", policy, roster, "--id", "e1", "--output", tmp_path / "g.docx").exit_code == 0
    found = in_word((tmp_path / "g.docx").read_bytes())
    assert found.index("Critical element “Leading People”") < found.index("Critical element “Results Driven”")
    assert "Elements, each with requirements, measures, goals" not in found


def test_a_document_that_ends_with_a_table_has_no_page_for_the_paragraph_below_it() -> None:
    ((_, document), *_) = described("shapes/shape_04_plain_average.sespms")
    assert isinstance(document.parts[-1], Table)
    last = docx.Document(io.BytesIO(as_docx(document))).paragraphs[-1]
    assert not last.text
    assert last.paragraph_format.line_spacing is not None
    assert int(last.paragraph_format.line_spacing) <= 12700  # a point, in the units of the library


def test_what_is_required_is_not_parted_from_the_room_below_it(tmp_path: Path) -> None:
    """The text, and the heading above it, move to the next page with the room, in Word and in a PDF."""
    required = "Keeps an invented team together, in harbors that fog and ice close for weeks. " * 3
    filled = REQUIRES.replace("Keeps an invented team together.", required.strip())
    policy = put(tmp_path, "p.sespms", SMALL.replace('critical element "Leading People"\n', filled))
    for form in ("docx", "pdf"):
        assert run("form", policy, "--output", tmp_path / f"f.{form}").exit_code == 0
    held = [each for each in docx.Document(str(tmp_path / "f.docx")).paragraphs if each.paragraph_format.keep_with_next]
    assert [each.text[:28] for each in held] == ["The element requires “Keeps "]
    pages = [each.extract_text() for each in pypdf.PdfReader(tmp_path / "f.pdf").pages]
    (page,) = [each for each in pages if "The element requires" in each]
    assert "Critical element “Leading People”" in page
    assert "Requirements, measures, goals" in page.split("The element requires")[1]
