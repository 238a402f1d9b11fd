"""The order *moment*: every moment the system allows is one that is asked for, given the order of steps it states.

What a system states is a graph of distances (`checks/analysis/step_order.py`); what is asked holds when a path through
the graph says so. An order that nobody can keep satisfies nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sespms_rules.checks.analysis import (
    Distance,
    Point,
    distances,
    fewest_days,
    in_circle,
    stated_distances,
)
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax.limits import Allowing, Timing
from sespms_rules.language.syntax.steps import Step
from sespms_rules.law.orders import at_least_as_long, same

_ZERO = Fraction(0)


def follows_from(stated: Iterable[Distance], asked: Distance) -> bool:
    """Whether some path of stated distances from the earlier to the later point is as long as what is asked."""
    known = tuple(stated)

    def reach(at: Point, days: Fraction, months: Fraction, strictly: bool, seen: frozenset[Point]) -> bool:
        if at == asked.later:
            more = fewest_days(days - asked.days, months - asked.months)
            return more > 0 or (more == 0 and (strictly or not asked.strictly))
        return any(
            reach(each.later, days + each.days, months + each.months, strictly or each.strictly, seen | {each.later})
            for each in known
            if each.earlier == at and each.later not in seen
        )

    return reach(asked.earlier, _ZERO, _ZERO, False, frozenset({asked.earlier}))


def satisfies(system: System, point: Point, said: Iterable[Timing], asked: Timing) -> bool:
    """Whether the timings of one sentence, with the order of steps the system states, keep to the asked timing."""
    own = tuple(said)
    if any(same(each, asked) for each in own):
        return True
    if {point, asked.event} <= in_circle(system):
        return False
    known = (*stated_distances(system), *(one for timing in own for one in distances(point, timing)))
    if isinstance(asked, Allowing):
        given = (each for each in own if isinstance(each, Allowing))
        return any(_gives(each, asked, known) for each in given)
    return all(follows_from(known, each) for each in distances(point, asked))


def _gives(said: Allowing, asked: Allowing, known: Iterable[Distance]) -> bool:
    """The order *time given*; a clock that starts later gives no less."""
    enough = at_least_as_long((said.number.value, said.unit), (asked.number.value, asked.unit))
    if said.event == asked.event:
        return enough
    return enough and follows_from(known, Distance(asked.event, said.event, _ZERO, _ZERO, strictly=False))


def with_moments(system: System, stated: Stated, wanted: Iterable[Timing]) -> str:
    """The words of a step with the moments that it lacks of those that are asked, so that nothing it says is lost.

    Empty where they cannot stand together: the step has no moment, one for the same event, or comes behind what it is
    to come before.
    """
    said = stated.sentence
    if not isinstance(said, Step) or said.timings is None:
        return ""
    own = said.timings.parts
    lacking = [each for each in wanted if not satisfies(system, said.act, own, each)]
    if {each.event for each in own} & {each.event for each in lacking}:
        return ""
    known = stated_distances(system)
    asked = [one for each in lacking for one in distances(said.act, each)]
    if any(follows_from(known, Distance(one.later, one.earlier, _ZERO, _ZERO, strictly=False)) for one in asked):
        return ""
    text, end = said.span.text, said.timings.span.end - said.span.start
    added = "".join(f" and {each.span.words}" for each in lacking)
    authority = f' under "{stated.origin.authority}"' if stated.origin.authority else ""
    return " ".join(f"{text[:end]}{added}{text[end:]}{authority}".split())
