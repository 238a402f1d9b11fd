"""`sespms impact --against ROSTER`: two rosters, of two years, side by side under one text."""

from __future__ import annotations

import datetime
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sespms_rules.api import program_of
from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.output_kinds import PAGES, WORKBOOK
from sespms_rules.cli.printing import findings_as_data, print_findings, provenance_as_data, wants_colour
from sespms_rules.cli.rating_reports import rests_on
from sespms_rules.cli.reading_options import Reading
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.provenance import FileRead, Provenance
from sespms_rules.reports.findings import as_text as findings_as_text
from sespms_rules.reports.findings import json_text
from sespms_rules.studies.amended_text import texts_side_by_side

if TYPE_CHECKING:
    from sespms_rules.pipeline import Compilation
    from sespms_rules.studies.impact import Told, Years


class Asked(Frozen):
    """Which rosters are set side by side, and how the report is written; `least` withholds smaller counts."""

    then: str
    now: str
    form: str
    output: str | None
    told: Told
    least: int | None = field(default=None)
    offices: tuple[str, ...] = field(default=())
    columns: tuple[str, ...] = field(default=())
    system: str | None = field(default=None)
    tells: bool = field(default=False)
    day: datetime.date | None = field(default=None)


def refuse_contradictions(asked: Asked, reading: Reading) -> None:
    """Raise a usage error for what two rosters side by side cannot be asked."""
    if reading.amendments:
        raise click.UsageError(
            "`--against` sets two rosters side by side and `--with` two texts, so that nobody could tell which of the "
            "two moves anyone; choose one"
        )
    if asked.least is not None and asked.columns:
        raise click.UsageError(
            "what is shared of two rosters is one table, of everyone; leave `--by` out, or `--share`"
        )


def years_found(compilation: Compilation, asked: Asked, reading: Reading) -> tuple[tuple[Diagnostic, ...], Years]:
    """What is found beside the policy itself, and the two rosters under the text of the day.

    Raises RequestError where that text has errors, and for a column that a roster does not have.
    """
    from sespms_rules.studies.impact import Roster, distribution_in_law, over_years

    texts = texts_side_by_side(compilation, program_of(compilation, asked.system, "--system"), (), reading.as_of)
    if texts.base.program is None:
        says = f"`{compilation.source.name}` cannot be run as it is in force on {reading.as_of}"
        raise RequestError(says, texts.findings)
    library = reading.law.library if reading.law else FolderLibrary()
    in_law = partial(distribution_in_law, law=library, as_of=reading.as_of)
    then, now = (Roster(Path(each), asked.columns) for each in (asked.then, asked.now))
    found = over_years(texts.base, then, now, in_law, asked.offices)
    found = replace(found, files=(*texts.texts, *found.files))
    return tuple(dict.fromkeys((*texts.findings, *found.findings))), found


def files_told(asked: Asked, years: Years) -> tuple[FileRead, ...]:
    """The files to name with their digests; without the rosters where counts are withheld."""
    return tuple(each for each in years.files if asked.least is None or each.name not in years.names)


def anyone_refused(years: Years) -> bool:
    """Whether anyone of either roster could not be rated."""
    cases = (years.then, years.now)
    return any(case is None or case.whole.refused or case.answers.reading.nobody for case in cases)


def write(asked: Asked, findings: tuple[Diagnostic, ...], years: Years, provenance: Provenance) -> None:
    """Write the report in the form that was asked for."""
    beside = asked.form in (*PAGES, "csv", WORKBOOK)
    if findings and beside:
        print_findings(findings, err=True)
    if beside and (years.then is None or years.now is None):
        return  # a page or a table, or nothing: the findings stand on standard error
    if asked.form in PAGES:
        from sespms_rules.cli.documents_written import write_page
        from sespms_rules.studies.impact import years_as_html

        write_page(years_as_html(years, asked.told, provenance, asked.least), asked.form, asked.output, asked.day)
        return
    with written_to(asked.output) as file:
        if asked.form in ("csv", WORKBOOK):
            _write_tables(asked, years, provenance, file)
        else:
            file.write(_report(asked, findings, years, provenance) + "\n")


def _write_tables(asked: Asked, years: Years, provenance: Provenance, file: Any) -> None:
    from sespms_rules.reports.rating_sheets import provenance_sheet
    from sespms_rules.reports.workbook import write_table, write_workbook
    from sespms_rules.studies.impact import moves_of_years, people_of_years

    moves = moves_of_years(years, asked.least)
    people = [people_of_years(years, asked.told)] if asked.told.details else []
    if asked.form == "csv":
        write_table((people or [moves])[0], file)
    else:
        write_workbook([moves, *people, provenance_sheet(provenance)], binary(file))


def _report(asked: Asked, findings: tuple[Diagnostic, ...], years: Years, provenance: Provenance) -> str:
    from sespms_rules.studies.impact import (
        SCHEMA,
        as_text,
        shared_sheet_of_years,
        sheet_of_years,
        years_as_data,
    )

    if asked.form == "json":
        head = {"schema": SCHEMA, **provenance_as_data(provenance), "findings": findings_as_data(findings)}
        content = head | years_as_data(years, asked.told, asked.least)
        return json_text(content, indent=2, encoding=None if asked.output else sys.stdout.encoding)
    colour = wants_colour() and asked.output is None
    said = findings_as_text(findings, colour=colour) if findings else ""
    least = asked.least
    sheet = sheet_of_years(years, asked.told) if least is None else shared_sheet_of_years(years, least)
    basis = rests_on(provenance).strip() if asked.tells else ""
    return "\n\n".join(each for each in (said, as_text(sheet), basis) if each)
