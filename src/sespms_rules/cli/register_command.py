"""`sespms register`: records kept so that nothing is lost or changed unseen; who read them, how long they are kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    output_in,
    output_option,
    print_findings,
    print_json,
    tell_nothing_done,
)
from sespms_rules.cli.reading_options import as_of_option, day_judged, law_option
from sespms_rules.cli.register_options import (
    by_option,
    key_option,
    named,
    open_register,
    register_argument,
    series_of,
    series_option,
)
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.law.law_texts import LawTexts

_because = click.option(
    "--because", metavar="REASON", required=True, help="Why, in words without names; it is entered."
)
_INSTEAD = "Write the result to a file instead."


@click.group("register", cls=StrictGroup)
def command() -> None:
    """Keep records in a register: entries are only added, each chained to the one before, and none is changed unseen.

    REGISTER is a file of SQLite, or a database of PostgreSQL as `postgresql://HOST/DATABASE`. Its keys stand in a file
    of their own: whoever has the database alone can read no record.
    """


@command.command("create")
@register_argument
@key_option
@by_option("Who makes the register: an opaque id.")
def create(register: str, key: str | None, by: str | None) -> None:
    """Make a register and its key file. Keep the key file apart from the database and its backups."""
    from sespms_rules.register import created_with_keys, default_key_file, place_of

    who = named(by, "each entry of a register names who made it")
    place = place_of(register)
    path = Path(key) if key is not None else default_key_file(place)
    created_with_keys(place, path, who).close()
    click.echo(f"the register `{place.name}` is made")
    click.echo(f"its keys are in `{path}`: keep that file apart, for without it no record can be read or added")


@command.command("add")
@register_argument
@click.argument("records", metavar="FOLDER|WORKBOOK")
@series_option("The series the records belong to, such as the year: `2026`.")
@by_option("Who adds the records: an opaque id.")
@key_option
@click.pass_context
def add(ctx: click.Context, register: str, records: str, series: str | None, by: str | None, key: str | None) -> None:
    """Put a year's records into a register: all rows, or none where one cannot be read.

    A row that stands there already is not entered twice. A row of executives, plans or sessions that says something
    new stands beside the old one. An act is never changed: it is corrected by an act that names it in `corrects`.
    """
    from sespms_rules.cli.register_reports import print_added
    from sespms_rules.records.keeping import add_records
    from sespms_rules.records.reading import read_tables

    who = named(by, "each entry of a register names who made it")
    if series is None:
        raise click.UsageError("say which series the records belong to with `--series`, such as the year")
    tables = read_tables(Path(records))
    with open_register(register, key) as opened:
        added = add_records(opened, series, tables, who)
    print_added(added, series)
    ctx.exit(int(any(each.severity is Severity.ERROR for each in added.findings)))


@command.command("list")
@register_argument
@series_option("Only entries of this series.")
@click.option("--subject", metavar="ID", default="", help="Only entries about this executive or session.")
@click.option("--kind", metavar="KIND", default="", help="Only entries of this kind, such as `record` or `reading`.")
@output_option
@format_option("text", "json")
def list_entries(register: str, series: str | None, subject: str, kind: str, output: str | None, form: str) -> None:
    """List entries: when, by whom, of what kind, about whom. What they say is not shown, and no key is needed."""
    from sespms_rules.cli.register_reports import write_entries
    from sespms_rules.register import Which

    with open_register(register, keys_needed=False) as opened, written_to(output) as file:
        every = (each.entry for each in opened.entries(Which(series or "", kind=kind)))
        wanted = as_one_id(subject)
        entries = (each for each in every if not wanted or as_one_id(each.subject) == wanted)
        write_entries(file, entries, form)


@command.command("show")
@register_argument
@click.argument("number", type=click.IntRange(min=1))
@by_option("Who reads the entry: an opaque id, which is entered.")
@_because
@key_option
@output_in("text", _INSTEAD)
def show(register: str, number: int, by: str | None, because: str, key: str | None, output: str | None) -> None:
    """Show what an entry says, once it is entered who read it and why."""
    from sespms_rules.cli.register_reports import write_entry
    from sespms_rules.foundation.request import RequestError
    from sespms_rules.register import Draft, Which

    who = named(by, "a register keeps who read it")
    with open_register(register, key) as opened:
        stored = next(opened.entries(Which(after=number - 1)), None)
        if stored is None or stored.entry.number != number:
            raise RequestError(f"there is no entry {number}; the register reaches {opened.head().number}")
        entry = stored.entry
        opened.add([Draft(who, "reading", {"because": because}, entry.series, entry.subject, number, sealed=True)])
        with written_to(output) as file:
            write_entry(file, entry, opened.body(stored))


@command.command("verify")
@register_argument
@click.option("--head", metavar="FILE", help="A head kept from before: the register must reach it and say the same.")
@key_option
@format_option("text", "json")
@click.pass_context
def verify(ctx: click.Context, register: str, head: str | None, key: str | None, form: str) -> None:
    """Find what was changed, left out or cut off, in a register or in an export of one.

    With the key file each sealed record is opened too. A register that was cut and signed anew by someone with its keys
    is found by `--head` alone, so keep a head elsewhere. Ends with code 1 when anything is wrong.
    """
    from sespms_rules.cli.register_reports import print_verified
    from sespms_rules.register import is_export, read_head, verified, verified_export

    earlier = None if head is None else read_head(Path(head))
    if is_export(Path(register)):
        if key is not None:
            raise click.UsageError("an export is verified without keys; leave out `--key`")
        result = verified_export(Path(register), earlier)
    else:
        with open_register(register, key, keys_needed=False) as opened:
            result = verified(opened, earlier)
    print_verified(register, result, form)
    ctx.exit(int(bool(result.faults)))


@command.command("head")
@register_argument
@output_in("json", _INSTEAD)
def head(register: str, output: str | None) -> None:
    """Print how far the register reaches, signed: keep it elsewhere, so that a cut can be seen."""
    import json

    from sespms_rules.register import head_as_data

    with open_register(register, keys_needed=False) as opened, written_to(output) as file:
        file.write(json.dumps(head_as_data(opened.head()), indent=2) + "\n")


@command.command("export")
@register_argument
@output_in("jsonl", _INSTEAD)
def export(register: str, output: str | None) -> None:
    """Write all entries as JSON Lines with the signed head; `verify` reads them without a database."""
    from sespms_rules.register import export_lines

    with open_register(register, keys_needed=False) as opened, written_to(output) as file:
        file.writelines(export_lines(opened))


@command.command("retention")
@policy_argument
@register_argument
@series_option("The series to look at, where the register holds several.")
@by_option("Who reads the records: an opaque id, which is entered.")
@key_option
@as_of_option("What may be destroyed on this day; the default is today.")
@law_option
@format_option("text", "json")
@click.pass_context
def retention(
    ctx: click.Context,
    policy: str,
    register: str,
    series: str | None,
    by: str | None,
    key: str | None,
    as_of: datetime.date | None,
    law: LawTexts,
    form: str,
) -> None:
    """Show until when the records of each executive are kept, under which sentence of the policy and its law."""
    from sespms_rules.cli.register_reports import print_retention
    from sespms_rules.register import Draft
    from sespms_rules.studies.keeping import retained_in

    who = named(by, "a register keeps who read it")
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("nothing was done with the register"))
    day = day_judged(as_of)
    with open_register(register, key) as opened:
        chosen = series_of(opened, series)
        opened.add([Draft(who, "reading", {"command": "register retention"}, chosen)])
        found = retained_in(compiled.compilations[0], opened, chosen, law.library, day)
    print_retention(chosen, found, day, form)


@command.command("destroy")
@policy_argument
@register_argument
@click.option("--id", "executive", metavar="ID", required=True, help="The executive whose records are destroyed.")
@series_option("The series they stand in, where the register holds several.")
@by_option("Who destroys them: an opaque id, which is entered.")
@_because
@key_option
@law_option
@click.pass_context
def destroy(
    ctx: click.Context,
    policy: str,
    register: str,
    executive: str,
    series: str | None,
    by: str | None,
    because: str,
    key: str | None,
    law: LawTexts,
) -> None:
    """Destroy the records of an executive whose time is over: their keys are deleted, and nobody can read them again.

    The entries and the chain stay whole, and the destruction is an entry of its own. Records that the policy or its law
    still has kept are refused. Copies elsewhere, backups and exports with their keys among them, are not reached.
    """
    from sespms_rules.studies.keeping import destroyed_in

    who = named(by, "each entry of a register names who made it")
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("nothing was done with the register"))
    with open_register(register, key) as opened:
        chosen = series_of(opened, series)
        today = day_judged(None)
        count = destroyed_in(compiled.compilations[0], opened, (chosen, executive), law.library, (today, who, because))
    click.echo(f"{count} entries on `{executive}` in `{chosen}` are destroyed; the chain is whole")


@command.command("transfer")
@register_argument
@click.option("--id", "executive", metavar="ID", required=True, help="The executive whose records go along.")
@click.option("--to", "to", metavar="WHOM", required=True, help="The gaining agency, in words; it is entered.")
@by_option("Who hands them over: an opaque id, which is entered.")
@key_option
@click.option("--output", metavar="FILE", required=True, help="The bag to write; its name ends in `.zip`.")
def transfer(register: str, executive: str, to: str, by: str | None, key: str | None, output: str) -> None:
    """Write the records of one executive as a bag (BagIt) for the gaining agency, all series of them."""
    from sespms_rules.records.keeping import transferred
    from sespms_rules.register import Draft

    who = named(by, "each entry of a register names who made it")
    if not output.lower().endswith(".zip"):
        raise click.UsageError(f"a bag is one zip, and `{output}` does not end in `.zip`")
    with open_register(register, key) as opened:
        bag, rows = transferred(opened, executive)
        opened.add([Draft(who, "transfer", {"rows": rows, "to": to}, subject=executive, sealed=True)])
        with written_to(output) as file:
            binary(file).write(bag)
    click.echo(f"{rows} rows on `{executive}` are in `{output}`; that they went to {to} is entered")


@command.command("series")
@register_argument
@format_option("text", "json")
def series(register: str, form: str) -> None:
    """List the series of records that a register holds."""
    from sespms_rules.records.keeping import kept_series

    with open_register(register, keys_needed=False) as opened:
        found = kept_series(opened)
    if form == "json":
        print_json("sespms-register-series/1", series=found)
    else:
        click.echo("\n".join(found) or "the register holds no records")
