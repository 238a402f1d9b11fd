"""Every command that writes a file, on small inputs, for tests that stop them or take the disk away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from cli.running import HEADINGS, ROOT, SMALL, put
from review.bags import small_bag
from sespms_rules.review import made_key_pair

ROWS = 1_500
EARLIER = "what stood there before\n"
ANSWERS = 'name = "An invented system"\nagency = "An invented agency"\n'

COMMANDS: dict[str, list[str]] = {
    "rate": ["rate", "p.sespms", "r.csv", "--engine", "reference", "--output", "out/it.csv"],
    "rate in SQL": ["rate", "p.sespms", "r.csv", "--engine", "sql", "--format", "csv", "--output", "out/it.csv"],
    "rate into a workbook": ["rate", "p.sespms", "r.csv", "--engine", "columnar", "--output", "out/it.xlsx"],
    "impact": ["impact", "p.sespms", "r.csv", "--format", "html", "--output", "out/it.html"],
    "sweep": ["sweep", "p.sespms", "r.csv", "--vary", "cut of level 5 from 440 to 450 by 1", "--output", "out/it.xlsx"],
    "cohort": ["cohort", "p.sespms", "--executives", "3000", "--output", "out/it.csv"],
    "compare": ["compare", "p.sespms", "other.sespms", "--output", "out/it.xlsx"],
    "template": ["records", "template", "p.sespms", "--output", "out/it.xlsx"],
    "submit": ["submit", "p.sespms", "--test", "--output", "out/it.zip"],
    "seal": ["seal", "bag.zip", "--key", "key.pem", "--by", "O-1", "--output", "out/it.zip"],
    "withdraw": ["withdraw", "bag.zip", "--because", "We begin anew.", "--by", "O-1", "--output", "out/it.zip"],
    "receipt": ["explain", "p.sespms", "--scenario", "As planned", "--receipt", "out/it.html"],
    "new": ["new", "out/it.sespms", "--answers", "answers.toml"],
    "complete": ["complete", "out/it.sespms", "--write"],
    "format": ["format", "out/it.sespms"],
    "check --fix": ["check", "out/it.sespms", "--fix", "--all"],
}
"""The last argument of those with `--output` or `--receipt` is what is written."""

CHANGE_A_POLICY = ("complete", "format", "check --fix")


def work_in(folder: Path) -> Path:
    """A folder `work` with inputs, and empty folders for results, copies and what is kept between runs."""
    work = folder / "work"
    for each in ("", "temp", "out", "cache"):
        (work / each).mkdir()
    put(work, "p.sespms", SMALL)
    put(work, "other.sespms", SMALL.replace("450 to 500", "440 to 500").replace("350 to 449", "350 to 439"))
    put(work, "r.csv", HEADINGS + "".join(f"e{n},50,{n % 5 + 1},50,{n % 4 + 2}\n" for n in range(ROWS)))
    put(work, "answers.toml", ANSWERS)
    (work / "bag.zip").write_bytes(small_bag())
    (work / "key.pem").write_bytes(_key())
    return work


INPUTS = {"p.sespms", "other.sespms", "r.csv", "answers.toml", "bag.zip", "key.pem"}


@cache
def _key() -> bytes:
    """A private key, made once."""
    with tempfile.TemporaryDirectory() as folder:
        made_key_pair(Path(folder) / "key.pem", "ed25519")
        return (Path(folder) / "key.pem").read_bytes()


def before(work: Path, name: str, *, earlier: bool) -> dict[str, bytes]:
    """Put into the folder of results what stands there before; return what is in the folder."""
    if name in CHANGE_A_POLICY:
        loose = SMALL.replace("  total 100", "     total    100").replace("equivalent to outstanding", "")
        put(work / "out", "it.sespms", loose)
    elif earlier and name != "new":
        put(work / "out", Path(COMMANDS[name][-1]).name, EARLIER)
    return held(work / "out")


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def listening() -> None:
    """Let a process be stopped by SIGINT as on a terminal: one that was begun in the background is begun without."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def started(work: Path, arguments: Sequence[str]) -> subprocess.Popen[str]:
    """Start a command in its folder of work."""
    return subprocess.Popen(
        [sys.executable, "-m", "sespms_rules", *arguments],
        cwd=work,
        env=os.environ
        | {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(work / "temp"), "XDG_CACHE_HOME": str(work / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listening,  # noqa: PLW1509 - no threads run here
    )


def year_in(work: Path) -> None:
    """Put the example year beside the other inputs."""
    shutil.copytree(ROOT / "examples" / "year_2026", work / "year")
