"""`sespms records`: what makes it easy to put a year on record; `template` writes the workbook to fill in."""

from __future__ import annotations

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import has_errors, print_findings, tell_nothing_done
from sespms_rules.cli.reading_options import law_option
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.law.law_texts import LawTexts

_WORKBOOK = ".xlsx"


@click.group("records", cls=StrictGroup)
def command() -> None:
    """Prepare the records of a year."""


@command.command("template")
@policy_argument
@click.option("--output", metavar="FILE", required=True, help="The workbook to write; its name ends in `.xlsx`.")
@click.option("--system", metavar="NAME", help="The system to take words from, where the policy holds several.")
@law_option
@click.pass_context
def template(ctx: click.Context, policy: str, output: str, system: str | None, law: LawTexts) -> None:
    """Write an empty workbook for a year on record: its five tables, with drop-downs and a note on each column.

    Acts, roles and appointments are the words of the language; levels and elements are those of the policy. `sespms
    cycle` reads the workbook when it is filled in.
    """
    if not output.lower().endswith(_WORKBOOK):
        raise click.UsageError(f"a template is a workbook, and `{output}` does not end in `{_WORKBOOK}`")
    compiled = compile_policies([policy], law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("no template was written"))
    from sespms_rules.studies.records_template import write_template  # pydantic loads only for this

    with written_to(output) as file:
        write_template(compiled.compilations[0], binary(file), system=system)
