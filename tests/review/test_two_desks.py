"""Two desks that share no network and exchange bags alone; what a reviewer's verdict and an agency's answer become."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.running import ROOT, data, run
from review.bags import placed
from review.reviewers import bag, desk, name_of, states, text_of
from sespms_rules.review import Answer, AnswerKind, Submission, submission_bag, written_answers

NAME = name_of(1)


# ---- without a network -------------------------------------------------------------------------------


def _alone(folder: Path, *arguments: str) -> str:
    """What the command prints in a folder, in a namespace that has no network but its own."""
    done = subprocess.run(
        ["unshare", "--net", "--map-root-user", sys.executable, "-m", "sespms_rules", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _can_be_alone() -> bool:
    try:
        return subprocess.run(["unshare", "--net", "--map-root-user", "true"], check=False).returncode == 0
    except OSError:
        return False


def test_two_desks_without_a_network_exchange_bags_alone(tmp_path: Path) -> None:
    if not _can_be_alone():
        pytest.skip("NO NAMESPACE WITHOUT A NETWORK COULD BE MADE: `unshare --net` is not allowed here")
    agency, opm = tmp_path / "agency", tmp_path / "opm"
    for each in (agency, opm):
        each.mkdir()
    (agency / "system.sespms").write_text(text_of(1), encoding="utf-8")
    _alone(opm, "register", "create", "desk.sqlite3", "--by", "R-1")
    asked = data("answer", agency / "system.sespms")[0]["asked"]
    kinds = {"fix": AnswerKind.DISPUTE, "answer": AnswerKind.ANSWER}
    day = datetime.date(2026, 11, 1)
    answers = [
        Answer(each["fingerprint"], kinds[each["must"]], "The Board decided so.", "O-7", day, each["code"], "", "")
        for each in asked
    ]
    (agency / "system.answers.toml").write_text(written_answers(answers), encoding="utf-8")
    _alone(agency, "seal", "--new-key", "agency.pem")
    shutil.copy(agency / "agency.pem.pub", opm)  # handed over once, in person
    keys = ("--signer-key", "agency.pem.pub", "--by", "R-1")
    told = _alone(opm, "review", "receive", "desk.sqlite3", _carried(agency, opm, "first"), *keys)
    assert "the same, byte for byte" in told
    assert f"pass 1 of `{NAME}`" in told
    assert f"0 to fix, 0 to answer, {len(asked) - 1} answered, 1 disputed" in told
    comment = ("--words", "score 450 to 500", "--text", "Why 450?", "--by", "R-1")
    _alone(opm, "review", "comment", "desk.sqlite3", NAME, *comment)
    _alone(opm, "review", "return", "desk.sqlite3", NAME, "--by", "R-1")
    lower = text_of(1, "450 to 500", "440 to 500").replace("350 to 449", "350 to 439")
    (agency / "system.sespms").write_text(lower, encoding="utf-8")
    told = _alone(opm, "review", "receive", "desk.sqlite3", _carried(agency, opm, "second"), *keys)
    assert "the same, byte for byte" in told
    assert "by behavior: looser: 38 appraisals get a higher level" in told
    assert "comment `Why 450?`: changed" in told
    told = _alone(opm, "review", "approve", "desk.sqlite3", NAME, "--until", "2099-09-30", "--by", "R-1")
    assert "Approved until: 2099-09-30" in told
    assert sorted(each.name for each in opm.iterdir()) == [
        "agency.pem.pub",
        "desk.sqlite3",
        "desk.sqlite3.key",
        "first.zip",
        "second.zip",
    ]
    assert not (opm / "system.sespms").exists(), "nothing of a bag is put on OPM's disk"


def _carried(agency: Path, opm: Path, name: str) -> str:
    """Make and seal a bag at the agency, and carry it to OPM as a file, which is all that goes between the two."""
    _alone(agency, "submit", "system.sespms", "--output", "unsealed.zip")
    _alone(agency, "seal", "unsealed.zip", "--key", "agency.pem", "--by", "O-7", "--output", f"{name}.zip")
    (agency / "unsealed.zip").unlink()
    shutil.copy(agency / f"{name}.zip", opm)
    return f"{name}.zip"


# ---- what becomes of verdicts and answers ------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    assert run("register", "create", "desk.sqlite3", "--by", "R-1").exit_code == 0
    return "desk.sqlite3"


def test_a_comment_that_the_agency_answered_reads_answered(register: str, tmp_path: Path) -> None:
    text = {"system.sespms": text_of(1).encode()}
    held, evidence = submission_bag(Submission("system.sespms", text, None, is_test=False))
    desk("receive", register, placed(tmp_path, held, "first.zip"), "--by", "R-1")
    question = next(each for each, _ in evidence.standing.asked if each.code == "question")
    requirement = question.says.partition(",")[0]
    desk("comment", register, NAME, "--requirement", requirement, "--text", "Is it so?", "--by", "R-1")
    desk("comment", register, NAME, "--words", "total 100", "--text", "Why 100?", "--by", "R-1")
    desk("return", register, NAME, "--by", "R-1")
    answer = Answer(question.fingerprint, AnswerKind.ANSWER, "It is so.", "O-7", datetime.date(2026, 11, 1), "", "", "")
    held, _ = submission_bag(Submission("system.sespms", text, written_answers([answer]).encode(), is_test=False))
    told = desk("receive", register, placed(tmp_path, held, "second.zip"), "--by", "R-1")
    assert "by behavior: the text is the same" in told
    assert "comment `Is it so?`: answered: It is so." in told
    assert "comment `Why 100?`: untouched" in told


def test_a_reviewers_verdict_stands_beside_the_machines(register: str, tmp_path: Path) -> None:
    desk("receive", register, bag(tmp_path, text_of(1)), "--by", "R-1")
    name = next(iter(json.loads(desk("checklist", register, NAME, "--format", "json"))["requirements"]))
    step = ("--requirement", name, "--by", "R-2")
    desk("verdict", register, NAME, *step, "--verdict", "not accepted", "--text", "It says too little.")
    assert "; not accepted by R-2: It says too little." in desk("checklist", register, NAME)
    desk("verdict", register, NAME, *step, "--verdict", "accepted", "--text", "They showed it.")
    told = json.loads(desk("checklist", register, NAME, "--format", "json"))
    assert told["verdicts"] == {name: "accepted"}
    refused = desk("verdict", register, NAME, *step, "--verdict", "accepted", "--text", "...", code=2)
    assert "the reason says nothing" in refused
    assert states(register)[NAME]["state"] == "under review"


def test_a_text_is_held_to_what_was_approved(register: str, tmp_path: Path) -> None:
    policy = tmp_path / "system.sespms"

    def held(text: str, *more: str) -> tuple[int, str]:
        policy.write_text(text, encoding="utf-8")
        done = run("review", "approved", register, policy, *more)
        return done.exit_code, done.output

    text, claim = text_of(1), "\n  approved by OPM 2026-11-20\n  has exactly"
    assert "the register holds no approval of it" in held(text)[1]
    desk("receive", register, bag(tmp_path, text), "--by", "R-1", "--as-of", "2026-11-18")
    claimed = text.replace("\n  has exactly", claim)
    assert "approved it on 2026-11-20, and the register holds no approval of it" in held(claimed)[1]
    desk("approve", register, NAME, "--until", "2027-09-30", "--by", "R-1", "--as-of", "2026-11-20")
    for each in (text, claimed):
        assert held(each) == (0, f"`{NAME}`: is the text that OPM approved on 2026-11-20, until 2027-09-30\n")
    assert "and the register has 2026-11-20" in held(claimed.replace("11-20", "11-21"))[1]
    code, told = held(claimed.replace("450 to 500", "440 to 500").replace("350 to 449", "350 to 439"))
    assert code == 1
    assert "is another text than OPM approved on 2026-11-20: looser: 38 appraisals get a higher level" in told
    code, told = held(text, "--as-of", "2027-10-01")
    assert (code, "the approval ended 2027-09-30" in told) == (1, True)
    desk("withdraw", register, NAME, "--because", "It was not followed.", "--by", "R-2")
    assert held(text)[0] == 1


# ---- stopped in the midst ----------------------------------------------------------------------------


def test_a_step_that_is_killed_is_entered_whole_or_not_at_all(register: str, tmp_path: Path) -> None:
    path = bag(tmp_path, text_of(1))
    draw = random.Random(1)
    for attempt in range(3):
        arguments = [sys.executable, "-m", "sespms_rules", "review", "receive", register, str(path), "--by", "R-1"]
        started = subprocess.Popen(
            arguments,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        )
        time.sleep(draw.uniform(0.2, 4))
        started.send_signal(signal.SIGKILL)
        ended = started.wait()
        assert run("register", "verify", register).exit_code == 0, attempt
        table = states(register)
        assert not table or (table[NAME]["state"], table[NAME]["pass"]) == ("received", "1")
        assert table or ended, "what ended well was entered"
        if table:
            break


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "system.sespms").write_text(text_of(1), encoding="utf-8")
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("NO DISK COULD BE FILLED: a small one cannot be mounted here")
    try:
        done = run("submit", tmp_path / "system.sespms", "--test", "--output", small / "bag.zip")
        assert done.exit_code == 2, done.output
        assert "no space left" in done.output
        assert not list(small.iterdir())
    finally:
        subprocess.run(["umount", small], check=True)
