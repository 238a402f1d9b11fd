"""Checked + a year on record -> Checked: what was left to records is judged by them, and what they break is found.

The judgement is that of `cycle` (`year_judged`), so that neither says what the other refutes. A sentence of an edition
is judged by the records of the periods for which that edition counts, and by no others.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from sespms_rules.foundation.diagnostic import NOWHERE, Diagnostic
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.resolution import Library
from sespms_rules.law.judging import gravest
from sespms_rules.law.record_duties import RecordDuty
from sespms_rules.law.verdict import Confidence, OnRecords, RecordsNamed, Ruling, Verdict, VerdictKind
from sespms_rules.pipeline import Compilation
from sespms_rules.records.findings import RecordFinding
from sespms_rules.records.reading import ReadTables
from sespms_rules.reports.findings import file_name
from sespms_rules.studies.checked import Checked
from sespms_rules.studies.cycle import YearJudged, year_judged

_BROKEN = VerdictKind.BROKEN_ON_RECORDS
_Place: TypeAlias = tuple[str, int]
_Duty: TypeAlias = tuple[str, str, str]


def judged_on_records(
    known: Checked, compilation: Compilation, records: Path | ReadTables, law: Library, *, as_of: datetime.date
) -> tuple[Checked, str]:
    """The check of one policy with one system, its duties on records judged; beside it what a reader must know.

    Raises as `year_judged` does. What is broken or amiss in the records stands behind the findings in the policy, so
    that a check fails wherever `cycle` fails.
    """
    result = year_judged(compilation, records, law, as_of=as_of)
    counts = _Counts(result)
    named = RecordsNamed(records.name or str(records), as_of, len(result.cycle.executives))
    told = tuple(
        replace(each, records=named, verdicts=tuple(_with_records(one, counts) for one in each.verdicts))
        for each in known.conformance
    )
    found = tuple(_as_diagnostic(each) for each in result.cycle.every_finding)
    return Checked((*known.findings, *found), told), result.notice


class _Counts:
    """How each sentence of the editions stands on the records; sentences are known by where they stand."""

    def __init__(self, result: YearJudged) -> None:
        self._duties: dict[_Place, RecordDuty] = {_place(each.sentence.span): each for each in result.of_law}
        self._counts: dict[_Duty, OnRecords] = {}
        for count in (each for each in result.cycle.duties if each.records):
            here = OnRecords(count.held, count.broken, count.open)
            for key in dict.fromkeys((one.text, one.citation, one.sentence) for one in count.obligation.grounds):
                before = self._counts.get(key)
                self._counts[key] = here if before is None else _sum(before, here)
        self._why_not: Mapping[_Duty, str] = {
            (each.text, each.citation, each.sentence): each.why for each in result.cycle.not_lowered
        }

    def duty(self, ruling: Ruling) -> RecordDuty | None:
        """The duty that a sentence is in a period on record; None where another edition counts for all of them."""
        return self._duties.get(_place(ruling.span))

    def judged(self, ruling: Ruling) -> Ruling:
        """A duty on records with what they say of it; a sentence of another kind as it is."""
        if ruling.kind is not VerdictKind.EACH_RATING:
            return ruling
        duty = self.duty(ruling)
        if duty is None:
            return replace(ruling, why="a duty on records, and this edition counts for no period of the records named")
        key = (duty.edition, duty.citation, duty.words)
        if key in self._why_not:
            return replace(ruling, why=f"a duty on records, and no record was judged by it: {self._why_not[key]}")
        count = self._counts.get(key)
        if count is None:
            return replace(ruling, why="a duty on records, and it speaks of none of the records named")
        return replace(ruling, kind=count.kind, why=_WHY[count.kind], on_records=count)


_WHY = {
    VerdictKind.HELD_ON_RECORDS: "no record that it speaks of breaks it, and on none is it open",
    VerdictKind.BROKEN_ON_RECORDS: "the findings name each record that breaks it",
    VerdictKind.OPEN_ON_RECORDS: "no record breaks it; `sespms cycle` shows whose move it is",
}


def _with_records(verdict: Verdict, counts: _Counts) -> Verdict:
    """A verdict with its duties on records judged; one that rests on law not compared can make no check fail."""
    rulings = tuple(map(counts.judged, verdict.rulings))
    if rulings == verdict.rulings:
        return verdict
    # What the text misses and was not compared with the law is `unconfirmed`, and no gravest ruling says that.
    kind = verdict.kind if verdict.kind is VerdictKind.UNCONFIRMED else gravest(rulings)
    broken = [duty for each in rulings if each.kind is _BROKEN and (duty := counts.duty(each)) is not None]
    counted = [each for each in broken if each.confidence is not Confidence.UNCONFIRMED and each.binding]
    if kind is not _BROKEN and (verdict.fails or not counted):
        return replace(verdict, rulings=rulings, kind=kind)
    return replace(
        verdict,
        rulings=rulings,
        kind=_BROKEN,
        confidence=verdict.confidence if counted else broken[0].confidence,
        remark=verdict.remark if counted else broken[0].remark,
        binding=bool(counted) or any(each.binding for each in broken),
        spared_until=None,  # a savings clause is for the text of a system, and excuses no act
    )


def _place(span: Span) -> _Place:
    return span.source.name, span.start


def _sum(one: OnRecords, other: OnRecords) -> OnRecords:
    return OnRecords(one.held + other.held, one.broken + other.broken, one.open + other.open)


def _as_diagnostic(found: RecordFinding) -> Diagnostic:
    """A finding about records as one of the check: it stands at no place in a text, and names its row in words."""
    message = f"{', '.join(_where(found))}: {found.message}"
    if found.sentence:
        message += f", under `{found.sentence}`"
    help = f"{found.help}; to note: {found.note}" if found.note else found.help
    return Diagnostic(found.code, found.name, found.severity, message, NOWHERE, help, citations=found.citations)


def _where(found: RecordFinding) -> Iterator[str]:
    place = found.place
    file = file_name(place.file)  # a report is passed on, and folders may tell whose machine it was
    table = f"`{file}` ({place.sheet})" if place.sheet else f"`{file}`"
    yield f"{table} {place.unit} {place.number}" if place.number else table
    if found.executive:
        yield f"executive `{found.executive}`"
    if found.act:
        happened = "" if found.day is None else f" missing since {found.day}" if found.missing else f" of {found.day}"
        yield f"{found.act}{happened}"
    if found.column:
        yield f"column `{found.column}`"
