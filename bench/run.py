"""Measure speed, and write the figures to docs/benchmarks.md.

Everything is measured in one run on one machine, each job next to something it can be compared with; the ratio of the
medians is what to read, because it carries over to other machines and the times do not. `make bench` runs this.
"""

from __future__ import annotations

import itertools
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import numpy as np  # noqa: E402

from sespms_rules.engines import reference  # noqa: E402
from sespms_rules.engines.columnar import ColumnarEngine  # noqa: E402
from sespms_rules.engines.durable import DurableEngine, is_available  # noqa: E402
from sespms_rules.parse import parse  # noqa: E402
from sespms_rules.rating import Appraisal, Rated  # noqa: E402
from sespms_rules.source import Source  # noqa: E402
from systems import program_of  # noqa: E402

POLICY = ROOT / "policies" / "agencies" / "opm_basic.sespms"
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")


class Figure(NamedTuple):
    """A job, its median in milliseconds, and what it is compared with."""

    job: str
    median: float
    peer: str
    peer_median: float
    goal: str

    @property
    def row(self) -> str:
        """The figure as a row of the table."""
        ratio = self.median / self.peer_median
        own, other = f"{self.median:,.3f} ms", f"{self.peer_median:,.3f} ms"
        shown = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}"
        return f"| {self.job} | {own} | {self.peer} | {other} | {shown} | {self.goal} |"


def median(job: Callable[[], object], times: int) -> float:
    """Run a job some times after one trial; return the median in milliseconds."""
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def command(*words: str) -> Callable[[], object]:
    """A command in a process of its own."""
    return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)


def cold_starts() -> list[Figure]:
    """What a person waits for. The program is compiled first, as every installation of it is."""
    command("-m", "compileall", "-q", "src")()
    bare = median(command("-c", "pass"), 15)
    libraries = median(command("-c", "import click, lark"), 15)
    check = median(command("-m", "sespms_rules", "check", str(POLICY)), 15)
    return [
        Figure("`check` on OPM's system, cold", check, "importing click and lark, cold", libraries, "under 300 ms"),
        Figure("`check` on OPM's system, cold", check, "Python itself, cold", bare, ""),
    ]


def parsing() -> Figure:
    """A policy of 500 lines, against Python's own parser on 500 lines."""
    lines = POLICY.read_text(encoding="utf-8").splitlines()
    text = "\n".join(itertools.islice(itertools.cycle(lines), 500)) + "\n"
    source = Source("bench", text)
    python = "\n".join(
        f"value_{number} = [{number}, 'text', {number} + 1] if {number} else None" for number in range(500)
    )
    return Figure(
        "parse a policy of 500 lines",
        median(lambda: parse(source), 30),
        "Python compiles 500 lines",
        median(lambda: compile(python, "bench", "exec"), 30),
        "under 60 ms",
    )


def appraisals() -> list[Appraisal]:
    """A thousand appraisals, all different."""
    levels = itertools.islice(itertools.product((5, 4, 3, 2, 1), repeat=5), 1000)
    weights = (10, 10, 10, 10, 60)
    return [
        Appraisal(
            str(number),
            tuple(Rated(e, Fraction(k), Fraction(w)) for e, k, w in zip(ELEMENTS, each, weights, strict=True)),
        )
        for number, each in enumerate(levels)
    ]


def plain_loop(cases: list[Appraisal]) -> list[int]:
    """The least that any engine must do: a sum and five comparisons, no checks and no reasons."""
    points = {5: 5, 4: 4, 3: 3, 2: 2, 1: 0}
    found = []
    for case in cases:
        score = sum(points[int(each.rating or 0)] * int(each.weight or 0) for each in case.elements)
        low = any(each.rating == 1 for each in case.elements)
        found.append(1 if low else 5 if score >= 475 else 4 if score >= 400 else 3 if score >= 300 else 2)
    return found


def rating() -> list[Figure]:
    """Single appraisals, checked and explained, against a loop that does neither."""
    program, cases = program_of("agencies/opm_basic.sespms"), appraisals()
    floor = median(lambda: plain_loop(cases), 20)
    jobs: list[tuple[str, Callable[[], object]]] = [
        ("1,000 appraisals, reference, explained", lambda: [reference.rate(program, case) for case in cases]),
        ("1,000 appraisals, reference", lambda: [reference.rate(program, case, trace=False) for case in cases]),
    ]
    if is_available():
        engine = DurableEngine(program)
        jobs.append(("1,000 appraisals, durable-rules", lambda: [engine.rate(case) for case in cases]))
    return [Figure(name, median(job, 7), "the same in a plain loop", floor, "") for name, job in jobs]


def plain_columns(levels: list[list[int]], weights: list[list[int]]) -> list[int]:
    """The plain loop over lists of whole numbers: no checks, no reasons, no scores kept."""
    points = (0, 0, 2, 3, 4, 5)
    found = []
    for row in zip(*levels, *weights, strict=True):
        score = sum(points[level] * weight for level, weight in zip(row[:5], row[5:], strict=True))
        found.append(1 if 1 in row[:5] else 5 if score >= 475 else 4 if score >= 400 else 3 if score >= 300 else 2)
    return found


def populations() -> list[Figure]:
    """A million appraisals in arrays, checked against every limit, against a loop that checks nothing."""
    rows, engine = 1_000_000, ColumnarEngine(program_of("agencies/opm_basic.sespms"))
    draw = np.random.default_rng(2012)
    levels = [draw.integers(1, 6, rows, dtype=np.int8) for _ in ELEMENTS]
    light = [draw.integers(5, 21, rows, dtype=np.int8) for _ in ELEMENTS[1:]]
    weights = [*light, (100 - sum(light)).astype(np.int8)]
    by_name = [dict(zip(ELEMENTS, each, strict=True)) for each in (levels, weights)]
    lists = [[column.tolist() for column in each] for each in (levels, weights)]
    # Both must say the same, or the comparison says nothing.
    if engine.rate_columns(engine.columns(*by_name)).level.tolist() != plain_columns(*lists):
        raise SystemExit("the columns and the plain loop disagree")
    cases, reference_cases = appraisals() * 20, appraisals()
    program = program_of("agencies/opm_basic.sespms")
    return [
        Figure(
            "1,000,000 appraisals in arrays, columnar",
            median(lambda: engine.rate_columns(engine.columns(*by_name)), 11),
            "a plain loop over lists",
            median(lambda: plain_columns(*lists), 3),
            "",
        ),
        Figure(
            "20,000 appraisals one by one, columnar",
            median(lambda: engine.rate(cases), 7),
            "1,000 by the reference, times 20",
            20 * median(lambda: [reference.rate(program, case, trace=False) for case in reference_cases], 7),
            "",
        ),
    ]


def main() -> None:
    """Measure, print, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SESPMS_CACHE"] = folder
        figures = [*cold_starts(), parsing(), *rating(), *populations()]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    table = "\n".join(figure.row for figure in figures)
    page = f"""# Benchmarks

Measured by `make bench` in one run. Read the ratios: they carry over to other machines, the times do not.

Machine: {machine}.

| job | median | compared with | its median | ratio | goal |
|---|---|---|---|---|---|
{table}
"""
    (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
