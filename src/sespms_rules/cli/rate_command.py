"""`sespms rate`: every executive of a roster, in order, rated or with the reasons why not."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from sespms_rules.api import rated_rows
from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    WORKBOOK,
    format_option,
    has_errors,
    output_option,
    print_findings,
    print_provenance,
)
from sespms_rules.cli.rating_reports import Report, report_of
from sespms_rules.cli.reading_options import Reading, by_option
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.engines.confirmed import ENGINES, Engine
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.program.ir import Program
from sespms_rules.reports.ratings import RatedBlock, RatedRow
from sespms_rules.rosters.files import OpenRoster, not_among, open_roster

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
        ctx.exit(1)
    text = used(compiled.compilations[0], system, reading)
    told = (*compiled.diagnostics, *(each for each in text.findings if each not in compiled.diagnostics))
    report = Report(told, roster, text.program, provenance=provenance and provenance.and_read(text.texts))
    if text.program is None:
        _write_nothing(report, form, output)
        ctx.exit(1)
    ctx.exit(_rate_roster(text.program, report, columns, engine, form, output))


def _rate_roster(
    program: Program, report: Report, columns: tuple[str, ...], engine: str, form: str, output: str | None
) -> int:
    """Rate a roster and write the report; return the exit code. One that is broken down is read row by row."""
    if engine == "sql" and not columns and (outcomes := _rate_file(program, report, form, output)) is not None:
        return int(bool(outcomes["refused"] or outcomes["withheld"]))
    opened = open_roster(Path(report.roster), program, columns)
    report = report.opened(opened)
    if form in _TABLES:
        _tell_beside(report, form)
    outcomes = _rate(program, opened, engine, report, form, output)
    return int(has_errors(opened.findings) or bool(outcomes["refused"] or outcomes["withheld"]))


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
    if report.provenance is not None and form != WORKBOOK:  # which has a sheet for it
        print_provenance(report.provenance, err=True)


def _rate(
    program: Program, opened: OpenRoster, engine: str, report: Report, form: str, output: str | None
) -> Counter[str]:
    """Rate the rows and write the report; return how many rows had which outcome."""
    outcomes: Counter[str] = Counter()
    with Engine(program, engine, opened.lines) as rating, written_to(output) as file:
        if rating.notice:
            click.echo(f"sespms: {rating.notice}", err=True)
        writer = report_of(form, file, report.by(rating.name, rating.confirmed_by))
        shown = sys.stderr.isatty() and opened.lines >= _LONG and (form == "text" or not file.isatty())
        in_blocks = rating.name == "columnar" and rating.confirmed_by is None and opened.blocks is not None
        if in_blocks and not opened.apart:
            from sespms_rules.cli.rating_in_blocks import rated_in_blocks

            with click.progressbar(length=opened.lines, label="rating", file=sys.stderr, hidden=not shown) as progress:
                blocks = rated_in_blocks(opened, program, rating)
                writer.write_blocks(_counted_in_blocks(blocks, outcomes, progress.update))
        else:
            rows = _counted(rated_rows(opened, rating), outcomes)
            with click.progressbar(rows, opened.lines, "rating", file=sys.stderr, hidden=not shown) as bar:
                writer.write(iter(bar))
        if rating.alone:
            hold = "numbers too large, or too many elements," if rating.name == "durable" else "numbers too large"
            _say_alone(rating.alone, f"{hold} for {rating.name}")
    _tell_later(opened.told(), report.findings)
    return outcomes


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
        with click.progressbar(rows, rating.rows, "rating", file=sys.stderr, hidden=not shown) as bar:
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
        outcomes[row.outcome] += 1
        yield row
