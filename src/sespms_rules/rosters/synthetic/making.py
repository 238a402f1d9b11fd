"""Plans and ratings drawn by a seeded source of chance until each executive has the level meant for him or her.

Nothing but exact numbers is drawn, so that the same seed gives the same roster everywhere. `plan_drawing` says how the
weights of plans are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice
from random import Random

from sespms_rules.checks.analysis import case_of
from sespms_rules.checks.by_trial import (
    Plan,
    Seat,
    fewest_requirements,
    plans,
    requirement_weights,
    requirements,
)
from sespms_rules.engines.reference import CompiledReference, admit
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.facts import GivenFacts, settled
from sespms_rules.program.ir import Further, Limit, Program, Stage
from sespms_rules.program.members import parts_read
from sespms_rules.program.plans import WeightBox, weight_ends
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.rosters.population.synthetic import MARK, UNIT
from sespms_rules.rosters.synthetic.asked import NOTHING_ASKED, Asked, CohortError, with_asked_weights
from sespms_rules.rosters.synthetic.plan_drawing import (
    Places,
    Weights,
    drawn_weights,
    first_weights,
    interchanged,
    limited_alike,
    number_below,
)

_PLANS = 240
"""How many plans are drawn; each executive has the weights of one, dealt out anew among elements treated alike."""

_TRIES = 600
"""How many appraisals are drawn for a level before it is taken to be out of reach."""

_KEPT = 20
"""So many ratings are drawn for one plan before another is taken."""

_SHIFTS = (0, 0, 0, 0, 0, 1, 1, -1, -1, 2, -2)
_WIDER = 200
_PARTS = 20

_MOST_KNOWN = 65_536
"""Of how many sets of facts the plans are remembered."""


class Cohort(Frozen):
    """A synthetic population: appraisals in the order of their ids, and how many have which level.

    `meant` is what the distribution asked for; `unreached` are the levels at which nobody could be put, whose
    executives were given the nearest level that can be reached, the lower of two.
    """

    appraisals: tuple[Appraisal, ...]
    levels: tuple[tuple[int, int], ...]
    meant: tuple[tuple[int, int], ...]
    unreached: tuple[int, ...]


MOST_LINES = 1_000
"""Lines, values and elements of a system: each executive is drawn by rating many plans by all of them."""


def make_cohort(
    system: System, program: Program, meant: Mapping[int, int], seed: int, asked: Asked = NOTHING_ASKED
) -> Cohort:
    """Make a roster with so many executives at each level; raise CohortError where the policy lets none be made."""
    if (size := parts_read(program)) > MOST_LINES:
        raise CohortError(
            f"`{system.name}` has {size:,} lines, values and elements, and a roster is made for at most {MOST_LINES:,}",
            "name a system of the usual length",
        )
    source = _Source(system, program, Random(seed), asked)  # noqa: S311 - nothing is kept secret by it
    wanted = [level for level in sorted(meant, reverse=True) for _ in range(meant[level])]
    source.shuffle(wanted)
    given: dict[int, int] = {}
    made: list[Appraisal] = []
    for number, level in enumerate(wanted, start=1):
        reached, appraisal = source.nearest(level)
        given[reached] = given.get(reached, 0) + 1
        unit = source.unit()
        made.append(Appraisal(f"{MARK}{number:06}", appraisal.elements, source.appointment(), unit, appraisal.facts))
    unreached = tuple(sorted((level for level in set(wanted) if level in source.out_of_reach), reverse=True))
    shown = sorted({*given, *meant}, reverse=True)
    return Cohort(
        tuple(made),
        tuple((level, given.get(level, 0)) for level in shown),
        tuple((level, meant.get(level, 0)) for level in shown),
        unreached,
    )


@lru_cache(maxsize=256)
def _levels_about(given: tuple[int, ...], level: int, wider: bool) -> tuple[int, ...]:
    """Levels about the one nearest to a level (the lower of two), each as often as it is to be drawn; or all."""
    levels = sorted(given)
    if wider:
        return tuple(levels)
    closest = min(range(len(levels)), key=lambda place: (abs(levels[place] - level), place))
    return tuple(levels[max(0, min(len(levels) - 1, closest + shift))] for shift in _SHIFTS)


def _drawn_from(seat: Seat, level: int, tried: int) -> tuple[int, ...] | None:
    """The levels of which one is drawn for a seat; None: it is rated otherwise. The same for `_KEPT` tries."""
    if seat.stage is not None or seat.scale is not None:
        return None
    return _levels_about(seat.levels, level, tried >= _WIDER)


def _feasible(plan: Plan) -> Weights | None:
    """Weights that a plan may have, none where it has none to give; None where no weights meet its limits."""
    if not plan.seats:
        return None
    return () if plan.total is None else first_weights(plan.total, plan.whole, plan.boxes)


class _Weighed(dict[Exact, Rated]):
    """An element of a plan with a weight, by its mark: the same few come again, and each is made and admitted once."""

    def __init__(self, plan: Plan, place: int, weight: Exact | None) -> None:
        super().__init__()
        self.seat = plan.seats[place]
        self._rated = partial(plan.rated, place, weight)

    def __missing__(self, mark: Exact) -> Rated:
        self[mark] = made = self._rated(mark)
        return made

    def marked(self, mark: Exact | tuple[Rated, ...]) -> Rated:
        """The element with a mark: its level, its number, or its requirements."""
        return self._rated(mark) if isinstance(mark, tuple) else self[mark]


class _Plans:
    """The elements of a plan, and the weights that were drawn for it: None where it has none.

    `alike` are the places of elements that the limits treat alike.
    """

    def __init__(self, plan: Plan) -> None:
        self.weights: Sequence[Weights | None] = (None,)
        self.alike = limited_alike(plan.boxes)
        self._plan, self._places = plan, range(len(plan.seats))
        self._known: dict[tuple[int, Exact | None], _Weighed] = {}

    def weighed(self, weights: Weights | None) -> list[_Weighed]:
        """The elements with their weights."""
        pairs = [(place, None if weights is None else weights[place]) for place in self._places]
        for pair in pairs:
            if pair not in self._known:
                self._known[pair] = _Weighed(self._plan, *pair)
        return [self._known[pair] for pair in pairs]


class _Source:
    """Draws appraisals of one policy: of plans with one set of elements, or of each where some plans lack some."""

    def __init__(self, system: System, program: Program, chance: Random, asked: Asked) -> None:
        self._program, self._chance, self._asked = program, chance, asked
        self._reference = CompiledReference(program)
        self.out_of_reach: set[int] = set()
        if not program.summary.derives_levels:
            raise CohortError(
                f"`{program.name}` derives no summary level", "use a policy whose summary rating gives levels"
            )
        asked.check(program)
        self._asked_facts = asked.known(program)
        self._system = system
        self._levels = sorted({level for level, _ in program.summary.points} | dict(program.terms).keys())
        self._nearest_first: dict[int, list[int]] = {}
        self._inner: dict[str, tuple[Places, list[Weights]]] = {}
        self._known: dict[tuple[Limit, ...], list[_Plans]] = {}
        self._known_for: dict[GivenFacts, list[_Plans]] = {}
        if not program.facts:
            self._plans_for(())

    def shuffle(self, listed: list[int]) -> None:
        """Put a list in an order of chance."""
        self._chance.shuffle(listed)

    def unit(self) -> str:
        """The unit of the next executive: one of those asked for, each as likely, marked as invented."""
        return f"{UNIT} {self._chance.choice(self._asked.units)}" if self._asked.units else UNIT

    def appointment(self) -> str:
        """How the next executive is appointed: one of the ways asked for, each as likely."""
        return self._chance.choice(self._asked.appointments) if self._asked.appointments else "career"

    # ---- plans -----------------------------------------------------------------------------------

    def _plans_for(self, facts: GivenFacts) -> list[_Plans]:
        """The plans of those of whom these facts are known, drawn once for all whom the same limits hold of."""
        if facts in self._known_for:
            return self._known_for[facts]
        program = settled(self._program, facts)
        limits = program.summary.limits
        if limits not in self._known:
            found = self._feasible(program, case_of(self._system, self._program, facts))
            stages = {seat.name: seat.stage for shape, _ in found for seat in shape.seats if seat.stage}
            missing = {name: stage for name, stage in stages.items() if name not in self._inner}
            self._inner |= {name: self._requirement_plans(stage) for name, stage in missing.items()}
            self._known[limits] = [self._drawn(program, shape, first or None) for shape, first in found]
        if len(self._known_for) < _MOST_KNOWN:
            self._known_for[facts] = self._known[limits]
        return self._known[limits]

    def _feasible(self, program: Program, system: System) -> list[tuple[Plan, Weights]]:
        """The plans that weights may be given to: one, or where some lack an element, each of named elements."""
        shapes = (with_asked_weights(plan, self._asked.weights) for plan in plans(system, program))
        feasible = ((shape, first) for shape in shapes if (first := _feasible(shape)) is not None)
        if any(each.optional for each in program.summary.members):
            found = [each for each in feasible if all(seat.named for seat in each[0].seats)]
        else:
            found = list(islice(feasible, 1))
        if not found:
            raise self._asked.impossible(self._program)
        return found

    def _drawn(self, program: Program, shape: Plan, first: Weights | None) -> _Plans:
        """Plans with these elements, each that the policy allows as likely as each other."""
        made = _Plans(shape)
        if first is None:
            return made
        marks = [self._mark(seat, max(self._levels, default=1), 0) for seat in shape.seats]
        reference = CompiledReference(program)

        def allows(weights: Weights) -> bool:
            pairs = zip(made.weighed(weights), marks, strict=True)
            appraisal = Appraisal("tried out", tuple([each.marked(mark) for each, mark in pairs]))
            admitted = reference.admitted(appraisal)
            return not isinstance(admit(program, appraisal) if admitted is None else admitted, tuple)

        made.weights = list(islice(drawn_weights(first, shape.whole, shape.boxes, allows, self._chance), _PLANS))
        return made

    def _requirement_plans(self, stage: Stage) -> tuple[Places, list[Weights]]:
        """Which of an element's requirements are limited alike, as few as it may have, and weights drawn for them."""
        total, whole = requirement_weights(stage)
        if not stage.weighted or not total:
            return (), []
        ends = [weight_ends(stage.limits, f"Requirement {place + 1}") for place in range(fewest_requirements(stage))]
        boxes = tuple(WeightBox(low or Fraction(0), high) for low, high in ends)
        first = first_weights(total, whole, boxes)
        if first is None:
            return (), []
        drawn = drawn_weights(first, whole, boxes, lambda weights: min(weights) > 0, self._chance)
        return limited_alike(boxes), list(islice(drawn, _PLANS))

    # ---- ratings ---------------------------------------------------------------------------------

    def nearest(self, level: int) -> tuple[int, Appraisal]:
        """An appraisal rated at a level, or at the nearest that can be reached."""
        if level not in self._nearest_first:
            every = {level, *self._levels}
            self._nearest_first[level] = sorted(every, key=lambda each: (abs(each - level), each))
        for each in self._nearest_first[level]:
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
            if tried % _KEPT == 0:
                facts = tuple(self._facts())
                known = self._plans_for(facts)
                plans = self._chance.choice(known) if len(known) > 1 else known[0]
                chosen = self._chance.choice(plans.weights)
                weights = None if chosen is None else interchanged(chosen, plans.alike, self._chance)
                drawn = [(each, _drawn_from(each.seat, level, tried)) for each in plans.weighed(weights)]
            elements = self._elements(drawn, level, tried)
            if self._reference.level_of(elements, facts) == level:
                return Appraisal("tried out", elements, facts=facts)
        self.out_of_reach.add(level)
        return None

    def _elements(
        self, drawn: list[tuple[_Weighed, tuple[int, ...] | None]], level: int, tried: int
    ) -> tuple[Rated, ...]:
        """The elements of a plan, each with a mark near a level, and then with additional ratings."""
        bits = self._chance.getrandbits
        found = [
            each[near[number_below(bits, len(near))]]
            if near is not None
            else each.marked(self._mark(each.seat, level, tried))
            for each, near in drawn
        ]
        return self._with_additional(self._program.summary, found)

    def _mark(self, seat: Seat, level: int, tried: int) -> Exact | tuple[Rated, ...]:
        """A rating for an element near a level; after many tries any rating at all."""
        if seat.stage is not None:
            return self._requirements(seat, seat.stage, level, tried)
        if seat.scale is not None:
            return self._part_of(*seat.scale)
        return self._chance.choice(_drawn_from(seat, level, tried) or seat.levels)

    def _requirements(self, seat: Seat, stage: Stage, level: int, tried: int) -> tuple[Rated, ...]:
        known = tuple(number for number, _ in stage.points)
        alike, drawn = self._inner[seat.name]
        weights = interchanged(self._chance.choice(drawn), alike, self._chance) if drawn else None
        near = _levels_about(known, level, tried >= _WIDER)
        levels = [self._chance.choice(near) for _ in range(fewest_requirements(stage))]
        return self._with_additional(stage, requirements(stage, levels, weights))

    # ---- facts -----------------------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, Fraction | str]]:
        """What is known of the executive: as it was asked for, else anything that it can be, each as likely."""
        for fact in self._program.facts:
            drawn = fact.low + Fraction(self._chance.randrange(fact.count), fact.per_one)
            yield fact.name, self._asked_facts.get(fact.name, fact.shown(drawn))

    # ---- additional ratings ----------------------------------------------------------------------

    def _with_additional(self, stage: Stage, members: Sequence[Rated]) -> tuple[Rated, ...]:
        """The same with additional ratings: the one asked for, else one within its range by chance."""
        if not stage.further:
            return tuple(members)
        asked = dict(self._asked.additional)
        return tuple(
            replace(
                member,
                further=tuple(
                    (each.name, asked[each.name] if each.name in asked else self._within(each))
                    for each in stage.further
                ),
            )
            for member in members
        )

    def _within(self, of: Further) -> Fraction:
        """One of its steps; else a whole number of a range between two, or one of its twentieths; each as likely."""
        low, high = of.low, of.high
        if of.step is not None:
            return low + of.step * self._chance.randint(0, of.steps or 0)
        if low.denominator == high.denominator == 1 and low < high:
            return Fraction(self._chance.randint(int(low), int(high)))
        return self._part_of(low, high)

    def _part_of(self, low: Fraction, high: Fraction) -> Fraction:
        return low + (high - low) * Fraction(self._chance.randint(0, _PARTS), _PARTS)
