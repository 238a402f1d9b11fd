"""Every command that writes, stopped at any moment: what stood there, or the whole result; nothing else anywhere.

By night two hundred moments drawn anew over all commands and signals, by day a few.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cli.running import run
from cli.writing_commands import COMMANDS, INPUTS, before, held, started, work_in, year_in
from nights import NIGHTLY, at_depth

MOMENTS = at_depth(5, 10, 200)
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

MORE = {
    "events of a year": ["export", "ocel", "year", "--output", "out/it.json"],
    "a calendar": ["cycle", "p.sespms", "year", "--as-of", "2026-11-20", "--calendar", "out/it.ics"],
    "ratings on record": ["cycle", "p.sespms", "year", "--as-of", "2026-11-20", "--output", "out/it.txt"],
}
OF_A_REGISTER = {
    "export of a register": ["register", "export", "kept.sqlite3", "--output", "out/it.jsonl"],
    "a bag": [
        "register",
        "transfer",
        "kept.sqlite3",
        "--id",
        "E-101",
        "--to",
        "Y",
        "--by",
        "O-2",
        "--output",
        "out/it.zip",
    ],
    "add": ["register", "add", "kept.sqlite3", "year", "--series", "2026", "--by", "O-1"],
    "create": ["register", "create", "out/it.sqlite3", "--by", "O-1"],
}

EVERYTHING = COMMANDS | MORE | OF_A_REGISTER


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register that holds the example year, and one that holds nothing yet."""
    folder = tmp_path_factory.mktemp("kept")
    year_in(folder)
    acts = folder / "year" / "acts.csv"
    head, *rows = (
        acts.read_text(encoding="utf-8").replace("progres review", "progress review").splitlines(keepends=True)
    )
    acts.write_text(head + "".join(rows[:200]), encoding="utf-8")
    for name in ("full", "empty"):
        (folder / name).mkdir()
        register = folder / name / "kept.sqlite3"
        assert run("register", "create", register, "--by", "O-1").exit_code == 0
        if name == "full":
            assert run("register", "add", register, folder / "year", "--series", "2026", "--by", "O-1").exit_code == 0
    return folder


def _work(folder: Path, kept: Path, name: str) -> Path:
    folder.mkdir()
    work = work_in(folder)
    shutil.copytree(kept / "year", work / "year")
    if name in OF_A_REGISTER:
        shutil.copytree(kept / ("empty" if name == "add" else "full"), work, dirs_exist_ok=True)
    return work


def _prepared(work: Path, name: str, *, earlier: bool) -> dict[str, bytes]:
    if name in COMMANDS:
        return before(work, name, earlier=earlier)
    if earlier and name != "create" and EVERYTHING[name][-1].startswith("out/"):
        (work / EVERYTHING[name][-1]).write_text("what stood there before\n", encoding="utf-8")
    return held(work / "out")


def _stopped(running: subprocess.Popen[str], number: signal.Signals) -> str:
    """Stop a process; return what it said. It ends by the signal, or was done before."""
    running.send_signal(number)
    said = running.communicate(timeout=120)[1]
    # Python itself, while it starts, ends with an exception.
    assert running.returncode in (0, 1, -number) or said.endswith("KeyboardInterrupt\n"), (running.returncode, said)
    assert "fault of the program" not in said
    return said


def _emptied(folder: Path) -> bool:
    """Whether nothing is left in a folder, once the guard of a private folder has had a moment."""
    for _ in range(3_000):
        if not [*folder.iterdir()]:
            return True
        time.sleep(1 / 100)
    return False


@pytest.mark.attack("stopped by a signal")
@pytest.mark.timeout(7_200)
def test_nothing_is_left_of_any_command_at_any_moment(tmp_path: Path, kept: Path) -> None:
    draw = random.Random(None if NIGHTLY else "every command")
    names = [*EVERYTHING] if NIGHTLY else draw.sample([*EVERYTHING], 5)
    whole: dict[str, tuple[dict[str, bytes], float]] = {}
    for name in names:
        work = _work(tmp_path / name, kept, name)
        _prepared(work, name, earlier=False)
        began = time.monotonic()
        running = started(work, EVERYTHING[name])
        said = running.communicate(timeout=120)[1]
        assert running.returncode in (0, 1), said
        whole[name] = held(work / "out"), time.monotonic() - began
        assert whole[name][0] or name == "add", said
    ended = 0
    for moment in range(MOMENTS):
        name, number = names[moment % len(names)], draw.choice(SIGNALS)
        work = _work(tmp_path / str(moment), kept, name)
        stood = _prepared(work, name, earlier=bool(draw.randrange(2)))
        running = started(work, EVERYTHING[name])
        # Most of the time goes by before anything is written; half of the moments are in the last third.
        share = draw.uniform(0.6, 1.05) if draw.randrange(2) else draw.random()
        time.sleep(share * whole[name][1])
        ended += running.poll() is not None
        said = _stopped(running, number)
        _is_clean(work, name, stood, whole[name][0], (name, moment, number.name, said[-600:]))
        shutil.rmtree(tmp_path / str(moment))
    assert ended < MOMENTS


def _is_clean(
    work: Path, name: str, stood: dict[str, bytes], whole: dict[str, bytes], told: tuple[object, ...]
) -> None:
    assert _emptied(work / "temp"), told
    left = held(work / "out")
    hidden = {each for each in left if each.startswith(".")}
    assert hidden == set(), (told, hidden)
    if name == "create" and left != stood:
        _is_a_register(work / "out", told)
        return
    assert left == stood or {each: _alike(text) for each, text in left.items()} == {
        each: _alike(text) for each, text in whole.items()
    }, (told, left.keys())
    of_registers = {"kept.sqlite3", "kept.sqlite3.key", "kept.sqlite3-wal", "kept.sqlite3-shm"}
    there = {each.name for each in work.iterdir()} - {"temp", "out", "cache", "year", *INPUTS}
    assert there <= (of_registers if name in OF_A_REGISTER else set()), (told, there)
    if name in OF_A_REGISTER:
        _verifies(work)


def _is_a_register(folder: Path, told: tuple[object, ...]) -> None:
    """A register and its keys, whole and together, though no two are alike; SQLite's own files go with the next run."""
    names = {each.name for each in folder.iterdir()}
    assert {"it.sqlite3", "it.sqlite3.key"} <= names, (told, names)
    assert names <= {"it.sqlite3", "it.sqlite3.key", "it.sqlite3-wal", "it.sqlite3-shm"}, (told, names)
    done = run("register", "verify", folder / "it.sqlite3")
    assert done.exit_code == 0, done.output
    assert {each.name for each in folder.iterdir()} == {"it.sqlite3", "it.sqlite3.key"}


def _verifies(work: Path) -> None:
    """The next run reads what was acknowledged, and tidies up what a kill left of the database's own."""
    done = run("register", "verify", work / "kept.sqlite3")
    assert done.exit_code == 0, done.output
    assert {each.name for each in work.glob("kept*")} == {"kept.sqlite3", "kept.sqlite3.key"}


def _alike(text: bytes) -> bytes:
    """A result without what differs from run to run: days, times and drawn names."""
    if text.startswith(b"PK"):
        return b"PK"
    return re.sub(rb"\d{4}-?\d\d-?\d\d[T ][0-9:.+Z-]+|[0-9a-f]{32,}|[A-Za-z0-9+/=]{40,}", b"", text)
