"""`sespms check`: what is found in policies, and how they stand to the rules that bind them."""

from __future__ import annotations

import datetime

import click

from sespms_rules.api import check_together
from sespms_rules.cli.policies import Compiled, compile_policies, policies_argument
from sespms_rules.cli.printing import echo_json, findings_as_data, format_option, has_errors, print_findings, print_json
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.law.verdict import Conformance


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """Read a day as it is written in a policy. Raises a usage error for anything else."""
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"`{value}` is no day; write it like 2025-10-15", ctx, param) from None


@click.command("check")
@policies_argument
@click.option(
    "--baseline",
    metavar="EDITION",
    help="Check systems against this baseline alone: its name, or the name of its file.",
)
@click.option("--as-of", metavar="DATE", callback=as_day, help="Check systems against the editions of this day.")
@click.option("--requirements", is_flag=True, help="Show each requirement with its verdict and the reasons.")
@click.option("--prove", is_flag=True, help="Prove the guarantees too, and tell of it in the HTML report.")
@format_option("text", "json", "sarif", "junit", "html")
@click.pass_context
def command(
    ctx: click.Context,
    policies: tuple[str, ...],
    baseline: str | None,
    as_of: datetime.date | None,
    requirements: bool,
    prove: bool,
    form: str,
) -> None:
    """Check policies, by themselves and against the baseline, and print what is found.

    Ends with code 1 when any finding is an error.
    """
    if form == "html" and len(set(policies)) > 1:
        raise click.UsageError(f"a report in HTML is about one policy, and {len(set(policies))} were named")
    if prove and form != "html":
        raise click.UsageError("`--prove` adds to the report in HTML; `sespms prove` tells of proofs in text and JSON")
    compiled = compile_policies(policies)
    checked = check_together(compiled.policies, baseline=baseline, as_of=as_of)
    found, told = list(checked.findings), list(checked.conformance)
    if form == "html":
        _print_html(compiled, found, told, prove)
    else:
        _print(form, compiled, found, told, requirements)
    ctx.exit(int(checked.has_errors))


def _print(form: str, compiled: Compiled, found: list[Diagnostic], held: list[Conformance], requirements: bool) -> None:
    if form == "json":
        from sespms_rules.reports.findings.requirements_json import held_as_json, requirements_as_json

        print_json(
            "sespms-check/1",
            findings=findings_as_data(found),
            baseline=held_as_json(held),
            requirements=requirements_as_json(held),
        )
    elif form == "sarif":
        from sespms_rules.reports.findings.sarif import as_sarif

        echo_json(as_sarif(found, held))
    elif form == "junit":
        from sespms_rules.reports.findings.junit import as_junit

        click.echo(as_junit([each.source.name for each in compiled.compilations], found, held))
    else:
        _print_text(found, held, requirements)


def _print_html(compiled: Compiled, found: list[Diagnostic], held: list[Conformance], prove: bool) -> None:
    """The report on one policy; proofs are worked out only where they are asked for."""
    from sespms_rules.reports.findings.html import NOTHING, as_html

    (one,) = compiled.compilations
    proofs = NOTHING
    if prove:
        from sespms_rules.cli.proving import as_section  # the solver is loaded only for this
        from sespms_rules.studies.proving import proved

        proofs = as_section(proved(one))
    click.echo(as_html(one.source, one.policy.systems, found, held, proofs))


def _print_text(found: list[Diagnostic], held: list[Conformance], requirements: bool) -> None:
    from sespms_rules.reports.findings.requirements_text import requirements_as_text, summary_as_text

    print_findings(found)
    # Of a policy with errors it is enough to say what is wrong with it.
    told = [each for each in held if each.held or each.missing or not has_errors(found)]
    if told:
        click.echo("\n" + summary_as_text(told))
    if any(each.verdicts for each in told):
        click.echo("\n" + requirements_as_text(told) if requirements else "  `--requirements` shows each of them")
