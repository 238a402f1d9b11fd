"""The reviewer's desk on a register, in both databases: passes, comments, two reviewers; agencies are invented."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from cli.running import ROOT, put, run
from cli.test_whose_text_is_law import OVERLAY
from documents.test_files import in_word
from law.complying import COMPLYING
from nights import NIGHTLY, at_depth
from review.reviewers import bag, desk, name_of, states, text_of

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


STANDS = "The agency withdrew its submission, and the review ends. The approval of 2026-11-20, of pass 1, stands, until"


def _affected(register: str) -> list[str]:
    """What `review affected` prints, under the folder `law` of an edition that changes nothing."""
    law = Path("law")
    law.mkdir(exist_ok=True)
    put(law, "new.sespms", OVERLAY)
    return desk("affected", register, "--law", law).splitlines()


def test_a_notice_of_a_later_pass_leaves_the_approval(register: str, tmp_path: Path) -> None:
    name = name_of(1)
    first, second = bag(tmp_path, text_of(1), "first.zip"), bag(tmp_path, text_of(1, "450 to", "440 to"), "second.zip")
    for each in ("first", "second"):
        why = ("--because", "We begin anew.", "--by", "O-7", "--output", f"no-{each}.zip")
        assert run("withdraw", f"{each}.zip", *why).exit_code == 0
    desk("receive", register, first, "--by", "R-1")
    desk("approve", register, name, "--until", "2099-09-30", "--by", "R-1", "--as-of", "2026-11-20")
    before = states(register)[name]
    alone = _affected(register)
    assert alone[0].startswith(f"{name}: ")
    desk("receive", register, second, "--by", "R-2", "--as-of", "2026-11-21")
    both = _affected(register)
    assert [each.partition(": ")[0] for each in both if not each.startswith(" ")] == [
        f"{name}, pass 1, approved until 2099-09-30",
        f"{name}, pass 2, received",
    ]
    assert "than that of pass 2" in desk("receive", register, "no-first.zip", "--by", "R-1", code=2)
    desk("return", register, name, "--by", "R-2", "--as-of", "2026-11-21")
    assert f"{name}, pass 2, returned: " in "\n".join(_affected(register))
    told = desk("receive", register, "no-second.zip", "--by", "R-2", "--as-of", "2026-11-22")
    assert "`Invented agency 01` is approved\n" in told
    assert desk("letter", register, name).startswith(f"{STANDS} 2099-09-30.\n\nSystem: {name}\nPass 2, received 2026-")
    assert states(register)[name] == before
    assert _affected(register) == alone
    again = desk("receive", register, "no-second.zip", "--by", "R-1", code=2)
    assert "is approved since 2026-11-20, so no withdrawal by its agency can be entered" in again
    assert "pass 1, received" in desk("checklist", register, name)
    assert run("review", "approved", register, put(tmp_path, "first.sespms", text_of(1))).exit_code == 0
    told = desk("withdraw", register, name, "--because", "It was not followed.", "--by", "R-1")
    assert "is withdrawn\n\nThe approval is withdrawn.\n\nSystem: Invented agency 01\nPass 1, received" in told
    assert "Not withdrawn" not in told
    assert _affected(register) == []
    assert run("register", "verify", register).exit_code == 0


def test_a_pass_is_held_against_the_last_that_was_not_withdrawn(register: str, tmp_path: Path) -> None:
    """Pass 2 was withdrawn by its agency; against it pass 3 would look as if it gave no higher level to anyone."""
    name = name_of(1)
    texts = [text_of(1).replace("450 to", f"{cut} to").replace("to 449", f"to {cut - 1}") for cut in (450, 430, 440)]
    first, second, third = (bag(tmp_path, text, f"{number}.zip") for number, text in enumerate(texts, 1))
    assert run("withdraw", second, "--because", "We begin anew.", "--by", "O-7", "--output", "no.zip").exit_code == 0
    on = ("--words", "total 100", "--by", "R-1")
    desk("receive", register, first, "--by", "R-1")
    desk("comment", register, name, *on, "--text", "Why 100?")
    desk("return", register, name, "--by", "R-1")
    assert "since pass 1, by behavior: looser" in desk("receive", register, second, "--by", "R-1")
    desk("comment", register, name, *on, "--text", "Why 100 again?")
    desk("receive", register, "no.zip", "--by", "R-1")
    told = desk("receive", register, third, "--by", "R-1")
    assert "since pass 1, by behavior: looser" in told
    assert "comment `Why 100?`: untouched" in told
    assert "comment `Why 100 again?`: untouched" in told
    held = json.loads(desk("checklist", register, name, "--format", "json"))["changes"]
    assert held["since"] == 1


def test_where_every_pass_was_withdrawn_the_last_is_what_there_is(register: str, tmp_path: Path) -> None:
    for number, cut in enumerate(("450 to", "440 to"), 1):
        given = bag(tmp_path, text_of(1, "450 to", cut), f"{number}.zip")
        desk("receive", register, given, "--by", "R-1")
        assert run("withdraw", given, "--because", "No.", "--by", "O-7", "--output", f"no-{number}.zip").exit_code == 0
        desk("receive", register, f"no-{number}.zip", "--by", "R-1")
    third = bag(tmp_path, text_of(1, "450 to", "440 to"), "third.zip")
    assert "since pass 2, by behavior: the text is the same" in desk("receive", register, third, "--by", "R-1")


def test_the_law_as_it_is_shipped_breaks_no_text(register: str, tmp_path: Path) -> None:
    """A folder of it holds an amendment, and what it amends stands in another file."""
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    law = ROOT / "policies" / "federal"
    assert desk("affected", register, "--law", law) == f"{name_of(1)}: untouched\n"


def test_an_approval_ends_while_a_later_pass_is_with_somebody(register: str, tmp_path: Path) -> None:
    name = name_of(1)
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    desk("approve", register, name, "--until", "2099-09-30", "--by", "R-1")
    desk("receive", register, bag(tmp_path, text_of(1, "450 to", "440 to")), "--by", "R-1", "--as-of", "2026-11-21")
    told = desk("withdraw", register, name, "--because", "It was not followed.", "--by", "R-1")
    assert "is received\n\nThe approval is withdrawn.\n\nSystem: Invented agency 01\nPass 1, received" in told
    assert "Reason: It was not followed.\nNot withdrawn: pass 2, received 2026-11-21\n" in told
    row = states(register)[name]
    assert (row["state"], row["pass"], row["since"], row["approved until"]) == ("received", "2", "2026-11-21", "")
    again = desk("withdraw", register, name, "--because", "Again.", "--by", "R-1", code=2)
    assert "is received since 2026-11-21, so no withdrawal can be entered" in again
    assert _affected(register)[0].startswith(f"{name}: ")
    assert "is returned" in desk("return", register, name, "--by", "R-1")


AGENCIES, TURNS = (24, 3) if NIGHTLY else (2, 2)


def _at_once(*each: tuple[str, ...]) -> list[str]:
    """What several reviewers print who work at once, each in a process of its own."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "review.reviewers", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"},
        )
        for arguments in each
    ]
    told = [one.communicate()[0] for one in started]
    assert [one.returncode for one in started] == [0] * len(started), "\n".join(told)
    return told


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_agencies_pass_by_two_reviewers_who_work_at_once(register: str, tmp_path: Path) -> None:
    """By night 24 agencies, three passes each, and a hundred comments."""
    halves = [[str(number) for number in range(first, AGENCIES + 1, 2)] for first in (1, 2)]
    works = [(register, str(tmp_path), f"R-{place}", str(TURNS), *half) for place, half in enumerate(halves, 1)]
    comments = sum(map(int, _at_once(*works)))
    table = states(register)
    assert set(table) == {name_of(number) for number in range(1, AGENCIES + 1)}
    assert {(each["state"], each["pass"], each["move"]) for each in table.values()} == {
        ("approved", str(TURNS), "nobody")
    }
    assert comments == AGENCIES * 2 * (TURNS - 1) + AGENCIES // 5
    assert comments >= 100 or not NIGHTLY
    assert run("register", "verify", register).exit_code == 0


def test_two_reviewers_of_one_system_lose_nothing(register: str, tmp_path: Path) -> None:
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    count = at_depth(3, 6)
    _at_once(*((register, str(tmp_path), by, "together", str(count)) for by in ("R-1", "R-2")))
    told = json.loads(run("register", "list", register, "--format", "json").stdout)
    assert states(register)[name_of(1)]["comments"] == str(2 * count)
    assert {each["by"] for each in told["entries"] if each["kind"] == "comment"} == {"R-1", "R-2"}
    assert run("register", "verify", register).exit_code == 0
