"""`sespms harmonize`: what the states where executives work ask, beside what federal law asks."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_on_records
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    output_option,
    print_findings,
    tell_nothing_done,
    write_json,
    write_provenance,
)
from sespms_rules.cli.reading_options import as_of_option, day_judged, law_option, provenance_option
from sespms_rules.cli.register_options import KeptIn, kept_options, records_named, refuse_without_records
from sespms_rules.law.law_texts import LawTexts

if TYPE_CHECKING:
    from sespms_rules.law.provenance import Provenance
    from sespms_rules.studies.harmonizing import Harmonized


@click.command("harmonize")
@policy_argument
@click.argument("records", metavar="[FOLDER|WORKBOOK|REGISTER]", required=False)
@click.option(
    "--state", "states", multiple=True, metavar="STATE", help="A state, by its name or two letters; repeatable."
)
@click.option("--system", metavar="NAME", help="The system to compare, where the policy holds several.")
@as_of_option("The law of this day, and records as of it; the default is the day of the policy, and today.")
@law_option
@provenance_option
@kept_options
@output_option
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    records: str | None,
    states: tuple[str, ...],
    system: str | None,
    as_of: datetime.date | None,
    law: LawTexts,
    provenance: bool,
    output: str | None,
    form: str,
    kept: KeptIn,
) -> None:
    """Show what states ask beside what federal law asks: which is stricter, the same, or not to be compared.

    Name states with `--state`, or records, whose column `works in` says where each executive works. For federal
    executives this is advice: it changes no verdict of `check`, no rating and no exit code. Ends with code 0 whatever
    is found, and with 1 only when the policy has an error.
    """
    if records is None:
        refuse_without_records(kept)
    if records is None and not states:
        raise click.UsageError("no state is named; name one with `--state`, or records in which executives work in one")
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("nothing was compared"))
    from sespms_rules.studies.harmonizing import harmonized  # pydantic loads only for this

    result = harmonized(
        compiled.compilations[0],
        law.library,
        states,
        None if records is None else records_named(records, kept, "harmonize"),
        as_of=as_of,
        today=day_judged(as_of),
        system=system,
    )
    _write(result, provenance_on_records(compiled, result.basis), form, output, tells=provenance)


def _write(result: Harmonized, rests_on: Provenance, form: str, output: str | None, *, tells: bool) -> None:
    from sespms_rules.cli.harmonize_reports import as_data, as_text

    with written_to(output) as file:
        if form == "json":
            write_json(file, as_data(result, rests_on))
            return
        file.write(as_text(result) + "\n")
        if tells:
            write_provenance(file, rests_on)
