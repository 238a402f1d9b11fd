"""A description in Word becomes a first policy: what is understood is right, and nothing else is taken over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cli.running import data, put, run
from documents.described import SHIPPED, described
from nights import NIGHTLY
from sespms_rules.documents import as_docx, first_policy, pieces_of
from sespms_rules.documents.spoken import spoken
from sespms_rules.documents.understanding import understood
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.phrasebook import part_of_file
from sespms_rules.language.syntax.nodes import Block, Prose, Quoted
from sespms_rules.language.syntax.words import PartKind

# An invented agency's description as agencies write theirs: what is said, and the sentence that says it; None where the
# language has no such sentence, so that it must not be understood.
LIGHTHOUSES: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...] = (
    ("1. Appraisal Period", (
        ("The appraisal period begins on October 1 and ends on September 30.", "runs October 1 to September 30"),
        ("The minimum appraisal period is 90 days.", "lasts at least 90 days"),
    )),
    ("2. Performance Planning", (
        ("Performance plans are in writing.", "is in writing"),
        ("The performance plan is developed by the rating official in consultation with the executive.",
         "is developed by rating official in consultation with executive"),
        ("Every lighthouse shines at night and is proud of it.", None),
    )),
    ("3. Progress Reviews", (
        ("At least one progress review is held each year.", "happens at least 1 time each year"),
        ("The progress review covers every critical element.", "covers every critical element"),
    )),
    ("4. Critical Element: Leading People", (
        ("The element evaluates leadership.", "evaluates leadership"),
    )),
    ("5. Critical Element: Keeping the Light", (
        ("The element evaluates results and quality.", "evaluates results and quality"),
    )),
    ("6. Weights", (
        ("Weights must total 100.", "total 100"),
        ("Weights are whole numbers.", "are whole numbers"),
        ("The weight of “Keeping the Light” is at least 40.", '"Keeping the Light" at least 40'),
    )),
    ("7. Summary Rating", (
        ("The score is the sum of points times weight.", "score is the sum of points times weight"),
        ("Level 1 on any critical element results in a Level 1 rating.",
         "any critical element at level 1 makes the rating level 1"),
    )),
    ("8. Rating Process", (
        ("The rating official prepares the initial rating within 30 days after the end of the period.",
         "initial rating by rating official within 30 days after period end"),
    )),
    ("9. Performance Review Board", (
        ("The board has at least three members.", "has at least 3 members"),
        ("The performance review board recommends in writing.", "recommends in writing"),
    )),
    ("10. Records", (
        ("Records are kept at least 5 years from the annual rating.", "are kept at least 5 years from annual rating"),
    )),
)  # fmt: skip
LEVELS = (
    ("Level", "Term", "Points", "Equivalent federal level"),
    ("5", "Brilliant", "5", "Outstanding"),
    ("4", "Bright", "4", "Exceeds Fully Successful"),
    ("3", "Steady", "3", "Fully Successful"),
    ("2", "Dim", "2", "Minimally Satisfactory"),
    ("1", "Dark", "0", "Unsatisfactory"),
)
RANGES = (
    ("Score range", "Summary level"),
    ("475–500", "Level 5"),
    ("400 to 474", "Level 4"),
    ("300-399", "Steady"),
    ("200-299", "Dim"),
)


def lighthouses() -> Any:
    """The Word document of the invented agency."""
    made = docx.Document()
    made.add_heading("Lighthouse Office System", 0)
    for heading, sentences in LIGHTHOUSES:
        made.add_heading(heading, 1)
        for said, _ in sentences:
            made.add_paragraph(said)
    made.add_heading("11. Levels of Performance", 1)
    table(made, LEVELS)
    table(made, RANGES)
    return made


def table(made: Any, rows: tuple[tuple[str, ...], ...]) -> Any:
    grid = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    return grid


def saved(folder: Path, made: Any, name: str = "d.docx") -> Path:
    made.save(str(folder / name))
    return folder / name


def test_an_invented_agency_is_read_and_nothing_of_it_wrongly(tmp_path: Path) -> None:
    told, code = data("read", saved(tmp_path, lighthouses()))
    by_text = {each["text"]: each for each in told["sentences"]}
    expected = {said: sentence for _, sentences in LIGHTHOUSES for said, sentence in sentences}
    for said, sentence in expected.items():
        assert by_text[said]["says"] == sentence, said
    understood_ones = [each for each in told["sentences"] if each["status"] == "understood"]
    assert len(understood_ones) >= 0.8 * len(told["sentences"])
    assert code == 1
    (rest,) = [each for each in told["sentences"] if each["status"] == "not understood"]
    assert rest["text"].startswith("Every lighthouse")
    assert f"# Not understood, {rest['place']}: Every lighthouse" in told["policy"]
    for line in ('level 5 "Brilliant"', "score 475 to 500 is level 5", "score 300 to 399 is level 3", "is level 2"):
        assert line in told["policy"]


def test_the_first_policy_is_one_that_can_be_checked_and_rated_by(tmp_path: Path) -> None:
    policy = tmp_path / "lighthouse.sespms"
    assert run("read", saved(tmp_path, lighthouses()), "--output", policy).exit_code == 1
    assert run("format", "--check", policy).exit_code == 0
    weights = "Leading People weight,Leading People level,Keeping the Light weight,Keeping the Light level"
    roster = put(tmp_path, "r.csv", f"id,{weights}\nE-1,40,4,60,5\n")
    told, code = data("rate", policy, roster)
    assert code == 0, told["findings"]
    assert (told["ratings"][0]["score"], told["ratings"][0]["level"]) == ("460", 4)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_description_says_is_read_back_as_what_was_said(name: str) -> None:
    for system, _ in described(name):
        for part in (system.head, *system.parts):
            for stated in part.sentences:
                found = understood(part.kind, spoken(part, stated))
                assert found is not None, spoken(part, stated)
                document, findings = parse(Source("line", f"{part_of_file(part.kind).heading}\n  {found.sentence}\n"))
                assert not findings
                (block,) = document.blocks
                assert isinstance(block, Block)
                assert _flat(block.lines[0].sentence) == _flat(stated.sentence)
                authority = block.lines[0].authority
                assert (authority.text if authority else None) == stated.origin.authority


def _flat(sentence: Any) -> Any:
    """A sentence, its wordings on one line: a description has no line ends within them."""
    fields = {name: getattr(sentence, name) for name in sentence._fields if name != "span"}
    flat = {
        name: " ".join(value.text.split()) if isinstance(value, Quoted | Prose) else value
        for name, value in fields.items()
    }
    return type(sentence), flat


READ_BACK = (
    SHIPPED
    if NIGHTLY
    else ("agencies/opm_basic.sespms", "shapes/shape_19_tables.sespms", "shapes/shape_27_facts.sespms")
)


@pytest.mark.parametrize("name", READ_BACK)
def test_a_description_of_ours_is_read_back_as_the_same_rules(name: str) -> None:
    """Nothing is guessed from what the program writes by itself, and nothing of it is called not understood."""
    for system, document in described(name):
        read = first_policy(pieces_of("d.docx", as_docx(document)), "d")
        assert not [*read.guessed, *read.unknown]
        again, findings = parse(Source("again", read.text))
        assert not [each for each in findings if each.code != "SES024"]
        said = {_key(line.sentence) for block in again.blocks if isinstance(block, Block) for line in block.lines}
        assert said == {_key(each.sentence) for part in (system.head, *system.parts) for each in part.sentences}
        named = [block.heading.name for block in again.blocks if isinstance(block, Block)]
        assert named[0] is not None
        assert named[0].text == system.name


def test_what_a_person_wrote_beside_our_own_words_is_told() -> None:
    """A changed caption, a row that says another weight, a rule below a report: none of them is taken for ours."""
    (_, document), *_ = described("agencies/opm_2025.sespms")
    made = docx.Document(io.BytesIO(as_docx(document)))
    for each in made.paragraphs:
        if each.text == "Which score gives which level":
            each.runs[0].text = "Which score gives which pay"
        if each.text.startswith("About this part: which weights"):
            each.runs[0].text = "About this part: weights total 90."
    (weights,) = [each for each in made.tables if each.cell(0, 1).text == "Lowest weight"]
    (row,) = [each for each in weights.rows if each.cells[0].text == "Government Efficiency"]
    row.cells[1].text = "20"
    made.add_paragraph("The appraisal period begins on October 1 and ends on September 30.")
    written = io.BytesIO()
    made.save(written)
    read = first_policy(pieces_of("d.docx", written.getvalue()), "d")
    told = [each.text for each in (*read.guessed, *read.unknown)]
    assert [each for each in told if "October" in each or "total 90" in each] == told
    assert len(told) == 2
    assert '"Government Efficiency" at least 20' in read.text
    assert '"Government Efficiency" at least 15' not in read.text


def _key(sentence: Any) -> str:
    return repr(_flat(sentence))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PartKind.PERIOD, "The appraisal period does not last at least 90 days."),
        (PartKind.PERIOD, "The minimum appraisal period is 90 days, except in the first year."),
        (PartKind.PERIOD, "The minimum appraisal period is 90 days unless the agency head decides otherwise."),
        (PartKind.BOARD, "The board has at least three members and 2 alternates."),
        (PartKind.RECORDS, "Records are never given to the executive after the initial rating."),
        (PartKind.WEIGHTS, "total 100 # or so"),
        (PartKind.WEIGHTS, "total 100\n  are whole numbers"),
        (PartKind.SYSTEM, 'agency "A" purpose "B"'),
    ],
)
def test_a_denial_a_condition_or_a_second_thing_is_not_lost(kind: PartKind, text: str) -> None:
    found = understood(kind, text)
    assert found is None or found.sentence == "total 100 are whole numbers", found


def test_words_that_leave_a_choice_are_marked_as_guessed() -> None:
    found = understood(PartKind.PERIOD, "The minimum appraisal period should be 90 days.")
    assert found is None or found.guessed


# ---- hostile and unusual files -----------------------------------------------------------------------


def refused(folder: Path, content: bytes, name: str = "d.docx") -> str:
    (folder / name).write_bytes(content)
    done = run("read", folder / name, "--output", folder / "p.sespms")
    assert done.exit_code == 2, done.output
    assert not (folder / "p.sespms").exists()
    assert "Traceback" not in done.output
    return " ".join(done.output.split())


def package(**more: bytes) -> bytes:
    made, base = io.BytesIO(), io.BytesIO()
    lighthouses().save(base)
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, more.pop(name.replace("/", "__").replace(".", "_"), source.read(name)))
        for name, content in more.items():
            target.writestr(name.replace("__", "/").replace("_", ".", 1), content)
    return made.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB = b"<w:t>" + b" " * 30_000_000


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: OLD + b"\0" * 600, "Word's old format (.doc)"),
        (lambda: OLD + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "protected by a password"),
        (lambda: b"", "is empty; name a Word document"),
        (lambda: b"%PDF-1.7", "is a PDF, whatever its name says"),
        (lambda: package()[:2_000], "damaged or no Word document"),
        (lambda: package(word__vbaProject_bin=b"x"), "macros"),
        (lambda: package(xl__workbook_xml=b"<x/>"), "an Excel workbook"),
        (lambda: package(word__document_xml=b"<w:p>"), "is damaged"),
        (lambda: package(word__document_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "declares entities"),
        (lambda: package(a_xml=BOMB, b_xml=BOMB, c_xml=BOMB, d_xml=BOMB), "unpacks to more than 100,000,000 bytes"),
        (lambda: package(word__footnotes_xml=b"<w:p/>" * 3_000_001), "more than 3,000,000 tags"),
        (lambda: b"PK" + b"\0" * 20_000_001, "more than 20 megabytes"),
    ],
    ids=["doc", "encrypted", "empty", "pdf", "cut", "macro", "workbook", "broken", "entities", "bomb", "tags", "large"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, content: Any, says: str) -> None:
    assert says in refused(tmp_path, content())


def test_a_document_of_pictures_alone_is_refused(tmp_path: Path) -> None:
    (_, document), *_ = described("agencies/opm_basic.sespms")
    with zipfile.ZipFile(io.BytesIO(as_docx(document))) as source:
        picture = next(source.read(each) for each in source.namelist() if each.endswith(".png"))
    made = docx.Document()
    made.add_picture(io.BytesIO(picture))
    assert "a scanned page cannot be read" in refused(tmp_path, saved(tmp_path, made, "p.docx").read_bytes())


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    assert "holds no text" in refused(tmp_path, saved(tmp_path, docx.Document(), "e.docx").read_bytes())


@pytest.mark.parametrize("mark", ["strike", "double_strike", "hidden"])
def test_a_paragraph_with_words_struck_through_or_hidden_is_listed_and_not_read(tmp_path: Path, mark: str) -> None:
    made = lighthouses()
    paragraph = next(each for each in made.paragraphs if each.text.startswith("The minimum"))
    setattr(paragraph.runs[0].font, mark, True)
    told, _ = data("read", saved(tmp_path, made))
    (each,) = [one for one in told["sentences"] if one["text"].startswith("The minimum")]
    assert (each["status"], "struck through or hidden" in each["why"]) == ("not understood", True)
    assert "lasts at least" not in told["policy"].replace("# Not", "")


@pytest.mark.parametrize("mark", ["w:ins", "w:del"])
def test_a_paragraph_with_tracked_changes_is_listed_and_not_read(tmp_path: Path, mark: str) -> None:
    made = lighthouses()
    paragraph = next(each for each in made.paragraphs if each.text.startswith("The minimum"))
    change = OxmlElement(mark)
    run_made = OxmlElement("w:r")
    text = OxmlElement("w:t" if mark == "w:ins" else "w:delText")
    text.text = " or 120 days"
    run_made.append(text)
    change.append(run_made)
    paragraph._p.append(change)
    told, _ = data("read", saved(tmp_path, made))
    (each,) = [one for one in told["sentences"] if one["text"].startswith("The minimum")]
    assert each["status"] == "not understood"
    assert "tracked changes" in each["why"]
    assert "lasts at least" not in told["policy"].replace("# Not", "")


def test_a_table_with_merged_cells_is_listed_row_by_row(tmp_path: Path) -> None:
    made = lighthouses()
    ranges = made.tables[1]
    ranges.cell(1, 1).merge(ranges.cell(2, 1))
    assert ranges._tbl.findall(f".//{qn('w:vMerge')}")
    told, _ = data("read", saved(tmp_path, made))
    rows = [each for each in told["sentences"] if each["place"].startswith("table 2")]
    assert len(rows) == len(RANGES) - 1
    assert all("merged cells" in each["why"] for each in rows)
    assert "475" not in "".join(line for line in told["policy"].splitlines() if not line.startswith("#"))


def test_a_row_that_is_not_whole_is_not_taken(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Invented", 0)
    table(made, (*LEVELS[:2], ("4", "Bright", "about 4", "Exceeds Fully Successful"), ("3", "Steady", "3", "good")))
    told, _ = data("read", saved(tmp_path, made))
    assert [each["status"] for each in told["sentences"]] == ["understood", "not understood", "not understood"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", "mine\n")
    done = run("read", saved(tmp_path, lighthouses()), "--output", policy)
    assert done.exit_code == 2
    assert policy.read_text(encoding="utf-8") == "mine\n"
    assert run("read", saved(tmp_path, lighthouses()), "--output", tmp_path / "p.txt").exit_code == 2


@pytest.mark.parametrize(
    ("cell", "based_on"),
    [
        ("Creativity and Innovation; Vision", 'based on "Creativity and Innovation" and "Vision"'),
        ("Vision, Partnering", 'based on "Vision" and "Partnering"'),
        ("Vision", 'based on "Vision"'),
        ("Creativity and Innovation", None),
        ("Vision, Partnering and Influencing", None),
    ],
)
def test_where_one_competency_ends_is_not_guessed(tmp_path: Path, cell: str, based_on: str | None) -> None:
    made = docx.Document()
    made.add_heading("Invented", 0)
    table(made, (("Element", "Rests on"), ("Leading People", cell)))
    told, _ = data("read", saved(tmp_path, made))
    assert [each["says"] for each in told["sentences"]] == ["", based_on]
    assert 'critical element "Leading People"' in told["policy"]
