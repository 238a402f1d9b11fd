"""The reviewer's desk on a register, in both databases: passes, comments, two reviewers; agencies are invented."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import postgres
from cli.running import SMALL, put, run
from cli.test_whose_text_is_law import OVERLAY
from documents.test_files import in_word
from law.complying import COMPLYING
from review.bags import placed
from sespms_rules.review import Submission, submission_bag

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A register in a folder of its own, in which commands run."""
    monkeypatch.chdir(tmp_path)
    place = "desk.sqlite3"
    if request.param == "postgresql":
        place = request.getfixturevalue("server").schema(f"review_{next(_NUMBERS)}")
    done = run("register", "create", place, "--by", "R-1")
    assert done.exit_code == 0, done.output
    return place


def text_of(number: int, old: str = "", new: str = "") -> str:
    text = SMALL.replace("Invented agency", f"Invented agency {number:02}")
    text = text.replace("\n  has exactly", "\n  effective 2026-10-01\n  has exactly", 1)
    assert old in text
    return text.replace(old, new) if old else text


def bag(folder: Path, text: str) -> Path:
    held, _ = submission_bag(Submission("system.sespms", {"system.sespms": text.encode()}, None, is_test=False))
    return placed(folder, held, "pass.zip")


def desk(*arguments: str | Path, code: int = 0) -> str:
    done = run("review", *arguments)
    assert done.exit_code == code, done.output
    return done.output


def states(register: str, *more: str) -> dict[str, dict[str, Any]]:
    told = json.loads(desk("status", register, "--format", "json", *more))
    return {each["system"]: each for each in told["systems"]}


def test_a_system_goes_to_opm_and_comes_back(register: str, tmp_path: Path) -> None:
    name = "Invented agency 01"
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    assert states(register)[name]["state"] == "received"
    assert "no letter about" in desk("letter", register, name, code=2)
    desk("comment", register, name, "--words", "score 450 to 500", "--text", "Why 450?", "--by", "R-1")
    desk("comment", register, name, "--words", "total 100", "--text", "Why 100?", "--by", "R-2")
    seen = states(register)[name]
    assert (seen["state"], seen["move"], seen["comments"]) == ("under review", "OPM", "2")
    letter = desk("return", register, name, "--by", "R-1")
    assert '1. On the words "score 450 to 500": Why 450?' in letter
    assert (states(register)[name]["state"], states(register)[name]["move"]) == ("returned", "agency")
    assert desk("letter", register, name) in letter
    desk("letter", register, name, "--output", tmp_path / "letter.docx")
    sent = in_word((tmp_path / "letter.docx").read_bytes())
    assert sent[-2:] == ['On the words "score 450 to 500": Why 450?', 'On the words "total 100": Why 100?']
    refused = desk("comment", register, name, "--words", "total 100", "--text", "More", "--by", "R-1", code=2)
    assert "is returned since" in refused
    second = text_of(1, "450 to 500", "440 to 500").replace("350 to 449", "350 to 439")
    told = desk("receive", register, bag(tmp_path, second), "--by", "R-1")
    assert "by behavior: looser" in told
    assert "comment `Why 450?`: changed" in told
    assert "comment `Why 100?`: untouched" in told
    assert "pass 2" in told
    letter = desk("approve", register, name, "--until", "2027-09-30", "--condition", "Report once.", "--by", "R-1")
    assert "Condition: Report once." in letter
    assert states(register, "--as-of", "2027-09-30")[name]["state"] == "approved"
    assert states(register, "--as-of", "2027-10-01")[name]["state"] == "expired"
    desk("withdraw", register, name, "--because", "It was not followed.", "--by", "R-2")
    assert states(register)[name]["state"] == "withdrawn"
    assert run("register", "verify", register).exit_code == 0


def test_the_second_of_two_reviewers_sees_what_the_first_entered(register: str, tmp_path: Path) -> None:
    name = "Invented agency 02"
    desk("receive", register, bag(tmp_path, text_of(2)), "--by", "R-1")
    seen = json.loads(desk("checklist", register, name, "--format", "json"))["last_entry"]
    step = ["--words", "total 100", "--seen", str(seen)]
    desk("comment", register, name, *step, "--text", "Mine", "--by", "R-1")
    told = desk("comment", register, name, *step, "--text", "Mine too", "--by", "R-2", code=2)
    assert "was added to meanwhile" in told
    assert "by R-1" in told
    assert states(register)[name]["comments"] == "1"


def test_what_does_not_fit_is_refused(register: str, tmp_path: Path) -> None:
    name = "Invented agency 03"
    path = bag(tmp_path, text_of(3))
    desk("receive", register, path, "--by", "R-1")
    assert "so no submission can be entered" in desk("receive", register, path, "--by", "R-1", code=2)
    step = ["comment", register, name, "--by", "R-1", "--text", "Why?"]
    assert "do not stand in the text" in desk(*step, "--words", "score 1 to 2", code=2)
    assert "was not held to a requirement" in desk(*step, "--requirement", "5 CFR 1.1", code=2)
    assert "on a requirement" in desk(*step, code=2)
    assert "did you mean `Invented agency 03`" in desk("return", register, "Invented agency 3", "--by", "R-1", code=2)
    assert "would be over" in desk("approve", register, name, "--until", "2020-01-01", "--by", "R-1", code=2)
    assert "no withdrawal can be entered" in desk("withdraw", register, name, "--because", "No.", "--by", "R-1", code=2)


@pytest.mark.parametrize(
    ("asked", "becomes", "code"),
    [
        ("progress review: happens at least 40 times each period", "breaks", 1),
        ("levels", "asked anew", 0),
        ("", "untouched", 0),
    ],
)
def test_a_new_edition_says_which_systems_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, becomes: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    run("register", "create", "desk.sqlite3", "--by", "R-1")
    desk("receive", "desk.sqlite3", bag(tmp_path, COMPLYING), "--by", "R-1")
    edition = OVERLAY
    if asked:
        must = f"must state {asked}" if ":" in asked else f"must have {asked}"
        edition = (
            'baseline "5 CFR part 430, subpart C"\n  in force from 2026-01-01\n\n'
            f'requirement "5 CFR 1" "Something new"\n  {must}\n  confirmed\n'
        )
    (tmp_path / "law").mkdir()
    put(tmp_path / "law", "new.sespms", edition)
    told = desk("affected", "desk.sqlite3", "--law", "law", code=code)
    assert f": {becomes}" in told.splitlines()[0]


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_twenty_four_agencies_three_passes_and_a_hundred_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = "desk.sqlite3"
    run("register", "create", place, "--by", "R-1")
    names = [f"Invented agency {number:02}" for number in range(1, 25)]
    comments = 0
    for turn, cut in enumerate((450, 445, 440), 1):
        for number, name in enumerate(names, 1):
            text = text_of(number, "450 to 500", f"{cut} to 500").replace("350 to 449", f"350 to {cut - 1}")
            reviewer = f"R-{number % 2 + 1}"
            told = desk("receive", place, bag(tmp_path, text), "--by", reviewer)
            assert "the same, byte for byte" in told
            assert turn == 1 or ("by behavior: looser" in told and "Why this cut?`: changed" in told)
            more = ["total 100"] if turn < 3 else []
            for words in (f"score {cut} to 500", *more)[: 2 if turn < 3 else number % 5]:
                said = "Why this cut?" if words.startswith("score") else "Why 100?"
                desk("comment", place, name, "--words", words, "--text", said, "--by", reviewer)
                comments += 1
            if turn < 3:
                desk("return", place, name, "--by", reviewer)
            else:
                desk("approve", place, name, "--until", "2099-09-30", "--by", reviewer)
        table = states(place)
        assert [*table] == names
        assert {each["state"] for each in table.values()} == {"returned" if turn < 3 else "approved"}
        assert {each["pass"] for each in table.values()} == {str(turn)}
    assert comments >= 100
    assert run("register", "verify", place).exit_code == 0
