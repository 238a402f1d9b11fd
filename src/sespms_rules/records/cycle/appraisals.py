"""The appraisal that a year on record makes: elements, requirements and additional ratings as they stand on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.language.syntax.words import Act
from sespms_rules.program.facts import GivenFacts
from sespms_rules.program.ir import Program, Stage
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.program.wording import fact_values
from sespms_rules.records.reading import ExecutiveYear, PlaceAnd, part_of
from sespms_rules.records.reading.border import ActRow, PlanRow
from sespms_rules.rosters.files import read_fact, tidy

FINAL_BEFORE_INITIAL: Final = (Act.INITIAL_RATING.value, Act.ANNUAL_RATING.value)
"""The kinds of act that rate elements, each before what takes its place: the final rating of an element counts."""

_REVISION: Final = Act.PLAN_REVISION.value
_Given = dict[tuple[str, str, str], Fraction]


def appraisal_of(
    year: ExecutiveYear, today: datetime.date, program: Program, kinds: Sequence[str] = FINAL_BEFORE_INITIAL
) -> Appraisal | str:
    """The appraisal that the ratings of elements on record by a day make, the final ones before the initial ones.

    A clause that says why there is none where no element has a rating yet, a fact on record cannot be read, or a row of
    the plan or of a rating does not count: the formula might leave out what it says.
    """
    if unclear := year.unclear or _revised_since(year, today, kinds[-1]):
        return unclear
    given: _Given = {}
    for kind in kinds:
        for each in on_record(year, kind, today):
            act = each.act
            rating = act.value if act.level is None else Fraction(act.level)
            if act.about and rating is not None:
                given[part_of(act)] = rating
    if not given:
        return "no element has a rating on record by that day"
    facts = _facts(year, program)
    if isinstance(facts, str):
        return facts
    if unlike := _unlike_policy(year.plan, program):
        return unlike
    elements = tuple(_elements(year.plan, given, program))
    return Appraisal(year.executive.id, elements, year.executive.appointment, year.executive.unit or None, facts)


def _revised_since(year: ExecutiveYear, today: datetime.date, kind: str) -> str:
    """That the plan was revised after the rating of a kind: what that was given by is not on record. Else empty."""
    revised = [each.act.day for each in on_record(year, _REVISION, today)]
    given = [each.act.day for each in on_record(year, kind, today) if not each.act.about] if revised else ()
    if not given or max(revised) <= max(given):
        return ""
    return f"the plan was revised on {max(revised)}, after the {kind} of {max(given)}, and stands on record as revised"


def on_record(year: ExecutiveYear, kind: str, today: datetime.date) -> Iterable[PlaceAnd]:
    """The acts of a kind of the year's own period by a day, in order."""
    own = (None, year.period[1])
    return (each for each in year.acts if each.act.act == kind and each.act.day <= today and each.act.period_end in own)


def _elements(plan: Iterable[PlanRow], given: _Given, program: Program) -> Iterator[Rated]:
    """Each element of the plan once, with its requirements where the policy rates them, or where they are rated."""
    rows: dict[str, list[PlanRow]] = {}
    for row in plan:
        rows.setdefault(row.element, []).append(row)
    stages = {member.name: member.stage for member in program.summary.members}
    for name, own in rows.items():
        stage = stages.get(name)
        names = dict.fromkeys(row.requirement for row in own if row.requirement)
        weights = {row.requirement: row.requirement_weight for row in own}
        requirements = tuple(
            Rated(each, given.get((name, each, "")), weights[each], _further(name, each, given, stage))
            for each in names
            if stage is not None or any(part[:2] == (name, each) for part in given)
        )
        critical = own[0].critical is not False
        further = _further(name, "", given, program.summary)
        yield Rated(name, given.get((name, "", "")), own[0].weight, further, requirements, critical)


def _further(element: str, requirement: str, given: _Given, stage: Stage | None) -> tuple[tuple[str, Fraction], ...]:
    """The additional ratings of an element or a requirement, by the names that the policy gives them."""
    declared = {tidy(each.name): each.name for each in (stage.further if stage is not None else ())}
    return tuple(
        (declared.get(name, name), rating)
        for (of, inner, name), rating in given.items()
        if name and (of, inner) == (element, requirement)
    )


def _unlike_policy(plan: Iterable[PlanRow], program: Program) -> str:
    """Where the plan says of an element that the policy names that it is of another sort; empty where it does not."""
    named = {member.name: member.critical for member in program.summary.members}
    for row in plan:
        if row.critical is not None and named.get(row.element, row.critical) is not row.critical:
            sort = "a critical element" if named[row.element] else "no critical element"
            return f"the plan says of `{row.element}` otherwise than the policy, by which it is {sort}"
    return ""


def _facts(year: ExecutiveYear, program: Program) -> GivenFacts | str:
    """What is on record of the facts that a program declares, as rosters read them; else which row cannot be read.

    A cell that is no value of the fact is not repeated, for it may be a person's own. A fact that is not on record is
    left out, so that the engine refuses where it is needed.
    """
    declared = {tidy(fact.name): fact for fact in program.facts}
    given: list[tuple[str, Fraction | str]] = []
    for each in year.facts:
        where = f"{each.place.unit} {each.place.number} of the table `facts`"
        fact = declared.get(tidy(each.values.fact))
        if fact is None:
            return f"{where} names a fact that the policy does not declare"
        value, _ = read_fact(fact, each.values.value, where)
        if value is None or fact.number(value) is None:
            return f"what {where} says of `{fact.name}` is not {fact_values(fact)}"
        given.append((fact.name, value))
    return tuple(given)


def parts_done(acts: Iterable[ActRow], plan: Iterable[PlanRow]) -> frozenset[str]:
    """The elements of a plan that acts speak of: as wholes, or by every one of their requirements."""
    spoken = {(act.about, act.requirement) for act in acts}
    requirements: dict[str, set[str]] = {}
    for row in plan:
        requirements.setdefault(row.element, set()).add(row.requirement)
    return frozenset(
        name
        for name, names in requirements.items()
        if (name, "") in spoken or (any(names) and all((name, each) in spoken for each in names if each))
    )
