"""A marked-up copy of a description comes back as the right amendment and comments, and nothing is taken silently."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from cli.running import SMALL, data, put, run
from documents.described import SHIPPED, described
from nights import NIGHTLY
from sespms_rules.documents import as_docx, marked_copy, marked_text
from sespms_rules.documents.marked_copies import DERIVED

POLICY = (
    SMALL
    + """
appraisal period
  runs October 1 to September 30
  lasts at least 90 days

rating steps
  initial rating by rating official after period end
  annual rating by appointing authority after initial rating
"""
)


class Copy:
    """A copy of the description of a small policy, to be marked up as Word does."""

    def __init__(self, folder: Path, policy: str = POLICY) -> None:
        self.folder, self.policy = folder, put(folder, "p.sespms", policy)
        done = run("describe", self.policy, "--without-proofs", "--output", folder / "d.docx")
        assert done.exit_code in (0, 1), done.output
        self.read = docx.Document(str(folder / "d.docx"))

    def paragraph(self, words: str) -> WordParagraph:
        return next(each for each in self.read.paragraphs if each.text.startswith(words))

    def cell(self, heading: str, words: str, column: int) -> WordParagraph:
        """A cell of the table whose first heading this is, in the row that begins with these words."""
        table = next(each for each in self.read.tables if each.rows[0].cells[0].text == heading)
        row = next(row for row in table.rows if row.cells[0].text == words)
        found: WordParagraph = row.cells[column].paragraphs[0]
        return found

    def told(self, *more: str) -> tuple[dict[str, Any], int]:
        self.read.save(str(self.folder / "marked.docx"))
        return data("read", self.folder / "marked.docx", "--against", self.policy, *more)

    def amended(self, *more: str) -> str:
        """The lines of the amendment that strike and insert, one after the other."""
        told, _ = self.told(*more)
        lines = (told["amendment"] or "").splitlines()
        return "; ".join(" ".join(each.split()) for each in lines if each.lstrip().startswith(("strike", "insert")))


def run_of(text: str, tag: str = "w:t") -> Any:
    made, inside = OxmlElement("w:r"), OxmlElement(tag)
    inside.text = text
    inside.set(qn("xml:space"), "preserve")
    made.append(inside)
    return made


def change(paragraph: WordParagraph, old: str, new: str, by: str = "A. Reviewer") -> None:
    """Change words of a paragraph while Word keeps track."""
    before, found, after = paragraph.text.partition(old) if old else (paragraph.text, "", "")
    assert found == old
    for each in list(paragraph.runs):
        each._r.getparent().remove(each._r)
    paragraph._p.append(run_of(before))
    for tag, text, inside in (("w:del", old, "w:delText"), ("w:ins", new, "w:t")):
        if text:
            tracked = OxmlElement(tag)
            tracked.set(qn("w:author"), by)
            tracked.append(run_of(text, inside))
            paragraph._p.append(tracked)
    paragraph._p.append(run_of(after))


def added_below(paragraph: WordParagraph, text: str, *, tracked: bool = True) -> None:
    made = WordParagraph(copy.deepcopy(paragraph._p), paragraph._parent)
    paragraph._p.addnext(made._p)
    for each in list(made._p):
        if each.tag != qn("w:pPr"):
            made._p.remove(each)
    if tracked:
        change(made, "", text)
    else:
        made.add_run(text)


@pytest.mark.parametrize("name", SHIPPED if NIGHTLY else SHIPPED[::9])
def test_a_copy_that_nobody_marked_changes_nothing(name: str) -> None:
    for system, document in described(name):
        found = marked_copy(marked_text("d.docx", as_docx(document)), document, system)
        assert (found.changes, found.comments) == ((), ())


def test_a_cut_changed_a_level_renamed_and_a_comment_come_back(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.paragraph("A score of 450"), "450", "460")
    change(marked.cell("Result", "Level 4", 1), "350 to 449", "350 to 459")
    change(marked.paragraph("Level 5 is called"), "Best", "Superb")
    period = marked.paragraph("The appraisal period runs")
    marked.read.add_comment(period.runs, text="Why not the calendar year?", author="B. Counsel", initials="B")
    told, code = marked.told("--output", str(tmp_path / "a.sespms"))
    assert code == 0, told
    assert marked.amended() == (
        'strike level 5 "Best" 5 points equivalent to outstanding; '
        'insert level 5 "Superb" 5 points equivalent to outstanding; '
        "strike score 450 to 500 is level 5; insert score 460 to 500 is level 5; "
        "strike score 350 to 449 is level 4; insert score 350 to 459 is level 4"
    )
    assert (tmp_path / "a.sespms").read_text(encoding="utf-8") == told["amendment"]
    again, _ = data("compare", marked.policy, "--with", tmp_path / "a.sespms")
    assert told["comparison"]["verdict"] == again["verdict"] == "stricter"
    (comment,) = told["comments"]
    assert comment["words"] == "runs October 1 to September 30"
    assert (comment["by"], comment["text"]) == ("B. Counsel", "Why not the calendar year?")
    assert {each["status"] for each in told["changes"]} == {"taken"}
    text = run("read", tmp_path / "marked.docx", "--against", marked.policy).output
    assert "+ amendment.sespms:" in text  # where it stood while it was tried is nobody's business
    assert '"amendment.sespms"' in json.dumps(marked.told()[0]["comparison"])
    assert "the new system is stricter" in text
    assert "words of the policy: runs October 1 to September 30" in text


def test_sentences_are_left_out_and_added_with_and_without_track(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    lasts = marked.paragraph("The appraisal period lasts")
    added_below(lasts, "The appraisal period may be ended early by the rating official on an adequate basis.")
    change(lasts, lasts.text, "")
    whole = marked.paragraph("Weights are whole numbers")
    whole._p.getparent().remove(whole._p)
    added_below(marked.paragraph("Any critical element at level 1"), "No score is rounded.", tracked=False)
    told, code = marked.told()
    by_place = {(each["was"] or "")[:20]: each for each in told["changes"]}
    assert by_place["The appraisal period"]["strikes"] == "lasts at least 90 days"
    assert by_place["Weights are whole nu"]["tracked"] is False
    assert by_place["Weights are whole nu"]["place"] == "left out"
    assert "insert may end early by rating official on an adequate basis" in marked.amended()
    (untold,) = (each for each in told["changes"] if each["status"] == "not taken")
    assert (untold["now"], code) == ("No score is rounded.", 1)
    assert "no sentence of the part `summary rating` says" in untold["why"]


def test_rows_are_added_and_taken_out(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    marked.paragraph("A score of 100")._p.getparent().remove(marked.paragraph("A score of 100")._p)
    of_scores = next(each for each in marked.read.tables if each.rows[0].cells[0].text == "Result")
    row = of_scores.rows[-1]._tr
    mark = OxmlElement("w:del")
    mark.set(qn("w:author"), "A")
    row.get_or_add_trPr().append(mark)
    assert marked.amended() == "strike score 100 to 149 is level 1"
    told, code = marked.told()
    assert code == 0  # nothing is lost: what is said in two places is changed in both
    assert any("taken where the same sentence is changed alike" in (each["why"] or "") for each in told["changes"])


@pytest.mark.parametrize(
    ("words", "old", "new", "why"),
    [
        ("Summary rating", "Summary", "Annual", "it is the heading of the part `summary rating`"),
        ("Critical element", "People", "Others", 'it names the part `critical element "Leading People"`, and other'),
        ("The system", "The", "Our", "it is a heading that every description has"),
        ("Which score gives", "Which", "What", "it is the caption of a table"),
        ("About this part: how", "how", "why", DERIVED),
        ("A score of 450", "450", "not 450", "no sentence of the part"),
        ("The appraisal period lasts", "is", "is", ""),
        ("A score of 450 to 500 is", "A score of", "Any score of", "it says the same"),
    ],
)
def test_what_is_not_taken_is_told_with_its_place(tmp_path: Path, words: str, old: str, new: str, why: str) -> None:
    marked = Copy(tmp_path)
    paragraph = marked.paragraph(words)
    if not why:
        change(paragraph, "at least 90 days", "at least 90 days, except in the first year")
        why = "no sentence of the part"
    else:
        change(paragraph, old, new)
    told, code = marked.told()
    (only,) = told["changes"]
    assert code == 1
    assert only["status"] == "not taken"
    assert why in only["why"]
    assert only["place"].startswith("paragraph ")
    assert told["amendment"] is None


def test_a_copy_that_says_it_otherwise_in_one_place_and_as_it_was_in_another_is_told(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.paragraph("A score of 450"), "450", "460")
    (only,) = marked.told()[0]["changes"]
    (still,) = only["still"]
    assert still.startswith("table ")
    change(marked.cell("Result", "Level 5", 1), "450 to 500", "460 to 500")
    taken, alike = marked.told()[0]["changes"]
    assert (taken["status"], alike["status"], bool(alike["why"])) == ("taken", "taken", True)
    assert taken["still"] == alike["still"] == []


def test_the_headings_of_a_table_are_no_sentences(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.cell("Result", "Result", 1), "Score", "Points")
    told, code = marked.told()
    (only,) = told["changes"]
    assert code == 1
    assert only["why"] == "these are the headings of a table, which every description has; change the rows below them"


CITED = POLICY.replace("at least 90 days", 'at least 90 days under "5 CFR 430.304(b)(4)"').replace(
    "score 350 to 449 is level 4", 'score 350 to 449 is level 4 under "5 CFR 430.305(a)(5)"'
)


@pytest.mark.parametrize(
    ("new", "inserted", "note"),
    [
        (
            " (5 CFR 430.304(a))",
            'lasts at least 90 days under "5 CFR 430.304(a)"',
            "it cites `5 CFR 430.304(a)` instead of `5 CFR 430.304(b)(4)`; no rating changes",
        ),
        ("", "lasts at least 90 days", "it no longer cites `5 CFR 430.304(b)(4)`; no rating changes"),
    ],
)
def test_a_changed_citation_is_told_and_taken(tmp_path: Path, new: str, inserted: str, note: str) -> None:
    marked = Copy(tmp_path, CITED)
    change(marked.paragraph("The appraisal period lasts"), " (5 CFR 430.304(b)(4))", new)
    told, code = marked.told()
    (only,) = told["changes"]
    assert (code, only["status"], only["note"]) == (0, "taken", note)
    assert marked.amended() == f"strike lasts at least 90 days; insert {inserted}"
    assert note in run("read", tmp_path / "marked.docx", "--against", marked.policy).output


def test_a_citation_that_a_row_does_not_show_stays(tmp_path: Path) -> None:
    marked = Copy(tmp_path, CITED)
    change(marked.cell("Result", "Level 4", 1), "350 to 449", "360 to 449")
    assert marked.amended() == (
        'strike score 350 to 449 is level 4; insert score 360 to 449 is level 4 under "5 CFR 430.305(a)(5)"'
    )


def test_an_amendment_of_the_same_name_beside_the_policy_is_not_taken_for_this_one(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.paragraph("A score of 450"), "450", "460")
    change(marked.cell("Result", "Level 4", 1), "350 to 449", "350 to 459")
    alone, _ = marked.told()
    put(tmp_path, "older.sespms", alone["amendment"].replace("460 to 500", "470 to 500").replace("459", "469"))
    beside, _ = marked.told()
    assert alone["comparison"]["verdict"] == beside["comparison"]["verdict"] == "stricter"
    for each in (alone, beside):
        del each["comparison"]["seconds"]
    assert beside["comparison"] == alone["comparison"]
    assert beside["findings"] == alone["findings"]


@pytest.mark.parametrize("mark", ["strike", "double_strike", "hidden"])
def test_words_struck_through_or_hidden_by_hand_are_told_and_not_taken(tmp_path: Path, mark: str) -> None:
    marked = Copy(tmp_path)
    for each in marked.paragraph("A score of 450").runs:
        setattr(each.font, mark, True)
    told, code = marked.told()
    (only,) = told["changes"]
    assert (code, only["status"], told["amendment"]) == (1, "not taken", None)
    assert "struck through or hidden" in only["why"]


def test_two_authors_and_two_wordings_of_one_sentence_are_left_to_people(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    score = marked.paragraph("A score of 450")
    change(score, "450", "460")
    other = OxmlElement("w:ins")
    other.set(qn("w:author"), "C. Deputy")
    other.append(run_of(" and above"))
    score._p.append(other)
    change(marked.paragraph("A score of 350"), "350", "360")
    change(marked.cell("Result", "Level 4", 1), "350", "370")
    told, code = marked.told()
    assert (code, told["amendment"]) == (1, None)
    why = [each["why"] for each in told["changes"]]
    assert "A. Reviewer and C. Deputy changed it both; settle on one wording" in why
    assert why.count("the same sentence is changed otherwise elsewhere in the copy") == 2


def test_a_change_half_accepted_is_taken_as_it_stands_and_told(tmp_path: Path) -> None:
    """The cut was accepted, the level is still tracked: what would be is taken, and what was is that of the policy."""
    marked = Copy(tmp_path)
    score = marked.paragraph("A score of 450")
    score.runs[0].text = "A score of 460 to 500 is level 5."
    change(score, "460", "470")
    told, _ = marked.told()
    (only,) = told["changes"]
    assert (only["was"], only["now"]) == ("A score of 450 to 500 is level 5.", "A score of 470 to 500 is level 5.")
    assert only["inserts"] == ["score 470 to 500 is level 5"]


def test_cells_that_are_worked_out_and_merged_rows_are_told(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.cell("Level", "Level 5", 3), "outstanding", "the best")
    merged = next(each for each in marked.read.tables if each.rows[0].cells[0].text == "Result")
    merged.rows[1].cells[0].merge(merged.rows[1].cells[1])
    told, code = marked.told()
    why = " ".join(each["why"] or "" for each in told["changes"])
    assert code == 1
    assert "the row says no sentence of the language" in why
    assert "it has merged, added or removed cells" in why
    assert told["amendment"] is None


def test_an_amendment_that_cannot_be_run_is_told_with_its_errors(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    change(marked.paragraph("A score of 450"), "450", "440")
    told, code = marked.told()
    assert code == 1
    assert told["findings"]
    assert "insert score 440 to 500 is level 5" in told["amendment"]


def test_a_copy_of_another_text_or_of_no_description_is_refused(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    put(tmp_path, "p.sespms", POLICY.replace("90 days", "91 days"))
    marked.read.save(str(tmp_path / "m.docx"))
    done = run("read", tmp_path / "m.docx", "--against", marked.policy)
    assert (done.exit_code, "was not written from" in done.output) == (2, True)
    other = docx.Document()
    other.add_paragraph("Something else.")
    other.save(str(tmp_path / "o.docx"))
    done = run("read", tmp_path / "o.docx", "--against", marked.policy)
    assert (done.exit_code, "was not written from" in done.output) == (2, True)


def test_what_changes_everything_is_another_text(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    for number in range(600):
        marked.read.add_paragraph(f"{number} lighthouses shine.")
    marked.read.save(str(tmp_path / "m.docx"))
    done = run("read", tmp_path / "m.docx", "--against", marked.policy)
    assert (done.exit_code, "it is another text, which `sespms read` reads" in done.output) == (2, True)


def test_a_comment_on_no_sentence_is_told_as_such(tmp_path: Path) -> None:
    marked = Copy(tmp_path)
    heading = marked.paragraph("Summary rating")
    marked.read.add_comment(heading.runs, text="Shorter?", author="B", initials="B")
    told, code = marked.told()
    (comment,) = told["comments"]
    assert (comment["words"], comment["on"], code) == (None, "Summary rating", 0)
    assert io.BytesIO((tmp_path / "marked.docx").read_bytes()).read(2) == b"PK"


IN_ORDER = POLICY.replace(
    "  score 450 to 500 is level 5\n",
    "  take the first line that fits\n  score 450 to 500 is level 5\n",
)


def test_where_lines_are_read_in_order_none_is_put_above_others_or_moved(tmp_path: Path) -> None:
    """An amendment puts a new line last: the copy and the amendment would say two things."""
    marked = Copy(tmp_path, IN_ORDER)
    added_below(marked.paragraph("A score of 450"), "The result is level 2 when any element is at level 2.")
    told, code = marked.told()
    (only,) = told["changes"]
    assert (code, only["status"], told["amendment"]) == (1, "not taken", None)
    assert "read in order" in only["why"]


def test_half_of_a_move_is_not_taken(tmp_path: Path) -> None:
    for number, (policy, why) in enumerate(((IN_ORDER, "read in order"), (POLICY, "order of sentences says nothing"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        marked = Copy(folder, policy)
        first, moved = marked.paragraph("A score of 450"), marked.paragraph("A score of 350")
        first._p.addprevious(moved._p)
        told, _ = marked.told()
        assert told["amendment"] is None
        assert {each["status"] for each in told["changes"]} == {"not taken"}
        assert all(why in each["why"] for each in told["changes"])
