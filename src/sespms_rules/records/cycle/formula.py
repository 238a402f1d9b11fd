"""The level that the formula gives for the ratings of elements on record, and where a rating on record is another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.values import Frozen, cache_by_identity, field
from sespms_rules.language.syntax.words import Act
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle.appraisals import FINAL_BEFORE_INITIAL, appraisal_of, on_record
from sespms_rules.records.findings import INITIAL_RATING_DIFFERS, RecordFinding, of_record
from sespms_rules.records.obligations import differs_from_formula
from sespms_rules.records.reading import ExecutiveYear

_INITIAL: Final = Act.INITIAL_RATING.value
WRONG_OR_DOCUMENTED: Final = (
    "if the record is wrong, add a row that names its number in `corrects`; if it is right, document why"
)


_KEPT_LEVELS: Final = 1 << 14


@cache_by_identity(4)
def _levels_by(_program: Program) -> dict[tuple[object, ...], int]:
    """The levels that a program was found to give, by all that an appraisal says but its id: many are alike."""
    return {}


class Derived(Frozen):
    """The level that the formula gives, or why it gives none."""

    level: int | None
    why_none: str = field(default="")


NOTHING: Final = Derived(None, "the policy has no formula that can be run")


def derived_on_record(
    year: ExecutiveYear, program: Program, today: datetime.date, kinds: Sequence[str] = FINAL_BEFORE_INITIAL
) -> Derived:
    """What the formula gives for the ratings of elements on record by a day, those of a later kind before others.

    No level where no element has a rating, or the policy does not admit the appraisal: nothing is assumed.
    """
    appraisal = appraisal_of(year, today, program, kinds)
    if isinstance(appraisal, str):
        return Derived(None, appraisal)
    levels = _levels_by(program)
    said = (appraisal.elements, appraisal.appointment, appraisal.unit, appraisal.facts)
    if said in levels:
        return Derived(levels[said])
    rating = rate(program, appraisal, trace=False)
    if rating.level is not None:
        if len(levels) >= _KEPT_LEVELS:
            levels.clear()
        levels[said] = rating.level
        return Derived(rating.level)
    return Derived(None, rating.refused[0].message if rating.refused else "by the policy such a case is not rated")


def initial_rating_differs(year: ExecutiveYear, program: Program, today: datetime.date) -> Iterator[RecordFinding]:
    """Tell of the initial summary rating that counts on a day where the formula gives another level for its elements.

    Nothing is told where it has a reason on record, or the initial ratings of elements give no level.
    """
    of_the_whole = [each for each in on_record(year, _INITIAL, today) if not each.act.about]
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
