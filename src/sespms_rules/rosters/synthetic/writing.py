"""A cohort -> a roster in CSV, with the headings that every command reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TextIO

from sespms_rules.foundation.origin import exact
from sespms_rules.program.ir import NumberScale, Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.rosters.files.cells import safe_cell


def write_roster(program: Program, appraisals: Sequence[Appraisal], file: TextIO) -> None:
    """Write appraisals that all have the same elements, a row each; every row says that it is synthetic."""
    scaled = {each.name for each in program.summary.members if isinstance(each.scale, NumberScale)}
    writer = csv.writer(file, lineterminator="\r\n")
    first = list(_cells(appraisals[0].elements, scaled)) if appraisals else []
    writer.writerow(["id", "appointment", "unit", *(safe_cell(heading) for heading, _ in first)])
    for each in appraisals:
        cells = (cell for _, cell in _cells(each.elements, scaled))
        writer.writerow([safe_cell(each.id), each.appointment or "", each.unit or "", *cells])


def _cells(members: Sequence[Rated], scaled: set[str], above: str = "") -> Iterator[tuple[str, str]]:
    """Headings with their cells: weight, level and additional ratings, and the requirements of each element."""
    for each in members:
        name = above + each.name
        if each.weight is not None:
            yield f"{name} weight", exact(each.weight)
        if each.requirements:
            yield from _cells(each.requirements, scaled, f"{name} / ")
        else:
            word = "rating" if name in scaled else "level"
            yield f"{name} {word}", _number(each.rating)
        for further, value in each.further:
            yield f"{name} {further}", exact(value)


def _number(value: Fraction | None) -> str:
    return "" if value is None else exact(value)
