"""`sespms rate`: every executive of a roster, in order, rated or with the reasons why not."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from sespms_rules.api import rated_rows
from sespms_rules.cli.output import bars_stream, written_to
from sespms_rules.cli.output_kinds import WORKBOOK
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    notes_option,
    output_option,
    print_findings,
    print_provenance,
    shown_of_policy,
    tell_notes,
    tell_nothing_done,
)
from sespms_rules.cli.rating_limits import NOT_MEASURED, Limits, limits_of, states_limits
from sespms_rules.cli.rating_reports import Report, Writer, report_of
from sespms_rules.cli.reading_options import Reading, by_option
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.engines.confirmed import ENGINES, Engine
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program
from sespms_rules.reports.findings import printable
from sespms_rules.reports.ratings import NO_EXECUTIVE, WITHHELD, RatedBlock, RatedRow
from sespms_rules.rosters.files import OpenRoster, not_among, open_roster
from sespms_rules.studies.amended_text import TextUsed

_TABLES = ("csv", WORKBOOK)
"""The forms that have no room for findings, which are told on standard error."""

_LONG = 5_000
"""From how many lines on a roster is long enough to show how far it is."""


@click.command("rate")
@policy_argument
@click.argument("roster", metavar="ROSTER")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="What rates.")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@by_option
@notes_option
@text_options
@output_option
@format_option("text", "json", "csv", WORKBOOK)
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str,
    engine: str,
    system: str | None,
    columns: tuple[str, ...],
    notes: bool,
    reading: Reading,
    output: str | None,
    form: str,
) -> None:
    """Rate the executives of a roster.

    ROSTER is a CSV, Excel, JSON or Parquet file; there is one result for each row, in order. Ratings by durable-rules
    are confirmed by the reference engine one by one. `--engine columnar` is for populations: its ratings are confirmed
    so for rosters of up to 10,000 lines. `--engine sql` is for files larger than memory: of a longer CSV or Parquet
    file text is a summary, and `--format csv` writes each row. The text is used as it is written unless a day or an
    amendment is named; amendments that are in force and left out are told. Ends with code 1 when anyone could not be
    rated.
    """
    compiled = compile_policies([policy], reading.law)
    provenance = provenance_of(compiled, reading) if form in ("json", WORKBOOK) or reading.tells else None
    if has_errors(compiled.diagnostics):
        _write_nothing(Report(compiled.diagnostics, roster, provenance=provenance), form, output)
        ctx.exit(tell_nothing_done("no row was rated"))
    text = used(compiled.compilations[0], system, reading)
    of_policy, unshown = shown_of_policy(compiled.diagnostics, notes=notes or form == "json")
    told = (*of_policy, *(each for each in text.findings if each not in compiled.diagnostics))
    rests = provenance and provenance.and_read(text.texts)
    report = Report(told, roster, text.program, provenance=rests, notes=unshown)
    if text.program is None:
        _write_nothing(report, form, output)
        ctx.exit(1)
    ctx.exit(_rate_roster(text, report, columns, engine, form, output))


def _rate_roster(
    text: TextUsed, report: Report, columns: tuple[str, ...], engine: str, form: str, output: str | None
) -> int:
    """Rate a roster and write the report; return the exit code. One that is broken down is read row by row."""
    program = text.program
    assert program is not None  # noqa: S101 - a text with errors is never run
    if engine == "sql" and not columns and (outcomes := _rate_file(program, report, form, output)) is not None:
        _tell_limits(text.system, None, form)
        return int(_anyone_unrated(outcomes))
    opened = open_roster(Path(report.roster), program, columns)
    report = report.opened(opened)
    if form in _TABLES:
        _tell_beside(report, form)
    outcomes = _rate(text, opened, engine, report, form, output)
    return int(has_errors(opened.findings) or _anyone_unrated(outcomes))


def _anyone_unrated(outcomes: Counter[str]) -> bool:
    """Whether a row could not be rated, be it an executive's or not."""
    return any(outcomes[each] for each in ("refused", WITHHELD, NO_EXECUTIVE))


def _write_nothing(report: Report, form: str, output: str | None) -> None:
    """Write the report of a policy with errors, by which nobody is rated."""
    with written_to(output) as file:
        report_of(form, file, report).write(iter(()))
    if form in _TABLES:
        _tell_beside(report, form)


def _tell_beside(report: Report, form: str) -> None:
    """Tell on standard error what a table has no room for."""
    if report.findings:
        print_findings(report.findings, err=True)
    tell_notes(report.notes)
    if report.provenance is not None and form != WORKBOOK:  # which has a sheet for it
        print_provenance(report.provenance, err=True)


def _rate(
    text: TextUsed, opened: OpenRoster, engine: str, report: Report, form: str, output: str | None
) -> Counter[str]:
    """Rate the rows and write the report; return how many rows had which outcome."""
    outcomes: Counter[str] = Counter()
    program = text.program
    assert program is not None  # noqa: S101 - a text with errors is never run
    with Engine(program, engine, opened.lines) as rating, written_to(output) as file:
        if rating.notice:
            click.echo(f"sespms: {rating.notice}", err=True)
        in_blocks = rating.name == "columnar" and rating.confirmed_by is None and opened.blocks is not None
        in_blocks = in_blocks and not opened.apart
        limits = limits_of(text.system, opened.lines, in_blocks=in_blocks)
        report = replace(report.by(rating.name, rating.confirmed_by), limits=limits)
        shown = sys.stderr.isatty() and opened.lines >= _LONG and (form == "text" or not file.isatty())
        _write(
            opened, (program, rating), report_of(form, file, report), outcomes, limits, shown=shown, in_blocks=in_blocks
        )
        if rating.alone:
            hold = "numbers too large, or too many elements," if rating.name == "durable" else "numbers too large"
            _say_alone(rating.alone, f"{hold} for {rating.name}")
    _tell_limits(text.system, limits, form)
    _tell_later(opened.told(), report.findings)
    return outcomes


def _write(
    opened: OpenRoster,
    by: tuple[Program, Engine],
    writer: Writer,
    outcomes: Counter[str],
    limits: Limits | None,
    *,
    shown: bool,
    in_blocks: bool,
) -> None:
    """Rate the rows and hand them to the writer, in blocks or one by one."""
    if in_blocks:
        from sespms_rules.cli.rating_in_blocks import rated_in_blocks

        with click.progressbar(length=opened.lines, label="rating", file=bars_stream(), hidden=not shown) as progress:
            blocks = rated_in_blocks(opened, *by)
            writer.write_blocks(_counted_in_blocks(blocks, outcomes, progress.update))
        return
    rows = _counted(rated_rows(opened if limits is None else limits.watching(opened), by[1]), outcomes)
    with click.progressbar(rows, opened.lines, "rating", file=bars_stream(), hidden=not shown) as bar:
        writer.write(iter(bar) if limits is None else limits.noted(iter(bar)))


def _tell_limits(system: System | None, limits: Limits | None, form: str) -> None:
    """Tell on standard error how the limits stand where the form has no room for it, or that they were not measured."""
    if limits is not None and form in _TABLES:
        for line in ("limits over the population", *limits.lines()):
            click.echo(printable(line), err=True)
    if limits is None and states_limits(system):
        click.echo(f"sespms: {NOT_MEASURED}", err=True)


def _say_alone(rows: int, hold: str) -> None:
    """Say how many rows the reference rated without the engine that was asked for."""
    one = rows == 1
    who = "1 row holds" if one else f"{rows:,} rows hold"
    click.echo(f"sespms: {who} {hold}; the reference alone rated {'it' if one else 'them'}", err=True)


def _tell_later(found: tuple[Diagnostic, ...], told: tuple[Diagnostic, ...]) -> None:
    """Tell what was found in the rows of a long roster after its findings were written."""
    if later := not_among(found, told):
        print_findings(later, err=True)


def _rate_file(program: Program, report: Report, form: str, output: str | None) -> Counter[str] | None:
    """Rate a long roster by SQL from its file; None where it has to be read row by row."""
    from sespms_rules.cli.rating_in_sql import CONFIRMED_ONE_IN, rating_from_file
    from sespms_rules.cli.rating_summary import Summary

    rating = rating_from_file(Path(report.roster), program, digested=report.provenance is not None)
    if rating is None:
        return None
    outcomes: Counter[str] = Counter()
    with rating, written_to(output) as file:
        report = report.of(rating.file, rating.findings).by("sql", None)
        if form in _TABLES:
            _tell_beside(report, form)
        click.echo(
            f"sespms: of this long roster the reference confirms every refusal and one rating in {CONFIRMED_ONE_IN:,}",
            err=True,
        )
        writer = Summary(file, report) if form == "text" else report_of(form, file, report)
        shown = sys.stderr.isatty() and (form == "text" or not file.isatty())
        rows = _counted(rating.rated(), outcomes)
        with click.progressbar(rows, rating.rows, "rating", file=bars_stream(), hidden=not shown) as bar:
            writer.write(iter(bar))
        if rating.alone:
            _say_alone(rating.alone, "cells that are not plain numbers")
    _tell_later(rating.told(), report.findings)
    return outcomes


def _counted_in_blocks(
    blocks: Iterable[RatedBlock], outcomes: Counter[str], done: Callable[[int], None]
) -> Iterator[RatedBlock]:
    for block in blocks:
        outcomes.update(block.outcomes())
        yield block
        done(len(block.keys))


def _counted(rows: Iterable[RatedRow], outcomes: Counter[str]) -> Iterator[RatedRow]:
    for row in rows:
        outcomes[row.counted_as] += 1
        yield row
