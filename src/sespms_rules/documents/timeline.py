"""Who does what when: the steps of a system in an order its timing allows, as sentences, a table and a picture."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis import in_circle, stated_distances
from sespms_rules.documents.model import Box, Figure, Table
from sespms_rules.documents.spoken import in_quotes, role_of, timings_of
from sespms_rules.language.model import System
from sespms_rules.language.syntax.steps import Step
from sespms_rules.language.syntax.words import PartKind

NO_TERM, NO_TIME, ON_REQUEST = "no term of its own", "no time is stated", "where the executive asks for it"
"""What the cells of the table say where a step has no term or no time, and of one that is taken on request."""


def who_does_what_when(system: System) -> Iterator[Figure | Table]:
    """The steps in order as a picture with its table; the table alone where nobody can keep the order."""
    steps = in_order(system)
    if not steps:
        return
    table = _table(steps)
    yield table if in_circle(system) else _picture(steps, table)


def _table(steps: tuple[Step, ...]) -> Table:
    rows = tuple(
        (
            f"{place}. {each.act.value}",
            in_quotes(each.term.span.text) if each.term else NO_TERM,
            role_of(each),
            ON_REQUEST if each.on_request else "always",
            timings_of(each) or NO_TIME,
        )
        for place, each in enumerate(steps, 1)
    )
    return Table("Who does what when", ("Step", "The agency's term", "Taken by", "Whether", "When"), rows)


def _picture(steps: tuple[Step, ...], table: Table) -> Figure:
    """The steps as boxes, a lane for each who acts."""
    lanes = tuple(dict.fromkeys(role_of(each) for each in steps))
    boxes = tuple(
        Box(
            row,
            lanes.index(role_of(each)),
            f"{row + 1}. {each.act.value}" + (" (on request)" if each.on_request else ""),
        )
        for row, each in enumerate(steps)
    )
    said = "; ".join(f"{box.words}, by {lanes[box.lane]}" for box in boxes)
    says = f"Steps from top to bottom, in an order that the stated times allow; a column for each who acts: {said}."
    return Figure("timeline", "The steps of the rating year", says, lanes, boxes, table)


def in_order(system: System) -> tuple[Step, ...]:
    """The steps in an order that their stated times allow: of those that may be next, the first in the text."""
    waiting = [each.sentence for each in system.sentences(PartKind.STEPS) if isinstance(each.sentence, Step)]
    moments = {point for each in stated_distances(system) for point in (each.earlier, each.later)}
    before: dict[object, set[object]] = {point: set() for point in moments}
    for each in stated_distances(system):
        if each.days >= 0 and each.months >= 0:
            before[each.later].add(each.earlier)
    found: list[Step] = []
    while waiting:
        acts: set[object] = {each.act for each in waiting}
        ready = [each for each in waiting if not _blocked(each, before, acts)]
        chosen = (ready or waiting)[0]  # of a circle, which is an error of its own, the text's order
        found.append(chosen)
        waiting.remove(chosen)
    return tuple(found)


def _blocked(step: Step, before: dict[object, set[object]], waiting: set[object]) -> bool:
    """Whether another step that was not taken yet comes before this one, also by way of other moments."""
    seen: set[object] = set()
    look = list(before.get(step.act, ()))
    while look:
        point = look.pop()
        if point in seen:
            continue
        seen.add(point)
        look += before.get(point, ())
    return bool((seen & waiting) - {step.act})
