"""Measure speed, and write the figures to docs/benchmarks.md.

Everything is measured in one run on one machine, each job beside something that does the same; the ratio of the medians
is what to read, because it carries over to other machines and the times do not. `make bench` runs this.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import populations  # noqa: E402
import single  # noqa: E402
import starting  # noqa: E402
import sweeps  # noqa: E402
import whole_systems  # noqa: E402
from figures import Figure  # noqa: E402

SECTIONS: tuple[tuple[str, tuple[Callable[[], Iterable[Figure]], ...]], ...] = (
    ("Starting and reading", (starting.cold, starting.parsing)),
    ("One appraisal at a time", (single.explained,)),
    ("Whole systems", (whole_systems.whole_systems,)),
    ("Populations", (populations.rated,)),
    ("Sweeps", (sweeps.sweeps,)),
)

PEERS = ("zen-engine", "business-rules", "polars", "duckdb", "openfisca-core", "numpy", "durable-rules", "z3-solver")


def table(figures: Iterable[Figure]) -> str:
    """Figures as a table."""
    head = "| job | median | compared with | its median | ratio | goal |\n|---|---|---|---|---|---|"
    return "\n".join([head, *(figure.row for figure in figures)])


def page() -> str:
    """Measure everything; return the page."""
    parts = []
    for title, jobs in SECTIONS:
        figures = [figure for job in jobs for figure in job()]
        parts.append(f"## {title}\n\n{table(figures)}\n")
        print(parts[-1], flush=True)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    return "\n".join(
        [
            "# Benchmarks\n",
            "Measured by `make bench` in one run. Read the ratios: they carry over to other machines, times do not.",
            f"Every peer had to give our answers before it was timed.\n\nMachine: {machine}.\nVersions: {versions}.\n",
            *parts,
        ]
    )


def main() -> None:
    """Measure, print, and write the page; words on the command line choose sections, and then no page is written."""
    wanted = " ".join(sys.argv[1:]).lower()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SESPMS_CACHE"] = folder
        if wanted:
            for title, jobs in SECTIONS:
                if wanted in title.lower():
                    print(table(figure for job in jobs for figure in job()))
            return
        made = page()
    (ROOT / "docs" / "benchmarks.md").write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
