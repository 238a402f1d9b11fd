"""`sespms export`: a year on record as files for other systems, each as far as its form is known."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.output_kinds import misfit
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import has_errors, output_in, print_findings, tell_nothing_done
from sespms_rules.cli.reading_options import as_of_option, day_judged
from sespms_rules.cli.register_options import KeptIn, kept_options, records_named
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.request import RequestError

if TYPE_CHECKING:
    from sespms_rules.studies.exporting import Exportable

_F = TypeVar("_F", bound=Callable[..., Any])

_records = click.argument("records", metavar="FOLDER|WORKBOOK|REGISTER")
_TO_SCREEN = "Write the file under this name; without it, to the screen."
_table_output = output_in("csv", _TO_SCREEN)
_not_rated = click.option(
    "--not-rated", is_flag=True, help="Executives without an annual rating were not rated; else they are left out."
)


def _year_option(function: _F) -> _F:
    return click.option(
        "--year", type=click.IntRange(1978, 2199), help="Awards given in this calendar year alone; else all of them."
    )(function)


@click.group("export", cls=StrictGroup)
def command() -> None:
    """Write ratings, awards and acts on record for other systems.

    Nothing is exported from records that have a fault: a rating or a sum would be missing in the file. What is told on
    standard error belongs to the file: what is unconfirmed about its form, and who was left out.
    """


@command.command("ehri")
@policy_argument
@_records
@_not_rated
@as_of_option("The day of the personnel action; later ratings are left out. The default is today.")
@_table_output
@kept_options
@click.pass_context
def ehri(
    ctx: click.Context,
    policy: str,
    records: str,
    not_rated: bool,
    as_of: datetime.date | None,
    output: str | None,
    kept: KeptIn,
) -> None:
    """Write ratings of record with the names and codes of EHRI, the published edits 470 to 472 enforced."""
    from sespms_rules.records.exports import EHRI_COLUMNS, as_csv, ehri_rows, pattern_of
    from sespms_rules.studies.cycle import system_named

    compiled = compile_policies([policy])
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("no file was written"))
    pattern = pattern_of(system_named(compiled.compilations[0], None))
    day = day_judged(as_of)
    found = _exportable(ctx, records, kept, "export ehri", datetime.date.min, day)
    rated = [each for each in found.rated if each.level is not None or not_rated]
    text = as_csv(EHRI_COLUMNS, ehri_rows(rated, pattern, day))
    _write(output, text, "utf-8")
    _tell_rated(found, len(rated))
    _note("the delimiter, the form of dates and the numbers of these elements in EHRI's feed are unconfirmed")
    _note("this is a table with its names, and no feed; ids are your own, for EHRI's own key is never on record")


@command.command("quickbooks")
@_records
@click.option("--expense", metavar="ACCOUNT", required=True, help="Your account that is debited, letter for letter.")
@click.option("--payable", metavar="ACCOUNT", required=True, help="Your account that is credited, letter for letter.")
@click.option("--payee", metavar="NAME", default="", help="The name that accounts payable need, online.")
@click.option("--first", type=click.IntRange(min=1), default=1, show_default=True, help="The first number.")
@click.option("--online", is_flag=True, help="A journal as CSV for QuickBooks Online instead of IIF for the desktop.")
@_year_option
@as_of_option("Awards given up to this day; the default is today.")
@click.option("--output", metavar="FILE", help=_TO_SCREEN)
@kept_options
@click.pass_context
def quickbooks(
    ctx: click.Context,
    records: str,
    expense: str,
    payable: str,
    payee: str,
    first: int,
    online: bool,
    year: int | None,
    as_of: datetime.date | None,
    output: str | None,
    kept: KeptIn,
) -> None:
    """Write performance awards as balanced journal entries: a debit of the expense, a credit of what is owed."""
    from sespms_rules.records.exports import IIF_ENCODING, Accounts, as_iif, as_journal

    if payee and not online:
        raise click.UsageError("`--payee` belongs to the online program; add `--online` or leave it out")
    if (says := misfit(output, "csv" if online else "iif")) is not None:
        raise click.BadParameter(says, param_hint="--output")
    found = _exportable(ctx, records, kept, "export quickbooks", *_days(year, as_of))
    accounts = Accounts(expense, payable, payee, first)
    written = as_journal(found.awards, accounts) if online else as_iif(found.awards, accounts)
    _write(output, written, "utf-8" if online else IIF_ENCODING)
    _tell_awards(found)
    _note("an aid for accruals: agencies pay through their payroll provider, and the entries pay nobody")


@command.command("turbotax")
@_records
@click.option("--id", "executive", metavar="ID", required=True, help="The executive whose worksheet it is.")
@click.option("--payer", metavar="TEXT", required=True, help="The payer, as on the W-2.")
@click.option("--year", type=click.IntRange(1978, 2199), required=True, help="The calendar year of the awards.")
@click.option("--federal", metavar="AMOUNT", help="Federal tax withheld from the awards.")
@click.option("--social-security", metavar="AMOUNT", help="Social Security tax withheld from them.")
@click.option("--medicare", metavar="AMOUNT", help="Medicare tax withheld from them.")
@click.option("--state", metavar="AMOUNT", help="State tax withheld from them.")
@as_of_option("Awards given up to this day, which the file bears; the default is today.")
@output_in("txf", _TO_SCREEN)
@kept_options
@click.pass_context
def turbotax(
    ctx: click.Context,
    records: str,
    executive: str,
    payer: str,
    year: int,
    as_of: datetime.date | None,
    output: str | None,
    kept: KeptIn,
    federal: str | None,
    social_security: str | None,
    medicare: str | None,
    state: str | None,
) -> None:
    """Write the awards of one executive as a worksheet in TXF V042, which desktop versions of TurboTax read."""
    from sespms_rules.records.exports import TXF_ENCODING, Withheld, as_txf

    found = _exportable(ctx, records, kept, "export turbotax", *_days(year, as_of))
    own_id = as_one_id(executive)
    if not any(as_one_id(each.executive) == own_id for each in found.rated):
        raise RequestError(f"there is no executive `{executive}` on record")
    own = [each for each in found.awards if as_one_id(each.executive) == own_id]
    withheld = {"federal": federal, "social-security": social_security, "medicare": medicare, "state": state}
    taken = Withheld(*(_amount(name, text) for name, text in withheld.items()))
    _write(output, as_txf(own, payer, taken, day_judged(as_of)), TXF_ENCODING)
    _note("the award stands in box 1 of the payroll's W-2 already: whoever imports both counts it twice")
    _note("TXF holds no employer's number and only some boxes of a W-2; that today's TurboTax reads it is unconfirmed")


@command.command("ocel")
@_records
@output_in("json", _TO_SCREEN)
@kept_options
@click.pass_context
def ocel(ctx: click.Context, records: str, output: str | None, kept: KeptIn) -> None:
    """Write all acts as an object-centric event log (OCEL 2.0, JSON), corrected ones too."""
    from sespms_rules.records.exports import ocel_log

    found = _exportable(ctx, records, kept, "export ocel", datetime.date.min, datetime.date.max)
    log = ocel_log(found.tables, found.year)
    _write(output, json.dumps(log, indent=1, ensure_ascii=True) + "\n", "utf-8")


@command.command("data-call")
@_records
@click.option("--totals", is_flag=True, help="How many executives there are and were rated, by appointment, instead.")
@_not_rated
@_year_option
@as_of_option("Ratings and awards given up to this day; the default is today.")
@_table_output
@kept_options
@click.pass_context
def data_call(
    ctx: click.Context,
    records: str,
    totals: bool,
    not_rated: bool,
    year: int | None,
    as_of: datetime.date | None,
    output: str | None,
    kept: KeptIn,
) -> None:
    """Write executives with ratings, pay and awards in the columns of OPM Form 1558, as a list to copy from."""
    from sespms_rules.records.exports import PEOPLE_OF_CALL, TOTALS_OF_CALL, as_csv, people_of_call, totals_of_call

    found = _exportable(ctx, records, kept, "export data-call", *_days(year, as_of))
    rated = [each for each in found.rated if each.level is not None or not_rated]
    if totals:
        _refuse_part_of_all(found, len(rated))
        counted = totals_of_call(rated)
        rows = [(each.appointment, str(each.executives), str(each.rated), str(each.not_rated)) for each in counted]
        _write(output, as_csv(TOTALS_OF_CALL, rows), "utf-8")
    else:
        _write(output, as_csv(PEOPLE_OF_CALL, people_of_call(rated, found.awards)), "utf-8")
    _tell_rated(found, len(rated))
    _note("the columns are those of Form 1558 of 2005; those of today's workbook are unconfirmed")


# ---- what they share -----------------------------------------------------------------------------------


def _exportable(
    ctx: click.Context, records: str, kept: KeptIn, name: str, first: datetime.date, last: datetime.date
) -> Exportable:
    """The year, if its records have no fault; else they are told and the command ends."""
    from sespms_rules.cli.cycle_reports import finding_as_text
    from sespms_rules.studies.exporting import exportable

    found = exportable(records_named(records, kept, name), first, last)
    for each in found.findings:
        click.echo(finding_as_text(each) + "\n", err=True)
    if found.has_errors:
        click.echo("sespms: nothing is exported from records with a fault", err=True)
        ctx.exit(1)
    return found


def _days(year: int | None, as_of: datetime.date | None) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which an award counts."""
    last = day_judged(as_of)
    if year is None:
        return datetime.date.min, last
    return datetime.date(year, 1, 1), min(last, datetime.date(year, 12, 31))


def _amount(name: str, text: str | None) -> Fraction | None:
    """A sum that a user gives, exactly."""
    if text is None:
        return None
    from sespms_rules.rosters.files import NumberFault, read_number

    read = read_number(text.removeprefix("$"))
    option = f"--{name}"
    if isinstance(read, NumberFault):
        raise click.UsageError(f"`{option}`: {read.says}; {read.help}")
    if read < 0 or (read * 100).denominator != 1:
        raise click.UsageError(f"`{option}` takes dollars and cents without a sign, not `{text}`")
    return read


def _write(output: str | None, text: str, encoding: str) -> None:
    with written_to(output) as file:
        if output in (None, "-"):
            file.write(text.replace("\r\n", "\n"))
        else:
            binary(file).write(text.encode(encoding))


def _tell(written: int, left_out: int, why: str) -> None:
    click.echo(f"sespms: {written} {'executive is' if written == 1 else 'executives are'} in the file", err=True)
    if left_out:
        says = f"{left_out} {why} {'is' if left_out == 1 else 'are'} left out"
        click.echo(f"sespms: {says}; `--not-rated` says that they were not rated", err=True)


def _refuse_part_of_all(found: Exportable, written: int) -> None:
    """Totals are of everyone: how many executives there are is not how many have a rating already."""
    without = len(found.rated) + len(found.year.unjudged) - written
    if without:
        who = "1 executive has" if without == 1 else f"{without} executives have"
        raise RequestError(
            f"{who} no annual rating up to {found.last}, and totals are of everyone; say with `--not-rated` that they"
            " were not rated, or wait until they are"
        )


def _tell_rated(found: Exportable, written: int) -> None:
    """Say how many are in the file and how many are not, and of how many the rating is of a later day."""
    _tell(
        written, len(found.rated) - written + len(found.year.unjudged), f"without an annual rating up to {found.last}"
    )
    if found.rated_later:
        many = len(found.rated_later)
        who = "1 executive has" if many == 1 else f"{many} executives have"
        last = max(found.rated_later)
        says = f"{who} an annual rating on record, but none up to {found.last}"
        click.echo(f"sespms: {says}; `--as-of {last}` counts {'it' if many == 1 else 'them'}", err=True)


def _tell_awards(found: Exportable) -> None:
    from sespms_rules.records.exports import money

    total = money(sum((each.amount for each in found.awards), Fraction(0)))
    count = len(found.awards)
    click.echo(f"sespms: {count} {'award is' if count == 1 else 'awards are'} in the file, ${total} in all", err=True)
    if found.of_nothing:
        many = "1 award of $0 is" if found.of_nothing == 1 else f"{found.of_nothing} awards of $0 are"
        click.echo(f"sespms: {many} on record, and not in the file: nothing is paid", err=True)
    _note("whether an award keeps to the law is judged by `sespms cycle` and `sespms consequences`, not here")


def _note(text: str) -> None:
    click.echo(f"sespms: note: {text}", err=True)
