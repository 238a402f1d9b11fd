"""`sespms cycle`: a year on record against the duties of a policy and its law; whose move it is, and by when."""

from __future__ import annotations

import datetime
import os
import sys

import click

from sespms_rules.cli.output import bars_stream, written_to
from sespms_rules.cli.output_kinds import PAGES
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_on_records
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    output_in,
    output_option,
    print_findings,
    tell_nothing_done,
    write_provenance,
)
from sespms_rules.cli.reading_options import as_of_option, day_judged, law_option, provenance_option
from sespms_rules.cli.register_options import KeptIn, kept_options, records_named
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.law.provenance import Provenance
from sespms_rules.studies.cycle import YearJudged, year_judged

_LONG = 500
"""From how many executives on a year is long enough to show how far it is."""


@click.command("cycle")
@policy_argument
@click.argument("records", metavar="FOLDER|WORKBOOK|REGISTER")
@click.option("--system", metavar="NAME", help="The system to judge by, where the policy holds several.")
@as_of_option("Judge as of this day; the default is today.")
@law_option
@provenance_option
@kept_options
@click.option(
    "--engine",
    type=click.Choice(("both", "reference")),
    default="both",
    show_default=True,
    help="Judge by durable-rules and the plain evaluator, which must agree, or by the plain one alone.",
)
@output_in("ics", "Write what is due as iCalendar (.ics) too.", name="--calendar")
@output_option
@format_option("text", "json", "html", "docx", "pdf")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    records: str,
    system: str | None,
    as_of: datetime.date | None,
    law: LawTexts,
    provenance: bool,
    engine: str,
    calendar: str | None,
    output: str | None,
    form: str,
    kept: KeptIn,
) -> None:
    """Show whose move it is in a year on record, what is missing, by when, and which duties are broken.

    Records are a folder with the tables `executives`, `plans`, `acts`, `sessions` and `facts` (CSV, Excel, JSON or
    Parquet), one workbook with a sheet for each, one JSON file, or a register (`sespms register`). Each act is one row,
    in the words of the language. Duties come from the policy and from the editions of law that count for the period.
    Ends with code 1 when a record has a fault or a duty is broken.
    """
    _refuse_one_file_for_both(output, calendar)
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("no record was judged"))
    with click.progressbar(length=0, label="judging", file=bars_stream(), hidden=not sys.stderr.isatty()) as bar:
        result = year_judged(
            compiled.compilations[0],
            records_named(records, kept, "cycle"),
            law.library,
            system=system,
            as_of=day_judged(as_of),
            alone=engine == "reference",
            tell=lambda done, of: _tell(bar, done, of),
        )
    _write(result, provenance_on_records(compiled, result.basis), form, output, tells=provenance)
    _write_calendar(result, calendar)
    ctx.exit(int(any(each.severity is Severity.ERROR for each in result.cycle.every_finding)))


def _refuse_one_file_for_both(output: str | None, calendar: str | None) -> None:
    """The calendar would take the place of the result."""
    if calendar is not None and os.path.realpath(output or "-") == os.path.realpath(calendar):
        raise click.UsageError(f"the result and the calendar would both be written to `{calendar}`; name two files")


def _tell(bar: object, done: int, of: int) -> None:
    """Show how far it is, of a long year."""
    length = getattr(bar, "length", None)
    if of >= _LONG and hasattr(bar, "update"):
        if length != of:
            bar.length = of  # type: ignore[attr-defined]
        bar.update(done - getattr(bar, "pos", 0))


def _write(result: YearJudged, rests_on: Provenance, form: str, output: str | None, *, tells: bool) -> None:
    if result.notice:
        click.echo(f"sespms: {result.notice}", err=True)
    if form in PAGES:
        from sespms_rules.cli.cycle_document import as_document
        from sespms_rules.cli.documents_written import write_document

        write_document(as_document(result, rests_on), form, output)
        return
    from sespms_rules.cli import cycle_reports

    with written_to(output) as file:
        if form == "json":
            cycle_reports.write_as_json(file, result, rests_on)
            return
        cycle_reports.write_as_text(file, result)
        if tells:
            write_provenance(file, rests_on)


def _write_calendar(result: YearJudged, name: str | None) -> None:
    if name is None:
        return
    from sespms_rules.records.cycle import calendar_of

    with written_to(name) as file:
        file.write(calendar_of(result.cycle).decode())
