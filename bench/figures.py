"""What is measured, and how: medians in one run, each beside something that does the same job."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from processes import Taken


class Figure(NamedTuple):
    """A job, its median in milliseconds, what it is compared with, and that one's median.

    `faster` says how the ratio is read: True, how many times faster the job is than its peer; False, how many times
    as long it takes.
    """

    job: str
    median: float
    peer: str
    peer_median: float
    goal: str = ""
    faster: bool = False

    @property
    def ratio(self) -> float:
        """How the two medians compare."""
        return self.peer_median / self.median if self.faster else self.median / self.peer_median

    @property
    def row(self) -> str:
        """The figure as a row of a table."""
        own, other = (f"{each:,.3f} ms" for each in (self.median, self.peer_median))
        shown = f"{self.ratio:.2f}" if self.ratio >= 0.1 else f"{self.ratio:.4f}"
        said = f"{shown} times as fast" if self.faster else f"{shown} times as long"
        return f"| {self.job} | {own} | {self.peer} | {other} | {said} | {self.goal} |"


class Row(NamedTuple):
    """A job of whole processes beside a peer's: processor time, with its range, time on the clock, memory."""

    job: str
    ours: Taken
    peer: str
    theirs: Taken

    @property
    def row(self) -> str:
        """The job as a row of a table."""
        own, other = (
            f"{each.cpu:.2f} s ({each.least:.2f} to {each.most:.2f}) | {each.wall:.2f} s | {each.megabytes:,} MB"
            for each in (self.ours, self.theirs)
        )
        return f"| {self.job} | {own} | {self.peer} | {other} | {self.ours.cpu / self.theirs.cpu:.2f} × |"


ROW_HEAD = (
    "| job | CPU, median (range) | clock | memory | beside | its CPU | its clock | its memory | ratio of CPU |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def median(job: Callable[[], object], times: int) -> float:
    """Run a job some times after one trial; return the median in milliseconds."""
    return medians([job], times)[0]


def medians(
    jobs: list[Callable[[], object]], times: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Run jobs in turn, so that a busy moment of the machine meets all of them; return their medians by a clock."""
    taken: list[list[float]] = [[] for _ in jobs]
    for job in jobs:
        job()
    for _ in range(times):
        for job, found in zip(jobs, taken, strict=True):
            start = clock()
            job()
            found.append(clock() - start)
    return [statistics.median(each) * 1000 for each in taken]
