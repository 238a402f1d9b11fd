"""The workbench as its reader waits for it: a request to the real server on this machine, and the page that comes back.

Processor time of the one process that serves and asks; what a browser takes to draw the page is not in it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from figures import Figure, medians
from goals import Goal, reached
from inputs import POLICY

from workbench_server import Served, serving

_EXECUTIVES = 8_000
_TIMES = 7
_ROSTER = "roster.csv"
_BARE = "the page of a finding"
"""What each is compared with: a page for which nothing is worked out."""


def workbench() -> list[Figure]:
    """Each page beside one for which nothing is worked out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / POLICY.name).write_text(POLICY.read_text(encoding="utf-8"), encoding="utf-8")
        asked = [sys.executable, "-m", "sespms_rules", "cohort", str(POLICY), "--executives", str(_EXECUTIVES)]
        roster = subprocess.run(asked, check=True, capture_output=True).stdout
        (folder / _ROSTER).write_bytes(roster)
        with serving(folder) as served:
            return _measured(served)


def _measured(served: Served) -> list[Figure]:
    jobs: list[tuple[str, Callable[[], object], int]] = [
        ("first page with a policy and how it stands", lambda: _read(served, f"/state?policy={POLICY.name}"), 300),
        ("a pause of the pen on OPM's text, to its findings", _changing(served, _findings), 300),
        (f"a moved cut, to the new distribution of {_EXECUTIVES:,} executives", _changing(served, _moved), 200),
        ("a moved cut, counted over every possible appraisal", _changing(served, _domain), 1_000),
    ]
    bare: Callable[[], object] = lambda: _read(served, "/findings/SES214")  # noqa: E731
    *taken, peer = medians([*(job for _, job, _ in jobs), bare], _TIMES, time.process_time)
    for (name, _, most), own in zip(jobs, taken, strict=True):
        reached(Goal(f"workbench: {name}", own, "ms of CPU", most=most))
    return [Figure(name, own, _BARE, peer) for (name, _, _), own in zip(jobs, taken, strict=True)]


def _changing(served: Served, job: Callable[[Served, int], object]) -> Callable[[], object]:
    """A job that asks for something else each time, as a reader does."""
    numbers = count()
    return lambda: job(served, next(numbers))


def _read(served: Served, path: str, sent: dict[str, str] | None = None) -> str:
    found = served.ask(path, sent, {"HX-Request": "true"})
    if found.status != 200:
        raise SystemExit(f"{path} answers {found.status}")
    return found.text


def _findings(served: Served, number: int) -> str:
    text = POLICY.read_text(encoding="utf-8")
    return _read(served, f"/write?policy={POLICY.name}", {"text": f"{text}\n# note {number}\n", "do": "findings"})


def _moved(served: Served, number: int, do: str = "try", roster: str = _ROSTER) -> str:
    figures = {"figure cut of level 5": str(474 - number), "roster": roster, "do": do}
    return _read(served, f"/what-if?policy={POLICY.name}", figures)


def _domain(served: Served, number: int) -> str:
    return _moved(served, number, "domain", "")
