"""An empty roster to fill in: drop-downs, the range of each weight, and the total of the weights while one types.

What the roster is read by stands on its first sheet and holds no formula; the totals stand on a sheet of their own,
which reading a roster leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from sespms_rules.checks.analysis import weight_rules
from sespms_rules.foundation.no_rating import NOT_IN_PLAN
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.model import System
from sespms_rules.program.ir import Fact, Further, Member, NumberScale, Program
from sespms_rules.program.numbered_terms import doubtful_numbers, level_alone
from sespms_rules.program.plans import WeightBox
from sespms_rules.reports.workbook import Between, Choice, Guide, Reckoned, Sheet, column_letters, write_workbook
from sespms_rules.rosters.files import (
    APPOINTMENTS,
    OF_TOTALS,
    OF_WORDS,
    TOTALS_SHEET,
    WORDS_SHEET,
    FormField,
    fields_of_plans,
    form_fields,
    may_be_brought,
    stage_of_plans,
)

ROWS = 300
"""For how many executives the totals are worked out."""

WEIGHT, APPOINTMENT, CRITICAL = "weight", "appointment", "critical"
"""What these columns hold, as fields of a form say it."""

_ROSTER = "Roster"
_IN_SOME_PLANS = "level in some plans"
_ID = "an opaque id with a digit and no blank, such as E-101; no name, no social security number"


def write_roster(system: System, program: Program, file: BinaryIO, own: Sequence[str] = ()) -> None:
    """Write the workbook for a system and what it computes: every column that `rate` reads by a fixed heading.

    `own` are the names of elements that plans bring of their own, and of requirements as `ELEMENT / REQUIREMENT`.
    Raises RequestError for one that none can bring.
    """
    _refuse_what_no_plan_brings(own, program)
    brought = {stage_of_plans(name, program)[1] for name in own}
    rules = weight_rules(system)
    words = _WordLists()
    words.column(OF_WORDS[0], APPOINTMENTS)
    numbers, doubtful = sorted((each.number for each in system.levels), reverse=True), doubtful_numbers(program.terms)
    words.column(OF_WORDS[1], [level_alone(each, doubtful) for each in numbers])
    boxes = {each.name: each.box for each in (*rules.members, rules.others)}
    headings, guides, weighed = ["id"], [Guide(_ID, None)], list[int]()
    for each in _weights_first((*form_fields(program), *_of_plans(own, program))):
        of_element = len(each.path) == 1
        if each.holds == WEIGHT and not each.further:
            if not (each.needed or each.path in brought or (of_element and rules.total is not None)):
                continue
            box = boxes.get(each.path[0], rules.others.box) if of_element else None
            weighed += [len(headings)] if of_element else []
            guides.append(_weight(box, some=_in_some_plans(each.path[0], program)))
        elif each.path in brought:
            guides.append(_of_own(each, program, words))
        else:
            guides.append(_guide(each, program, words))
        headings.append(each.heading)
    sheets = [Sheet(_ROSTER, headings, (), guides), words.sheet()]
    if rules.total is not None and weighed:
        sheets.append(_totals(weighed, exact(rules.total.total.value)))
    write_workbook(sheets, file)


def _weights_first(fields: Iterable[FormField]) -> Iterator[FormField]:
    """The fields, of each element and requirement its weight first."""
    for _, of_one in groupby(fields, key=lambda each: each.path):
        yield from sorted(of_one, key=lambda each: each.further or each.holds != WEIGHT)


def _of_plans(own: Sequence[str], program: Program) -> Iterator[FormField]:
    """The fields of what plans bring; of each element one for whether it is critical, which no policy says."""
    for name in own:
        yield from fields_of_plans([name], program)
        if len(stage_of_plans(name, program)[1]) == 1:
            yield FormField(f"{name} {CRITICAL}", CRITICAL, (name,), further=False, needed=True)


def _in_some_plans(element: str, program: Program) -> bool:
    named = next((one for one in program.summary.members if one.name == element), None)
    return named is None or named.optional


def _refuse_what_no_plan_brings(own: Sequence[str], program: Program) -> None:
    for place, name in enumerate(own):
        stage, path = stage_of_plans(name, program)
        above = path[:-1]
        what = f"the requirement `{path[-1]}` of `{above[0]}`" if above else f"the element `{name}`"
        if not stage.open:
            whose, left = ("the element", "the requirements") if above else ("the system", "the elements")
            raise RequestError(
                f"no plan can bring {what}: {whose} leaves none to the plans, so that each has {left} that it names"
            )
        known = {(*above, each.name.casefold()) for each in stage.members}
        before = {_folded(stage_of_plans(each, program)[1]) for each in own[:place]}
        if _folded(path) in known | before:
            raise RequestError(f"the roster has columns for {what} already; leave it out")
        if not path[-1].strip() or name != " ".join(name.split()):
            noun = "a requirement" if above else "an element"
            raise RequestError(f"`{name}` is no name of {noun}; write it on one line, without blanks around it")
        if not may_be_brought(name, program):
            noun = "a requirement" if above else "an element"
            raise RequestError(f"a column `{name} level` would not be read as of {noun}; give it another name")


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path[:-1], path[-1].casefold())


def _of_own(each: FormField, program: Program, words: _WordLists) -> Guide:
    """What may stand in a column of what a plan brings; the level says where a plan does not."""
    stage, _ = stage_of_plans(" / ".join(each.path), program)
    if each.further:
        return _further(next(one for one in stage.further if one.name == each.holds))
    if each.holds == CRITICAL:
        return Guide("whether the element is critical: yes or no", words.column("critical", ("yes", "no")))
    return _levels_of(sorted((level for level, _ in stage.points), reverse=True), words, some=True)


class _WordLists:
    """The sheet of the words that drop-downs offer, a column for each kind."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[str, ...]] = {}

    def column(self, heading: str, words: Iterable[str]) -> Choice:
        """A drop-down of these words, whose column is made where it is not there."""
        offered = self._columns.setdefault(heading, tuple(words))
        return Choice(WORDS_SHEET, list(self._columns).index(heading), len(offered), only=True)

    def of(self, heading: str) -> tuple[str, ...]:
        """The words of a column that is there."""
        return self._columns[heading]

    def sheet(self) -> Sheet:
        """The sheet of all columns."""
        longest = max(map(len, self._columns.values()))
        rows = [[_at(words, place) for words in self._columns.values()] for place in range(longest)]
        return Sheet(WORDS_SHEET, tuple(self._columns), rows)


def _guide(each: FormField, program: Program, words: _WordLists) -> Guide:
    """What may stand in a column that holds no weight."""
    if not each.path and not each.further:
        if each.holds == APPOINTMENT:
            return Guide("the kind of appointment", words.column(OF_WORDS[0], ()))
        return Guide("the part of the agency", None)
    if not each.path:
        return _fact(next(one for one in program.facts if one.name == each.holds), words)
    element = next(one for one in program.summary.members if one.name == each.path[0])
    stage = program.summary if len(each.path) == 1 else element.stage
    assert stage is not None  # noqa: S101 - a requirement stands in the stage of its element
    if each.further:
        return _further(next(one for one in stage.further if one.name == each.holds))
    return _level(next(one for one in stage.members if one.name == each.path[-1]), words)


def _fact(fact: Fact, words: _WordLists) -> Guide:
    if fact.words:
        return Guide(f"one of: {', '.join(fact.words)}", words.column(f"fact {fact.name}", fact.words))
    low, high = exact(fact.low), exact(fact.high)
    return Guide(f"a number from {low} to {high}", Between(low, high))


def _further(rating: Further) -> Guide:
    low, high = exact(rating.low), exact(rating.high)
    steps = f" in steps of {exact(rating.step)}" if rating.step is not None else ""
    return Guide(f"the additional rating “{rating.name}”: a number from {low} to {high}{steps}", Between(low, high))


def _at(words: tuple[str, ...], place: int) -> str | None:
    return words[place] if place < len(words) else None


def _level(member: Member, words: _WordLists) -> Guide:
    """The levels that a member can get; where these are some of all, the note says which."""
    if isinstance(member.scale, NumberScale):
        low, high = exact(member.scale.low), exact(member.scale.high)
        if member.optional:  # a range would not let the words in
            return Guide(f"a number from {low} to {high}, or `{NOT_IN_PLAN}`", None)
        return Guide(f"a number from {low} to {high}", Between(low, high))
    return _levels_of(member.scale.levels, words, some=member.optional)


def _levels_of(levels: Sequence[int], words: _WordLists, *, some: bool) -> Guide:
    """A drop-down of levels; of an element that only some plans have, with the words for a plan that has it not."""
    said = [each for each in words.of(OF_WORDS[1]) if int(each[-1]) in levels]
    note = f"the level: {', '.join(said or map(str, levels))}; empty while it is not rated"
    if not some:
        return Guide(note, words.column(OF_WORDS[1], ()))
    note += f"; `{NOT_IN_PLAN}` where the plan does not have the element"
    return Guide(note, words.column(_IN_SOME_PLANS, (*words.of(OF_WORDS[1]), NOT_IN_PLAN)))


def _weight(box: WeightBox | None, *, some: bool) -> Guide:
    """The limits of a weight; None for a requirement, whose limits are those of its plan."""
    if box is None:
        return Guide("the weight of the requirement", Between("0", None))
    low = exact(box.low)
    high = None if box.high is None else exact(box.high)
    note = f"the weight of the element: at least {low}" + (f", at most {high}" if high else "")
    note += "; empty where the plan does not have the element" if some else ""
    return Guide(note, Between(low, high))


def _totals(weighed: list[int], total: str) -> Sheet:
    """For each row of the roster its id, the sum of its weights, and whether that is right."""
    rows = []
    for number in range(2, ROWS + 2):
        cells = "+".join(f"IFERROR(VALUE({_ROSTER}!{column_letters(place)}{number}),0)" for place in weighed)
        key = f"{_ROSTER}!A{number}"
        told = f'IF({key}="","",IF({cells}={total},"right","must be {total}"))'
        rows.append([Reckoned(f'IF({key}="","",{key})'), Reckoned(f'IF({key}="","",{cells})'), Reckoned(told)])
    return Sheet(TOTALS_SHEET, tuple(each.format(total) for each in OF_TOTALS), rows)
