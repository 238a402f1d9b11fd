"""What is rated under OPM's system of 2012: appraisals one by one, and populations in arrays. All are drawn."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sespms_rules.program.rating import Appraisal, Rated

ROOT = Path(__file__).resolve().parents[1]
POLICY = ROOT / "policies" / "agencies" / "opm_basic.sespms"
ELEMENTS = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")
POINTS = {5: 5, 4: 4, 3: 3, 2: 2, 1: 0}
CUTS = ((5, 475), (4, 400), (3, 300), (2, 200))


def appraisals(count: int = 1000) -> list[Appraisal]:
    """Appraisals under one plan, all different."""
    levels = itertools.islice(itertools.product((5, 4, 3, 2, 1), repeat=5), count)
    weights = (10, 10, 10, 10, 60)
    return [
        Appraisal(
            str(number),
            tuple(Rated(e, Fraction(k), Fraction(w)) for e, k, w in zip(ELEMENTS, each, weights, strict=True)),
        )
        for number, each in enumerate(levels)
    ]


class Population(NamedTuple):
    """Levels and weights, an array of whole numbers for each element."""

    levels: list[Any]
    weights: list[Any]

    @property
    def rows(self) -> int:
        """How many appraisals."""
        return len(self.levels[0])

    @property
    def by_name(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The arrays by the names of the elements."""
        return dict(zip(ELEMENTS, self.levels, strict=True)), dict(zip(ELEMENTS, self.weights, strict=True))


def population(rows: int, step: int = 1) -> Population:
    """Legal plans with weights in steps of `step`, and levels of which one in a hundred is the lowest."""
    draw = np.random.default_rng(2012)
    levels = [draw.choice([1, 2, 3, 4, 5], rows, p=[0.01, 0.04, 0.25, 0.4, 0.3]).astype(np.int8) for _ in ELEMENTS]
    light = [(draw.integers(5 // step or 1, 20 // step + 1, rows) * step).astype(np.int8) for _ in ELEMENTS[1:]]
    return Population(levels, [*light, (100 - sum(light)).astype(np.int8)])
