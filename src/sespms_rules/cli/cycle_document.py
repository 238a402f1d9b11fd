"""A judged year as a document: where it stands, what is found, whose move it is, by unit, and the duties broken."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.cli.cycle_reports import (
    agency_lines,
    closing_lines,
    finding_as_text,
    under_said,
    units_counted,
    until_said,
    who_is_open,
)
from sespms_rules.documents import Bullets, Document, Heading, Part, Table, capital, parts_of_lines, plain, rests_on
from sespms_rules.foundation.values import replace
from sespms_rules.law.provenance import Provenance
from sespms_rules.records.cycle import Cycle, OpenDuty
from sespms_rules.records.findings import RecordFinding
from sespms_rules.reports.findings import file_name
from sespms_rules.studies.cycle import YearJudged


def as_document(result: YearJudged, provenance: Provenance) -> Document:
    """The report; its day is the one that the year is judged as of."""
    cycle = result.cycle
    parts = (
        Heading(1, "Where the year stands"),
        *parts_of_lines(closing_lines(result)),
        *_found(cycle.every_finding),
        *_moves(cycle),
        *_units(cycle),
        *_agency(cycle),
        *_broken(cycle),
        *rests_on(provenance, "report"),
    )
    return Document("The year on record", f"as of {cycle.day}", parts, cycle.day)


def _found(findings: tuple[RecordFinding, ...]) -> Iterator[Part]:
    """Each finding as it is printed, without the folder that the table lies in."""
    if findings:
        yield Heading(1, "What is found")
    for each in findings:
        place = replace(each.place, file=file_name(each.place.file))
        first, *more = finding_as_text(replace(each, place=place)).splitlines()
        yield Heading(2, first)
        yield Bullets(tuple(capital(plain(line.strip())) for line in more))


def _moves(cycle: Cycle) -> Iterator[Part]:
    rows = tuple(
        (who_is_open(each), capital(duty.by or "the agency"), until_said(duty), duty.what, _ground(duty))
        for each in cycle.executives
        for duty in each.open
    )
    if rows:
        yield Heading(1, "Whose move it is")
        yield Table("What is open, by executive", ("Executive", "Whose move", "By when", "What", "Under"), rows)


def _ground(duty: OpenDuty) -> str:
    return plain(under_said(duty)).removeprefix(", under ")


def _units(cycle: Cycle) -> Iterator[Part]:
    units = units_counted(cycle)
    if units:
        names = tuple(next(iter(units.values())))
        yield Heading(1, "By unit")
        rows = tuple((unit, *(str(row[name]) for name in names)) for unit, row in units.items())
        yield Table("Executives by unit", ("Unit", *map(capital, names)), rows)


def _agency(cycle: Cycle) -> Iterator[Part]:
    said = list(parts_of_lines(agency_lines(cycle)))
    if said:
        yield Heading(1, "The agency as a whole")
        yield from said


def _broken(cycle: Cycle) -> Iterator[Part]:
    broken = [each for each in cycle.sentences if each.broken]
    if broken:
        yield Heading(1, "Duties that are broken")
        rows = tuple((each.sentence, each.citation or "none", str(each.held), str(each.records)) for each in broken)
        yield Table("On how many records each is held", ("Duty", "Law", "Held on", "Of records"), rows)
