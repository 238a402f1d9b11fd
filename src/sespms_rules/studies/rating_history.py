"""One executive's year on record -> how the annual rating came about: every act, the ratings of elements, the formula.

Nothing is left out: an act that another corrects, or that is at fault, stands in its place and says why it does not
count. The formula is run again on the initial and on the final ratings of elements.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Final

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.resolution import Library
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.words import Act
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle import ExecutiveStanding, appraisal_of, judged
from sespms_rules.records.duties import Duties
from sespms_rules.records.findings import RecordFinding, RecordPlace
from sespms_rules.records.obligations import Barred, Chain, Evaluator, Ground, differs_from_formula
from sespms_rules.records.reading import (
    OF_ELEMENTS,
    ActRow,
    ExecutiveYear,
    PlaceAnd,
    ReadTables,
    Year,
    read_tables,
    read_year,
)
from sespms_rules.records.vocabulary import SUMS
from sespms_rules.studies.cycle import DutiesByPeriod, RecordsBasis, system_named
from sespms_rules.studies.explanation import Explanation, explanation

_INITIAL, _ANNUAL = Act.INITIAL_RATING.value, Act.ANNUAL_RATING.value
_RATINGS: Final = ((_INITIAL, (_INITIAL,)), (_ANNUAL, (_INITIAL, _ANNUAL)))
"""Each summary rating with the kinds of act whose ratings of elements the formula is run on for it."""


_OF_THE_AGENCY: Final = frozenset(
    {*SUMS, RecordThing.AWARD_POOL.value, RecordThing.WAIVER.value, RecordThing.SAFEGUARD.value}
)
"""Acts that concern all and tell nothing of how one rating came about."""


class StepOnRecord(Frozen):
    """An act as it stands on record: `part` is the element it speaks of, empty for the whole.

    `why_not` says why it does not count, empty where it does; `corrects` and `corrected_by` are numbers of acts. The
    `grounds` are the sentences of the policy and the law that speak of such acts.
    """

    act: ActRow
    place: RecordPlace
    part: str
    why_not: str
    corrected_by: str
    grounds: tuple[Ground, ...]

    @property
    def rating(self) -> Fraction | None:
        """The level or the number that it gives, if any."""
        return self.act.value if self.act.level is None else Fraction(self.act.level)


class RunAgain(Frozen):
    """The formula run again for a summary rating: what stands on record, what follows, and where they differ.

    `explanation` is None where the formula gives nothing, and `why_none` says why. `differs` says how the rating on
    record is another; `reason` is what is on record for it.
    """

    kind: str
    on_record: int | None
    explanation: Explanation | None
    why_none: str
    differs: str
    reason: str

    @property
    def derived(self) -> int | None:
        """The level that the formula gives."""
        return None if self.explanation is None else self.explanation.rating.level


class RatingHistory(Frozen):
    """How the annual rating of one executive came about, as of a day.

    `steps` are all acts of the period in order, `earlier` the annual ratings of other periods, `standing` what is open
    and broken, `findings` what is wrong with the records of this executive.
    """

    system: str
    year: ExecutiveYear
    day: datetime.date
    steps: tuple[StepOnRecord, ...]
    earlier: tuple[StepOnRecord, ...]
    run_again: tuple[RunAgain, ...]
    standing: ExecutiveStanding
    findings: tuple[RecordFinding, ...]
    basis: RecordsBasis
    notice: str = field(default="")

    @property
    def parts(self) -> tuple[tuple[str, tuple[StepOnRecord, ...]], ...]:
        """Each element, requirement and additional rating with the acts that rate it, in order."""
        found: dict[str, list[StepOnRecord]] = {}
        for each in self.steps:
            if each.part and each.act.act in (_INITIAL, _ANNUAL):
                found.setdefault(each.part, []).append(each)
        return tuple((part, tuple(steps)) for part, steps in found.items())


def rating_history(
    compilation: Compilation,
    records: Path | ReadTables,
    law: Library,
    key: str,
    *,
    as_of: datetime.date,
    system: str | None = None,
) -> RatingHistory:
    """How the rating of the executive with an id came about, as of a day.

    Raises RequestError where there is no such executive with a period, and otherwise as `year_judged` does.
    """
    chosen = system_named(compilation, system)
    tables = read_tables(records) if isinstance(records, Path) else records
    read = read_year(tables, as_of)
    own = _year_of(read, key)
    program = compilation.programs.get(chosen.name)
    of_period = DutiesByPeriod(chosen, law)
    alone = replace(read, years=(own,), findings=_about(read.findings, own), unjudged={})
    with Evaluator(alone=False) as evaluator:
        cycle = judged(alone, of_period, lambda _year: program, as_of, evaluator)
        notice = evaluator.notice
    told = _Steps(own, read, of_period(own))
    rows = (
        PlaceAnd(each.place, each.values) for each in tables.rows["acts"] if each.values.executive == own.executive.id
    )
    of_all = (each for each in read.for_all if each.act.act not in _OF_THE_AGENCY)
    every = sorted((*rows, *of_all), key=lambda each: (each.act.day, each.place.number))
    steps = tuple(told.step(each) for each in every if each.act.day <= as_of and told.is_own(each.act))
    earlier = tuple(told.step(each) for each in every if each.act.act == _ANNUAL and not told.is_own(each.act))
    again = tuple(_run_again(kind, kinds, own, program, as_of) for kind, kinds in _RATINGS)
    findings = tuple(cycle.findings)
    (standing,) = cycle.executives
    return RatingHistory(
        chosen.name, own, as_of, steps, earlier, again, standing, findings, of_period.basis(read), notice
    )


def _year_of(read: Year, key: str) -> ExecutiveYear:
    own = next((each for each in read.years if as_one_id(each.executive.id) == as_one_id(key)), None)
    if own is not None:
        return own
    for other, wanting in read.unjudged.items():
        if as_one_id(other) == as_one_id(key):
            raise RequestError(
                f"`{other}` is not judged for want of {wanting}; see what `sespms cycle` says of the records"
            )
    known = [each.executive.id for each in read.years]
    help = did_you_mean(nearest_name(key, known), f"there are {len(known)} executives on record")
    raise RequestError(f"there is no executive `{key}` on record; {help}")


def _about(findings: Iterable[RecordFinding], own: ExecutiveYear) -> tuple[RecordFinding, ...]:
    """What is wrong with the records of an executive, or with records that concern all."""
    one = as_one_id(own.executive.id)
    return tuple(each for each in findings if as_one_id(each.executive) in ("", one))


class _Steps:
    """Tells of each act whether it counts and why not, by what it was corrected, and which sentences speak of it."""

    def __init__(self, own: ExecutiveYear, read: Year, duties: Duties) -> None:
        self._period_end = own.period[1]
        self._counting = {each.place for each in (*own.acts, *read.for_all)}
        self._faults = {each.place: each.message for each in read.findings}
        self._correcting = {each.act.corrects: each.act for each in own.acts if each.act.corrects}
        self._correcting |= {each.act.corrects: each.act for each in own.corrected.values() if each.act.corrects}
        self._corrected = own.corrected
        self._grounds: dict[str, dict[Ground, None]] = {}
        for each in duties.obligations:
            kind = getattr(getattr(each.shape, "what", None), "kind", "")
            if isinstance(each.shape, Chain | Barred):
                continue  # what a rating leads to is for `consequences`
            if kind and (not each.tags or own.executive.appointment in each.tags):
                self._grounds.setdefault(kind, {}).update(dict.fromkeys(each.grounds))

    def is_own(self, act: ActRow) -> bool:
        """Whether an act belongs to the period that is told of."""
        return act.period_end in (None, self._period_end)

    def step(self, each: PlaceAnd) -> StepOnRecord:
        """An act with all that is known of it."""
        act = each.act
        by = self._correcting.get(act.number) if act.number in self._corrected else None
        return StepOnRecord(
            act,
            each.place,
            _part(act),
            self._why_not(each, by),
            "" if by is None else by.number or f"the {by.act} of {by.day}",
            tuple(self._grounds.get(act.act, ())),
        )

    def _why_not(self, each: PlaceAnd, by: ActRow | None) -> str:
        if each.place in self._counting:
            return ""
        if by is not None:
            return f"it is corrected by {f'`{by.number}`' if by.number else 'a row'} of {by.day}"
        return self._faults.get(each.place, "it is one of several rows that contradict each other")


def _part(act: ActRow) -> str:
    """The element, requirement or additional rating that an act rates; empty for the whole."""
    if act.act not in OF_ELEMENTS:
        return ""
    of = " / ".join(each for each in (act.about, act.requirement) if each)
    if not act.additional_rating:
        return of
    return f"{of} ({act.additional_rating})" if of else f"no element ({act.additional_rating})"


def _run_again(
    kind: str, kinds: tuple[str, ...], own: ExecutiveYear, program: Program | None, day: datetime.date
) -> RunAgain:
    """Run the formula on the ratings of elements of some kinds, and hold the summary rating on record against it."""
    period = (None, own.period[1])
    given = [
        each.act
        for each in own.acts
        if each.act.act == kind and not each.act.about and each.act.day <= day and each.act.period_end in period
    ]
    on_record, reason = (given[-1].level, given[-1].reason) if given else (None, "")
    if program is None:
        return RunAgain(kind, on_record, None, "the policy has no formula that can be run", "", reason)
    appraisal = appraisal_of(own, day, program, kinds)
    if isinstance(appraisal, str):
        return RunAgain(kind, on_record, None, appraisal, "", reason)
    told = explanation(program, appraisal, rate(program, appraisal))
    refused = told.rating.refused
    why = refused[0].message if refused else "by the policy such a case is not rated"
    if told.rating.level is not None:
        why = ""
    differs = differs_from_formula(on_record, told.rating.level, reasoned=False)
    return RunAgain(kind, on_record, told, why, differs, reason)
