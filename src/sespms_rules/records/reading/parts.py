"""What a row speaks of: the whole plan, an element of it, a requirement of an element, an additional rating of either.

A row that speaks of what the plan does not hold, or that cannot be told, is set aside with a finding: no rating of it
reaches the formula.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import Act
from sespms_rules.records.findings import CONTRADICTING, INCOMPLETE, POINTS_NOWHERE
from sespms_rules.records.reading.border import ActRow, PlanRow
from sespms_rules.rosters.files import tidy

RATINGS: Final = frozenset({Act.INITIAL_RATING.value, Act.ANNUAL_RATING.value})
OF_ELEMENTS: Final = frozenset({*RATINGS, Act.PROGRESS_REVIEW.value})
"""Acts that can speak of one element, which the column `about` names."""


class FaultOfPart(Frozen):
    """Why what a row speaks of cannot be told: the kind of finding, what it says, the fix, and the column."""

    kind: Finding
    says: str
    help: str
    column: str


def part_of(act: ActRow) -> tuple[str, str, str]:
    """What an act speaks of: the element, the requirement and the additional rating, each empty for none."""
    return (act.about, act.requirement, tidy(act.additional_rating))


def fault_of_part(act: ActRow, plan: Iterable[PlanRow], unread: Container[str] = ()) -> FaultOfPart | None:
    """What is wrong with what an act speaks of, by the plan of its executive; None where nothing is.

    `unread` are elements that stand in rows of the plan which cannot be read: they are in the plan all the same.
    """
    return next(_faults(act, tuple(plan), unread), None)


def _faults(act: ActRow, plan: tuple[PlanRow, ...], unread: Container[str]) -> Iterator[FaultOfPart]:
    yield from _misplaced(act)
    if act.act not in OF_ELEMENTS or not act.about or not plan or act.about in unread:
        return
    elements = dict.fromkeys(row.element for row in plan)
    if act.about not in elements:
        yield _nowhere("the plan has no element", act.about, elements, "name an element of the plan", "about")
    if act.requirement:
        own = dict.fromkeys(row.requirement for row in plan if row.element == act.about and row.requirement)
        if act.requirement not in own:
            lead = "the plan has, of that element, no requirement"
            yield _nowhere(lead, act.requirement, own, "name a requirement of that element in the plan", "requirement")


def _misplaced(act: ActRow) -> Iterator[FaultOfPart]:
    """What stands in a column where the act, or the rest of the row, leaves no room for it."""
    if act.requirement and (act.act not in OF_ELEMENTS or not act.about):
        why = "names no element in `about`" if act.act in OF_ELEMENTS else "speaks of no requirement"
        help = "name the element whose requirement it is in `about`, or leave `requirement` empty"
        yield FaultOfPart(INCOMPLETE, f"a requirement is named, and the {act.act} {why}", help, "requirement")
    if act.additional_rating and (act.act not in RATINGS or not act.about):
        says = f"the {act.act} gives no additional rating"
        if act.act in RATINGS:
            says = "an additional rating is named, and no element in `about` that it is of"
        help = "give it on a row of the initial or the annual rating that names the element in `about`"
        yield FaultOfPart(INCOMPLETE, says, help, "additional rating")
    if act.value is not None and (act.act not in RATINGS or not act.about):
        help = "write a level in `level`, a sum in `amount`; `value` is for the rating of an element by a number"
        yield FaultOfPart(INCOMPLETE, "a value stands here, and no rating of an element that it is", help, "value")
    if act.level is not None and (act.value is not None or act.additional_rating):
        says = "a level and another number stand in one row, and it cannot be told which is the rating"
        yield FaultOfPart(CONTRADICTING, says, "give the level and the additional rating a row each", "level")
    if act.additional_rating and act.level is None and act.value is None:
        yield FaultOfPart(INCOMPLETE, "the additional rating has no value", "write its number", "value")


def _nowhere(lead: str, name: str, known: Iterable[str], help: str, column: str) -> FaultOfPart:
    """A name that is nowhere; only one near a name of the plan is repeated, for another may be a person's own."""
    near = nearest_name(name, known)
    says = f"{lead} " + (f"`{name}`" if near else "of the name that stands here")
    return FaultOfPart(POINTS_NOWHERE, says, did_you_mean(near, help), column)
