"""A second invented agency's description, in another style than the first: lettered sections, percents in prose, a
table with a heading over it, ranges of points with two decimals, terms instead of levels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from cli.running import data, put, run
from documents.test_reading import saved, table
from sespms_rules.documents import first_policy
from sespms_rules.documents.word_text import Piece

_PLANS = (
    "(1) Performance plans are in writing and are developed by the rating official in consultation with the executive."
)

# What is said, and the sentences that say it; `guess:` before one that a person must decide, none where the language
# has no such sentence.
TIDAL: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("A. Purpose and Coverage", (
        ("Issued by the Office of Executive Resources.", ()),
        ("The purpose of the system is to hold executives accountable for individual and organizational performance.",
         ('purpose "to hold executives accountable for individual and organizational performance"',)),
        ("The system covers career, noncareer, limited term and limited emergency executives.",
         ("covers career, noncareer, limited term and limited emergency executives",)),
    )),
    ("B. Appraisal Period", (
        ("(1) The appraisal period runs from October 1 through September 30.", ("runs October 1 to September 30",)),
        ("(2) The minimum appraisal period is 90 days.", ("lasts at least 90 days",)),
        ("(3) If the minimum period is not met, the appraisal period is extended.",
         ("guess: is extended until the minimum is met",)),
    )),
    ("C. Performance Plans", (
        (_PLANS,
         ("is in writing", "is developed by rating official in consultation with executive")),
        ("(2) The plan must be communicated to the executive at the beginning of the period.",
         ("guess: is communicated by period start",)),
        ("(3) Each critical element has at least one performance requirement.",
         ("each critical element has at least 1 requirement",)),
    )),
    ("D. Progress Reviews", (
        ("(1) There must be at least two progress reviews during the appraisal period.",
         ("happens at least 2 times each period",)),
        ("(2) The review is in writing.", ("is in writing",)),
        ("(3) The rating official provides advice and assistance.", ("gives advice and help",)),
    )),
    ("E. Critical Element: Leading the Survey", (
        ("This element evaluates leadership.", ("evaluates leadership",)),
        ("It is based on “Strategic Thinking” and “Team Building”.",
         ('based on "Strategic Thinking" and "Team Building"',)),
    )),
    ("F. Critical Element: Charting Results", (
        ("This element evaluates results and quality.", ("evaluates results and quality",)),
    )),
    ("G. Weights of the Elements", (
        ("Charting Results counts for 60 percent of the rating, and Leading the Survey for 40 percent.",
         ('"Charting Results" exactly 60', '"Leading the Survey" exactly 40')),
        ("The weights must add up to 100 percent.", ("total 100",)),
    )),
    ("H. Performance Levels", ()),
    ("I. Deriving the Summary Rating", (
        ("(1) The score is the sum of points times weight divided by 100.",
         ("score is the sum of points times weight / 100",)),
        ("(2) An executive rated Unacceptable on any critical element receives a summary rating of Unacceptable.",
         ("any critical element at level 1 makes the rating level 1",)),
    )),
    ("J. Steps of the Rating", (
        ("(1) The rating official gives the initial rating within 30 days after the end of the appraisal period.",
         ("initial rating by rating official within 30 days after period end",)),
        ("(2) The executive may respond in writing within 7 days after the initial rating.",
         ("guess: written response by executive with at least 7 days after initial rating",)),
        ("(3) The executive may request a higher-level review before the board recommendation.",
         ("guess: higher-level review by higher-level official on request before board recommendation",)),
        ("(4) The Performance Review Board makes a recommendation after the initial rating.",
         ("board recommendation by board after initial rating",)),
        ("(5) The appointing authority gives the annual rating after the board recommendation.",
         ("annual rating by appointing authority after board recommendation",)),
    )),
    ("K. Performance Review Board", (
        ("(1) The board has three or more members.", ("has at least 3 members",)),
        ("(2) A majority of the members must be career appointees when a career executive is appraised.",
         ("has a career majority for career executives",)),
        ("(3) Members do not take part in deliberations on their own appraisals.",
         ("excludes members from their own appraisal",)),
        ("(4) The board makes its recommendations in writing.", ("recommends in writing",)),
    )),
    ("L. Use of Results", (
        ("(1) Ratings support pay adjustments, performance awards, development, retention and removal.",
         ("support pay adjustment, performance award, development, retention and removal",)),
        ("(2) A rating of Level 3 or higher is required for a performance award.",
         ("performance award needs level 3 or better",)),
    )),
    ("M. Training and Records", (
        ("(1) Executives and rating officials are trained in performance management.", ()),
        ("(2) Records are kept for 5 years from the annual rating.",
         ("guess: are kept at least 5 years from annual rating",)),
    )),
    ("N. Evaluation", (
        ("(1) The agency evaluates the system every 2 years.", ("happens at least 1 time every 2 years",)),
    )),
)  # fmt: skip
LEVELS = (
    ("Level", "Term", "Points", "Equivalent federal level"),
    ("5", "Exemplary", "5", "Outstanding"),
    ("4", "Commendable", "4", "Exceeds Fully Successful"),
    ("3", "Proficient", "3", "Fully Successful"),
    ("2", "Marginal", "2", "Minimally Satisfactory"),
    ("1", "Unacceptable", "1", "Unsatisfactory"),
)
RANGES = (
    ("Summary rating", ""),
    ("Range", "Level"),
    ("4.50-5.00", "Exemplary"),
    ("3.50-4.49", "Commendable"),
    ("2.50-3.49", "Proficient"),
    ("1.50-2.49", "Marginal"),
)


def tidal() -> Any:
    made = docx.Document()
    made.add_heading("Invented Tidal Survey: Executive Performance Management", 0)
    for heading, sentences in TIDAL:
        made.add_heading(heading, 1)
        if heading.startswith("H."):
            table(made, LEVELS)
        for said, _ in sentences:
            made.add_paragraph(said)
        if heading.startswith("I."):
            grid = table(made, RANGES)
            grid.cell(0, 0).merge(grid.cell(0, 1))
    return made


def test_a_second_invented_agency_is_read_and_nothing_of_it_wrongly(tmp_path: Path) -> None:
    told, code = data("read", saved(tmp_path, tidal()))
    for _, sentences in TIDAL:
        for said, expected in sentences:
            found = [each for each in told["sentences"] if each["text"] == said]
            says = tuple(
                f"{'guess: ' if each['status'] == 'guessed' else ''}{each['says']}" for each in found if each["says"]
            )
            assert says == expected, said
    for line in ("score 4.50 to 5.00 is level 5", "score 1.50 to 2.49 is level 2", 'level 3 "Proficient" 3 points'):
        assert line in told["policy"]
    texts = {each["text"]: each["status"] for each in told["sentences"]}
    assert list(texts.values()).count("understood") * 100 >= 80 * len(texts)
    assert (code, texts["Summary rating"]) == (1, "not understood")


def test_the_second_policy_is_one_that_can_be_checked_and_rated_by(tmp_path: Path) -> None:
    policy = tmp_path / "tidal.sespms"
    assert run("read", saved(tmp_path, tidal()), "--output", policy).exit_code == 1
    assert run("format", "--check", policy).exit_code == 0
    text = policy.read_text(encoding="utf-8")
    left = text.replace(
        "  each critical element has at least 1 requirement\n", ""
    )  # the plans have them, and not the text
    policy.write_text(left, encoding="utf-8")
    heads = "Leading the Survey weight,Leading the Survey level,Charting Results weight,Charting Results level"
    told, code = data("rate", policy, put(tmp_path, "r.csv", f"id,{heads}\nE-1,40,4,60,5\nE-2,40,1,60,5\n"))
    assert code == 0, told["findings"]
    assert [(each["score"], each["level"]) for each in told["ratings"]] == [("4.6", 5), ("3.4", 1)]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Performance review board", "A majority of the members must be career appointees, where that is possible."),
        (
            "Performance review board",
            "Members do not take part in deliberations on appraisals of friends.",
        ),
        ("Weights", "Charting Results counts for 60 percent of the rating, and Another Thing for 40 percent."),
        ("Progress review", "The review is in writing and is not shown to the executive."),
        (
            "Summary rating",
            "An executive rated exemplary on any element receives a rating of exemplary.",
        ),
        (
            "Rating steps",
            "The executive may respond in writing within 7 days after the rating, unless on leave.",
        ),
        ("Training", "The performance review board thinks about training."),
        ("Performance plan", "Weights total 100."),
        ("Job changes", "The limit is at most 30%."),
    ],
)
def test_what_says_more_or_another_thing_is_not_understood(heading: str, text: str) -> None:
    pieces = (
        Piece("paragraph 1", "Critical Element: Charting Results", 1),
        Piece("paragraph 2", heading, 1),
        Piece("paragraph 3", text),
    )
    read = first_policy(pieces, "d")
    assert [each.text for each in read.known if each.place == "paragraph 3"] == []
