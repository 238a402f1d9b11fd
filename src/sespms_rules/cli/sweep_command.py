"""`sespms sweep`: how a population would be distributed as figures of a policy change, and what would reach a goal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.output_kinds import PAGES, WORKBOOK
from sespms_rules.cli.policies import Compiled, compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    notes_option,
    output_option,
    print_findings,
    print_provenance,
    provenance_as_data,
    tell_notes,
    tell_nothing_done,
    tell_of_policy,
    write_json,
)
from sespms_rules.cli.rating_reports import rests_on
from sespms_rules.cli.reading_options import Reading, by_option
from sespms_rules.cli.text_options import texts_options, used_side_by_side
from sespms_rules.rosters.files import APPOINTMENTS, read_roster
from sespms_rules.rosters.population import LEAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from sespms_rules.law.provenance import FileRead, Provenance
    from sespms_rules.pipeline import Compilation
    from sespms_rules.rosters.files import Roster
    from sespms_rules.studies.amended_text import SideBySide
    from sespms_rules.studies.sweep import Found
    from sespms_rules.studies.variants import Variant

    Basis = Callable[[], Provenance]


@click.command("sweep")
@policy_argument
@click.argument("roster", metavar="ROSTER")
@click.option(
    "--vary",
    multiple=True,
    metavar="WORDS",
    help="What to vary: 'cut of level 5 from 470 to 490 by 5'. Several make every combination.",
)
@click.option(
    "--until",
    multiple=True,
    metavar="GOAL",
    help="Find the least change that meets 'at most 30 percent at level 4 or above', or 'the cap is kept'; repeatable.",
)
@click.option("--only", multiple=True, type=click.Choice(APPOINTMENTS), help="Count only executives so appointed.")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@by_option
@texts_options
@click.option("--least", type=click.IntRange(2), default=LEAST, show_default=True, help="The smallest count on a page.")
@click.option("--full", is_flag=True, help="Show every count on a page, small ones too. Not for sharing.")
@notes_option
@output_option
@format_option("text", "json", "csv", "html", WORKBOOK, "docx", "pdf")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str,
    vary: tuple[str, ...],
    until: tuple[str, ...],
    only: tuple[str, ...],
    system: str | None,
    columns: tuple[str, ...],
    reading: Reading,
    least: int,
    full: bool,
    notes: bool,
    output: str | None,
    form: str,
) -> None:
    """See how the executives of a roster would be distributed as figures of the policy change.

    Cuts, points, limits on weights and roundings can be varied. `--format html` (or `docx`, `pdf`) writes a page with
    pictures, on which small counts are withheld. Ends with code 1 when a goal cannot be met.
    """
    from sespms_rules.studies.sweep import AskingError, found_of, people_of

    _refuse_tables_side_by_side(columns, withheld := form in PAGES and not full)
    compiled = compile_policies([policy], reading.law)
    unshown = tell_of_policy(compiled.diagnostics, notes=notes)
    beside = used_side_by_side(_sound(compiled, ctx), system, reading)
    if (texts := _texts(beside, reading, form)) is None:
        ctx.exit(1)
    try:
        rosters = [_read(each, Path(roster), columns) for each in texts]
        people = [people_of(each.rows, each.apart, only) for each in rosters]
        found = [found_of(text, each, vary, until) for text, each in zip(texts, people, strict=True)]
    except AskingError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    files = (*beside.texts, *_files_told(rosters, shared=withheld))
    _write(found, form, output, lambda: provenance_of(compiled, reading, *files), reading, None if full else least)
    tell_notes(unshown)
    ctx.exit(int(not all(map(_met, found))))


def _sound(compiled: Compiled, ctx: click.Context) -> Compilation:
    """The policy, which has no errors; the command ends with code 1 where it has."""
    if has_errors(compiled.diagnostics):
        ctx.exit(tell_nothing_done("nobody was rated"))
    return compiled.compilations[0]


def _refuse_tables_side_by_side(columns: tuple[str, ...], withheld: bool) -> None:
    """Raise a usage error for two breakdowns where counts are withheld."""
    if withheld and len(columns) > 1:
        raise click.UsageError("a page shows one breakdown, for tables of two could be set against each other")


def _files_told(rosters: list[Roster], *, shared: bool) -> list[FileRead]:
    """The roster to name with its digest; none where counts are withheld, for a guess could be tried against it."""
    return [each.file for each in rosters[:1] if each.file is not None and not shared]


def _met(found: Found) -> bool:
    return found.reached is None or found.reached.met_now or found.reached.variant is not None


def _texts(texts: SideBySide, reading: Reading, form: str) -> list[Variant] | None:
    """The texts to sweep: that which is used, or each that is tried; None where one of them has errors."""
    wanted = list(texts.variants) if reading.amendments else [texts.base]
    if form in PAGES and len(wanted) > 1:
        raise click.UsageError("a page shows one text, for counts of several could be subtracted; give `--with` once")
    told = dict.fromkeys((*texts.findings, *(one for each in texts.variants for one in each.findings)))
    if told:
        print_findings(told, err=True)
    return None if has_errors(told) else wanted


def _read(text: Variant, roster: Path, columns: tuple[str, ...]) -> Roster:
    """The roster as a text reads it, broken down by columns. Raises AskingError for one with errors."""
    from sespms_rules.studies.sweep import AskingError

    assert text.program is not None  # noqa: S101 - texts with errors are not swept
    read = read_roster(roster, text.program, columns)
    if read.findings:
        print_findings(read.findings, err=True)
    if has_errors(read.findings):
        raise AskingError("the roster has errors, so nobody was counted", "correct them and try again")
    return read


def _write_page(
    found: Found, form: str, least: int | None, output: str | None, provenance: Provenance, reading: Reading
) -> None:
    from sespms_rules.cli.documents_written import write_page
    from sespms_rules.studies.sweep import as_page

    write_page(as_page(found, least, provenance), form, output, reading.as_of)


def _write(
    found: list[Found], form: str, output: str | None, basis: Basis, reading: Reading, least: int | None
) -> None:
    """Write what was found; `least` is the smallest count on a page, `basis` finds out what the report rests on.

    That takes as long as some sweeps, so it is only asked for by what tells it.
    """
    if form in PAGES:
        _write_page(found[0], form, least, output, basis(), reading)
    else:
        _write_table(found, form, output, basis, tells=reading.tells)


def _write_table(found: list[Found], form: str, output: str | None, basis: Basis, *, tells: bool) -> None:
    from sespms_rules.cli.output import binary, written_to
    from sespms_rules.reports.findings import printable
    from sespms_rules.reports.rating_sheets import provenance_sheet
    from sespms_rules.reports.workbook import write_table, write_workbook
    from sespms_rules.studies.sweep import as_data, as_text, sheet_of, why_refused

    with written_to(output) as file:
        if form == "csv":
            write_table(sheet_of(found), file)
        elif form == WORKBOOK:
            write_workbook([sheet_of(found), provenance_sheet(basis())], binary(file))
        elif form == "json":
            told = as_data(found[0]) if len(found) == 1 else {"texts": [as_data(each) for each in found]}
            data = {"schema": "sespms-sweep/1", **provenance_as_data(basis()), **told}
            write_json(file, data)
        else:
            file.write("\n".join(map(as_text, found)))
            if tells:
                file.write(rests_on(basis()) + "\n")
    for each in found if form in ("csv", WORKBOOK) else ():
        for line in why_refused(each):
            click.echo(printable(line), err=True)
    if tells and form == "csv":
        print_provenance(basis(), err=True)
