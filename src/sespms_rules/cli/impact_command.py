"""`sespms impact`: who of a roster would be rated differently under an amendment, why, and what follows."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from sespms_rules.api import assessed, stops_studies
from sespms_rules.cli.output_kinds import PAGES, WORKBOOK
from sespms_rules.cli.policies import Compiled, compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    notes_option,
    output_option,
    print_findings,
    provenance_as_data,
    shown_of_policy,
    tell_notes,
    tell_nothing_done,
    wants_colour,
)
from sespms_rules.cli.rating_reports import rests_on
from sespms_rules.cli.reading_options import Reading, by_option, reading_options
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.law.provenance import FileRead, Provenance
from sespms_rules.reports.findings import json_text

if TYPE_CHECKING:
    from sespms_rules.pipeline import Compilation
    from sespms_rules.studies.impact import Case, Impact, Told


class _Wanted(Frozen):
    """What the user asked to be told, and how."""

    details: bool
    share: bool
    least: int | None
    key: str | None
    form: str
    output: str | None
    tells: bool
    against: str | None
    notes: bool
    day: datetime.date | None

    @property
    def all_notes(self) -> bool:
        """Whether notes on the policy are told: data always holds them."""
        return self.notes or self.form == "json"


@click.command("impact")
@policy_argument
@click.argument("roster", metavar="ROSTER")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@click.option("--details", is_flag=True, help="Name the executives behind each figure.")
@click.option("--share", is_flag=True, help="Withhold what a few people could be known by.")
@click.option("--least", type=click.IntRange(2), metavar="NUMBER", help="With `--share`: the smallest count shown.")
@click.option("--pseudonyms", "key", metavar="FILE", help="With `--details`: name them by the key in a file.")
@click.option("--inspector-general", "offices", multiple=True, metavar="UNIT", help="A unit that is this office.")
@click.option(
    "--against", metavar="ROSTER", help="Set an earlier roster beside this one: who stood where then and now."
)
@by_option
@notes_option
@output_option
@reading_options(
    "The text with the amendments in force on this day, and what the editions of it say.",
    "Set the policy under an amendment beside it: a file, or a name; `A+B` for two together, repeatable.",
)
@format_option("text", "json", "html", "csv", WORKBOOK, "docx", "pdf")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    policy: str,
    roster: str,
    system: str | None,
    offices: tuple[str, ...],
    columns: tuple[str, ...],
    reading: Reading,
    **wanted: Any,
) -> None:
    """Show what amendments would do to the executives of a roster.

    ROSTER is a CSV, Excel, JSON or Parquet file. Each `--with` is set beside the policy, alone, `A+B` both together;
    without any, the report tells how the roster is distributed now. `--against` sets the roster of an earlier year
    beside it: both distributions, who is in both, and how these moved. Figures name nobody unless you ask for
    `--details`. Ends with code 1 where something has errors or anyone cannot be rated.
    """
    asked = _Wanted(**wanted, tells=reading.tells, day=reading.as_of)
    told = _told(asked)
    compiled = compile_policies([policy], reading.law)
    provenance = provenance_of(compiled, reading)
    if stops_studies(compiled.diagnostics):
        _write(asked, told, compiled.diagnostics, None, provenance)
        ctx.exit(tell_nothing_done("nobody was rated"))
    if asked.against is not None:
        ctx.exit(_over_years(compiled, (asked.against, roster), system, offices, columns, asked, told, reading))
    findings, impact = _assessed(compiled.compilations[0], system, roster, offices, columns, reading)
    if impact is None:
        _write(asked, told, (*compiled.diagnostics, *findings), None, provenance)
        ctx.exit(1)
    _refuse_unknown_units(offices, [impact.before])
    _refuse_to_share_two(asked, columns, impact)
    of_policy, unshown = shown_of_policy(compiled.diagnostics, notes=asked.all_notes)
    findings = (*of_policy, *(each for each in findings if each not in compiled.diagnostics))
    _write(asked, told, findings, impact, provenance.and_read(_files_told(asked, impact)))
    tell_notes(unshown)
    ctx.exit(int(has_errors(findings) or _anyone_refused(impact)))


def _refuse_to_share_two(asked: _Wanted, columns: tuple[str, ...], impact: Impact) -> None:
    """Raise UsageError where two shared tables together would tell what each withholds."""
    if asked.share and len(columns) > 1:
        raise click.UsageError("share one breakdown at a time: two tables side by side can be set against each other")
    if asked.share and len(impact.comparisons) > 1:
        raise click.UsageError("share one amendment at a time: two reports side by side can be subtracted")


def _over_years(
    compiled: Compiled,
    rosters: tuple[str, str],
    system: str | None,
    offices: tuple[str, ...],
    columns: tuple[str, ...],
    asked: _Wanted,
    told: Told,
    reading: Reading,
) -> int:
    """Set two rosters side by side, the earlier first, and return the exit code."""
    from sespms_rules.cli import impact_years as years

    wanted = (*rosters, asked.form, asked.output, told, _least(asked), offices, columns, system, asked.tells, asked.day)
    over = years.Asked(*wanted)
    years.refuse_contradictions(over, reading)
    findings, found = years.years_found(compiled.compilations[0], over, reading)
    _refuse_unknown_units(offices, [found.then, found.now])
    of_policy, unshown = shown_of_policy(compiled.diagnostics, notes=asked.all_notes)
    findings = (*of_policy, *(each for each in findings if each not in compiled.diagnostics))
    provenance = provenance_of(compiled, reading).and_read(years.files_told(over, found))
    years.write(over, findings, found, provenance)
    tell_notes(unshown)
    return int(has_errors(findings) or years.anyone_refused(found))


def _assessed(
    compilation: Compilation,
    system: str | None,
    roster: str,
    offices: tuple[str, ...],
    columns: tuple[str, ...],
    reading: Reading,
) -> tuple[tuple[Diagnostic, ...], Impact | None]:
    """What is found, and the impact; None where the text that is in force on the day has errors."""
    from sespms_rules.engines.confirmed import EnginesDisagreeError

    try:
        named, day = reading.amendments, reading.as_of
        return assessed(compilation, system, named, roster, offices, "--system", reading.law, day, columns)
    except EnginesDisagreeError as fault:
        raise click.ClickException(str(fault)) from None
    except RequestError as fault:
        if not fault.findings:
            raise
        click.echo(f"sespms: {fault}; nobody was rated", err=True)
        return fault.findings, None


def _files_told(asked: _Wanted, impact: Impact) -> tuple[FileRead, ...]:
    """The files to name with their digests; without the roster where counts are withheld.

    Whoever knows most of a roster could try out the rest against its digest.
    """
    return tuple(each for each in impact.files if not (asked.share and each.name == impact.roster))


def _refuse_unknown_units(offices: tuple[str, ...], cases: Sequence[Case | None]) -> None:
    """Raise a usage error for an office of the inspector general that is no unit of the roster."""
    from sespms_rules.foundation.spelling import did_you_mean, nearest_name

    rows = [row for case in cases if case is not None for row in case.answers.reading.rows]
    units = sorted({row.appraisal.unit for row in rows if row.appraisal is not None and row.appraisal.unit})
    for office in offices:
        if units and office not in units:
            listed = "its units are " + ", ".join(f"`{each}`" for each in units)
            near = did_you_mean(nearest_name(office, units), listed)
            raise click.UsageError(f"no row of the roster has the unit `{office}`; {near}")


def _anyone_refused(impact: Impact) -> bool:
    cases = (impact.before, *(each.case for each in impact.comparisons))
    return any(case is None or case.whole.refused for case in cases) or impact.nobody > 0


# ---- what is written -------------------------------------------------------------------------------


def _told(asked: _Wanted) -> Told:
    """How much of single executives is told. Raises a usage error where the options contradict each other."""
    from sespms_rules.rosters.population import (
        KeyRefusedError,
        pseudonyms_from,
    )
    from sespms_rules.studies.impact import Told

    if asked.details and asked.share:
        raise click.UsageError("`--details` names executives and `--share` withholds them; choose one")
    if asked.key is not None and not asked.details:
        raise click.UsageError("`--pseudonyms` replaces the ids that `--details` shows; give both")
    if asked.least is not None and not asked.share:
        raise click.UsageError("`--least` is the smallest count that `--share` shows; give both")
    try:
        return Told(asked.details, None if asked.key is None else pseudonyms_from(Path(asked.key)))
    except KeyRefusedError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None


def _write(
    asked: _Wanted, told: Told, findings: tuple[Diagnostic, ...], impact: Impact | None, provenance: Provenance
) -> None:
    from sespms_rules.cli.output import written_to

    beside = asked.form in (*PAGES, "csv", WORKBOOK)
    if findings and beside:
        print_findings(findings, err=True)
    if impact is None and beside:
        return  # a page or a table, or nothing: the findings stand on standard error
    if impact is not None and asked.form in PAGES:
        from sespms_rules.cli.documents_written import write_page
        from sespms_rules.studies.impact import as_html

        write_page(as_html(impact, told, provenance, least=_least(asked)), asked.form, asked.output, asked.day)
        return
    with written_to(asked.output) as file:
        if impact is not None and asked.form in ("csv", WORKBOOK):
            _write_tables(asked, told, impact, provenance, file)
            return
        file.write(_report(asked, told, findings, impact, provenance) + "\n")


def _write_tables(asked: _Wanted, told: Told, impact: Impact, provenance: Provenance, file: TextIO) -> None:
    """CSV holds one table, everyone where they are named; a workbook both, and what the report rests on."""
    from sespms_rules.cli.output import binary
    from sespms_rules.reports.rating_sheets import provenance_sheet
    from sespms_rules.reports.workbook import write_table, write_workbook
    from sespms_rules.studies.impact import moves_sheet, people_sheet, values_sheet

    people = [people_sheet(impact, told)] if told.details else []
    if asked.form == "csv":
        write_table((people or [moves_sheet(impact, _least(asked))])[0], file)
        return
    values = values_sheet(impact) if _least(asked) is None else None
    told_of = [values] if values is not None else []
    write_workbook([moves_sheet(impact, _least(asked)), *told_of, *people, provenance_sheet(provenance)], binary(file))


def _report(
    asked: _Wanted, told: Told, findings: tuple[Diagnostic, ...], impact: Impact | None, provenance: Provenance
) -> str:
    from sespms_rules.reports.findings import as_text as findings_as_text

    if asked.form == "json":
        return _json(asked, told, findings, impact, provenance)
    colour = wants_colour() and asked.output is None
    said = findings_as_text(findings, colour=colour) if findings else ""
    if impact is None:
        return said
    from sespms_rules.studies.impact import as_text, shared_sheet, sheet_of

    least = _least(asked)
    sheet = sheet_of(impact, told) if least is None else shared_sheet(impact, least)
    basis = rests_on(provenance).strip() if asked.tells else ""
    return "\n\n".join(each for each in (said, as_text(sheet), basis) if each)


def _least(asked: _Wanted) -> int | None:
    """The smallest count that is shown, None where nothing is withheld."""
    from sespms_rules.rosters.population import LEAST

    if not asked.share:
        return None
    return LEAST if asked.least is None else asked.least


def _json(
    asked: _Wanted, told: Told, findings: tuple[Diagnostic, ...], impact: Impact | None, provenance: Provenance
) -> str:
    from sespms_rules.studies.impact import (
        SCHEMA,
        as_data,
        shared_data,
    )

    least = _least(asked)
    rests = provenance_as_data(provenance)
    content: dict[str, Any] = {"schema": SCHEMA, **rests, "findings": findings_as_data(findings)}
    if impact is not None:
        content |= as_data(impact, told) if least is None else shared_data(impact, least)
    return json_text(content, indent=2, encoding=None if asked.output else sys.stdout.encoding)
