"""The description of a system says all that its policy says, and nothing that depends on when it was written."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cli.running import FAILING, OPM, SMALL, data, process, put, run
from documents.described import SHIPPED, described
from documents.test_files import in_pdf, in_word
from sespms_rules.checks.analysis import stated_distances
from sespms_rules.documents import as_html, texts
from sespms_rules.documents.model import Table
from sespms_rules.documents.spoken import spoken
from sespms_rules.documents.timeline import in_order
from sespms_rules.documents.typesetting import shares
from sespms_rules.language.syntax.elements import Standard
from sespms_rules.language.syntax.nodes import Prose, Quoted
from systems import system_of

AGENCY = "agencies/opm_basic.sespms"


class Reader(HTMLParser):
    """The texts of the blocks of a page, in order, as a reader has them."""

    BLOCKS = frozenset({"h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td", "figcaption", "dt"})
    OUTSIDE = frozenset({"nav", "svg", "style", "title"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        if tag in self.BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.BLOCKS & set(self.open) and not self.OUTSIDE & set(self.open):
            self.found[-1] += data


def words_of(found: list[str]) -> Counter[str]:
    return Counter(" ".join(each.split()) for each in found if each.strip())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sentence_of_a_system_is_in_its_description(name: str) -> None:
    for system, document in described(name):
        there = set(texts(document))
        for part in (system.head, *system.parts):
            for stated in part.sentences:
                if isinstance(stated.sentence, Standard):
                    assert isinstance(stated.sentence.text, Quoted | Prose)
                    assert " ".join(stated.sentence.text.text.split()) in there
                else:
                    assert spoken(part, stated) in there
        for level in system.levels:
            assert {level.term, f"Level {level.number}"} <= there
        for scenario in system.scenarios:
            assert scenario.name in there


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_says_what_the_document_says(name: str) -> None:
    for _, document in described(name):
        assert words_of(Reader(as_html(document)).found) == words_of([*texts(document)])


def test_the_order_of_steps_keeps_every_time_that_is_stated() -> None:
    for name in SHIPPED:
        for system, _ in described(name):
            place = {step.act: number for number, step in enumerate(in_order(system))}
            for each in stated_distances(system):
                if each.earlier in place and each.later in place and each.strictly and each.days >= 0:
                    assert place[each.earlier] < place[each.later], (name, each)  # type: ignore[index]


def test_steps_that_the_text_tells_backward_are_put_in_order(tmp_path: Path) -> None:
    steps = """
rating steps
  annual rating by appointing authority after board recommendation
  board recommendation by board after initial rating
  initial rating by rating official after period end
"""
    page = tmp_path / "d.html"
    assert run("describe", put(tmp_path, "p.sespms", SMALL + steps), "--output", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    places = [text.index(f"{number}. {act}") for number, act in enumerate(("initial", "board", "annual"), 1)]
    assert places == sorted(places)


def test_the_same_policy_gives_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    elsewhere = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    assert process("describe", OPM, "--output", first, environment={"TZ": "UTC"}).returncode == 0
    assert process("describe", OPM, "--output", second, environment=elsewhere).returncode == 0
    assert first.read_bytes() == second.read_bytes()


def test_proofs_are_told_with_what_they_cover(tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    assert run("describe", OPM, "--output", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "What was proved" in text
    assert text.count(">proved<") >= 5
    assert "963,618,750" in text
    assert run("describe", OPM, "--without-proofs", "--output", page).exit_code == 0
    assert "What was proved" not in page.read_text(encoding="utf-8")


def test_a_policy_with_errors_is_not_described(tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    done = run("describe", put(tmp_path, "p.sespms", FAILING), "--output", page)
    assert done.exit_code == 1
    assert "SES501" in done.output
    assert not page.exists()


LAWLESS = SMALL.replace("has exactly", "effective 2025-10-01\n  covers career executives\n  has exactly")


BANDS = SMALL[SMALL.index("  score 450") : SMALL.index("  any critical element")]
ORDERED = """  take the first line that fits
  level 1 when any critical element is at level 1
  level 5 when score is more than 450
  score 350 to 449 with no element below level 3 is level 4
  score at least 250 and below 350 is level 3
  level 2 otherwise
"""
COUNTED = """  take the first line that fits
  level 5 when all elements are at level 5
  level 3 when at least half of the elements are at level 3 or better
  level 2 otherwise
"""
IN_TABLE = [
    ("Level 1", "as the condition says", "when any critical element is at level 1"),
    ("Level 5", "as the condition says", "when score is more than 450"),
    ("Level 4", "350 to 449", "with no element below level 3"),
    ("Level 3", "at least 250 and below 350", "none"),
    ("Level 2", "as the condition says", "otherwise"),
]


def _described(folder: Path, text: str, command: str = "describe") -> list[str]:
    policy = put(folder, "p.sespms", text)
    more = ("--without-proofs",) if command == "describe" else ()
    done = run(command, policy, *more, "--output", folder / "d.docx")
    assert done.exit_code == 0, done.output
    return in_word((folder / "d.docx").read_bytes())


@pytest.mark.parametrize("command", ["describe", "form"])
def test_every_line_that_gives_a_level_is_in_the_table_and_what_else_decides_below(
    tmp_path: Path, command: str
) -> None:
    found = _described(tmp_path, SMALL.replace(BANDS, ORDERED), command)
    start = found.index("Which score gives which level") + 1
    cells = [*("Result", "Score", "Further condition"), *(cell for row in IN_TABLE for cell in row)]
    assert found[start : start + len(cells)] == cells
    below = found[start + len(cells) :][:3]
    assert below[0] == "Beside these lines it holds:"
    assert below[1].endswith("the first line that fits.")
    assert below[2] == "Any critical element at level 1 makes the rating level 1."


def test_lines_without_any_range_of_scores_are_in_a_table_too(tmp_path: Path) -> None:
    text = SMALL.replace(BANDS, COUNTED).replace("  score is the sum of points times weight\n", "")
    found = _described(tmp_path, text.replace("  expect score 300\n", ""))
    start = found.index("Which condition gives which level")
    assert "when all elements are at level 5" in found[start : start + 15]
    assert "otherwise" in found[start : start + 15]


def test_ranges_alone_have_no_column_of_conditions(tmp_path: Path) -> None:
    found = _described(tmp_path, SMALL)
    start = found.index("Which score gives which level") + 1
    assert found[start : start + 4] == ["Result", "Score", "Level 5", "450 to 500"]
    assert any(each.startswith("Level 1 is called “Poor”, is worth 1 point, and is") for each in found)


def test_a_condition_of_the_table_is_read_back_and_never_left_out(tmp_path: Path) -> None:
    _described(tmp_path, SMALL.replace(BANDS, ORDERED))
    told, _ = data("read", tmp_path / "d.docx")
    rows = {each["text"]: each["says"] for each in told["sentences"] if each["place"].startswith("table")}
    assert rows["Level 4 | 350 to 449 | with no element below level 3"] == (
        "score 350 to 449 with no element below level 3 is level 4"
    )
    assert rows["Level 5 | as the condition says | when score is more than 450"] == (
        "level 5 when score is more than 450"
    )
    assert rows["Level 2 | as the condition says | otherwise"] == "level 2 otherwise"


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_a_table_is_wider_than_its_column(name: str) -> None:
    for _, document in described(name):
        for part in document.parts:
            if isinstance(part, Table):
                widths = shares(part)
                if sum(widths) > 90:
                    continue  # its longest words alone fill more than a line
                for column, width in zip(zip(part.headings, *part.rows, strict=True), widths, strict=True):
                    longest = max((len(each) for cell in column for each in cell.split() if len(each) < 40), default=0)
                    assert width >= longest + 2


@pytest.mark.parametrize("name", ["d.html", "d.docx", "d.pdf"])
def test_that_a_policy_fails_its_check_stands_at_the_top_of_its_description(tmp_path: Path, name: str) -> None:
    policy = put(tmp_path, "p.sespms", LAWLESS)
    told, code = data("check", policy)
    errors = [each for each in told["findings"] if each["severity"] == "error"]
    assert (code, [each["code"] for each in errors]) == (1, ["SES304"])
    done = run("describe", policy, "--without-proofs", "--output", tmp_path / name)
    assert done.exit_code == 1, done.output
    assert "finds 1 error in the policy, and the description says so" in done.stderr
    made = (tmp_path / name).read_bytes()
    if name == "d.html":
        words = [*Reader(made.decode()).found]
    else:
        words = in_word(made) if name == "d.docx" else [in_pdf(made)]
    text = " ".join(" ".join(words).split())
    assert "The check of this policy finds 1 error, so the policy does not pass." in text
    assert text.index("(SES304)") < text.index("This is a draft")


def test_each_error_of_the_law_is_told_under_an_amendment_and_on_a_day_too(tmp_path: Path) -> None:
    amendment = put(
        tmp_path, "a.sespms", 'amendment "Fewer"\n  amends "Invented agency"\n\nweights\n  insert all at least 5\n'
    )
    page = tmp_path / "d.html"
    for more in (("--with", amendment), ("--as-of", "2026-01-01")):
        policy = put(tmp_path, "p.sespms", LAWLESS)
        told, _ = data("check", policy, *more)
        errors = [each for each in told["findings"] if each["severity"] == "error"]
        assert errors
        assert run("describe", policy, "--without-proofs", *more, "--output", page).exit_code == 1
        text = page.read_text(encoding="utf-8")
        assert f"finds {len(errors)} error" in text
        for each in errors:
            assert f"({each['code']})" in text


def test_a_policy_that_passes_is_described_without_a_word_of_errors(tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    done = run("describe", OPM, "--without-proofs", "--output", page)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "does not pass" not in page.read_text(encoding="utf-8")


def test_a_text_under_an_amendment_says_so(tmp_path: Path) -> None:
    amendment = 'amendment "Higher bar"\n  amends "Invented agency"\n\nsummary rating\n'
    edits = "  strike score 450 to 500 is level 5\n  strike score 350 to 449 is level 4\n"
    inserts = "  insert score 460 to 500 is level 5\n  insert score 350 to 459 is level 4\n"
    changed = put(tmp_path, "higher.sespms", amendment + edits + inserts)
    page = tmp_path / "d.html"
    done = run("describe", put(tmp_path, "p.sespms", SMALL), "--with", changed, "--output", page)
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    assert "It is described as amended by “Higher bar”." in text
    assert "A score of 460 to 500 is level 5." in text
    assert "450 to 500" not in text


def test_words_of_a_policy_do_not_become_markup(tmp_path: Path) -> None:
    hostile = SMALL.replace('"Best"', '"<script>alert(1)</script>"')
    page = tmp_path / "d.html"
    assert run("describe", put(tmp_path, "p.sespms", hostile), "--output", page).exit_code == 0
    assert "<script" not in page.read_text(encoding="utf-8")


def test_where_a_file_lies_is_not_told(tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    assert run("describe", put(tmp_path, "p.sespms", SMALL), "--output", page).exit_code == 0
    assert str(tmp_path) not in page.read_text(encoding="utf-8")


def test_a_system_of_which_nothing_is_known_of_a_day_is_a_draft() -> None:
    ((_, document),) = described(AGENCY)
    assert "as of 2025-10-01" in document.subtitle
    assert document.day is not None
    assert any(each.startswith("This is a draft") for each in texts(document))
    assert system_of(AGENCY).name == document.title
