"""The level that the formula gives for the ratings of elements on record, and where a rating on record is another."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.syntax.words import Act
from sespms_rules.program.facts import GivenFacts
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.program.wording import fact_values
from sespms_rules.records.findings import INITIAL_RATING_DIFFERS, RecordFinding, of_record
from sespms_rules.records.obligations import differs_from_formula
from sespms_rules.records.reading import ExecutiveYear, PlaceAnd
from sespms_rules.rosters.files import read_fact, tidy

_ANNUAL, _INITIAL = Act.ANNUAL_RATING.value, Act.INITIAL_RATING.value
WRONG_OR_DOCUMENTED: Final = (
    "if the record is wrong, add a row that names its number in `corrects`; if it is right, document why"
)


class Derived(Frozen):
    """The level that the formula gives, or why it gives none."""

    level: int | None
    why_none: str = field(default="")


NOTHING: Final = Derived(None, "the policy has no formula that can be run")


def derived_on_record(
    year: ExecutiveYear, program: Program, today: datetime.date, kinds: Sequence[str] = (_INITIAL, _ANNUAL)
) -> Derived:
    """What the formula gives for the ratings of elements on record by a day, those of a later kind before others.

    No level where no element has a rating, or the policy does not admit the appraisal: nothing is assumed.
    """
    appraisal = appraisal_of(year, today, program, kinds)
    if isinstance(appraisal, str):
        return Derived(None, appraisal)
    rating = rate(program, appraisal, trace=False)
    if rating.level is not None:
        return Derived(rating.level)
    return Derived(None, rating.refused[0].message if rating.refused else "by the policy such a case is not rated")


def appraisal_of(
    year: ExecutiveYear, today: datetime.date, program: Program, kinds: Sequence[str] = (_INITIAL, _ANNUAL)
) -> Appraisal | str:
    """The appraisal that the ratings of elements on record by a day make, the final ones before the initial ones.

    A clause that says why there is none where no element has a rating yet, or a fact on record cannot be read.
    """
    levels: dict[str, Fraction] = {}
    for kind in kinds:
        for each in _on_record(year, kind, today):
            if each.act.about and each.act.level is not None:
                levels[each.act.about] = Fraction(each.act.level)
    if not levels:
        return "no element has a rating on record by that day"
    facts = _facts(year, program)
    if isinstance(facts, str):
        return facts
    weights = {row.element: row.weight for row in reversed(year.plan)}
    elements = tuple(Rated(name, levels.get(name), weight) for name, weight in reversed(weights.items()))
    return Appraisal(year.executive.id, elements, year.executive.appointment, year.executive.unit or None, facts)


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


def initial_rating_differs(year: ExecutiveYear, program: Program, today: datetime.date) -> Iterator[RecordFinding]:
    """Tell of the initial summary rating that counts on a day where the formula gives another level for its elements.

    Nothing is told where it has a reason on record, or the initial ratings of elements give no level.
    """
    of_the_whole = [each for each in _on_record(year, _INITIAL, today) if not each.act.about]
    if not of_the_whole or of_the_whole[-1].act.level is None:
        return
    each = of_the_whole[-1]
    derived = derived_on_record(year, program, today, (_INITIAL,)).level
    if says := differs_from_formula(each.act.level, derived, reasoned=bool(each.act.reason)):
        key = year.executive.id
        yield of_record(
            INITIAL_RATING_DIFFERS,
            each.place,
            says,
            WRONG_OR_DOCUMENTED,
            column="level",
            executive=key,
            act=_INITIAL,
            day=each.act.day,
        )


def _on_record(year: ExecutiveYear, kind: str, today: datetime.date) -> Iterable[PlaceAnd]:
    """The acts of a kind of the year's own period by a day, in order."""
    own = (None, year.period[1])
    return (each for each in year.acts if each.act.act == kind and each.act.day <= today and each.act.period_end in own)
