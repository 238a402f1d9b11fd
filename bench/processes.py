"""Whole processes, from files to files: processor time, time on the clock, and memory at the most."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from inputs import ROOT

SCRIPTS = Path(__file__).parent / "peer_scripts"


class Process(NamedTuple):
    """A process to measure, and the exit codes that are no fault."""

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)


class Taken(NamedTuple):
    """Medians of processor seconds and seconds on the clock, the range of the former, and megabytes at the most."""

    cpu: float
    wall: float
    least: float
    most: float
    megabytes: int


def sespms(*words: object, codes: tuple[int, ...] = (0,)) -> Process:
    """One of our commands."""
    return Process((sys.executable, "-m", "sespms_rules", *map(str, words)), codes)


def script(name: str, *words: object) -> Process:
    """One of the peers' scripts."""
    return Process((sys.executable, str(SCRIPTS / name), *map(str, words)))


def taken(processes: list[Process], times: int) -> list[Taken]:
    """Run processes in turn, so that a busy moment meets all of them; the first turn counts for nothing."""
    found: list[list[tuple[float, float, int]]] = [[] for _ in processes]
    for turn in range(times + (times > 1)):
        for process, runs in zip(processes, found, strict=True):
            run = _run(process)
            if turn or times == 1:
                runs.append(run)
    return [_median(runs) for runs in found]


def _run(process: Process) -> tuple[float, float, int]:
    start = time.perf_counter()
    made = subprocess.Popen(process.words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = made.stderr.read() if made.stderr else ""
    _, status, used = os.wait4(made.pid, 0)
    made.returncode = os.waitstatus_to_exitcode(status)
    if made.returncode not in process.codes:
        raise SystemExit(f"{' '.join(process.words)} ended with {made.returncode}:\n{said}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss // 1024


def _median(runs: list[tuple[float, float, int]]) -> Taken:
    cpu, wall, size = ([run[place] for run in runs] for place in range(3))
    return Taken(statistics.median(cpu), statistics.median(wall), min(cpu), max(cpu), int(max(size)))
