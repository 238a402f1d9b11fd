"""Small policies with an element worked out from requirements, drawn at random, and all appraisals under them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from decided.small_policies import rating_lines
from sespms_rules.program.rating import Appraisal, Rated

_MARKS = tuple(Fraction(level) for level in (1, 2, 3))


@dataclass(frozen=True)
class Nested:
    """The text of a policy, and whether elements and requirements that nobody rated are left out."""

    text: str
    elements_left_out: bool
    requirements_left_out: bool

    def appraisals(self) -> Iterator[Appraisal]:
        """Every appraisal of every plan in which something is rated."""
        locks = (*_MARKS, None) if self.elements_left_out else _MARKS
        parts = (*_MARKS, None) if self.requirements_left_out else _MARKS
        for first, count in product(locks, (1, 2)):
            for rated in product(parts, repeat=count):
                if first is None and not any(rated):
                    continue
                goals = tuple(Rated(f"Part {number}", mark) for number, mark in enumerate(rated))
                yield Appraisal("listed", (Rated("Locks", first), Rated("Goals", None, requirements=goals)))


def drawn(seed: int) -> Nested:
    """A policy from a seed."""
    draw = random.Random(seed)
    requirements, elements = draw.random() < 0.5, draw.random() < 0.5
    points = draw.choice([(3, 2, 1), (4, 2, 1), (5, 3, 0)])
    lines = ['system "Example Canal Office"', "  is outside the Senior Executive Service", ""]
    lines += ['critical element "Locks"', "", 'critical element "Goals"']
    lines += ["  has 1 to 2 requirements", "  requirements are rated"]
    if requirements:
        lines += ["  unrated requirements are left out"]
        lines += ["  not rated when no requirement is rated"] if draw.random() < 0.5 else []
    inside = rating_lines(draw, 2, weighted=False, named=False, left_out=requirements)
    lines += [each.replace("critical element", "requirement").replace("element", "requirement") for each in inside]
    lines += ["", "levels"]
    lines += [f'  level {level} "L{level}" {each} points' for level, each in zip((3, 2, 1), points, strict=True)]
    lines += ["", "summary rating", *(["  unrated elements are left out"] if elements else [])]
    lines += rating_lines(draw, 2, weighted=False, named=False, left_out=elements)
    return Nested("\n".join(lines) + "\n", elements, requirements)
