"""Legal plans and ratings drawn by a seeded source of chance until each executive has the level meant for him or her.

Only whole numbers are drawn, so that the same seed gives the same roster everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

from sespms_rules.checks.analysis import (
    WeightBox,
    fit,
)
from sespms_rules.checks.by_trial import (
    Plan,
    Seat,
    fewest_requirements,
    plans,
    requirement_weights,
    requirements,
)
from sespms_rules.engines.reference import admit, rate
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.rosters.population.synthetic import MARK, UNIT

_PLANS = 240
"""How many different plans are drawn; each executive has one of them."""

_TRIES = 600
"""How many appraisals are drawn for a level before it is taken to be out of reach."""

_SHIFTS = (0, 0, 0, 0, 0, 1, 1, -1, -1, 2, -2)
_WIDER = 200


class CohortError(Exception):
    """No roster can be made for a policy: `message` says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Cohort(Frozen):
    """A synthetic population: appraisals in the order of their ids, and how many have which level.

    `meant` is what the distribution asked for; `unreached` are the levels at which nobody could be put, whose
    executives were given the nearest level that can be reached, the lower of two.
    """

    appraisals: tuple[Appraisal, ...]
    levels: tuple[tuple[int, int], ...]
    meant: tuple[tuple[int, int], ...]
    unreached: tuple[int, ...]


def make_cohort(system: System, program: Program, meant: Mapping[int, int], seed: int) -> Cohort:
    """Make a roster with so many executives at each level; raise CohortError where the policy lets none be made."""
    source = _Source(system, program, Random(seed))  # noqa: S311 - nothing is kept secret by it
    wanted = [level for level in sorted(meant, reverse=True) for _ in range(meant[level])]
    source.shuffle(wanted)
    given: dict[int, int] = {}
    made: list[Appraisal] = []
    for number, level in enumerate(wanted, start=1):
        reached, appraisal = source.nearest(level)
        given[reached] = given.get(reached, 0) + 1
        made.append(replace(appraisal, id=f"{MARK}{number:06}", appointment="career", unit=UNIT))
    unreached = tuple(sorted((level for level in set(wanted) if level in source.out_of_reach), reverse=True))
    shown = sorted({*given, *meant}, reverse=True)
    return Cohort(
        tuple(made),
        tuple((level, given.get(level, 0)) for level in shown),
        tuple((level, meant.get(level, 0)) for level in shown),
        unreached,
    )


class _Source:
    """Draws appraisals of one policy."""

    def __init__(self, system: System, program: Program, chance: Random) -> None:
        self._program, self._chance = program, chance
        self.out_of_reach: set[int] = set()
        shape = next((plan for plan in plans(system, program) if plan.total is None or plan.weights()), None)
        if shape is None or not shape.seats:
            raise CohortError(
                f"no plan could be made that `{program.name}` allows",
                "see that the policy states what the weights of elements total, and that its limits leave room",
            )
        if not program.summary.rows and not program.summary.overrides:
            raise CohortError(
                f"`{program.name}` derives no summary level", "use a policy whose summary rating gives levels"
            )
        self._plan = shape
        self._weights = self._drawn_plans(shape)
        self._levels = sorted({level for level, _ in program.summary.points} | dict(program.terms).keys())

    def shuffle(self, listed: list[int]) -> None:
        """Put a list in an order of chance."""
        self._chance.shuffle(listed)

    # ---- plans -----------------------------------------------------------------------------------

    def _drawn_plans(self, shape: Plan) -> list[tuple[Fraction, ...] | None]:
        """Different legal weights, by moving weight from element to element as far as the policy allows."""
        first = shape.weights()
        if first is None:
            return [None]
        found, weights = [first], list(first)
        unit = Fraction(1) if shape.whole or first == tuple(map(Fraction, map(int, first))) else min(first) / 10
        for _ in range(_PLANS * 8):
            if len(found) == _PLANS or len(weights) < 2:
                break
            giver, taker = self._two(len(weights))
            moved = unit * self._chance.choice((1, 5, 5, 5, 10))
            tried = list(weights)
            tried[giver] -= moved
            tried[taker] += moved
            if self._legal(shape, tried):
                weights = tried
                if tuple(tried) not in found:
                    found.append(tuple(tried))
        return list(found)

    def _two(self, count: int) -> tuple[int, int]:
        giver = self._chance.randrange(count)
        taker = self._chance.randrange(count - 1)
        return giver, taker + (taker >= giver)

    def _legal(self, shape: Plan, weights: Sequence[Fraction]) -> bool:
        if min(weights) <= 0:
            return False
        marks = [self._mark(seat, self._highest(seat), 0) for seat in shape.seats]
        return not isinstance(admit(self._program, shape.appraisal(marks, weights)), tuple)

    @staticmethod
    def _highest(seat: Seat) -> int:
        return seat.levels[0] if seat.levels else 0

    # ---- ratings ---------------------------------------------------------------------------------

    def nearest(self, level: int) -> tuple[int, Appraisal]:
        """An appraisal rated at a level, or at the nearest that can be reached."""
        order = sorted({level, *self._levels}, key=lambda each: (abs(each - level), each))
        for each in order:
            appraisal = self._at(each)
            if appraisal is not None:
                return each, appraisal
        raise CohortError(
            f"no appraisal with a level could be found for `{self._program.name}`",
            "see what `sespms prove` says of its guarantees",
        )

    def _at(self, level: int) -> Appraisal | None:
        if level in self.out_of_reach:
            return None
        for tried in range(_TRIES):
            weights = self._chance.choice(self._weights)
            marks = [self._mark(seat, level, tried) for seat in self._plan.seats]
            appraisal = self._plan.appraisal(marks, weights)
            if rate(self._program, appraisal, trace=False).level == level:
                return appraisal
        self.out_of_reach.add(level)
        return None

    def _mark(self, seat: Seat, level: int, tried: int) -> Fraction | tuple[Rated, ...]:
        """A rating for an element near a level; after many tries any rating at all."""
        if seat.stage is not None:
            return self._requirements(seat.stage, level, tried)
        if seat.scale is not None:
            low, high = seat.scale
            return low + (high - low) * Fraction(self._chance.randrange(21), 20)
        return Fraction(self._near(sorted(seat.levels), level, tried))

    def _near(self, levels: list[int], level: int, tried: int) -> int:
        if tried >= _WIDER:
            return self._chance.choice(levels)
        closest = min(range(len(levels)), key=lambda place: (abs(levels[place] - level), place))
        return levels[max(0, min(len(levels) - 1, closest + self._chance.choice(_SHIFTS)))]

    def _requirements(self, stage: Stage, level: int, tried: int) -> tuple[Rated, ...]:
        count = fewest_requirements(stage)
        known = sorted(number for number, _ in stage.points)
        weights = None
        if stage.weighted:
            total, whole = requirement_weights(stage)
            weights = fit(total, whole, (WeightBox(Fraction(0), None),) * count) if total else None
        return requirements(stage, [self._near(known, level, tried) for _ in range(count)], weights)
