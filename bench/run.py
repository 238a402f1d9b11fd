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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import editor  # noqa: E402
import from_files  # noqa: E402
import growth  # noqa: E402
import populations  # noqa: E402
import single  # noqa: E402
import starting  # noqa: E402
import sweeps  # noqa: E402
import whole_systems  # noqa: E402
import workbench  # noqa: E402
from figures import ROW_HEAD, Figure, Row  # noqa: E402
from goals import GOALS, goal_table  # noqa: E402

SECTIONS: tuple[tuple[str, tuple[Callable[[], Iterable[Figure]], ...]], ...] = (
    ("Starting and reading", (starting.cold, starting.parsing)),
    ("One appraisal at a time", (single.explained,)),
    ("Whole systems", (whole_systems.whole_systems,)),
    ("Populations", (populations.rated,)),
    ("Sweeps", (sweeps.sweeps,)),
    ("The workbench", (workbench.workbench,)),
    ("An editor", (editor.editor,)),
)

PAGE = ROOT / "docs" / "benchmarks.md"
ON_ONE_CORE = "One appraisal at a time"

PEERS = (
    *("zen-engine", "business-rules", "polars", "duckdb", "pandas", "openfisca-core"),
    *("numpy", "durable-rules", "z3-solver"),
)

BEGINNING = """# Benchmarks

Measured by `make bench` in one run. Read the ratios: they carry over to other machines, times do not.
Every peer had to give our answers before it was timed. Processor time (CPU) counts the work of all threads; what a
clock says depends on what else the machine does, and is beside it.
"""

FROM_FILES = """Whole processes: start, reading a file, checking, rating, writing a file. Peers check the same limits,
levels and repeated ids, and write the same columns but for the sentences that say why someone is refused. No process is
measured with less memory than the one that measures, some 60 MB, more where rows are measured anew.
"""

GROWTH = """The exponent is fitted to what a job takes beyond its smallest size: 1 is twice the time for twice the size,
flat means that none took one and a half times as long as the smallest.
"""


def table(figures: Iterable[Figure]) -> str:
    """Figures as a table."""
    head = "| job | median | compared with | its median | ratio | |\n|---|---|---|---|---|---|"
    return "\n".join([head, *(figure.row for figure in figures)])


def files() -> str:
    """Whole processes from files."""
    rows = [row for job in (from_files.rating, from_files.studies) for row in job()]
    return "\n".join([ROW_HEAD, *(row.row for row in rows)])


def grown() -> str:
    """The curves, and what is measured beside them."""
    found = "\n".join([growth.CURVE_HEAD, *(curve.row for curve in growth.curves())])
    growth.mutated()
    return found


def parts() -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Each part of the page: its title, what is said before it, and what measures it."""
    yield "From file to file", FROM_FILES, files
    yield "Growth", GROWTH, grown
    for title, jobs in SECTIONS:
        yield title, "", lambda jobs=jobs: table(figure for job in jobs for figure in job())  # type: ignore[misc]


def page() -> str:
    """Measure everything; return the page."""
    before = from_files.environment()
    made = []
    for title, said, measure in parts():
        made.append(f"## {title}\n\n{said}{chr(10) if said else ''}{measure()}\n")
        print(made[-1], flush=True)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    said = f"Machine: {machine}. Before: {before}. After: {from_files.environment()}.\nVersions: {versions}.\n"
    goals = f"## Goals\n\n{goal_table()}\n"
    return "\n".join([BEGINNING, said, goals, *made])


def renewed(text: str, title: str, said: str, measured: str) -> str:
    """A page with one part measured anew, and the goals that it measures; the load beside it is said in the part."""
    before, _, behind = text.partition(f"## {title}\n")
    _, mark, rest = behind.partition("\n## ")
    note = f"Measured anew on one core: {from_files.environment()}.\n\n" if title == ON_ONE_CORE else ""
    made = f"{before}## {title}\n\n{note}{said}{measured}\n{mark}{rest}"
    lines = {goal.job: goal.row for goal in GOALS}
    return "\n".join(line if is_measured(cells(line)) else lines.get(cells(line)[0], line) for line in made.split("\n"))


def cells(line: str) -> list[str]:
    """What stands in a line of a table; a line of text is one cell."""
    return line.removeprefix("| ").split(" | ")


def is_measured(row: list[str]) -> bool:
    """Whether a row tells of a measurement, and not of its goal, which may be called as the job is."""
    return len(row) > len(("job", "measured", "goal", "verdict", "remark"))


SOME_ROWS: dict[str, Callable[[], Iterable[Row]]] = {
    "long": from_files.long,
    "small": from_files.small,
    "studies": from_files.studies,
    "workbook": from_files.workbook,
}
"""Rows from file to file that can be measured anew by themselves."""


def some_rows(wanted: str, *, renews: bool) -> None:
    """Measure some rows from file to file; written into the page, each is marked with the load beside it."""
    load = from_files.environment()
    rows = {(row.job, row.peer): row.row for row in SOME_ROWS[wanted]()}
    print("\n".join([ROW_HEAD, *rows.values()]))
    if not renews:
        return
    goals = {goal.job: goal._replace(remark=f"measured anew: {load}").row for goal in GOALS}
    lines = []
    for line in PAGE.read_text(encoding="utf-8").split("\n"):
        row = cells(line)
        lines.append(rows.get((row[0], row[4]), line) if is_measured(row) else goals.get(row[0], line))
    PAGE.write_text("\n".join(lines), "utf-8")


def main() -> None:
    """Measure, print, and write the page; words on the command line choose sections, and then no page is written.

    With `--renew` the chosen sections, or the rows of `SOME_ROWS`, are measured anew and written into the page.
    """
    renews = "--renew" in sys.argv
    wanted = " ".join(word for word in sys.argv[1:] if word != "--renew").lower()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SESPMS_CACHE"] = folder
        starting.command("-m", "compileall", "-q", "src")()  # as every installation is
        if wanted in SOME_ROWS:
            some_rows(wanted, renews=renews)
            print(goal_table())
            return
        if wanted:
            for title, said, measure in parts():
                if wanted in title.lower():
                    print(measured := measure())
                    if renews:
                        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), title, said, measured), "utf-8")
            print(goal_table())
            return
        made = page()
    PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
