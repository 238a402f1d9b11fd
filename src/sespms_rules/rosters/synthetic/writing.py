"""A cohort -> the table of a roster, with the headings that every command reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sespms_rules.program.ir import NumberScale, Program
from sespms_rules.program.rating import Appraisal, Rated


def roster_table(
    program: Program, appraisals: Sequence[Appraisal]
) -> tuple[tuple[str, ...], Iterator[tuple[str | Fraction | None, ...]]]:
    """Headings and rows of appraisals that all have the same elements; every row says that it is synthetic."""
    scaled = {each.name for each in program.summary.members if isinstance(each.scale, NumberScale)}
    first = _cells(appraisals[0].elements, scaled) if appraisals else ()
    facts = tuple(fact.name for fact in program.facts)
    headings = ("id", "appointment", "unit", *facts, *(heading for heading, _ in first))
    rows = (
        (
            each.id,
            each.appointment,
            each.unit,
            *_said(each, facts),
            *(value for _, value in _cells(each.elements, scaled)),
        )
        for each in appraisals
    )
    return headings, rows


def _said(appraisal: Appraisal, facts: Sequence[str]) -> Iterator[str | Fraction | None]:
    given = dict(appraisal.facts)
    yield from (given.get(name) for name in facts)


def _cells(members: Sequence[Rated], scaled: set[str], above: str = "") -> Iterator[tuple[str, Fraction | None]]:
    """Headings with their cells: weight, level and additional ratings, and the requirements of each element."""
    for each in members:
        name = above + each.name
        if each.weight is not None:
            yield f"{name} weight", each.weight
        if each.requirements:
            yield from _cells(each.requirements, scaled, f"{name} / ")
        else:
            word = "rating" if name in scaled else "level"
            yield f"{name} {word}", each.rating
        for further, value in each.further:
            yield f"{name} {further}", value
