"""A cohort -> the table of a roster, with the headings that every command reads."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from sespms_rules.foundation.no_rating import NOT_IN_PLAN
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import NumberScale, Program
from sespms_rules.program.numbered_terms import doubtful_numbers, level_alone
from sespms_rules.program.rating import Appraisal, Rated

_MOST_WRITTEN = 65_536
"""How many elements' cells are remembered."""


def roster_table(
    program: Program, appraisals: Sequence[Appraisal]
) -> tuple[tuple[str, ...], Iterator[tuple[str | Exact | None, ...]]]:
    """Headings and rows of appraisals of one policy; every row says that it is synthetic.

    What a plan does not have and another does is `not in plan` in its cells.
    """
    scaled = {each.name for each in program.summary.members if isinstance(each.scale, NumberScale)}
    doubtful = frozenset(doubtful_numbers(program.terms))
    order = {each.name: place for place, each in enumerate(program.summary.members)}
    plans = {tuple(each.name for each in one.elements): one for one in appraisals}
    widest = sorted(plans.values(), key=lambda one: -len(one.elements))
    elements = {each.name: each for one in reversed(widest) for each in one.elements}
    known = sorted(elements.values(), key=lambda each: order.get(each.name, len(order)))
    first = tuple(heading for heading, _ in _all_cells(known, scaled, order.keys(), doubtful))
    facts = tuple(fact.name for fact in program.facts)
    headings = ("id", "appointment", "unit", *facts, *first)
    every = frozenset(first)
    written: dict[int, tuple[Rated, dict[str, str | Exact | None]]] = {}  # held, so that no other gets its identity

    def row(one: Appraisal) -> tuple[str | Exact | None, ...]:
        cells: dict[str, str | Exact | None] = {}
        for each in one.elements:
            found = written.get(id(each))
            if found is None:
                found = each, dict(_all_cells((each,), scaled, order.keys(), doubtful))
                if len(written) < _MOST_WRITTEN:
                    written[id(each)] = found
            cells |= found[1]
        said = _said(one, facts) if facts else ()
        if cells.keys() == every:
            return (one.id, one.appointment, one.unit, *said, *map(cells.__getitem__, first))
        return (one.id, one.appointment, one.unit, *said, *(cells.get(heading, NOT_IN_PLAN) for heading in first))

    return headings, map(row, appraisals)


def _all_cells(
    elements: Sequence[Rated], scaled: set[str], named: Container[str], doubtful: Container[int]
) -> Iterator[tuple[str, str | Exact | None]]:
    """The cells of the elements of a plan, and of its own noncritical ones that they are such."""
    for each in elements:
        yield from _cells((each,), scaled, doubtful)
        if not each.critical and each.name not in named:
            yield f"{each.name} critical", "no"


def _said(appraisal: Appraisal, facts: Sequence[str]) -> Iterator[str | Exact | None]:
    given = dict(appraisal.facts)
    yield from (given.get(name) for name in facts)


def _cells(
    members: Sequence[Rated], scaled: set[str], doubtful: Container[int], above: str = ""
) -> Iterator[tuple[str, str | Exact | None]]:
    """Headings with their cells: weight, level and additional ratings, and the requirements of each element.

    A number that may be another level than its own, because it is `doubtful`, is written as `Level 1`.
    """
    for each in members:
        name = above + each.name
        if each.weight is not None:
            yield f"{name} weight", lean(each.weight)
        if each.requirements:
            yield from _cells(each.requirements, scaled, doubtful, f"{name} / ")
        else:
            word = "rating" if name in scaled else "level"
            yield f"{name} {word}", _rating(each.rating, () if name in scaled else doubtful)
        for further, value in each.further:
            yield f"{name} {further}", value


def _rating(rating: Fraction | None, doubtful: Container[int]) -> str | Exact | None:
    if rating is None:
        return None
    return level_alone(int(rating), doubtful) if rating in doubtful else lean(rating)
