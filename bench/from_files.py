"""Whole processes from files, beside scripts of other tools that do the same checks and write the same answers."""

from __future__ import annotations

import csv
import os
import random
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from figures import Row
from goals import Goal, reached
from inputs import ELEMENTS, POLICY, ROOT
from processes import Process, Taken, script, sespms, taken

PEERS = (("a plain Python script", "plain.py"), ("polars", "with_polars.py"))
MORE_PEERS = (*PEERS, ("DuckDB, by hand", "with_duckdb.py"), ("pandas", "with_pandas.py"))
REFUSED = 1
VARIED = (
    "points of level 3 from 2 to 5",
    "cut of level 5 from 475 to 499",
    "cut of level 4 from 400 to 409",
)
"""What sweeps vary here: 1,000 variants, which the peers' scripts know too."""
QUICK = bool(os.environ.get("BENCH_QUICK"))
"""Set for a look at the figures: fewer repeats, and none of the largest files."""


def roster(folder: Path, rows: int, faulty: float = 0.0) -> Path:
    """A roster of so many plans that OPM's system allows; so many of its cells hold what is no level."""
    draw = random.Random(2012)  # noqa: S311 - invented executives
    path = folder / f"roster_{rows}_{faulty:g}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *(f"{each} {what}" for each in ELEMENTS for what in ("level", "weight"))])
        for number in range(rows):
            light = [draw.randint(5, 20) for _ in range(4)]
            cells = [f"E{number:07}"]
            for weight in (*light, 100 - sum(light)):
                level = draw.choices("12345", (1, 4, 25, 40, 30))[0]
                cells += [draw.choice(("6", "x", "", "0")) if draw.random() < faulty else level, str(weight)]
            writer.writerow(cells)
    return path


def rating() -> Iterable[Row]:
    """Rosters rated from CSV to CSV, and from a workbook."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _small(folder)
        yield from _large(folder)
    yield from workbook()


def small() -> Iterable[Row]:
    """Rosters of 8,000 and of 100,000 rows by the default engine."""
    with tempfile.TemporaryDirectory() as name:
        yield from _small(Path(name))


def workbook() -> Iterable[Row]:
    """A roster from a workbook."""
    with tempfile.TemporaryDirectory() as name:
        yield from _workbook(Path(name))


def long() -> Iterable[Row]:
    """Long rosters, rated in columns."""
    with tempfile.TemporaryDirectory() as name:
        yield from _large(Path(name))


def _small(folder: Path) -> Iterable[Row]:
    small = roster(folder, 8_000)
    ours, *peers = _beside(folder, small, "durable", MORE_PEERS, 3 if QUICK else 7)
    yield from _rows("`rate` 8,000 rows, default engine, CSV to CSV", ours, MORE_PEERS, peers)
    plain = peers[0].cpu
    reached(Goal("`rate` 8,000 rows, default engine, to a plain Python script", ours.cpu / plain, "×", most=5))
    many = roster(folder, 100_000)
    ours, *peers = _beside(folder, many, "durable", PEERS, 1 if QUICK else 3)
    yield from _rows("`rate` 100,000 rows, each confirmed by the reference", ours, PEERS, peers)
    reached(Goal("`rate` 100,000 rows with durable-rules, each confirmed", ours.cpu, "s of CPU", most=4))


def _large(folder: Path) -> Iterable[Row]:
    sizes = (1_000_000,) if QUICK else (1_000_000, 5_000_000)
    for rows in sizes:
        given = roster(folder, rows)
        turns = 1 if QUICK or rows > 1_000_000 else 3
        ours, *peers = _beside(folder, given, "columnar", MORE_PEERS[1:], turns)
        yield from _rows(f"`rate` {rows:,} rows, in columns, CSV to CSV", ours, MORE_PEERS[1:], peers)
        reached(Goal(f"`rate` {rows:,} rows CSV to CSV, to polars", ours.cpu / peers[0].cpu, "×", most=2))
        reached(Goal(f"`rate` {rows:,} rows, memory at the most", ours.megabytes, "MB", most=600))
        if rows == sizes[0]:
            faulty = roster(folder, rows, 0.0145)
            broken, *peers = _beside(folder, faulty, "columnar", MORE_PEERS[1:], turns)
            yield from _rows(f"`rate` {rows:,} rows of which 7 % are refused", broken, MORE_PEERS[1:], peers)
            reached(Goal("`rate` with 7 % of rows refused, to none", broken.cpu / ours.cpu, "×", most=1.3))


def _beside(folder: Path, given: Path, engine: str, peers: tuple[tuple[str, str], ...], times: int) -> list[Taken]:
    """Ours and the peers' processes over one roster, after all gave the same answers."""
    outputs = [folder / f"out_{place}.csv" for place in range(len(peers) + 1)]
    words = ("rate", POLICY, given, "--engine", engine, "--format", "csv", "--output", outputs[0])
    jobs = [sespms(*words, codes=(0, REFUSED))]
    jobs += [script(file, given, output) for (_, file), output in zip(peers, outputs[1:], strict=True)]
    found = taken(jobs, times)
    answers = {_answers(output) for output in outputs}
    if len(answers) > 1:
        raise SystemExit(f"the tools disagree about {given.name}")
    return found


def _answers(path: Path) -> int:
    """What a file says of outcome, score, level and term, whatever its order and line ends."""
    total = 0
    with path.open(encoding="utf-8", newline="") as file:
        for line in file:
            total ^= hash(",".join(line.rstrip().split(",")[:5]))
    return total


def _rows(job: str, ours: Taken, peers: tuple[tuple[str, str], ...], theirs: list[Taken]) -> Iterable[Row]:
    return [Row(job, ours, name, other) for (name, _), other in zip(peers, theirs, strict=True)]


def _workbook(folder: Path) -> Iterable[Row]:
    """8,000 rows from a workbook, beside LibreOffice, which recalculates a formula for each score and level."""
    office = shutil.which("soffice")
    if office is None:
        return
    given, sheet = _sheets(folder, roster(folder, 8_000))
    ours = sespms("rate", POLICY, given, "--format", "csv", "--output", folder / "out.csv")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = (office, profile, "--headless", "--convert-to", "csv", "--outdir", str(folder / "sheets"), str(sheet))
    mine, theirs = taken([ours, Process(words)], 1 if QUICK else 3)
    yield Row("`rate` 8,000 rows, default engine, XLSX to CSV", mine, "LibreOffice recalculates the sheet", theirs)
    reached(Goal("`rate` 8,000 rows of XLSX, to LibreOffice's recalculation", mine.cpu / theirs.cpu, "×", most=0.7))


def _sheets(folder: Path, given: Path) -> tuple[Path, Path]:
    """The roster as a workbook, and the same with formulas for score and level behind each row."""
    from openpyxl import Workbook

    plain, rated = Workbook(write_only=True), Workbook(write_only=True)
    first, second = plain.create_sheet("roster"), rated.create_sheet("roster")
    with given.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            cells = row if number == 1 else [row[0], *map(int, row[1:])]
            first.append(cells)
            pairs = [(f"{level}{number}", f"{weight}{number}") for level, weight in zip("BDFHJ", "CEGIK", strict=True)]
            score = "+".join(f"IF({level}=1,0,{level})*{weight}" for level, weight in pairs)
            lowest = ",".join(level for level, _ in pairs)
            level = f"=IF(MIN({lowest})=1,1,IF(L{number}>=475,5,IF(L{number}>=400,4,IF(L{number}>=300,3,2))))"
            second.append([*cells, *(("score", "level") if number == 1 else (f"={score}", level))])
    paths = folder / "roster.xlsx", folder / "sheet.xlsx"
    plain.save(paths[0])
    rated.save(paths[1])
    return paths


# ---- studies ---------------------------------------------------------------------------------------


def studies() -> Iterable[Row]:
    """What agencies ask about a whole population; no peer does these jobs but the last."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        loop = Process((*script("plain.py").words[:1], "-c", "sum(number for number in range(10_000_000))"))
        jobs = [
            ("`check` cold", sespms("check", POLICY), Process((*loop.words[:1], "-c", "import click, lark"))),
            ("`impact` of 100 amendments on 10,000 executives", _impact(folder), loop),
            (
                "`cohort` of 100,000",
                sespms("cohort", POLICY, "--executives", 100_000, "--output", folder / "cohort.csv"),
                loop,
            ),
        ]
        for job, ours, peer in jobs:
            mine, theirs = taken([ours, peer], 9 if job == "`check` cold" and not QUICK else 1)
            said = "importing click and lark" if job == "`check` cold" else "adding up ten million whole numbers"
            yield Row(job, mine, said, theirs)
            if job == "`check` cold":
                reached(Goal("`check` cold, to importing click and lark", mine.cpu / theirs.cpu, "×", most=1.4))
            else:
                reached(Goal(job, mine.cpu, "s of CPU", most=2 if "impact" in job else 3))
        yield _sweep(folder)


def _sweep(folder: Path) -> Row:
    """8,000 executives under 1,000 variants, beside polars with the same checks and one count of the scores."""
    given, outputs = roster(folder, 8_000, 0.0145), [folder / "ours.csv", folder / "theirs.csv"]
    varied = [word for each in VARIED for word in ("--vary", each)]
    ours = sespms("sweep", POLICY, given, *varied, "--format", "csv", "--output", outputs[0])
    mine, theirs = taken([ours, script("sweep_with_polars.py", given, outputs[1])], 3 if QUICK else 9)
    first, second = (each.read_text(encoding="utf-8").splitlines() for each in outputs)
    if first != second:
        raise SystemExit("the tools disagree about a sweep from a file")
    job = "`sweep` of 8,000 executives under 1,000 variants, CSV to CSV"
    reached(Goal(f"{job}, to polars", mine.cpu / theirs.cpu, "×", most=1))
    return Row(job, mine, "polars, a histogram of scores, the same checks", theirs)


def _impact(folder: Path) -> Process:
    policy = folder / "policy.sespms"
    policy.write_text(POLICY.read_text(encoding="utf-8"), encoding="utf-8")
    text = (ROOT / "policies" / "what-if" / "raise_the_bar.sespms").read_text(encoding="utf-8")
    named = "Raise the bar for Outstanding"
    words: list[object] = []
    for number in range(100):
        path = folder / f"amendment_{number}.sespms"
        path.write_text(text.replace(named, f"{named}, {number}"), encoding="utf-8")
        words += ["--with", path]
    return sespms("impact", policy, roster(folder, 10_000), *words)


def environment() -> str:
    """The load that other work put on the machine, to be read beside every figure."""
    one, five, fifteen = os.getloadavg()
    return f"load {one:.1f}, {five:.1f}, {fifteen:.1f}"
