"""How jobs grow: elements, rows of a table, rows of a roster, amendments. Whole processes, with fitted exponents."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from from_files import QUICK, roster
from goals import Goal, reached
from inputs import POLICY
from processes import Process, Taken, sespms, taken

_CLEAR = 1.5
"""Only times that are so many times those of the smallest size are fitted: the rest is the start of a process."""

GUARANTEES = (
    "every appraisal gets exactly one level",
    "every level can be reached",
    "a better rating never lowers the result",
)


class Curve(NamedTuple):
    """A job at several sizes."""

    job: str
    sizes: tuple[int, ...]
    found: tuple[Taken, ...]

    @property
    def exponent(self) -> str:
        """The slope of what a job takes beyond its smallest size, in logarithms; flat where nothing is beyond."""
        first = self.found[0].cpu
        beyond = [
            (math.log(size), math.log(each.cpu - first))
            for size, each in zip(self.sizes, self.found, strict=True)
            if each.cpu > _CLEAR * first
        ]
        if len(beyond) < 2:
            return "flat" if not beyond else "one point"
        middle = [sum(point[axis] for point in beyond) / len(beyond) for axis in (0, 1)]
        over = sum((x - middle[0]) * (y - middle[1]) for x, y in beyond)
        return f"{over / sum((x - middle[0]) ** 2 for x, _ in beyond):.2f}"

    @property
    def row(self) -> str:
        """The curve as a row of a table."""
        pairs = zip(self.sizes, self.found, strict=True)
        points = ", ".join(f"{size:,}: {each.cpu:.2f} s" for size, each in pairs)
        return f"| {self.job} | {points} | {max(each.megabytes for each in self.found):,} MB | {self.exponent} |"


CURVE_HEAD = "| job | sizes and CPU | memory at the most | exponent |\n|---|---|---|---|"


def elements(count: int, guarantees: tuple[str, ...] = (), table: int = 0) -> str:
    """A system like OPM's with so many elements, and a table of so many rows that reports what a score is worth."""
    names = [f"Element {number}" for number in range(1, count)] + ["Results"]
    lines = ['system "Invented for the benchmark"', '  agency "An invented agency"']
    lines += [f"  has exactly {count} critical elements", ""]
    for name in names:
        lines += [f'critical element "{name}"', ""]
    lines += ["levels"]
    terms = ("Outstanding", "Exceeds Fully Successful", "Fully Successful", "Minimally Satisfactory", "Unsatisfactory")
    for level, term in zip((5, 4, 3, 2, 1), terms, strict=True):
        lines.append(f'  level {level} "{term}" {level} points equivalent to {term.lower()}')
    lines += ["", "weights", "  total 100", "  are whole numbers", "  all at least 1", ""]
    lines += ["summary rating", "  score is the sum of points times weight", "  score 475 to 500 is level 5"]
    lines += ["  score at least 400 and below 475 is level 4", "  score at least 300 and below 400 is level 3"]
    lines += [
        "  score at least 100 and below 300 is level 2",
        "  any critical element at level 1 makes the rating level 1",
    ]
    if table:
        lines += ['  "award" is the "Award" for score', '  also report "award"', "", 'table "Award"']
        step = max(400 // table, 1)  # beyond 400 rows some hold no score of this system
        cuts = [100 + step * number for number in range(1, table)]
        lines.append(f"  below {cuts[0]} gives 0%")
        for place, (low, high) in enumerate(pairwise(cuts), start=1):
            lines.append(f"  at least {low} and below {high} gives {place % 10}%")
        lines.append(f"  at least {cuts[-1]} gives 10%")
    if guarantees:
        lines += ["", "guarantees", *(f"  {each}" for each in guarantees)]
    return "\n".join(lines) + "\n"


def curves() -> Iterable[Curve]:
    """Every curve; the goals about walls are read from them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _of_elements(folder)
        yield from _of_tables(folder)
        yield from _of_rosters(folder)


def _curve(job: str, sizes: tuple[int, ...], process: Callable[[int], Process]) -> Curve:
    taken([process(sizes[0])], 1)  # what a command keeps of the law is made by its first run
    return Curve(job, sizes, tuple(taken([process(size)], 1)[0] for size in sizes))


def _of_elements(folder: Path) -> Iterable[Curve]:
    def policy(count: int) -> Path:
        path = folder / f"elements_{count}.sespms"
        path.write_text(elements(count, GUARANTEES), encoding="utf-8")
        return path

    yield _curve("`check`, elements", (2, 5, 10, 20, 30), lambda count: sespms("check", policy(count), codes=(0, 1)))
    proved = _curve("`prove`, elements", (5, 10, 20, 30), lambda count: sespms("prove", policy(count)))
    yield proved
    ratio = proved.found[-1].cpu / proved.found[0].cpu
    reached(Goal("`prove` of 30 elements, to 5", ratio, "×", most=3, remark="ends with 0: nothing undecided"))
    counted = _curve("`count`, elements", (2, 4, 6, 8, 12), lambda count: sespms("count", policy(count)))
    yield counted
    reached(Goal("`count` of 12 elements, whole weights", counted.found[-1].cpu, "s of CPU", most=3))
    reached(Goal("`count` of 12 elements, memory", counted.found[-1].megabytes, "MB", most=300))
    amendment = folder / "amendment.sespms"
    amendment.write_text(
        'amendment "Raise the bar"\n  amends "Invented for the benchmark"\n  in force from 2026-10-01\n\n'
        "summary rating\n  strike score 475 to 500 is level 5\n  insert score 485 to 500 is level 5\n"
        "  strike score at least 400 and below 475 is level 4\n"
        "  insert score at least 400 and below 485 is level 4\n",
        encoding="utf-8",
    )
    compared = _curve(
        "`compare`, elements", (2, 4, 6, 8, 12), lambda count: sespms("compare", policy(count), "--with", amendment)
    )
    yield compared
    reached(Goal("`compare` of 12 elements, whole weights", compared.found[-1].cpu, "s of CPU", most=3))
    reached(Goal("`compare` of 12 elements, memory", compared.found[-1].megabytes, "MB", most=300))


def _of_tables(folder: Path) -> Iterable[Curve]:
    def policy(rows: int) -> Path:
        path = folder / f"table_{rows}.sespms"
        path.write_text(elements(4, GUARANTEES, rows), encoding="utf-8")
        return path

    sizes = (10, 100, 300, 1_000)
    yield _curve("`check`, rows of a table", sizes, lambda rows: sespms("check", policy(rows), codes=(0, 1)))
    yield _curve("`prove`, rows of a table", sizes, lambda rows: sespms("prove", policy(rows)))
    counted = _curve("`count`, rows of a table", sizes, lambda rows: sespms("count", policy(rows)))
    yield counted
    reached(Goal("`count` with a table of 1,000 rows", counted.found[-1].cpu, "s of CPU", most=2))


def _of_rosters(folder: Path) -> Iterable[Curve]:
    def rated(engine: str) -> Callable[[int], Process]:
        words = ("--engine", engine, "--format", "csv", "--output", folder / "out.csv")
        return lambda rows: sespms("rate", POLICY, roster(folder, rows), *words)

    yield _curve("`rate`, default engine, rows", (20, 1_000, 8_000, 64_000), rated("durable"))
    sizes = (20_000, 100_000, 500_000) if QUICK else (20_000, 100_000, 500_000, 2_000_000)
    yield _curve("`rate`, in columns, rows", sizes, rated("columnar"))


def mutated() -> None:
    """`test --mutate` of OPM's system, which must come to the same answer on a busy machine."""
    (found,) = taken([sespms("test", "--mutate", POLICY, codes=(0, 1))], 1)
    reached(Goal("`test --mutate` of OPM's system", found.cpu, "s of CPU", most=20))
