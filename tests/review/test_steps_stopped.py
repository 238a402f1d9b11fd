"""Every step at OPM's desk, killed at any moment or on a full disk: it is entered whole or not at all, and told."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.running import ROOT, run
from cli.test_disk_full import ON_A_DISK
from cli.writing_commands import started
from nights import NIGHTLY, at_depth
from review.reviewers import bag, desk, name_of, text_of

NAME = name_of(1)
BY = ("--by", "R-1")
STEPS: dict[str, tuple[str, list[str]]] = {
    "receive": ("returned", ["receive", "kept.sqlite3", "second.zip", *BY]),
    "receive a notice": ("received", ["receive", "kept.sqlite3", "notice.zip", *BY]),
    "comment": ("received", ["comment", "kept.sqlite3", NAME, "--words", "total 100", "--text", "Why?", *BY]),
    "return": ("received", ["return", "kept.sqlite3", NAME, *BY]),
    "approve": ("received", ["approve", "kept.sqlite3", NAME, "--until", "2099-09-30", *BY]),
    "withdraw": ("approved", ["withdraw", "kept.sqlite3", NAME, "--because", "It was not followed.", *BY]),
}
"""Of each step the state it is taken in, and its words."""
OF_A_REGISTER = {"kept.sqlite3", "kept.sqlite3.key"}
INPUTS = {"first.zip", "second.zip", "notice.zip"}


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each state, with a register in which a system is in it."""
    root = tmp_path_factory.mktemp("desks")
    received = root / "received"
    received.mkdir()
    first = bag(received, text_of(1), "first.zip")
    bag(received, text_of(1, "450 to 500", "440 to 500").replace("350 to 449", "350 to 439"), "second.zip")
    why = ("--because", "We begin anew.", "--by", "O-7")
    assert run("withdraw", first, *why, "--output", received / "notice.zip").exit_code == 0
    register = received / "kept.sqlite3"
    assert run("register", "create", register, *BY).exit_code == 0
    desk("receive", str(register), first, *BY)
    for state, step in (("returned", ("return",)), ("approved", ("approve", "--until", "2099-09-30"))):
        shutil.copytree(received, root / state)
        desk(step[0], str(root / state / "kept.sqlite3"), NAME, *step[1:], *BY)
    return root


def _work(folder: Path, desks: Path, name: str) -> Path:
    shutil.copytree(desks / STEPS[name][0], folder)
    for each in ("temp", "cache"):
        (folder / each).mkdir()
    return folder


def _entries(work: Path) -> int:
    """How many entries there are, once the register verified; nothing of a stopped step is left beside it."""
    done = run("register", "verify", work / "kept.sqlite3")
    assert done.exit_code == 0, done.output
    assert {each.name for each in work.iterdir()} == {*OF_A_REGISTER, *INPUTS, "temp", "cache"}
    assert not [*(work / "temp").iterdir()]
    told = run("review", "checklist", work / "kept.sqlite3", NAME, "--format", "json")
    return int(json.loads(told.output)["last_entry"])


@pytest.fixture(scope="module")
def entries(desks: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many entries there are in each state, before a step is taken."""
    first = {state: name for name, (state, _) in STEPS.items()}
    made = tmp_path_factory.mktemp("as they were")
    return {state: _entries(_work(made / state, desks, name)) for state, name in first.items()}


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_is_stopped_is_entered_whole_or_not_at_all(
    tmp_path: Path, desks: Path, entries: dict[str, int], name: str
) -> None:
    words = ["review", *STEPS[name][1]]
    whole = _work(tmp_path / "whole", desks, name)
    before = entries[STEPS[name][0]]
    began = time.monotonic()
    assert started(whole, words).wait(120) == 0
    took = time.monotonic() - began
    assert _entries(whole) == before + 1
    draw = random.Random(None if NIGHTLY else name)
    for moment in range(at_depth(1, 2, 30)):
        work = _work(tmp_path / str(moment), desks, name)
        running = started(work, words)
        time.sleep(draw.uniform(0.3, 1) * took)
        running.send_signal(draw.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        said = running.communicate(timeout=120)[1]
        entered = _entries(work) - before
        assert entered in (0, 1), (name, moment, said)
        assert entered or running.returncode, "what ended well was entered"
        assert "fault of the program" not in said
        shutil.rmtree(work)


def _on_a_full_disk(work: Path, words: list[str], left: int) -> subprocess.CompletedProcess[str]:
    work.with_name(f"{work.name}-disk").mkdir()
    made = [str(work / each) if re.search(r"\.(zip|sqlite3)$", each) else each for each in words]
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", ON_A_DISK, str(work), str(left)]
    command += [sys.executable, "-m", "sespms_rules", *made]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_on_a_full_disk_is_entered_whole_or_told(
    tmp_path: Path, desks: Path, entries: dict[str, int], name: str
) -> None:
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], check=False).returncode:
        pytest.skip("NO DISK COULD BE FILLED: a small one cannot be mounted here")
    words = ["review", *STEPS[name][1]]
    draw = random.Random(None if NIGHTLY else name)
    refused = 0
    lefts = [0, 40_000_000, *(draw.randrange(0, 200_000) for _ in range(at_depth(1, 1, 20)))]
    for moment, left in enumerate(lefts):
        work = _work(tmp_path / str(moment), desks, name)
        done = _on_a_full_disk(work, words, left)
        told = (name, left, done.returncode, done.stdout, done.stderr[-600:])
        entered = _entries(work) - entries[STEPS[name][0]]
        assert (entered, done.returncode) in ((1, 0), (0, 2)), told
        if not entered:
            refused += 1
            assert re.search(r"no space left|nothing was entered: the disk of the register", done.stderr), told
        assert "fault of the program" not in done.stderr, told
        assert "Traceback" not in done.stderr, told
        shutil.rmtree(work)
    assert 0 < refused < len(lefts), "a disk without room refuses, and one with room does not"
