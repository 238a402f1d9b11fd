"""`sespms format`: policies laid out in the one agreed way."""

from __future__ import annotations

from pathlib import Path

import click

from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import policies_argument
from sespms_rules.cli.printing import print_findings
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.parsing import read_source


@click.command("format")
@policies_argument
@click.option("--check", is_flag=True, help="Change nothing; end with code 1 if a policy would change.")
@click.pass_context
def command(ctx: click.Context, policies: tuple[str, ...], check: bool) -> None:
    """Lay policies out in the one agreed way, in place.

    What a policy says is never changed. One with errors is left as it is, and its errors are printed.
    """
    found: list[Diagnostic] = []
    changes = 0
    for name in dict.fromkeys(policies):
        source, notes = read_source(Path(name), name)
        result = format_policy(source)
        found += [*notes, *result.findings]
        if result.text is None or result.text == source.text:
            continue
        changes += 1
        if check:
            click.echo(f"{name} would be laid out anew")
            continue
        with written_to(name, in_place=True) as file:
            file.write(source.mark + result.text)
        click.echo(f"{name} is laid out anew")
    if found:
        print_findings(found)
    elif not changes:
        click.echo("nothing to change")
    failed = any(each.severity == "error" for each in found)
    ctx.exit(int(failed or (check and changes > 0)))
