"""Plans drawn by lot for systems that are invented here, and what a person needs who works ratings out by hand.

Nothing of the program is imported: whatever a rating is worked out by here was written from the English meaning.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

ELEMENTS = ("Leading", "Results", "People", "Budget")
OUT = "not in plan"
NOT_RATED = "not rated"
REFUSED = "refused"

Result = tuple[int | str, Fraction | None]
"""The level, `not rated` or `refused`, and the score; no score where a rating is refused or none is worked out."""


@dataclass(frozen=True)
class Part:
    """What was rated: its level or points on a scale (None: nobody rated it), its weight, its additional rating."""

    rating: Fraction | None
    weight: Fraction = Fraction(0)
    more: Fraction = Fraction(0)
    critical: bool = True


@dataclass(frozen=True)
class Plan:
    """An executive's plan: elements by name, requirements of an element by name, facts."""

    elements: Mapping[str, Part]
    requirements: Mapping[str, Mapping[str, Part]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def rated(self, *names: str) -> list[Fraction]:
        """The ratings of these elements, of all where none is named, without those that nobody rated."""
        parts = [self.elements[name] for name in names] if names else list(self.elements.values())
        return [part.rating for part in parts if part.rating is not None]

    def of(self, name: str) -> Fraction:
        """The rating of an element that is rated."""
        rating = self.elements[name].rating
        assert rating is not None
        return rating


@dataclass(frozen=True)
class Drawing:
    """What plans of a system are like.

    `levels` are the ratings that are drawn, `own` those of some elements, `unrated` is the share of elements that
    nobody rated, `weights` draws weights for so many elements, `more` are the additional ratings, by their name,
    `facts` draw facts, `absent` are elements that some plans have, `noncritical` names that a plan may bring, `parts`
    elements that are worked out from requirements, with how many there are.
    """

    elements: Sequence[str] = ELEMENTS
    levels: Sequence[int] = (1, 2, 3, 4, 5)
    own: Mapping[str, Sequence[int]] = field(default_factory=dict)
    unrated: float = 0
    weights: Callable[[random.Random, int], Sequence[Fraction]] | None = None
    more: tuple[str, Sequence[str]] | None = None
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    absent: Sequence[str] = ()
    noncritical: Sequence[str] = ()
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    unrated_parts: float = 0
    weights_of_parts: bool = False
    more_of_parts: tuple[str, Sequence[str]] | None = None


def drawn(draw: random.Random, about: Drawing) -> Plan:
    """A plan by lot; in some of them nearly all ratings are equal, so that patterns are met."""
    mostly = draw.choice(about.levels) if draw.random() < 0.4 else None
    names = [name for name in about.elements if name not in about.absent or draw.random() < 0.6]
    brought = [name for name in about.noncritical if draw.random() < 0.5]
    names += [name for name in brought if name not in names]
    rated = [name for name in names if name not in about.parts]
    weights = about.weights(draw, len(names)) if about.weights else [Fraction(0)] * len(names)
    by_name = dict(zip(names, weights, strict=True))
    elements = {}
    for name in rated:
        rating = _rating(draw, about.own.get(name, about.levels), mostly, about.unrated)
        more = Fraction(draw.choice(about.more[1])) if about.more and rating is not None else Fraction(0)
        elements[name] = Part(rating, by_name[name], more, name not in brought)
    requirements = {name: _requirements(draw, about, name, mostly) for name in about.parts if name in names}
    elements |= {name: Part(None, by_name[name]) for name in requirements}
    ordered = {name: elements[name] for name in names}
    return Plan(ordered, requirements, {name: draw.choice(values) for name, values in about.facts.items()})


def _rating(draw: random.Random, levels: Sequence[int], mostly: int | None, unrated: float) -> Fraction | None:
    if draw.random() < unrated:
        return None
    return Fraction(mostly if mostly in levels and mostly is not None and draw.random() < 0.8 else draw.choice(levels))


def _requirements(draw: random.Random, about: Drawing, name: str, mostly: int | None) -> dict[str, Part]:
    count = draw.randint(*about.parts[name])
    weights = total_100(draw, count) if about.weights_of_parts else [Fraction(0)] * count
    found = {}
    for number, weight in enumerate(weights, 1):
        rating = _rating(draw, about.levels, mostly, about.unrated_parts)
        extra = about.more_of_parts
        more = Fraction(draw.choice(extra[1])) if extra and rating is not None else Fraction(0)
        found[f"Part {number}"] = Part(rating, weight, more)
    return found


def total_100(draw: random.Random, count: int) -> Sequence[Fraction]:
    """Whole weights of at least 5 that total 100."""
    cuts = sorted(draw.sample(range(1, 20), count - 1))
    return [Fraction(5 * (high - low)) for low, high in zip([0, *cuts], [*cuts, 20], strict=True)]


def any_weights(draw: random.Random, count: int) -> Sequence[Fraction]:
    """Whole weights from 1 to 9, of any total."""
    return [Fraction(draw.randint(1, 9)) for _ in range(count)]


# ---- rounding, as it is taught in school ---------------------------------------------------------


def half_up(value: Fraction, step: Fraction = Fraction(1)) -> Fraction:
    """To the nearest multiple; a half goes to the larger one."""
    return floor(value / step + Fraction(1, 2)) * step


def half_down(value: Fraction, step: Fraction = Fraction(1)) -> Fraction:
    """To the nearest multiple; a half goes to the smaller one."""
    return ceil(value / step - Fraction(1, 2)) * step


def half_even(value: Fraction, step: Fraction = Fraction(1)) -> Fraction:
    """To the nearest multiple; a half goes to the even one."""
    low = floor(value / step)
    rest = value / step - low
    above = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1)
    return (low + above) * step


def upward(value: Fraction, step: Fraction = Fraction(1)) -> Fraction:
    """To the next multiple that is not smaller."""
    return ceil(value / step) * step


def downward(value: Fraction, step: Fraction = Fraction(1)) -> Fraction:
    """To the next multiple that is not larger."""
    return floor(value / step) * step


def mean(values: Sequence[Fraction]) -> Fraction:
    """The plain average."""
    return sum(values, Fraction(0)) / len(values)


def by_weight(parts: Sequence[Part]) -> Fraction:
    """The average by weight of what was rated."""
    rated = [(part.rating, part.weight) for part in parts if part.rating is not None]
    return sum((rating * weight for rating, weight in rated), Fraction(0)) / sum(weight for _, weight in rated)


def banded(score: Fraction, *cuts: tuple[str, int], lowest: int) -> int:
    """The level whose least score is reached, from the highest cut down."""
    return next((level for cut, level in cuts if score >= Fraction(cut)), lowest)


def usual(score: Fraction) -> int:
    """Levels at 4.5, 3.5, 2.5 and 1.5."""
    return banded(score, ("4.5", 5), ("3.5", 4), ("2.5", 3), ("1.5", 2), lowest=1)


# ---- as a roster -----------------------------------------------------------------------------------


def as_rows(about: Drawing, plans: Sequence[Plan]) -> list[list[str]]:
    """The plans as the rows of a table, headings first."""
    rows: list[dict[str, str]] = [_cells(about, number, plan) for number, plan in enumerate(plans)]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    absent = {heading: OUT if heading.endswith((" level", " weight")) else "" for heading in headings}
    return [headings, *([row.get(heading, absent[heading]) for heading in headings] for row in rows)]


def _cells(about: Drawing, number: int, plan: Plan) -> dict[str, str]:
    cells = {"id": f"e-{number}", **plan.facts}
    for name, part in plan.elements.items():
        _put(cells, name, part, about.weights is not None, about.more, name not in plan.requirements)
        if not part.critical:
            cells[f"{name} critical"] = "no"
        for under, one in plan.requirements.get(name, {}).items():
            _put(cells, f"{name} / {under}", one, about.weights_of_parts, about.more_of_parts, True)
    return cells


def _put(
    cells: dict[str, str],
    name: str,
    part: Part,
    weighted: bool,
    more: tuple[str, Sequence[str]] | None,
    rated: bool,
) -> None:
    if weighted:
        cells[f"{name} weight"] = str(part.weight)
    if rated:
        cells[f"{name} level"] = "" if part.rating is None else str(part.rating)
    if more and rated:
        cells[f"{name} {more[0]}"] = "" if part.rating is None else _decimal(part.more)


def _decimal(value: Fraction) -> str:
    return f"{float(value):g}"  # a half at most, which a binary number holds exactly
