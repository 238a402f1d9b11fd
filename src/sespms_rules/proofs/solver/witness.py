"""A solver's model -> an appraisal people can read: few elements off the pattern, round weights, always the same one.

Bounds are tried one after another, the most readable first; the first that the solver grants is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import z3

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Relation
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.proofs.solver.inputs import Input, rated_places
from sespms_rules.proofs.solver.logic import Count, Formula, Term, all_of, negated
from sespms_rules.proofs.solver.question import Question, Side
from sespms_rules.proofs.solver.steps_on_ratio import done
from sespms_rules.proofs.solver.values import Cases, Fixed, Linear, Ratio, Stepped, Value, compared, constant

_GRIDS = (Fraction(10), Fraction(5), Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))
_MOST_STEPS = 4_000
"""A weight of more steps of a grid than this is not sought on it."""


class Shown(Frozen):
    """An appraisal, and how the solver says it ends."""

    appraisal: Appraisal
    outcome: Outcome
    level: int | None
    score: Fraction | None


_MOST_IN_VAIN = 45_000_000
"""So much of the solver's work may go into bounds that nothing keeps, about fifteen seconds of it; then what was found
is readable enough. Bounds are not counted: how many are tried hangs on what was asked before, and the answer must not.
"""


def work_counted(solver: z3.Solver) -> int:
    """Where a solver's count of its own work stands; it counts on from one question to the next."""
    statistics = solver.statistics()
    return int(statistics.get_key_value("rlimit count")) if "rlimit count" in statistics.keys() else 0  # noqa: SIM118


class Search:
    """Narrows what a solver may answer, keeping its last answer; `model` is None until there is one."""

    def __init__(self, solver: z3.Solver) -> None:
        self.solver = solver
        self.model: Any = None
        self.in_vain = 0

    def keep(self, bound: Formula) -> bool:
        """Keep a bound if there is an answer within it; say whether there is."""
        if isinstance(bound, bool):
            return bound
        if self.model is not None and _is(self.model, bound):
            self.solver.add(bound)
            return True  # the last answer is within it already
        if self.in_vain >= _MOST_IN_VAIN:
            return False
        before = work_counted(self.solver)
        self.solver.push()
        self.solver.add(bound)
        if self.solver.check() == z3.sat:
            self.model = self.solver.model()
            return True  # the bound stays
        self.solver.pop()
        self.in_vain += work_counted(self.solver) - before
        return False


def readable(search: Search, question: Question) -> tuple[Shown, ...]:
    """The most readable appraisals that answer a question which has an answer."""
    side = question.sides[0]
    places = [each for _, each in rated_places(side.members)]
    _near_pattern(search, [each for each in places if each.number is None])
    off = _off(search, places)
    _round_weights(search, places, off)
    _whole_numbers(search, side)
    return tuple(_shown(search.model, each) for each in question.sides)


# ---- ratings ---------------------------------------------------------------------------------------


def _at(one: Input, level: int) -> Formula:
    return dict(one.at).get(level, False)


def _near_pattern(search: Search, places: Sequence[Input]) -> None:
    """As many elements as can be at one level, the others near it, the first elements being those that differ."""
    levels = sorted({level for each in places for level, _ in each.at}, reverse=True)
    for differing in range(len(places)):
        for pattern in levels:
            off = Count(negated(_at(each, pattern)) for each in places)
            if search.keep(off.at_most(differing)):
                _fix_ratings(search, places, pattern)
                return
    _fix_ratings(search, places, levels[0] if levels else 0)


def _fix_ratings(search: Search, places: Sequence[Input], pattern: int) -> None:
    for each in reversed(places):
        for _, at in sorted(each.at, key=lambda one: (abs(one[0] - pattern), -one[0])):
            if search.keep(at):
                break


def _off(search: Search, places: Sequence[Input]) -> list[Input]:
    """The members that are not rated as most are."""
    rated = [next((level for level, at in each.at if _is(search.model, at)), None) for each in places]
    usual = max(rated, key=rated.count, default=None)
    return [each for each, level in zip(places, rated, strict=True) if level != usual]


# ---- weights ---------------------------------------------------------------------------------------


def _round_weights(search: Search, places: Sequence[Input], off: Sequence[Input]) -> None:
    """Weights on the widest grid that has an answer: light where the rating differs, otherwise even."""
    free = [each for each in places if isinstance(each.weight, Linear)]
    if not free:
        return
    for grid in _GRIDS:
        steps = [z3.FreshInt("steps") for _ in free]
        whole = [_term(each.weight) == constant(grid) * step for each, step in zip(free, steps, strict=True)]
        if search.keep(all_of(whole)):
            break
    else:
        return
    light = [step for each, step in zip(free, steps, strict=True) if each in off]
    rest = [step for each, step in zip(free, steps, strict=True) if each not in off]
    for step in light:
        _least(search, (step,))
    if rest:
        _least(search, rest)
    for step in rest:
        _least(search, (step,))


def _least(search: Search, bounded: Sequence[Term]) -> None:
    """Lower the largest of some whole unknowns as far as it goes, by halving, and keep it there."""
    high = max(search.model.eval(each, model_completion=True).as_long() for each in bounded)
    low = 1
    if high > _MOST_STEPS:
        return
    while low <= high:
        middle = (low + high) // 2
        if search.keep(all_of(each <= middle for each in bounded)):
            high = max(search.model.eval(each, model_completion=True).as_long() for each in bounded) - 1
        else:
            low = middle + 1


def _whole_numbers(search: Search, side: Side) -> None:
    """Ratings by numbers, and additional ratings, as whole numbers where that goes."""
    for _, each in rated_places(side.members):
        for value in (*(() if each.number is None else (Linear(each.number),)), *(one for _, one in each.further)):
            if isinstance(value, Linear):
                for grid in _GRIDS[2:]:
                    if search.keep(value.term == constant(grid) * z3.FreshInt("steps")):
                        break
            else:
                _near_whole(search, value)


def _near_whole(search: Search, value: Value) -> None:
    """A ratio at the nearest whole number, half or tenth that goes."""
    for grid in _GRIDS[2:]:
        found = (_of_value(search.model, value) or Fraction(0)) / grid
        for steps in dict.fromkeys((floor(found), ceil(found))):
            if search.keep(compared(value, Relation.EQUAL, Fixed(grid * steps))):
                return


def shown_by(search: Search, side: Side) -> Shown:
    """The appraisal of a search's last answer, as it is."""
    return _shown(search.model, side)


# ---- what the model says ---------------------------------------------------------------------------


def _is(model: Any, formula: Formula) -> bool:
    return formula if isinstance(formula, bool) else bool(z3.is_true(model.eval(formula, model_completion=True)))


def _number(model: Any, term: Term) -> Fraction:
    found = model.eval(term, model_completion=True)
    if z3.is_int_value(found):
        return Fraction(found.as_long())
    return Fraction(found.numerator_as_long(), found.denominator_as_long())


def _term(value: Value | None) -> Term:
    if isinstance(value, Linear):
        return value.term
    return constant(value.value) if isinstance(value, Fixed) else constant(Fraction(0))


def _shown(model: Any, side: Side) -> Shown:
    appraisal = Appraisal("counterexample", tuple(_rated(model, each) for each in side.members), facts=side.facts)
    level = next((level for level, given in side.derived.levels if _is(model, given)), None)
    if level is not None:
        outcome = Outcome.RATED
    else:
        outcome = Outcome.NOT_RATED if _is(model, side.derived.not_rated) else Outcome.REFUSED
    return Shown(appraisal, outcome, level, _of_value(model, side.derived.score))


def _of_value(model: Any, value: Value | None) -> Fraction | None:
    match value:
        case None:
            return None
        case Fixed(number):
            return number
        case Linear(term):
            return _number(model, term)
        case Ratio(top, bottom):
            below = _number(model, bottom.term)
            return None if below == 0 else _number(model, top.term) / below
        case Stepped(ratio, steps):
            found = _of_value(model, ratio)
            return None if found is None else done(steps, found)
        case Cases(rows):
            return next((number for at, number in rows if _is(model, at)), None)


def _rated(model: Any, one: Input) -> Rated:
    weight = None if one.weight is None else _number(model, _term(one.weight))
    missing = _is(model, one.none)
    left_out = missing and (one.rule is None or one.rule.level is None)
    seconds = ((name, _of_value(model, value)) for name, value in one.further)
    further = () if left_out else tuple((name, Fraction(0) if value is None else value) for name, value in seconds)
    inner = tuple(_rated(model, each) for each in one.inner)
    rating: Fraction | None = None
    if not missing and one.number is not None:
        rating = _number(model, one.number)
    elif not missing:
        rating = next((Fraction(level) for level, at in one.at if _is(model, at)), None)
    return Rated(one.name, rating, weight, further, inner, one.of.critical)
