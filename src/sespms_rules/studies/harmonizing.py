"""A policy and the places where its executives work -> what the places ask beside federal law, and how it is held.

Overlays are advice for federal executives: what is found here changes no verdict, no rating and no exit code.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sespms_rules.checks.analysis import judged_days
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Baseline, Part, Stated, System
from sespms_rules.language.resolution import Library
from sespms_rules.language.syntax.requirements import MustState, ShouldState
from sespms_rules.language.syntax.words import Coverage, PartKind
from sespms_rules.law.edition_index import editions_for, every_edition
from sespms_rules.law.editions import choose
from sespms_rules.law.harmonizing import PlaceRow, advisory_for, beside_federal
from sespms_rules.law.periods import period
from sespms_rules.law.places import called, place_named, places_with_rules, rules_of
from sespms_rules.law.record_duties import duties_of_edition
from sespms_rules.pipeline import Compilation
from sespms_rules.records.cycle import judged
from sespms_rules.records.duties import Duties, duties_of
from sespms_rules.records.obligations import Evaluator
from sespms_rules.records.reading import ExecutiveYear, ReadTables, Year, read_year
from sespms_rules.studies.cycle import RecordsBasis, system_named

WHY_ADVICE: Final = (
    "a state may not regulate the United States unless Congress lets it"
    " (United States v. Washington, 142 S. Ct. 1976, 2022)"
)


class HeldOnRecords(Frozen):
    """A sentence of an overlay over the executives who work in its place: on how many it is held, broken, open.

    `broken_by` are the executives on whose record it is broken, each with the day since when.
    """

    citation: str
    words: str
    held: int
    broken: int
    open: int
    broken_by: tuple[tuple[str, datetime.date | None], ...]


class PlaceBeside(Frozen):
    """A place beside federal law. `executives` is None where no records were named, else how many work there.

    `not_in_force` are overlays of the place that are not in force on the day; `not_judged` are sentences that no record
    can settle, with the reason.
    """

    place: str
    overlays: tuple[Baseline, ...]
    not_in_force: tuple[Baseline, ...]
    rows: tuple[PlaceRow, ...]
    executives: int | None = field(default=None)
    on_records: tuple[HeldOnRecords, ...] = field(default=())
    not_judged: tuple[tuple[str, str], ...] = field(default=())

    @property
    def advisory_for(self) -> tuple[Coverage, ...]:
        """For whom every overlay of the place is advice alone."""
        kinds = [set(advisory_for(each)) for each in self.overlays]
        return tuple(each for each in Coverage if all(each in own for own in kinds))


class Harmonized(Frozen):
    """A system, the federal editions that bind it, and the places. `day` is None where the system states none.

    `elsewhere` counts the executives who work where no overlay is for, by what stands in the column `works in`;
    `faults` are the records that could not be used; `basis` is what it all rests on.
    """

    system: str
    day: datetime.date | None
    federal: tuple[Baseline, ...]
    places: tuple[PlaceBeside, ...]
    basis: RecordsBasis
    elsewhere: tuple[tuple[str, int], ...] = field(default=())
    faults: int = field(default=0)


def harmonized(
    compilation: Compilation,
    law: Library,
    states: Sequence[str],
    records: Path | ReadTables | None = None,
    *,
    as_of: datetime.date | None = None,
    today: datetime.date,
    system: str | None = None,
) -> Harmonized:
    """Hold the overlays of some states, or of those in the records, beside the federal editions that bind a system.

    The editions are those of the system's day, or of `as_of`; records are judged as of `today`. Raises RequestError for
    a state that no overlay is for, and UnreadableFileError for records that cannot be read at all.
    """
    chosen = system_named(compilation, system)
    day = judged_days(chosen, as_of).day
    editions = every_edition(law)
    federal = tuple(
        each.edition
        for each in choose(chosen, editions_for(chosen, law, None, as_of), None, as_of).chosen
        if each.edition.kind is PartKind.BASELINE
    )
    year = None if records is None else read_year(records, today)
    named = [place_named(each, editions) for each in states]
    if year is not None and not named:
        named = _in_records(year, editions)
    places = tuple(_place(name, chosen, editions, federal, day, year, today) for name in dict.fromkeys(named))
    elsewhere = () if year is None else _elsewhere(year, places_with_rules(editions))
    overlays = (one for each in places for one in each.overlays)
    files = () if year is None else year.files
    basis = RecordsBasis(chosen, (*federal, *overlays), files, (judged_days(chosen, as_of),))
    faults = 0 if year is None else len(year.findings)
    return Harmonized(chosen.name, day, federal, places, basis, elsewhere, faults)


def _in_records(year: Year, editions: Iterable[Baseline]) -> list[str]:
    """The places with overlays that stand in the column `works in`. Raises RequestError where the column is empty."""
    written = {called(each.executive.works_in) for each in year.years if each.executive.works_in}
    if not written:
        raise RequestError(
            "no executive on record has anything in the column `works in`; fill it in, or name a state with `--state`"
        )
    return [each for each in places_with_rules(editions) if each in written]


def _elsewhere(year: Year, known: Iterable[str]) -> tuple[tuple[str, int], ...]:
    places = Counter(called(each.executive.works_in) for each in year.years)
    return tuple((name, count) for name, count in places.items() if name not in set(known))


def _place(
    place: str,
    system: System,
    editions: Sequence[Baseline],
    federal: Sequence[Baseline],
    day: datetime.date | None,
    year: Year | None,
    today: datetime.date,
) -> PlaceBeside:
    rules = rules_of(place, editions, day)
    rows = tuple(row for each in rules.overlays for row in beside_federal(system, each, federal, day))
    found = PlaceBeside(place, rules.overlays, rules.not_in_force, rows)
    if year is None:
        return found
    own = tuple(each for each in year.years if called(each.executive.works_in) == place)
    return _with_records(replace(found, executives=len(own)), system, replace(year, years=own), today)


# ---- records -------------------------------------------------------------------------------------


def _with_records(found: PlaceBeside, system: System, year: Year, today: datetime.date) -> PlaceBeside:
    """The same with its duties judged on the records of those who work there, by both evaluators."""
    held: list[HeldOnRecords] = []
    not_judged: dict[tuple[str, str], None] = {}
    for overlay in found.overlays:
        with Evaluator(alone=False) as evaluator:
            cycle = judged(year, _DutiesOfPlace(system, overlay), _no_program, today, evaluator)
        not_judged |= dict.fromkeys((each.sentence, each.why) for each in cycle.not_lowered)
        for count in cycle.duties:
            ground = count.obligation.grounds[0]
            by = tuple(
                (each.id, finding.day)
                for each in cycle.executives
                for finding in each.findings
                if finding.sentence == ground.sentence and ground.citation in finding.citations
            )
            held.append(HeldOnRecords(ground.citation, ground.sentence, count.held, count.broken, count.open, by))
    return replace(found, on_records=tuple(held), not_judged=tuple(not_judged))


def _no_program(_year: ExecutiveYear) -> None:
    """An overlay speaks of no formula, so that nothing is derived."""


class _DutiesOfPlace:
    """What an overlay asks of a year, as if a policy of its name said it; made once for each period."""

    def __init__(self, system: System, overlay: Baseline) -> None:
        self._system = system
        self._overlay = overlay
        self._known: dict[tuple[datetime.date, datetime.date], Duties] = {}

    def __call__(self, year: ExecutiveYear) -> Duties:
        if year.period not in self._known:
            of_law = duties_of_edition(self._system, self._overlay, period(*year.period))
            self._known[year.period] = duties_of(_as_system(self._overlay), of_law)
        return self._known[year.period]


def _as_system(overlay: Baseline) -> System:
    parts: dict[PartKind, list[Stated]] = {}
    for requirement in overlay.requirements:
        for each in requirement.sentences:
            if isinstance(each.sentence, MustState | ShouldState):
                quoted = each.sentence.quotation
                origin = Origin(quoted.sentence.span, requirement.citation)
                parts.setdefault(quoted.part.kind, []).append(Stated(quoted.sentence, overlay.name, origin))
    made = tuple(Part(kind, None, tuple(stated)) for kind, stated in parts.items())
    return System(overlay.name, (), Part(PartKind.SYSTEM, None, ()), made, (), (), ())


def said_of_elsewhere(result: Harmonized) -> str:
    """Who works where no overlay is for, in words; empty where nobody does."""
    named = [name for name, _ in result.elsewhere if name]
    count = sum(number for name, number in result.elsewhere if name)
    silent = sum(number for name, number in result.elsewhere if not name)
    told = []
    if named:
        work = "executive works" if count == 1 else "executives work"
        told.append(f"{count} {work} in {backticked(named)}, for which there is no overlay")
    if silent:
        told.append(f"where {silent} executive{' works' if silent == 1 else 's work'} is not on record")
    return "; ".join(told)


__all__ = ["WHY_ADVICE", "Harmonized", "HeldOnRecords", "PlaceBeside", "harmonized", "said_of_elsewhere"]
