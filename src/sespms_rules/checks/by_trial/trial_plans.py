"""Plans that a system allows, and appraisals of them: what a program is tried on.

A plan has its elements and, where the summary rating reads weights, the limits of their weights. Requirements are
made up for an element that is derived from them, as few as it may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from sespms_rules.checks.analysis.weights import WeightLimits, weight_rules
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import (
    Kind,
    LevelScale,
    Member,
    MemberCount,
    NumberScale,
    Program,
    Stage,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.plans import WeightBox, fit
from sespms_rules.program.rating import Appraisal, Rated

_MOST_ELEMENTS = 16
_MOST_UNLIMITED = 8


class Seat(Frozen):
    """An element's place in a plan.

    `levels` are those it can get, best first; `scale` its lowest and highest number where it is rated by numbers;
    `stage` derives it from requirements. `named` says whether the policy names it.
    """

    name: str
    critical: bool
    levels: tuple[int, ...]
    scale: tuple[Fraction, Fraction] | None
    stage: Stage | None
    box: WeightBox
    named: bool


class Plan(Frozen):
    """The elements of a plan. `total` is what their weights total, None where the summary reads no weights."""

    seats: tuple[Seat, ...]
    total: Fraction | None
    whole: bool
    further: tuple[tuple[str, Fraction], ...]

    def weights(self) -> tuple[Fraction, ...] | None:
        """Weights that the plan may have; None where there are none."""
        return fit(self.total, self.whole, self.boxes) if self.total is not None else None

    @property
    def boxes(self) -> tuple[WeightBox, ...]:
        """The limits of each weight."""
        return tuple(seat.box for seat in self.seats)

    def rated(self, place: int, weight: Exact | None, mark: Exact | tuple[Rated, ...]) -> Rated:
        """The element at a place with a weight and a mark: its level, its number, or its requirements."""
        seat = self.seats[place]
        rating, inner = (None, mark) if isinstance(mark, tuple) else (Fraction(mark), ())
        weighs = None if weight is None else Fraction(weight)
        return Rated(seat.name, rating, weighs, self.further, inner, seat.critical)

    def appraisal(self, marks: Sequence[Exact | tuple[Rated, ...]], weights: Sequence[Exact] | None) -> Appraisal:
        """An appraisal with a mark for each seat: its level, its number, or its requirements."""
        given = weights if weights is not None else [None] * len(marks)
        pairs = enumerate(zip(marks, given, strict=True))
        return Appraisal("tried out", tuple([self.rated(place, weight, mark) for place, (mark, weight) in pairs]))


def plans(system: System, program: Program) -> Iterator[Plan]:
    """The plans of a system by their number of elements, the smallest first; large ones are left out.

    Nothing where weights are read and their total is not stated.
    """
    rules, summary = weight_rules(system), program.summary
    total = rules.total.total.value if rules.total and summary.weighted else None
    if summary.weighted and total is None:
        return
    known = {member.name: member for member in summary.members}
    numbers = tuple(sorted((level for level, _ in summary.points), reverse=True))
    last = rules.most if rules.most is not None else rules.fewest + _MOST_UNLIMITED - 1
    for count in range(rules.fewest, min(last, _MOST_ELEMENTS) + 1):
        for plan in rules.plans(count):
            seats = tuple(_seat(place, limits, known, numbers) for place, limits in enumerate(plan, start=1))
            if seats and len(seats) <= _MOST_ELEMENTS:
                yield Plan(seats, total, rules.whole, _further(summary))


def _seat(place: int, limits: WeightLimits, known: Mapping[str, Member], numbers: tuple[int, ...]) -> Seat:
    """The seat of one element; `numbers` are the levels of one that only the plan names."""
    member = known.get(limits.name or "")
    scale, stage = (member.scale, member.stage) if member else (LevelScale(numbers), None)
    levels = tuple(sorted(scale.levels, reverse=True)) if isinstance(scale, LevelScale) else ()
    ends = (scale.low, scale.high) if isinstance(scale, NumberScale) else None
    name, critical = (member.name, member.critical) if member else (f"Element {place}", limits.critical)
    return Seat(name, critical, levels, ends, stage, limits.box, member is not None)


def requirements(stage: Stage, levels: Sequence[int], weights: Sequence[Exact] | None) -> tuple[Rated, ...]:
    """Requirements at these levels."""
    further = _further(stage)
    return tuple(
        Rated(f"Requirement {place + 1}", Fraction(level), Fraction(weights[place]) if weights else None, further)
        for place, level in enumerate(levels)
    )


def alike(stage: Stage, level: int) -> tuple[Rated, ...] | None:
    """As few requirements as an element may have, all at one level; None where no weights fit them."""
    count = fewest_requirements(stage)
    if not stage.weighted:
        return requirements(stage, (level,) * count, None)
    total, whole = requirement_weights(stage)
    weights = fit(total, whole, (WeightBox(Fraction(0), None),) * count) if total else None
    return requirements(stage, (level,) * count, weights) if weights else None


def fewest_requirements(stage: Stage) -> int:
    """How many requirements an element has at least."""
    lows = [each.low for each in stage.limits if isinstance(each, MemberCount) and each.kind is Kind.REQUIREMENT]
    return max([1, *(low for low in lows if low is not None)])


def most_requirements(stage: Stage) -> int | None:
    """How many requirements an element has at most; None without a limit."""
    highs = [each.high for each in stage.limits if isinstance(each, MemberCount) and each.kind is Kind.REQUIREMENT]
    return min((high for high in highs if high is not None), default=None)


def requirement_weights(stage: Stage) -> tuple[Fraction | None, bool]:
    """What the weights of requirements total (None where nothing is stated), and whether they are whole numbers."""
    total = next((each.total for each in stage.limits if isinstance(each, WeightTotal)), None)
    return total, any(isinstance(each, WholeWeights) for each in stage.limits)


def _further(stage: Stage) -> tuple[tuple[str, Fraction], ...]:
    """Additional ratings that change nothing where zero is allowed, else the lowest."""
    return tuple((each.name, Fraction(0) if each.admits(Fraction(0)) else each.low) for each in stage.further)


# ---- in words ------------------------------------------------------------------------------------


def told(plan: Plan, appraisal: Appraisal) -> str:
    """An appraisal in words; elements that only the plan names are told by their ratings alone."""
    if not any(seat.named for seat in plan.seats) and plan.total is None:
        ratings = [exact(rated.rating or 0) for rated in appraisal.elements]
        return f"a plan with {len(ratings)} element{'' if len(ratings) == 1 else 's'} rated {listed(ratings)}"
    parts = [
        (f"`{rated.name}`" if seat.named else "one element") + _rated(rated)
        for seat, rated in zip(plan.seats, appraisal.elements, strict=True)
    ]
    return f"a plan with {listed(parts)}"


def _rated(rated: Rated) -> str:
    weight = "" if rated.weight is None else f" weight {exact(rated.weight)}"
    if rated.rating is not None:
        return f"{weight} rated {exact(rated.rating)}"
    inner = listed(f"{_rated(each).strip()}" for each in rated.requirements)
    count = len(rated.requirements)
    return f"{weight} ({count} requirement{'' if count == 1 else 's'}: {inner})"
