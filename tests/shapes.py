"""The shapes: their programs, and the appraisals that each is tried on.

A shape over levels is finite once its plans are fixed: then every combination of levels is tried under each of them.
A shape over numbers on a scale is not; it is tried on 20,000 appraisals, always the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import islice, product

from sespms_rules.foundation.resources import policy_names
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated
from systems import systems_of

FILES = policy_names("shapes")
OWN = ("Safety", "Permits", "Outreach", "Staff", "Budget", "Training", "Records", "Fleet")
"""What plans call the elements and requirements that a policy leaves to them."""

Plan = tuple[int, ...] | None
"""The weights of one plan, in the order of its members; None where the policy uses none."""


@cache
def programs() -> dict[str, ir.Program]:
    """The programs of all shapes by the names of their systems."""
    return {system.name: program for name in FILES for system, program in systems_of(name)}


# ---- appraisals over levels ------------------------------------------------------------------------


def _members(stage: ir.Stage, count: int) -> list[tuple[str, tuple[int, ...]]]:
    """The names and levels of `count` members: those the policy names first, then the plan's own."""
    named = [(each.name, each.scale.levels) for each in stage.members if isinstance(each.scale, ir.LevelScale)]
    own = tuple(level for level, _ in stage.points)
    return [*named, *((name, own) for name in OWN)][:count]


def over_levels(stage: ir.Stage, counts: Iterable[int], plans: Iterable[Plan] = (None,)) -> Iterator[tuple[Rated, ...]]:
    """Every combination of levels, for each number of members, under each plan of that many."""
    for count in counts:
        members = _members(stage, count)
        for plan in (each for each in plans if each is None or len(each) == count):
            weights = [None] * count if plan is None else [Fraction(weight) for weight in plan]
            for levels in product(*(scale for _, scale in members)):
                yield tuple(
                    Rated(name, Fraction(level), weight)
                    for (name, _), level, weight in zip(members, levels, weights, strict=True)
                )


Cases = Callable[[ir.Program], Iterator[Appraisal]]


def levels(*counts: int, plans: Iterable[Plan] = (None,)) -> Cases:
    """Appraisals of whole elements, each rated by a level."""

    def cases(program: ir.Program) -> Iterator[Appraisal]:
        return (Appraisal("one", rated) for rated in over_levels(program.summary, counts, tuple(plans)))

    return cases


def levels_or_none(program: ir.Program) -> Iterator[Appraisal]:
    """Every combination of levels and missing ratings."""
    names = [member.name for member in program.summary.members]
    for drawn in product((5, 4, 3, 2, 1, None), repeat=len(names)):
        rated = (
            Rated(name, None if level is None else Fraction(level)) for name, level in zip(names, drawn, strict=True)
        )
        yield Appraisal("one", tuple(rated))


def levels_or_none_of(*levels: int) -> Cases:
    """Every combination of some levels and missing ratings."""

    def cases(program: ir.Program) -> Iterator[Appraisal]:
        names = [member.name for member in program.summary.members]
        for drawn in product((*levels, None), repeat=len(names)):
            marks = zip(names, drawn, strict=True)
            yield Appraisal("one", tuple(Rated(name, None if each is None else Fraction(each)) for name, each in marks))

    return cases


def in_steps(program: ir.Program) -> Iterator[Appraisal]:
    """Every combination of levels and steps of difficulty, of two elements that the plan brings."""
    (further,) = program.summary.further
    marks = list(product((5, 4, 3, 2, 1), (Fraction(0), Fraction(1, 2), Fraction(1))))
    for drawn in product(marks, repeat=2):
        rated = (
            Rated(f"Element {number}", Fraction(level), None, ((further.name, step),))
            for number, (level, step) in enumerate(drawn, start=1)
        )
        yield Appraisal("one", tuple(rated))


def some_plans(program: ir.Program) -> Iterator[Appraisal]:
    """Plans with and without the element that only some have, and with up to two noncritical ones of their own."""
    names = [(member.name, member.critical) for member in program.summary.members]
    for there, brought in product((1, 2), (0, 1, 2)):
        plan = [*names[:there], *((f"of its own {number}", False) for number in range(brought))]
        for drawn in product((5, 4, 3, 2, 1), repeat=len(plan)):
            rated = (
                Rated(name, Fraction(level), critical=critical)
                for (name, critical), level in zip(plan, drawn, strict=True)
            )
            yield Appraisal("one", tuple(rated))


def nested(*blocks: Iterable[int], plans: Iterable[Plan] = (None,)) -> Cases:
    """Every combination of levels where some elements are rated by their requirements.

    `blocks` are the numbers of requirements, one after another for each such element; `plans` are their weights.
    """
    plans, counts = tuple(plans), tuple(tuple(block) for block in blocks)

    def cases(program: ir.Program) -> Iterator[Appraisal]:
        remaining = iter(counts)
        choices: list[list[Rated]] = []
        for member in program.summary.members:
            if member.stage is None:
                choices.append([Rated(member.name, Fraction(level)) for level in (5, 4, 3, 2, 1)])
            else:
                inner = over_levels(member.stage, next(remaining), plans)
                choices.append([Rated(member.name, requirements=each) for each in inner])
        return (Appraisal("one", rated) for rated in product(*choices))

    return cases


def with_factor(program: ir.Program) -> Iterator[Appraisal]:
    """Shape 14: two and three objectives, each at every level with a factor of -1, 0 and 1."""
    people, objectives = program.summary.members
    both = [(level, factor) for level in (5, 4, 3, 2, 1) for factor in (-1, 0, 1)]
    for count, level in product((2, 3), (5, 4, 3, 2, 1)):
        for drawn in product(both, repeat=count):
            inner = tuple(
                Rated(name, Fraction(each), further=(("contributing factor", Fraction(factor)),))
                for name, (each, factor) in zip(OWN, drawn, strict=False)
            )
            yield Appraisal("one", (Rated(people.name, Fraction(level)), Rated(objectives.name, requirements=inner)))


def with_facts(program: ir.Program) -> Iterator[Appraisal]:
    """Shape 27: every combination of levels for both kinds of position, days next to the line, and some units."""
    kinds, days, results = ("general", "scientific professional"), (0, 89, 90, 366), ("0", "1.3", "4.5", "5")
    for kind, served, result in product(kinds, days, results):
        facts = (("position type", kind), ("days under plan", Fraction(served)), ("unit result", Fraction(result)))
        for rated in over_levels(program.summary, (2,)):
            yield Appraisal("one", rated, facts=facts)


def with_sets(program: ir.Program) -> Iterator[Appraisal]:
    """Shape 31: every combination of levels under plans at the ends of each set of weights."""
    plans = {
        "general": ((25, 25, 50), (10, 10, 80), (30, 20, 50), (10, 35, 55)),
        "scientific professional": ((35, 35, 30), (30, 30, 40), (10, 50, 40), (60, 10, 30)),
        "inspector": ((40, 40, 20), (70, 10, 20), (11, 69, 20)),
    }
    for kind, each in plans.items():
        for rated in over_levels(program.summary, (3,), each):
            yield Appraisal("one", rated, facts=(("position type", kind),))


# ---- appraisals over numbers -----------------------------------------------------------------------


def on_scales(program: ir.Program) -> Iterator[Appraisal]:
    """Numbers from 0 to 100, half of them close to a cut: whole numbers, tenths and thirds."""
    draw = random.Random(430_305)
    names = [member.name for member in program.summary.members]
    for _ in range(20_000):
        low = draw.choice((0, 55, 58, 60, 70, 80, 90))
        parts = draw.choice((1, 1, 10, 3))
        drawn = [Fraction(draw.randint(low * parts, 100 * parts), parts) for _ in names]
        yield Appraisal("one", tuple(Rated(name, number) for name, number in zip(names, drawn, strict=True)))


def with_contribution(program: ir.Program) -> Iterator[Appraisal]:
    """Shape 22: levels drawn at random, and contributions of 0 to 100."""
    draw = random.Random(430_308)
    for _ in range(20_000):
        rated = [
            Rated(
                member.name, Fraction(draw.randint(1, 5)), further=(("contribution", Fraction(draw.randint(0, 100))),)
            )
            for member in program.summary.members
        ]
        yield Appraisal("one", tuple(rated))


def at_the_commission(seed: int) -> Cases:
    """Shape 24, 10,000 for each of its two systems: levels, weights and difficulties of three or four requirements."""

    def cases(program: ir.Program) -> Iterator[Appraisal]:
        draw = random.Random(seed)
        *three, results = (member.name for member in program.summary.members)
        for _ in range(10_000):
            low = draw.choice((1, 2, 3, 3, 4))
            parts = draw.randint(3, 4)
            cuts = sorted(draw.sample(range(1, 100), parts - 1))
            inner = tuple(
                Rated(name, Fraction(draw.randint(low, 5)), Fraction(end - start), _difficulty(draw))
                for name, start, end in zip(OWN, [0, *cuts], [*cuts, 100], strict=False)
            )
            rated = (Rated(name, Fraction(draw.randint(low, 5))) for name in three)
            yield Appraisal("one", (*rated, Rated(results, requirements=inner)))

    return cases


def _difficulty(draw: random.Random) -> tuple[tuple[str, Fraction], ...]:
    return (("difficulty", Fraction(draw.randint(0, 2), 2)),)


# ---- appraisals with something wrong ---------------------------------------------------------------


def spoiled(program: ir.Program, cases: Cases, count: int) -> Iterator[Appraisal]:
    """Appraisals with one or two faults in them; most are refused, all for a reason that both engines must give."""
    draw = random.Random(program.name)
    sound = list(islice(cases(program), 0, 4_000, 37))
    for _ in range(count):
        chosen = draw.choice(sound)
        elements = list(chosen.elements)
        for _ in range(draw.randint(1, 2)):
            _spoil(draw, elements)
        yield Appraisal("one", tuple(elements), facts=chosen.facts)


def _spoil(draw: random.Random, elements: list[Rated]) -> None:
    """Put one fault into an element, or into one of its requirements."""
    if not elements:
        return
    at = draw.randrange(len(elements))
    rated = elements[at]
    if rated.requirements and draw.random() < 0.7:
        below = list(rated.requirements)
        _spoil(draw, below)
        elements[at] = Rated(rated.name, rated.rating, rated.weight, rated.further, tuple(below))
        return
    fault = draw.choice(("gone", "twice", "renamed", "rating", "weight", "further", "requirements"))
    rating, weight, further, inner = rated.rating, rated.weight, rated.further, rated.requirements
    if fault == "gone":
        del elements[at]
        return
    if fault == "twice":
        elements.append(rated)
        return
    if fault == "rating":
        rating = draw.choice((None, Fraction(0), Fraction(7, 2), Fraction(6), Fraction(-1), Fraction(101)))
    if fault == "weight":
        weight = draw.choice(
            (None, Fraction(0), Fraction(-5), Fraction(1, 2), Fraction(3), Fraction(60), Fraction(100))
        )
    if fault == "further":
        further = draw.choice(
            ((), (("unknown", Fraction(1)),), (*further, *further), (("contribution", Fraction(101)),))
        )
    if fault == "requirements":
        inner = () if inner else (Rated("Port calls", Fraction(3)),)
    name = "Nowhere" if fault == "renamed" else rated.name
    elements[at] = Rated(name, rating, weight, further, inner)
