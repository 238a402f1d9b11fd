"""`sespms explain`: how one rating comes about, and the smallest change that would alter it."""

from __future__ import annotations

from pathlib import Path

import click

from sespms_rules.cli.policies import Compiled, compile_policies, policy_argument, program_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    print_findings,
    print_json,
)
from sespms_rules.diagnostic import Severity
from sespms_rules.engines.reference import rate
from sespms_rules.explain import explanation
from sespms_rules.ir import Program
from sespms_rules.pipeline import Compilation, program_for
from sespms_rules.rating import Appraisal, Outcome
from sespms_rules.resolve.nearest import nearest_name, offered
from sespms_rules.roster import RosterRow, open_roster
from sespms_rules.scenarios import SCENARIO_FAILS, appraisal_of


@click.command("explain")
@policy_argument
@click.argument("roster", metavar="[ROSTER]", required=False)
@click.option("--scenario", metavar="NAME", help="Explain this scenario of the policy.")
@click.option("--id", "key", metavar="ID", help="Explain the executive with this id in ROSTER.")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str | None,
    scenario: str | None,
    key: str | None,
    system: str | None,
    form: str,
) -> None:
    """Show how one rating comes about, step by step.

    Give `--scenario NAME`, or ROSTER and `--id ID`. Ends with code 1 when there is no rating to explain.
    """
    if (scenario is None) == (roster is None) or (roster is None) != (key is None):
        raise click.UsageError("give either `--scenario NAME`, or a roster and `--id ID`")
    compiled = compile_policies([policy])
    if _keeps_from_explaining(compiled, scenario):
        _print_findings(compiled, form)
        ctx.exit(1)
    compilation = compiled.compilations[0]
    if scenario is not None:
        program, appraisal = _of_scenario(compilation, scenario, system)
    else:
        program = program_of(compilation, system)
        row = _row(Path(roster or ""), key or "", program)
        if row.appraisal is None:
            _print_refused(row, compiled, roster or "", form)
            ctx.exit(1)
        appraisal = row.appraisal
    ctx.exit(_explain(program, appraisal, compiled, form))


def _explain(program: Program, appraisal: Appraisal, compiled: Compiled, form: str) -> int:
    rating = rate(program, appraisal)
    told = explanation(program, appraisal, rating)
    if form == "json":
        content = told.as_json() | {"findings": findings_as_data(compiled.diagnostics)}
        content.pop("schema")
        print_json("sespms-explain/1", **content)
    else:
        from sespms_rules.findings.display import printable

        if compiled.diagnostics:
            print_findings(compiled.diagnostics)
            click.echo()
        click.echo(printable(told.as_text()))
    return int(rating.outcome is Outcome.REFUSED or has_errors(compiled.diagnostics))


def _keeps_from_explaining(compiled: Compiled, scenario: str | None) -> bool:
    """Whether an error stands in the way. That a scenario fails does not: why it does is what is asked."""
    errors = {each.code for each in compiled.diagnostics if each.severity is Severity.ERROR}
    return bool(errors - ({SCENARIO_FAILS.code} if scenario is not None else set()))


def _print_findings(compiled: Compiled, form: str) -> None:
    if form == "json":
        print_json("sespms-explain/1", findings=findings_as_data(compiled.diagnostics), trace=None)
    else:
        print_findings(compiled.diagnostics)


def _of_scenario(compilation: Compilation, name: str, system: str | None) -> tuple[Program, Appraisal]:
    """The program and the appraisal of a scenario of a system or of an amendment. Raises a usage error for none."""
    policy = compilation.policy
    found = [
        (each.name, scenario) for each in policy.systems if system in (None, each.name) for scenario in each.scenarios
    ]
    found += [(each.amends, scenario) for each in policy.amendments for scenario in each.scenarios]
    chosen = [(of, scenario) for of, scenario in found if scenario.name == name]
    if not chosen:
        names = [scenario.name for _, scenario in found]
        listed = "`sespms test` lists the scenarios" if names else "the policy has no scenario"
        help = offered(nearest_name(name, names), listed)
        raise click.UsageError(f"there is no scenario `{name}` in `{compilation.source.name}`; {help}")
    of, scenario = chosen[0]
    program = program_for(compilation, of, scenario.amendment)
    if program is None:
        raise click.UsageError(f"scenario `{name}` cannot be run: its policy or amendment has errors")
    return program, appraisal_of(scenario)


def _row(path: Path, key: str, program: Program) -> RosterRow:
    """The row with an id. Raises a usage error where there is none."""
    opened = open_roster(path, program)
    if has_errors(opened.findings):
        print_findings(opened.findings)
        raise click.exceptions.Exit(1)
    ids: list[str] = []
    for row in opened.rows:
        if row.id == key:
            return row
        ids.append(row.id)
    help = offered(nearest_name(key, ids[:1_000]), "an id is compared as it is written")
    raise click.UsageError(f"there is no id `{key}` in `{path}`; {help}")


def _print_refused(row: RosterRow, compiled: Compiled, roster: str, form: str) -> None:
    from sespms_rules.findings.text import refusal_as_text
    from sespms_rules.roster.writing import RatedRow, as_data

    if form == "json":
        content = as_data(RatedRow(row.number, row.id, None, row.refusals))
        print_json("sespms-explain/1", **content, findings=findings_as_data(compiled.diagnostics), trace=None)
    else:
        if compiled.diagnostics:
            print_findings(compiled.diagnostics)
            click.echo()
        click.echo("\n\n".join(refusal_as_text(each, f"{roster}:{row.number}") for each in row.refusals))
