"""Which acts stand: not one that another corrects, and none of those of which nobody can tell which is true.

Nothing is erased without a word. A correction that is at fault is set aside, and the act it would correct still counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Final

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.words import Act
from sespms_rules.records.findings import (
    CIRCLE_OF_CORRECTIONS,
    CONTRADICTING,
    CORRECTS_ANOTHER_ACT,
    POINTS_NOWHERE,
    RATED_AGAIN,
    REPEATED,
    RecordPlace,
)
from sespms_rules.records.reading.border import ActRow
from sespms_rules.records.reading.parts import part_of

_ANNUAL, _INITIAL = Act.ANNUAL_RATING.value, Act.INITIAL_RATING.value
_KEEP_ONE: Final = "keep one of the two; a correction names in `corrects` the number of what it corrects"


class PlaceAnd(Frozen, often=True):
    """An act and where it is recorded."""

    place: RecordPlace
    act: ActRow


Tell = Callable[[Finding, PlaceAnd, str, str, str], None]
"""Takes a kind of finding, the act, what it says, the fix, and the column."""


def standing(
    acts: Iterable[PlaceAnd], is_sound: Callable[[PlaceAnd], bool], tell: Tell
) -> tuple[list[PlaceAnd], dict[str, PlaceAnd]]:
    """The sound acts without those that another one corrects, and without those that share a number.

    Beside them, by their numbers, those that another one corrects.
    """
    acts = list(acts)
    numbered, gone = _numbered(acts, tell)
    sound = [each for each in acts if is_sound(each)]
    corrected: dict[str, PlaceAnd] = {}
    for each in sound:
        wanted = each.act.corrects
        if not wanted or id(each) in gone:
            continue
        if _comes_back(each, numbered):
            says = f"it corrects `{wanted}`, and so in the end itself; the acts of the circle all count as they stand"
            help = "name the act that was recorded first, and leave `corrects` of that one empty"
            tell(CIRCLE_OF_CORRECTIONS, each, says, help, "corrects")
        elif (before := numbered.get(wanted)) is None or before.act.executive != each.act.executive:
            says = f"it corrects `{wanted}`, and there is no one such act of the executive, so it does not count"
            tell(POINTS_NOWHERE, each, says, "write the number of the act that it corrects", "corrects")
            gone.add(id(each))
        elif fault := _unlike(each.act, before):
            tell(CORRECTS_ANOTHER_ACT, each, *fault, "corrects")
            gone.add(id(each))
        elif corrected.setdefault(wanted, each) is not each:
            says = f"`{wanted}` is corrected in {_where(corrected[wanted])} already"
            tell(CONTRADICTING, each, says, "correct the correction instead", "corrects")
    gone |= {id(numbered[number]) for number in corrected}
    return [each for each in sound if id(each) not in gone], {number: numbered[number] for number in corrected}


def _numbered(acts: list[PlaceAnd], tell: Tell) -> tuple[dict[str, PlaceAnd], set[int]]:
    """The acts by their numbers, and those set aside because a number stands for more than one."""
    found: dict[str, PlaceAnd] = {}
    shared: set[str] = set()
    gone: set[int] = set()
    for each in acts:
        number = each.act.number
        if number and (first := found.setdefault(number, each)) is not each:
            says = f"the number `{number}` stands in {_where(first)} already, and neither row counts"
            tell(REPEATED, each, says, "give each act a number of its own", "number")
            gone |= {id(first), id(each)}
            shared.add(number)
    return {number: each for number, each in found.items() if number not in shared}, gone


def _comes_back(start: PlaceAnd, numbered: dict[str, PlaceAnd]) -> bool:
    """Whether what an act corrects, and what that corrects in turn, leads back to it."""
    met: set[int] = set()
    each = numbered.get(start.act.corrects)
    while each is not None and id(each) not in met:
        if each is start:
            return True
        met.add(id(each))
        each = numbered.get(each.act.corrects)
    return False


def _unlike(act: ActRow, corrected: PlaceAnd) -> tuple[str, str] | None:
    """Why an act cannot correct another of the executive, and the fix; None where it can."""
    before, where = corrected.act, _where(corrected)
    still = f"so it does not count, and `{before.number}` does"
    if act.act != before.act:
        says = f"no {act.act} can correct `{before.number}`, the {before.act} of {where}, {still}"
        return says, f"write the number of an earlier {act.act}, or leave `corrects` empty"
    if before.role and act.role != before.role:
        by = f"by the role `{act.role}`" if act.role else "by no role"
        says = f"it is given {by}, and `{before.number}` of {where} by the role `{before.role}`, {still}"
        return says, f"record the correction that the {before.role} gave; if only the role was wrong, fix {where}"
    return None


def without_contradictions(acts: list[PlaceAnd], period_end: datetime.date, tell: Tell) -> list[PlaceAnd]:
    """Of an act recorded twice one; of acts that contradict each other none, for nobody can tell which is true.

    An executive has one annual rating for a period (whose last day is `period_end` where an act names none), on
    whatever day and by whomever it is given; of another act there is one a day, role and session.
    """
    groups: dict[tuple[object, ...], list[PlaceAnd]] = {}
    for each in acts:
        act = each.act
        how = () if act.act == _ANNUAL else (act.day, act.role, act.session)
        groups.setdefault((act.act, *part_of(act), act.period_end or period_end, *how), []).append(each)
    gone: set[int] = set()
    for first, *others in groups.values():
        told = {_content(each.act) for each in (first, *others)}
        for each in others:
            _tell_of(each, first, tell, one=len(told) == 1)
        gone |= {id(each) for each in (others if len(told) == 1 else (first, *others))}
    return [each for each in acts if id(each) not in gone]


def tell_rated_again(acts: Iterable[PlaceAnd], period_end: datetime.date, tell: Tell) -> None:
    """Tell of an initial rating that is given again, of the whole or of a part, and corrects nothing.

    Both stay, in order of their days: where a level changed after a review of it, that is what a duty looks at.
    """
    latest: dict[tuple[object, ...], PlaceAnd] = {}
    for each in acts:
        if each.act.act != _INITIAL:
            continue
        key = (*part_of(each.act), each.act.period_end or period_end)
        if before := latest.get(key):
            says = f"{_where(before)} holds one of the same, given on {before.act.day}, and the later one counts"
            tell(RATED_AGAIN, each, says, "if the first was wrong, name its number in `corrects`", "act")
        latest[key] = each


def _where(each: PlaceAnd) -> str:
    """Where an act stands, as a message names it: `row 4`, in a register `entry 4`."""
    return f"{each.place.unit} {each.place.number}"


def _content(act: ActRow) -> tuple[object, ...]:
    how = (act.day, act.role, act.session) if act.act == _ANNUAL else ()
    return (act.level, act.value, act.amount, act.until, *how)


def _tell_of(each: PlaceAnd, first: PlaceAnd, tell: Tell, *, one: bool) -> None:
    """Tell of an act that stands in two rows; `one` where the rows are the same."""
    where = _where(first)
    says = f"{where} holds the same act of the same day"
    if not one and each.act.act == _ANNUAL:
        says = f"{where} holds an annual rating of the same period, given on {first.act.day}, and neither counts"
    elif not one:
        says += " with another level, amount or end, and neither counts"
    tell(REPEATED if one else CONTRADICTING, each, says, _KEEP_ONE, "act")
