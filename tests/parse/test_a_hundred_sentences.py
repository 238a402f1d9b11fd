"""A hundred more sentences as analysts write them: each is read, or leads in one step to a sentence that is."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.parsing.lexing import END, LAYOUT, lex
from sespms_rules.language.parsing.vocabulary import parts_of
from sespms_rules.language.syntax.words import PartKind

HEAD = """system "Example"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results Driven"

levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point

"""
ALONE = {
    "levels": 'system "E"\n\nlevels\n',
    "amendment": 'amendment "A"\n',
    "in amendment": 'amendment "A"\n  amends "Example"\n\nsummary rating\n',
    "table": f'{HEAD}table "T"\n',
    "scenario": f'{HEAD}scenario "T"\n',
}


def policy(part: str, line: str) -> str:
    """A small policy, or an amendment, with this line in a part."""
    return f"{ALONE.get(part, f'{HEAD}{part}{chr(10)}')}  {line}\n"


def one(part: str, line: str) -> Diagnostic:
    (finding,) = parse(Source("policy.sespms", policy(part, line)))[1]
    return finding


PIECES = {*(each.value for each in PartKind), "half up", "half down", "half even", "at least", "at most"}
"""What a help may name that is no whole sentence: headings, and how ties go."""

with (Path(__file__).parents[1] / "data/sentences.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = [(row["part"], row["written"], row["how"], row["leads to"]) for row in csv.DictReader(_file)]
SURE, PROPOSED, TOLD = (
    [(part, written, meant) for part, written, how, meant in ROWS if how == wanted]
    for wanted in ("sure", "proposal", "told")
)
READ = [(part, written) for part, written, how, _ in ROWS if how == "read"]


@pytest.mark.parametrize(("part", "written", "meant"), SURE)
def test_what_can_mean_nothing_else_is_written_unasked(part: str, written: str, meant: str) -> None:
    finding = one(part, written)
    assert [(each.replacement, each.sure) for each in finding.fixes] == [(meant, True)]
    assert parse(Source("policy.sespms", policy(part, meant)))[1] == ()


@pytest.mark.parametrize(("part", "written", "meant"), PROPOSED)
def test_what_may_mean_something_else_is_proposed(part: str, written: str, meant: str) -> None:
    finding = one(part, written)
    assert [(each.replacement, each.sure) for each in finding.fixes] == [(meant, False)]
    assert parse(Source("policy.sespms", policy(part, meant)))[1] == ()


@pytest.mark.parametrize(("part", "written", "help"), TOLD)
def test_what_no_sentence_of_the_part_says_is_told_where_it_is_said(part: str, written: str, help: str) -> None:
    finding = one(part, written)
    assert (finding.help, finding.fixes) == (help, ())
    for offered in (each for each in re.findall(r"`([^`]*)`", help) if " " in each):
        is_piece = offered.startswith(("the ", "within ", "rounded ")) or offered in PIECES
        assert is_piece or any(_is_begun(offered.replace("…", own)) for own in ("2", "October 1", "2026-10-01")), (
            offered
        )


def _is_begun(sentence: str) -> bool:
    return bool(parts_of([kind for kind in lex(f" {sentence}").kinds if kind not in LAYOUT and kind != END]))


@pytest.mark.parametrize(("part", "written"), READ)
def test_some_are_sentences_already(part: str, written: str) -> None:
    assert parse(Source("policy.sespms", policy(part, written)))[1] == ()


_KEPT = (
    ("critical ", r"\bcritical\b"),
    ("every ", r"\b(?:every|each|all|both|requirements|elements)\b"),
    ("any ", r"\b(?:any|an?|one)\b"),
    (
        "at least",
        r"\b(?:at least|minimum|(?:less|fewer|lower) than|or (?:above|more|better|higher)|and above|one)\b|>=|\+",
    ),
    ("at most", r"\b(?:at most|maximum|(?:more|higher|greater) than|exceed)|<="),
    ("before", r"\bbefore\b"),
    (" after", r"\b(?:after|of|later)\b"),
)
"""What a sentence may only say where the one that it stands for said it; what an author did not say is no sure fix."""


@pytest.mark.parametrize(("part", "written", "meant"), SURE)
def test_a_sure_fix_says_nothing_that_was_not_said(part: str, written: str, meant: str) -> None:
    for says, said in _KEPT:
        assert says not in meant or re.search(said, written, re.IGNORECASE), (written, meant)
    if part != "scenario":  # where what should come out is what an example expects
        assert not re.search(r"\b(?:working|business|should|only if|unless|requires)\b", written)
    assert ("critical " in meant) is ("critical " in written)


@pytest.mark.parametrize(
    ("part", "written", "meant"),
    [
        ("performance plan", "each element has at least one measure", "each critical element has at least 1 measure"),
        ("guarantees", "no gaps", "every appraisal gets exactly one level"),
        (
            "performance review board",
            "a majority of the members are career",
            "has a career majority for career executives",
        ),
        (
            "performance plan",
            "is developed in consultation with executive",
            "is developed by rating official in consultation with executive",
        ),
        (
            "summary rating",
            "at least 3 of 5 elements at level 5 gives level 5",
            "at least 3 elements at level 5 make the rating level 5",
        ),
    ],
)
def test_what_would_say_more_or_less_than_was_said_is_proposed(part: str, written: str, meant: str) -> None:
    finding = one(part, written)
    assert [(each.replacement, each.sure) for each in finding.fixes] == [(meant, False)]


def test_a_slip_is_sure_only_where_the_sentence_then_goes_on() -> None:
    assert [each.sure for each in one("weights", "totl 100").fixes] == [True]
    found = parse(Source("p", policy("weights", "totl the board agrees")))[1]
    assert found
    assert not any(fix.sure for each in found for fix in each.fixes)


def test_there_are_a_hundred_of_them() -> None:
    assert len({written for _, written, _, _ in ROWS}) >= 100
    assert {how for _, _, how, _ in ROWS} == {"sure", "proposal", "told", "read"}
