"""A run stopped at any moment leaves nothing behind: no half result, no copy of a roster, and the old result stays."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.running import HEADINGS, ROOT, SMALL, put
from cli.writing_commands import listening
from nights import at_depth

MOMENTS = at_depth(6, 6, 204)
ROWS = 12_000
EARLIER = "what stood there before\n"
HIDDEN = "import sespms_rules.foundation.files_written as it; it.NAMELESS = 0\n"
START = "import sys; from sespms_rules.cli import main; sys.argv[0] = 'sespms'; main()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopped")
    put(folder, "small.sespms", SMALL)
    put(folder, "long.csv", HEADINGS + "".join(f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n" for n in range(ROWS)))
    put(folder, "longer.csv", HEADINGS + "".join(f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n" for n in range(60 * ROWS)))
    return folder


def _start(folder: Path, work: Path, engine: str, code: str, roster: str = "long.csv") -> subprocess.Popen[str]:
    arguments = ["rate", folder / "small.sespms", folder / roster, "--engine", engine, "--format", "csv"]
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments), "--output", str(work / "out" / "result.csv")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(work / "temp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listening,  # noqa: PLW1509 - no threads run here
    )


def _left(folder: Path) -> list[str]:
    """What is left in a folder, once the guard of a private folder has had a moment to remove it."""
    for _ in range(3_000):
        left = sorted(each.name for each in folder.iterdir())
        if not left:
            break
        time.sleep(1 / 100)
    return left


def _work(folder: Path) -> Path:
    for each in ("temp", "out"):
        (folder / each).mkdir()
    return folder


def _whole(result: Path) -> bool:
    text = result.read_bytes().decode()
    return text == EARLIER or (text.count("\r\n") == ROWS + 1 and text.endswith("\r\n"))


@pytest.fixture(scope="module")
def seconds(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """How long a run takes that nobody stops, by engine."""
    took = {}
    for engine in ("sql", "reference"):
        work = _work(tmp_path_factory.mktemp(engine))
        began = time.monotonic()
        _start(folder, work, engine, START).communicate()
        took[engine] = time.monotonic() - began
        assert _whole(work / "out" / "result.csv")
    return took


@pytest.mark.attack("stopped by a signal")
@pytest.mark.parametrize("engine", ["sql", "reference"])
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_nothing_is_left_at_any_moment(
    tmp_path: Path, folder: Path, seconds: dict[str, float], engine: str, name: str
) -> None:
    draw = random.Random(f"{engine} {name}")
    work = _work(tmp_path)
    result = work / "out" / "result.csv"
    for moment in range(MOMENTS // 6):
        if moment % 2:
            result.unlink(missing_ok=True)
        else:
            result.write_text(EARLIER, encoding="utf-8")
        running = _start(folder, work, engine, START)
        time.sleep(draw.random() * seconds[engine])
        running.send_signal(signal.Signals[name])
        said = running.communicate()[1]
        # Python itself, while it starts, ends with an exception.
        assert running.returncode in (0, -signal.Signals[name]) or said.endswith("KeyboardInterrupt\n"), said
        assert _left(work / "temp") == []
        kept = [each.name for each in (work / "out").iterdir()]
        assert kept == ["result.csv"] or (moment % 2 and not kept)
        assert not kept or _whole(result)
        assert "fault of the program" not in said


@pytest.mark.attack("stopped by a signal")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_where_files_must_have_names_a_signal_removes_the_hidden_one(tmp_path: Path, folder: Path, name: str) -> None:
    """Not every disk knows files without a name; there a kill that lets nobody tidy up leaves one, a private one."""
    out = _work(tmp_path) / "out"
    # So long that it is still running when the signal comes, however busy the machine is.
    running = _start(folder, tmp_path, "reference", HIDDEN + START, "longer.csv")
    while not (seen := list(out.iterdir())) and running.poll() is None:
        time.sleep(1 / 1000)
    (hidden,) = seen
    assert hidden.name.startswith(".result.csv.")
    assert hidden.stat().st_mode & 0o777 == 0o600
    running.send_signal(signal.Signals[name])
    running.communicate()
    assert list(out.iterdir()) == []


def test_what_a_user_has_told_to_ignore_hangups_goes_on(tmp_path: Path, folder: Path) -> None:
    _work(tmp_path)
    running = _start(folder, tmp_path, "reference", f"import signal; signal.signal(1, signal.SIG_IGN); {HIDDEN}{START}")
    while not list((tmp_path / "out").iterdir()):
        time.sleep(1 / 1000)
    running.send_signal(signal.SIGHUP)
    running.communicate()
    assert running.returncode == 0
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["result.csv"]
    assert _whole(tmp_path / "out" / "result.csv")
