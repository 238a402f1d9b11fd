"""`sespms check`: what is found in policies."""

from __future__ import annotations

import click

from sespms_rules.cli.policies import compile_policies, policies_argument
from sespms_rules.cli.printing import findings_as_data, format_option, has_errors, print_findings, print_json


def _not_held(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Refuse an option that would promise a comparison with a baseline."""
    if value is not None:
        raise click.BadParameter("this version does not hold policies against a baseline; leave it out", ctx, param)


@click.command("check")
@policies_argument
@click.option("--baseline", metavar="EDITION", callback=_not_held, expose_value=False, hidden=True)
@click.option("--as-of", metavar="DATE", callback=_not_held, expose_value=False, hidden=True)
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, policies: tuple[str, ...], form: str) -> None:
    """Check policies and print what is found.

    Ends with code 1 when any finding is an error.
    """
    compiled = compile_policies(policies)
    if form == "json":
        findings = findings_as_data(compiled.diagnostics)
        # No baseline is read: null says so, where an empty list alone would read as "nothing is asked".
        print_json("sespms-check/1", findings=findings, baseline=None, requirements=[])
    else:
        print_findings(compiled.diagnostics)
    ctx.exit(int(has_errors(compiled.diagnostics)))
